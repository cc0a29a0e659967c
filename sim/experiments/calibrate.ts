// Calibration: a few named assumptions are searched for the dated targets, with the same luck in every trial.

import { meanInterval } from "#/model/statistics/interval.ts";
import {
  fitLeastSquares,
  type Fitted,
  neighbour,
  type SearchStep,
} from "#/model/statistics/least_squares.ts";
import { fitSimplex } from "#/model/statistics/simplex.ts";
import { identification, shiftFor } from "#/model/statistics/identification.ts";
import { thousands } from "#/model/units/thousands.ts";
import { refuse } from "#/scenarios/complain.ts";
import type { Loaded } from "#/scenarios/load.ts";
import { searchedOf, type Target, type Targets } from "#/scenarios/targets.ts";
import { freeParameters, snapTo, toUnit, toValue } from "#/sim/experiments/calibrate_free.ts";
import { dayOf } from "#/sim/experiments/calibrate_read.ts";
import {
  type Calibration,
  type Check,
  type FoundParameter,
  hashOf,
  type Ran,
} from "#/sim/experiments/calibrate_result.ts";
import { missesOf, picturesOf, slopesOf } from "#/sim/experiments/calibrate_slopes.ts";
import { errorTable } from "#/sim/experiments/calibrate_table.ts";
import {
  type Readings,
  type TrialMachine,
  Trials,
  type TrialSetup,
  trialWorld,
} from "#/sim/experiments/calibrate_trials.ts";
import { openCells } from "#/sim/experiments/calibrate_words.ts";

/** How to calibrate. */
export interface CalibrateOptions extends Omit<TrialSetup, "targets" | "world">, TrialMachine {
  targets: Targets;
}

const differenceInRange = 0.06, firstTrust = 0.2, simplexTolerance = 0.003;
// Whole numbers end a search of a smooth world; a promise this small is not worth the runs in a noisy one.
const stepTolerance = 0.0002, costTolerance = 0.002;

function ranOf(loaded: Loaded, trials: Trials): Ran {
  const { world, seed } = loaded.scenario, { setup, engine } = trials;
  const { file, title, sha256 } = setup.targets;
  return {
    world: setup.world,
    engine,
    seed,
    shoppers: world.shoppers,
    days: world.days,
    startDate: world.startDate,
    replications: setup.replications,
    set: setup.set ?? [],
    targets: { file, title, sha256 },
  };
}

/** Refuses a world that the targets do not speak of. */
function refuseOtherWorlds(name: string, { scenario }: Loaded, targets: Targets): void {
  const { calibration } = scenario.world, open = openCells(scenario);
  if (calibration !== targets.world) {
    refuse(
      name,
      "world.calibration",
      `found ${calibration}; the targets of ${targets.file} are of ${targets.world}`,
    );
  }
  if (open.length > 0) {
    refuse(name, "acceptance", `found ${open.join(", ")} open; published figures describe the closed world`);
  }
}

/**
 * Runs a world as it is and holds it against all targets.
 *
 * Errors: `ScenarioError` for a world that is open or of another date than the targets; those of {@link Trials}.
 */
export async function check(world: string, options: CalibrateOptions): Promise<Check> {
  const setup: TrialSetup = { ...options, world };
  const loaded = trialWorld(setup);
  refuseOtherWorlds(world, loaded, options.targets);
  using trials = new Trials(setup, options);
  const [readings] = await trials.read([{}]);
  const rows = errorTable(options.targets.targets, readings);
  const told = {
    kind: "check" as const,
    ...ranOf(loaded, trials),
    rows,
    pictures: picturesOf(readings),
    ok: rows.every(({ inside }) => inside === true),
  };
  return { ...told, hash: hashOf(told) };
}

/** Runs that a search of some parameters needs at the least: the start, derivatives, a step, and derivatives at the end. */
export const leastRuns = (parameters: number, replications: number): number =>
  (2 + 3 * parameters) * replications;

/** Runs that a search is allowed unless said: some ten steps and three renewals of derivatives more. */
export const usualRuns = (parameters: number, replications: number): number =>
  (12 + 6 * parameters) * replications;

/**
 * Searches assumptions for the searched targets of a world and says what is identified by what.
 *
 * Shapes: `free` as for `freeParameters`; `budget` in runs; `replications` at least 2, so that slopes have an interval.
 * Errors: `ScenarioError` for a world or parameters that may not be searched, targets that the days do not reach, a budget
 * below {@link leastRuns}; those of {@link Trials}. `onStep` is told of each step, `onBest` of each better point.
 */
export async function calibrate(
  world: string,
  options: CalibrateOptions & {
    free: readonly string[];
    budget?: number;
    onStep?: (step: SearchStep) => void;
    onBest?: (values: Record<string, number>, cost: number) => void;
  },
): Promise<Calibration> {
  const { targets, replications, onStep, onBest } = options;
  const setup: TrialSetup = { ...options, world };
  const loaded = trialWorld(setup);
  refuseOtherWorlds(world, loaded, targets);
  const free = freeParameters(options.free, { loaded, targets });
  const searched = searchedOf(targets.targets);
  refuseUnreached(searched, loaded);
  const { budget = usualRuns(free.length, replications) } = options;
  if (replications < 2) {
    refuse("--replications", "", `found ${replications}; allowed for a search are 2 or more`);
  }
  const least = leastRuns(free.length, replications);
  if (budget < least) {
    refuse(
      "--budget",
      "",
      `found ${thousands(budget)} runs; allowed is at least ${
        thousands(least)
      }: a start, ${free.length} derivatives, a step and ${
        2 * free.length
      } derivatives at the end, each over ${replications} replications`,
    );
  }
  using trials = new Trials(setup, options);
  const valuesAt = (at: readonly number[]) =>
    Object.fromEntries(free.map((parameter, j) => [parameter.path, toValue(at[j], parameter)]));
  const start = free.map((parameter) => toUnit(parameter.value, parameter)), snap = snapTo(free);
  const mostPoints = Math.floor(budget / replications) - 2 * free.length;
  const { fitted, steps, method } = await descend(trials, {
    ...{ start, snap, mostPoints, valuesAt, searched, onStep, onBest },
  });
  const best = fitted.best.at;
  const beside = best.map((_, j) => [
    neighbour(best, j, { difference: differenceInRange, snap }),
    neighbour(best, j, { difference: differenceInRange, snap, down: true }),
  ]);
  const [before, after, ...around] = await trials.read([start, best, ...beside.flat()].map(valuesAt));
  const { slopes, halfWidths } = slopesOf(targets.targets, { best, beside, after, around });
  const isSearched = (_: unknown, i: number) => targets.targets[i].searched;
  const seen = slopes.filter(isSearched);
  const identified = identification({ slopes: seen, halfWidths: halfWidths.filter(isSearched) });
  const shifts = after.map((_, k) => shiftFor(seen, missesOf(searched, [after[k]])));
  const parameters = foundParameters(free, { best, identified, shifts });
  const rows = errorTable(targets.targets, after);
  const cost = (readings: Readings) => missesOf(searched, readings).reduce((sum, r) => sum + r * r, 0) / 2;
  const told = {
    kind: "calibration" as const,
    ...ranOf(loaded, trials),
    parameters,
    before: errorTable(targets.targets, before),
    after: rows,
    pictures: picturesOf(after),
    cost: { before: cost(before), after: cost(after) },
    steps,
    ended: fitted.ended,
    method,
    trials: trials.count,
    runs: trials.count * replications,
    budget,
    slopes,
    halfWidths,
    identification: identified,
    ok: rows.every(({ inside }) => inside === true),
  };
  return { ...told, hash: hashOf(told) };
}

/**
 * Searches the box for what misses least: by derivatives, then by a simplex where these lead nowhere and points are left.
 *
 * Shapes: points in parts of each range. `onStep` is told of each step, `onBest` of each better point.
 */
async function descend(
  trials: Trials,
  { start, snap, mostPoints, valuesAt, searched, onStep, onBest }: {
    start: number[];
    snap: ReturnType<typeof snapTo>;
    mostPoints: number;
    valuesAt: (at: readonly number[]) => Record<string, number>;
    searched: readonly Target[];
    onStep?: (step: SearchStep) => void;
    onBest?: (values: Record<string, number>, cost: number) => void;
  },
): Promise<{ fitted: Fitted; steps: SearchStep[]; method: string }> {
  const steps: SearchStep[] = [];
  let bestCost = Infinity;
  const drive = async (search: Generator<number[][], Fitted, number[][]>): Promise<Fitted> => {
    let turn = search.next();
    while (!turn.done) {
      const batch = turn.value, readings = await trials.read(batch.map(valuesAt));
      const residuals = readings.map((one) => missesOf(searched, one));
      for (const [k, misses] of residuals.entries()) {
        const cost = misses.reduce((sum, r) => sum + r * r, 0) / 2;
        if (cost < bestCost) onBest?.(valuesAt(batch[k]), bestCost = cost);
      }
      turn = search.next(residuals);
    }
    return turn.value;
  };
  const note = (offset: number) => (step: SearchStep) => {
    const told = { ...step, points: step.points + offset };
    steps.push(told);
    onStep?.(told);
  };
  let fitted = await drive(fitLeastSquares({
    start,
    snap,
    mostPoints,
    difference: differenceInRange,
    trust: firstTrust,
    stepTolerance,
    costTolerance,
    onStep: note(0),
  }));
  let method = "Gauss-Newton in a box of trust, derivatives by differences under common random numbers";
  const left = mostPoints - fitted.points;
  if (fitted.ended === "stalled" && left >= start.length + 2) {
    const simplex = await drive(fitSimplex({
      start: fitted.best.at,
      snap,
      mostPoints: left,
      edge: differenceInRange,
      stepTolerance: simplexTolerance,
      onStep: note(fitted.points),
    }));
    method += ", then a simplex, as steps by derivatives failed";
    const best = simplex.best.cost < fitted.best.cost ? simplex.best : fitted.best;
    fitted = { ...simplex, best, points: fitted.points + simplex.points };
  }
  return { fitted, steps, method };
}

/** The parameters as proposed, with how far one tolerance and luck let each go. */
function foundParameters(
  free: ReturnType<typeof freeParameters>,
  { best, identified, shifts }: {
    best: readonly number[];
    identified: ReturnType<typeof identification>;
    shifts: readonly (readonly number[])[];
  },
): FoundParameter[] {
  return free.map((parameter, j): FoundParameter => {
    const proposed = toValue(best[j], parameter), width = identified.parameters[j].width ?? 1;
    const { halfWidth } = meanInterval(shifts.map((shift) => shift[j]));
    const value = (by: number) => toValue(Math.min(1, Math.max(0, best[j] + by)), parameter);
    const atBound = proposed === parameter.low ? "low" : proposed === parameter.high ? "high" : null;
    return {
      ...parameter,
      proposed,
      from: value(-width),
      to: value(width),
      luckFrom: value(-halfWidth),
      luckTo: value(halfWidth),
      atBound,
    };
  });
}

function refuseUnreached(searched: readonly Target[], { scenario: { world } }: Loaded): void {
  for (const target of searched) {
    const dates = "on" in target ? [target.on] : "between" in target ? [target.between[1]] : [];
    const missed = dates.find((date) => dayOf(date, world) < 0);
    if (missed === undefined) continue;
    refuse(
      "--days",
      "",
      `found ${world.days} days from ${world.startDate}, which do not reach ${missed}, the date of the searched target ` +
        `${target.name}; allowed are more days`,
    );
  }
}
