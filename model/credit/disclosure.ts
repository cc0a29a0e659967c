// What an applicant is shown before deciding: the cost of the line, its days, and what the score looks at.

import type { Bps } from "#/model/units/units.ts";

/** The terms of a line that are shown. */
export interface ShownTerms {
  name: string;
  perPurchase: boolean;
  dueDays: number;
  statementDayOfMonth: number;
  dueDayOfMonth: number;
  instalmentAprBps: Bps;
  lateFeePpmPerDay: number;
  limitFloorCny: number;
  limitCapCny: number;
}

/**
 * The disclosure of a line in words.
 *
 * Shapes and units: rates as charged today, bps a year and ppm a day. Source of the list: fees, terms and
 * score standards are to be shown at application (the article on JD's flash pay, row S4.5).
 *
 * @example
 * ```ts
 * import { disclosure } from "#/model/credit/disclosure.ts";
 * import assert from "node:assert/strict";
 * const terms = { name: "baitiao", perPurchase: true, dueDays: 30, statementDayOfMonth: 1, dueDayOfMonth: 10,
 *   instalmentAprBps: 1_635, lateFeePpmPerDay: 500, limitFloorCny: 500, limitCapCny: 50_000 };
 * assert.match(disclosure(terms), /due 30 days after it.*16\.35 % a year.*0\.05 % a day/);
 * ```
 */
export function disclosure(terms: ShownTerms): string {
  const due = terms.perPurchase
    ? `each purchase is due ${terms.dueDays} days after it, free of interest until then`
    : `purchases up to day ${terms.statementDayOfMonth} of a month are due on day ${terms.dueDayOfMonth}, free of interest until then`;
  return `${terms.name}: ${due}; instalments cost ${percent(terms.instalmentAprBps / 100)} % a year; ` +
    `what is late costs ${percent(terms.lateFeePpmPerDay / 10_000)} % a day; ` +
    `limits are CNY ${terms.limitFloorCny} to ${terms.limitCapCny}. ` +
    "The score looks at your income, how long you have had the line, bills paid on time and late, how much of the limit " +
    "you use, what you owe in all, and lines of yours elsewhere where you let us see them.";
}

const percent = (value: number) => String(Math.round(value * 100) / 100);

/**
 * The probability that an applicant who has seen the terms goes no further.
 *
 * Shapes and units: `aprBps` a year as shown; `appetite` for credit, 0 to 1: who wants credit most minds its cost least.
 * Result 0 to 1. Source: assumption (shown costs deter some).
 *
 * @example
 * ```ts
 * import { declineProbability } from "#/model/credit/disclosure.ts";
 * import assert from "node:assert/strict";
 * assert.equal(declineProbability({ aprBps: 2_000, appetite: 0.5 }, { declinePerAprPointBps: 100 }), 0.1);
 * assert.equal(declineProbability({ aprBps: 2_000, appetite: 1 }, { declinePerAprPointBps: 100 }), 0);
 * ```
 */
export function declineProbability(
  { aprBps, appetite }: { aprBps: Bps; appetite: number },
  { declinePerAprPointBps }: { declinePerAprPointBps: Bps },
): number {
  return Math.min(1, aprBps / 100 * declinePerAprPointBps / 10_000 * (1 - appetite));
}
