// Asset-backed notes on the receivables of designated accounts: what a scenario says of them, and the deal that it means.

import { z } from "zod";
import { isoDate } from "#/model/units/calendar.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import type { DealInput } from "#/model/funding/deal/terms.ts";
import type { FundingSource } from "./registry.ts";
import { actual365, number, poolPart, upTo } from "./rules.ts";

/** How the classes are paid down: one after the other, side by side, or the senior one to a plan of balances; until a trigger fires. */
export const structures = ["sequential", "proRata", "targetBalance"] as const;

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
  /** Of the notes, kept from income before the originator is paid; 0: no reserve. */
  reserveBps: number.bps(5_000),
  /** Of the notes, what a bank lends for interest that income does not cover; 0: no line. */
  liquidityBps: number.bps(5_000),
  liquiditySpreadBps: number.bps(2_000),
  /** The originator buys the rest of a pool that has shrunk to this part of what it was; 0: never. */
  cleanUpBps: number.bps(5_000),
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

/** Payments over which the senior class is planned down where the structure is a plan of balances. */
const plannedPayments = 6;

const notesArePaid = "tranche.senior.isPaidOff and tranche.mezzanine.isPaidOff";

/** The liquidity line of a deal that {@link absDeal} writes. */
export const absLine = "bank";

/** Payments after which notes that are still unpaid are lost, counted from the end of the revolving period. */
const lastPayments = 24;

/**
 * The deal of an issue: notes in two classes and the originator's part below, a revolving period, amortisation in order,
 * early amortisation when the pool defaults too fast or is repaid too slowly; a reserve, a liquidity line and a clean-up call
 * where the terms have them.
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
 *   reserveBps: 100, liquidityBps: 0, liquiditySpreadBps: 0, cleanUpBps: 1_000,
 * };
 * const deal = absDeal(terms, { name: "jd-1", closing: 18_078, poolFen: 100_000, baseRateBps: 400 });
 * assert.equal(deal.accounts.reserve.target, "min(9, tranche.senior.balance + tranche.mezzanine.balance)");
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
    | "reserveBps"
    | "liquidityBps"
    | "liquiditySpreadBps"
    | "cleanUpBps"
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
  const notesFen = seniorFen + mezzanineFen;
  const reserveFen = bpsOf(notesFen, terms.reserveBps), lineFen = bpsOf(notesFen, terms.liquidityBps);
  const some = <T>(isThere: boolean, ...steps: T[]): T[] => isThere ? steps : [];
  const openReserve = (into: string) =>
    some(reserveFen > 0, { do: "transfer" as const, from: "reserve", into });
  const fillReserve = some(reserveFen > 0, {
    do: "transfer" as const,
    from: "income",
    into: "reserve",
    amount: "account.reserve.shortfall",
  });
  const borrowInterest = some(lineFen > 0, {
    do: "drawForInterest" as const,
    line: absLine,
    to: ["senior", "mezzanine"],
    amount: "max(0, tranches.interestDue - account.income.balance)",
  });
  const repayLine = (from: string) =>
    some(
      lineFen > 0,
      { do: "repay" as const, line: absLine, what: "interest" as const, from },
      { do: "repay" as const, line: absLine, from },
    );
  const planned = terms.structure === "targetBalance";
  const firstPaid = Math.ceil(terms.revolvingDays / absPayDays) - 1;
  /** Principal in order; what the line has lent comes before the originator. */
  const inOrder = (how: { if?: string; downTo?: "zero" }) =>
    [["senior", "mezzanine"], ["originator"]].flatMap((to, i) => [
      ...(i === 0 ? [] : repayLine("capital").map((step) => ({ ...step, if: notesArePaid }))),
      { do: "payPrincipal" as const, to, from: "capital", ...how },
    ]);
  const residual = (from: string) => ({ do: "payResidual" as const, to: ["originator"], from });
  return {
    name,
    closing: isoDate(closing),
    maturity: isoDate(closing + payments * absPayDays),
    revolvingUntil: isoDate(closing + terms.revolvingDays),
    payment: { dates },
    pool: { fedCny: poolFen / 100 },
    collect: { interest: "income", principal: "capital", prepayment: "capital", recovery: "income" },
    accounts: {
      income: {},
      capital: {},
      ...(reserveFen > 0
        ? {
          reserve: { target: `min(${reserveFen / 100}, tranche.senior.balance + tranche.mezzanine.balance)` },
        }
        : {}),
    },
    ...(lineFen > 0
      ? { lines: { [absLine]: { limitCny: lineFen / 100, rate: rate(terms.liquiditySpreadBps) } } }
      : {}),
    ...(terms.cleanUpBps > 0
      ? { cleanUpCall: { if: `not deal.isRevolving and pool.factor < ${terms.cleanUpBps / 10_000}` } }
      : {}),
    tranches: {
      senior: {
        balanceCny: seniorFen / 100,
        rate: rate(terms.seniorSpreadBps),
        interestOnInterest: true,
        ...(planned ? { target: planOf(seniorFen, dates.slice(firstPaid)) } : {}),
      },
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
        // A plan of balances knows no earlier date: the classes are then paid one after the other.
        phase: planned ? "accelerated" : "amortising",
      },
    },
    waterfall: {
      revolving: [
        ...openReserve("income"),
        trustee,
        ...borrowInterest,
        interest("income"),
        ...repayLine("income"),
        makeGood,
        ...fillReserve,
        { do: "buyReceivables", from: "capital" },
        residual("income"),
      ],
      amortising: [
        ...openReserve("income"),
        trustee,
        ...borrowInterest,
        interest("income"),
        interest("capital"),
        ...repayLine("income"),
        makeGood,
        ...fillReserve,
        ...(terms.structure === "proRata"
          ? [{
            do: "payPrincipal" as const,
            to: ["senior", "mezzanine"],
            by: "proRata" as const,
            from: "capital",
          }]
          : []),
        // What is collected before the senior class is due by its plan waits.
        ...(planned ? [{ do: "payPrincipal" as const, to: ["senior"], from: "capital" }] : []),
        ...inOrder(planned ? { if: "tranche.senior.isPaidOff" } : {}),
        residual("income"),
        { ...residual("capital"), if: "tranche.originator.isPaidOff" },
      ],
      accelerated: [
        ...openReserve("capital"),
        { do: "transfer", from: "income", into: "capital" },
        { ...trustee, from: "capital" },
        { do: "payInterest", to: ["senior"], from: "capital" },
        ...repayLine("capital"),
        {
          do: "payPrincipal",
          to: ["senior"],
          from: "capital",
          ...(planned ? { downTo: "zero" as const } : {}),
        },
        { do: "payInterest", to: ["mezzanine"], from: "capital" },
        { do: "payPrincipal", to: ["mezzanine", "originator"], by: "sequential", from: "capital" },
        residual("capital"),
      ],
      // The price of the pool and all that is left go to everybody at once, in order.
      ...(terms.cleanUpBps > 0
        ? {
          cleanUp: [
            ...openReserve("capital"),
            { do: "transfer" as const, from: "income", into: "capital" },
            { ...trustee, from: "capital" },
            interest("capital"),
            ...inOrder(planned ? { downTo: "zero" } : {}),
            residual("capital"),
          ],
        }
        : {}),
    },
  };
}

/** A plan of balances: equal steps down to nothing over the first payments of amortisation. */
function planOf(fen: Fen, dates: readonly string[]): Record<string, number> {
  const some = dates.slice(0, plannedPayments);
  return Object.fromEntries(
    some.map((date, i) => [date, Math.round(fen * (some.length - i - 1) / some.length) / 100]),
  );
}
