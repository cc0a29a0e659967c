// Published stress paths and ladders: the library of what supervisors printed, and what follows from a path by arithmetic.

import { fileURLToPath } from "node:url";
import { z } from "zod";
import { refuse } from "#/scenarios/complain.ts";
import { readYamlFile } from "#/scenarios/yaml_file.ts";

const libraryFile = "scenarios/shocks/published.yaml";
const percents = z.array(z.number()).min(1).max(60);

/** A path as printed: per cent by quarter (growth at annual rates) or by year. */
export const publishedPathSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(3),
  source: z.string().min(3),
  unit: z.enum(["quarter", "year"]),
  from: z.string(),
  /** Levels on the eve of the path. */
  before: z.strictObject({ unemploymentPct: z.number() }).optional(),
  unemploymentPct: percents.optional(),
  realGdpPct: percents.optional(),
  realIncomePct: percents.optional(),
  baselineGdpPct: percents.optional(),
});

const publishedSchema = z.strictObject({
  paths: z.array(publishedPathSchema),
  ladders: z.array(z.strictObject({
    name: z.string(),
    title: z.string(),
    source: z.string(),
    /** What a level is multiplied by: "+400 %" is 5. */
    multiples: z.array(z.number().min(1)).min(1),
  })),
});

/** A published path. */
export type PublishedPath = z.infer<typeof publishedPathSchema>;

/**
 * The library of published paths and ladders.
 *
 * @example
 * ```ts
 * import { publishedStress } from "#/scenarios/published_stress.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(publishedStress().ladders[0].multiples, [2, 3, 5]);
 * ```
 */
export function publishedStress(): z.infer<typeof publishedSchema> {
  return readYamlFile(fileURLToPath(new URL("./shocks/published.yaml", import.meta.url)), {
    file: libraryFile,
    schema: publishedSchema,
  }).data;
}

/** A path of the library by name. Errors: `ScenarioError` naming those there are. */
export function publishedPath(name: string): PublishedPath {
  const { paths } = publishedStress(), found = paths.find((path) => path.name === name);
  return found ??
    refuse(
      "scenarios/shocks/published.yaml",
      "",
      `found no path "${name}"; allowed are ${paths.map((it) => it.name).join(", ")}`,
    );
}

/**
 * What growth rates compound to, per cent: of yearly rates, or of quarterly ones at annual rates.
 *
 * @example
 * ```ts
 * import { compoundedPct } from "#/scenarios/published_stress.ts";
 * import assert from "node:assert/strict";
 * assert.equal(compoundedPct([-2.3, -4.2, 0], "year").toFixed(2), "-6.40");
 * ```
 */
export function compoundedPct(rates: readonly number[], unit: PublishedPath["unit"]): number {
  const levels = rates.reduce(
    (level, rate) => level * (1 + rate / 100) ** (unit === "quarter" ? 0.25 : 1),
    1,
  );
  return (levels - 1) * 100;
}

/** The deepest fall of a level along a path of growth rates, per cent, and at which place from 0. */
export function troughPct(
  rates: readonly number[],
  unit: PublishedPath["unit"],
): { pct: number; at: number } {
  const falls = rates.map((_, k) => compoundedPct(rates.slice(0, k + 1), unit));
  const pct = Math.min(...falls);
  return { pct, at: falls.indexOf(pct) };
}

/** One quarter of a supervisor's domestic table; growth at annual rates, rates and yields in per cent, indices as levels. */
export interface SupervisoryQuarter {
  quarter: string;
  realGdpPct: number;
  unemploymentPct: number;
  housePrices: number;
  commercialPrices: number;
  equities: number;
  volatility: number;
  bondSpreadPct: number;
}

/** What is told of a supervisory path: falls are against the quarter before it, in per cent. */
export interface PathFigures {
  gdpTroughPct: number;
  gdpTroughQuarter: string;
  unemploymentStartPct: number;
  unemploymentPeakPct: number;
  unemploymentRisePct: number;
  housePriceFallPct: number;
  commercialPriceFallPct: number;
  equityFallPct: number;
  volatilityPeak: number;
  bondSpreadPeakPct: number;
}

/** The figures of a supervisory path that begins after `eve`. Errors: `RangeError` for a path without quarters. */
export function pathFigures(eve: SupervisoryQuarter, path: readonly SupervisoryQuarter[]): PathFigures {
  if (path.length === 0) throw new RangeError("Cannot tell figures of a path without quarters");
  const trough = troughPct(path.map(({ realGdpPct }) => realGdpPct), "quarter");
  const most = (of: (quarter: SupervisoryQuarter) => number) => Math.max(...path.map(of));
  const fall = (of: (quarter: SupervisoryQuarter) => number) =>
    (Math.min(...path.map(of)) / of(eve) - 1) * 100;
  const peak = most(({ unemploymentPct }) => unemploymentPct);
  return {
    gdpTroughPct: trough.pct,
    gdpTroughQuarter: path[trough.at].quarter,
    unemploymentStartPct: eve.unemploymentPct,
    unemploymentPeakPct: peak,
    unemploymentRisePct: peak - eve.unemploymentPct,
    housePriceFallPct: fall(({ housePrices }) => housePrices),
    commercialPriceFallPct: fall(({ commercialPrices }) => commercialPrices),
    equityFallPct: fall(({ equities }) => equities),
    volatilityPeak: most(({ volatility }) => volatility),
    bondSpreadPeakPct: most(({ bondSpreadPct }) => bondSpreadPct),
  };
}

/**
 * A published path as settings of a run: unemployment rises from the run's own level by as many points as the path does, and
 * incomes grow, year by year so far, as real disposable income did.
 *
 * Shapes: `levelBps` is the run's unemployment on day 1. Errors: `RangeError` for a path without what is needed.
 */
export function macroSettings(path: PublishedPath, levelBps: number): string[] {
  const { unemploymentPct, before, realIncomePct, name, unit } = path;
  if (unit !== "quarter" || !unemploymentPct) {
    throw new RangeError(`Cannot run the path ${name}: unemployment by quarter is needed`);
  }
  const eve = before?.unemploymentPct ?? unemploymentPct[0];
  const unemploymentBps = unemploymentPct.map((pct) => levelBps + Math.round((pct - eve) * 100));
  const incomeBps = realIncomePct?.map((_, k) =>
    Math.round(compoundedPct(realIncomePct.slice(0, k + 1), unit) * 100)
  );
  return [
    `macro.unemploymentBps=${JSON.stringify([levelBps, ...unemploymentBps])}`,
    ...incomeBps ? [`macro.incomeGrowthBps=${JSON.stringify([0, ...incomeBps])}`] : [],
  ];
}

/** A ladder as settings: a number of a scenario, at each multiple. */
export function ladderSettings(
  path: string,
  { base, multiples }: { base: number; multiples: readonly number[] },
): string[] {
  return multiples.map((multiple) => `${path}=${Math.round(base * multiple)}`);
}
