// Attempts of fraud by typology: how many a rule or a challenge stopped, closed beside open.

import { axisY, barX, ruleX } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, colours, frame, panels } from "#/server/charts/chart.ts";
import { attemptColours } from "#/server/colours.ts";
import type { World } from "#/server/facts/days.ts";
import { type FraudRow, fraudRows } from "#/server/facts/frauds.ts";
import { count, share, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { typologyWord } from "#/server/words.ts";

const fates = ["stopped by a rule or a challenge", "not stopped there"] as const;

/** One stretch of a typology's bar. */
export interface AttemptRow {
  typology: string;
  world: World;
  fate: typeof fates[number];
  value: number;
}

/** Attempts by typology, world and whether a rule or a challenge stopped them. */
export function attemptRows(rows: readonly FraudRow[]): AttemptRow[] {
  return rows.filter(({ tried }) => tried !== null).flatMap(({ typology, world, tried, stopped }) => {
    const by = [stopped ?? 0, Math.max(0, tried! - (stopped ?? 0))];
    return fates.map((fate, i) => ({ typology: typologyWord(typology), world, fate, value: by[i] }));
  });
}

/** Stacked bars, one panel a world. */
export function fraudAttempts(report: Comparison): ChartOptions | Absent {
  const rows = attemptRows(fraudRows(report));
  if (rows.length === 0) return absent("Attempts of fraud", ["plotsTried.<typology>"]);
  const typologies = [...new Set(rows.map(({ typology }) => typology))];
  const stopped = (world: World) => {
    const here = rows.filter((row) => row.world === world);
    const all = here.reduce((sum, { value }) => sum + value, 0);
    const caught = here.filter(({ fate }) => fate === fates[0]).reduce((sum, { value }) => sum + value, 0);
    return all ? `${share(caught / all)} of ${count(all)} attempts ${world}` : `no attempt ${world}`;
  };
  return frame({
    title: `Stopped by a rule or a challenge: ${stopped("closed")}, ${stopped("open")}`,
    caption: "Attempts of fraud, whole period, by typology. Those not stopped there may still be refused " +
      "by another layer, such as the limit.",
    ...panels,
    marginLeft: 156,
    height: 60 + 34 * typologies.length,
    x: { label: "attempts →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 3 },
    y: { domain: typologies, padding: 0.35 },
    color: colours(attemptColours, fates),
    marks: [
      axisY({ anchor: "left", label: null, lineWidth: 11, tickSize: 0 }),
      barX(rows, { x: "value", y: "typology", fx: "world", fill: "fate", order: [...fates] }),
      ruleX([0]),
    ],
  });
}
