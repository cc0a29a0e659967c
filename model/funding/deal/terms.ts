// The terms of an ABS deal as a file states them: pool, accounts, tranches, fees, lines, triggers and the waterfall.

import { z } from "zod";

const name = z.string().regex(
  /^\p{L}[\p{L}\p{N}_]*$/u,
  "a name of letters, digits and _ that begins with a letter",
);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "an ISO date such as 2025-01-31");
const amountCny = z.number().min(0).max(9e11);
const rate = z.number().min(0).max(10);
const share = z.number().min(0).max(1);
const formula = z.union([z.string().min(1), z.number()]);

const schedule = z.union([
  z.strictObject({ dates: z.array(date).min(1) }),
  z.strictObject({
    first: date,
    dayOfMonth: z.union([z.number().int().min(1).max(31), z.literal("last")]),
    everyMonths: z.number().int().min(1).max(12).default(1),
  }),
]);

const flow = z.strictObject({
  date,
  balanceCny: amountCny,
  interestCny: amountCny.default(0),
  principalCny: amountCny.default(0),
  prepaymentCny: amountCny.default(0),
  defaultCny: amountCny.default(0),
  recoveryCny: amountCny.default(0),
  boughtCny: amountCny.optional().describe("receivables bought after the period, with what it brought"),
});

const loanTerms = {
  rate: rate.describe("nominal, a year, in twelfths a month"),
  months: z.number().int().min(1).max(480).describe("payments that remain"),
  style: z.enum(["level", "evenPrincipal"]).default("level"),
};

const pool = z.strictObject({
  issuedCny: amountCny.optional().describe(
    "what rates of default are taken of; the balance at closing where absent",
  ),
  flows: z.array(flow).min(1).optional(),
  fedCny: amountCny.optional().describe("the balance at closing of a pool whose flows come from a run"),
  loans: z.array(
    z.strictObject({
      balanceCny: amountCny,
      ...loanTerms,
      firstDue: date,
      ageMonths: z.number().int().min(0).default(0),
    }),
  ).min(1).optional(),
  collection: schedule.optional().describe("when what loans paid is handed over; with loans only"),
  assumptions: z.strictObject({
    cpr: share.default(0).describe("share prepaid a year"),
    psa: z.number().min(0).max(16).optional().describe("speed of the PSA ramp by loan age, instead of cpr"),
    cdr: share.default(0).describe("share defaulting a year"),
    recovery: share.default(0).describe("share of what defaulted that is recovered"),
    recoveryLagMonths: z.number().int().min(0).max(60).default(0),
  }).prefault({}),
  purchase: z.strictObject({ ...loanTerms, price: z.number().min(0.5).max(1.5).default(1) }).optional()
    .describe("the receivables that buyReceivables buys, paid per unit of balance"),
});

const account = z.strictObject({
  openingCny: amountCny.default(0),
  target: formula.optional().describe("what the account should hold, CNY"),
  interest: z.strictObject({
    rate,
    basis: z.union([z.literal(360), z.literal(365)]).default(365),
    steps: z.record(date, rate).default({}),
  }).optional(),
});

const tranche = z.strictObject({
  balanceCny: amountCny,
  rate: rate.default(0),
  rateSteps: z.record(date, rate).default({}).describe(
    "dates on which the rate is set anew; interest is booked then",
  ),
  basis: z.union([z.literal(360), z.literal(365)]).default(365),
  interestFrom: date.optional().describe("the closing date where absent"),
  interestOnInterest: z.boolean().default(false),
  target: z.record(date, amountCny).optional().describe("the balance that is aimed at from each date on"),
  maturity: date.optional(),
});

const fee = z.strictObject({
  total: formula.optional().describe("CNY owed from closing until today, paid or not"),
  perPayment: formula.optional().describe("CNY that falls due on each payment date"),
  annualRate: rate.optional(),
  on: formula.optional().describe("CNY that annualRate is taken of"),
  capPerPaymentCny: amountCny.optional(),
  capPerYearCny: amountCny.optional().describe("per calendar year"),
});

const line = z.strictObject({
  limitCny: amountCny.optional().describe("no limit where absent"),
  rate: rate.default(0),
  replenishes: z.boolean().default(true).describe("whether what is repaid can be drawn again"),
});

const trigger = z.strictObject({
  test: z.enum(["afterCollection", "beforePayment", "afterPayment"]),
  if: z.string().min(1),
  curable: z.boolean().default(false),
  phase: z.enum(["amortising", "accelerated", "defaulted"]).optional().describe(
    "where the deal goes when it fires",
  ),
});

const guard = { if: z.string().min(1).optional() };
const from = name, amount = formula.optional(), to = z.array(name).min(1);
/** The actions of a waterfall, each with its own named fields. */
export const stepSchema = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("payFees"),
    fees: to,
    beyondDue: z.boolean().default(false).describe("a share of what is left, paid besides what is due"),
    from,
    amount,
    ...guard,
  }),
  z.strictObject({ do: z.literal("payInterest"), to, from, amount, ...guard }),
  z.strictObject({
    do: z.literal("payPrincipal"),
    to,
    by: z.enum(["sequential", "proRata", "shares"]).default("sequential"),
    shares: z.record(name, share).optional(),
    downTo: z.enum(["target", "zero"]).default("target").describe("a tranche without a target goes to zero"),
    from,
    amount,
    ...guard,
  }),
  z.strictObject({
    do: z.literal("payResidual"),
    to,
    shares: z.record(name, share).optional(),
    from,
    amount,
    ...guard,
  }),
  z.strictObject({ do: z.literal("transfer"), from, into: name, amount, ...guard }),
  z.strictObject({ do: z.literal("draw"), line: name, into: name, amount: formula, ...guard }),
  z.strictObject({ do: z.literal("drawForInterest"), line: name, to, amount, ...guard }),
  z.strictObject({
    do: z.literal("repay"),
    line: name,
    what: z.enum(["balance", "interest"]).default("balance"),
    from,
    amount,
    ...guard,
  }),
  z.strictObject({ do: z.literal("buyReceivables"), from, amount, ...guard }),
]);

const steps = z.array(stepSchema);

/** The schema of a deal file. Amounts in CNY with two decimals, rates a year, dates in ISO form. */
export const dealSchema = z.strictObject({
  name: z.string().min(1),
  about: z.string().optional(),
  closing: date,
  maturity: date,
  payment: schedule,
  pool,
  collect: z.strictObject({ interest: name, principal: name, prepayment: name, recovery: name }),
  accounts: z.record(name, account),
  tranches: z.record(name, tranche),
  fees: z.record(name, fee).default({}),
  lines: z.record(name, line).default({}),
  formulas: z.record(name, formula).default({}),
  triggers: z.record(name, trigger).default({}),
  revolvingUntil: date.optional().describe("the day on which amortisation begins; without it from closing"),
  waterfall: z.strictObject({
    revolving: steps.optional(),
    amortising: steps,
    accelerated: steps.optional(),
    defaulted: steps.optional(),
    cleanUp: steps.optional(),
  }),
  cleanUpCall: z.strictObject({ if: z.string().min(1), price: z.number().min(0).max(2).default(1) })
    .optional(),
});

/** A deal's terms, with defaults filled in. */
export type Deal = z.output<typeof dealSchema>;

/** A deal's terms as a file or a program says them. */
export type DealInput = z.input<typeof dealSchema>;

/** One action of a waterfall. */
export type Step = z.output<typeof stepSchema>;

/** A list of dates, given or by the calendar. */
export type Schedule = z.output<typeof schedule>;

/** The phases of a deal, in the order in which they may follow. */
export const phases = ["revolving", "amortising", "accelerated", "defaulted"] as const;

/** A phase of a deal. */
export type Phase = typeof phases[number];
