// The units of Hutong: every amount, rate and day carries its unit in its name and, where it helps, in its type.

/** Money in fen (CNY 0.01), always a whole number; exact to CNY 90 trillion. */
export type Fen = number & { readonly __unit?: "fen" };
/** A rate in basis points, 1/10,000. */
export type Bps = number & { readonly __unit?: "bps" };
/** A rate in parts per million. */
export type Ppm = number & { readonly __unit?: "ppm" };
/** A day, counted from the start of the scenario (day 0 is its start date; history is negative). */
export type Day = number & { readonly __unit?: "day" };

const exact = Number.MAX_SAFE_INTEGER;

/**
 * Multiplies an amount by a fraction and rounds half away from zero, exactly, also where the product passes 2^53.
 *
 * Shapes and units: `amountFen` whole fen; `numerator`, `denominator` whole numbers, denominator above zero.
 * Errors: `RangeError` for arguments that are not whole, told only where the product passes 2^53: the short way trusts its
 * callers, since it stands in every loop.
 * Source: commercial rounding, as Chinese banks state interest to the fen.
 *
 * @example
 * ```ts
 * import { mulDiv } from "#/model/units/units.ts";
 * import assert from "node:assert/strict";
 * assert.equal(mulDiv(10_001, 65, 10_000), 65); // 65 bps of CNY 100.01
 * assert.equal(mulDiv(9_000_000_000_000_000, 24, 10_000), 21_600_000_000_000);
 * ```
 */
export function mulDiv(amountFen: Fen, numerator: number, denominator: number): Fen {
  const product = amountFen * numerator;
  if (product <= exact && product >= -exact) {
    const sign = product < 0 ? -1 : 1;
    const size = product * sign;
    const whole = Math.floor(size / denominator);
    const rest = size - whole * denominator;
    return sign * (rest * 2 >= denominator ? whole + 1 : whole) + 0;
  }
  if (!Number.isSafeInteger(amountFen) || !Number.isSafeInteger(numerator) || !(denominator > 0)) {
    throw new RangeError(
      `Cannot multiply ${amountFen} by ${numerator}/${denominator}: whole numbers are needed`,
    );
  }
  const big = BigInt(amountFen) * BigInt(numerator), by = BigInt(denominator);
  const sign = big < 0n ? -1n : 1n, size = big * sign;
  return Number(sign * ((size * 2n + by) / (by * 2n)));
}

/** `bps` of an amount, rounded half away from zero. Shapes: whole fen, whole bps; see {@link mulDiv} for errors. */
export function bpsOf(amountFen: Fen, bps: Bps): Fen {
  return mulDiv(amountFen, bps, 10_000);
}

/** `ppm` of an amount, rounded half away from zero. Shapes: whole fen, whole ppm; see {@link mulDiv} for errors. */
export function ppmOf(amountFen: Fen, ppm: Ppm): Fen {
  return mulDiv(amountFen, ppm, 1_000_000);
}

/**
 * Splits an amount by weights so that the parts sum to it: spare fen go to the largest fractions, ties to the earliest.
 *
 * Shapes and units: `amountFen` whole fen, zero or more; `weights` whole numbers, none negative, not all zero.
 * Errors: `RangeError` naming the amount or the weight that does not fit.
 * Source: largest remainder (Hamilton) method.
 *
 * @example
 * ```ts
 * import { split } from "#/model/units/units.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(split(100, [1, 1, 1]), [34, 33, 33]);
 * ```
 */
export function split(amountFen: Fen, weights: readonly number[]): Fen[] {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) {
    throw new RangeError(`Cannot split ${amountFen} fen: the amount must be a whole number, zero or more`);
  }
  let sum = 0n;
  for (const [i, weight] of weights.entries()) {
    if (!Number.isSafeInteger(weight) || weight < 0) {
      throw new RangeError(
        `Cannot split by weight ${weight} at place ${i}: weights must be whole and not negative`,
      );
    }
    sum += BigInt(weight);
  }
  if (sum === 0n) {
    throw new RangeError(
      `Cannot split ${amountFen} fen as the weights sum to 0: at least one must be positive`,
    );
  }
  const amount = BigInt(amountFen);
  const rests: bigint[] = [];
  let spare = amountFen;
  const parts = weights.map((weight) => {
    const product = amount * BigInt(weight);
    rests.push(product % sum);
    const part = Number(product / sum);
    spare -= part;
    return part;
  });
  const order = rests.map((_, i) => i).sort((a, b) =>
    rests[a] === rests[b] ? a - b : rests[a] > rests[b] ? -1 : 1
  );
  for (let k = 0; k < spare; k++) parts[order[k]] += 1;
  return parts;
}
