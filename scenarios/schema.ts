// The one schema of a scenario: what may be said, in which unit, between which bounds. Its JSON Schema serves editors.
// No transforms and no defaults live here: numbers come from assumptions.yaml and from the files that extend it.

import { z } from "zod";
import { categories, networks, products } from "#/model/names.ts";
import { identityTerms } from "#/model/identity/terms.ts";
import { fraudTerms } from "#/model/fraud/terms.ts";
import { scoringTerms } from "#/model/scoring/terms.ts";
import { dataLoopTerms, movingLimitTerms, noticeTerms } from "#/model/credit/issuer_terms.ts";
import { cobrandTerms } from "#/model/credit/cobrand/terms.ts";
import { grantingRules } from "#/model/credit/joint_granting/registry.ts";
import { limitRules } from "#/model/credit/joint_limit/registry.ts";
import { licences } from "#/model/credit/licence.ts";
import { loanTerms, revolvingBehaviour, revolvingTerms } from "#/model/credit/loan_terms.ts";
import { bureauTerms, collectionTerms } from "#/model/credit/collection_terms.ts";
import { provisionTerms } from "#/model/credit/provision_terms.ts";
import { faultShocks } from "#/model/clearing/transfers/terms.ts";
import { clearingTerms } from "#/model/clearing/terms.ts";
import { crossBorderTerms } from "#/model/clearing/cross_border/terms.ts";
import { rails } from "#/model/clearing/rails/registry.ts";
import { jointLossTerms } from "#/model/sharing/joint_loss_terms.ts";
import { partnerBankTerms, ruleTerms } from "#/model/rulebook/terms.ts";
import { treasuryTerms } from "#/model/funding/treasury/terms.ts";
import { sharingTerms } from "#/model/sharing/rules/registry.ts";
import { issuerFundingTerms } from "#/model/funding/sources/terms.ts";

const names = <T extends string>(registry: Record<T, unknown>): [T, ...T[]] =>
  Object.keys(registry) as [T, ...T[]];
const each = <T extends string, S extends z.ZodType>(keys: readonly T[], schema: S) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, schema])) as Record<T, S>);

const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = (high = 10_000) => whole(0, high);
const ppm = (high = 1_000_000) => whole(0, high);
const cny = () => whole(0, 90_000_000_000_000);
const days = (low = 0, high = 3_650) => whole(low, high);
const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "an ISO date such as 2019-07-01");

/** One cell of the acceptance table: how a product works on a network. */
export const cellSchema = z.strictObject({
  mode: z.enum(["native", "bridged", "closed"]),
  opensDay: days(),
  adapterVersion: whole(1, 99),
  requiredAssurance: whole(1, 3),
  rail: z.enum(names(rails)),
  failover: z.boolean(),
  bridgeFeeBps: bps(500),
  acquirerFeeBps: bps(500),
  placement: z.enum(["default", "listed", "hidden"]),
  steps: whole(1, 12),
  failurePpm: ppm(),
}).meta({ id: "AcceptanceCell" });

const productSchema = z.strictObject({
  schedule: z.enum(["per-purchase", "statement"]),
  dueDays: days(1, 30),
  statementDayOfMonth: whole(1, 28),
  dueDayOfMonth: whole(1, 28),
  lateFeePpmPerDay: ppm(5_000),
  instalmentAprBps: bps(3_600),
  instalmentFromCny: cny(),
  instalmentShareBps: bps(),
  ...revolvingTerms,
  defaultDpd: days(30, 360),
  chargeOffDpd: days(60, 720),
  claimSalePriceBps: bps(),
  limitFloorCny: whole(0, 20_000_000),
  limitCapCny: whole(0, 20_000_000),
  limitIncomeMultipleBps: bps(200_000),
  licences: z.array(z.strictObject({ from: isoDay, licence: z.enum(licences) })).min(1).max(10),
}).meta({ id: "Product" });

/** A dated event that changes the world for a while. */
export const shockSchema = z.discriminatedUnion("event", [
  z.strictObject({
    event: z.literal("unemployment-jump"),
    fromDay: days(),
    untilDay: days(),
    plusBps: bps(5_000),
  }),
  z.strictObject({
    event: z.literal("rail-outage"),
    fromDay: days(),
    untilDay: days(),
    rail: z.enum(names(rails)),
  }),
  z.strictObject({
    event: z.literal("line-withdrawn"),
    fromDay: days(),
    untilDay: days(),
    issuer: z.enum(["jd", "ant"]),
    shareBps: bps(),
  }),
  z.strictObject({
    event: z.literal("notice-given"),
    fromDay: days(),
    untilDay: days(),
    issuer: z.enum(["jd", "ant"]),
  }),
  z.strictObject({
    event: z.literal("abs-market-shut"),
    fromDay: days(),
    untilDay: days(),
    issuer: z.enum(["jd", "ant"]),
  }),
  z.strictObject({
    event: z.literal("adapter-upgrade"),
    fromDay: days(),
    untilDay: days(),
    network: z.enum(networks),
    version: whole(1, 99),
  }),
  z.strictObject({ event: z.literal("spread-jump"), fromDay: days(), untilDay: days(), plusBps: bps(3_000) }),
  z.strictObject({
    event: z.literal("data-breach"),
    fromDay: days(),
    untilDay: days(),
    issuer: z.enum(["jd", "ant"]),
    withdrawBps: bps(),
  }),
  z.strictObject({
    event: z.literal("replica-outage"),
    fromDay: days(),
    untilDay: days(),
    replicas: whole(1, 30),
  }),
  ...faultShocks,
]).meta({ id: "Shock" });

/** Everything that a run supposes. Keys carry their units. */
export const scenarioSchema = z.strictObject({
  title: z.string().min(3).max(160),
  seed: z.string().min(1).max(80),
  world: z.strictObject({
    startDate: isoDay,
    days: days(1),
    people: whole(1, 10_000_000_000),
    shoppers: whole(100, 50_000_000),
    merchants: whole(50, 100_000),
    calibration: z.enum(["world2019", "uncalibrated"]),
    history: z.strictObject({
      scenario: z.string().min(1),
      days: days(30),
      shoppers: whole(100, 200_000),
      set: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
    }),
  }),
  population: z.strictObject({
    huabeiUsersBps: bps(),
    baitiaoUsersBps: bps(),
    baitiaoUsersWithHuabeiBps: bps(),
    incomeMedianCny: whole(1, 10_000_000),
    incomeSigmaBps: bps(20_000),
    tier1Bps: bps(),
    tier2Bps: bps(),
    creditAppetiteBps: bps(),
    indisciplineBps: bps(),
    boundCardBps: bps(),
    deviceOnlyBps: bps(),
    realNameOnlyBps: bps(),
    prefersBaitiaoBps: bps(),
  }),
  demand: z.strictObject({
    wantsPerThousandDays: whole(0, 4_000),
    wantsSigmaBps: bps(20_000),
    festivalFactorBps: bps(200_000),
    weekendFactorBps: bps(50_000),
    basketIncomeElasticityBps: bps(),
    categories: each(
      categories,
      z.strictObject({
        weightBps: bps(),
        basketMedianCny: whole(0, 1_000_000),
        basketSigmaBps: bps(20_000),
        jdMallShareBps: bps(),
      }),
    ),
    jdAffinityOfBaitiaoUsersBps: bps(100_000),
    jdMallShareMaxBps: bps(),
    shopsOpenMinute: whole(0, 1_200),
    otherLineBps: bps(),
    waitBps: bps(),
    leaveBps: bps(),
    shortLeaveFactorBps: bps(200_000),
    waitDays: days(1, 60),
    abandonPerStepBps: bps(2_000),
    debitSteps: whole(1, 12),
    placementDefaultFactorBps: bps(50_000),
    placementHiddenFactorBps: bps(50_000),
    preselectedTakenBps: bps(),
  }),
  merchants: z.strictObject({
    jdMallBps: bps(),
    flashPayBps: bps(),
    alipayBps: bps(),
    wechatBps: bps(),
    unionCardBps: bps(),
    complicitBps: bps(2_000),
    creditDiscountBps: each(networks, bps(1_000)),
    debitDiscountBps: bps(1_000),
  }),
  acceptance: each(products, each(networks, cellSchema)),
  identity: identityTerms,
  fraud: fraudTerms,
  scoring: scoringTerms,
  credit: each(products, productSchema).extend({
    jointLimit: z.enum(names(limitRules)),
    /** How a loan across the bridge is divided where `jointLimit` is split. */
    jointGranting: z.strictObject({ by: z.enum(names(grantingRules)), partnerBps: bps() }),
  }),
  cobrand: cobrandTerms,
  ...loanTerms,
  behaviour: z.strictObject({
    hardshipPerYearBps: bps(),
    hardshipMeanDays: days(1, 720),
    hardshipIncomeElasticityBps: bps(20_000),
    hardshipPerUnemploymentBps: bps(50_000),
    hardshipMissBps: bps(),
    forgetBps: bps(),
    reminderEffectBps: bps(),
    burdenMissBps: bps(),
    cureBpsPerDay: bps(),
    hardshipCureBpsPerDay: bps(),
    ...revolvingBehaviour,
    overIndebtedBurdenBps: bps(50_000),
    activityDays: days(1, 365),
  }),
  adoption: z.strictObject({
    applyPerMonthBps: bps(),
    perMissBps: bps(),
    friendsBps: bps(),
    missesMax: whole(1, 100),
    leavePerMonthBps: bps(),
    leaveIdleDays: days(1, 720),
    returnPerMonthBps: bps(),
  }),
  limits: movingLimitTerms,
  notices: noticeTerms,
  dataLoop: dataLoopTerms,
  collections: collectionTerms,
  bureau: bureauTerms,
  provisions: provisionTerms,
  macro: z.strictObject({
    unemploymentBps: z.array(bps()).min(1).max(80),
    incomeGrowthBps: z.array(z.int().min(-5_000).max(5_000)).min(1).max(80),
    baseRateBps: bps(3_000),
    severityBps: bps(100_000),
  }),
  clearing: clearingTerms,
  crossBorder: crossBorderTerms,
  sharing: sharingTerms,
  jointLosses: jointLossTerms,
  treasury: treasuryTerms,
  funding: each(["jd", "ant"] as const, issuerFundingTerms),
  project: z.strictObject({
    active: z.boolean(),
    researchCny: cny(),
    integrationCny: cny(),
    firstOperationsCny: cny(),
    capexCurveBps: z.array(bps()).min(1).max(60),
    equityCommitmentCny: cny(),
    runningCostPerMonthCny: cny(),
    cashReserveCny: cny(),
    feeShareBps: bps(),
  }),
  rulebook: z.strictObject({
    allInCostCapBps: bps(10_000),
    allInCostCapFrom: isoDay,
    joinedLineLatenessStops: z.boolean(),
    rules: ruleTerms,
    partnerBanks: partnerBankTerms,
  }),
  shocks: z.array(shockSchema).max(50),
  expected: z.array(z.strictObject({
    outcome: z.string(),
    against: z.string(),
    sign: z.enum(["+", "-", "0"]),
    why: z.string(),
  })).max(40),
}).meta({ id: "Scenario", title: "A Hutong scenario" });

/** A scenario after files, assumptions and settings have been joined: plain data, ready to run. */
export type Scenario = z.infer<typeof scenarioSchema>;
/** One cell of the acceptance table. */
export type AcceptanceCell = z.infer<typeof cellSchema>;
/** A dated event. */
export type Shock = z.infer<typeof shockSchema>;

/** What a run takes: a named scenario and the resolved scenario of its history (closed, before day 1). */
export interface Supposition {
  name: string;
  scenario: Scenario;
  history: Scenario;
}
