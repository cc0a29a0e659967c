// Which axes of a sweep are a continuum, where on it a value lies, and how far a step of a design moves it.

import type { Axis } from "#/scenarios/sweep_schema.ts";

/** Fewest steps of a range that are taken for a continuum; densities and derivatives by fewer values mean nothing. */
export const continuumStepsMin = 50;

/**
 * Why an axis is no continuum, or nothing where it is one.
 *
 * @example
 * ```ts
 * import { discreteness } from "#/sim/experiments/continuous_axes.ts";
 * import assert from "node:assert/strict";
 * const axis = { name: "a", title: "an axis", path: "p", values: [] };
 * assert.equal(discreteness({ ...axis, range: { low: 0, high: 1_000, step: 1 } }), undefined);
 * assert.equal(discreteness({ ...axis, range: { low: 0, high: 1_000, step: 100 } }), "a range of 10 steps");
 * assert.equal(discreteness({ ...axis, values: ["x", "y"] }), "a list of values");
 * ```
 */
export function discreteness({ range }: Pick<Axis, "values" | "range">): string | undefined {
  if (!range) return "a list of values";
  const { low, high, step } = range, steps = step === undefined ? Infinity : Math.floor((high - low) / step);
  return steps < continuumStepsMin ? `a range of ${steps} steps` : undefined;
}

/**
 * Refuses axes that are no continuum, each with why.
 *
 * Errors: `RangeError` naming the axes, what asks for a continuum and what does not.
 */
export function refuseDiscrete(
  axes: readonly Axis[],
  { what, instead }: { what: string; instead: string },
): void {
  const found = axes.flatMap((axis) => {
    const why = discreteness(axis);
    return why ? [`"${axis.name}" is ${why}`] : [];
  });
  if (found.length === 0) return;
  throw new RangeError(
    `${what} asks for axes with a range of at least ${continuumStepsMin} steps: ${
      found.join(", ")
    }; ${instead}`,
  );
}

/**
 * Where a value lies on the scale of its axis: 0 at the low end of the range, 1 at the high end.
 *
 * @example
 * ```ts
 * import { placeOf } from "#/sim/experiments/continuous_axes.ts";
 * import assert from "node:assert/strict";
 * assert.equal(placeOf({ low: 10, high: 20 }, 15), 0.5);
 * assert.equal(placeOf({ low: 1, high: 100, scale: "log" }, 10), 0.5);
 * ```
 */
export function placeOf({ low, high, scale }: NonNullable<Axis["range"]>, value: number): number {
  return scale === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/**
 * Whether a step of a design, as a part of the range, moves an axis from wherever it stands: on a range in whole steps a short one may
 * end where it began.
 *
 * @example
 * ```ts
 * import { alwaysMoves } from "#/sim/experiments/continuous_axes.ts";
 * import assert from "node:assert/strict";
 * assert.ok(alwaysMoves({ low: 0, high: 100, step: 1 }, 0.05));
 * assert.ok(!alwaysMoves({ low: 0, high: 100, step: 1 }, 0.005));
 * assert.ok(!alwaysMoves({ low: 1, high: 1_000, step: 1, scale: "log" }, 0.05));
 * ```
 */
export function alwaysMoves({ low, high, scale, step }: NonNullable<Axis["range"]>, part: number): boolean {
  if (step === undefined) return true;
  // The shortest way is at the low end of a logarithmic scale.
  return (scale === "log" ? low * ((high / low) ** part - 1) : part * (high - low)) >= step;
}
