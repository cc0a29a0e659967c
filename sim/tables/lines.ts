// Credit lines: one row for each person and product, whether open or not. Row = person · products + product.

import type { Fen } from "#/model/units/units.ts";
import { products } from "#/model/names.ts";
import { never } from "./shoppers.ts";

/** Products per person. */
export const lineCount = products.length;

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
  /** Wants in the last month that the line would have served, had it been held. */
  misses: Uint8Array;
  limitFen: Float64Array;
  /** Promised to purchases that are not through clearing; zero when the day closes. */
  reservedFen: Float64Array;
  /** Pay-later purchases, not billed. */
  openFen: Float64Array;
  /** Principal of instalment plans, not yet due. */
  planFen: Float64Array;
  /** Billed, waiting for the due day. */
  billedFen: Float64Array;
  /** Past due. */
  overdueFen: Float64Array;
  /** Interest and late fees that are owed. */
  feesFen: Float64Array;
  /** The part of the principal that was lent across platforms. */
  bridgedFen: Float64Array;
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
    misses: new Uint8Array(count),
    limitFen: new Float64Array(count),
    reservedFen: new Float64Array(count),
    openFen: new Float64Array(count),
    planFen: new Float64Array(count),
    billedFen: new Float64Array(count),
    overdueFen: new Float64Array(count),
    feesFen: new Float64Array(count),
    bridgedFen: new Float64Array(count),
    firstLoan: new Int32Array(count).fill(-1),
  };
}

/** Everything lent and not repaid on a line. */
export function principalFen(lines: Lines, line: number): Fen {
  return lines.openFen[line] + lines.planFen[line] + lines.billedFen[line] + lines.overdueFen[line];
}

/**
 * Takes a repayment off the part that was lent across platforms: in proportion, rounded to the fen.
 * Returns that part. Call it before the principal is lowered.
 */
export function repayBridged(lines: Lines, line: number, repaidFen: Fen): Fen {
  const bridgedFen = lines.bridgedFen[line];
  if (bridgedFen === 0) return 0;
  const owedFen = principalFen(lines, line);
  const partFen = repaidFen >= owedFen ? bridgedFen : Math.round(bridgedFen * (repaidFen / owedFen));
  lines.bridgedFen[line] = bridgedFen - partFen;
  return partFen;
}
