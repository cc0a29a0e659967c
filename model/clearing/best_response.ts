// Best responses of two parties: which pairs of choices neither would leave alone, and where a walk of best responses ends.

/** What a pair of choices costs each of the two; the less the better. */
export type Costs = readonly [first: number, second: number];

/** One pair of choices, by place. */
export type Pair = readonly [first: number, second: number];

function check(costs: readonly (readonly Costs[])[]): void {
  const width = costs[0]?.length ?? 0;
  if (width === 0 || costs.some((row) => row.length !== width)) {
    throw new TypeError(
      "Cannot compare choices: every choice of the one needs a cost for every choice of the other",
    );
  }
}

/** The choices of one party that cost it least against the other's; all of them on a tie. */
function best(costs: readonly (readonly Costs[])[], against: number, party: 0 | 1): number[] {
  const own = party === 0 ? costs.map((row) => row[against][0]) : costs[against].map((pair) => pair[1]);
  const least = Math.min(...own);
  return own.flatMap((cost, choice) => cost === least ? [choice] : []);
}

/**
 * The pairs in which each party's choice costs it least against the other's (Nash equilibria in pure choices).
 *
 * Shapes: `costs[first][second]`, finite, in any one unit. Errors: `TypeError` for a table with holes.
 *
 * @example
 * ```ts
 * import { equilibria } from "#/model/clearing/best_response.ts";
 * import assert from "node:assert/strict";
 * // Prompt or late: being late alone is cheapest, being prompt alone dearest.
 * assert.deepEqual(equilibria([[[2, 2], [4, 1]], [[1, 4], [3, 3]]]), [[1, 1]]);
 * ```
 */
export function equilibria(costs: readonly (readonly Costs[])[]): Pair[] {
  check(costs);
  return costs.flatMap((row, first) =>
    row.flatMap((_, second): Pair[] =>
      best(costs, second, 0).includes(first) && best(costs, first, 1).includes(second)
        ? [[first, second]]
        : []
    )
  );
}

/**
 * Where best responses in turn lead from a pair: the pair that neither leaves, or null where they go round.
 *
 * Shapes: as {@link equilibria}; whoever has a best choice already keeps it. Errors: as there; `RangeError` for a start that
 * is not in the table.
 *
 * @example
 * ```ts
 * import { respond } from "#/model/clearing/best_response.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(respond([[[2, 2], [4, 1]], [[1, 4], [3, 3]]], [0, 0]), [1, 1]);
 * assert.equal(respond([[[0, 1], [1, 0]], [[1, 0], [0, 1]]], [0, 0]), null);
 * ```
 */
export function respond(costs: readonly (readonly Costs[])[], start: Pair): Pair | null {
  check(costs);
  let [first, second] = start;
  if (!costs[first]?.[second]) throw new RangeError(`Cannot start from ${start.join(", ")}: no such pair`);
  for (let turn = 0; turn <= costs.length * costs[0].length; turn++) {
    const mine = best(costs, second, 0), next = mine.includes(first) ? first : mine[0];
    const theirs = best(costs, next, 1), then = theirs.includes(second) ? second : theirs[0];
    if (next === first && then === second) return [first, second];
    first = next;
    second = then;
  }
  return null;
}
