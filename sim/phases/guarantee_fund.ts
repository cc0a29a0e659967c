// The guarantee fund: both issuers pay in, its money stands in trust with the operator, losses are paid from it while it lasts.
//
// What an issuer paid in stays its own until a loss takes it, so each has an account of its own in the fund.

import { monthEnds } from "#/model/units/calendar.ts";
import { bpsOf } from "#/model/units/units.ts";
import { apportion } from "#/model/sharing/apportion.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { pay, type World } from "#/sim/world.ts";
import { freeFen, issuerAt } from "./channel.ts";

/** Whether there is a fund in this scenario. */
export const hasFund = ({ terms: { jointLosses: { fund } } }: World): boolean =>
  fund.contributionBps > 0 || fund.upFrontFen > 0;

/** What each issuer owes the fund today, paid as far as cash goes; the rest stays due. */
export function payContributions(world: World): void {
  const { joint: { treaties, fund: state }, terms: { jointLosses: { fund } }, today } = world;
  if (today.day === 0) {
    const halves = apportion(fund.upFrontFen, [1, 1]);
    for (let k = 0; k < 2; k++) state.dueFen[k][k] += halves[k];
  }
  for (const [p, { grantedFen }] of treaties.entries()) {
    state.dueFen[issuerAt[p]][issuerAt[p]] += bpsOf(grantedFen, fund.contributionBps);
  }
  for (let payer = 0; payer < 2; payer++) {
    for (let whose = 0; whose < 2; whose++) {
      const paidFen = Math.min(state.dueFen[payer][whose], freeFen(world, payer));
      if (paidFen === 0) continue;
      pay(world, world.chart.guaranteeFund[whose], world.chart.settle[payer], paidFen, code.fundContribution);
      state.dueFen[payer][whose] -= paidFen;
      state.fen[whose] += paidFen;
    }
  }
  state.peakFen = Math.max(state.peakFen, state.fen[0] + state.fen[1]);
}

/** Pays a lender from the fund: `row` whose money goes, lender first. */
export function drawFromFund(world: World, lender: number, row: readonly number[]): void {
  const { chart, joint: { fund } } = world;
  for (const [i, amountFen] of row.entries()) {
    const whose = i === 0 ? lender : 1 - lender;
    pay(world, chart.settle[lender], chart.guaranteeFund[whose], amountFen, code.fundPayout);
    fund.fen[whose] -= amountFen;
    fund.drawnFen += amountFen;
  }
}

/** A recovery comes back to the fund: the lender owes it to those whose money was taken. */
export function owedToFund({ joint: { fund } }: World, lender: number, row: readonly number[]): void {
  for (const [i, amountFen] of row.entries()) {
    fund.dueFen[lender][i === 0 ? lender : 1 - lender] += amountFen;
    fund.drawnFen -= amountFen;
  }
}

/** At month ends what is above the target goes back; on the last day of a run all does. */
export function returnFund(world: World): void {
  const { chart, ledger, today, terms, joint: { fund } } = world;
  const isLast = today.day === terms.days - 1;
  if (isLast || monthEnds(today.date)) {
    const bookFen = chart.products.reduce(
      (sum, { loansBridged }) => sum + ledger.balanceFen(loansBridged),
      0,
    );
    const { upFrontFen, targetBps } = terms.jointLosses.fund;
    const targetFen = isLast ? 0 : Math.max(upFrontFen, bpsOf(bookFen, targetBps));
    const excessFen = fund.fen[0] + fund.fen[1] - targetFen;
    if (excessFen > 0) {
      for (const [k, amountFen] of apportion(excessFen, fund.fen).entries()) {
        pay(world, chart.settle[k], chart.guaranteeFund[k], amountFen, code.fundReturn);
        fund.fen[k] -= amountFen;
      }
    }
  }
  record(world.recorder, today.day, "guaranteeFund", "money", fund.fen[0] + fund.fen[1]);
}
