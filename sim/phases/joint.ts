// Joint loans: each day the banks put up their part of new credit on the accounts that are lent on jointly, and take theirs.

import { jointDay } from "#/model/funding/sources/joint_loan.ts";
import { addCost } from "#/sim/funding.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { lawfulBankPartBps } from "#/sim/leverage.ts";
import { pay, type World } from "#/sim/world.ts";
import { sumOver } from "./pledge.ts";
import { fromBanks, toBanks } from "./settle_funding.ts";
import { issuers } from "./treasury.ts";

/** Settles the day of joint loans; the banks bear their part of losses themselves. */
export function lendJointly(world: World, k: number): void {
  const { funding, terms, chart, ledger, today, recorder } = world;
  const accounts = chart.debts[k].jointLoan, tally = funding.tally, own = funding.issuers[k];
  if (!accounts || !tally) return;
  const over = (column: Float64Array) => sumOver(column, k, own.jointBuckets);
  const banksFen = -ledger.balanceFen(accounts.owed);
  const lentFen = over(tally.lentFen), it = terms.funding[k].jointLoan;
  const contributionBps = lawfulBankPartBps(world, k, { lentFen, wishBps: it.contributionBps });
  const day = jointDay({
    balanceFen: over(tally.balanceFen),
    banksFen,
    lentFen,
    backFen: over(tally.repaidFen) + over(tally.refundedFen),
    interestFen: over(tally.interestFen),
    lostFen: over(tally.lostFen),
    recoveredFen: over(tally.recoveredFen),
  }, { ...it, contributionBps });
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
