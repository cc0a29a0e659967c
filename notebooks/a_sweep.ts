// What 02_a_sweep needs beyond the front door: its sweep, the differences a row a point, its pictures and sentences.

import { areaY, barX, dot, lineY, ruleX, ruleY } from "@observablehq/plot";
import { type ColumnTable, escape, from } from "arquero";
import { fileURLToPath } from "node:url";
import { amountAxis } from "#/server/charts/chart.ts";
import { worlds } from "#/server/colours.ts";
import { inFull, money, share, tick } from "#/server/format.ts";
import { type Discovery, type Drawn, plot, points, type Sensitivity, type SweepTable } from "#/mod.ts";

/** The file of the sweep, beside the notebook. */
export const sweepFile: string = fileURLToPath(new URL("./a_sweep.yaml", import.meta.url));

const width = 720;

/** The open world less the closed one, a row a point of the design: the settings, then the difference of each outcome. */
export function opened(table: SweepTable): ColumnTable {
  const { base, outcomes, levers, uncertainties } = table.design, axes = [...levers, ...uncertainties];
  const rows = points(table).filter(escape((row: { scenario: string }) => row.scenario === base[1]))
    .objects() as Record<string, unknown>[];
  const byPoint = Map.groupBy(rows, (row) => JSON.stringify(axes.map(({ name }) => row[name])));
  return from(
    [...byPoint.values()].map((own) => ({
      ...Object.fromEntries(axes.map(({ name }) => [name, own[0][name]])),
      ...Object.fromEntries(
        outcomes.map((name) => [name, own.find(({ outcome }) => outcome === name)?.difference ?? null]),
      ),
    })),
  );
}

/** How often, and by how much, an outcome falls by opening. */
export function howOften(rows: ColumnTable, outcome: string): string {
  const values = (rows.array(outcome) as number[]).toSorted((a, b) => a - b);
  const falls = values.filter((value) => value < 0).length;
  const middle = values[Math.floor(values.length / 2)];
  return `Opening lowers \`${outcome}\` at **${falls} of ${values.length}** points; the middle one is ${
    money(middle)
  }, from ${money(values[0])} to ${money(values.at(-1)!)}.`;
}

/** A dot a point: the difference of an outcome against an axis, with the means of five equal groups. */
export function against(
  rows: ColumnTable,
  { axis, outcome, title, label, isLog = false }: {
    axis: string;
    outcome: string;
    title: string;
    label: string;
    isLog?: boolean;
  },
): Drawn {
  const dots = (rows.objects() as Record<string, number>[])
    .map((row) => ({ x: row[axis], y: row[outcome] })).sort((a, b) => a.x - b.x);
  const size = Math.ceil(dots.length / 5);
  const groups = Array.from({ length: 5 }, (_, i) => dots.slice(i * size, (i + 1) * size))
    .filter((own) => own.length > 0)
    .map((own) => {
      const mean = own.reduce((sum, { y }) => sum + y, 0) / own.length;
      const deviation = Math.sqrt(own.reduce((sum, { y }) => sum + (y - mean) ** 2, 0) / own.length);
      return { x: own[own.length >> 1].x, mean, low: mean - deviation, high: mean + deviation };
    });
  return plot({
    title: `${title}: ${money(groups[0].mean)} where low, ${money(groups.at(-1)!.mean)} where high`,
    caption:
      "Each dot is a point of the design; the line is the mean of five equal groups, the band one deviation either way.",
    width,
    height: 260,
    marginLeft: 70,
    x: {
      label,
      type: isLog ? "log" : "linear",
      nice: !isLog,
      ...isLog ? { ticks: [1e8, 3e8, 1e9, 3e9], tickFormat: tick } : {},
    },
    y: amountAxis(`${outcome}, open less closed, CNY`),
    marks: [
      areaY(groups, { x: "x", y1: "low", y2: "high", fill: worlds.open, fillOpacity: 0.12 }),
      ruleY([0], { strokeOpacity: 0.5 }),
      dot(dots, { x: "x", y: "y", r: 2.5, fill: worlds.open, fillOpacity: 0.6 }),
      lineY(groups, { x: "x", y: "mean", stroke: worlds.open, strokeWidth: 2 }),
    ],
  });
}

/** What each axis explains of the variance, longest first, with its interval. */
export function explained({ axes, rows }: Sensitivity): Drawn {
  const bars = axes.map(({ title, measures: { first } }) => ({ title, ...first }))
    .sort((a, b) => b.value - a.value);
  return plot({
    title: `${bars[0].title}: ${share(bars[0].value)} of the variance`,
    caption:
      `Share of variance that each axis explains alone, from ${rows} rows, with 95 % bootstrap intervals.`,
    width,
    height: 50 + 34 * bars.length,
    marginLeft: 230,
    x: { label: "share of variance", tickFormat: "%", grid: true },
    y: { label: null, domain: bars.map(({ title }) => title) },
    marks: [
      barX(bars, {
        x: "value",
        y: "title",
        fill: worlds.open,
        fillOpacity: 0.75,
        insetTop: 4,
        insetBottom: 4,
      }),
      ruleX([0]),
      ...bars.some(({ low }) => low !== null)
        ? [ruleY(bars, { x1: "low", x2: "high", y: "title", strokeWidth: 1.5 })]
        : [],
    ],
  });
}

/** The chosen box in a sentence and a list. */
export function boxInWords({ trajectory, chosen, limits, hits, rows }: Discovery): string {
  const box = trajectory[chosen];
  return [
    `It holds at ${hits} of ${rows} points. A box of ${box.rows} points has ${
      share(box.coverage)
    } of them, and ${share(box.density)} of the box are such:`,
    ...limits.map(({ title, low, high, isLowCut, isHighCut }) =>
      `- ${title}: ${
        isLowCut && isHighCut
          ? `${inFull(Math.round(low!))} to ${inFull(Math.round(high!))}`
          : isLowCut
          ? `from ${inFull(Math.round(low!))}`
          : `up to ${inFull(Math.round(high!))}`
      }`
    ),
  ].join("\n");
}
