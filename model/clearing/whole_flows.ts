// Whole fen from exact fractions: flows that balance at every node are rounded so that they still do.

/** One flow between two nodes. */
export interface Flow {
  /** The node that it leaves. */
  from: number;
  /** The node that it enters. */
  to: number;
  /** How much, in fractions of a whole: `whole` of them are one. */
  amount: bigint;
}

/**
 * Rounds flows to whole numbers, each down or up, so that what enters a node is what leaves it.
 *
 * The rule: as long as some flows have fractions, these form a closed way (no node has a single one). The first such way
 * in the order of the flows is taken, and the flows along it are raised and lowered together by the least amount that
 * makes one of them whole; of two such amounts the one that raises the first flow. Whole flows never change.
 *
 * Shapes: `flows` in and out of each node balance to within 2^-20 of a whole; `whole` a power of 2 of at least 2^21.
 * Errors: `RangeError` where they do not.
 *
 * @example
 * ```ts
 * import { wholeFlows } from "#/model/clearing/whole_flows.ts";
 * import assert from "node:assert/strict";
 * const whole = 1n << 32n, half = whole / 2n;
 * const flows = [{ from: 3, to: 0, amount: whole }, { from: 0, to: 1, amount: half }, { from: 0, to: 2, amount: half },
 *   { from: 1, to: 3, amount: half }, { from: 2, to: 3, amount: half }];
 * assert.deepEqual(wholeFlows(flows, whole), [1, 1, 0, 1, 0]);
 * ```
 */
export function wholeFlows(flows: readonly Flow[], whole: bigint): number[] {
  const near = whole >> 20n;
  const amounts = flows.map(({ amount }) => amount);
  const nodes = 1 + Math.max(-1, ...flows.map(({ from, to }) => Math.max(from, to)));
  const fractional: number[][] = Array.from({ length: nodes }, () => []);
  const snap = (k: number) => {
    const rest = amounts[k] % whole;
    if (rest < near) amounts[k] -= rest;
    else if (rest > whole - near) amounts[k] += whole - rest;
    else return false;
    return true;
  };
  const drop = (k: number) => {
    for (const node of [flows[k].from, flows[k].to]) {
      fractional[node] = fractional[node].filter((other) => other !== k);
    }
  };
  for (const [k, { from, to }] of flows.entries()) {
    if (snap(k)) continue;
    fractional[from].push(k);
    fractional[to].push(k);
  }
  for (let first = 0; first < flows.length;) {
    if (!fractional[flows[first].from].includes(first)) {
      first += 1;
      continue;
    }
    const way = closedWay(flows, fractional, first);
    if (typeof way === "number") {
      // Rounding has left a flow alone at a node: it is whole but for that.
      const rest = amounts[way] % whole;
      amounts[way] += rest * 2n >= whole ? whole - rest : -rest;
      drop(way);
      continue;
    }
    const least = (raise: boolean) =>
      way.map(({ flow, along }) => {
        const rest = amounts[flow] % whole;
        return along === raise ? whole - rest : rest;
      }).reduce((a, b) => a < b ? a : b);
    const up = least(true), down = least(false), by = up <= down ? up : -down;
    for (const { flow, along } of way) {
      amounts[flow] += along ? by : -by;
      if (snap(flow)) drop(flow);
    }
  }
  const result = amounts.map((amount) => Number(amount / whole));
  const sums = new Array<number>(nodes).fill(0);
  for (const [k, { from, to }] of flows.entries()) {
    sums[from] -= result[k];
    sums[to] += result[k];
  }
  const off = sums.findIndex((sum) => sum !== 0);
  if (off >= 0) {
    throw new RangeError(`Cannot round flows: node ${off} receives ${sums[off]} more than it gives`);
  }
  return result;
}

/** A closed way of flows with fractions, each once, the first raised; or a flow that stands alone at one of its nodes. */
function closedWay(
  flows: readonly Flow[],
  fractional: readonly number[][],
  first: number,
): { flow: number; along: boolean }[] | number {
  const way = [{ flow: first, along: true }],
    seenAt = new Map([[flows[first].from, 0], [flows[first].to, 1]]);
  for (let at = flows[first].to;;) {
    const flow = fractional[at].find((other) => other !== way.at(-1)!.flow);
    if (flow === undefined) return way.at(-1)!.flow;
    const along = flows[flow].from === at;
    at = along ? flows[flow].to : flows[flow].from;
    way.push({ flow, along });
    const from = seenAt.get(at);
    if (from !== undefined) {
      const closed = way.slice(from);
      return closed[0].along ? closed : closed.map(({ flow, along }) => ({ flow, along: !along }));
    }
    seenAt.set(at, way.length);
  }
}
