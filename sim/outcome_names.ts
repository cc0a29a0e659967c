// The names of all outcomes, known before anything is run: what a sweep may read and a scenario may expect.

import { absTranches } from "#/model/funding/sources/abs.ts";
import { sourceNames } from "#/model/funding/sources/registry.ts";
import { offerKinds } from "#/model/credit/offers.ts";
import { noticeKinds } from "#/model/notices.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { contingencySteps } from "#/model/funding/treasury/contingency.ts";
import { indicators } from "#/model/funding/treasury/warnings.ts";
import { followedRules, refusingRules, trimmingRules } from "#/model/rulebook/registry.ts";
import { stages } from "#/model/credit/collections.ts";
import { noticeKinds as lateNoticeKinds } from "#/model/credit/late_notices.ts";
import { consentKinds, dataOf } from "#/model/identity/consents.ts";
import { regionalReasons } from "#/model/clearing/cross_border/region.ts";
import { capitalParties, externalFlows, foreignFlows, issuerOf, parties, products } from "#/model/names.ts";
import { carriers } from "./ledger/chart.ts";
import { railNames } from "#/sim/tables/rail_tally.ts";

const of = (name: string, whose: readonly string[]) => whose.map((who) => `${name}.${who}`);
const owedSources = sourceNames.filter((source) => source !== "equity");
const issuers = products.map((product) => issuerOf[product]);

/**
 * Every name that `outcomesOf` gives in some scenario, in order of code units. `matchRate`, `falseLinks` and `missedLinks`
 * exist only where customer files are compared, `cobrand…` only where there is a co-branded card, and those of purchases abroad only
 * where shops abroad take a line.
 *
 * @example
 * ```ts
 * import { outcomeNames } from "#/sim/outcome_names.ts";
 * import assert from "node:assert/strict";
 * assert.ok(outcomeNames.includes("gmv") && outcomeNames.includes("resultOf.project"));
 * ```
 */
export const outcomeNames: readonly string[] = [
  ...["gmv", "creditGmv", "bridgedGmv", "bridgedPurchases", "lostPurchases", "approvalRate", "netLoss"],
  ...["peakLiquidity", "settlementDelay", "heldObligations", "bridgeExpired", "fundingGapDays"],
  ...["transfersPrepared", "transfersInTime", "transfersLate", "transfersUnfunded"],
  ...["transfersTimedOut", "transferRetries", "messagesAgain", "heldByOutage", "outageMinutes"],
  ...["breaksFound", "breaksOpen", "breaksWorkedOff", "breakDays", "disputed", "reconciliationCost"],
  ...["gridlockMinutes", "bridgeDelay", "bridgePayments", "bridgeQueuePeak", "bridgeLiquidity", "bulkDelay"],
  ...["bridgeSettledShare", "rerouted"],
  ...of("clearingCost", issuers),
  ...["liquidityCost", "nettingRatio", "fellBack", "railFailures"],
  ...["refunds", "bridgedRefunds", "refundsToAccounts", "dropOutRefunds", "planDropOuts", "custody"],
  ...["minimumPayments", ...of("revolving", products), "earlyRepayments", "interestSaved"],
  ...["overIndebtedShare", "projectCash", "bridgeFees", "usersGained", "usersMoved"],
  ...["users", "activeUsers", "balancePerUser", "bookLine"].flatMap((name) => of(name, products)),
  ...["dpd30Share", "dpd90Share", "chargeOffRate", "pd12m", "scorePsi", "lossBy", "exposure"].flatMap((
    name,
  ) => of(name, issuers)),
  ...of("resultOf", parties),
  ...of("capitalLeast", capitalParties),
  "projectUnpaidDays",
  ...of("external", externalFlows),
  ...["fraudLoss", "fraudRecall", "fraudPrecision", "insultedShare", "challenges", "challengesLost"],
  ...["reviews", "reversals", "explanations"],
  ...["declinedTerms", "preselectedTaken", "jointPurchases", ...of("notices", noticeKinds)],
  ...["offersSent", "offersTaken"].flatMap((name) => of(name, offerKinds)),
  ...of("fraudTaken", typologyNames),
  ...of("fraudBorne", ["issuers", "merchants"]),
  ...["linkedShare", "matchRate", "falseLinks", "missedLinks", "attributesDisclosed", "leakedAttributes"],
  ...issuers.flatMap((issuer) => of(`rollRate.${issuer}`, ["M0", "M1", "M2", "M3"])),
  ...["vintage30", "vintage90", "allowance", "impairment", "lossGivenDefault", "recovered"].flatMap((name) =>
    of(name, issuers)
  ),
  ...of("collected", stages.slice(1)),
  ...of("notices", lateNoticeKinds),
  ...["foreignPurchases", "foreignSales", "foreignSalesIn", "foreignRefunds", "foreignRefundResult"],
  ...["quotesExpired", "quotesRenewed", "foreignPositionPeak", "foreignLate", "correspondentFees"],
  ...["spreadIncome", "rateResult"].flatMap((name) => of(name, carriers)),
  ...of("interchange", issuers),
  ...of("foreignRefused", Object.keys(regionalReasons)),
  ...of("external", foreignFlows),
  ...["cobrandHolders", "cobrandIssued", "cobrandEnded", "cobrandSwitched", "cobrandCost", "cobrandFees"],
  ...["cobrandPurchases", "cobrandSales"].flatMap((name) => of(name, products)),
  ...of("cobrandOver", railNames),
  ...["approvalRateOf", "approvalRateAcross", "jointCredit", "jointLoss", "participation"].flatMap((name) =>
    of(name, issuers)
  ),
  ...["lossRemainder", "creditEnhancement", "unlawfulEnhancement"].flatMap((name) => of(name, issuers)),
  ...["trueUp", "guaranteeFund", "fundPaid", "fundShort", "fundDryDays"],
  ...["casesWaiting", "earlyAmortisations", "registerRefusals"],
  ...["sourceOwed", "sourceCost"].flatMap((name) =>
    issuers.flatMap((issuer) => of(`${name}.${issuer}`, owedSources))
  ),
  ...["trancheOwed", "trancheUncovered"].flatMap((name) =>
    issuers.flatMap((issuer) => of(`${name}.${issuer}`, absTranches))
  ),
  ...["trustCollections", "noteLoss", "jointLoanLoss", "covenantDays"].flatMap((name) => of(name, issuers)),
  ...of("ruleRefused", refusingRules),
  ...of("ruleTrimmed", trimmingRules),
  ...["ruleBreachDays", "ruleStopDays", "ruleBreaches", "ruleCured", "ruleOverrun"].flatMap((name) =>
    of(name, followedRules)
  ),
  ...["forecastError", "survivalLeast", "lcrLeast", "nsfrLeast", "alarmDays"].flatMap((name) =>
    of(name, issuers)
  ),
  ...["survivalBelow30", "survivalBelow60", "survivalBelow90"].flatMap((name) => of(name, issuers)),
  ...of("warnedDays", indicators),
  ...of("contingencyDays", contingencySteps.slice(1)),
  ...["warningShortfalls", "warningHits", "warningMisses", "falseAlarms", "warningLeadDays", "placedPeak"],
  ...["wrongPersonUses", "identityCost", ...of("dataUses", consentKinds.map((kind) => dataOf[kind]))],
].sort();
