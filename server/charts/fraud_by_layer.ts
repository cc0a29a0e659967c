// Where attempts of fraud end: at the layer that refused them, or with the goods.

import { barX, ruleX } from "@observablehq/plot";
import { layers } from "#/model/reasons.ts";
import { type Absent, absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { attemptColours, layerColours } from "#/server/colours.ts";
import { passedOf } from "#/server/facts/frauds.ts";
import { refusals } from "#/server/facts/refusals.ts";
import { share, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { layerWord } from "#/server/words.ts";

const passing = "went through";

/** Attempts by world and end, ends as the reader knows them; what went through stands first. */
export function endRows(report: Comparison): { world: string; end: string; value: number }[] {
  const refused = refusals(report, "plotsRefused");
  return (["closed", "open"] as const).flatMap((world) => {
    const passed = passedOf(report, world)?.passed ?? 0;
    const byLayer = new Map([[passing as string, passed]]);
    for (const one of refused) {
      byLayer.set(layerWord(one.layer), (byLayer.get(layerWord(one.layer)) ?? 0) + one[world]);
    }
    return [...byLayer].filter(([, value]) => value > 0).map(([end, value]) => ({ world, end, value }));
  });
}

/** Two stacked bars. */
export function fraudByLayer(report: Comparison): ChartOptions | Absent {
  const closed = passedOf(report, "closed"), open = passedOf(report, "open");
  if (!closed && !open) return absent("Where attempts of fraud end", ["plotsTried.<typology>"]);
  const rows = endRows(report);
  const said = (of: typeof open) => of?.tried ? share(of.passed / of.tried) : "none";
  const ends = { [passing]: attemptColours[passing], ...worded(layerColours) };
  return frame({
    title: `Attempts of fraud that go through: ${said(closed)} closed, ${said(open)} open`,
    caption: "Attempts of fraud by what became of them, whole period: refused by a layer, or through.",
    height: 130,
    x: { label: "attempts →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 4 },
    y: { label: null, tickSize: 0, domain: ["closed", "open"] },
    color: colours(ends, rows.map(({ end }) => end)),
    marks: [barX(rows, { x: "value", y: "world", fill: "end", order: null }), ruleX([0])],
  });
}

function worded(table: Record<string, string>): Record<string, string> {
  return Object.fromEntries(layers.map((layer) => [layerWord(layer), table[layer]]));
}
