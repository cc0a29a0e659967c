// Breaks between the files of two platforms: what is open, first found first worked off, and the money in dispute.

import type { Day, Fen } from "#/model/units/units.ts";

/** Open breaks in the order in which they were found, as columns, and what they hold. */
export interface Breaks {
  /** Day on which each was found, the platform whose money is in dispute, and how much of it is held. */
  day: number[];
  platform: number[];
  heldFen: Fen[];
  /** The first that is still open. */
  first: number;
  /** Capacity left from days on which less than a whole break could be worked off. */
  capacity: number;
  foundSoFar: number;
  workedOffSoFar: number;
  /** Sum of days that those worked off were open. */
  daysOpenSoFar: number;
  /** Cost since the start, paid or not, and what of it is not paid, by platform. */
  incurredFen: Fen;
  dueFen: Float64Array;
}

/** No breaks. */
export function makeBreaks(platforms: number): Breaks {
  return {
    ...{ day: [], platform: [], heldFen: [], first: 0, capacity: 0 },
    ...{ foundSoFar: 0, workedOffSoFar: 0, daysOpenSoFar: 0, incurredFen: 0 },
    dueFen: new Float64Array(platforms),
  };
}

/** How many are open. */
export const openBreaks = ({ day, first }: Breaks): number => day.length - first;

/** How many days those that are open have been open, on average; 0 where none is. */
export function meanAge({ day, first }: Breaks, today: Day): number {
  let sum = 0;
  for (let k = first; k < day.length; k++) sum += today - day[k];
  return first < day.length ? sum / (day.length - first) : 0;
}

/** A break is found. */
export function pushBreak(
  it: Breaks,
  day: Day,
  { platform, heldFen }: { platform: number; heldFen: Fen },
): void {
  it.day.push(day);
  it.platform.push(platform);
  it.heldFen.push(heldFen);
  it.foundSoFar++;
}

/** Takes the oldest open break out; what has been worked off is forgotten from time to time. */
export function shiftBreak(it: Breaks): { day: Day; platform: number; heldFen: Fen } {
  const { first } = it;
  const taken = { day: it.day[first], platform: it.platform[first], heldFen: it.heldFen[first] };
  it.first++;
  if (it.first > 1_024 && it.first * 2 > it.day.length) {
    for (const column of [it.day, it.platform, it.heldFen]) column.splice(0, it.first);
    it.first = 0;
  }
  return taken;
}

/** Money in dispute of a platform. */
export function disputedFen({ platform, heldFen, first }: Breaks, of: number): Fen {
  let sum = 0;
  for (let k = first; k < platform.length; k++) if (platform[k] === of) sum += heldFen[k];
  return sum;
}
