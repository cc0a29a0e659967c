// Which plot, if any, a person falls to or takes up in a month.

import { type TypologyName, typologyNames, typologyOf } from "./registry.ts";

/**
 * A month's uniform is divided into twelve lanes of the same width, one for each code that a typology may have. A rate of
 * 1,000,000 ppm a year, a twelfth a month, fills a lane.
 */
export const laneCount = 12;

const needsOf = Int32Array.from(typologyNames, (_, place) => typologyOf(place + 1).needs);

/**
 * The rates of all typologies as a column by code; place 0, for honest people, is empty.
 *
 * Shapes and units: ppm of those people who could, a year; 0 switches a typology off.
 * Errors: `RangeError` for a rate outside 0 to 1,000,000, with its name.
 *
 * @example
 * ```ts
 * import { ratesByCode } from "#/model/fraud/typologies/plot.ts";
 * import assert from "node:assert/strict";
 * const off = { stolenAccount: 0, syntheticIdentity: 0, friendlyFraud: 0, cashOut: 0, bustOut: 0, deviceRing: 0, kiting: 0 };
 * assert.deepEqual([...ratesByCode({ ...off, friendlyFraud: 3_000 })], [0, 0, 0, 3_000, 0, 0, 0, 0]);
 * ```
 */
export function ratesByCode(perYearPpm: Readonly<Record<TypologyName, number>>): Float64Array {
  const rates = new Float64Array(typologyNames.length + 1);
  for (const [place, name] of typologyNames.entries()) {
    const rate = perYearPpm[name];
    if (!(rate >= 0 && rate <= 1_000_000)) {
      throw new RangeError(
        `Cannot use ${rate} ppm a year as the rate of ${name}: 0 to 1,000,000 ppm are allowed`,
      );
    }
    rates[place + 1] = rate;
  }
  return rates;
}

/**
 * The code of the plot that one uniform gives a person in a month, or 0 for none.
 *
 * Each typology owns a lane of the uniform and takes as much of its beginning as its monthly rate says. So probabilities
 * add; at most one plot is picked; and neither the rate of one typology, nor being able to carry it out, nor a typology
 * added at the end ever changes who is picked for another: switching one off moves that one alone.
 *
 * Shapes and units: `u` from 0 to 1, 1 excluded; `able` what is true of the person, bits of `plotNeed`; `perYearPpm` by code,
 * as from `ratesByCode`. A rate holds for those who are able: who is not is never picked. Errors: none.
 *
 * @example
 * ```ts
 * import { plotNeed } from "#/model/fraud/typologies/needs.ts";
 * import { plotOfMonth, ratesByCode } from "#/model/fraud/typologies/plot.ts";
 * import { typologies } from "#/model/fraud/typologies/registry.ts";
 * import assert from "node:assert/strict";
 * const perYearPpm = ratesByCode({ stolenAccount: 4_000, syntheticIdentity: 0, friendlyFraud: 3_000, cashOut: 500_000,
 *   bustOut: 0, deviceRing: 0, kiting: 0 });
 * const calm = plotNeed.line, inTrouble = plotNeed.line | plotNeed.trouble;
 * assert.equal(plotOfMonth(0.000_3, { able: calm, perYearPpm }), typologies.stolenAccount.code);
 * assert.equal(plotOfMonth(0.27, { able: calm, perYearPpm }), 0);
 * assert.equal(plotOfMonth(0.27, { able: inTrouble, perYearPpm }), typologies.cashOut.code);
 * ```
 */
export function plotOfMonth(
  u: number,
  { able, perYearPpm }: { able: number; perYearPpm: ArrayLike<number> },
): number {
  return pickLane(u, { able, perYearPpm, needs: needsOf });
}

/** As `plotOfMonth`, for any list of typologies: `needs` of each, the place is the code less 1. */
export function pickLane(
  u: number,
  { able, perYearPpm, needs }: {
    able: number;
    perYearPpm: ArrayLike<number>;
    needs: ArrayLike<number>;
  },
): number {
  const place = u * laneCount, lane = Math.floor(place);
  if (lane >= needs.length || (needs[lane] & able) !== needs[lane]) return 0;
  return place - lane < perYearPpm[lane + 1] / 1_000_000 ? lane + 1 : 0;
}
