// How a point of a reverse stress test is told to hold or to break: first by a cheap screening, in the end by a sequential test.

import {
  type SequentialAnswer,
  type SequentialTerms,
  sequentialTest,
} from "#/model/statistics/sequential_trials.ts";
import type { Space } from "#/sim/experiments/reverse_space.ts";

/**
 * Runs points under `count` replications from number `from` on: by point, then by replication, how far the run is beyond the
 * condition. Above 0 it broke; below, the nearer to 0 the nearer it was.
 */
export type Breaks = (
  points: readonly (readonly number[])[],
  replications: { from: number; count: number },
) => Promise<number[][]>;

/** A point that was looked at: `fails` where the condition breaks in most replications, `open` where that could not be said. */
export interface Tested extends Pick<SequentialAnswer, "trials" | "events"> {
  values: number[];
  distance: number;
  verdict: "passes" | "fails" | "open";
  /** A screening is the majority of two or three replications; a test has the stated errors, on replications of its own. */
  by: "screening" | "test";
  /** What a second test said of an end of a bracket, on replications that chose nothing; the verdict is that of both. */
  again?: Pick<SequentialAnswer, "trials" | "events">;
}

/** A screened point, and how far it was beyond the condition on average. */
export interface Screened extends Tested {
  margin: number;
}

/** Thrown where the runs that may be spent do not reach. */
export class Spent extends Error {}

/** A screening takes two replications, and a third where they differ. Tests begin behind it, with luck that chose nothing. */
const screeningCount = 2, tieBreaker = 1;
/** The first replication of every test. */
export const testFrom = screeningCount + tieBreaker;
/** A test begins with as many replications as can decide a clear case; then two at a time. */
const firstBatch = 4, laterBatch = 2;

/** What telling takes. */
export interface TrialOptions {
  terms: SequentialTerms;
  budget: number;
  replicationsMost: number;
  onRuns?: (runs: number, what: "screening" | "testing") => void;
}

/** Tells points of one space, each once, and counts what that takes. */
export class Trials {
  readonly screened = new Map<string, Screened>();
  readonly tests = new Map<string, Tested>();
  runs = 0;
  /** Runs that may be spent by now. */
  allowed: number;

  constructor(
    private readonly breaks: Breaks,
    private readonly space: Space,
    private readonly options: TrialOptions,
  ) {
    this.allowed = options.budget;
  }

  /** Runs that are left to be spent by now. */
  get left(): number {
    return this.allowed - this.runs;
  }

  private async spend(
    points: readonly number[][],
    { from, count, what }: { from: number; count: number; what: "screening" | "testing" },
  ): Promise<number[][]> {
    if (points.length === 0) return [];
    const fresh = points.length * count;
    if (fresh > this.left) throw new Spent();
    const found = await this.breaks(points, { from, count });
    this.runs += fresh;
    this.options.onRuns?.(this.runs, what);
    return found;
  }

  /** Tells places by the majority of two or three replications. Errors: {@link Spent}. */
  async screen(places: readonly (readonly number[])[]): Promise<Screened[]> {
    const asked = places.map((z) => this.space.valuesAt(z)), keys = asked.map(keyOf);
    const fresh = [...new Map(asked.map((values, i) => [keys[i], values])).entries()].filter(([key]) =>
      !this.screened.has(key)
    );
    const points = fresh.map(([, values]) => values);
    const margins = await this.spend(points, { from: 0, count: screeningCount, what: "screening" });
    const isTie = margins.map((own) => own.some((it) => it > 0) && own.some((it) => !(it > 0)));
    const ties = points.filter((_, i) => isTie[i]);
    const more = await this.spend(ties, { from: screeningCount, count: tieBreaker, what: "screening" });
    for (const [i, [key, values]] of fresh.entries()) {
      const own = isTie[i] ? [...margins[i], ...more.shift()!] : margins[i];
      const events = own.filter((it) => it > 0).length;
      this.screened.set(key, {
        ...{ values, distance: this.space.distanceOf(values), by: "screening" },
        ...{ verdict: 2 * events > own.length ? "fails" : "passes", trials: own.length, events },
        margin: own.reduce((sum, it) => sum + it, 0) / own.length,
      });
    }
    return keys.map((key) => this.screened.get(key)!);
  }

  /** Tells a place by the sequential test, on replications that no screening has seen. Errors: {@link Spent}. */
  async test(place: readonly number[]): Promise<Tested> {
    const values = this.space.valuesAt(place), key = keyOf(values), before = this.tests.get(key);
    if (before) return before;
    const { verdict, trials, events } = await this.sequential(values, testFrom);
    const found: Tested = {
      ...{ values, distance: this.space.distanceOf(values), verdict },
      ...{ trials, events, by: "test" },
    };
    this.tests.set(key, found);
    return found;
  }

  /**
   * Tests a tested place again, on replications that no search has seen: what is not said a second time is open.
   *
   * Which of many tests make a bracket is chosen by what they said, so that their errors add up; this one's does not.
   * Errors: {@link Spent}.
   */
  async confirm(found: Tested): Promise<Tested> {
    if (found.again || found.verdict === "open") return found;
    const { verdict, trials, events } = await this.sequential(
      found.values,
      testFrom + this.options.replicationsMost,
    );
    const confirmed: Tested = {
      ...found,
      verdict: verdict === found.verdict ? verdict : "open",
      again: { trials, events },
    };
    this.tests.set(keyOf(found.values), confirmed);
    return confirmed;
  }

  /** Replications from number `from` on, until the sequential test has its answer or no more are allowed. */
  private async sequential(
    values: number[],
    from: number,
  ): Promise<Pick<Tested, "verdict" | "trials" | "events">> {
    const { terms, replicationsMost: most } = this.options, broke: boolean[] = [];
    let answer: SequentialAnswer;
    do {
      const count = Math.min(broke.length === 0 ? firstBatch : laterBatch, most - broke.length);
      const [margins] = await this.spend([values], { from: from + broke.length, count, what: "testing" });
      broke.push(...margins.map((margin) => margin > 0));
      answer = sequentialTest(broke, terms);
    } while (answer.verdict === "open" && broke.length < most);
    const { verdict, trials, events } = answer;
    return {
      verdict: verdict === "open" ? verdict : verdict === "high" ? "fails" : "passes",
      trials,
      events,
    };
  }

  /** All that was looked at: a point that was tested stands as its test told it. */
  get tested(): Tested[] {
    const screened = [...this.screened.entries()].filter(([key]) => !this.tests.has(key));
    return [...screened.map(([, { margin: _, ...point }]) => point), ...this.tests.values()];
  }
}

const keyOf = (values: readonly number[]): string => values.join(" ");
