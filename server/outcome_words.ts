// The words a reader sees for the outcomes of a run: single ones, and those that exist once per product, party or rule.

import { contingencyWord, indicatorWord, ruleWord } from "#/server/treasury_words.ts";
import {
  consentWord,
  dataWord,
  flowWord,
  partyWord,
  productWord,
  railWord,
  said,
  sourceWord,
  typologyWord,
} from "#/server/words.ts";

const noticeWords: Record<string, string> = {
  application: "terms shown at application",
  grant: "line granted",
  refusal: "application refused",
  raise: "limit raised",
  cut: "limit lowered",
  freeze: "part of a limit on hold",
  statement: "bill or statement ready",
  offer: "offer made",
  reminder: "reminder on the due day",
  message: "message after it",
  call: "call",
  agency: "agency",
  law: "court order",
  dismissed: "no court order",
  reported: "reported to the bureau",
  writtenOff: "written off, not sold",
  sold: "sold",
};

const offerWords: Record<string, string> = {
  invitation: "to open a line",
  higherLimit: "a higher limit",
  instalments: "to pay in instalments",
};

const outcomeWords: Record<string, string> = {
  gmv: "Sales (GMV)",
  creditGmv: "Sales on credit",
  bridgedGmv: "Sales over the bridge",
  bridgedPurchases: "Purchases over the bridge",
  lostPurchases: "Lost purchases",
  approvalRate: "Approval rate of credit wants",
  usersGained: "Users gained by both platforms together",
  usersMoved: "Users moved from one platform to the other",
  netLoss: "Net loss",
  peakLiquidity: "Peak intraday liquidity",
  settlementDelay: "Settlement delay",
  gridlockMinutes: "Minutes a day in gridlock on the bridge",
  bridgeDelay: "Delay of purchases' payments over the bridge",
  bulkDelay: "Delay of institutions' payments over the bridge",
  bridgePayments: "Paid over the bridge",
  bridgeSettledShare: "Settled on the bridge, of what was sent to it",
  rerouted: "Purchases that routing by cost took off the bridge",
  bridgeQueuePeak: "Waiting on the bridge, at most",
  bridgeLiquidity: "Money in use on the bridge, at most",
  liquidityCost: "Cost of liquidity on the bridge",
  nettingRatio: "Netted away in the channel's windows",
  fellBack: "Payments that went on over the channel",
  railFailures: "Calls that a rail failed",
  fundingGapDays: "Days with a funding gap",
  refunds: "Purchases given back",
  bridgedRefunds: "Purchases given back, of which over the bridge",
  refundsToAccounts: "Refunds paid to shoppers' accounts",
  dropOutRefunds: "Refunds to people who dropped out of a course or treatment",
  planDropOuts: "Plans of courses and treatments broken off",
  custody: "Held for shops until courses and treatments are delivered",
  minimumPayments: "Bills of which the least part was paid",
  earlyRepayments: "Plans repaid early",
  interestSaved: "Interest saved by repaying early, less fees",
  overIndebtedShare: "Shoppers over-indebted",
  projectCash: "Cash of the project company",
  projectEquity: "Equity paid in by investors",
  projectFees: "Its share of bridge fees, received",
  projectCapex: "Paid for building the bridge (capex)",
  projectRunning: "Paid for running the bridge",
  fraudLoss: "Net loss, of which fraud",
  bridgeFees: "Bridge fees",
  transfersPrepared: "Transfers over the bridge that met a fault, prepared in two phases",
  transfersInTime: "Of these, fulfilled without delay",
  transfersLate: "Of these, fulfilled late",
  transfersTimedOut: "Of these, given back: timed out or refused",
  transfersUnfunded: "Of these, ended for want of money on the bridge",
  transferRetries: "Messages about transfers that were repeated for want of an answer",
  messagesAgain: "Messages about transfers that came again",
  heldByOutage: "Obligations held because their payer could not be reached",
  outageMinutes: "Minutes on which a participant of clearing could not be reached",
  breaksFound: "Breaks found between the files of two platforms",
  breaksOpen: "Breaks open at the end",
  breaksWorkedOff: "Breaks worked off",
  breakDays: "Days until a break was worked off, on average",
  disputed: "Money in dispute, at most",
  reconciliationCost: "Cost of working off breaks",
  bridgeExpired: "Bridge payments that expired unsettled",
  foreignPurchases: "Purchases abroad",
  foreignSales: "Sales abroad on credit",
  foreignSalesIn: "Sales abroad, in foreign currency",
  foreignRefunds: "Given back for goods from abroad",
  foreignRefundResult: "Shoppers' gain or loss by the rate on goods given back abroad",
  foreignPositionPeak: "Owed abroad overnight, at most",
  foreignLate: "Due abroad and not settled for want of the correspondent's money",
  correspondentFees: "Fees of the correspondent bank",
  quotesExpired: "Quotes that ran out before they were confirmed, purchases",
  quotesRenewed: "Quotes that were renewed at the rate of that moment, purchases",
  trueUp: "Moved between the platforms by monthly true-ups of shared losses",
  guaranteeFund: "Guarantee fund, at most",
  fundPaid: "Losses paid by the guarantee fund",
  fundShort: "Losses that the guarantee fund had no money for",
  fundDryDays: "Days on which the guarantee fund ran dry",
  insultedShare: "Good shoppers refused as fraud, of credit attempts",
  fraudTaken: "Taken by fraud",
  fraudRecall: "Attempts of fraud stopped by a rule or a challenge",
  fraudPrecision: "Fraud among all attempts stopped by a rule or a challenge",
  challenges: "Challenges",
  challengesLost: "Challenges failed or given up",
  challengeSeconds: "Seconds a challenge takes",
  heldObligations: "Obligations held back overnight, at most",
  leakedAttributes: "Attributes that leaked",
  explanations: "Refusals explained on request",
  reviews: "Refusals that a person looked at again",
  reversals: "Refusals taken back after that",
  declinedTerms: "Applicants who saw the terms and went no further",
  preselectedTaken: "Purchases on the line that the cashier preselected, not the preferred one",
  jointPurchases: "Purchases that drew on the limit of the other line",
  linkedShare: "Shoppers recognised across platforms at the end",
  matchRate: "Records linked, of the smaller file",
  falseLinks: "People linked to somebody else's account",
  missedLinks: "People with both accounts who were not linked",
  attributesDisclosed: "Attributes disclosed, each time counted",
  wrongPersonUses: "Uses of somebody else's account",
  cobrandHolders: "Holders of the co-branded card at the end",
  cobrandIssued: "Co-branded cards issued",
  cobrandEnded: "Co-branded cards that ended: a line closed, a link or a consent gone",
  cobrandSwitched: "Purchases with the card on its second line, the first having no room",
  cobrandCost: "Cost of making and keeping co-branded cards",
  cobrandFees: "Passed on to the manager of the card by the other issuer",
  warningShortfalls: "Times on which money began to be short",
  warningHits: "Of these, foretold by the early-warning alarm",
  warningMisses: "Of these, not foretold by the early-warning alarm",
  falseAlarms: "Early-warning alarms that nothing followed",
  warningLeadDays: "Days from the alarm to the shortfall, on average",
  placedPeak: "Receivables placed in need, at most",
  earlyAmortisations: "Deals that began to repay early",
  registerRefusals: "Entries that the register of receivables refused",
  projectUnpaidDays: "Days on which the project could not pay its bills",
  casesWaiting: "Late cases waiting for a place in collection at the end",
  identityCost: "Cost of knowing people",
  revoked: "Credentials lost and revoked",
  ledgerBlocks: "Blocks of the shared ledger",
  ledgerWaiting: "Entries waiting for the shared ledger at nightfall, at most",
};

const perProduct: Record<string, (name: string) => string> = {
  "users": (name) => `Users of ${productWord(name)}`,
  "activeUsers": (name) => `Active users of ${productWord(name)}`,
  "balancePerUser": (name) => `Balance per active user, ${productWord(name)}`,
  "dpd30Share": (name) => `Balance 30+ days late, ${productWord(name)}`,
  "dpd90Share": (name) => `Balance 90+ days late, ${productWord(name)}`,
  "lossBy": (name) => `Loss borne by ${partyWord(name)}`,
  "approvalRateOf": (name) => `Credit wants approved by ${partyWord(name)}`,
  "approvalRateAcross": (name) => `Credit wants across the bridge approved by ${partyWord(name)}`,
  "jointCredit": (name) => `Lent across the bridge by ${partyWord(name)}`,
  "jointLoss": (name) => `Lost of what ${partyWord(name)} lent across the bridge, whoever bore it`,
  "participation": (name) => `Owed to ${partyWord(name)} of loans granted together, at the end`,
  "lossRemainder": (name) => `Remainder of shared losses, borne by ${partyWord(name)}`,
  "creditEnhancement": (name) => `Borne by ${partyWord(name)} beyond its contribution`,
  "unlawfulEnhancement": (name) => `Of that, without a licence for it: ${partyWord(name)}`,
  "clearingCost": (name) => `Clearing's cost to ${partyWord(name)}: fees, credit, tariff, interest on delays`,
  "resultOf": (name) => `Result of ${partyWord(name)}`,
  "spreadIncome": (name) => `Earned by ${partyWord(name)} on the spread of quotes abroad`,
  "rateResult": (name) => `Gained or lost by ${partyWord(name)} on the rate of exchange`,
  "interchange": (name) => `${partyWord(name)}'s share of the discount of shops abroad`,
  "foreignRefused": (name) => `Refused by the rules of the region: ${said(regionWords, name) ?? name}`,
  "external": (name) => `External flow: ${flowWord(name)}`,
  "scorePsi": (name) => `Drift of scores since the opening (stability index), ${productWord(name)}`,
  "pd12m": (name) => `Default expected within 12 months, ${productWord(name)}`,
  "chargeOffRate": (name) => `Charged off a year, ${productWord(name)}`,
  "bookLine": (name) => `Owed on funding lines for ${productWord(name)}`,
  "sourceOwed": (name) => `Owed on average by ${issuerAndSource(name)}`,
  "sourceCost": (name) => `Interest, fees and discounts of ${issuerAndSource(name)}`,
  "trancheOwed": (name) => trancheWord(name),
  "trancheUncovered": (name) =>
    trancheWord(name).replace("Owed at the end on", "Not covered at the worst of"),
  "capitalLeast": (name) => `Capital of ${partyWord(name)}, at least`,
  "trustCollections": (name) => `Collected for the trusts of ${partyWord(name)}`,
  "noteLoss": (name) => `Lost by holders of ${partyWord(name)}'s notes`,
  "jointLoanLoss": (name) => `Lost by banks on joint loans with ${partyWord(name)}`,
  "covenantDays": (name) => `Days on which ${partyWord(name)} broke a covenant of its line`,
  "fraudTaken": (name) => `Taken by fraud: ${typologyWord(name)}`,
  "fraudBorne": (name) => `Disputed fraud borne by ${name}`,
  "rollRate": (name) => rollWord(name),
  "vintage30": (name) => `Loans ever 30+ days late within six months, ${productWord(name)}`,
  "vintage90": (name) => `Loans ever 90+ days late within six months, ${productWord(name)}`,
  "allowance": (name) => `Loss allowance, ${productWord(name)}`,
  "impairment": (name) => `Charged for expected losses, ${productWord(name)}`,
  "lossGivenDefault": (name) => `Lost of what was in default, ${productWord(name)}`,
  "recovered": (name) => `Paid on claims after they were written off, ${productWord(name)}`,
  "collected": (name) => `Brought in by collection: ${said(stageWords, name) ?? name}`,
  "exposure": (name) => `Attributes that ${partyWord(name)} holds of the other side's customers`,
  "dataUses": (name) => usesWord(name),
  "notices": (name) => `Notices: ${said(noticeWords, name) ?? name}`,
  "offersSent": (name) => `Offers sent: ${said(offerWords, name) ?? name}`,
  "offersTaken": (name) => `Offers taken: ${said(offerWords, name) ?? name}`,
  "consentsGiven": (name) => `Consent to ${consentWord(name)}: given`,
  "consentsWithdrawn": (name) => `Consent to ${consentWord(name)}: withdrawn`,
  "cobrandPurchases": (name) => `Purchases with the co-branded card on ${productWord(name)}`,
  "cobrandSales": (name) => `Sales with the co-branded card on ${productWord(name)}`,
  "cobrandOver": (name) => `Purchases with the co-branded card, rail: ${railWord(name)}`,
  "ruleRefused": (name) => `Refused by rule: ${ruleWord(name)}`,
  "ruleTrimmed": (name) => `Trimmed by rule: ${ruleWord(name)}`,
  "ruleBreachDays": (name) => `Days in passive breach: ${ruleWord(name)}`,
  "ruleStopDays": (name) => `Days on which a passive breach stopped new business: ${ruleWord(name)}`,
  "ruleBreaches": (name) => `Passive breaches: ${ruleWord(name)}`,
  "ruleCured": (name) => `Passive breaches cured: ${ruleWord(name)}`,
  "ruleOverrun": (name) => `Passive breaches not cured in time: ${ruleWord(name)}`,
  "forecastError": (name) => `Error of a week's cash forecast, of what moved, ${partyWord(name)}`,
  "survivalLeast": (name) => `Days that money lasts under stress, at least, ${partyWord(name)}`,
  "survivalBelow30": (name) =>
    `Days on which money would have lasted fewer than 30 days under stress, ${partyWord(name)}`,
  "survivalBelow60": (name) =>
    `Days on which money would have lasted fewer than 60 days under stress, ${partyWord(name)}`,
  "survivalBelow90": (name) =>
    `Days on which money would have lasted fewer than 90 days under stress, ${partyWord(name)}`,
  "lcrLeast": (name) => `Internal 30-day liquidity gauge, at least, ${partyWord(name)}`,
  "nsfrLeast": (name) => `Internal one-year funding gauge, at least, ${partyWord(name)}`,
  "alarmDays": (name) => `Days on which the early-warning alarm rang, ${partyWord(name)}`,
  "warnedDays": (name) => `Days on which an indicator warned: ${indicatorWord(name)}`,
  "contingencyDays": (name) => `Days at a step of the contingency plan: ${contingencyWord(name)}`,
  "revolving": (name) => `Revolving at the end, ${productWord(name)}`,
  "gmv": (name) => `Sales (GMV), ${name}`,
};

const regionWords: Record<string, string> = {
  dataConsent: "no consent that data leave the country",
  costCap: "credit too dear there",
  perPurchase: "above the cap of a purchase",
  perYear: "above the cap of a year",
};

const stageWords: Record<string, string> = {
  message: "message",
  call: "call",
  agency: "agency",
  law: "court order",
  dismissed: "no court order",
};

const bucketWords: Record<string, string> = {
  M0: "current to 1–30 days late",
  M1: "1–30 to 31–60 days late",
  M2: "31–60 to 61–90 days late",
  M3: "61–90 to 91+ days late",
};

/**
 * An outcome in words; an unknown one keeps its name.
 *
 * @example
 * ```ts
 * import { outcomeWord } from "#/server/outcome_words.ts";
 * import assert from "node:assert/strict";
 * assert.equal(outcomeWord("users.baitiao"), "Users of Baitiao");
 * assert.equal(outcomeWord("somethingNew"), "somethingNew");
 * ```
 */
export function outcomeWord(name: string): string {
  const dot = name.indexOf(".");
  if (dot > 0) {
    const words = said(perProduct, name.slice(0, dot));
    if (words) return words(name.slice(dot + 1));
  }
  return said(outcomeWords, name) ?? name;
}

/**
 * An outcome in words with its unit, where its figures do not carry it: money and shares do.
 *
 * @example
 * ```ts
 * import { outcomeTitle } from "#/server/outcome_words.ts";
 * import assert from "node:assert/strict";
 * assert.equal(outcomeTitle("settlementDelay", "minutes"), "Settlement delay, minutes");
 * assert.equal(outcomeTitle("gmv", "CNY"), "Sales (GMV)");
 * assert.equal(outcomeTitle("lostPurchases", "purchases"), "Lost purchases");
 * ```
 */
export function outcomeTitle(name: string, unit?: string): string {
  const words = outcomeWord(name);
  const isSaid = unit === undefined || ["CNY", "share", ""].includes(unit) ||
    words.toLowerCase().includes(unit.toLowerCase());
  return isSaid ? words : `${words}, ${unit}`;
}

const issuerAndSource = (name: string): string => {
  const [issuer, source] = name.split(".");
  return `${partyWord(issuer)}: ${sourceWord(source)}`;
};

const trancheWord = (name: string): string => {
  const [issuer, tranche] = name.split(".");
  return `Owed at the end on ${partyWord(issuer)}'s notes: ${tranche} class`;
};

/** A monthly roll rate by issuer and bucket: `ant.M1`. */
function rollWord(name: string): string {
  const [issuer, bucket] = name.split(".");
  return `Accounts that roll from ${said(bucketWords, bucket) ?? bucket} in a month, ${productWord(issuer)}`;
}

/** Uses of a class of personal data, by one party where the name says which: `account.jd`. */
function usesWord(name: string): string {
  const [data, party] = name.split(".");
  return `Uses of ${dataWord(data)}${party === undefined ? "" : ` by ${partyWord(party)}`}`;
}
