// What fraud took, by typology: a pair of bars each, closed and open.

import { axisFy, barX, ruleX } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { worlds } from "#/server/colours.ts";
import { fraudRows } from "#/server/facts/frauds.ts";
import { totalOf } from "#/server/facts/outcomes.ts";
import { inUnit, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { typologyWord } from "#/server/words.ts";

/** CNY taken over the whole period by typology and world, titles as the reader knows them. */
export function takenRows(report: Comparison): { typology: string; world: string; value: number }[] {
  return fraudRows(report).filter(({ taken }) => taken !== null)
    .map(({ typology, world, taken }) => ({ typology: typologyWord(typology), world, value: taken! }));
}

/** Bars of all typologies, those that took nothing too: an empty row says that a fraud did not happen. */
export function fraudTaken(report: Comparison): ChartOptions | Absent {
  const rows = takenRows(report), whole = totalOf(report, "fraudTaken");
  if (rows.length === 0 || !whole) return absent("What fraud took", ["fraudTaken.<typology>"]);
  const typologies = [...new Set(rows.map(({ typology }) => typology))];
  const most = rows.filter(({ world }) => world === "open")
    .reduce<typeof rows[number] | undefined>((x, y) => x && x.value >= y.value ? x : y, undefined);
  return frame({
    title: whole.open || whole.closed
      ? `Fraud takes ${inUnit(whole.open, "CNY")} open and ${inUnit(whole.closed, "CNY")} closed` +
        (most?.value ? `, most by ${most.typology.toLowerCase()}` : "")
      : "Fraud takes nothing",
    caption:
      "Purchases on credit that fraud got through, whole period, by typology. Part of it is paid back later " +
      "like any debt; issuers or shops bear what is disputed.",
    marginLeft: 156,
    marginTop: 8,
    height: 50 + 34 * typologies.length,
    x: { label: "CNY →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 4 },
    y: { axis: null, domain: ["closed", "open"] },
    fy: { domain: typologies, padding: 0.25 },
    color: colours(worlds),
    marks: [
      axisFy({ anchor: "left", label: null, lineWidth: 11 }),
      barX(rows, { x: "value", y: "world", fy: "typology", fill: "world" }),
      ruleX([0]),
    ],
  });
}
