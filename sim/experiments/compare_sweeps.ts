// Two sweeps beside each other: points that suppose the same settings, outcome by outcome, over their replications.

import { canonicalStrict } from "#/model/units/canonical.ts";
import { refuse } from "#/scenarios/complain.ts";
import { type ComparedRow, compareValues } from "#/sim/experiments/compare_results.ts";
import { readSweep, type SweepTable } from "#/sim/experiments/read.ts";
import { Store, StoreError } from "#/sim/experiments/store.ts";

/** Whether a path is meant as a store of sweeps: a SQLite file, with the sweep after `#` where there are several. */
export const isSweepPath = (path: string): boolean => /\.sqlite(#.*)?$/.test(path);

/**
 * A sweep of a store: `results.sqlite#financing`, by its name or the first letters of its id; of one sweep the store alone.
 *
 * Errors: `ScenarioError` naming the store, and the sweeps that are there.
 */
export function readSweepSide(path: string): SweepTable & { path: string } {
  const [file, name] = path.split("#");
  try {
    using store = new Store(file, { readOnly: true });
    const sweeps = store.sweeps(), names = [...new Set(sweeps.map((sweep) => sweep.name))];
    const fitting = name === undefined
      ? sweeps
      : sweeps.filter((sweep) => sweep.name === name || name.length >= 6 && sweep.id.startsWith(name));
    const found = name === undefined && sweeps.length > 1 ? undefined : fitting.at(-1);
    if (!found) {
      const allowed = names.length === 0
        ? "a store with a sweep"
        : names.map((it) => `${file}#${it}`).join(", ");
      refuse(
        path,
        "",
        `found ${fitting.length === 0 ? "no such sweep" : `${fitting.length} sweeps`}; allowed is ${allowed}`,
      );
    }
    return { ...readSweep(file, found.id), path };
  } catch (error) {
    if (error instanceof StoreError) refuse(path, "", `found ${error.message}`);
    throw error;
  }
}

/** What came of a comparison of sweeps. */
export interface ComparedSweeps {
  a: { path: string; sweep: string; engine: string; points: number; rows: number };
  b: { path: string; sweep: string; engine: string; points: number; rows: number };
  /** Points that both have; those of one side only as words. */
  points: number;
  onlyA: string[];
  onlyB: string[];
  /** Whether replications are the same luck on both sides, so that differences are taken one by one. */
  isPaired: boolean;
  /** Whether both sides have to give the same numbers. */
  isExact: boolean;
  isEqual: boolean;
  rows: ComparedRow[];
}

/**
 * Compares two sweeps: points coincide where scenario and settings do, whatever the engine and however the files are laid out.
 *
 * Shapes: seed, shoppers and days alike make luck alike, and differences are then paired by replication over those that both
 * have; else Welch's interval. Intervals of 95 % each, not of all rows together. Errors: `ScenarioError` where no point coincides.
 */
export function compareSweeps(
  a: SweepTable & { path: string },
  b: SweepTable & { path: string },
): ComparedSweeps {
  const isPaired = (["seed", "shoppers", "days"] as const).every((key) => a.design[key] === b.design[key]);
  const [own, others] = [a, b].map(pointsOf);
  const shared = [...own.keys()].filter((key) => others.has(key));
  if (shared.length === 0) {
    refuse(
      b.path,
      "",
      `found ${others.size} points, none of which is among the ${own.size} of ${a.path}; allowed are sweeps that share ` +
        "scenarios and settings",
    );
  }
  const names = [...new Set([a, b].flatMap(({ design }) => design.outcomes))];
  const rows = shared.flatMap((key) => {
    const [x, y] = [own.get(key)!, others.get(key)!];
    const common = [...x.runs.keys()].filter((replication) => y.runs.has(replication));
    return names.flatMap((name): ComparedRow[] => {
      const of = (point: Point) =>
        (isPaired && common.length > 0 ? common : [...point.runs.keys()])
          .flatMap((replication) => point.runs.get(replication)?.[name]?.value ?? []);
      const [left, right] = [of(x), of(y)];
      if (left.length === 0 && right.length === 0) return [];
      const over = left.length > 1 && right.length > 1 ? "replications" : "one run";
      return [
        compareValues(`${x.label}: ${name}`, left, right, {
          over,
          sameLuck: isPaired && left.length === right.length,
        }),
      ];
    });
  });
  const side = ({ path, name, engine, rows }: typeof a, points: Map<string, Point>) => (
    { path, sweep: name, engine, points: points.size, rows }
  );
  const only = (from: Map<string, Point>, without: Map<string, Point>) =>
    [...from].flatMap(([key, { label }]) => without.has(key) ? [] : [label]);
  return {
    ...{ a: side(a, own), b: side(b, others), points: shared.length },
    ...{ onlyA: only(own, others), onlyB: only(others, own), isPaired },
    isExact: isPaired && a.engine === b.engine && a.engine !== "unknown",
    isEqual: own.size === shared.length && others.size === shared.length &&
      rows.every(({ verdict }) => verdict === "equal"),
    rows,
  };
}

interface Point {
  label: string;
  /** Outcomes of the runs that were done, by replication. */
  runs: Map<number, SweepTable["cells"][number]["outcomes"]>;
}

function pointsOf({ cells }: SweepTable): Map<string, Point> {
  const points = new Map<string, Point>();
  for (const { scenario, settings, replication, status, outcomes } of cells) {
    const key = canonicalStrict([scenario, settings]);
    const said = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    if (!points.has(key)) points.set(key, { label: [scenario, ...said].join(" "), runs: new Map() });
    if (status === "done") points.get(key)!.runs.set(replication, outcomes);
  }
  return points;
}
