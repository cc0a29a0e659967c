// Offsetting along cycles: what participants owe each other in a ring settles together where it cannot settle alone.

import type { Fen } from "#/model/units/units.ts";
import type { ClearingDesk } from "../work.ts";
import { largestInOrder } from "./gridlock.ts";
import { settleInOrder } from "./gross.ts";
import { PairGraph } from "./pair_graph.ts";

/** What a search may cost, and how far it looks. */
export interface SearchTerms {
  /** The most participants in a cycle. */
  maxCycleLength: number;
  /** The most steps that a method walks in search of cycles; then it goes on with what it has. */
  cycleBudget: number;
}

/** Bilateral offset: gross settlement in order, then each pair's payments to each other, until nothing more settles. */
export function bilateral(desk: ClearingDesk, terms: SearchTerms): void {
  offset(desk, { ...terms, maxCycleLength: 2 });
}

/**
 * Cycles, the smallest first: gross settlement in order, then each simple cycle of participants that can settle does so
 * when it is found, pairs before rings of three and so on; again until nothing more settles.
 *
 * On each step of a cycle payments keep their order among themselves; a cycle settles all or nothing of its steps: each
 * must bring at least one payment. Its result is not the best one: a union of cycles may settle where none does alone.
 */
export function cycles(desk: ClearingDesk, terms: SearchTerms): void {
  offset(desk, terms);
}

/** All simple cycles up to a length, the one that settles the highest value first, each time anew; else as {@link cycles}. */
export function largestCycles(desk: ClearingDesk, { maxCycleLength, cycleBudget }: SearchTerms): void {
  const graph = graphOf(desk);
  const best = new Int32Array(desk.queue.count);
  settleInOrder(desk);
  for (let isSpent = false; !isSpent;) {
    graph.lay(desk);
    let length = 0, bestFen = 0;
    for (let size = 2; size <= maxCycleLength && !isSpent; size++) {
      isSpent = !graph.eachCycle(size, { desk, cycleBudget }, (pairs) => {
        const found = settleable(desk, graph, { pairs, size });
        const valueFen = valueOf(desk, desk.list, found);
        if (valueFen <= bestFen) return;
        for (let k = 0; k < found; k++) best[k] = desk.list[k];
        length = found;
        bestFen = valueFen;
      });
    }
    if (length === 0) return;
    desk.settleBatch(best, length);
    settleInOrder(desk);
  }
}

/** The sum of the first rows of a list. */
export function valueOf(desk: ClearingDesk, rows: Int32Array, length: number): Fen {
  let sumFen = 0;
  for (let k = 0; k < length; k++) sumFen += desk.queue.amountFen[rows[k]];
  return sumFen;
}

/** How many cycles of participants there are in a queue up to a length; payments of a pair count as one step. */
export function countCycles(desk: ClearingDesk, { maxCycleLength, cycleBudget }: SearchTerms): number {
  const graph = graphOf(desk);
  graph.lay(desk);
  let found = 0;
  for (let size = 2; size <= maxCycleLength; size++) {
    if (!graph.eachCycle(size, { desk, cycleBudget }, () => void (found += 1))) break;
  }
  return found;
}

/**
 * Settles one cycle if each of its steps brings at least one payment, and says how many settled.
 *
 * Shapes: `participants` in the order of payment, the last pays the first; numbers of the queue's participants.
 */
export function settleCycle(desk: ClearingDesk, participants: readonly number[]): number {
  const graph = graphOf(desk);
  graph.lay(desk);
  const size = participants.length;
  const pairs = Int32Array.from(participants, (one, k) => graph.pairOf(one, participants[(k + 1) % size]));
  if (pairs.includes(-1)) return 0;
  const found = settleable(desk, graph, { pairs, size });
  desk.settleBatch(desk.list, found);
  return found;
}

/** A desk keeps its graph, so that a queue a minute costs no memory a minute. */
function graphOf(desk: ClearingDesk): PairGraph {
  let graph = graphs.get(desk);
  if (!graph || graph.rows.length < desk.queue.count) {
    graphs.set(desk, graph = new PairGraph(desk.list.length));
  }
  return graph;
}

const graphs = new WeakMap<ClearingDesk, PairGraph>();

function offset(desk: ClearingDesk, { maxCycleLength, cycleBudget }: SearchTerms): void {
  const graph = graphOf(desk);
  let before: number;
  do {
    before = desk.settled;
    settleInOrder(desk);
    graph.lay(desk);
    for (let size = 2; size <= maxCycleLength; size++) {
      const isWhole = graph.eachCycle(size, { desk, cycleBudget }, (pairs) => {
        desk.settleBatch(desk.list, settleable(desk, graph, { pairs, size }));
      });
      if (!isWhole) return settleInOrder(desk);
    }
  } while (desk.settled > before);
}

/** Fills the desk's list with what a cycle can settle; 0 where a step would bring nothing. */
function settleable(
  desk: ClearingDesk,
  graph: PairGraph,
  { pairs, size }: { pairs: Int32Array; size: number },
): number {
  let length = 0;
  for (let k = 0; k < size; k++) length = graph.collect(pairs[k], { desk, length });
  const found = largestInOrder(desk, desk.list, length);
  // The list keeps the steps together, so a step that brings nothing is one change of payer less.
  let steps = 0;
  for (let k = 0; k < found; k++) {
    if (k === 0 || desk.queue.payer[desk.list[k]] !== desk.queue.payer[desk.list[k - 1]]) steps += 1;
  }
  return steps === size ? found : 0;
}
