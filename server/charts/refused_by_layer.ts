// Refusals by layer: how many wants ended at each layer, and how many were led to another way to pay.

import { barX, ruleX } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { layerColours } from "#/server/colours.ts";
import { type Refusal, refusals, total } from "#/server/facts/refusals.ts";
import { count, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { layerWord } from "#/server/words.ts";

/** One stretch of a bar. */
export interface Stretch {
  row: string;
  layer: string;
  value: number;
}

/** Purchases by consequence, world and layer. */
export function stretches(refused: readonly Refusal[], redirected: readonly Refusal[]): Stretch[] {
  const of = (rows: readonly Refusal[], row: string, world: "closed" | "open") => {
    const byLayer = new Map<string, number>();
    for (const one of rows) byLayer.set(one.layer, (byLayer.get(one.layer) ?? 0) + one[world]);
    return [...byLayer].filter(([, value]) => value > 0).map(([layer, value]) => ({ row, layer, value }));
  };
  return [
    ...of(refused, "lost, closed", "closed"),
    ...of(refused, "lost, open", "open"),
    ...of(redirected, "paid otherwise, closed", "closed"),
    ...of(redirected, "paid otherwise, open", "open"),
  ];
}

/** Four stacked bars in the layers' colours. */
export function refusedByLayer(report: Comparison): ChartOptions | Absent {
  const refused = refusals(report, "refused"), redirected = refusals(report, "redirected");
  const rows = stretches(refused, redirected);
  if (rows.length === 0) return absent("Refusals by layer", ["purchases.refused", "purchases.redirected"]);
  return frame({
    title: `Refused without a sale: ${count(total(refused, "closed"))} closed, ` +
      `${count(total(refused, "open"))} open`,
    caption: "Purchases refused by the layer that refused them, whole period.",
    marginLeft: 142,
    height: 250,
    x: { label: "purchases →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 4 },
    y: {
      label: null,
      tickSize: 0,
      domain: ["lost, closed", "lost, open", "paid otherwise, closed", "paid otherwise, open"],
    },
    color: colours(layerColours, rows.map(({ layer }) => layer), layerWord),
    marks: [
      barX(rows, { x: "value", y: "row", fill: (row: Stretch) => layerWord(row.layer), order: null }),
      ruleX([0]),
    ],
  });
}
