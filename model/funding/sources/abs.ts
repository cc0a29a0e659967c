// Asset-backed notes on the receivables of designated accounts: what a scenario says of them, and the deal that it means.

import { z } from "zod";
import { isoDate } from "#/model/units/calendar.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import type { DealInput } from "#/model/funding/deal/terms.ts";
import type { FundingSource } from "./registry.ts";
import { actual365, number, poolPart, upTo } from "./rules.ts";

/** How the classes are paid down: one after the other, or side by side until a trigger fires. */
export const structures = ["sequential", "proRata"] as const;

/** What a scenario says of its issues of notes. */
export const absTerms = z.strictObject({
  active: z.boolean(),
  firstDay: number.days(),
  /** Between two issues. */
  everyDays: number.days(1, 3_650),
  issues: number.count(1, 20),
  /** The accounts of the first issue; the next takes those after them. */
  ...poolPart,
  /** Of these receivables, what an issue buys; the rest takes up how they come and go. */
  investedBps: number.bps(),
  /** The market takes no more notes in one issue. */
  issueMaxCny: number.cny(),
  /** The rest is the originator's, and loses first. */
  seniorBps: number.bps(),
  mezzanineBps: number.bps(),
  seniorSpreadBps: number.bps(2_000),
  mezzanineSpreadBps: number.bps(3_000),
  issueFeeBps: number.bps(1_000),
  /** Of the pool a year, to the trustee's bank. */
  trusteeFeeBps: number.bps(500),
  /** Until then what comes back buys new receivables. */
  revolvingDays: number.days(30, 3_650),
  /** More lost in a year's rhythm, over the last three payments, ends the revolving period. */
  defaultMaxBps: number.bps(),
  /** Less repaid in 30 days, of the pool, ends the revolving period. */
  paymentMinBps: number.bps(),
  structure: z.enum(structures),
});

/** The terms of issues of notes. */
export type AbsTerms = z.output<typeof absTerms>;

/** Placed for a term; what comes back during the revolving period is lent again. */
export const abs: FundingSource = {
  title: "asset-backed notes",
  lender: "investors",
  kind: "pool",
  terms: absTerms,
  draw: upTo,
  interestOfDay: actual365,
  quote: (terms, baseRateBps) => {
    const senior = Number(terms.seniorBps), mezzanine = Number(terms.mezzanineBps);
    const spread = senior + mezzanine === 0
      ? 0
      : (senior * Number(terms.seniorSpreadBps) + mezzanine * Number(terms.mezzanineSpreadBps)) /
        (senior + mezzanine);
    return {
      rateBps: Math.round(baseRateBps + spread),
      feeBps: Number(terms.issueFeeBps),
      payEveryDays: absPayDays,
      interestOnlyDays: Number(terms.revolvingDays),
      termDays: Number(terms.revolvingDays) + 4 * absPayDays,
    };
  },
};

/** Days between two payments of the notes. */
export const absPayDays = 30;

/** The tranches of the deal that {@link absDeal} writes, in the order in which they are paid. */
export const absTranches = ["senior", "mezzanine", "originator"] as const;

/** Payments after which notes that are still unpaid are lost, counted from the end of the revolving period. */
const lastPayments = 24;

/**
 * The deal of an issue: notes in two classes and the originator's part below, a revolving period, amortisation in order,
 * early amortisation when the pool defaults too fast or is repaid too slowly.
 *
 * Shapes: `poolFen` is what is transferred at closing; days from 1 January 1970. Interest fixed at closing.
 * Errors: those of `readDeal` when the deal is read.
 *
 * @example
 * ```ts
 * import { absDeal } from "#/model/funding/sources/abs.ts";
 * import { readDeal } from "#/model/funding/deal/run.ts";
 * import assert from "node:assert/strict";
 * const terms = {
 *   seniorBps: 8_000, mezzanineBps: 1_000, seniorSpreadBps: 50, mezzanineSpreadBps: 200, trusteeFeeBps: 5,
 *   revolvingDays: 90, defaultMaxBps: 600, paymentMinBps: 1_000, structure: "sequential" as const,
 * };
 * const deal = absDeal(terms, { name: "jd-1", closing: 18_078, poolFen: 100_000, baseRateBps: 400 });
 * assert.equal(readDeal(deal).deal.tranches.senior.balanceCny, 800);
 * ```
 */
export function absDeal(
  terms: Pick<
    AbsTerms,
    | "seniorBps"
    | "mezzanineBps"
    | "seniorSpreadBps"
    | "mezzanineSpreadBps"
    | "trusteeFeeBps"
    | "revolvingDays"
    | "defaultMaxBps"
    | "paymentMinBps"
    | "structure"
  >,
  { name, closing, poolFen, baseRateBps }: {
    name: string;
    closing: number;
    poolFen: Fen;
    baseRateBps: number;
  },
): DealInput {
  const seniorFen = bpsOf(poolFen, terms.seniorBps), mezzanineFen = bpsOf(poolFen, terms.mezzanineBps);
  const payments = Math.ceil(terms.revolvingDays / absPayDays) + lastPayments;
  const dates = Array.from({ length: payments }, (_, i) => isoDate(closing + (i + 1) * absPayDays));
  const rate = (spreadBps: number) => (baseRateBps + spreadBps) / 10_000;
  const interest = (from: string) => ({
    do: "payInterest" as const,
    to: ["senior", "mezzanine"],
    from,
  });
  const trustee = { do: "payFees" as const, fees: ["trustee"], from: "income" };
  const makeGood = {
    do: "transfer" as const,
    from: "income",
    into: "capital",
    amount: "formula.gap",
  };
  const residual = (from: string) => ({ do: "payResidual" as const, to: ["originator"], from });
  return {
    name,
    closing: isoDate(closing),
    maturity: isoDate(closing + payments * absPayDays),
    revolvingUntil: isoDate(closing + terms.revolvingDays),
    payment: { dates },
    pool: { fedCny: poolFen / 100 },
    collect: { interest: "income", principal: "capital", prepayment: "capital", recovery: "income" },
    accounts: { income: {}, capital: {} },
    tranches: {
      senior: { balanceCny: seniorFen / 100, rate: rate(terms.seniorSpreadBps), interestOnInterest: true },
      mezzanine: {
        balanceCny: mezzanineFen / 100,
        rate: rate(terms.mezzanineSpreadBps),
        interestOnInterest: true,
      },
      originator: { balanceCny: (poolFen - seniorFen - mezzanineFen) / 100 },
    },
    fees: { trustee: { annualRate: terms.trusteeFeeBps / 10_000, on: "pool.balance" } },
    formulas: {
      // What defaults have eaten is made good from income before the originator is paid.
      gap: "max(0, tranches.balance - pool.balance - account.capital.balance)",
    },
    triggers: {
      defaults: {
        test: "afterCollection",
        if: `pool.defaultRate3 > ${terms.defaultMaxBps / 10_000}`,
        phase: "accelerated",
      },
      payments: {
        test: "afterCollection",
        if: `deal.isRevolving and pool.paymentRate < ${terms.paymentMinBps / 10_000}`,
        phase: "amortising",
      },
    },
    waterfall: {
      revolving: [
        trustee,
        interest("income"),
        makeGood,
        { do: "buyReceivables", from: "capital" },
        residual("income"),
      ],
      amortising: [
        trustee,
        interest("income"),
        interest("capital"),
        makeGood,
        ...(terms.structure === "proRata"
          ? [{
            do: "payPrincipal" as const,
            to: ["senior", "mezzanine"],
            by: "proRata" as const,
            from: "capital",
          }]
          : []),
        { do: "payPrincipal", to: [...absTranches], by: "sequential", from: "capital" },
        residual("income"),
        { ...residual("capital"), if: "tranche.originator.isPaidOff" },
      ],
      accelerated: [
        { do: "transfer", from: "income", into: "capital" },
        { ...trustee, from: "capital" },
        { do: "payInterest", to: ["senior"], from: "capital" },
        { do: "payPrincipal", to: ["senior"], from: "capital" },
        { do: "payInterest", to: ["mezzanine"], from: "capital" },
        { do: "payPrincipal", to: ["mezzanine", "originator"], by: "sequential", from: "capital" },
        residual("capital"),
      ],
    },
  };
}
