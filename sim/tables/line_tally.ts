// One look at every line when the day closes: the sums that the books must meet, and the counts of the daily record.

import { bucketOf, buckets } from "#/model/credit/delinquency.ts";
import { amounts, lineCount, type Lines, lineState } from "./lines.ts";
import { never, type Shoppers } from "./shoppers.ts";

/** What one look at all lines finds; arrays are by product. */
export interface LineTally {
  /** Sums of each amount: product · amounts + place of the amount. */
  sumFen: Float64Array;
  users: Float64Array;
  active: Float64Array;
  activeBalanceFen: Float64Array;
  /** Balance by bucket: product · buckets + bucket. */
  bucketFen: Float64Array;
  holders: number;
  overIndebted: number;
  inHardship: number;
  /** Sum of all monthly incomes, whole fen. */
  incomesFen: number;
}

/** Adds up all lines. `activityDays`: used within so many days counts as active; burden in bps of monthly income. */
export function tallyLines(
  lines: Lines,
  shoppers: Shoppers,
  { day, activityDays, overIndebtedBurdenBps }: {
    day: number;
    activityDays: number;
    overIndebtedBurdenBps: number;
  },
): LineTally {
  const found: LineTally = {
    sumFen: new Float64Array(lineCount * amounts),
    users: new Float64Array(lineCount),
    active: new Float64Array(lineCount),
    activeBalanceFen: new Float64Array(lineCount),
    bucketFen: new Float64Array(lineCount * buckets.length),
    holders: 0,
    overIndebted: 0,
    inHardship: 0,
    incomesFen: 0,
  };
  const { fen, state, lastUse, oldestDue } = lines;
  const { hardshipUntil, incomeFen, count } = shoppers;
  const { sumFen, users, active, activeBalanceFen, bucketFen } = found;
  const burden = overIndebtedBurdenBps / 10_000;
  let holders = 0, overIndebted = 0, inHardship = 0, incomesFen = 0;
  for (let i = 0, line = 0; i < count; i++) {
    let owedFen = 0, holds = 0;
    for (let p = 0; p < lineCount; p++, line++) {
      const at = line * amounts, sum = p * amounts;
      const limit = fen[at], reserved = fen[at + 1], open = fen[at + 2], plan = fen[at + 3];
      const billed = fen[at + 4], overdue = fen[at + 5], fees = fen[at + 6], bridged = fen[at + 7];
      // Most lines were never opened: nothing on them, nothing to add.
      const empty = (limit | reserved | open | plan | billed | overdue | fees | bridged) === 0;
      if (empty && state[line] !== lineState.active) continue;
      sumFen[sum] += limit;
      sumFen[sum + 2] += open;
      sumFen[sum + 3] += plan;
      // On most lines and days these are all zero.
      if ((reserved | billed | overdue | fees | bridged) !== 0) {
        sumFen[sum + 1] += reserved;
        sumFen[sum + 4] += billed;
        sumFen[sum + 5] += overdue;
        sumFen[sum + 6] += fees;
        sumFen[sum + 7] += bridged;
      }
      if (state[line] !== lineState.active) continue;
      const balanceFen = open + plan + billed + overdue, oldest = oldestDue[line];
      holds = 1;
      owedFen += balanceFen;
      users[p]++;
      // The exceptions are counted; the rule is what is left of the sums.
      if (day - lastUse[line] > activityDays) {
        active[p]--;
        activeBalanceFen[p] -= balanceFen;
      }
      if (oldest !== never) bucketFen[p * buckets.length + bucketOf(day - oldest)] += balanceFen;
    }
    holders += holds;
    if (owedFen > incomeFen[i] * burden) overIndebted++;
    incomesFen += incomeFen[i];
    if (hardshipUntil[i] >= day) inHardship++;
  }
  for (let p = 0; p < lineCount; p++) {
    const at = p * amounts, first = p * buckets.length;
    const balanceFen = sumFen[at + 2] + sumFen[at + 3] + sumFen[at + 4] + sumFen[at + 5];
    let lateFen = 0;
    for (let b = 1; b < buckets.length; b++) lateFen += bucketFen[first + b];
    active[p] += users[p];
    activeBalanceFen[p] += balanceFen;
    bucketFen[first] = balanceFen - lateFen;
  }
  return { ...found, holders, overIndebted, inHardship, incomesFen };
}
