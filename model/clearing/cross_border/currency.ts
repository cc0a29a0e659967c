// Foreign currencies: what a unit is made of, and what an amount of one is worth in CNY at a rate.

import type { Fen, Ppm } from "#/model/units/units.ts";
import { mulDiv } from "#/model/units/units.ts";

/** Currencies in which a foreign shop can ask its price, with the smallest amounts that a unit has. Source: ISO 4217. */
export const currencies = {
  HKD: { title: "Hong Kong dollar", minorPerUnit: 100 },
  JPY: { title: "Japanese yen", minorPerUnit: 1 },
} as const;
/** A foreign currency by its code. */
export type Currency = keyof typeof currencies;

/** A rate of exchange: CNY for one unit of foreign currency, in millionths, and the smallest amounts of a unit. */
export interface Rate {
  midPpm: Ppm;
  minorPerUnit: number;
}

/**
 * What an amount of foreign currency is worth in CNY at the mid rate, rounded half away from zero.
 *
 * Shapes and units: `minor` whole cents of the foreign currency, of either sign; result in fen. Errors: none.
 *
 * @example
 * ```ts
 * import { valueFen } from "#/model/clearing/cross_border/currency.ts";
 * import assert from "node:assert/strict";
 * assert.equal(valueFen(10_000, { midPpm: 880_000, minorPerUnit: 100 }), 8_800); // HKD 100 at 0.88
 * assert.equal(valueFen(1_000, { midPpm: 64_000, minorPerUnit: 1 }), 6_400); // JPY 1,000 at 0.064
 * ```
 */
export function valueFen(minor: number, { midPpm, minorPerUnit }: Rate): Fen {
  return mulDiv(minor, midPpm, 10_000 * minorPerUnit);
}

/**
 * The price that a foreign shop asks for a thing that costs so much at home: at least its smallest amount.
 *
 * @example
 * ```ts
 * import { foreignPrice } from "#/model/clearing/cross_border/currency.ts";
 * import assert from "node:assert/strict";
 * assert.equal(foreignPrice(8_800, { midPpm: 880_000, minorPerUnit: 100 }), 10_000);
 * ```
 */
export function foreignPrice(homeFen: Fen, { midPpm, minorPerUnit }: Rate): number {
  return Math.max(1, mulDiv(homeFen, 10_000 * minorPerUnit, midPpm));
}
