// What a purchase costs on a line of the co-branded card: its holder, and the issuer that lends.

import { instalmentFen } from "#/model/credit/instalment.ts";
import { type Bps, bpsOf, type Fen } from "#/model/units/units.ts";

/** A purchase on one line: paid at once on its due day, or in monthly parts where `months` is not 0. */
export interface OnLine {
  amountFen: Fen;
  daysToDue: number;
  months: number;
  aprBps: Bps;
}

/** Days for which the money is lent, on average over the fen: to the due day, or to the middle of the plan. */
export const daysLent = ({ daysToDue, months }: Pick<OnLine, "daysToDue" | "months">): number =>
  months === 0 ? daysToDue : (months + 1) / 2 * 30;

/**
 * All that a purchase costs its holder: the interest of the plan, less what the holder's money earns at `floatBps` a year until it
 * is due. Below zero where nothing but time is gained.
 *
 * Shapes and units: whole fen in, fen with fractions out. Errors: none. Source: all-in cost, simple interest over 365 days.
 *
 * @example
 * ```ts
 * import { shopperCostFen } from "#/model/credit/cobrand/cost.ts";
 * import assert from "node:assert/strict";
 * const bought = { amountFen: 100_000, daysToDue: 30, months: 0, aprBps: 1_635 };
 * assert.equal(shopperCostFen(bought, { floatBps: 0 }), 0);
 * assert.ok(shopperCostFen({ ...bought, daysToDue: 9 }, { floatBps: 250 }) > shopperCostFen(bought, { floatBps: 250 }));
 * assert.ok(shopperCostFen({ ...bought, months: 12 }, { floatBps: 250 }) > 7_000);
 * ```
 */
export function shopperCostFen(bought: OnLine, { floatBps }: { floatBps: Bps }): number {
  const { amountFen, months, aprBps } = bought;
  const interestFen = months === 0 ? 0 : instalmentFen(amountFen, aprBps, months) * months - amountFen;
  return interestFen - earnedFen(amountFen, { rateBps: floatBps, days: daysLent(bought) });
}

/**
 * What a purchase costs the issuer that lends for it: the money until it is due at `fundingBps` a year, and clearing.
 *
 * Shapes and units: whole fen in, fen with fractions out; `clearingFen` is the rail's fee, `clearingBps` what bridge and acquirer
 * take. Errors: none.
 *
 * @example
 * ```ts
 * import { issuerCostFen } from "#/model/credit/cobrand/cost.ts";
 * import assert from "node:assert/strict";
 * const bought = { amountFen: 36_500, daysToDue: 10, months: 0, aprBps: 0 };
 * assert.equal(issuerCostFen(bought, { fundingBps: 500, clearingBps: 20, clearingFen: 5 }), 50 + 73 + 5);
 * ```
 */
export function issuerCostFen(
  bought: OnLine,
  { fundingBps, clearingBps, clearingFen }: { fundingBps: Bps; clearingBps: Bps; clearingFen: Fen },
): number {
  const { amountFen } = bought;
  return earnedFen(amountFen, { rateBps: fundingBps, days: daysLent(bought) }) +
    bpsOf(amountFen, clearingBps) + clearingFen;
}

/** Simple interest, not rounded. */
const earnedFen = (amountFen: Fen, { rateBps, days }: { rateBps: Bps; days: number }): number =>
  amountFen * rateBps * days / 3_650_000;

/**
 * What the issuer of the line passes on to the card's manager: a share of what is left to it of the shop's discount.
 *
 * Shapes and units: whole fen; nothing where fees have eaten the discount. Errors: none.
 *
 * @example
 * ```ts
 * import { managerPartFen } from "#/model/credit/cobrand/cost.ts";
 * import assert from "node:assert/strict";
 * assert.equal(managerPartFen({ discountFen: 550, feesFen: 260 }, 3_000), 87);
 * assert.equal(managerPartFen({ discountFen: 200, feesFen: 260 }, 3_000), 0);
 * ```
 */
export function managerPartFen(
  { discountFen, feesFen }: { discountFen: Fen; feesFen: Fen },
  shareBps: Bps,
): Fen {
  return bpsOf(Math.max(0, discountFen - feesFen), shareBps);
}
