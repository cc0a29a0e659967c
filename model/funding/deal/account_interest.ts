// What the accounts of a deal earn between its days.

import type { AccountState, DealState } from "./state.ts";
import { wholeFen } from "./money.ts";

/** What accounts earn until today; balances move on days of events only. */
export function earn(state: DealState): void {
  for (const account of state.accounts) {
    if (!account.interest) continue;
    account.earned += account.balanceFen * rateOver(account, state.day);
  }
}

/** The share of its balance that an account earns from when it was last looked at until a day. */
function rateOver(account: AccountState, day: number): number {
  const { basis, steps } = account.interest!;
  let from = account.earnedTo, sum = 0;
  for (const step of steps) {
    if (step.day > day) break;
    if (step.day >= from) {
      sum += account.interestRate * (step.day - from);
      from = step.day;
    }
    account.interestRate = step.rate;
  }
  account.earnedTo = day;
  return (sum + account.interestRate * (day - from)) / basis;
}

/** Adds what accounts have earned to them. */
export function credit(state: DealState): void {
  for (const account of state.accounts) {
    if (!account.interest) continue;
    const fen = wholeFen(account.earned);
    account.earned = 0;
    account.balanceFen += fen;
    state.cashInFen += fen;
  }
}
