// What is read from a run: outcomes, the calibration table, and the counts behind them.

import { buckets } from "#/model/credit/delinquency.ts";
import { capitalParties, externalFlows, issuerOf, parties, products } from "#/model/names.ts";
import { screenQuality } from "#/model/fraud/screening/quality.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { consentKinds, dataOf } from "#/model/identity/consents.ts";
import { offerKinds } from "#/model/credit/offers.ts";
import { noticeKinds } from "#/model/notices.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import type { CalibrationRow, Outcome } from "./result.ts";
import { told } from "./recorder.ts";
import { pd12m } from "#/model/scoring/scorecard.ts";
import { lineCount, lineState, principalFen } from "./tables/lines.ts";
import { fieldsExchanged } from "./linkage.ts";
import { attributesHeld, linkRefusal } from "./phases/recognise.ts";
import { never } from "./tables/shoppers.ts";
import { sayAbroad } from "./abroad_outcomes.ts";
import { sayCobrand } from "./cobrand_outcomes.ts";
import { sayJoint } from "./joint_outcomes.ts";
import { sayRules, sayTreasuries } from "./treasury_outcomes.ts";
import { sayFunding } from "./funding_outcomes.ts";
import { sayServicing } from "./servicing_outcomes.ts";
import type { World } from "./world.ts";

/** All outcomes of a finished run, names in order of code units. Money in CNY, people and purchases for everybody. */
export function outcomesOf(world: World): Record<string, Outcome> {
  const { terms, recorder, counts, memory, ledger, chart } = world;
  const { factor } = terms;
  const days = (name: string) => told(recorder, name, factor);
  const total = (name: string) => days(name).reduce((sum, x) => sum + x, 0);
  const last = (name: string) => days(name).at(-1) ?? 0;
  const peak = (name: string) => days(name).reduce((most, x) => Math.max(most, x), 0);
  const ratio = (part: number, whole: number) => whole === 0 ? 0 : part / whole;
  const out: Record<string, Outcome> = {};
  const say = (name: string, unit: Outcome["unit"], value: number) => {
    out[name] = { value: value + 0, unit };
  };
  say("gmv", "CNY", total("gmv"));
  say("creditGmv", "CNY", total("creditGmv"));
  say("bridgedGmv", "CNY", total("bridgedGmv"));
  say("bridgedPurchases", "purchases", total("bridgedPurchases"));
  say("lostPurchases", "purchases", total("lost"));
  say("approvalRate", "share", ratio(counts.creditApproved, counts.creditAttempts));
  for (const [p, product] of products.entries()) {
    const issuer = issuerOf[product];
    say(`users.${product}`, "people", last(`users.${product}`));
    say(`activeUsers.${product}`, "people", last(`activeUsers.${product}`));
    say(
      `balancePerUser.${product}`,
      "CNY",
      ratio(last(`activeBalance.${product}`), last(`activeUsers.${product}`)),
    );
    const balance = last(`balance.${product}`);
    const late = (from: number) =>
      buckets.reduce((sum, bucket, b) => b >= from ? sum + last(`dpd.${product}.${bucket}`) : sum, 0);
    say(`dpd30Share.${issuer}`, "share", ratio(late(2), balance));
    say(`dpd90Share.${issuer}`, "share", ratio(late(4), balance));
    const charged = total(`chargeOff.${product}`), mean = ratio(total(`balance.${product}`), terms.days);
    say(`chargeOffRate.${issuer}`, "share", ratio(charged * 365 / terms.days, mean));
    say(`recovered.${issuer}`, "CNY", total(`recovered.${product}`));
    say(`bookLine.${product}`, "CNY", -ledger.balanceFen(chart.lines[p].owed) * factor / 100);
  }
  for (const [p, product] of products.entries()) {
    say(`pd12m.${issuerOf[product]}`, "share", meanPd(world, p));
    say(`scorePsi.${issuerOf[product]}`, "index", last(`scorePsi.${issuerOf[product]}`));
  }
  say("netLoss", "CNY", total("netLoss"));
  say("fraudLoss", "CNY", total("fraudLoss"));
  for (const [k, party] of (["jd", "ant"] as const).entries()) {
    say(`lossBy.${party}`, "CNY", memory.lossByFen[k] * factor / 100);
  }
  for (const party of parties) say(`resultOf.${party}`, "CNY", last(`result.${party}`));
  for (const [k, flow] of externalFlows.entries()) {
    const sinceFen = ledger.balanceFen(chart.external[k]) - (memory.externalAtStartFen[k] ?? 0);
    say(`external.${flow}`, "CNY", sinceFen * factor / 100);
  }
  say("peakLiquidity", "CNY", peak("peakLiquidity"));
  say("settlementDelay", "minutes", ratio(total("waited"), total("cleared")));
  say("heldObligations", "CNY", peak("held"));
  say("bridgeExpired", "purchases", total("bridgeExpired"));
  for (const name of ["Prepared", "InTime", "Late", "TimedOut", "Unfunded"]) {
    say(`transfers${name}`, "purchases", total(`transfers${name}`));
  }
  say("transferRetries", "messages", total("transferRetries"));
  say("messagesAgain", "messages", total("messagesAgain"));
  say("heldByOutage", "CNY", total("heldByOutage"));
  say("outageMinutes", "minutes", total("outageMinutes"));
  const { breaks } = world;
  say("breaksFound", "purchases", breaks.foundSoFar * factor);
  say("breaksOpen", "purchases", last("breaksOpen"));
  say("breaksWorkedOff", "purchases", breaks.workedOffSoFar * factor);
  say("breakDays", "days", ratio(breaks.daysOpenSoFar, breaks.workedOffSoFar));
  say("disputed", "CNY", peak("disputed"));
  say("reconciliationCost", "CNY", breaks.incurredFen * factor / 100);
  say("gridlockMinutes", "minutes", ratio(total("gridlockMinutes"), terms.days));
  say("bridgeDelay", "minutes", ratio(total("bridgeWaited"), total("bridgeCleared")));
  say("bulkDelay", "minutes", ratio(total("bulkWaited"), total("bulkSettled")));
  say("bridgePayments", "CNY", total("bridgeSettled"));
  say(
    "bridgeSettledShare",
    "share",
    ratio(total("bridgeSettled"), total("bridgeCleared") + total("bulkSettled")),
  );
  say("rerouted", "purchases", total("rerouted"));
  say("bridgeQueuePeak", "CNY", peak("bridgeQueuePeak"));
  say("bridgeLiquidity", "CNY", peak("bridgeLiquidity"));
  say("liquidityCost", "CNY", total("liquidityCost"));
  for (const issuer of ["jd", "ant"]) say(`clearingCost.${issuer}`, "CNY", total(`clearingCost.${issuer}`));
  say("nettingRatio", "share", 1 - ratio(total("obligedNet"), total("obligedGross")));
  say("fellBack", "purchases", total("fellBack"));
  say("railFailures", "purchases", sumOf(world.rails.failed) * factor);
  say("fundingGapDays", "days", memory.fundingGapDays);
  for (const [at, party] of capitalParties.entries()) {
    say(`capitalLeast.${party}`, "CNY", memory.capitalLeastFen[at] * factor / 100);
  }
  say("projectUnpaidDays", "days", memory.projectUnpaidDays);
  for (
    const name of [
      "refunds",
      "bridgedRefunds",
      "refundsToAccounts",
      "dropOutRefunds",
      "earlyRepayments",
      "interestSaved",
    ]
  ) say(name, "CNY", total(name));
  say("planDropOuts", "plans", total("planDropOuts"));
  say("minimumPayments", "bills", total("minimumPayments"));
  for (const product of products) say(`revolving.${product}`, "CNY", last(`revolving.${product}`));
  say("custody", "CNY", last("custody"));
  say("overIndebtedShare", "share", last("overIndebted"));
  say("projectCash", "CNY", last("projectCash"));
  say("bridgeFees", "CNY", total("bridgeFees"));
  for (const name of typologyNames) say(`fraudTaken.${name}`, "CNY", total(`plotted.${name}`));
  for (const who of ["issuers", "merchants"]) say(`fraudBorne.${who}`, "CNY", total(`fraudBorne.${who}`));
  const tried = sumOf(counts.plotsTried), stopped = sumOf(counts.plotsStopped);
  const quality = screenQuality({
    caught: stopped,
    missed: tried - stopped,
    insulted: counts.insulted,
    honest: counts.creditAttempts,
  });
  say("fraudRecall", "share", quality.recall);
  say("fraudPrecision", "share", quality.precision);
  say("challenges", "purchases", counts.challenges * factor);
  say("challengesLost", "purchases", counts.challengesLost * factor);
  say("reviews", "purchases", counts.reviews * factor);
  say("reversals", "purchases", counts.reversals * factor);
  say("explanations", "purchases", counts.explained * factor);
  say("insultedShare", "share", ratio(counts.insulted, counts.creditAttempts));
  for (const [k, kind] of noticeKinds.entries()) {
    say(`notices.${kind}`, "notices", counts.notices[k] * factor);
  }
  for (const [k, kind] of offerKinds.entries()) {
    say(`offersSent.${kind}`, "notices", counts.offersSent[k] * factor);
    say(
      `offersTaken.${kind}`,
      kind === "instalments" ? "purchases" : "people",
      counts.offersTaken[k] * factor,
    );
  }
  say("declinedTerms", "people", counts.declinedTerms * factor);
  say("preselectedTaken", "purchases", counts.preselected * factor);
  say("jointPurchases", "purchases", counts.jointPurchases * factor);
  sayIdentity(world, { say, total });
  if (world.abroad) sayAbroad(world, world.abroad, say);
  sayServicing(world, say);
  sayCobrand(world, say);
  sayJoint(world, say);
  sayRules(world, say);
  sayTreasuries(world, say);
  sayFunding(world, say);
  const { gained, moved } = movements(world);
  say("usersGained", "people", gained * factor);
  say("usersMoved", "people", moved * factor);
  return Object.fromEntries(Object.entries(out).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0));
}

const sumOf = (counts: Float64Array) => counts.reduce((sum, n) => sum + n, 0);

/** Who is recognised, what was shown and used of people, what it cost, and what would leak. */
function sayIdentity(
  world: World,
  { say, total: sum }: {
    say: (name: string, unit: Outcome["unit"], value: number) => void;
    total: (name: string) => number;
  },
): void {
  const { terms: { factor, days }, counts, shoppers, links, memory } = world;
  let linked = 0;
  for (let i = 0; i < shoppers.count; i++) {
    if (linkRefusal(world, i, 0, days * 1_440) === reason.none) linked++;
  }
  say("linkedShare", "share", linked / shoppers.count);
  if (links) {
    const { matchRate, falseLinks, missedLinks } = links.quality;
    say("matchRate", "share", matchRate);
    say("falseLinks", "people", falseLinks * factor);
    say("missedLinks", "people", missedLinks * factor);
  }
  for (const [kind, consent] of consentKinds.entries()) {
    let uses = 0;
    for (let p = 0; p < lineCount; p++) uses += counts.uses[kind * lineCount + p];
    say(`dataUses.${dataOf[consent]}`, "uses", uses * factor);
  }
  const exchanged = links ? (links.records[0] + links.records[1]) * fieldsExchanged : 0;
  say("attributesDisclosed", "attributes", (counts.attributes + exchanged) * factor);
  for (const [k, party] of (["jd", "ant"] as const).entries()) {
    say(`exposure.${party}`, "attributes", attributesHeld(world, k) * factor);
  }
  say("leakedAttributes", "attributes", sum("leakedAttributes"));
  say("wrongPersonUses", "uses", counts.wrongPersonUses * factor);
  say("identityCost", "CNY", memory.identityIncurredFen * factor / 100);
}

/** What the scores say of the book: the 12-month probability of default, weighted by balance, of lines not in arrears. */
function meanPd(world: World, p: number): number {
  const { lines, terms } = world;
  let owedFen = 0, expectedFen = 0;
  for (let line = p; line < lines.count; line += lineCount) {
    if (lines.state[line] !== lineState.active || lines.oldestDue[line] !== never) continue;
    const balanceFen = principalFen(lines, line);
    owedFen += balanceFen;
    expectedFen += balanceFen * pd12m(lines.points[line], terms.scenario.scoring);
  }
  return owedFen === 0 ? 0 : expectedFen / owedFen;
}

/** People who held no line at the opening and hold one now; people who held one line and now hold only another. */
function movements(world: World): { gained: number; moved: number } {
  const { lines, shoppers, memory } = world;
  let gained = 0, moved = 0;
  for (let i = 0; i < shoppers.count; i++) {
    let now = 0;
    for (let p = 0; p < lineCount; p++) {
      if (lines.state[i * lineCount + p] === lineState.active) now |= 1 << p;
    }
    const then = memory.heldAtStart[i];
    if (then === 0 && now !== 0) gained++;
    else if (then !== 0 && now !== 0 && (then & now) === 0) moved++;
  }
  return { gained, moved };
}

/** Refusals by layer and reason, layers and reasons in order of code units, for everybody. */
export function byReason(counts: Float64Array): Record<string, Record<string, number>> {
  const out: Record<string, Record<string, number>> = {};
  const order = reasons.map((_, k) => k).slice(1).sort((a, b) => {
    const left = `${reasons[a].layer}/${reasons[a].name}`, right = `${reasons[b].layer}/${reasons[b].name}`;
    return left < right ? -1 : 1;
  });
  for (const k of order) {
    if (counts[k] > 0) (out[reasons[k].layer] ??= {})[reasons[k].name] = counts[k];
  }
  return out;
}

/** One published figure. `when` is the date it speaks of. */
interface Target {
  name: string;
  when: string;
  target: number;
  low: number;
  high: number;
  unit: CalibrationRow["unit"];
  source: string;
  column: (product: string) => { part: string[]; whole: string };
  product: string;
}

const late = (from: number) => (product: string) => ({
  part: buckets.slice(from).map((bucket) => `dpd.${product}.${bucket}`),
  whole: `balance.${product}`,
});
const perUser = (product: string) => ({
  part: [`activeBalance.${product}`],
  whole: `activeUsers.${product}`,
});
const people = (product: string) => ({ part: [`activeUsers.${product}`], whole: "" });

const ant = "Ant prospectus, by way of press";
const jdt = "JD Digits prospectus, by way of press";
const targets: Target[] = [
  {
    name: "Ant book 30+ dpd",
    when: "2019-12-31",
    target: 0.0156,
    low: 0.01,
    high: 0.018,
    unit: "share",
    source: ant,
    column: late(2),
    product: "huabei",
  },
  {
    name: "Ant book 90+ dpd",
    when: "2019-12-31",
    target: 0.0105,
    low: 0.006,
    high: 0.013,
    unit: "share",
    source: ant,
    column: late(4),
    product: "huabei",
  },
  {
    name: "Ant book 30+ dpd, spring",
    when: "2020-05-31",
    target: 0.0301,
    low: 0.024,
    high: 0.036,
    unit: "share",
    source: ant,
    column: late(2),
    product: "huabei",
  },
  {
    name: "Baitiao 90+ dpd",
    when: "2020-06-30",
    target: 0.0165,
    low: 0.014,
    high: 0.025,
    unit: "share",
    source: jdt,
    column: late(4),
    product: "baitiao",
  },
  {
    name: "Huabei balance per active user",
    when: "2019-12-31",
    target: 900,
    low: 500,
    high: 1_000,
    unit: "CNY",
    source: "WSJ, December 2019: under CNY 1,000",
    column: perUser,
    product: "huabei",
  },
  {
    name: "Baitiao balance per active user",
    when: "2019-12-31",
    target: 2_235,
    low: 1_500,
    high: 3_000,
    unit: "CNY",
    source: "China fintech newsletter, of 2017 H1: a range check",
    column: perUser,
    product: "baitiao",
  },
  {
    name: "Huabei users",
    when: "2019-12-31",
    target: 500e6,
    low: 425e6,
    high: 575e6,
    unit: "people",
    source: "Ant prospectus: credit users",
    column: people,
    product: "huabei",
  },
  {
    name: "Baitiao active users",
    when: "2020-06-30",
    target: 55.4461e6,
    low: 47e6,
    high: 64e6,
    unit: "people",
    source: jdt,
    column: people,
    product: "baitiao",
  },
];

/** How far from its date a figure may be read, when the run does not reach it. */
const nearDays = 31;

/** The published figures of the run's world beside what was simulated; none in an uncalibrated world. */
export function calibrationOf(world: World): CalibrationRow[] {
  const { terms, recorder } = world;
  if (terms.scenario.world.calibration === "uncalibrated") return [];
  return targets.map((it) => {
    const day = epochDay(it.when) - terms.startEpoch;
    const at = day < terms.days ? day : day - (terms.days - 1) <= nearDays ? terms.days - 1 : -1;
    const { part, whole } = it.column(it.product);
    const read = (name: string) => told(recorder, name, terms.factor)[at];
    let simulated: number | null = null;
    if (at >= 0) {
      const sum = part.reduce((total, name) => total + read(name), 0);
      simulated = whole === "" ? sum : read(whole) > 0 ? sum / read(whole) : null;
    }
    const { name, when, target, low, high, unit, source } = it;
    const readOn = at < 0 ? null : isoDate(terms.startEpoch + at);
    return { name, date: when, target, low, high, simulated, readOn, unit, source };
  });
}
