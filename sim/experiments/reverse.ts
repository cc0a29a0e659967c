// Reverse stress: the nearest combination of shocks that breaks a condition, between a last pass and a first fail.

import type { SequentialTerms } from "#/model/statistics/sequential_trials.ts";
import {
  type Certificate,
  certified,
  type Monotone,
  narrowed,
  type Way,
} from "#/sim/experiments/reverse_bracket.ts";
import type { Space } from "#/sim/experiments/reverse_space.ts";
import { type Breaks, type Screened, Spent, type Tested, Trials } from "#/sim/experiments/reverse_trials.ts";
import { corners, drawn, endsOf, steepest, turned, unit } from "#/sim/experiments/reverse_ways.ts";

export type { Breaks, Tested } from "#/sim/experiments/reverse_trials.ts";

/** What a search takes. */
export interface ReverseOptions {
  test: SequentialTerms;
  /** Most runs, and most replications of one test. */
  budget: number;
  replicationsMost: number;
  /** A bracket narrower than this share of its distance is narrow enough. */
  tolerance: number;
  /** Two words from which directions are drawn. */
  seed: readonly [number, number];
  onRuns?: (runs: number, what: "screening" | "testing") => void;
}

/** How a search ended. */
export type Ended =
  /** There is a test that fails, and one nearer on the way that passes. */
  | "found"
  | "nothing breaks"
  /** Tests of the unshocked point: it fails, or it cannot be told. */
  | "broken as it stands"
  | "cannot be told as it stands"
  /** Screening saw breaches, and no test confirmed one. */
  | "not confirmed"
  | "budget spent";

/** What a search found. */
export interface Reverse {
  metric: Space["metric"];
  /** Where nothing is shocked. */
  origin: Tested;
  /** The nearest point that fails by test, and the farthest before it on the same way that passes by test; null where there is none. */
  firstFail: Tested | null;
  lastPass: Tested | null;
  /** Points between the two that no test could tell. */
  between: Tested[];
  /** Sequential tests behind the bracket, and how many more told its ends a second time. */
  tests: number;
  secondTests: number;
  /** Whether the runs reached to narrow the bracket as far as points can be told. */
  isNarrowed: boolean;
  monotone: Monotone | null;
  /** Directions that pass at the distance of the first fail, or up to the end of a range, as screening says. */
  passing: number;
  directions: number;
  /** The finest turn (in radians, about) of the way at which no nearer breach was seen; null where turns were not all tried. */
  finestTurn: number | null;
  tested: Tested[];
  runs: number;
  ended: Ended;
}

/** Screening narrows ways so far; only the last one further. */
const coarse = 0.08;
/** A way is turned by these, from a coarse turn to a fine one. */
const turns = [0.6, 0.3, 0.15, 0.075];
/** Corners that are looked at though a breach is known. */
const cornersMost = 8;
/** Of the budget, and in replications of one test: what is kept for certifying. */
const keptShare = 0.45, keptTests = 7;

/**
 * Searches a space for the nearest point that fails.
 *
 * The point where nothing is shocked is tested. Then points are screened by two or three replications: each shock by itself at the
 * ends of its range, the direction in which these come nearest the condition fastest, all shocks at once; along those that
 * break the way is halved, and the best one is turned. The last pass and the first fail of the best way are then certified by
 * sequential tests on replications of their own, which had no part in choosing it, and both ends a second time, on others still.
 * Along a way more shock is taken to break no less, and what was looked at says whether it does. Errors: those of running; `RangeError` for a budget that tests not even
 * the first point.
 */
export async function reverseStress(breaks: Breaks, space: Space, options: ReverseOptions): Promise<Reverse> {
  const { budget, replicationsMost, tolerance, onRuns } = options;
  const trials = new Trials(breaks, space, { terms: options.test, budget, replicationsMost, onRuns });
  const zero = new Array<number>(space.dims).fill(0);
  let origin: Tested;
  try {
    origin = await trials.test(zero);
  } catch (error) {
    if (!(error instanceof Spent)) throw error;
    throw new RangeError(
      `Cannot begin: a budget of ${budget} runs does not reach to test the scenario as it stands`,
    );
  }
  const search = new Search(trials, space, options);
  let certificate: Certificate | undefined, ended: Ended = "nothing breaks";
  if (origin.verdict !== "passes") {
    ended = origin.verdict === "fails" ? "broken as it stands" : "cannot be told as it stands";
  } else {
    trials.allowed = budget - Math.min(Math.floor(budget * keptShare), keptTests * replicationsMost);
    const isWhole = await search.all();
    trials.allowed = budget;
    for (const way of search.candidates()) {
      // Screening puts the nearest first: what a test has found nearer than that is not beaten.
      if (certificate?.fail && certificate.fail.distance <= way.failAt) break;
      const found = await certified(trials, way, { space, origin, tolerance });
      const isBetter = found.fail && found.pass &&
        found.fail.distance < (certificate?.fail?.distance ?? Infinity);
      if (!certificate?.fail || isBetter) certificate = found;
      if (!found.isComplete) break;
    }
    const isClosed = certificate?.fail && certificate.pass, isSpent = !isWhole || !certificate?.isComplete;
    if (isClosed) ended = "found";
    else if (isSpent) ended = "budget spent";
    else if (search.ways.length > 0 || certificate?.fail) ended = "not confirmed";
  }
  // Where nothing shocked is the last pass, it is one point, told once and again.
  if (certificate?.pass?.distance === origin.distance) origin = certificate.pass;
  return {
    metric: space.metric,
    origin,
    firstFail: ended === "broken as it stands" ? origin : certificate?.fail ?? null,
    lastPass: certificate?.pass ?? null,
    between: certificate?.between ?? [],
    tests: certificate?.tests ?? 0,
    secondTests: certificate?.secondTests ?? 0,
    isNarrowed: certificate?.isComplete ?? false,
    monotone: certificate?.monotone ?? null,
    ...{ passing: search.passing, directions: search.directions, finestTurn: search.finestTurn },
    tested: trials.tested,
    runs: trials.runs,
    ended,
  };
}

/** The search by screening. */
class Search {
  ways: Way[] = [];
  directions = 0;
  passing = 0;
  finestTurn: number | null = null;
  /** Where all shocks together look worst: tested where no screening breaks. */
  private worst: number[] | undefined;
  private start!: Screened;

  constructor(
    private readonly trials: Trials,
    private readonly space: Space,
    private readonly options: ReverseOptions,
  ) {}

  private get best(): Way | undefined {
    return this.ways.reduce<Way | undefined>(
      (a, b) => a && a.fail.distance <= b.fail.distance ? a : b,
      undefined,
    );
  }

  /** Looks everywhere; whether the runs reached. */
  async all(): Promise<boolean> {
    const { trials, space, options } = this;
    try {
      [this.start] = await trials.screen([new Array(space.dims).fill(0)]);
      const ends = endsOf(space), found = await trials.screen(ends.map(({ place }) => place));
      const gains = ends.map((end, i) => ({ ...end, gain: found[i].margin - this.start.margin }));
      const together = corners(space, gains), way = steepest(space, gains);
      this.worst = together[0] ?? gains.reduce((a, b) => b.gain > a.gain ? b : a).place;
      if (way && space.dims > 1) await this.look([along(way, space.reach(way))]);
      await this.look(ends.map(({ place }) => place));
      await this.look(together.slice(0, cornersMost));
      if (!this.best) await this.look(together.slice(cornersMost));
      // What breaks and heals again before the end of a range shows half-way, if anywhere.
      if (!this.best) {
        await this.look([...ends.map(({ place }) => place), ...together.slice(0, cornersMost)], 0.5);
      }
      const draw = drawn(options.seed);
      for (const turn of space.dims > 1 && this.best ? turns : []) {
        for (let again = 0; again < 3; again++) {
          const { direction, fail } = this.best!;
          await this.look(turned(direction, { turn, draw }).map((z) => along(z, space.reach(z))));
          if (this.best!.fail === fail) break;
        }
        this.finestTurn = turn;
      }
      if (this.best) await this.narrow(this.best, options.tolerance);
      return true;
    } catch (error) {
      if (!(error instanceof Spent)) throw error;
      return false;
    }
  }

  /**
   * Looks at the ends of ways, or a share of the way to them, all at once, nearer than the best where there is one, and narrows
   * those that break, the nearest first.
   */
  private async look(ends: readonly (readonly number[])[], share = 1): Promise<void> {
    const { trials, space, options } = this;
    const short = this.best ? this.best.failAt * (1 - options.tolerance) : Infinity;
    const places = ends.filter((end) => Math.hypot(...end) > 1e-9).map((end) => {
      const direction = unit(end), at = Math.min(short, share * space.reach(direction));
      return { direction, at };
    });
    const found = await trials.screen(places.map(({ direction, at }) => along(direction, at)));
    this.directions += places.length;
    this.passing += found.filter(({ verdict }) => verdict !== "fails").length;
    const failing = places.map((place, i) => ({ ...place, fail: found[i] }))
      .filter(({ fail }) => fail.verdict === "fails").sort((a, b) =>
        a.at - b.at || b.fail.margin - a.fail.margin
      );
    for (const { direction, at, fail } of failing) {
      const limit = this.best ? this.best.failAt * (1 - options.tolerance) : Infinity;
      let [failAt, here] = [at, fail];
      if (limit < at) {
        [here] = await trials.screen([along(direction, limit)]);
        failAt = limit;
        if (here.verdict !== "fails") continue;
      }
      const way = { direction, pass: this.start, passAt: 0, fail: here, failAt };
      this.ways.push(way);
      await this.narrow(way, coarse);
    }
  }

  private async narrow(way: Way, tolerance: number): Promise<void> {
    const found = await narrowed(this.trials, way, tolerance);
    this.ways[this.ways.indexOf(way)] = found;
  }

  /** The ways to be certified: the nearest breach first; where nothing breaks, the way to the worst that all shocks can do. */
  candidates(): Pick<Way, "direction" | "passAt" | "failAt">[] {
    if (this.ways.length > 0) return [...this.ways].sort((a, b) => a.failAt - b.failAt).slice(0, 3);
    if (!this.worst) return [];
    const direction = unit(this.worst), failAt = this.space.reach(direction);
    return [{ direction, passAt: failAt, failAt }];
  }
}

const along = (direction: readonly number[], at: number): number[] => direction.map((part) => part * at);
