// Credit lines: one row for each person and product, whether open or not. Row = person · products + product.

import type { Fen } from "#/model/units/units.ts";
import { products } from "#/model/names.ts";
import { never } from "./shoppers.ts";

/** Products per person. */
export const lineCount = products.length;

/** Amounts of a line, in their order in `fen`. */
export const amountNames = [
  "limit",
  "reserved",
  "open",
  "plan",
  "billed",
  "overdue",
  "fees",
  "bridged",
] as const;
/** How many amounts a line has. */
export const amounts = 8;
/** Place of the limit in force. */
export const limitAt = (line: number): number => line * amounts;
/** Place of what is promised to purchases not yet through clearing; zero when the day closes. */
export const reservedAt = (line: number): number => line * amounts + 1;
/** Place of pay-later purchases, not billed. */
export const openAt = (line: number): number => line * amounts + 2;
/** Place of the principal of instalment plans that is not yet due. */
export const planAt = (line: number): number => line * amounts + 3;
/** Place of what is billed and waits for the due day. */
export const billedAt = (line: number): number => line * amounts + 4;
/** Place of what is past due. */
export const overdueAt = (line: number): number => line * amounts + 5;
/** Place of interest and late fees that are owed. */
export const feesAt = (line: number): number => line * amounts + 6;
/** Place of the part of the principal that was lent across platforms. */
export const bridgedAt = (line: number): number => line * amounts + 7;

/** States of a line. */
export const lineState = { none: 0, active: 1, refused: 2, left: 3, writtenOff: 4 } as const;

/** The columns of lines; amounts in whole fen. */
export interface Lines {
  count: number;
  state: Uint8Array;
  /** Score in points, as the deciding issuer sees it. */
  points: Int16Array;
  since: Int16Array;
  lastUse: Int16Array;
  /** The first day of the present arrears, or `never`. */
  oldestDue: Int16Array;
  onTime: Uint8Array;
  late: Uint8Array;
  /** What is usually paid with it, as its issuer has seen: a running mean of purchases, whole fen. */
  usualFen: Uint32Array;
  /** Wants in the last month that the line would have served, had it been held. */
  misses: Uint8Array;
  /** Large purchases in the present window, and the day on which it began. */
  largeCount: Uint8Array;
  largeSince: Int16Array;
  /** The share of the limit that is on hold, bps, and its last day. */
  frozenBps: Uint16Array;
  frozenUntil: Int16Array;
  /** The last day on which a notice that makes use likelier is in mind, and an offer of instalments. */
  promptedUntil: Int16Array;
  offeredUntil: Int16Array;
  /** The stage of collection that a line in arrears has come to, as a place in `stages`; stale on a line that is not late. */
  stage: Uint8Array;
  /** The worst bucket that the bureau has on file, and the last day on which it held; read by `worstReported`. */
  worstReported: Uint8Array;
  reportedOn: Int16Array;
  /** Where the line stood at the last month's end, and what was allowed for its loss then; see `phases/provide.ts`. */
  monthState: Uint8Array;
  allowanceFen: Uint32Array;
  /** A written-off claim that found no buyer: what is still owed, and the part lent across platforms in 1/255. */
  claimFen: Uint32Array;
  claimBridged: Uint8Array;
  /** All amounts of a line side by side, so that one purchase touches one stretch of memory; see `limitAt` …
   * Whole fen below CNY 42 m: the schema bounds limits, and a sum that ran over would not reconcile. */
  fen: Uint32Array;
  /** First instalment plan of the line, or −1. */
  firstLoan: Int32Array;
}

/** Allocates the lines of a number of people. */
export function allocateLines(people: number): Lines {
  const count = people * lineCount;
  return {
    count,
    state: new Uint8Array(count),
    points: new Int16Array(count),
    since: new Int16Array(count).fill(never),
    lastUse: new Int16Array(count).fill(never),
    oldestDue: new Int16Array(count).fill(never),
    onTime: new Uint8Array(count),
    late: new Uint8Array(count),
    usualFen: new Uint32Array(count),
    misses: new Uint8Array(count),
    largeCount: new Uint8Array(count),
    largeSince: new Int16Array(count).fill(never),
    frozenBps: new Uint16Array(count),
    frozenUntil: new Int16Array(count).fill(never),
    promptedUntil: new Int16Array(count).fill(never),
    offeredUntil: new Int16Array(count).fill(never),
    stage: new Uint8Array(count),
    worstReported: new Uint8Array(count),
    reportedOn: new Int16Array(count).fill(never),
    monthState: new Uint8Array(count).fill(255),
    allowanceFen: new Uint32Array(count),
    claimFen: new Uint32Array(count),
    claimBridged: new Uint8Array(count),
    fen: new Uint32Array(count * amounts),
    firstLoan: new Int32Array(count).fill(-1),
  };
}

/** Everything lent and not repaid on a line. */
export function principalFen(lines: Lines, line: number): Fen {
  const { fen } = lines, at = openAt(line);
  return fen[at] + fen[at + 1] + fen[at + 2] + fen[at + 3];
}

/**
 * Takes a repayment off the part that was lent across platforms: in proportion, rounded to the fen.
 * Returns that part. Call it before the principal is lowered.
 */
export function repayBridged(lines: Lines, line: number, repaidFen: Fen): Fen {
  const bridgedFen = lines.fen[bridgedAt(line)];
  if (bridgedFen === 0) return 0;
  const owedFen = principalFen(lines, line);
  const partFen = repaidFen >= owedFen ? bridgedFen : Math.round(bridgedFen * (repaidFen / owedFen));
  lines.fen[bridgedAt(line)] = bridgedFen - partFen;
  return partFen;
}
