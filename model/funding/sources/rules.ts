// What several sources have in common: draws up to a bound, interest actual/365, numbers with bounds.

import { z } from "zod";
import { mulDiv } from "#/model/units/units.ts";
import type { FundingSource } from "./registry.ts";

/** Draws up to what is left of the commitment. */
export const upTo: FundingSource["draw"] = (needFen, { commitmentFen, drawnFen }) =>
  Math.max(0, Math.min(needFen, commitmentFen - drawnFen));

/** Simple interest of a day, actual/365. */
export const actual365: FundingSource["interestOfDay"] = (drawnFen, rateBps) =>
  mulDiv(drawnFen, rateBps, 3_650_000);

/** The quote of money drawn for so many days at the base rate and a spread: interest daily, all back on the last day. */
export const drawnFor = (days: number): FundingSource["quote"] => (terms, baseRateBps) => ({
  rateBps: baseRateBps + Number(terms.spreadBps),
  feeBps: 0,
  payEveryDays: 1,
  interestOnlyDays: days - 1,
  termDays: days,
});

const whole = (low: number, high: number) => z.int().min(low).max(high);

/** Numbers of terms. */
export const number = {
  cny: () => whole(0, 90_000_000_000_000),
  bps: (high = 10_000) => whole(0, high),
  days: (low = 0, high = 3_650) => whole(low, high),
  count: (low: number, high: number) => whole(low, high),
};

/** A hundredth of an issuer's accounts: receivables are designated by account, so many at a time. */
export const buckets = 100;

/** The part of the accounts that a source takes: from a place on, in hundredths of a per cent of all of them. */
export const poolPart = {
  poolFromBps: number.bps(9_900),
  poolShareBps: whole(100, 10_000),
};
