// The articles' claim, "10 % more users and CNY 5 bn a year on CNY 300.3 m", and what arithmetic alone says of it.

import { pmt } from "#/model/finance/annuity.ts";
import type { InternalRate } from "#/model/finance/irr.ts";
import { irr } from "#/model/finance/returns.ts";
import type { Bps, Fen } from "#/model/units/units.ts";

/** What is claimed. Amounts in fen. */
export const claimed = {
  budgetFen: 30_030_000_000 as Fen,
  runningMoneyFen: 30_000_000 as Fen,
  usersBps: 1_000 as Bps,
  revenuePerYearFen: 500_000_000_000 as Fen,
  source: "the first article: CNY 200 m, 100 m and 0.3 m; users +10 %, revenue +CNY 5 bn a year",
} as const;

/** Baitiao as it was published: people, fen a person, and what a year's revenue can be of it. */
export const baitiaoBasis = {
  users: 55_000_000,
  balancePerUserFen: 223_500 as Fen,
  revenueYieldBps: 1_635 as Bps,
  takeBps: [250, 325] as readonly [Bps, Bps],
  source:
    "55 m users with CNY 2,235 each (2017) at a yield of 16.35 % (2024): upper bound; take of 2.5 to 3.25 %",
} as const;

/**
 * What an amount needs each year to be earned back over so many years at a rate.
 *
 * Units: fen; `rate` a year as a part of 1. Errors: as of `pmt`.
 *
 * @example
 * ```ts
 * import { claimed, needPerYear } from "#/model/project/claim.ts";
 * import assert from "node:assert/strict";
 * assert.equal(Math.round(needPerYear(claimed.budgetFen, { years: 5, rate: 0.12 }) / 1e8), 83);
 * ```
 */
export function needPerYear(amountFen: Fen, { years, rate }: { years: number; rate: number }): Fen {
  return -pmt({ rate, nper: years, pv: amountFen });
}

/**
 * The rate of an amount that brings so much at the end of each of some years, as if revenue were cash.
 *
 * @example
 * ```ts
 * import { claimed, rateAsCash } from "#/model/project/claim.ts";
 * import assert from "node:assert/strict";
 * const found = rateAsCash(claimed.budgetFen, { perYearFen: claimed.revenuePerYearFen, years: 5 });
 * assert.ok(found.kind === "one" && Math.abs(found.rate - 16.65) < 0.005); // 1,665 %: it says nothing
 * ```
 */
export function rateAsCash(
  amountFen: Fen,
  { perYearFen, years }: { perYearFen: Fen; years: number },
): InternalRate {
  return irr([-amountFen, ...Array.from({ length: years }, () => perYearFen)]);
}

/** What more users can bring in a year: the whole yield on their balances at the most, or a take on them. In fen. */
export interface UsersRevenue {
  users: number;
  grossFen: Fen;
  takeFen: readonly [Fen, Fen];
}

/**
 * What a part more of a product's users can bring in a year, each with the balance of those there are.
 *
 * @example
 * ```ts
 * import { baitiaoBasis, usersRevenue } from "#/model/project/claim.ts";
 * import assert from "node:assert/strict";
 * const { users, grossFen, takeFen } = usersRevenue(baitiaoBasis, { moreBps: 1_000 });
 * assert.deepEqual([users, (grossFen / 1e11).toFixed(1)], [5_500_000, "2.0"]);
 * assert.deepEqual(takeFen.map((fen) => (fen / 1e11).toFixed(1)), ["0.3", "0.4"]);
 * ```
 */
export function usersRevenue(
  { users, balancePerUserFen, revenueYieldBps, takeBps }: Pick<
    typeof baitiaoBasis,
    "users" | "balancePerUserFen" | "revenueYieldBps" | "takeBps"
  >,
  { moreBps }: { moreBps: Bps },
): UsersRevenue {
  const more = users * moreBps / 10_000, balances = more * balancePerUserFen;
  return {
    users: more,
    grossFen: balances * revenueYieldBps / 10_000,
    takeFen: [balances * takeBps[0] / 10_000, balances * takeBps[1] / 10_000],
  };
}

/**
 * How many days an amount lasts at a cost a month of 365/12 days; Infinity where nothing is spent.
 *
 * @example
 * ```ts
 * import { claimed, daysOfMoney } from "#/model/project/claim.ts";
 * import assert from "node:assert/strict";
 * assert.equal(daysOfMoney(claimed.runningMoneyFen, { perMonthFen: 500_000_000 }).toFixed(1), "1.8");
 * ```
 */
export function daysOfMoney(amountFen: Fen, { perMonthFen }: { perMonthFen: Fen }): number {
  return perMonthFen === 0 ? Infinity : amountFen / perMonthFen * (365 / 12);
}
