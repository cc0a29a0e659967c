// Reverse stress: the nearest combination of shocks that breaks a condition, between a last pass and a first fail.

import {
  type SequentialAnswer,
  type SequentialTerms,
  sequentialTest,
} from "#/model/statistics/sequential_trials.ts";
import type { Space } from "#/sim/experiments/reverse_space.ts";

/** Runs points under replications 0 to n − 1 and says for each which of them broke the condition. */
export type Breaks = (points: readonly (readonly number[])[], replications: number) => Promise<boolean[][]>;

/** A point that was tested: `fails` where the condition breaks in most replications, `open` where none could be said. */
export interface Tested extends Pick<SequentialAnswer, "trials" | "events"> {
  values: number[];
  distance: number;
  verdict: "passes" | "fails" | "open";
}

/** What a search takes. */
export interface ReverseOptions {
  test: SequentialTerms;
  /** Most runs, and most replications of one point. */
  budget: number;
  replicationsMost: number;
  /** A bracket narrower than this share of its distance is narrow enough. */
  tolerance: number;
  /** Two words from which directions are drawn. */
  seed: readonly [number, number];
  onRuns?: (runs: number) => void;
}

/** What a search found. */
export interface Reverse {
  metric: Space["metric"];
  /** Where nothing is shocked. */
  origin: Tested;
  /** The nearest point that fails, and the farthest on the way to it that passes; null where nothing fails in the ranges. */
  firstFail: Tested | null;
  lastPass: Tested | null;
  /** Directions that pass at the distance of the first fail, or up to the end of a range. */
  passing: number;
  directions: number;
  tested: Tested[];
  runs: number;
  ended: "found" | "nothing breaks" | "broken as it stands" | "budget spent";
}

/** A batch is as many replications as can decide a clear case; then two at a time. */
const firstBatch = 4, laterBatch = 2;

class Spent extends Error {}

/** The best ray so far, and the places on it. */
interface Best {
  direction: number[];
  pass: Tested;
  fail: Tested;
  passAt: number;
  failAt: number;
}

/**
 * Searches a space for the nearest point that fails.
 *
 * From the origin it looks along axes, diagonals and drawn directions to the end of the ranges; along those that fail it halves
 * the way; then it turns the best direction, and tries each turn just inside the distance that is known to fail. Points are told to
 * pass or fail by a sequential test over the same replications, so that neighbours share their luck.
 * Along a ray more shock is taken to break no less. Errors: those of running.
 */
export async function reverseStress(breaks: Breaks, space: Space, options: ReverseOptions): Promise<Reverse> {
  const { budget, replicationsMost, tolerance, onRuns } = options;
  const known = new Map<string, Tested>();
  let runs = 0;

  async function test(places: readonly (readonly number[])[]): Promise<Tested[]> {
    const asked = places.map((z) => space.valuesAt(z)), keys = asked.map((values) => values.join(" "));
    let open = [...new Map(asked.map((values, i) => [keys[i], values])).entries()].filter(([key]) =>
      !known.has(key)
    );
    const trials = new Map<string, number>();
    for (
      let n = Math.min(firstBatch, replicationsMost);
      open.length > 0;
      n = Math.min(n + laterBatch, replicationsMost)
    ) {
      const fresh = open.reduce((sum, [key]) => sum + n - (trials.get(key) ?? 0), 0);
      if (runs + fresh > budget) throw new Spent();
      const broke = await breaks(open.map(([, values]) => values), n);
      runs += fresh;
      onRuns?.(runs);
      open = open.filter(([key, values], i) => {
        trials.set(key, n);
        const answer = sequentialTest(broke[i], options.test);
        if (answer.verdict === "open" && n < replicationsMost) return true;
        const verdict = answer.verdict === "open" ? "open" : answer.verdict === "high" ? "fails" : "passes";
        const { trials: seen, events } = answer;
        known.set(key, { values, distance: space.distanceOf(values), verdict, trials: seen, events });
        return false;
      });
    }
    return keys.map((key) => known.get(key)!);
  }

  const zero = new Array(space.dims).fill(0);
  const nearest: { best: Best | null } = { best: null };
  let origin: Tested | undefined, ended: Reverse["ended"] = "nothing breaks";
  let directions = 0, passing = 0;

  /** Halves the way between a pass and a fail along a ray. An open point is neither, and ends it. */
  async function bracket(
    direction: number[],
    from: { pass: Tested; passAt: number; fail: Tested; failAt: number },
  ) {
    let { pass, passAt, fail, failAt } = from;
    while (failAt - passAt > tolerance * failAt) {
      const middle = (passAt + failAt) / 2;
      const [found] = await test([direction.map((part) => part * middle)]);
      const isOld = found.values.join() === pass.values.join() || found.values.join() === fail.values.join();
      if (isOld || found.verdict === "open") break;
      if (found.verdict === "fails") [fail, failAt] = [found, middle];
      else [pass, passAt] = [found, middle];
      if (!nearest.best || fail.distance < nearest.best.fail.distance) {
        nearest.best = { direction, pass, fail, passAt, failAt };
      }
    }
    if (!nearest.best || fail.distance <= nearest.best.fail.distance) {
      nearest.best = { direction, pass, fail, passAt, failAt };
    }
  }

  try {
    [origin] = await test([zero]);
    if (origin.verdict === "fails") {
      return {
        metric: space.metric,
        origin,
        firstFail: origin,
        lastPass: null,
        ...{ passing, directions },
        tested: [...known.values()],
        runs,
        ended: "broken as it stands",
      };
    }
    const first = startDirections(space).filter((direction) => space.reach(direction) > 1e-9);
    const ends = first.map((direction) => ({ direction, at: space.reach(direction) }));
    const found = await test(ends.map(({ direction, at }) => direction.map((part) => part * at)));
    directions += first.length;
    passing += found.filter(({ verdict }) => verdict !== "fails").length;
    const failing = ends.map((end, i) => ({ ...end, fail: found[i] })).filter(({ fail }) =>
      fail.verdict === "fails"
    )
      .sort((a, b) => a.at - b.at);
    for (const { direction, at, fail } of failing) {
      await narrow(direction, { fail, failAt: at });
    }
    const draw = drawn(options.seed);
    for (let turn = 0.7; nearest.best && space.dims > 1 && turn > 0.04; turn /= 2) {
      const around = turned(nearest.best.direction, { turn, draw });
      for (const direction of around) await narrow(direction, {});
    }
    if (nearest.best) ended = "found";
  } catch (error) {
    if (!(error instanceof Spent)) throw error;
    if (!origin) {
      throw new RangeError(
        `Cannot begin: a budget of ${budget} runs does not reach to test the scenario as it stands`,
      );
    }
    ended = "budget spent";
  }

  /** Looks along one direction for a fail nearer than the best, and halves the way to it. */
  async function narrow(direction: number[], end: { fail?: Tested; failAt?: number }) {
    const reach = space.reach(direction);
    if (end.fail === undefined) directions++;
    const at = nearest.best ? Math.min(reach, nearest.best.failAt * (1 - tolerance / 2)) : reach;
    if (!(at > 1e-9)) return;
    let { fail, failAt = at } = end;
    if (nearest.best || fail === undefined) {
      const [here] = await test([direction.map((part) => part * at)]);
      if (here.verdict !== "fails" || nearest.best && here.distance >= nearest.best.fail.distance) {
        if (here.verdict !== "fails" && end.fail === undefined) passing++;
        return;
      }
      [fail, failAt] = [here, at];
    }
    await bracket(direction, { pass: origin!, passAt: 0, fail, failAt });
  }

  const at = nearest.best;
  return {
    metric: space.metric,
    origin,
    firstFail: at?.fail ?? null,
    lastPass: at?.pass ?? null,
    ...{ passing, directions, tested: [...known.values()], runs, ended },
  };
}

const unit = (z: readonly number[]): number[] => {
  const length = Math.hypot(...z);
  return z.map((part) => part / length);
};

/** Axes both ways, and the diagonals of all signs. */
function startDirections({ dims }: Space): number[][] {
  const axes = Array.from({ length: dims }, (_, i) =>
    [1, -1].map((sign) => {
      const z = new Array(dims).fill(0);
      z[i] = sign;
      return z as number[];
    })).flat();
  if (dims === 1) return axes;
  const corners = Array.from(
    { length: 1 << dims },
    (_, bits) => unit(Array.from({ length: dims }, (_, i) => bits >> i & 1 ? -1 : 1)),
  );
  return [...axes, ...corners];
}

/** A direction turned towards and away from each axis, and once to a side that is drawn. */
function turned(
  direction: readonly number[],
  { turn, draw }: { turn: number; draw: () => number },
): number[][] {
  const sides: number[][] = direction.map((_, i) => direction.map((_, k) => i === k ? 1 : 0));
  sides.push(unit(direction.map(() => draw() - 0.5 || 0.1)));
  return sides.flatMap((side) =>
    [turn, -turn].map((by) => direction.map((part, k) => part + by * side[k])).filter((z) =>
      Math.hypot(...z) > 1e-6
    )
      .map(unit)
  );
}

/** Numbers in [0, 1) from two words, for directions only. */
function drawn([a, b]: readonly [number, number]): () => number {
  let state = (a ^ Math.imul(b, 0x9e3779b1)) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
