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
  /** By rail and hour: the most that waited, the most money in use, what that would earn elsewhere, minutes of gridlock. */
  queuePeakFen: Float64Array;
  liquidityPeakFen: Float64Array;
  liquidityCostFen: Float64Array;
  gridlockMinutes: Float64Array;
  /** All that entered, and the sums of participants' nets above zero, each hour of each day for itself. */
  grossFen: Float64Array;
  netFen: Float64Array;
  /** Nets of the open day: place (rail · 24 + hour) · participants + participant. */
  dayNetFen: Float64Array;
  /** The hour that clearing has reached, and the minute up to which the day has been read. */
  hour: number;
  gaugedMinute: number;
  /** What card clearing has taken today: participants' nets, and in all. */
  cardFen: Float64Array;
  cardGrossFen: number;
  /** Scratch of the search for rings. */
  isStuck: Uint8Array;
}

/** Allocates empty sums for some participants. */
export function makeRailTally(participants: number): RailTally {
  const cells = railNames.length * hours;
  return {
    payments: new Float64Array(cells),
    valueFen: new Float64Array(cells),
    delayFenMinutes: new Float64Array(cells),
    failed: new Float64Array(cells),
    queuePeakFen: new Float64Array(cells),
    liquidityPeakFen: new Float64Array(cells),
    liquidityCostFen: new Float64Array(cells),
    gridlockMinutes: new Float64Array(cells),
    grossFen: new Float64Array(cells),
    netFen: new Float64Array(cells),
    dayNetFen: new Float64Array(cells * participants),
    ...{ hour: 0, gaugedMinute: 0, cardGrossFen: 0 },
    cardFen: new Float64Array(participants),
    isStuck: new Uint8Array(participants),
  };
}
