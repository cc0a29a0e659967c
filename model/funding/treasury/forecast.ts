// The cash forecast: what comes back of the book by the habits of its borrowers, what new credit takes, what falls due.

/**
 * What was learned of a book. Place 0: new credit of a day whose demand is 1; places 1 to 31: the share of the book that comes
 * back on that day of the month.
 */
export type Habits = Float64Array;

/** Places of {@link Habits}. */
export const habitPlaces = 32;

/** Habits before anything was seen: a book that comes back evenly within so many days. */
export function blankHabits(into: Habits, lifeDays: number): Habits {
  into.fill(1 / lifeDays);
  into[0] = 0;
  return into;
}

/** A day as a treasury has seen it; amounts in one unit. */
export interface SeenDay {
  dayOfMonth: number;
  demand: number;
  /** The book of the evening before, what came back of it, and new credit. */
  balance: number;
  back: number;
  lent: number;
  /** The share of new credit that was granted: what was lent on a throttled day is less than what would have been. */
  grantedShare: number;
}

/** Days on which less was granted say too little of what people want. */
const leastGranted = 0.2;

/**
 * Learns from a day, in place: the new sight of a day of the month counts by `weight`, of new credit by a quarter of it, as it is
 * seen every day.
 *
 * @example
 * ```ts
 * import { blankHabits, habitPlaces, learn } from "#/model/funding/treasury/forecast.ts";
 * import assert from "node:assert/strict";
 * const habits = blankHabits(new Float64Array(habitPlaces), 40);
 * learn(habits, { dayOfMonth: 9, demand: 2, balance: 1_000, back: 225, lent: 80, grantedShare: 1 }, 0.5);
 * assert.equal(habits[9], 0.125);
 * assert.equal(habits[0], 40);
 * ```
 */
export function learn(habits: Habits, seen: SeenDay, weight: number): void {
  const { dayOfMonth, demand, balance, back, lent, grantedShare } = seen;
  if (balance > 0) {
    habits[dayOfMonth] += weight * (Math.max(0, Math.min(1, back / balance)) - habits[dayOfMonth]);
  }
  if (grantedShare > leastGranted && demand > 0) {
    const usual = Math.max(0, lent) / grantedShare / demand;
    habits[0] += (habits[0] === 0 ? 1 : weight / 4) * (usual - habits[0]);
  }
}

/** What is supposed of the days ahead. */
export interface Ahead {
  /** The book tonight. */
  balance: number;
  /** By day ahead, from tomorrow: day of month and demand. */
  dayOfMonth: ArrayLike<number>;
  demand: ArrayLike<number>;
  /** Shares of what is usual: what comes back, and new credit that is granted. 1 and 1 without stress. */
  backFactor: number;
  lentFactor: number;
}

/**
 * The net cash of the coming days: what comes back less what is lent. What is lent comes back in turn.
 *
 * Shapes: so many days as `into` is long; the result is `into`.
 *
 * @example
 * ```ts
 * import { blankHabits, forecastNet, habitPlaces } from "#/model/funding/treasury/forecast.ts";
 * import assert from "node:assert/strict";
 * const habits = blankHabits(new Float64Array(habitPlaces), 10);
 * habits[0] = 50;
 * const ahead = { balance: 1_000, dayOfMonth: [1, 2], demand: [1, 2], backFactor: 1, lentFactor: 1 };
 * assert.deepEqual([...forecastNet(habits, ahead, new Float64Array(2))], [50, -5]);
 * ```
 */
export function forecastNet(habits: Habits, ahead: Ahead, into: Float64Array): Float64Array {
  let balance = ahead.balance;
  for (let h = 0; h < into.length; h++) {
    const back = Math.min(
      balance,
      balance * habits[ahead.dayOfMonth[h]] * ahead.backFactor,
    );
    const lent = habits[0] * ahead.demand[h] * ahead.lentFactor;
    balance += lent - back;
    into[h] = back - lent;
  }
  return into;
}

/** What money there is, and what is gone of it as days pass. */
export interface MoneyThere {
  cash: number;
  /** What can be drawn tonight; of it, `drawableRunoff` is gone after 30 days, evenly, and nothing more after that. */
  drawable: number;
  drawableRunoff: number;
  /** What lenders may ask back within 30 days, evenly. */
  called: number;
}

/**
 * How many days money lasts: the first day ahead on which cash and what can still be drawn are used up, counted from tomorrow
 * as 0; the number of days looked at when they never are.
 *
 * @example
 * ```ts
 * import { survivalDays } from "#/model/funding/treasury/forecast.ts";
 * import assert from "node:assert/strict";
 * const net = [-40, -40, 10, -40], nothing = { drawableRunoff: 0, called: 0 };
 * assert.equal(survivalDays(net, { cash: 50, drawable: 40, ...nothing }), 3);
 * assert.equal(survivalDays(net, { cash: 500, drawable: 0, ...nothing }), 4);
 * assert.equal(survivalDays(net, { cash: 50, drawable: 40, drawableRunoff: 1, called: 300 }), 1);
 * ```
 */
export function survivalDays(
  net: ArrayLike<number>,
  { cash, drawable, drawableRunoff, called }: MoneyThere,
): number {
  let sum = cash;
  for (let h = 0; h < net.length; h++) {
    sum += net[h];
    const passed = Math.min(1, (h + 1) / 30);
    if (sum + drawable * (1 - drawableRunoff * passed) - called * passed < 0) return h;
  }
  return net.length;
}
