// What each rail carried, by hour of the day, summed over the days of a run.

import { rails } from "#/model/clearing/rails/registry.ts";

/** The rails in the order of their numbers. */
export const railNames = Object.keys(rails) as (keyof typeof rails)[];
/** Hours of a day. */
export const hours = 24;

/** Sums by rail and hour: place rail · 24 + hour. */
export interface RailTally {
  /** Payments and their amount, by the hour of entry. */
  payments: Float64Array;
  valueFen: Float64Array;
  /** Fen times minutes from entry to finality. */
  delayFenMinutes: Float64Array;
  /** Calls that the rail refused for technical reasons. */
  failed: Float64Array;
  /** The bridge's alone, by hour: the most that waited, the most liquidity in use, minutes of gridlock. */
  queuePeakFen: Float64Array;
  liquidityPeakFen: Float64Array;
  gridlockMinutes: Float64Array;
}

/** Allocates empty sums. */
export function makeRailTally(): RailTally {
  const cells = railNames.length * hours;
  return {
    payments: new Float64Array(cells),
    valueFen: new Float64Array(cells),
    delayFenMinutes: new Float64Array(cells),
    failed: new Float64Array(cells),
    queuePeakFen: new Float64Array(hours),
    liquidityPeakFen: new Float64Array(hours),
    gridlockMinutes: new Float64Array(hours),
  };
}
