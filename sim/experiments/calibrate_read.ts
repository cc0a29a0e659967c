// From a finished run to the figures that targets speak of.

import { buckets } from "#/model/credit/delinquency.ts";
import { products } from "#/model/names.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { type RollState, rollStates, type Target, unitOfTarget } from "#/scenarios/targets.ts";
import type { RunResult } from "#/sim/result.ts";
import { type Observer, rollShare, vintageShare } from "#/sim/experiments/calibrate_observe.ts";

/** How far from its date a figure may be read, when a run does not reach it: as for a run's own calibration table. */
export const nearDays = 31;

/** A figure read from one run; `null` where the run does not reach its date, or there is nothing to divide by. */
export interface Reading {
  value: number | null;
  unit: string;
}

/** The parts of a run that figures are read from. */
export type Read = Pick<RunResult, "daily" | "outcomes" | "world">;

/**
 * The day of a run on which a date is read, `−1` where the run is not near it: the day itself, or the run's last day when
 * that is at most {@link nearDays} before it.
 *
 * @example
 * ```ts
 * import { dayOf } from "#/sim/experiments/calibrate_read.ts";
 * import assert from "node:assert/strict";
 * const world = { startDate: "2019-07-01", days: 365 };
 * assert.deepEqual(["2019-07-01", "2020-06-30", "2020-08-30"].map((date) => dayOf(date, world)), [0, 364, -1]);
 * ```
 */
export function dayOf(date: string, { startDate, days }: { startDate: string; days: number }): number {
  const day = epochDay(date) - epochDay(startDate);
  if (day < 0) return -1;
  if (day < days) return day;
  return day - (days - 1) <= nearDays ? days - 1 : -1;
}

const numbers = (of: readonly typeof products[number][]) => of.map((product) => products.indexOf(product));
const firstLate = { 30: 2, 60: 3, 90: 4 } as const;

/** Reads one target from a run that was observed. */
export function readTarget(target: Target, run: Read, seen: Observer): Reading {
  if (target.reads === "outcome") {
    const outcome = run.outcomes[target.outcome];
    return { value: outcome?.value ?? null, unit: outcome?.unit ?? "share" };
  }
  const value = readValue(target, run, seen);
  return { value: value !== null && Number.isFinite(value) ? value : null, unit: unitOfTarget(target)! };
}

function readValue(target: Exclude<Target, { reads: "outcome" }>, run: Read, seen: Observer): number | null {
  const { world, daily: { columns } } = run;
  const sum = (names: readonly string[], date: string): number | null => {
    const day = dayOf(date, world);
    return day < 0 ? null : names.reduce((total, name) => total + (columns[name]?.[day] ?? 0), 0);
  };
  const over = (part: number | null, whole: number | null) =>
    part === null || whole === null || whole === 0 ? null : part / whole;
  const of = (name: string) => target.of.map((product) => `${name}.${product}`);
  const lateShare = (dpd: keyof typeof firstLate, date: string) =>
    over(
      sum(
        target.of.flatMap((product) =>
          buckets.slice(firstLate[dpd]).map((bucket) => `dpd.${product}.${bucket}`)
        ),
        date,
      ),
      sum(of("balance"), date),
    );
  const vintage = (between: readonly [string, string], monthsOnBook: number) =>
    vintageShare(seen.vintages, {
      products: numbers(target.of),
      monthsOnBook,
      between,
      months: seen.months,
      reached: seen.rolls.length,
    });
  switch (target.reads) {
    case "lateShare":
      return lateShare(target.dpd, target.on);
    case "lateRise":
      return over(lateShare(target.dpd, target.on), lateShare(target.dpd, target.since));
    case "balancePerActiveUser":
      return over(sum(of("activeBalance"), target.on), sum(of("activeUsers"), target.on));
    case "activeUsers":
      return sum(of("activeUsers"), target.on);
    case "roll":
      return dayOf(target.between[1], world) < 0 ? null : rollShare(seen.rolls, {
        products: numbers(target.of),
        from: target.from,
        to: target.to,
        between: target.between,
      });
    case "vintage":
      return vintage(target.between, target.monthsOnBook);
    case "vintageSlope": {
      const [young, old] = target.monthsOnBook;
      const before = vintage(target.between, young), after = vintage(target.between, old);
      return before === null || after === null ? null : (after - before) / (old - young);
    }
  }
}

/** Pictures beside the targets: the whole roll matrix of both books, and the curve of each book's vintages. */
export function readPictures(seen: Observer): Record<string, number> {
  const out: Record<string, number> = {};
  const between = ["0000-00-00", "9999-99-99"] as const;
  for (const from of buckets) {
    for (const to of rollStates) {
      const share = rollShare(seen.rolls, {
        products: products.map((_, p) => p),
        from: [from],
        to: [to],
        between,
      });
      if (share !== null) out[rollName(from, to)] = share;
    }
  }
  for (const [p, product] of products.entries()) {
    // The vintages that are at least half of the run old, so that a curve is of the same loans throughout.
    const ages = Math.floor(seen.rolls.length / 2);
    const last = seen.vintages[Math.max(0, seen.rolls.length - 1 - ages)]?.from ?? between[1];
    for (let monthsOnBook = 0; monthsOnBook <= ages; monthsOnBook++) {
      const share = vintageShare(seen.vintages, {
        products: [p],
        monthsOnBook,
        between: [between[0], last],
        months: seen.months,
        reached: seen.rolls.length,
      });
      if (share !== null) out[vintageName(product, monthsOnBook)] = share;
    }
  }
  return out;
}

/** The name of a field of the roll matrix. */
export const rollName = (from: typeof buckets[number], to: RollState): string => `roll ${from} ${to}`;
/** The name of a point of a vintage curve. */
export const vintageName = (product: typeof products[number], monthsOnBook: number): string =>
  `vintage ${product} ${monthsOnBook}`;
