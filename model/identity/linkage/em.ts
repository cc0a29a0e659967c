// How alike two records of one person are, learnt without knowing which pairs are: expectation and maximisation.

import { log } from "#/model/units/elementary.ts";

/** Pairs of records counted by pattern: one level for each field, the first field first. */
export interface PatternCounts {
  /** Levels of each field, 2 or more: 0 missing, 1 disagree, from 2 on kinds of agreement. */
  levels: readonly number[];
  /** How many pairs show each pattern. */
  counts: Float64Array;
  /** 1 for patterns whose pairs are compared, 0 for those that blocking leaves out; all are where nothing is said. */
  compared?: Uint8Array;
  /** How many pairs blocking left out. */
  leftOut?: number;
}

/** How to fit. */
export interface FitTerms {
  /** The chance of each pattern among pairs that do not match, held fixed; learnt with the rest where nothing is said. */
  chance?: Float64Array;
  /** Where to start; a match agrees with 0.9, else with 0.1, one pair in ten matches, where nothing is said. */
  start?: { matchShare?: number; m?: readonly ArrayLike<number>[]; u?: readonly ArrayLike<number>[] };
  /** The least share of matches that agree on a field, of those where it is present; 0 where nothing is said. */
  agreeAtLeast?: number;
  /** Stop when no probability moves by more; the share of matches counts in parts of itself. */
  tolerance?: number;
  iterationsMax?: number;
}

/** The fitted model. */
export interface Fit {
  /** The share of all pairs, left out or not, that match. */
  matchShare: number;
  /** The probability of each level of each field if the pair matches. */
  m: Float64Array[];
  /** The same if it does not; empty where the chance of patterns was given. */
  u: Float64Array[];
  /** The probability of each pattern if the pair matches, and if it does not. */
  ifMatch: Float64Array;
  ifNot: Float64Array;
  /** The logarithm of the likelihood before each iteration, and after the last; it never falls. */
  logLikelihoods: number[];
  converged: boolean;
}

/**
 * Fits the model of Fellegi and Sunter to counts of patterns: two latent classes, and fields independent within the class
 * of matches (and within the other, unless its patterns' chances are given).
 *
 * Independence is an assumption. Where it fails, weights add up wrongly and the error rates that follow from the fit are off;
 * a linkage should say by how much, where the truth is known. Pairs that blocking leaves out are one more outcome, "not
 * compared", whose probability the model knows. So the fit holds for all pairs, not just for those that met in some pass,
 * and estimates how many matches never met. With pairs left out give `chance`: learning u from the few that met converges
 * too slowly to be of use. With u free the class that agrees less is the one that does not match: labels are put in order.
 *
 * Shapes: `counts`, `compared` and `chance` hold the product of `levels` numbers.
 * Errors: `RangeError` for counts that are negative or not finite, no pairs at all, lengths that do not fit, pairs counted
 * where none are compared, a chance that does not sum to 1, a start that is not a probability.
 * Source: Dempster, Laird, Rubin (1977); M. Jaro (1989) for linkage; W. Winkler (1993) for bounds on m.
 *
 * @example
 * ```ts
 * import { fitEm } from "#/model/identity/linkage/em.ts";
 * import assert from "node:assert/strict";
 * // Two fields, never missing, by hand in em_test.ts.
 * const counts = Float64Array.of(0, 0, 0, 0, 80, 10, 0, 10, 20);
 * const { logLikelihoods } = fitEm({ levels: [3, 3], counts }, { iterationsMax: 5 });
 * assert.ok(logLikelihoods[5] > logLikelihoods[0]);
 * ```
 */
export function fitEm(data: PatternCounts, terms: FitTerms = {}): Fit {
  const { agreeAtLeast = 0, tolerance = 1e-9, iterationsMax = 2_000 } = terms;
  const model = startOf(data, terms), free = !terms.chance;
  const logLikelihoods = [logLikelihood(model)];
  let converged = false;
  for (let iteration = 0; iteration < iterationsMax && !converged; iteration++) {
    converged = improve(model, { free, agreeAtLeast }) <= tolerance;
    logLikelihoods.push(logLikelihood(model));
  }
  const { matchShare, m, u, ifMatch, ifNot } = model;
  if (free && agreement(m) < agreement(u)) {
    return {
      matchShare: 1 - matchShare,
      m: u,
      u: m,
      ifMatch: ifNot,
      ifNot: ifMatch,
      logLikelihoods,
      converged,
    };
  }
  return { matchShare, m, u: free ? u : [], ifMatch, ifNot, logLikelihoods, converged };
}

interface Model extends Required<PatternCounts>, Pick<Fit, "matchShare" | "m" | "u" | "ifMatch" | "ifNot"> {
  /** All pairs, compared or left out. */
  pairs: number;
  /** The level of each field in each pattern. */
  levelAt: Uint8Array[];
}

/** One step: to whom each pair belongs by the present model, then the model by that. Returns the largest move. */
function improve(model: Model, { free, agreeAtLeast }: { free: boolean; agreeAtLeast: number }): number {
  const { levels, counts, compared, leftOut, pairs, levelAt, matchShare, ifMatch, ifNot, m, u } = model;
  const mSums = levels.map((size) => new Float64Array(size));
  const uSums = levels.map((size) => new Float64Array(size));
  const out = leftOutShares(model), outMatches = out.all > 0 ? leftOut * matchShare * out.match / out.all : 0;
  let matches = 0;
  for (let p = 0; p < counts.length; p++) {
    let match = 0, not = 0;
    if (compared[p]) {
      const agree = matchShare * ifMatch[p], all = agree + (1 - matchShare) * ifNot[p];
      if (counts[p] > 0 && all > 0) match = counts[p] * agree / all;
      not = counts[p] - match;
    } else {
      if (out.match > 0) match = outMatches * ifMatch[p] / out.match;
      if (out.not > 0) not = (leftOut - outMatches) * ifNot[p] / out.not;
    }
    matches += match;
    for (let f = 0; f < levels.length; f++) {
      mSums[f][levelAt[f][p]] += match;
      uSums[f][levelAt[f][p]] += not;
    }
  }
  let moved = matchShare > 0 ? Math.abs(matches / pairs - matchShare) / matchShare : 0;
  for (let f = 0; f < levels.length; f++) {
    if (matches > 0) moved = Math.max(moved, maximise(m[f], mSums[f], agreeAtLeast));
    if (free && matches < pairs) moved = Math.max(moved, maximise(u[f], uSums[f], 0));
  }
  model.matchShare = matches / pairs;
  multiply(m, levelAt, ifMatch);
  if (free) multiply(u, levelAt, ifNot);
  return moved;
}

/** How likely the model leaves a pair out: a match, another pair, either. */
function leftOutShares({ compared, matchShare, ifMatch, ifNot }: Model) {
  let match = 0, not = 0;
  for (let p = 0; p < compared.length; p++) {
    if (compared[p]) continue;
    match += ifMatch[p];
    not += ifNot[p];
  }
  return { match, not, all: matchShare * match + (1 - matchShare) * not };
}

function logLikelihood(model: Model): number {
  const { counts, leftOut, matchShare, ifMatch, ifNot } = model;
  let sum = leftOut > 0 ? leftOut * log(leftOutShares(model).all) : 0;
  for (let p = 0; p < counts.length; p++) {
    if (counts[p] > 0) sum += counts[p] * log(matchShare * ifMatch[p] + (1 - matchShare) * ifNot[p]);
  }
  return sum;
}

/**
 * Sets the probabilities of a field to the shares of its sums; where agreement among the present would fall below its
 * least, to that least, which is the maximum under the bound. Returns the largest move.
 */
function maximise(shares: Float64Array, sums: Float64Array, agreeAtLeast: number): number {
  let all = 0, agree = 0;
  for (let l = 0; l < sums.length; l++) {
    all += sums[l];
    if (l > 1) agree += sums[l];
  }
  const present = all - sums[0], least = agreeAtLeast * present, bound = agree < least;
  let moved = 0;
  for (let l = 0; l < sums.length; l++) {
    let sum = sums[l];
    if (bound && l === 1) sum = present - least;
    if (bound && l > 1) sum = agree > 0 ? sum * least / agree : least / (sums.length - 2);
    moved = Math.max(moved, Math.abs(sum / all - shares[l]));
    shares[l] = sum / all;
  }
  return moved;
}

/** Fills the probability of each pattern from those of its levels. */
function multiply(shares: readonly Float64Array[], levelAt: readonly Uint8Array[], out: Float64Array): void {
  out.fill(1);
  for (let f = 0; f < shares.length; f++) {
    const share = shares[f], at = levelAt[f];
    for (let p = 0; p < out.length; p++) out[p] *= share[at[p]];
  }
}

/** How much a class agrees: the sum over the fields of the share that agrees. */
function agreement(shares: readonly Float64Array[]): number {
  return shares.reduce((sum, share) => sum + share.subarray(2).reduce((part, one) => part + one, 0), 0);
}

function startOf(data: PatternCounts, { chance, start }: FitTerms): Model {
  const { levels, counts } = data, size = levels.reduce((all, some) => all * some, 1);
  const compared = data.compared ?? new Uint8Array(size).fill(1), leftOut = data.leftOut ?? 0;
  const pairs = countPairs({ levels, counts, compared, leftOut });
  if (chance) refuseUnlessChance(chance, size);
  const levelAt = levels.map((own, f) => {
    const place = levels.slice(f + 1).reduce((all, some) => all * some, 1);
    return Uint8Array.from({ length: size }, (_, p) => Math.floor(p / place) % own);
  });
  const weights = chance ?? counts;
  const guess = (agrees: number) =>
    levels.map((own, f) => {
      let gaps = 0, all = 0;
      for (let p = 0; p < size; p++) {
        all += weights[p];
        if (levelAt[f][p] === 0) gaps += weights[p];
      }
      const present = all > 0 ? 1 - gaps / all : 1;
      return Float64Array.from({ length: own }, (_, l) => {
        if (l === 0) return 1 - present;
        if (own === 2) return present;
        return present * (l === 1 ? 1 - agrees : agrees / (own - 2));
      });
    });
  const given = (shares: readonly ArrayLike<number>[]) => shares.map((share) => Float64Array.from(share));
  const matchShare = start?.matchShare ?? 0.1;
  const m = start?.m ? given(start.m) : guess(0.9), u = start?.u ? given(start.u) : guess(0.1);
  refuseUnlessStart(levels, { matchShare, m, u });
  const ifMatch = new Float64Array(size), ifNot = chance?.slice() ?? new Float64Array(size);
  multiply(m, levelAt, ifMatch);
  if (!chance) multiply(u, levelAt, ifNot);
  return { levels, counts, compared, leftOut, pairs, levelAt, matchShare, m, u, ifMatch, ifNot };
}

/** All pairs. Errors: `RangeError` for counts that do not fit or are no counts. */
function countPairs({ levels, counts, compared, leftOut }: Required<PatternCounts>): number {
  const size = levels.reduce((all, some) => all * some, 1);
  if (counts.length !== size || compared.length !== size) {
    throw new RangeError(
      `Cannot fit ${counts.length} counts and ${compared.length} marks: levels ${
        levels.join(" x ")
      } make ${size}`,
    );
  }
  let pairs = leftOut;
  for (let p = 0; p < size; p++) {
    if (!(counts[p] >= 0 && counts[p] < Infinity)) {
      throw new RangeError(`Cannot fit a count of ${counts[p]} at pattern ${p}: a number from 0 is needed`);
    }
    if (counts[p] > 0 && !compared[p]) {
      throw new RangeError(`Cannot fit ${counts[p]} pairs at pattern ${p}: blocking leaves that pattern out`);
    }
    pairs += counts[p];
  }
  if (!(leftOut >= 0 && pairs > 0 && pairs < Infinity)) {
    throw new RangeError(`Cannot fit to ${pairs} pairs, ${leftOut} of them left out: at least one is needed`);
  }
  return pairs;
}

function refuseUnlessChance(chance: Float64Array, size: number): void {
  const sum = chance.reduce((all, some) => all + some, 0);
  if (chance.length !== size || !(Math.abs(sum - 1) < 1e-6) || chance.some((one) => one < 0)) {
    throw new RangeError(
      `Cannot fit with ${chance.length} chances that sum to ${sum}: ${size} are needed, none negative, sum 1`,
    );
  }
}

function refuseUnlessStart(
  levels: readonly number[],
  { matchShare, m, u }: { matchShare: number; m: readonly Float64Array[]; u: readonly Float64Array[] },
): void {
  if (!(matchShare > 0 && matchShare < 1)) {
    throw new RangeError(`Cannot start with a share of matches of ${matchShare}: above 0, below 1 is needed`);
  }
  for (const shares of [m, u]) {
    for (const [f, size] of levels.entries()) {
      const sum = shares[f]?.reduce((all, some) => all + some, 0);
      if (shares[f]?.length !== size || !(Math.abs(sum - 1) < 1e-9) || shares[f].some((one) => one < 0)) {
        throw new RangeError(
          `Cannot start field ${f} at ${
            shares[f]?.join(", ")
          }: ${size} probabilities that sum to 1 are needed`,
        );
      }
    }
  }
}
