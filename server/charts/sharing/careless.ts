// What an issuer's own result gains when it lowers its cut-off across the bridge, by sharing rule, with intervals.

import { type ChartOptions, frame } from "#/server/charts/chart.ts";
import { byRule } from "#/server/charts/sharing/by_rule.ts";
import { tick } from "#/server/format.ts";
import { partyWord } from "#/server/words.ts";
import { gainWord, issuers, type SharingResult } from "#/sim/experiments/sharing.ts";

/** A dot and an interval for each rule and issuer. */
export function careless({ rules, stepPoints, everywhere }: SharingResult): ChartOptions {
  const rows = rules.flatMap(({ rule, effects }) =>
    effects.map(({ issuer, careless: { own } }) => ({
      rule,
      issuer: partyWord(issuer),
      mean: own.mean,
      low: own.low ?? own.mean,
      high: own.high ?? own.mean,
    }))
  );
  const gains = (issuer: typeof issuers[number]) =>
    rules.filter(({ effects }) => {
      const own = effects.find((it) => it.issuer === issuer)!.careless.own;
      return gainWord(own) === "gains";
    }).map(({ rule }) => rule);
  const said = issuers.map((issuer) => {
    const under = gains(issuer);
    const where = under.length === 0
      ? "no rule"
      : under.length === rules.length
      ? "every rule"
      : under.join(", ");
    return `${partyWord(issuer)} under ${where}`;
  });
  const where = everywhere ? "everywhere" : "across the bridge";
  return frame({
    title: `Who gains by being careless: ${said.join("; ")}`,
    caption:
      `Change of an issuer's own result, CNY, when it lowers its cut-off ${where} by ${stepPoints} points, ` +
      "under each rule; paired over replications, lines are 95 % intervals.",
    ...byRule(rows, rules),
    x: { label: "CNY →", labelArrow: "none", tickFormat: tick, ticks: 4, grid: true, nice: true },
    y: { label: null, domain: issuers.map(partyWord), tickSize: 0, axis: null },
  });
}
