// Unions of cycles: a large set of payments that settles together, found without keeping any payer's order.

import type { Fen } from "#/model/units/units.ts";
import type { ClearingDesk } from "../work.ts";
import { bilateral, cycles, largestCycles, type SearchTerms } from "./cycles.ts";
import { gridlock } from "./gridlock.ts";
import { bypass } from "./gross.ts";

/** What a set of payments is judged by first; the other one breaks ties. */
export type Objective = "value" | "count";

/** What a search is told. */
export interface UnionTerms extends SearchTerms {
  /** What is to be as large as can be. */
  objective: Objective;
  /** The most nodes that the exact search expands; then it ends with the best set found. */
  nodeBudget: number;
}

/** A set of rows that can settle together. */
export interface Candidate {
  /** The rows, in the order of release; the first `length` count. */
  rows: Int32Array;
  /** How many. */
  length: number;
  /** Their sum. */
  valueFen: Fen;
}

/**
 * Unions of cycles: of several sets that can settle as one batch the best. The sets are those of gridlock resolution, of
 * cycles, of bilateral offset and of gross settlement with bypass, and of two ways to put payments back until nobody is
 * below its floor (the smallest that covers what is missing; the largest): each is then filled up with what still fits.
 *
 * It never settles less than any of these methods and may miss the best set; ties go to the earlier set.
 */
export function unions(desk: ClearingDesk, terms: UnionTerms): void {
  const best = bestUnion(desk, terms);
  desk.settleBatch(best.rows, best.length);
}

/** The set that {@link unions} settles; nothing settles. */
export function bestUnion(desk: ClearingDesk, terms: UnionTerms): Candidate {
  const best: Candidate = { rows: new Int32Array(desk.queue.count), length: 0, valueFen: 0 };
  const isIn = new Uint8Array(desk.queue.count);
  const offer = () => {
    fill(desk, isIn);
    let length = 0, valueFen = 0;
    for (let p = 0; p < desk.queue.count; p++) {
      if (!isIn[p]) continue;
      length += 1;
      valueFen += desk.queue.amountFen[p];
    }
    if (!isBetter({ length, valueFen }, best, terms.objective)) return;
    best.length = 0;
    for (let k = 0; k < desk.queue.count; k++) {
      if (isIn[desk.ranked[k]]) best.rows[best.length++] = desk.ranked[k];
    }
    best.valueFen = valueFen;
  };
  // Each method has its own budget, as if it stood alone.
  let nodes = 0, isBudgetSpent = false;
  for (const method of [gridlock, cycles, largestCycles, bilateral, bypass]) {
    desk.nodes = 0;
    method(desk, terms);
    nodes += desk.nodes;
    isBudgetSpent ||= desk.isBudgetSpent;
    for (let p = 0; p < desk.queue.count; p++) isIn[p] = desk.batchOf[p] >= 0 ? 1 : 0;
    desk.reset();
    offer();
  }
  for (const largestOnly of [false, true]) {
    putBack(desk, isIn, { largestOnly });
    offer();
  }
  desk.nodes = nodes;
  desk.isBudgetSpent = isBudgetSpent;
  return best;
}

/** Whether a set is better than another: by the objective, then by the other measure. */
export function isBetter(
  a: Omit<Candidate, "rows">,
  b: Omit<Candidate, "rows">,
  objective: Objective,
): boolean {
  const byValue = a.valueFen - b.valueFen, byCount = a.length - b.length;
  return objective === "value"
    ? byValue > 0 || byValue === 0 && byCount > 0
    : byCount > 0 || byCount === 0 && byValue > 0;
}

/** Takes all payments in, then puts back one of whoever is below its floor until nobody is. */
function putBack(
  desk: ClearingDesk,
  isIn: Uint8Array,
  { largestOnly }: { largestOnly: boolean },
): void {
  const { tentativeFen, floorFen, start, last: top, list, previous: alive, limits, exceeded } = desk;
  const { count, participants, payer, payee, amountFen } = desk.queue;
  isIn.fill(1);
  tentativeOf(desk, isIn);
  // Each payer's rows together, the smallest first; `alive` leads from a place to the next that is still in.
  start.fill(0, 0, participants + 1);
  for (let p = 0; p < count; p++) start[payer[p] + 1] += 1;
  for (let i = 0; i < participants; i++) start[i + 1] += start[i];
  for (let i = 0; i < participants; i++) top[i] = start[i];
  for (let p = 0; p < count; p++) list[top[payer[p]]++] = p;
  for (let i = 0; i < participants; i++) {
    top[i] -= 1;
    list.subarray(start[i], start[i + 1]).sort((a, b) => amountFen[a] - amountFen[b] || a - b);
  }
  for (let k = 0; k < count; k++) alive[k] = k;
  const nextIn = (k: number): number => {
    let found = k;
    while (found < count && alive[found] !== found) found = alive[found];
    for (let here = k; here < found;) {
      const next = alive[here];
      alive[here] = found;
      here = next;
    }
    return found;
  };
  const takeOut = (place: number) => {
    const out = list[place], i = payer[out], j = payee[out];
    isIn[out] = 0;
    alive[place] = place + 1;
    tentativeFen[i] += amountFen[out];
    tentativeFen[j] -= amountFen[out];
    limits?.shift(out, -amountFen[out], { exceeded, payer: i, payee: j });
  };
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let i = 0; i < participants; i++) {
      while (exceeded[i] > 0) {
        takeOut(placeOverLimit(desk, isIn, { from: start[i], to: start[i + 1], largestOnly }));
        isDone = false;
      }
      while (tentativeFen[i] < floorFen[i]) {
        while (top[i] >= start[i] && !isIn[list[top[i]]]) top[i] -= 1;
        if (top[i] < start[i]) break;
        let place = top[i];
        if (!largestOnly) {
          const covers = nextIn(
            firstAtLeast(desk, floorFen[i] - tentativeFen[i], { from: start[i], to: start[i + 1] }),
          );
          if (covers < place) place = covers;
        }
        takeOut(place);
        isDone = false;
      }
    }
  }
}

/**
 * Of a payer's rows on the desk's list, smallest first, the place of the one to put back where a limit is passed: the smallest
 * that covers the excess, else (or with `largestOnly`) the largest under that limit.
 */
function placeOverLimit(
  { list, queue: { amountFen }, limits }: ClearingDesk,
  isIn: Uint8Array,
  { from, to, largestOnly }: { from: number; to: number; largestOnly: boolean },
): number {
  const { used, tentativeFen, limitFen } = limits!;
  let found = -1;
  for (let place = to - 1; place >= from; place--) {
    const p = list[place], limit = used[p];
    if (!isIn[p] || limit < 0 || tentativeFen[limit] <= limitFen[limit]) continue;
    // The first that is met, from the largest down, names the limit.
    if (found >= 0 && used[list[found]] !== limit) continue;
    if (found >= 0 && amountFen[p] < tentativeFen[limit] - limitFen[limit]) break;
    found = place;
    if (largestOnly) break;
  }
  return found;
}

/** The first place of the desk's list, sorted between two places, whose amount is as large as some fen. */
function firstAtLeast(desk: ClearingDesk, shortFen: Fen, { from, to }: { from: number; to: number }): number {
  let low = from, high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (desk.queue.amountFen[desk.list[middle]] < shortFen) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes in, again and again in the order of release, each payment that its payer can pay besides. */
function fill(desk: ClearingDesk, isIn: Uint8Array): void {
  const { ranked, tentativeFen, floorFen, limits, exceeded } = desk;
  const { count, payer, payee, amountFen } = desk.queue;
  tentativeOf(desk, isIn);
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let k = 0; k < count; k++) {
      const p = ranked[k], i = payer[p];
      if (isIn[p] || tentativeFen[i] - amountFen[p] < floorFen[i]) continue;
      if (limits !== null && limits.wouldExceed(p, amountFen[p])) continue;
      isIn[p] = 1;
      tentativeFen[i] -= amountFen[p];
      tentativeFen[payee[p]] += amountFen[p];
      limits?.shift(p, amountFen[p], { exceeded, payer: i, payee: payee[p] });
      isDone = false;
    }
  }
}

/** The balances, and what is sent under limits, if a set settled. */
function tentativeOf(desk: ClearingDesk, isIn: Uint8Array): void {
  const { limits, exceeded } = desk;
  const { count, participants, payer, payee, amountFen } = desk.queue;
  for (let i = 0; i < participants; i++) desk.tentativeFen[i] = desk.balanceFen[i];
  exceeded.fill(0, 0, participants);
  limits?.beginTentative();
  for (let p = 0; p < count; p++) {
    if (!isIn[p]) continue;
    desk.tentativeFen[payer[p]] -= amountFen[p];
    desk.tentativeFen[payee[p]] += amountFen[p];
    limits?.shift(p, amountFen[p], { exceeded, payer: payer[p], payee: payee[p] });
  }
}
