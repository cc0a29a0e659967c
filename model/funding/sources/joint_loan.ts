// Joint loans: banks put up a part of each new loan, take that part of what comes back and of what is lost, and pay for the service.

import { z } from "zod";
import { type Fen, mulDiv } from "#/model/units/units.ts";
import type { FundingSource } from "./registry.ts";
import { actual365, number, poolPart, upTo } from "./rules.ts";

/** What a scenario says of joint loans. */
export const jointLoanTerms = z.strictObject({
  active: z.boolean(),
  ...poolPart,
  /** The banks' part of new credit on these accounts. */
  contributionBps: number.bps(),
  /** What the platform keeps of the interest on the banks' part, for finding and serving the borrowers. */
  serviceFeeBps: number.bps(),
});

/** A stylised loan of the book, for the quote: 15 % a year, repaid over a year. */
const bookRateBps = 1_500;

/** No draws at will: the banks' money comes with each new loan. */
export const jointLoan: FundingSource = {
  title: "joint loans with banks",
  lender: "banks",
  kind: "pool",
  terms: jointLoanTerms,
  draw: upTo,
  interestOfDay: actual365,
  quote: (terms) => ({
    rateBps: Math.round(bookRateBps * (1 - Number(terms.serviceFeeBps) / 10_000)),
    feeBps: 0,
    payEveryDays: 30,
    interestOnlyDays: 0,
    termDays: 360,
  }),
};

/** A day of the accounts that are lent on jointly, whole fen, and what of their balance was the banks' the evening before. */
export interface JointDay {
  balanceFen: Fen;
  banksFen: Fen;
  lentFen: Fen;
  /** Principal that came back: repaid, refunded, charged back. */
  backFen: Fen;
  interestFen: Fen;
  lostFen: Fen;
  recoveredFen: Fen;
}

/**
 * What joint loans move on a day: the banks' part of new credit, of what comes back, of interest less the service fee, of
 * losses and of recoveries. Parts of old credit go by what the banks had of the balance.
 *
 * Shapes: whole fen; nobody gets back more than is his: the banks' part ends at zero with the balance.
 *
 * @example
 * ```ts
 * import { jointDay } from "#/model/funding/sources/joint_loan.ts";
 * import assert from "node:assert/strict";
 * const day = { balanceFen: 1_000, banksFen: 600, lentFen: 100, backFen: 200, interestFen: 50, lostFen: 10, recoveredFen: 5 };
 * assert.deepEqual(jointDay(day, { contributionBps: 7_000, serviceFeeBps: 3_000 }), {
 *   givenFen: 70, backFen: 120, interestFen: 30, feeFen: 9, lostFen: 6, recoveredFen: 3,
 * });
 * ```
 */
export function jointDay(
  day: JointDay,
  { contributionBps, serviceFeeBps }: { contributionBps: number; serviceFeeBps: number },
): { givenFen: Fen; backFen: Fen; interestFen: Fen; feeFen: Fen; lostFen: Fen; recoveredFen: Fen } {
  const { balanceFen, banksFen } = day;
  const part = (fen: Fen) => balanceFen > 0 ? mulDiv(fen, Math.min(banksFen, balanceFen), balanceFen) : 0;
  const lostFen = Math.min(banksFen, part(day.lostFen)), interestFen = part(day.interestFen);
  return {
    givenFen: mulDiv(day.lentFen, contributionBps, 10_000),
    backFen: Math.min(banksFen - lostFen, part(day.backFen)),
    interestFen,
    feeFen: mulDiv(interestFen, serviceFeeBps, 10_000),
    lostFen,
    recoveredFen: part(day.recoveredFen),
  };
}
