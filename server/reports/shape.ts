// What a report file must hold before a page is made of it. More than this may be there; less is refused by name.

import { z } from "zod";
import type { RunResult } from "#/sim/result.ts";

const finite = z.number();
const counts = z.record(z.string(), z.record(z.string(), finite));

const runShape = z.looseObject({
  scenario: z.string(),
  seed: z.string(),
  replication: z.int().min(0),
  engine: z.string(),
  hash: z.string(),
  purchases: z.looseObject({
    wanted: finite,
    refused: counts,
    redirected: counts,
    plotsRefused: counts.optional(),
  }),
  money: z.looseObject({ checks: finite, daysReconciled: finite }),
  proofs: finite.optional(),
  calibration: z.array(z.looseObject({
    name: z.string(),
    date: z.string(),
    target: finite,
    low: finite,
    high: finite,
    simulated: finite.nullable(),
    readOn: z.string().nullish(),
    unit: z.string(),
    source: z.string(),
  })),
  outcomes: z.record(z.string(), z.looseObject({ value: finite.nullable(), unit: z.string() })),
  replay: z.string(),
  daily: z.looseObject({ columns: z.record(z.string(), z.array(finite.nullable())) }),
  world: z.looseObject({
    shoppers: finite,
    peoplePerShopper: finite,
    startDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    days: finite,
    calibration: z.string(),
  }),
});

const comparisonShape = z.looseObject({
  kind: z.literal("comparison"),
  id: z.string(),
  title: z.string(),
  a: runShape,
  b: runShape,
  assumptions: z.array(z.looseObject({
    path: z.string(),
    unit: z.string(),
    base: z.unknown(),
    range: z.tuple([z.unknown(), z.unknown()]).nullish(),
    source: z.string(),
    used: z.unknown().optional(),
  })),
  expected: z.array(z.looseObject({
    outcome: z.string(),
    against: z.string(),
    sign: z.enum(["+", "-", "0"]),
    why: z.string(),
  })),
  differences: z.record(
    z.string(),
    z.looseObject({ mean: finite, low: finite.nullable(), high: finite.nullable(), n: finite }),
  ).optional(),
  replications: z.array(z.looseObject({
    a: z.record(z.string(), finite.nullable()).optional(),
    b: z.record(z.string(), finite.nullable()).optional(),
  })).optional(),
});

/** One uncertain number behind the runs. `used` is what the runs took where that is not the base. */
export interface Assumption {
  path: string;
  unit: string;
  base: unknown;
  range?: readonly [unknown, unknown] | null;
  source: string;
  used?: unknown;
}

/** A sign that was written down before anything was run. */
export interface Expectation {
  outcome: string;
  against: string;
  sign: "+" | "-" | "0";
  why: string;
}

/** The paired difference of one outcome over `n` replications, open less closed, with its interval. */
export interface PairedDifference {
  mean: number;
  low: number | null;
  high: number | null;
  n: number;
}

/** Two runs of the same people with the same luck: `a` closed, `b` open. */
export interface Comparison {
  kind: "comparison";
  id: string;
  title: string;
  a: RunResult;
  b: RunResult;
  assumptions: Assumption[];
  expected: Expectation[];
  differences?: Record<string, PairedDifference>;
  /** The outcomes of each replication by name, where the report holds them. */
  replications?: { a?: Record<string, number | null>; b?: Record<string, number | null> }[];
}

/**
 * A report from the text of its file.
 *
 * Errors: `SyntaxError` when the text is no JSON; `TypeError` that names the first place that does not fit.
 */
export function parseReport(text: string): Comparison {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`This is not JSON: ${(error as Error).message}`);
  }
  const checked = comparisonShape.safeParse(value);
  if (checked.success) return value as Comparison;
  const issue = checked.error.issues[0];
  const place = issue.path.length ? issue.path.join(".") : "the whole file";
  throw new TypeError(`${place}: ${issue.message}`);
}
