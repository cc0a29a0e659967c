// Trusts: notes are issued on designated accounts, their collections are passed on, the deal pays, and losses find their class.
//
// Accounts revolve, so the trust's part of what they bring is counted as card trusts count it: losses, interest and
// recoveries by the invested part of the balance; principal in the same way while it buys new receivables, and by the part as
// it was at the end of the revolving period once it pays notes down. Fluctuation is the issuer's.

import { absDeal, absPayDays, absTranches } from "#/model/funding/sources/abs.ts";
import { OpenDeal, readDeal } from "#/model/funding/deal/run.ts";
import { bpsOf, mulDiv } from "#/model/units/units.ts";
import { addCost, type Trust } from "#/sim/funding.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { pay, type World } from "#/sim/world.ts";
import { allowanceFen } from "#/sim/funding_position.ts";
import { lawfulDrawFen } from "#/sim/leverage.ts";
import { firstBank, freeFen, issuerAt } from "./channel.ts";
import { issuePart, letGo, pledgeToLine, sumOver, transferTo } from "./pledge.ts";
import { fromInvestors, settleFlow } from "./settle_funding.ts";
import { findCash } from "./term_funding.ts";
import { issuers } from "./treasury.ts";

/** The day of an issuer's trusts: what accounts brought, payments that are due, a new issue. */
export function serveTrusts(world: World, k: number): void {
  const { funding, chart, today, recorder } = world;
  if (!chart.debts[k].abs) return;
  for (const trust of funding.trusts) {
    if (trust.issuer !== k || trust.isEnded) continue;
    allocate(world, trust);
    noteCover(world, trust);
    if (today.day >= trust.nextPaymentDay) payNotes(world, trust);
  }
  issue(world, k);
  for (const [at, name] of absTranches.entries()) {
    let owedFen = 0;
    for (const { issuer, deal, isEnded } of funding.trusts) {
      if (issuer === k && !isEnded) owedFen += deal.state.tranches[at].balanceFen;
    }
    record(recorder, today.day, `tranche.${issuers[k]}.${name}`, "money", owedFen);
  }
}

/** The invested part of what the accounts brought and lost today. */
function allocate({ funding }: World, trust: Trust): void {
  const tally = funding.tally!, over = (column: Float64Array) => sumOver(column, trust.issuer, trust.buckets);
  const balanceFen = over(tally.balanceFen);
  if (balanceFen <= 0) return;
  const investedFen = Math.min(trust.investedFen, balanceFen);
  const part = (fen: number) => mulDiv(fen, investedFen, balanceFen);
  const lostFen = Math.min(trust.investedFen, part(over(tally.lostFen)));
  trust.investedFen -= lostFen;
  const repaidFen = over(tally.repaidFen);
  const principalFen = Math.min(
    trust.investedFen,
    trust.fixedPpm < 0 ? part(repaidFen) : mulDiv(repaidFen, trust.fixedPpm, 1_000_000),
  );
  trust.investedFen -= principalFen;
  trust.lostFen += lostFen;
  trust.principalFen += principalFen;
  trust.interestFen += part(over(tally.interestFen));
  trust.recoveredFen += part(over(tally.recoveredFen));
}

/**
 * Keeps the most by which each class was not covered: its part of what is owed beyond the trust's money and its receivables
 * less what the issuer's allowance expects to be lost of such.
 */
function noteCover(world: World, trust: Trust): void {
  const { funding, ledger, chart } = world, k = trust.issuer, { uncoveredFen } = funding.issuers[k];
  const { loansNative, loansBridged } = chart.products[issuerAt.indexOf(k)];
  const bookFen = ledger.balanceFen(loansNative) + ledger.balanceFen(loansBridged);
  const expectedFen = bookFen > 0
    ? mulDiv(trust.investedFen, Math.min(bookFen, allowanceFen(world, k)), bookFen)
    : 0;
  let leftFen = trust.investedFen - expectedFen + trust.principalFen + trust.interestFen +
    trust.recoveredFen + trust.deal.cashFen - (trust.deal.state.lines[0]?.drawnFen ?? 0);
  for (const [at, { balanceFen }] of trust.deal.state.tranches.entries()) {
    uncoveredFen[at] = Math.max(uncoveredFen[at], balanceFen - Math.max(0, Math.min(balanceFen, leftFen)));
    leftFen -= balanceFen;
  }
}

/** Days after which an issue that the rule book bars is tried again. */
const barredDays = 30;

/** Issues notes where the day has come, the market is open and the register lets the receivables go. */
function issue(world: World, k: number): void {
  const { funding, terms, chart, today, ledger } = world;
  const own = funding.issuers[k], it = terms.funding[k].abs;
  if (own.issues >= it.issues || today.day < own.nextIssueDay) return;
  const isShut = terms.scenario.shocks.some((shock) =>
    shock.event === "abs-market-shut" && shock.issuer === issuers[k] && today.day >= shock.fromDay &&
    today.day < shock.untilDay
  );
  if (isShut) return;
  const name = `trust-${issuers[k]}-${own.issues + 1}`, wanted = issuePart(it, own.issues);
  letGo(world, k, wanted);
  const buckets = transferTo(world, k, { wanted, owner: issuers[k], to: name });
  const notesBps = it.seniorBps + it.mezzanineBps;
  const wishFen = Math.min(
    bpsOf(sumOver(funding.tally!.balanceFen, k, buckets), it.investedBps),
    notesBps === 0 ? 0 : mulDiv(it.issueMaxFen, 10_000, notesBps),
  );
  const notesWishFen = bpsOf(wishFen, notesBps);
  const notesLawfulFen = lawfulDrawFen(world, k, { wishFen: notesWishFen, money: "bond" });
  const poolFen = notesLawfulFen < notesWishFen ? mulDiv(notesLawfulFen, 10_000, notesBps) : wishFen;
  const isBarred = wishFen > 0 && poolFen <= 0;
  // The money of those who buy must be there: at the lenders, and free at their bank. Else tomorrow.
  const thereFen = Math.min(freeFen(world, firstBank), ledger.balanceFen(chart.lenders));
  const canPay = mulDiv(poolFen, notesBps, 10_000) <= thereFen;
  if (isBarred) own.nextIssueDay = today.day + barredDays;
  else if (canPay) {
    own.issues++;
    own.nextIssueDay = today.day + it.everyDays;
  }
  if (poolFen <= 0 || !canPay) {
    transferTo(world, k, { wanted: buckets, owner: name, to: issuers[k] });
    return pledgeToLine(world, k, wanted);
  }
  const closing = terms.startEpoch + today.day;
  const stated = absDeal(it, { name, closing, poolFen, baseRateBps: today.rateBps });
  const deal = new OpenDeal(readDeal(stated));
  const { owed, held } = chart.debts[k].abs!;
  const [senior, mezzanine] = deal.state.tranches;
  const notesFen = senior.balanceFen + mezzanine.balanceFen, feeFen = bpsOf(notesFen, it.issueFeeBps);
  fromInvestors(world, k, { amountFen: notesFen, feeFen, why: code.noteIssue, flow: "abs" });
  pay(world, held, owed, notesFen, code.noteIssue);
  addCost(funding, k, "abs", feeFen);
  funding.trusts.push({
    name,
    issuer: k,
    buckets,
    deal,
    terms: stated,
    closedOn: today.day,
    investedFen: poolFen,
    fixedPpm: -1,
    ...{ interestFen: 0, principalFen: 0, lostFen: 0, recoveredFen: 0 },
    boughtFen: [],
    nextPaymentDay: today.day + absPayDays,
    isEnded: false,
  });
}

/** A payment date: collections are passed to the trust, the waterfall runs, both ways are settled as one. */
function payNotes(world: World, trust: Trust): void {
  const { funding, chart, today, terms, recorder } = world;
  const k = trust.issuer, { deal } = trust, { state } = deal, day = terms.startEpoch + today.day;
  const [senior, mezzanine, originator] = state.tranches;
  const before = {
    notesFen: senior.balanceFen + mezzanine.balanceFen,
    interestFen: senior.interestPaidFen + mezzanine.interestPaidFen,
    inFen: state.cashInFen,
    outFen: state.cashOutFen,
    drawnFen: state.lines[0]?.everDrawnFen ?? 0,
    repaidFen: state.lines[0]?.everRepaidFen ?? 0,
    originatorFen: originator.principalPaidFen + originator.residualPaidFen + originator.interestPaidFen,
    boughtFen: state.purchasedFen,
  };
  const { interestFen, principalFen, lostFen, recoveredFen } = trust;
  trust.interestFen =
    trust.principalFen =
    trust.lostFen =
    trust.recoveredFen =
      0;
  const balanceFen = state.pool.balanceFen - principalFen - lostFen;
  deal.collect(day, {
    day,
    balanceFen,
    interestFen,
    principalFen,
    prepaymentFen: 0,
    defaultFen: lostFen,
    recoveryFen: recoveredFen,
  });
  const owedByShoppersFen = sumOver(funding.tally!.balanceFen, k, trust.buckets);
  state.buyableFen = Math.max(0, owedByShoppersFen - balanceFen);
  deal.pay(day);
  const boughtFen = state.purchasedFen - before.boughtFen;
  const drawnFen = (state.lines[0]?.everDrawnFen ?? 0) - before.drawnFen;
  const repaidFen = (state.lines[0]?.everRepaidFen ?? 0) - before.repaidFen;
  // All that came in but what the liquidity line lent is the issuer's to pass on: collections, and the price of a clean-up call.
  const passedFen = state.cashInFen - before.inFen - drawnFen;
  trust.boughtFen.push(boughtFen);
  trust.investedFen = state.pool.balanceFen;
  const originatorFen = originator.principalPaidFen + originator.residualPaidFen +
    originator.interestPaidFen - before.originatorFen;
  const principalPaidFen = before.notesFen - senior.balanceFen - mezzanine.balanceFen;
  const couponFen = senior.interestPaidFen + mezzanine.interestPaidFen - before.interestFen;
  // What else went out: the trustee's fee, and the line's interest.
  const feeFen = state.cashOutFen - before.outFen - boughtFen - originatorFen - principalPaidFen - couponFen -
    repaidFen;
  const netFen = passedFen - boughtFen - originatorFen;
  if (netFen > 0) {
    findCash(world, k, netFen);
    settleFlow(world, "abs", { payer: k, payee: firstBank, amountFen: netFen, why: code.collections });
    pay(world, chart.trusts[k], chart.deposits.owed, netFen, code.collections);
  } else {
    settleFlow(world, "abs", { payer: firstBank, payee: k, amountFen: -netFen, why: code.collections });
    pay(world, chart.deposits.owed, chart.trusts[k], -netFen, code.collections);
  }
  const line = chart.trustLines[k];
  if (line) {
    pay(world, chart.trusts[k], chart.deposits.owed, drawnFen, code.lineDraw);
    pay(world, line.held, line.owed, drawnFen, code.lineDraw);
  }
  pay(world, chart.lenders, chart.trusts[k], principalPaidFen + couponFen, code.notePayment);
  pay(world, chart.deposits.owed, chart.trusts[k], feeFen, code.fundingFee);
  if (line) {
    pay(world, chart.deposits.owed, chart.trusts[k], repaidFen, code.lineRepay);
    pay(world, line.owed, line.held, repaidFen, code.lineRepay);
  }
  const { owed, held } = chart.debts[k].abs!;
  pay(world, owed, held, principalPaidFen, code.notePayment);
  addCost(funding, k, "abs", couponFen + feeFen);
  funding.issuers[k].collectedFen += passedFen;
  record(recorder, today.day, `trustCollections.${issuers[k]}`, "money", passedFen);
  if (trust.fixedPpm < 0 && state.phase !== "revolving") {
    trust.fixedPpm = owedByShoppersFen > 0
      ? Math.round(1_000_000 * Math.min(1, state.pool.balanceFen / owedByShoppersFen))
      : 1_000_000;
    if (day < trust.deal.revolvingUntil) funding.earlyAmortisations++;
  }
  trust.nextPaymentDay += absPayDays;
  const isLast = day + absPayDays > deal.maturity;
  if (isLast || state.pool.balanceFen === 0 && deal.cashFen === 0) endTrust(world, trust);
}

/** The end of a trust: what notes are still owed is lost to those who hold them, and the accounts go back. */
function endTrust(world: World, trust: Trust): void {
  const { chart, funding } = world, k = trust.issuer, { tranches } = trust.deal.state;
  const { owed, held } = chart.debts[k].abs!;
  const lostFen = tranches[0].balanceFen + tranches[1].balanceFen;
  pay(world, owed, held, lostFen, code.noteLoss);
  const leftFen = trust.deal.cashFen;
  settleFlow(world, "abs", { payer: firstBank, payee: k, amountFen: leftFen, why: code.collections });
  pay(world, chart.deposits.owed, chart.trusts[k], leftFen, code.collections);
  const own = funding.issuers[k];
  own.noteLossFen += lostFen;
  own.newNoteLossFen += lostFen;
  // What the line is still owed is lost to its bank.
  const line = chart.trustLines[k];
  if (line) {
    const drawnFen = trust.deal.state.lines[0].drawnFen;
    pay(world, line.owed, line.held, drawnFen, code.noteLoss);
    own.noteLossFen += drawnFen;
    own.newNoteLossFen += drawnFen;
  }
  transferTo(world, k, { wanted: trust.buckets, owner: trust.name, to: issuers[k] });
  pledgeToLine(world, k, trust.buckets);
  trust.isEnded = true;
}
