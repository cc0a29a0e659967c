// A squeeze by day: when a lender was warned, what it did, what shoppers met, when it was over.

import { contingencySteps } from "#/model/funding/treasury/contingency.ts";
import type { RunResult } from "#/sim/result.ts";

/** The first days of a squeeze, counted from the start; null for what never came. */
export interface SqueezeDays {
  issuer: string;
  /** The early-warning alarm, the first step of the plan, less new credit, the first purchase refused for it. */
  warning: number | null;
  contingency: number | null;
  throttle: number | null;
  refusal: number | null;
  /** From here on to the end all new credit is granted again. */
  recovery: number | null;
}

const issuers = ["jd", "ant"] as const;

/**
 * The first days of a run's squeeze, of the lender whose plan went furthest.
 *
 * Shapes: a result with its daily record. Null where no lender took a step.
 *
 * @example
 * ```ts
 * import { squeezeDays } from "#/server/facts/squeeze.ts";
 * import { fixtureRun } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * assert.equal(squeezeDays(fixtureRun(false, { days: 9 })), null);
 * ```
 */
export function squeezeDays({ daily: { columns } }: Pick<RunResult, "daily">): SqueezeDays | null {
  const depth = (issuer: string) =>
    (columns[`contingency.${issuer}`] ?? []).reduce((sum, step) => sum + step, 0);
  const issuer = issuers.reduce((most, one) => depth(one) > depth(most) ? one : most);
  if (depth(issuer) === 0) return null;
  const first = (name: string, holds: (value: number) => boolean, from = 0) => {
    const day = (columns[name] ?? []).findIndex((value, day) => day >= from && holds(value));
    return day < 0 ? null : day;
  };
  const throttle = first(`throttle.${issuer}`, (share) => share < 1);
  const last = (columns[`throttle.${issuer}`] ?? []).findLastIndex((share) => share < 1);
  const isOver = throttle !== null && last + 1 < columns[`throttle.${issuer}`].length;
  return {
    issuer,
    warning: first(`alarm.${issuer}`, (rings) => rings > 0),
    contingency: first(`contingency.${issuer}`, (step) => step > 0),
    throttle,
    refusal: first("fundingRefused", (count) => count > 0, throttle ?? 0),
    recovery: isOver ? last + 1 : null,
  };
}

/** The deepest step of the plan in a run's record, by its name. */
export function deepestStep({ daily: { columns } }: Pick<RunResult, "daily">, issuer: string): string {
  return contingencySteps[Math.max(0, ...(columns[`contingency.${issuer}`] ?? []))];
}
