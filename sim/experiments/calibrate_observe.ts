// What a calibration sees of a run: rolls between buckets month by month, and vintages of what was lent. It only looks.

import { bucketOf, buckets } from "#/model/credit/delinquency.ts";
import { isoDate } from "#/model/units/calendar.ts";
import { type RollState, rollStates } from "#/scenarios/targets.ts";
import { lineCount, lineState, principalFen } from "#/sim/tables/lines.ts";
import { purchaseStatus } from "#/sim/tables/purchases.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";

const states = rollStates.length, off = -1;
const paid = rollStates.indexOf("paid"), writtenOff = rollStates.indexOf("writtenOff");
/** More than so many days late counts as a default of the vintage. */
const defaultDpd = 90;

/** Moves of accounts from one month's end to the next. */
export interface Rolls {
  /** The day on which the month ended, an ISO date. */
  until: string;
  /** product · buckets · states + from · states + to: accounts. */
  accounts: Float64Array;
}

/** What was lent in one calendar month, and how much of it was ever more than 90 days late, by months on book. */
export interface Vintage {
  /** The first day of the month, an ISO date; the first vintage of a run begins where the run does. */
  from: string;
  /** By product, in fen. */
  lentFen: Float64Array;
  /** product · months + months on book: fen that became more than 90 days late in that month. */
  defaultedFen: Float64Array;
}

/** Looks at a world after each day. */
export interface Observer {
  look(world: World, day: number): void;
  readonly rolls: Rolls[];
  readonly vintages: Vintage[];
  /** Months that the run touches: the stride of a vintage's columns. */
  readonly months: number;
}

/** Months that a run touches, the first and the last in part. */
function monthsOf({ startEpoch, days }: { startEpoch: number; days: number }): number {
  let months = 1;
  for (let day = 1; day < days; day++) if (isoDate(startEpoch + day).endsWith("-01")) months++;
  return months;
}

/**
 * Makes an observer of a run.
 *
 * Rolls: where accounts that owe principal at a month's end stand at the next one. Vintages: what was lent in a month is
 * followed on its line; repayments are taken off the oldest month first; when a line passes 90 days past due, what is
 * left of each month counts as defaulted, once. What was owed before day 1 belongs to no vintage.
 * Shapes: `look` is called after each day, in order, as a run's `inspect` is.
 */
export function observer(): Observer {
  let months = 0, month = 0;
  const rolls: Rolls[] = [], vintages: Vintage[] = [];
  /** Bucket of each line at the last month's end; off the book: −1. */
  let stood = new Int8Array(0);
  /** Fen of each line by month of origin; place 0 is older than the run or counted already. */
  let owed = new Uint32Array(0);
  let owedBefore = new Float64Array(0), lent = new Float64Array(0), counted = new Uint8Array(0);

  const begin = (world: World) => {
    const { lines, terms } = world;
    months = monthsOf(terms);
    stood = new Int8Array(lines.count).fill(off);
    owed = new Uint32Array(lines.count * (months + 1));
    owedBefore = new Float64Array(lines.count);
    lent = new Float64Array(lines.count);
    counted = new Uint8Array(lines.count);
    open(isoDate(terms.startEpoch));
  };
  const open = (from: string) =>
    vintages.push({
      from,
      lentFen: new Float64Array(lineCount),
      defaultedFen: new Float64Array(lineCount * months),
    });

  const follow = (world: World, day: number) => {
    const { lines, purchases } = world;
    const { shopper, product, status, amountFen, length } = purchases;
    for (let row = 0; row < length; row++) {
      if (product[row] < 0 || status[row] === purchaseStatus.cancelled) continue;
      lent[shopper[row] * lineCount + product[row]] += amountFen[row];
    }
    for (let line = 0; line < lines.count; line++) {
      const now = principalFen(lines, line), before = owedBefore[line];
      if (now === 0 && before === 0 && lent[line] === 0) continue;
      const at = line * (months + 1);
      if (day === 0) owed[at] = Math.max(0, now - lent[line]);
      let repaid = (day === 0 ? owed[at] : before) + lent[line] - now;
      // More principal than purchases say: it was lent as well, in another way.
      if (repaid < 0) {
        lent[line] -= repaid;
        repaid = 0;
      }
      const late = lines.oldestDue[line] !== never && day - lines.oldestDue[line] > defaultDpd;
      owed[at + 1 + month] += lent[line];
      vintages[month].lentFen[line % lineCount] += lent[line];
      lent[line] = 0;
      const goes = lines.state[line] === lineState.writtenOff && now === 0;
      if ((late || goes) && !counted[line]) {
        counted[line] = 1;
        // Before today's repayments are taken off: what is written off today was owed when it was lost.
        if (!goes) repaid = takeOldest(at, repaid);
        for (let m = 0; m <= month; m++) {
          vintages[m].defaultedFen[line % lineCount * months + month - m] += owed[at + 1 + m];
          owed[at] += owed[at + 1 + m];
          owed[at + 1 + m] = 0;
        }
      }
      takeOldest(at, repaid);
      if (!late) counted[line] = 0;
      owedBefore[line] = now;
    }
  };

  /** Takes a repayment off the oldest months; returns what is left of it. */
  const takeOldest = (at: number, repaid: number): number => {
    for (let m = 0; repaid > 0 && m <= month + 1; m++) {
      const part = Math.min(repaid, owed[at + m]);
      owed[at + m] -= part;
      repaid -= part;
    }
    return repaid;
  };

  const endMonth = ({ lines, terms }: World, day: number) => {
    const accounts = new Float64Array(lineCount * buckets.length * states);
    for (let line = 0; line < lines.count; line++) {
      const owes = principalFen(lines, line) > 0;
      const oldest = lines.oldestDue[line];
      const bucket = owes ? (oldest === never ? 0 : bucketOf(day - oldest)) : off;
      const from = stood[line];
      if (from >= 0) {
        const to = owes ? bucket : lines.state[line] === lineState.writtenOff ? writtenOff : paid;
        accounts[(line % lineCount * buckets.length + from) * states + to]++;
      }
      stood[line] = bucket;
    }
    rolls.push({ until: isoDate(terms.startEpoch + day), accounts });
  };

  return {
    look(world, day) {
      if (day === 0) begin(world);
      follow(world, day);
      const tomorrow = isoDate(world.terms.startEpoch + day + 1);
      if (!tomorrow.endsWith("-01")) return;
      endMonth(world, day);
      if (++month < months) open(tomorrow);
    },
    rolls,
    vintages,
    get months() {
      return months;
    },
  };
}

/**
 * Share of the accounts in some buckets that stand in some states a month later; `null` where there were no such accounts.
 *
 * Shapes: `products` as numbers; months whose end lies after `between[0]` and not after `between[1]` are pooled, so the
 * move from the first day's month end is the first. The first month's end of a run has nothing before it and moves nobody.
 */
export function rollShare(
  rolls: readonly Rolls[],
  { products, from, to, between: [first, last] }: {
    products: readonly number[];
    from: readonly typeof buckets[number][];
    to: readonly RollState[];
    between: readonly [string, string];
  },
): number | null {
  let part = 0, whole = 0;
  for (const { until, accounts } of rolls) {
    if (until <= first || until > last) continue;
    for (const p of products) {
      for (const bucket of from) {
        const row = (p * buckets.length + buckets.indexOf(bucket)) * states;
        for (let s = 0; s < states; s++) {
          whole += accounts[row + s];
          if (to.includes(rollStates[s])) part += accounts[row + s];
        }
      }
    }
  }
  return whole === 0 ? null : part / whole;
}

/**
 * Share of what was lent in some months that was ever more than 90 days late by an age; `null` where no vintage of the
 * window has that age.
 *
 * Shapes: vintages that begin within `between`; `monthsOnBook` whole months after the month of origin; `months` the
 * observer's stride; `reached` the number of months that have ended.
 */
export function vintageShare(
  vintages: readonly Vintage[],
  { products, monthsOnBook, between: [first, last], months, reached }: {
    products: readonly number[];
    monthsOnBook: number;
    between: readonly [string, string];
    months: number;
    reached: number;
  },
): number | null {
  let part = 0, whole = 0;
  for (const [v, { from, lentFen, defaultedFen }] of vintages.entries()) {
    if (from < first || from > last) continue;
    if (v + monthsOnBook >= reached) return null;
    for (const p of products) {
      whole += lentFen[p];
      for (let m = 0; m <= monthsOnBook; m++) part += defaultedFen[p * months + m];
    }
  }
  return whole === 0 ? null : part / whole;
}
