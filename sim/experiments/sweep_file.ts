// Reading a sweep file: as strict as scenarios are, with the file, the line, the path, what was found and what is allowed.

import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { differenceStep } from "#/model/statistics/designs/finite_differences.ts";
import { thousands } from "#/model/units/thousands.ts";
import { listed, meant, refuse, ScenarioError, shown } from "#/scenarios/complain.ts";
import { explain, unknownKey } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import { readText } from "#/scenarios/read.ts";
import { allPaths, described, type Shape, shapeAt } from "#/scenarios/shape.ts";
import { type Axis, type Sweep, sweepSchema } from "#/scenarios/sweep_schema.ts";
import { type Group, originOf, placeOf, plain, spoken } from "#/scenarios/tree.ts";
import { alwaysMoves, continuumStepsMin, discreteness } from "#/sim/experiments/continuous_axes.ts";
import { rowCount, samples } from "#/sim/experiments/design_rows.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

/** The most runs that one sweep may ask for. */
export const mostJobs = 100_000;

const shippedFolder = fileURLToPath(new URL("../../scenarios/sweeps/", import.meta.url));
// What an exported sweep says of each run beside its axes.
const ownColumns = ["id", "replication", "status", "runHash", "errorKind", "errorMessage"];
const atTop: Record<string, string> = {
  seed: "seed",
  "world.shoppers": "shoppers",
  "world.days": "days",
  title: "title",
};

/** What the command line may say in place of the file. */
export interface SweepOverrides {
  seed?: string;
  shoppers?: number;
  days?: number;
  replications?: number;
}

/** The names of the shipped sweeps, sorted. */
export function shippedSweeps(): string[] {
  return readdirSync(shippedFolder).filter((name) => name.endsWith(".yaml")).sort().map((name) =>
    name.slice(0, -5)
  );
}

/**
 * Reads a sweep by its shipped name or by a path (which has a slash or ends in `.yaml`).
 *
 * Shapes: scenarios of `base` are shipped names or paths from the sweep's folder.
 * Errors: `ScenarioError` for what the schema refuses, an axis whose path no scenario has, an outcome that no run has, a
 * name said twice, a heatmap of something that is not there, and more than 100,000 runs.
 */
export function readSweepFile(nameOrPath: string, overrides: SweepOverrides = {}): Sweep {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  const path = isPath ? nameOrPath : join(shippedFolder, `${nameOrPath}.yaml`);
  const file = isPath ? nameOrPath : `scenarios/sweeps/${nameOrPath}.yaml`;
  const shipped = shippedSweeps();
  if (!isPath && !shipped.includes(nameOrPath)) {
    refuse(nameOrPath, "", `no such sweep; shipped are ${listed(shipped)}${meant(nameOrPath, shipped)}`);
  }
  const read = readText(path);
  if ("fault" in read) refuse(read.line > 0 ? `${file}:${read.line}` : file, "", read.fault);

  const tree = parse(read.text, file);
  const parsed = sweepSchema.safeParse(plain(tree));
  if (!parsed.success) throw new ScenarioError(explain(parsed.error.issues, tree, sweepShape()));
  const said = parsed.data;
  const { heatmap = null, design = { kind: "factorial" } } = said;
  const axesOf = (axes: typeof said.levers = []) =>
    axes.map((axis) => ({ ...axis, values: axis.values ?? [] }));
  // Named one by one: callers pass larger options, and what is not said here must not reach the sweep's id.
  const { seed, shoppers, days, replications } = overrides;
  const sweep: Sweep = {
    ...said,
    design,
    levers: axesOf(said.levers),
    uncertainties: axesOf(said.uncertainties),
    heatmap,
    seed: seed ?? said.seed,
    shoppers: shoppers ?? said.shoppers,
    days: days ?? said.days,
    replications: replications ?? said.replications,
    name: basename(path).replace(/\.ya?ml$/, ""),
    file,
    files: {},
    places: {},
  };
  for (const scenario of sweep.base) {
    if (!/[/\\]|\.ya?ml$/.test(scenario)) continue;
    // As the reader would type it, so that complaints and replay lines work from the current folder.
    sweep.files[scenario] = relative("", join(dirname(path), scenario)) || scenario;
  }
  check(sweep, tree, overrides);
  return sweep;
}

/** Stops with the line of a dotted path. */
type Stop = (path: string, text: string) => never;

/** An axis and where its file says it. */
interface PlacedAxis {
  axis: Axis;
  at: string;
}

function check(sweep: Sweep, tree: Group, overrides: SweepOverrides): void {
  const stop: Stop = (path, text) =>
    refuse(placeOf(originOf(tree, path.split(".").filter(Boolean))), path, text);
  once(sweep.base, "base", stop);
  sweep.places.base = placeOf(originOf(tree, ["base"]));
  once(sweep.outcomes, "outcomes", stop);
  for (const [i, name] of sweep.outcomes.entries()) {
    if (outcomeNames.includes(name)) continue;
    const allowed = `allowed are the outcomes of a run: ${listed(outcomeNames)}${meant(name, outcomeNames)}`;
    stop(`outcomes.${i}`, `found ${shown(name)}; ${allowed}`);
  }
  const axes = [
    ...sweep.levers.map((axis, i) => ({ axis, at: `levers.${i}` })),
    ...sweep.uncertainties.map((axis, i) => ({ axis, at: `uncertainties.${i}` })),
  ];
  checkAxes(sweep, axes, { tree, stop });
  if (axes.length === 0 && sweep.base.length < 2) {
    stop("", "nothing is varied; allowed is at least one lever or uncertainty, or two scenarios in base");
  }
  checkDesign(sweep, axes, stop);
  checkHeatmap(sweep, axes.map(({ axis }) => axis.name), stop);
  checkOverrides(overrides);
  for (const [path, key] of Object.entries(atTop)) {
    const told = key !== "title" && overrides[key as keyof SweepOverrides] !== undefined;
    sweep.places[path] = told ? `--${key}` : placeOf(originOf(tree, [key]));
  }
  const rows = rowCount({ axes: axes.map(({ axis }) => axis), design: sweep.design });
  const points = pointCount(sweep), jobs = points * sweep.replications;
  if (sweep.base.length * rows > mostJobs || jobs > mostJobs) {
    const asked = jobs > mostJobs ? points : sweep.base.length * rows, runs = asked * sweep.replications;
    refuse(
      sweep.file,
      "",
      `found ${thousands(asked)} design points × ${thousands(sweep.replications)} replication${
        sweep.replications === 1 ? "" : "s"
      } = ` +
        `${thousands(runs)} runs, ` +
        `${hoursOf(sweep, runs)} on one core; allowed are ${thousands(mostJobs)} runs`,
    );
  }
}

function once(names: readonly unknown[], path: string, stop: Stop): void {
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i) {
      stop(`${path}.${i}`, `found ${shown(name)} a second time; allowed is once`);
    }
  }
}

/** Each axis by itself, and beside those before it. */
function checkAxes(
  sweep: Sweep,
  axes: readonly PlacedAxis[],
  { tree, stop }: { tree: Group; stop: Stop },
): void {
  for (const [i, { axis, at }] of axes.entries()) {
    if (axis.name === "scenario") {
      stop(`${at}.name`, `found "scenario", which names what is compared; take another name`);
    }
    if (axis.name in Object.prototype) {
      stop(`${at}.name`, `found "${axis.name}", a word of the language that runs this; take another name`);
    }
    if (ownColumns.includes(axis.name)) {
      const allowed = `allowed is any other name than ${listed(ownColumns)}`;
      stop(`${at}.name`, `found "${axis.name}", a column that every row of a sweep has; ${allowed}`);
    }
    for (const earlier of axes.slice(0, i)) {
      for (const key of ["name", "path"] as const) {
        if (earlier.axis[key] === axis[key]) {
          stop(`${at}.${key}`, `found ${shown(axis[key])}, which ${earlier.at} has already; allowed is once`);
        }
      }
    }
    checkAxis(axis, (path, text) => stop(`${at}.${path}`, text));
    once(axis.values, `${at}.values`, stop);
    once(axis.actsOn ?? [], `${at}.actsOn`, stop);
    for (const [k, scenario] of (axis.actsOn ?? []).entries()) {
      if (sweep.base.includes(scenario)) continue;
      const allowed = `allowed are the scenarios of base: ${listed(sweep.base)}${
        meant(scenario, sweep.base)
      }`;
      stop(`${at}.actsOn.${k}`, `found ${shown(scenario)}; ${allowed}`);
    }
    sweep.places[axis.path] = placeOf(originOf(tree, `${at}.${axis.range ? "range" : "values"}`.split(".")));
  }
}

/** The axes of the map are the sweep's, and so is its outcome. */
function checkHeatmap({ heatmap, outcomes }: Sweep, names: string[], stop: Stop): void {
  if (!heatmap) return;
  const { x, y, outcome } = heatmap;
  const known = (key: string, found: string, allowed: string[]) => {
    if (!allowed.includes(found)) {
      stop(
        `heatmap.${key}`,
        `found ${shown(found)}; allowed are ${listed(allowed)}${meant(found, allowed)}`,
      );
    }
  };
  known("x", x, names);
  known("y", y, [...names.filter((name) => name !== x), "scenario"]);
  known("outcome", outcome, outcomes);
}

/** What an option says in place of the file is held against the same bounds. */
function checkOverrides(overrides: SweepOverrides): void {
  for (const key of ["shoppers", "days", "replications"] as const) {
    const shape = (sweepShape().properties![key])!;
    if (overrides[key] !== undefined && !sweepSchema.shape[key].safeParse(overrides[key]).success) {
      refuse(`--${key}`, "", `found ${shown(overrides[key])}; allowed is ${described(shape, [key])}`);
    }
  }
}

/** Simulated days of one shopper that a core gets through in a second, roughly: for saying how long a design would take. */
const shopperDaysPerSecond = 1_500_000;

function hoursOf({ shoppers, days }: Pick<Sweep, "shoppers" | "days">, runs: number): string {
  const hours = runs * shoppers * days / shopperDaysPerSecond / 3_600;
  return hours < 1 ? `about ${Math.ceil(hours * 60)} minutes` : `about ${Math.ceil(hours)} hours`;
}

/**
 * How many design points a sweep runs: for each scenario, all combinations of the values that act on it; of other designs than
 * the factorial one at most, since rows that come to the same share a run.
 */
export function pointCount(
  { base, levers, uncertainties, design }: Pick<Sweep, "base" | "levers" | "uncertainties" | "design">,
): number {
  const axes = [...levers, ...uncertainties];
  if (design.kind !== "factorial") return base.length * rowCount({ axes, design });
  return base.reduce(
    (sum, scenario) => sum + combinations(axes.filter(({ actsOn }) => actsOn?.includes(scenario) ?? true)),
    0,
  );
}

const combinations = (axes: readonly Axis[]) => axes.reduce((count, { values }) => count * values.length, 1);

/** What an axis must say under a design, and what its range may be. */
function checkDesign(
  { design, heatmap, base }: Sweep,
  axes: readonly PlacedAxis[],
  stop: Stop,
): void {
  if (design.kind === "factorial" && axes.length === 0 && base.length > 1) return;
  if (axes.length === 0) stop("design", `found a ${design.kind} design of no axes; allowed is at least one`);
  for (const { axis, at } of axes) {
    const { values, range } = axis;
    if (range && values.length > 0) stop(at, "found values and a range; allowed is one of them");
    if (range && !samples(design)) {
      stop(
        `${at}.range`,
        `found a range in a ${design.kind} design; allowed are values, or a design that samples`,
      );
    }
    if (!range && values.length === 0 && design.kind !== "list") {
      stop(at, "found neither values nor a range; allowed is one of them");
    }
    if (range) checkRange(axis, (path, text) => stop(`${at}.range${path}`, text));
  }
  if (design.kind === "finiteDifferences") checkSteps(design.step ?? differenceStep, axes, stop);
  if (design.kind === "morris" && (design.levels ?? 4) % 2 !== 0) {
    stop("design.levels", `found ${design.levels}; allowed are even numbers`);
  }
  if (design.kind === "saltelli" && axes.length > 32) {
    stop("design", `found ${axes.length} axes; allowed are at most 32 in a saltelli design`);
  }
  if (design.kind === "list") {
    const names = axes.map(({ axis }) => axis.name);
    for (const [i, point] of design.points.entries()) {
      for (const name of Object.keys(point)) {
        if (names.includes(name)) continue;
        const allowed = `allowed are the axes: ${listed(names)}${meant(name, names)}`;
        stop(`design.points.${i}.${name}`, `found ${shown(name)}; ${allowed}`);
      }
      const absent = names.filter((name) => !Object.hasOwn(point, name));
      if (absent.length > 0) {
        stop(`design.points.${i}`, `${listed(absent)} is not said; allowed is a value for every axis`);
      }
    }
  }
  if (heatmap && design.kind !== "factorial") {
    stop("heatmap", `found a heatmap of a ${design.kind} design; allowed is one of a factorial design`);
  }
}

/** Derivatives need axes that are a continuum and move at each step. */
function checkSteps(
  part: number,
  axes: readonly PlacedAxis[],
  stop: Stop,
): void {
  for (const { axis, at } of axes) {
    const why = discreteness(axis);
    if (why) {
      stop(
        at,
        `found ${why} in a finiteDifferences design; allowed is a range of ${continuumStepsMin} steps or more`,
      );
    }
    if (!alwaysMoves(axis.range!, part)) {
      stop(
        `${at}.range.step`,
        `found ${axis.range!.step}; a design's step of ${part} of the range is shorter somewhere`,
      );
    }
  }
}

function checkRange({ path, range }: Axis, stop: (path: string, text: string) => never): void {
  const { low, high, scale, step } = range!;
  const shape = shapeAt(path.replace(/^world\.history\.set\./, "").split("."));
  if (shape?.type !== "integer" && shape?.type !== "number") {
    stop("", `found a range of "${path}", which is no number; allowed are values`);
  }
  if (!(low < high)) stop(".high", `found ${high}; allowed is more than low, ${low}`);
  if (scale === "log" && low <= 0) {
    stop(".low", `found ${low}; allowed is more than 0 on a logarithmic scale`);
  }
  if (step !== undefined && step > high - low) {
    stop(".step", `found ${step}; allowed is at most ${high - low}`);
  }
  if (shape!.type === "integer") {
    if (!Number.isInteger(low)) stop(".low", `found ${low}; allowed is a whole number`);
    if (step === undefined) range!.step = 1;
    else if (!Number.isInteger(step)) stop(".step", `found ${step}; allowed is a whole number`);
  }
  const least = shape!.minimum ?? -Infinity, most = shape!.maximum ?? Infinity;
  if (low < least) stop(".low", `found ${low}; allowed is ${least} or more`);
  if (high > most) stop(".high", `found ${high}; allowed is ${most} or less`);
}

function checkAxis(axis: Axis, stop: (path: string, text: string) => never): void {
  if (axis.path in atTop) {
    stop("path", `found "${axis.path}"; it is said at the top of the sweep, as "${atTop[axis.path]}"`);
  }
  const steps = axis.path.replace(/^world\.history\.set\./, "").split(".");
  const shape = shapeAt(steps);
  if (!shape) {
    const known = steps.findIndex((_, i) => !shapeAt(steps.slice(0, i + 1)));
    const text = unknownKey(steps[known], steps.slice(0, known), spoken(null, { file: "", line: 0 }));
    const hint = /did you mean|wrong unit|belongs at/.test(text) ? "" : meant(steps.join("."), allPaths());
    stop("path", `found "${axis.path}", which no scenario has: ${text}${hint}`);
  }
  if (shape.properties || shape.items || shape.oneOf || shape.$ref || shape.type === "object") {
    stop(
      "path",
      `found "${axis.path}", which is no single value; allowed is the path of a number, a word or true/false`,
    );
  }
}

let shape: Shape | undefined;
const sweepShape = (): Shape => shape ??= z.toJSONSchema(sweepSchema, { io: "input" }) as Shape;
