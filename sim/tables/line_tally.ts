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
  };
  const { fen, state, lastUse, oldestDue } = lines;
  const { hardshipUntil, incomeFen, count } = shoppers;
  const { sumFen, users, active, activeBalanceFen, bucketFen } = found;
  let holders = 0, overIndebted = 0, inHardship = 0;
  for (let i = 0, line = 0; i < count; i++) {
    let owedFen = 0, holds = false;
    for (let p = 0; p < lineCount; p++, line++) {
      const at = line * amounts, sum = p * amounts;
      const limit = fen[at], reserved = fen[at + 1], open = fen[at + 2], plan = fen[at + 3];
      const billed = fen[at + 4], overdue = fen[at + 5], fees = fen[at + 6], bridged = fen[at + 7];
      // Most lines were never opened: nothing on them, nothing to add.
      if ((limit | reserved | open | plan | billed | overdue | fees | bridged) === 0) continue;
      sumFen[sum] += limit;
      sumFen[sum + 1] += reserved;
      sumFen[sum + 2] += open;
      sumFen[sum + 3] += plan;
      sumFen[sum + 4] += billed;
      sumFen[sum + 5] += overdue;
      sumFen[sum + 6] += fees;
      sumFen[sum + 7] += bridged;
      if (state[line] !== lineState.active) continue;
      const balanceFen = open + plan + billed + overdue, oldest = oldestDue[line];
      holds = true;
      owedFen += balanceFen;
      users[p]++;
      if (day - lastUse[line] <= activityDays) {
        active[p]++;
        activeBalanceFen[p] += balanceFen;
      }
      bucketFen[p * buckets.length + bucketOf(oldest === never ? 0 : day - oldest)] += balanceFen;
    }
    if (holds) {
      holders++;
      if (owedFen * 10_000 > incomeFen[i] * overIndebtedBurdenBps) overIndebted++;
    }
    if (hardshipUntil[i] >= day) inHardship++;
  }
  return { ...found, holders, overIndebted, inHardship };
}
