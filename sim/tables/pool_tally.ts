// Receivables by hundredth of the accounts, as trusts on revolving accounts count them: what is owed, and what moved today.

import { buckets } from "#/model/funding/sources/rules.ts";
import { lineCount } from "./lines.ts";

/** What can happen to the receivables of an account in a day. */
export const movements = ["lent", "repaid", "refunded", "interest", "lost", "recovered"] as const;

/** By product · hundredths + hundredth, whole fen. */
export interface PoolTally {
  /** Principal owed at the last close. */
  balanceFen: Float64Array;
  /** Of that, what is too late to be lent on. */
  lateFen: Float64Array;
  /** What was lent, repaid, given back, collected of interest and fees, written off and recovered since. */
  lentFen: Float64Array;
  repaidFen: Float64Array;
  refundedFen: Float64Array;
  interestFen: Float64Array;
  lostFen: Float64Array;
  recoveredFen: Float64Array;
}

/** An empty tally. */
export function makePoolTally(): PoolTally {
  const column = () => new Float64Array(lineCount * buckets);
  return {
    balanceFen: column(),
    lateFen: column(),
    lentFen: column(),
    repaidFen: column(),
    refundedFen: column(),
    interestFen: column(),
    lostFen: column(),
    recoveredFen: column(),
  };
}

/** Where a line is counted. */
export const placeOf = (line: number): number =>
  line % lineCount * buckets + Math.floor(line / lineCount) % buckets;

/** Brings the balances to the day's end and forgets the day. */
export function rollPool(tally: PoolTally): void {
  const { balanceFen, lentFen, repaidFen, refundedFen, interestFen, lostFen, recoveredFen } = tally;
  for (let at = 0; at < balanceFen.length; at++) {
    balanceFen[at] += lentFen[at] - repaidFen[at] - refundedFen[at] - lostFen[at];
  }
  for (const column of [lentFen, repaidFen, refundedFen, interestFen, lostFen, recoveredFen]) column.fill(0);
}

/** The sum of a column over the accounts of an issuer from one hundredth to another, the last one left out. */
export function sumOfPart(
  column: Float64Array,
  { product, from, until }: { product: number; from: number; until: number },
): number {
  let sum = 0;
  for (let at = product * buckets + from; at < product * buckets + until; at++) sum += column[at];
  return sum;
}
