// The one schema of a financing plan's file: uses, sources, terms, promises and the contract that pays for it.

import { z } from "zod";
import { covenantMeasures } from "#/model/project/terms.ts";

const name = () => z.string().min(1).max(60);
const cny = (low = 0) => z.int().min(low).max(900_000_000_000);
const bps = (high = 10_000, low = 0) => z.int().min(low).max(high);
const month = () => z.int().min(1).max(600);
const count = (low: number, high: number) => z.int().min(low).max(high);

/** When: a month from 1, or the month in which a milestone is reached; a file says one of the two. */
const whenSchema = { month: month().optional(), milestone: name().optional() };

const milestoneSchema = z.discriminatedUnion("when", [
  z.strictObject({ when: z.literal("month"), name: name(), month: month() }),
  z.strictObject({ when: z.literal("built"), name: name(), items: z.array(name()).min(1).max(40) }),
  z.strictObject({
    when: z.literal("revenue"),
    name: name(),
    reachesCny: cny(1),
    overMonths: count(1, 60),
  }),
]);

const trancheSchema = z.strictObject({ ...whenSchema, shareBps: bps() });
const preferenceSchema = z.strictObject({ multipleBps: bps(100_000), participating: z.boolean() });
const equity = {
  name: name(),
  amountCny: cny(1),
  preMoneyCny: cny(1),
  optionPoolBps: bps(5_000).optional(),
  tranches: z.array(trancheSchema).min(1).max(20),
};
const term = {
  name: name(),
  amountCny: cny(1),
  ...whenSchema,
  rateBps: bps(3_600),
  feeBps: bps(1_000).optional(),
  tenorMonths: count(1, 360),
  graceMonths: count(0, 120).optional(),
  interestInGrace: z.enum(["paid", "capitalised"]).optional(),
  repayment: z.enum(["bullet", "amortising", "sculpted"]),
  targetDscrBps: bps(100_000, 10_000).optional(),
  ringFenced: z.boolean().optional(),
};

/** A source of money; `kind` says which. */
export const sourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("vcPreferred"), ...equity, preference: preferenceSchema }),
  z.strictObject({ kind: z.literal("strategicEquity"), ...equity, preference: preferenceSchema.optional() }),
  z.strictObject({ kind: z.literal("sponsorEquity"), ...equity }),
  z.strictObject({
    kind: z.literal("projectBonds"),
    ...term,
    issuer: z.enum(["project", "sponsor"]),
    placement: z.enum(["public", "private"]),
  }),
  z.strictObject({ kind: z.literal("bankLoan"), ...term }),
  z.strictObject({
    kind: z.literal("drawnLoan"),
    name: name(),
    amountCny: cny(1),
    fromMonth: month(),
    availableMonths: count(1, 360),
    rateBps: bps(3_600),
    feeBps: bps(1_000).optional(),
    commitmentFeeBps: bps(1_000).optional(),
    tenorMonths: count(1, 360),
    repayment: z.enum(["bullet", "amortising"]),
  }),
  z.strictObject({
    kind: z.literal("absCarveOut"),
    name: name(),
    amountCny: cny(1),
    ...whenSchema,
    rateBps: bps(3_600),
    feeBps: bps(1_000).optional(),
    assignedBps: bps(10_000, 1),
  }),
  z.strictObject({ kind: z.literal("subsidy"), name: name(), amountCny: cny(1), ...whenSchema }),
]);

/** Everything that a plan's file says, once what it extends is under it. Amounts are CNY, months count from 1. */
export const planSchema = z.strictObject({
  title: z.string().min(3).max(160),
  periodMonths: z.literal([1, 3, 6, 12]),
  discountRateBps: bps(10_000),
  foundersShares: count(1, 1_000_000_000),
  milestones: z.array(milestoneSchema).max(20),
  uses: z.strictObject({
    items: z.array(z.strictObject({
      name: name(),
      amountCny: cny(),
      curveBps: z.array(bps()).min(1).max(120),
      ...whenSchema,
      capitalised: z.boolean(),
    })).min(1).max(40),
    amortisationMonths: count(1, 600),
    runningCosts: z.strictObject({ perMonthCny: cny(), fromMonth: month() }),
    audits: z.strictObject({ costCny: cny(), everyMonths: count(1, 120), firstMonth: month() }),
    rail: z.strictObject({ prefundingBps: bps(), collateralBps: bps(), guaranteeFundBps: bps() }),
  }),
  opening: z.array(z.strictObject({ ...whenSchema, shareBps: bps(10_000, 1) })).min(1).max(20),
  contract: z.array(z.strictObject({
    counterparty: name(),
    bridgeFeeBps: bps(1_000).optional(),
    marginShareBps: bps().optional(),
    avoidedLossShareBps: bps().optional(),
    minimumPerMonthCny: cny().optional(),
  })).max(60),
  sources: z.array(sourceSchema).min(1).max(20),
  workingCapital: z.strictObject({ collectionLagMonths: count(0, 12), paymentLagMonths: count(0, 12) }),
  accounts: z.strictObject({ minimumCashCny: cny(), reserveMonths: count(0, 24) }),
  distributions: z.strictObject({ fromMonth: month(), lockUpDscrBps: bps(100_000) }),
  covenants: z.array(z.strictObject({
    measure: z.enum(covenantMeasures),
    bound: z.enum(["atLeast", "atMost"]),
    valueBps: bps(1_000_000).optional(),
    valueCny: cny().optional(),
    fromMonth: month(),
  })).max(20),
  tax: z.strictObject({ rateBps: bps(6_000), lossYears: count(0, 20) }),
  tail: z.strictObject({ months: count(0, 600), declineBpsPerYear: bps(9_900) }),
  sizing: z.strictObject({
    targetDscrBps: bps(100_000, 10_000),
    minimumLlcrBps: bps(100_000, 10_000),
    gearingCapBps: bps(),
    rateBps: bps(3_600),
    fromMonth: month(),
    tenorMonths: count(1, 360),
  }),
}).meta({ title: "A Hutong financing plan" });

/** A plan as its file says it. */
export type PlanFile = z.infer<typeof planSchema>;
/** A source as a file says it. */
export type SourceFile = z.infer<typeof sourceSchema>;
/** When, as a file says it. */
export type WhenFile = { month?: number; milestone?: string };
