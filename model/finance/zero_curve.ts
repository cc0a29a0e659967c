// Worth on a curve of zero rates: discount factors, prices, durations, and the spread over the curve that explains a price.

import { exp } from "#/model/units/elementary.ts";
import { checked } from "./checks.ts";
import { type DayCount, yearsBetween } from "./day_count.ts";
import { type Compounding, logGrowth, type Sensitivity, weighed } from "./flow_sensitivity.ts";
import type { DatedFlow } from "./returns.ts";

/** Zero rates a year by day; between two points they run in a line, beyond the ends they stay. */
export interface ZeroCurve {
  points: readonly { day: number; rate: number }[];
  /** Once a year unless said otherwise. */
  compounding?: Compounding;
  /** act/365F unless said otherwise. */
  dayCount?: DayCount;
}

/**
 * The zero rate for cash of a day.
 *
 * Errors: `RangeError` for a curve without points, or with days that do not ascend.
 *
 * @example
 * ```ts
 * import { zeroRate } from "#/model/finance/zero_curve.ts";
 * import assert from "node:assert/strict";
 * const points = [{ day: 0, rate: 0.01 }, { day: 100, rate: 0.02 }];
 * assert.deepEqual([-5, 50, 300].map((day) => zeroRate({ points }, day)), [0.01, 0.015, 0.02]);
 * ```
 */
export function zeroRate({ points }: ZeroCurve, day: number): number {
  if (points.length === 0) throw new RangeError("Cannot read a curve without points: at least one is needed");
  for (let k = 1; k < points.length; k++) {
    checked(`day of point ${k + 1}`, points[k].day, { above: points[k - 1].day });
  }
  const next = points.findIndex((point) => point.day >= day);
  if (next < 0) return points[points.length - 1].rate;
  if (next === 0) return points[0].rate;
  const a = points[next - 1], b = points[next];
  return a.rate + (b.rate - a.rate) * (day - a.day) / (b.day - a.day);
}

/** Growth a year and years to the flow, from a day of valuation. */
function timedOn(
  curve: ZeroCurve,
  { flows, from, spread }: { flows: readonly DatedFlow[]; from: number; spread: number },
) {
  const { compounding = 1, dayCount = "act/365F" } = curve;
  const later = flows.filter(({ day }) => day > from);
  return {
    compounding,
    growths: later.map(({ day }) => logGrowth(zeroRate(curve, day) + spread, compounding)),
    timed: later.map(({ day, amount }) => ({ years: yearsBetween(from, day, dayCount), amount })),
  };
}

/**
 * What the flows after a day are worth on it.
 *
 * Shapes and units: any money unit; `spread` a year is added to each zero rate. Errors: those of {@link zeroRate}, and
 * `RangeError` for a rate that leaves nothing.
 *
 * @example
 * ```ts
 * import { worthOnCurve } from "#/model/finance/zero_curve.ts";
 * import assert from "node:assert/strict";
 * const curve = { points: [{ day: 0, rate: 0.05 }] };
 * assert.ok(Math.abs(worthOnCurve(curve, { flows: [{ day: 365, amount: 105 }], from: 0 }) - 100) < 1e-12);
 * ```
 */
export function worthOnCurve(
  curve: ZeroCurve,
  { flows, from, spread = 0 }: { flows: readonly DatedFlow[]; from: number; spread?: number },
): number {
  const { growths, timed } = timedOn(curve, { flows, from, spread });
  return timed.reduce((sum, { years, amount }, i) => sum + amount * exp(-growths[i] * years), 0);
}

/** Price, durations and convexity of the flows after a day, all zero rates moving together. Shapes, errors: as {@link worthOnCurve}. */
export function sensitivityOnCurve(
  curve: ZeroCurve,
  { flows, from, spread = 0 }: { flows: readonly DatedFlow[]; from: number; spread?: number },
): Sensitivity {
  const { growths, timed, compounding } = timedOn(curve, { flows, from, spread });
  return weighed(timed, { growthOf: (i) => growths[i], compounding });
}

/** A spread, or that none explains the price. */
export type Spread = { kind: "one"; spread: number } | { kind: "none" };

/** The greatest spread a year that is searched. */
export const widestSpread = 100;

/**
 * The spread over the curve at which the flows after a day are worth a price (z-spread).
 *
 * Shapes and units: price in the flows' unit; "none" where no spread up to {@link widestSpread} explains it, as for a price of
 * zero or below. Errors: `RangeError` for a negative flow, with which several spreads could do.
 *
 * @example
 * ```ts
 * import { zSpread } from "#/model/finance/zero_curve.ts";
 * import assert from "node:assert/strict";
 * const curve = { points: [{ day: 0, rate: 0.05 }] };
 * const found = zSpread(curve, { flows: [{ day: 365, amount: 108 }], from: 0, price: 100 });
 * assert.ok(found.kind === "one" && Math.abs(found.spread - 0.03) < 1e-14);
 * ```
 */
export function zSpread(
  curve: ZeroCurve,
  { flows, from, price }: { flows: readonly DatedFlow[]; from: number; price: number },
): Spread {
  for (const { amount } of flows) checked("flow", amount, { least: 0 });
  checked("price", price);
  const worth = (spread: number) => worthOnCurve(curve, { flows, from, spread });
  const lowest = flows.filter(({ day }) => day > from).reduce(
    (rate, { day }) => Math.min(rate, zeroRate(curve, day)),
    0,
  );
  // Just above the spread at which the lowest rate leaves nothing.
  const { compounding = 1 } = curve;
  let low = compounding === "continuous" ? -widestSpread : -compounding * (1 - 1e-9) - lowest,
    high = widestSpread;
  if (!(worth(low) >= price && worth(high) <= price) || flows.length === 0 || !(price > 0)) {
    return { kind: "none" };
  }
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (worth(middle) > price) low = middle;
    else high = middle;
  }
  return { kind: "one", spread: (low + high) / 2 };
}
