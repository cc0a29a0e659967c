// What it costs to have chosen a plan: its distance to the best one in each case, pair by pair of the same luck.

import type { ProjectComparison } from "./compare.ts";
import { type TwoWay, twoWay } from "./two_way.ts";

/** What is compared: the project's value before financing, or what is left of it to the owners. */
export const regretMeasures = ["owners", "npv"] as const;
/** One of {@link regretMeasures}. */
export type RegretMeasure = typeof regretMeasures[number];

/** A plan in a case: how far its mean lies below the best plan's, the paired difference, and how often it is the best. */
export interface RegretCell {
  plan: string;
  of: string;
  /** In fen, zero for the best. */
  regretFen: number;
  /** The best plan's result less this one's, on the same draws and replications; nothing for the best itself. */
  difference: TwoWay | null;
  /** Variance of two independent comparisons over that of the paired one. */
  gain: number | null;
  bestShare: number;
}

/** Plans × cases, with the most each plan would be regretted, and the plan of which that is least. */
export interface RegretTable {
  measure: RegretMeasure;
  /** By plan, then case. */
  cells: RegretCell[][];
  best: string[];
  worstFen: number[];
  chosen: string;
}

/**
 * The table of regrets.
 *
 * Shapes: each case has a plan with regret zero. Ties go to the plan that is named first. Source: L. J. Savage (1951), the
 * least of the greatest regrets, on means over draws and replications.
 */
export function regretTable(
  { plans, cases, fields, draws, replications }: ProjectComparison,
  { measure = "owners" }: { measure?: RegretMeasure } = {},
): RegretTable {
  const best = cases.map((_, c) =>
    plans.reduce((most, _, p) => fields[p][c][measure].mean > fields[most][c][measure].mean ? p : most, 0)
  );
  const wins = cases.map((_, c) => {
    const count = new Float64Array(plans.length), cells = fields[0][c].tables[measure].length;
    for (let i = 0; i < cells; i++) {
      let most = 0;
      for (let p = 1; p < plans.length; p++) {
        if (fields[p][c].tables[measure][i] > fields[most][c].tables[measure][i]) most = p;
      }
      count[most] += 1 / cells;
    }
    return count;
  });
  const cells = plans.map((plan, p) =>
    cases.map((of, c): RegretCell => {
      const own = fields[p][c].tables[measure], top = fields[best[c]][c].tables[measure];
      const bestShare = wins[c][p];
      if (best[c] === p) return { plan, of, regretFen: 0, difference: null, gain: null, bestShare };
      const gap = own.map((fen, i) => top[i] - fen);
      const difference = twoWay(gap, { replications: replications[c], draws });
      const paired = varianceOf(gap), apart = varianceOf(own) + varianceOf(top);
      return {
        plan,
        of,
        regretFen: Math.max(0, difference.mean),
        difference,
        gain: paired > 0 ? apart / paired : null,
        bestShare,
      };
    })
  );
  const worstFen = cells.map((row) => row.reduce((most, { regretFen }) => Math.max(most, regretFen), 0));
  const least = worstFen.reduce((at, fen, p) => fen < worstFen[at] ? p : at, 0);
  return { measure, cells, best: best.map((p) => plans[p]), worstFen, chosen: plans[least] };
}

/** Variance of some results, with n − 1. */
export function varianceOf(values: ArrayLike<number>): number {
  let mean = 0, squares = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
  return squares / (values.length - 1);
}
