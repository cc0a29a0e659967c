// The bracket along one way: narrowed by screening first, then certified by sequential tests from where screening left it.

import type { Space } from "#/sim/experiments/reverse_space.ts";
import { type Screened, Spent, type Tested, type Trials } from "#/sim/experiments/reverse_trials.ts";

/** A way with a point that fails and the last that passes before it, as screening says; places in distances along the way. */
export interface Way {
  direction: number[];
  pass: Screened;
  passAt: number;
  fail: Screened;
  failAt: number;
}

/** Whether more shock along the way broke no less, as far as was looked. */
export interface Monotone {
  /** Points of the way that were looked at, by screening or by test. */
  points: number;
  /** The test half-way to the last pass, and the one at the end of the ranges; null where they were not made. */
  nearer: Tested | null;
  farther: Tested | null;
  /** A point farther than one that fails, and yet it passes: by test where there is one, else by screening that no test settled. */
  passesBeyond: Tested | null;
}

/** What tests say of a way. */
export interface Certificate {
  pass: Tested | null;
  fail: Tested | null;
  /** Sequential tests made on this way, those made a second time, and points between pass and fail that could not be told. */
  tests: number;
  secondTests: number;
  between: Tested[];
  monotone: Monotone;
  /** Whether the tests ended before the runs did. */
  isComplete: boolean;
}

const along = (direction: readonly number[], at: number): number[] => direction.map((part) => part * at);
const same = (a: Tested, b: Tested) => a.values.join() === b.values.join();

/**
 * Narrows a way by screening: first a little nearer, then by halves, or where the margins point to.
 *
 * Shapes: the bracket is narrow enough where it is within `tolerance` of its distance. Errors: `Spent`.
 */
export async function narrowed(trials: Trials, way: Way, tolerance: number): Promise<Way> {
  let { pass, passAt, fail, failAt } = way;
  for (let step = 0; failAt - passAt > tolerance * failAt; step++) {
    const at = passAt + guess(pass, fail, step) * (failAt - passAt);
    const [found] = await trials.screen([along(way.direction, at)]);
    if (same(found, pass) || same(found, fail)) break;
    if (found.verdict === "fails") [fail, failAt] = [found, at];
    else [pass, passAt] = [found, at];
  }
  return { direction: way.direction, pass, passAt, fail, failAt };
}

/** Where between pass and fail to look next: where a straight line through the margins breaks, kept inside; each third time half-way. */
function guess(pass: Screened, fail: Screened, step: number): number {
  const share = -pass.margin / (fail.margin - pass.margin);
  if (step % 3 === 2 || !(share > 0 && share < 1)) return 0.5;
  return Math.min(0.85, Math.max(0.15, share));
}

/** Screened points beyond the fail that are settled by tests. */
const settledMost = 3;

interface Mark {
  at: number;
  found: Tested;
}

/**
 * Certifies a way: outwards from the screened fail until a test fails, inwards from the screened pass until one passes, then
 * between them as far as points can be told; then half-way to the pass, and at the end of the ranges. Last both ends are
 * tested again with luck that chose nothing: an end that does not hold a second time gives way to the next.
 *
 * Shapes: `origin` passes by test. A nearer fail that is found on the way takes the fail's place.
 */
export async function certified(
  trials: Trials,
  way: Pick<Way, "direction" | "passAt" | "failAt">,
  { space, origin, tolerance }: { space: Space; origin: Tested; tolerance: number },
): Promise<Certificate> {
  const { direction } = way, reach = space.reach(direction);
  const marks: Mark[] = [{ at: 0, found: origin }];
  let isComplete = false, isLast = false, secondTests = 0;
  const look = async (at: number, place = along(direction, at)): Promise<Tested> => {
    const once = await trials.test(place), found = isLast ? await again(once) : once;
    if (!marks.some((mark) => same(mark.found, found))) marks.push({ at, found });
    return found;
  };
  /** The nearest point that fails, and the farthest before it that passes. */
  const bracket = () => {
    const sorted = [...marks].sort((a, b) => a.at - b.at);
    const failAt = sorted.findIndex(({ found }) => found.verdict === "fails");
    const before = failAt < 0 ? sorted : sorted.slice(0, failAt);
    return {
      fail: failAt < 0 ? null : sorted[failAt],
      pass: before.findLast(({ found }) => found.verdict === "passes") ?? null,
      sorted,
    };
  };
  const start = Math.max(way.failAt - way.passAt, tolerance * way.failAt);
  const told: Pick<Monotone, "nearer" | "farther"> = { nearer: null, farther: null };
  try {
    for (let at = way.failAt, step = start;; at = Math.min(reach, at + step), step *= 2) {
      if ((await look(at)).verdict === "fails" || at >= reach) break;
    }
    if (bracket().fail) {
      for (let at = Math.min(way.passAt, bracket().fail!.at), step = start; at > 0; at -= step, step *= 2) {
        if ((await look(at)).verdict === "passes") break;
      }
      await close();
      for (let again = 0; again < 2; again++) {
        const { pass } = bracket();
        if (!pass || pass.at === 0) break;
        told.nearer = await look(pass.at / 2);
        if (told.nearer.verdict !== "fails") break;
        await close();
      }
      const { fail } = bracket();
      if (fail && reach > fail.at * (1 + tolerance)) told.farther = await look(reach);
      // What screening saw hold beyond the fail is settled by a test: near the border few replications say little.
      const beyond = screenedOn().filter(({ at, found }) =>
        fail && at > fail.at && found.verdict === "passes"
      );
      for (const { at, found } of beyond.sort((a, b) => b.at - a.at).slice(0, settledMost)) {
        await look(at, space.placeOf(found.values));
      }
      await confirm();
    }
    isComplete = true;
  } catch (error) {
    if (!(error instanceof Spent)) throw error;
  }

  /** Tests between pass and fail: half-way, and where that cannot be told, on both sides of what cannot. */
  async function close() {
    for (let looks = 0; looks < 8; looks++) {
      const { pass, fail, sorted } = bracket();
      if (!pass || !fail) return;
      const inside = sorted.filter(({ at }) => at > pass.at && at < fail.at);
      const stops = [pass.at, ...inside.map(({ at }) => at), fail.at];
      // Gaps between two that cannot be told stay.
      const gaps = [[stops[0], stops[1]], [stops.at(-2)!, stops.at(-1)!]].map(([low, high]) => ({
        low,
        width: high - low,
      }));
      const { low, width } = gaps[0].width >= gaps[1].width ? gaps[0] : gaps[1];
      if (width <= tolerance * fail.at) return;
      const before = marks.length;
      await look(low + width / 2);
      if (marks.length === before) return;
    }
  }

  async function again(found: Tested): Promise<Tested> {
    const confirmed = await trials.confirm(found);
    if (confirmed !== found) secondTests++;
    return confirmed;
  }

  /** Tests the ends again until both hold, or none is left; whether all held. */
  async function settle(): Promise<boolean> {
    for (let allHeld = true;;) {
      const { pass, fail } = bracket();
      const end = [fail, pass].find((mark) => mark && !mark.found.again);
      if (!pass || !fail || !end) return allHeld;
      end.found = await again(end.found);
      if (end.found.verdict === "open") allHeld = false;
    }
  }

  /** Confirms both ends; where some did not hold, the gap that they leave is looked into, each point by both tests at once. */
  async function confirm() {
    if (await settle()) return;
    isLast = true;
    await close();
    await settle();
  }

  /** Points of the way that were screened and not tested. */
  function screenedOn(): Mark[] {
    return [...trials.screened.values()].map(({ margin: _, ...found }) => {
      const place = space.placeOf(found.values),
        at = place.reduce((sum, part, i) => sum + part * direction[i], 0);
      return { at, found, off: Math.hypot(...place.map((part, i) => part - at * direction[i])) };
    }).filter(({ at, found, off }) =>
      at > 0 && off < 0.005 * Math.max(at, 0.1) && !marks.some((mark) => same(mark.found, found))
    );
  }

  const { pass, fail, sorted } = bracket();
  const onWay = [...sorted, ...screenedOn()];
  const beyond = onWay.filter(({ at, found }) => fail && at > fail.at && found.verdict === "passes");
  return {
    pass: pass?.found ?? null,
    fail: fail?.found ?? null,
    tests: marks.length - 1,
    secondTests,
    between: sorted.filter(({ at }) => pass && fail && at > pass.at && at < fail.at).map(({ found }) =>
      found
    ),
    monotone: {
      points: onWay.filter(({ at }) => at > 0).length,
      ...told,
      passesBeyond: (beyond.find(({ found }) => found.by === "test") ?? beyond[0])?.found ?? null,
    },
    isComplete,
  };
}
