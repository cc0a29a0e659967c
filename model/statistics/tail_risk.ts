// Value at risk and expected shortfall: of a sample with its ties, and in closed form for the laws of the textbooks.

import { exp, log, pow } from "#/model/units/elementary.ts";
import {
  normalDensity,
  normalTail,
  preciseNormalQuantile,
  studentDensity,
  studentQuantile,
} from "./distributions.ts";
import { sorted } from "./quantile.ts";

/** The tail of losses beyond a level: losses are positive, the level is a probability. */
export interface TailRisk {
  /** The loss that is not passed with the probability of the level: the least and the greatest such loss. */
  valueAtRisk: number;
  valueAtRiskUpper: number;
  /** The mean of the worst losses, whose probability is 1 − level. */
  expectedShortfall: number;
}

/** A law of losses: the quantile at a level, and the mean beyond it. */
export interface LossLaw {
  quantile(level: number): number;
  /** Infinity where the law has no mean. */
  shortfall(level: number): number;
}

/**
 * Value at risk and expected shortfall of losses that are equally likely.
 *
 * Where the quantile is an atom that reaches across the level, only the part of it that belongs to the tail counts: the mean
 * of losses above the quantile, and that of losses from it on, are both wrong there.
 *
 * Shapes: at least one finite loss, in any order; `level` in [0, 1). Errors: `RangeError` for anything else.
 * Source: C. Acerbi and D. Tasche, "On the coherence of expected shortfall", 2002; Rockafellar and Uryasev, 2002.
 *
 * @example
 * ```ts
 * import { tailRisk } from "#/model/statistics/tail_risk.ts";
 * import assert from "node:assert/strict";
 * const { valueAtRisk, expectedShortfall } = tailRisk([0, 0, 10, 10], 0.25);
 * assert.equal(valueAtRisk, 0);
 * assert.equal(expectedShortfall, 20 / 3);
 * ```
 */
export function tailRisk(losses: ArrayLike<number>, level: number): TailRisk {
  refuseLevel(level);
  const ordered = sorted(losses), n = ordered.length;
  if (n === 0) throw new RangeError("Cannot take the tail of no losses: at least one is needed");
  // A level such as 0.95 is no binary fraction: what misses a whole number by a few last places is meant to be one.
  const place = n * level, nearest = Math.round(place);
  const below = Math.abs(place - nearest) <= 4 * Number.EPSILON * n ? nearest : place;
  const first = Math.min(n - 1, Math.floor(below));
  let sum = 0;
  for (let i = first + 1; i < n; i++) sum += ordered[i];
  sum += ordered[first] * (first + 1 - below);
  return {
    valueAtRisk: ordered[Math.max(0, Math.ceil(below) - 1)],
    valueAtRiskUpper: ordered[first],
    expectedShortfall: sum / (n - below),
  };
}

/** The laws in closed form, by name; each takes its parameters and refuses those that are no law's. */
export const lossLaws = {
  normal({ mean = 0, sd = 1 }: { mean?: number; sd?: number } = {}): LossLaw {
    positive("normal", { sd });
    return law({
      quantile: (level) => mean + sd * preciseNormalQuantile(level),
      shortfall: (level) => mean + sd * normalDensity(preciseNormalQuantile(level)) / (1 - level),
    });
  },
  /** With one degree of freedom or fewer there is no mean beyond a level. */
  student({ degreesOfFreedom: v }: { degreesOfFreedom: number }): LossLaw {
    positive("student", { degreesOfFreedom: v });
    return law({
      quantile: (level) => studentQuantile(level, v),
      shortfall(level) {
        if (v <= 1) return Infinity;
        const t = studentQuantile(level, v);
        return studentDensity(t, v) * (v + t * t) / (v - 1) / (1 - level);
      },
    });
  },
  exponential({ rate = 1 }: { rate?: number } = {}): LossLaw {
    positive("exponential", { rate });
    return law({
      quantile: (level) => -log(1 - level) / rate,
      shortfall: (level) => (1 - log(1 - level)) / rate,
    });
  },
  uniform({ low = 0, high = 1 }: { low?: number; high?: number } = {}): LossLaw {
    positive("uniform", { width: high - low });
    return law({
      quantile: (level) => low + level * (high - low),
      shortfall: (level) => high - (1 - level) * (high - low) / 2,
    });
  },
  /** `mu` and `sigma` are those of the logarithm. */
  lognormal({ mu = 0, sigma = 1 }: { mu?: number; sigma?: number } = {}): LossLaw {
    positive("lognormal", { sigma });
    return law({
      quantile: (level) => exp(mu + sigma * preciseNormalQuantile(level)),
      shortfall: (level) =>
        exp(mu + sigma * sigma / 2) * normalTail(preciseNormalQuantile(level) - sigma) / (1 - level),
    });
  },
  /** With a tail index of 1 or less there is no mean. */
  pareto({ least = 1, index }: { least?: number; index: number }): LossLaw {
    positive("pareto", { least, index });
    const quantile = (level: number) => least * pow(1 - level, -1 / index);
    return law({
      quantile,
      shortfall: (level) => index <= 1 ? Infinity : quantile(level) * index / (index - 1),
    });
  },
  laplace({ mean = 0, scale = 1 }: { mean?: number; scale?: number } = {}): LossLaw {
    positive("laplace", { scale });
    return law({
      quantile: (level) => mean + scale * (level < 0.5 ? log(2 * level) : -log(2 * (1 - level))),
      shortfall: (level) =>
        level === 0 ? mean : mean +
          scale * (level < 0.5 ? level * (1 - log(2 * level)) / (1 - level) : 1 - log(2 * (1 - level))),
    });
  },
} as const;

/** Both refuse a level outside (0, 1); the mean of all, level 0, is a shortfall too. */
function law({ quantile, shortfall }: LossLaw): LossLaw {
  return {
    quantile(level) {
      refuseLevel(level);
      return quantile(level);
    },
    shortfall(level) {
      refuseLevel(level);
      return shortfall(level);
    },
  };
}

function refuseLevel(level: number): void {
  if (level >= 0 && level < 1) return;
  throw new RangeError(
    `Cannot take the tail beyond level ${level}: a probability from 0 to below 1 is needed`,
  );
}

function positive(name: string, parameters: Record<string, number>): void {
  for (const [parameter, value] of Object.entries(parameters)) {
    if (value > 0 && value < Infinity) continue;
    throw new RangeError(`Cannot make a ${name} law with ${parameter} ${value}: more than 0 is needed`);
  }
}
