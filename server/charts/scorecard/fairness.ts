// Approval by group under one cut-off, beside how many of the group turn bad.

import { dot, ruleX, ruleY } from "@observablehq/plot";
import type { GroupStudy } from "#/model/scoring/study/study.ts";
import { type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { borrowerColours, ink } from "#/server/colours.ts";
import { share, shareTick } from "#/server/format.ts";

/** Two dots a group: its share approved, and its share of bads. */
export function fairnessOf({ by, approvals }: GroupStudy): ChartOptions {
  const dots = approvals.flatMap(({ group, approvalRate, badRate }) => [
    { group, what: "good", at: approvalRate },
    { group, what: "bad", at: badRate },
  ]);
  const compared = approvals.filter(({ isSmall }) => !isSmall),
    groups = compared.length > 0 ? compared : approvals;
  const least = groups.reduce((low, row) => row.ratioToBest < low.ratioToBest ? row : low);
  const best = groups.reduce((high, row) => row.approvalRate > high.approvalRate ? row : high);
  const word = (name: string) => name === "good" ? "approved" : "turned bad";
  return frame({
    title: least.ratioToBest > 0.995
      ? `${by}: all groups are approved alike`
      : `${by}: ${least.group} is approved in ${share(least.approvalRate)}, ${best.group} in ${
        share(best.approvalRate)
      }`,
    caption: `Share approved and share of bads by ${by}, under one cut-off for all. ` +
      (least.isBelowFourFifths
        ? `${least.group} has ${least.ratioToBest.toFixed(2)} of the best group's approval, below 0.80.`
        : "No group falls below four fifths of the best group's approval.") +
      (compared.length < approvals.length ? " Groups of fewer than 2 % are not compared." : ""),
    height: 70 + 26 * approvals.length,
    marginLeft: 110,
    x: { label: null, domain: [0, 1], tickFormat: shareTick, ticks: 5, grid: true },
    y: { label: null, domain: approvals.map(({ group }) => group), tickSize: 0 },
    color: colours(borrowerColours, ["good", "bad"], word),
    marks: [
      ruleY(approvals, { y: "group", stroke: ink.frame }),
      ruleX([0], { stroke: ink.frame }),
      dot(dots.map((one) => ({ ...one, what: word(one.what) })), { x: "at", y: "group", fill: "what", r: 5 }),
    ],
  });
}
