// The project company's cash, told as what came in and what went out since the first day.

import { type Pair, pairOf } from "#/server/facts/outcomes.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** The project's cash: `flows` in and (negative) out, which add up to `cash`. */
export interface ProjectCash {
  flows: Pair[];
  cash: Pair;
}

/**
 * Equity paid in, bridge fees received, what was built and run: together the cash at the end.
 *
 * The runs record the project's cash, its result and its bills. A result is the change of cash less the equity that came
 * with it, and nothing but bridge fees raises it, so that equity is cash less result and fees are result and bills
 * together. Differences have no interval here: equity and fees are no outcomes of the runs.
 *
 * Shapes: undefined where a run lacks any of the four.
 *
 * @example
 * ```ts
 * import { projectCash } from "#/server/facts/project.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const { flows, cash } = projectCash(fixtureComparison())!;
 * const sum = flows.reduce((total, { open }) => total + open!, 0);
 * assert.ok(Math.abs(sum - cash.open!) < 1);
 * ```
 */
export function projectCash(report: Comparison): ProjectCash | undefined {
  const [cash, result, capex, running] = [
    "projectCash",
    "resultOf.project",
    "external.capex",
    "external.operating-cost",
  ]
    .map((name) => pairOf(report, name));
  if (!cash || !result || !capex || !running) return undefined;
  const made = (name: string, of: (world: "closed" | "open") => number | null): Pair => {
    const closed = of("closed"), open = of("open");
    return {
      name,
      unit: cash.unit,
      closed,
      open,
      difference: closed === null || open === null ? null : open - closed,
    };
  };
  const sum = (...parts: (number | null)[]) =>
    parts.includes(null) ? null : parts.reduce((total, part) => total! + part!, 0);
  const less = (value: number | null) => value === null ? null : -value;
  return {
    flows: [
      made("projectEquity", (world) => sum(cash[world], less(result[world]))),
      made("projectFees", (world) => sum(result[world], capex[world], running[world])),
      made("projectCapex", (world) => less(capex[world])),
      made("projectRunning", (world) => less(running[world])),
    ],
    cash,
  };
}
