// Refusals by reason: what moved between the closed and the open world, reason by reason.

import { barX, ruleX } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { worlds } from "#/server/colours.ts";
import { inChainOrder, mostMoved, type Refusal, refusals } from "#/server/facts/refusals.ts";
import { difference, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { layerWord } from "#/server/words.ts";

/** The label of a reason: its layer, then its name, which need not say the layer again. */
const label = ({ layer, reason }: Refusal) =>
  `${layerWord(layer)}: ${reason.replace(`${layer}-`, "").replaceAll("-", " ")}`;

/** Both consequences of each reason added up, one row a world. */
export function reasonRows(rows: readonly Refusal[]): { reason: string; world: string; value: number }[] {
  const byReason = new Map<string, { closed: number; open: number }>();
  for (const row of rows) {
    const sum = byReason.get(label(row)) ?? { closed: 0, open: 0 };
    byReason.set(label(row), { closed: sum.closed + row.closed, open: sum.open + row.open });
  }
  return [...byReason].flatMap(([reason, sum]) =>
    (["closed", "open"] as const).map((world) => ({ reason, world, value: sum[world] }))
  );
}

/** A pair of bars for each reason. */
export function refusedByReason(report: Comparison): ChartOptions | Absent {
  const all = [...refusals(report, "refused"), ...refusals(report, "redirected")].sort(inChainOrder);
  const rows = reasonRows(all);
  if (rows.length === 0) return absent("Refusals by reason", ["purchases.refused", "purchases.redirected"]);
  const moved = mostMoved(all);
  const reasons = [...new Set(rows.map(({ reason }) => reason))];
  return frame({
    title: moved
      ? `“${moved.reason.replaceAll("-", " ")}” moves most: ${difference(moved.difference, "purchases")}` +
        (moved.consequence === "refused" ? " lost" : " paid otherwise")
      : "No reason moved between the two runs",
    caption: "Purchases refused by reason, with and without a sale in the end, whole period.",
    marginLeft: 200,
    marginTop: 8,
    height: 60 + 26 * reasons.length,
    x: { label: "purchases →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 4 },
    y: { axis: null, domain: ["closed", "open"] },
    fy: { label: null, domain: reasons, padding: 0.25, axis: "left" },
    color: colours(worlds),
    marks: [barX(rows, { x: "value", y: "world", fy: "reason", fill: "world" }), ruleX([0])],
  });
}
