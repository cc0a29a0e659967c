// Joint loans: each day the banks put up their part of new credit on the accounts that are lent on jointly, and take theirs.

import { jointDay } from "#/model/funding/sources/joint_loan.ts";
import type { Fen } from "#/model/units/units.ts";
import { addCost } from "#/sim/funding.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { lawfulBankPartBps } from "#/sim/leverage.ts";
import { pay, type World } from "#/sim/world.ts";
import { sumOver } from "./pledge.ts";
import { fromBanks, toBanks } from "./settle_funding.ts";
import { issuers } from "./treasury.ts";

/** What joint loans move today, under the banks' part of new credit; undefined where there are none. */
function dayOf(
  { funding, terms, chart, ledger }: World,
  k: number,
  contributionBps = (_lentFen: Fen, wishBps: number) => wishBps,
): ReturnType<typeof jointDay> | undefined {
  const accounts = chart.debts[k].jointLoan, tally = funding.tally, own = funding.issuers[k];
  if (!accounts || !tally) return undefined;
  const over = (column: Float64Array) => sumOver(column, k, own.jointBuckets);
  const lentFen = over(tally.lentFen), it = terms.funding[k].jointLoan;
  return jointDay({
    balanceFen: over(tally.balanceFen),
    banksFen: -ledger.balanceFen(accounts.owed),
    lentFen,
    backFen: over(tally.repaidFen) + over(tally.refundedFen),
    interestFen: over(tally.interestFen),
    lostFen: over(tally.lostFen),
    recoveredFen: over(tally.recoveredFen),
  }, { ...it, contributionBps: contributionBps(lentFen, it.contributionBps) });
}

/** What the banks bear of an issuer's losses today by their contribution, and what of recoveries is theirs, before any rule. */
export function banksBear(world: World, k: number): { lossFen: Fen; recoveredFen: Fen } {
  const day = dayOf(world, k);
  return { lossFen: day?.lostFen ?? 0, recoveredFen: day?.recoveredFen ?? 0 };
}

/** Settles the day of joint loans; the banks bear their part of losses themselves. */
export function lendJointly(world: World, k: number): void {
  const { funding, chart, today, recorder } = world, own = funding.issuers[k];
  const accounts = chart.debts[k].jointLoan,
    day = dayOf(
      world,
      k,
      (lentFen, wishBps) => lawfulBankPartBps(world, k, { lentFen, wishBps }),
    );
  if (!accounts || !day) return;
  pay(world, accounts.owed, accounts.held, day.lostFen, code.jointLoss);
  own.bankLossFen += day.lostFen - day.recoveredFen;
  const costFen = day.interestFen - day.feeFen;
  addCost(funding, k, "jointLoan", costFen);
  // What both owe each other is settled as one.
  const netFen = day.givenFen - day.backFen - costFen - day.recoveredFen;
  const gotFen = netFen > 0 ? fromBanks(world, k, netFen, code.jointLoan) : netFen;
  if (netFen < 0) toBanks(world, k, -netFen, code.jointLoan);
  const givenFen = day.givenFen - (netFen - gotFen);
  if (givenFen > day.backFen) {
    pay(world, accounts.held, accounts.owed, givenFen - day.backFen, code.jointLoan);
  } else pay(world, accounts.owed, accounts.held, day.backFen - givenFen, code.jointLoan);
  record(recorder, today.day, `bankLoss.${issuers[k]}`, "money", day.lostFen - day.recoveredFen);
}
