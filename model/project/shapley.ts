// What each of several openings is worth, and the order to open them in: marginal values, Shapley values, best sequence.
//
// A set of openings is a bit mask; the value of a set is what it brings over opening none, so the empty set is worth 0.

/** What one opening is worth, in the unit of the values. */
export interface CellWorth {
  /** Mean marginal value over all orders of opening, or over the sampled ones. */
  shapley: number;
  /** Standard error of that mean where orders were sampled; 0 where all of them were counted. */
  samplingError: number;
  /** Worth alone, before any other. */
  alone: number;
  /** Worth when all others are open already. */
  last: number;
}

/** The value of a set of openings; 0 for the empty one. */
export type SetValue = (mask: number) => number;

/** The most openings whose sets are all counted. */
export const mostCounted = 4;

/**
 * Orders of opening to be run: all of them up to {@link mostCounted}, else so many drawn ones, each with its reverse.
 *
 * Shapes: `draw` gives a uniform number in [0, 1) each time it is called; `sampled` an even number from 4 on. Errors: `RangeError`.
 */
export function ordersOf(
  count: number,
  { sampled, draw }: { sampled: number; draw: () => number },
): number[][] {
  if (!Number.isInteger(count) || count < 1 || count > 30) {
    throw new RangeError(`Cannot order ${count} openings: from 1 to 30 are needed`);
  }
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= mostCounted) return permutations(all);
  if (!Number.isInteger(sampled) || sampled < 4 || sampled % 2 !== 0) {
    throw new RangeError(`Cannot sample ${sampled} orders: an even number from 4 on is needed`);
  }
  return Array.from({ length: sampled / 2 }, () => {
    const order = [...all];
    for (let i = count - 1; i > 0; i--) {
      const k = Math.floor(draw() * (i + 1));
      [order[i], order[k]] = [order[k], order[i]];
    }
    return [order, order.toReversed()];
  }).flat();
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, i) => permutations(items.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

/** The sets that orders pass through, and those that alone and last are read from, smallest first; without the empty one. */
export function setsOf(orders: readonly (readonly number[])[]): number[] {
  const count = orders[0].length, all = (1 << count) - 1, masks = new Set<number>([all]);
  for (let i = 0; i < count; i++) masks.add(1 << i).add(all & ~(1 << i));
  for (const order of orders) {
    let mask = 0;
    for (const i of order) masks.add(mask |= 1 << i);
  }
  masks.delete(0);
  return [...masks].sort((a, b) => a - b);
}

/**
 * Marginal and Shapley values of openings.
 *
 * Shapes: `orders` as of {@link ordersOf}. Shapley values sum to the value of all openings together, counted or sampled, as each
 * order's marginal values do; an opening that changes nothing is worth 0. The error counts an order and its reverse as one draw.
 * Source: L. S. Shapley, "A value for n-person games" (1953); sampling as in Castro, Gómez and Tejada (2009), with antithetic pairs.
 *
 * @example
 * ```ts
 * import { cellWorths, ordersOf } from "#/model/project/shapley.ts";
 * import assert from "node:assert/strict";
 * // Alone 10 and 20, together 50: both get half of the 20 that only they together bring.
 * const value = (mask: number) => [0, 10, 20, 50][mask];
 * const found = cellWorths(ordersOf(2, { sampled: 0, draw: () => 0 }), value);
 * assert.deepEqual(found.map(({ shapley }) => shapley), [20, 30]);
 * ```
 */
export function cellWorths(orders: readonly (readonly number[])[], value: SetValue): CellWorth[] {
  const count = orders[0].length, all = (1 << count) - 1;
  const isCounted = count <= mostCounted, each = isCounted ? 1 : 2;
  const draws = orders.length / each;
  return Array.from({ length: count }, (_, i) => {
    const marginal = orders.map((order) => {
      let before = 0;
      for (const k of order) {
        if (k === i) break;
        before |= 1 << k;
      }
      return value(before | 1 << i) - value(before);
    });
    const drawn = Array.from(
      { length: draws },
      (_, d) => marginal.slice(d * each, (d + 1) * each).reduce((sum, x) => sum + x, 0) / each,
    );
    const shapley = drawn.reduce((sum, x) => sum + x, 0) / draws;
    const squares = drawn.reduce((sum, x) => sum + (x - shapley) * (x - shapley), 0);
    return {
      shapley,
      samplingError: isCounted ? 0 : Math.sqrt(squares / (draws * (draws - 1))),
      alone: value(1 << i),
      last: value(all) - value(all & ~(1 << i)),
    };
  });
}

/** An order of opening and what it brings. */
export interface Sequence {
  order: number[];
  /** What is brought by the end of the horizon, in the unit of the values. */
  value: number;
}

/**
 * The best and the worst order of opening, one after the other.
 *
 * While a set is open it brings its value in proportion to time; `stepShare` is the part of the horizon between one opening and the
 * next. With no time between them all orders are alike. Among equals the first in the order given is best.
 * Errors: `RangeError` where the openings do not fit into the horizon.
 *
 * @example
 * ```ts
 * import { bestOrder } from "#/model/project/shapley.ts";
 * import assert from "node:assert/strict";
 * const value = (mask: number) => [0, 10, 20, 50][mask];
 * const { best } = bestOrder([[0, 1], [1, 0]], value, { stepShare: 0.1 });
 * assert.deepEqual(best, { order: [1, 0], value: 47 });
 * ```
 */
export function bestOrder(
  orders: readonly (readonly number[])[],
  value: SetValue,
  { stepShare }: { stepShare: number },
): { best: Sequence; worst: Sequence } {
  const waits = orders[0].length - 1;
  if (!(stepShare >= 0) || waits * stepShare > 1) {
    throw new RangeError(
      `Cannot open ${waits + 1} cells ${stepShare} of the horizon apart: they must fit into it`,
    );
  }
  const all = orders.map((order): Sequence => {
    let mask = 0, sum = 0;
    for (const [k, i] of order.entries()) {
      mask |= 1 << i;
      sum += value(mask) * (k < waits ? stepShare : 1 - waits * stepShare);
    }
    return { order: [...order], value: sum };
  });
  return {
    best: all.reduce((a, b) => b.value > a.value ? b : a),
    worst: all.reduce((a, b) => b.value < a.value ? b : a),
  };
}
