// A sample of the loans granted each month, followed to the end: the vintages behind the curves of a static pool.
//
// A line is paid as a whole, so a loan's lateness follows from its line: a loan whose last due day lay before the line's
// oldest unpaid one has been paid; any other is late since the later of that day and its own first due day.

import { bucketOf } from "#/model/credit/delinquency.ts";
import { lineCount, type Lines, lineState } from "./lines.ts";
import { never } from "./shoppers.ts";

/** Loans of one product and month that are followed, in the order in which they were granted. */
export interface Vintage {
  /** Months from the run's first to the month of granting. */
  month: number;
  length: number;
  line: Uint32Array;
  amountFen: Uint32Array;
  firstDue: Int16Array;
  lastDue: Int16Array;
  /** The bucket at the last month's end, and the worst at any. */
  bucket: Uint8Array;
  worst: Uint8Array;
  /** Loans granted, sampled or not, and their sum. */
  loans: number;
  lentFen: number;
  sampledFen: number;
  /** Of what is sampled, by month on book from 0: the part that was ever 30+ and ever 90+ days past due. */
  late30Fen: number[];
  late90Fen: number[];
}

/** All vintages of a run, by product. */
export interface SampledLoans {
  /** Each so-many-th loan of a product is followed. */
  every: number;
  vintages: Vintage[][];
}

/** How many loans of a month and product are followed at most, about. */
const room = 20_000;

/** Vintages of a run that grants about so many loans a month and product. */
export function allocateSampledLoans({ loansPerMonth }: { loansPerMonth: number }): SampledLoans {
  return {
    every: Math.max(1, Math.ceil(loansPerMonth / room)),
    vintages: Array.from({ length: lineCount }, () => []),
  };
}

/** Enters a loan that was granted in a month of the run; returns its vintage where it is followed: the last row wants its due days. */
export function enterLoan(
  sampled: SampledLoans,
  loan: { line: number; amountFen: number },
  month: number,
): Vintage | null {
  const list = sampled.vintages[loan.line % lineCount];
  let vintage = list[list.length - 1];
  if (!vintage || vintage.month !== month) list.push(vintage = blankVintage(month));
  vintage.lentFen += loan.amountFen;
  if (vintage.loans++ % sampled.every !== 0) return null;
  if (vintage.length === vintage.line.length) grow(vintage);
  vintage.line[vintage.length] = loan.line;
  vintage.amountFen[vintage.length] = loan.amountFen;
  vintage.sampledFen += loan.amountFen;
  vintage.length++;
  return vintage;
}

/** Looks at all followed loans at a month's end and adds one month to each curve. */
export function observeLoans(sampled: SampledLoans, lines: Lines, day: number): void {
  for (const list of sampled.vintages) {
    for (const vintage of list) {
      let late30Fen = 0, late90Fen = 0;
      for (let k = 0; k < vintage.length; k++) {
        const line = vintage.line[k];
        const oldest = lines.oldestDue[line];
        let bucket = 0;
        // What was late a month ago and is written off now was lost with its line.
        if (lines.state[line] === lineState.writtenOff) bucket = vintage.bucket[k] > 0 ? 4 : 0;
        else if (oldest !== never && oldest <= vintage.lastDue[k]) {
          bucket = bucketOf(day - Math.max(oldest, vintage.firstDue[k]));
        }
        vintage.bucket[k] = bucket;
        const worst = vintage.worst[k] = Math.max(vintage.worst[k], bucket);
        if (worst >= 2) late30Fen += vintage.amountFen[k];
        if (worst >= 4) late90Fen += vintage.amountFen[k];
      }
      vintage.late30Fen.push(late30Fen);
      vintage.late90Fen.push(late90Fen);
    }
  }
}

function blankVintage(month: number): Vintage {
  return {
    month,
    length: 0,
    line: new Uint32Array(256),
    amountFen: new Uint32Array(256),
    firstDue: new Int16Array(256),
    lastDue: new Int16Array(256),
    bucket: new Uint8Array(256),
    worst: new Uint8Array(256),
    loans: 0,
    lentFen: 0,
    sampledFen: 0,
    late30Fen: [],
    late90Fen: [],
  };
}

function grow(vintage: Vintage): void {
  const size = vintage.line.length * 2;
  const enlarge = <T extends { set(from: T): void }>(old: T, fresh: T): T => {
    fresh.set(old);
    return fresh;
  };
  vintage.line = enlarge(vintage.line, new Uint32Array(size));
  vintage.amountFen = enlarge(vintage.amountFen, new Uint32Array(size));
  vintage.firstDue = enlarge(vintage.firstDue, new Int16Array(size));
  vintage.lastDue = enlarge(vintage.lastDue, new Int16Array(size));
  vintage.bucket = enlarge(vintage.bucket, new Uint8Array(size));
  vintage.worst = enlarge(vintage.worst, new Uint8Array(size));
}
