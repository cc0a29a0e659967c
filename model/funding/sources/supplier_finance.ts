// Early payment of suppliers: a bank pays the shops for what was sold on credit and is paid by the issuer when the term is over.
//
// The shops' receivables on the issuer are transferred to the bank, so the issuer's cash stays with it until they fall due:
// that is how it funds loans. The issuer bears the discount.

import { z } from "zod";
import { type Fen, mulDiv } from "#/model/units/units.ts";
import type { FundingSource } from "./registry.ts";
import { number, upTo } from "./rules.ts";

/** What a scenario says of early payment. */
export const supplierFinanceTerms = z.strictObject({
  active: z.boolean(),
  limitCny: number.cny(),
  /** The part of the day's credit sales whose shops take it. */
  uptakeBps: number.bps(),
  /** A year, kept back at the start. */
  discountBps: number.bps(3_600),
  termDays: number.days(1, 180),
});

/** Drawn as sales come, repaid on the day, discounted. */
export const supplierFinance: FundingSource = {
  title: "early payment of suppliers",
  lender: "banks",
  kind: "term",
  terms: supplierFinanceTerms,
  draw: upTo,
  interestOfDay: () => 0,
  quote: (terms) => ({
    rateBps: 0,
    feeBps: Number(terms.discountBps) * Number(terms.termDays) / 365,
    payEveryDays: Number(terms.termDays),
    interestOnlyDays: 0,
    termDays: Number(terms.termDays),
  }),
};

/** The discount on a receivable for its term, actual/365. */
export const discountFen = (
  faceFen: Fen,
  { discountBps, termDays }: { discountBps: number; termDays: number },
): Fen => mulDiv(faceFen, discountBps * termDays, 3_650_000);
