// What may happen to a project: uncertain numbers and events, each a way from a draw between 0 and 1 to a circumstance.

import { philox, unit } from "#/model/statistics/philox.ts";
import { normalQuantile } from "#/model/statistics/normal.ts";
import { exp, log, pow } from "#/model/units/elementary.ts";
import type { Bps } from "#/model/units/units.ts";
import type { Circumstances } from "./terms.ts";

/** What a drawn number moves; its unit stands in {@link movedUnits}. */
export const movedUnits = {
  revenueTrend: "bps a year",
  revenue: "bps",
  overrun: "bps",
  delay: "months",
  runningCosts: "bps",
  audits: "bps",
  repairs: "CNY a month",
} as const;
/** A name of {@link movedUnits}. */
export type Moved = keyof typeof movedUnits;

/** The shapes of a drawn number. */
export const shapes = ["triangular", "normal", "lognormal"] as const;

/** A number with its range and the words of its source; "assumed (a)" there marks what nobody has measured. */
export interface Sourced {
  base: number;
  range: readonly [low: number, high: number];
  source: string;
}

/**
 * A number that is drawn. Triangular: `base` is the mode, the range the ends. Normal: `base` is the mean, lognormal: the median;
 * the range is the distance of the 5 % and 95 % quantiles.
 */
export interface UncertainNumber extends Sourced {
  kind: "number";
  name: string;
  title: string;
  moves: Moved;
  shape: typeof shapes[number];
  /** Whether a pilot tells the number before the whole is built. */
  isToldByPilot: boolean;
}

/**
 * An event that comes at a rate a year, costs something and cuts variable revenue for so many months (0: to the end). Its
 * severity, drawn besides, moves cost and cut together, triangular over their ranges.
 */
export interface UncertainEvent {
  kind: "event";
  name: string;
  title: string;
  perYearBps: Sourced;
  costFen: Sourced;
  revenueCutBps: Sourced;
  lastsMonths: Sourced;
  /** The part of events that an audit each year would have prevented. */
  preventedByAuditsBps: Sourced;
  /** Whether its cost falls only where something is open. */
  needsOpening: boolean;
}

/** Something that may happen. */
export type Uncertainty = UncertainNumber | UncertainEvent;

/** One dimension of the draws: a number, or when an event comes, or how severe it is. */
export interface Dimension {
  of: Uncertainty;
  part: "value" | "arrival" | "severity";
}

/** The dimensions of some uncertainties: one a number, two an event. */
export function dimensionsOf(uncertainties: readonly Uncertainty[]): Dimension[] {
  return uncertainties.flatMap((of): Dimension[] =>
    of.kind === "number" ? [{ of, part: "value" }] : [{ of, part: "arrival" }, { of, part: "severity" }]
  );
}

/** Whether a number, or any number of an event, is assumed: its source says "assumed (a)". */
export function isAssumed(of: Uncertainty): boolean {
  const sources = of.kind === "number"
    ? [of.source]
    : [of.perYearBps, of.costFen, of.revenueCutBps, of.lastsMonths, of.preventedByAuditsBps].map((one) =>
      one.source
    );
  return sources.some((source) => source.startsWith("assumed (a)"));
}

/** The luck of draws has a word of its own in the counter, so that it meets no stream of a run. */
const process = 0x50524f4a;

/**
 * The luck of one draw: a number between 0 and 1 a dimension, the same for every plan and every run.
 *
 * A dimension's luck belongs to its name: another uncertainty in the list moves nobody else's.
 * Shapes: `draw` a whole number from 0; `seed` two 32-bit words. Source: Philox4x32-10.
 *
 * @example
 * ```ts
 * import { luckOf } from "#/model/project/uncertainty.ts";
 * import { someUncertainties } from "#/model/project/testing.ts";
 * import assert from "node:assert/strict";
 * const all = luckOf(7, someUncertainties, { seed: [1, 2] });
 * const last = luckOf(7, someUncertainties.slice(-1), { seed: [1, 2] });
 * assert.deepEqual(last, all.slice(-last.length));
 * ```
 */
export function luckOf(
  draw: number,
  uncertainties: readonly Uncertainty[],
  { seed }: { seed: readonly [number, number] },
): Float64Array {
  const words = new Uint32Array(4), luck: number[] = [];
  for (const { name, kind } of uncertainties) {
    philox(draw, 0, lane(name), process, seed[0], seed[1], words);
    luck.push(unit(words[0]));
    if (kind === "event") luck.push(unit(words[1]));
  }
  return Float64Array.from(luck);
}

/** A name as a 32-bit word. Source: FNV-1a. */
function lane(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** What counts as usual in each dimension: the median of a number, no event, and a middling one if it came. */
export function usualLuck(uncertainties: readonly Uncertainty[]): Float64Array {
  return Float64Array.from(dimensionsOf(uncertainties), ({ part }) => part === "arrival" ? 1 : 0.5);
}

/**
 * A drawn number from its luck, by inversion.
 *
 * @example
 * ```ts
 * import { drawnNumber } from "#/model/project/uncertainty.ts";
 * import assert from "node:assert/strict";
 * const said = { base: 10, range: [0, 20] as const, source: "assumed (a): an example" };
 * assert.equal(drawnNumber({ ...said, shape: "triangular" }, 0.5), 10);
 * assert.equal(drawnNumber({ ...said, shape: "normal" }, 0.95).toFixed(6), "20.000000");
 * ```
 */
export function drawnNumber(
  { base, range: [low, high], shape }: Sourced & { shape: typeof shapes[number] },
  u: number,
): number {
  if (shape === "triangular") return triangular(u, { low, mode: base, high });
  const z = normalQuantile(u <= 0 ? 1e-12 : u >= 1 ? 1 - 1e-12 : u), wide = 2 * 1.6448536269514722;
  if (shape === "normal") return base + z * (high - low) / wide;
  return base * exp(z * log(high / low) / wide);
}

function triangular(u: number, { low, mode, high }: { low: number; mode: number; high: number }): number {
  if (high === low) return mode;
  const turn = (mode - low) / (high - low);
  return u < turn
    ? low + Math.sqrt(u * (high - low) * (mode - low))
    : high - Math.sqrt((1 - u) * (high - low) * (high - mode));
}

const severityOf = ({ base, range: [low, high] }: Sourced, u: number) =>
  triangular(u, { low, mode: base, high });

/**
 * What an event's rate a year comes to under a plan's audits: audits each year prevent the stated part, rarer ones less.
 * Units: bps a year.
 */
export function rateUnderAudits(
  { perYearBps, preventedByAuditsBps }: UncertainEvent,
  { auditsEveryMonths }: { auditsEveryMonths: number },
): Bps {
  const covered = Math.min(1, 12 / auditsEveryMonths);
  return perYearBps.base * (1 - preventedByAuditsBps.base / 10_000 * covered);
}

/** The month (from 0) in which an event comes that has so much luck; Infinity after the last. */
export function arrivalOf(u: number, { rateBps, months }: { rateBps: Bps; months: number }): number {
  const years = u >= 1 ? Infinity : -log(1 - u) / (rateBps / 10_000);
  return years * 12 < months ? Math.floor(years * 12) : Infinity;
}

/**
 * The circumstances of a plan in one draw.
 *
 * Shapes: `luck` as of {@link luckOf}, in the order of {@link dimensionsOf}. Trends grow from the plan's first month.
 */
export function circumstancesOf(
  uncertainties: readonly Uncertainty[],
  luck: ArrayLike<number>,
  { months, auditsEveryMonths }: { months: number; auditsEveryMonths: number },
): Circumstances {
  const found = {
    revenueFactor: 1,
    overrunBps: 0,
    delayMonths: 0,
    runningCostFactor: 1,
    auditCostFactor: 1,
    monthly: {
      revenueFactor: new Float64Array(months).fill(1),
      costFen: new Float64Array(months),
      openCostFen: new Float64Array(months),
    },
  };
  const { monthly } = found;
  let at = 0;
  for (const one of uncertainties) {
    if (one.kind === "number") apply(drawnNumber(one, luck[at++]), one.moves);
    else {
      happen(one, luck[at], luck[at + 1]);
      at += 2;
    }
  }
  return found;

  function apply(value: number, moves: Moved): void {
    if (moves === "revenue") found.revenueFactor *= Math.max(0, value / 10_000);
    else if (moves === "overrun") found.overrunBps += Math.max(-10_000, Math.round(value));
    else if (moves === "delay") found.delayMonths += Math.max(0, Math.round(value));
    else if (moves === "runningCosts") found.runningCostFactor *= Math.max(0, value / 10_000);
    else if (moves === "audits") found.auditCostFactor *= Math.max(0, value / 10_000);
    else if (moves === "repairs") {
      const fen = Math.max(0, Math.round(value * 100));
      for (let m = 0; m < months; m++) monthly.openCostFen[m] += fen;
    } else {
      const step = pow(Math.max(0.01, 1 + value / 10_000), 1 / 12);
      for (let m = 0, factor = step; m < months; m++, factor *= step) monthly.revenueFactor[m] *= factor;
    }
  }

  function happen(event: UncertainEvent, arrival: number, severity: number): void {
    const from = arrivalOf(arrival, { rateBps: rateUnderAudits(event, { auditsEveryMonths }), months });
    if (from === Infinity) return;
    const cost = Math.round(severityOf(event.costFen, severity));
    (event.needsOpening ? monthly.openCostFen : monthly.costFen)[from] += cost;
    const kept = 1 - severityOf(event.revenueCutBps, severity) / 10_000, lasts = event.lastsMonths.base;
    const until = lasts === 0 ? months : Math.min(months, from + lasts);
    for (let m = from; m < until; m++) monthly.revenueFactor[m] *= kept;
  }
}
