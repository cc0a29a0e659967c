// How the worth of flows moves with their yield: price, durations and convexity.

import { exp, log } from "#/model/units/elementary.ts";
import { checked } from "./checks.ts";
import type { TimedFlow } from "./irr.ts";
import { expLessOne, logOnePlus } from "./small_rates.ts";

/** How a yearly yield is compounded: so many times a year, or continuously. */
export type Compounding = number | "continuous";

/** The logarithm of what 1 grows to in a year. Errors: `RangeError` for a yield that leaves nothing or less, or no times a year. */
export function logGrowth(yearly: number, compounding: Compounding): number {
  if (compounding === "continuous") return checked("yield", yearly);
  checked("compounding", compounding, { above: 0 });
  return compounding * logOnePlus(checked("yield", yearly, { above: -compounding }) / compounding);
}

/** The yearly yield that grows 1 to e to this power. */
export function yieldOfGrowth(logGrown: number, compounding: Compounding): number {
  return compounding === "continuous" ? logGrown : compounding * expLessOne(logGrown / compounding);
}

/** What flows are worth at a yield, and how that moves. */
export interface Sensitivity {
  /** Worth at time 0, in the flows' own unit. */
  price: number;
  /** Mean time of the flows, weighted with their worth, in years. */
  macaulayYears: number;
  /** Relative fall of the price for a rise of the yield, in years. */
  modifiedYears: number;
  /** Second derivative of the price by the yield, over the price, in years squared. */
  convexity: number;
}

/**
 * Price, durations and convexity of flows at one yield.
 *
 * Shapes and units: `years` from the day of valuation; yield a year. Errors: those of {@link logGrowth}, and `RangeError` where
 * the flows are worth nothing. Source: derivatives of Σ c·(1 + y ÷ m)^(−m·t), or of Σ c·e^(−y·t).
 *
 * @example
 * ```ts
 * import { sensitivity } from "#/model/finance/flow_sensitivity.ts";
 * import assert from "node:assert/strict";
 * const { price, macaulayYears, modifiedYears } = sensitivity([{ years: 2, amount: 121 }], { yield: 0.1, compounding: 1 });
 * assert.ok(Math.abs(price - 100) < 1e-12 && macaulayYears === 2 && Math.abs(modifiedYears - 2 / 1.1) < 1e-15);
 * ```
 */
export function sensitivity(
  flows: readonly TimedFlow[],
  { yield: yearly, compounding }: { yield: number; compounding: Compounding },
): Sensitivity {
  const x = logGrowth(yearly, compounding);
  return weighed(flows, { growthOf: () => x, compounding });
}

/** As {@link sensitivity}, with another growth for each flow, all yields moving together. */
export function weighed(
  flows: readonly TimedFlow[],
  { growthOf, compounding }: { growthOf: (place: number) => number; compounding: Compounding },
): Sensitivity {
  const times = compounding === "continuous" ? Infinity : compounding;
  let price = 0, first = 0, slope = 0, curve = 0;
  for (const [i, { years, amount }] of flows.entries()) {
    const x = growthOf(i), worth = amount * exp(-x * years), step = exp(-x / times);
    price += worth;
    first += worth * years;
    slope += worth * years * step;
    curve += worth * years * (years + 1 / times) * step * step;
  }
  if (!(Math.abs(price) > 0)) {
    throw new RangeError(`Cannot tell durations of flows worth ${price}: a worth is needed`);
  }
  return {
    price,
    macaulayYears: first / price,
    modifiedYears: slope / price,
    convexity: curve / price,
  };
}

/** The yearly yield, compounded otherwise, that is the same as a rate compounded once a year. */
export function fromYearly(rate: number, compounding: Compounding): number {
  // Below -100 % there is no rate, so the logarithm is that of what is left.
  return yieldOfGrowth(Math.abs(rate) < 0.5 ? logOnePlus(rate) : log(1 + rate), compounding);
}
