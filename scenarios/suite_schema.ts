// A stress suite: named cases over scenarios, what is read of them, and how near to its golden each outcome has to be.

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { listed, meant, refuse, ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import {
  ladderSettings,
  macroSettings,
  publishedPath,
  publishedStress,
} from "#/scenarios/published_stress.ts";
import { shapeAt } from "#/scenarios/shape.ts";
import { readYamlFile } from "#/scenarios/yaml_file.ts";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const name = () => z.string().regex(/^[a-z][a-z0-9-]*$/);

/** How far the mean of an outcome may be from its golden where the engine is another: a share of it, plus an amount. */
export const toleranceSchema = z.strictObject({
  relative: z.number().min(0).max(1),
  absolute: z.number().min(0).optional(),
});

/** Everything that a suite says. */
export const suiteSchema = z.strictObject({
  title: z.string().min(3).max(160),
  seed: z.string().min(1).max(80).optional(),
  shoppers: whole(100, 1_000_000),
  days: whole(1, 3_650),
  replications: whole(1, 100),
  /** Settings of every case. */
  set: z.array(z.string()).max(40).optional(),
  outcomes: z.record(z.string(), toleranceSchema),
  cases: z.array(z.strictObject({
    name: name(),
    scenario: z.string().min(1).max(200),
    set: z.array(z.string()).max(40).optional(),
    /** A path of the library of published stress, for unemployment and incomes. */
    path: z.string().optional(),
    /** A ladder of the library over one number of the scenario: one case a step, beside the case itself. */
    ladder: z.strictObject({ name: z.string(), over: z.string() }).optional(),
  })).min(1).max(60),
}).meta({ title: "A Hutong stress suite" });

/** How near an outcome has to be. */
export type Tolerance = z.infer<typeof toleranceSchema>;

/** One case, ready to run. */
export interface SuiteCase {
  name: string;
  scenario: string;
  /** The scenario as the suite's file names it. */
  said: string;
  set: string[];
}

/** A suite after its file has been read, its paths and ladders written out and its names checked. */
export interface Suite {
  name: string;
  /** The name or path that it was asked for by. */
  said: string;
  title: string;
  seed?: string;
  shoppers: number;
  days: number;
  replications: number;
  outcomes: Record<string, Tolerance>;
  cases: SuiteCase[];
}

/** Settings of every small world of a suite: few shops, a short history, the expert card. */
const village = [
  ...["world.merchants=200", "world.history.shoppers=600", "world.history.days=160", "scoring.card=expert"],
  "world.history.set.scoring.card=expert",
];

const shippedFolder = fileURLToPath(new URL("./suites/", import.meta.url));

/** The names of the shipped suites, sorted. */
export const shippedSuites = (): string[] =>
  readdirSync(shippedFolder).filter((file) => file.endsWith(".yaml")).sort().map((file) => file.slice(0, -5));

/** Where a suite's golden lies: beside its file, in `goldens`. */
export function goldenFile(nameOrPath: string): string {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  const folder = isPath ? join(nameOrPath, "..") : shippedFolder;
  return join(folder, "goldens", `${basename(nameOrPath).replace(/\.ya?ml$/, "")}.json`);
}

/**
 * Reads a suite by its shipped name or by a path.
 *
 * Errors: `ScenarioError` for what the schema refuses, an outcome that no run has, a case said twice, a scenario, path, ladder or
 * setting that is not there.
 */
export function readSuite(nameOrPath: string, { outcomes }: { outcomes: readonly string[] }): Suite {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath), shipped = shippedSuites();
  if (!isPath && !shipped.includes(nameOrPath)) {
    refuse(nameOrPath, "", `no such suite; shipped are ${listed(shipped)}${meant(nameOrPath, shipped)}`);
  }
  const file = isPath ? nameOrPath : `scenarios/suites/${nameOrPath}.yaml`;
  const read = readYamlFile(isPath ? nameOrPath : join(shippedFolder, `${nameOrPath}.yaml`), {
    file,
    schema: suiteSchema,
  });
  const { data } = read, stop: (path: string, text: string) => never = read.stop;
  for (const outcome of Object.keys(data.outcomes)) {
    if (!outcomes.includes(outcome)) {
      stop(
        `outcomes.${outcome}`,
        `found "${outcome}"; allowed are outcomes of a run${meant(outcome, outcomes)}`,
      );
    }
  }
  const { title, seed, shoppers, days, replications } = data, common = [...village, ...data.set ?? []];
  const cases: SuiteCase[] = [], seen = new Set<string>();
  for (const [i, it] of data.cases.entries()) {
    const scenario = /[/\\]|\.ya?ml$/.test(it.scenario) && isPath
      ? join(nameOrPath, "..", it.scenario)
      : it.scenario;
    const own = [...common, ...it.set ?? []];
    const loaded = (set: readonly string[]) => {
      try {
        return load(scenario, { shoppers, days, seed, set: [...set] });
      } catch (error) {
        if (error instanceof ScenarioError) stop(`cases.${i}`, error.message);
        throw error;
      }
    };
    const { scenario: resolved } = loaded(own);
    if (it.path !== undefined) {
      own.push(...macroSettings(publishedPath(it.path), resolved.macro.unemploymentBps[0]));
    }
    const steps: SuiteCase[] = [{ name: it.name, scenario, said: it.scenario, set: own }];
    if (it.ladder) {
      const { ladders } = publishedStress(), ladder = ladders.find(({ name }) => name === it.ladder!.name);
      if (!ladder) {
        stop(
          `cases.${i}.ladder.name`,
          `found "${it.ladder.name}"; allowed are ${listed(ladders.map(({ name }) => name))}`,
        );
      }
      const { over } = it.ladder,
        base = numberAt(resolved, over),
        most = shapeAt(over.split("."))?.maximum ?? Infinity;
      if (base === undefined) {
        stop(`cases.${i}.ladder.over`, `found "${over}"; allowed is the path of a number`);
      }
      if (base * Math.max(...ladder.multiples) > most) {
        stop(
          `cases.${i}.ladder.over`,
          `found ${over} at ${base}; five times that is above the most allowed, ${most}`,
        );
      }
      const settings = ladderSettings(over, { base, multiples: ladder.multiples });
      settings.forEach((setting, k) =>
        steps.push({
          name: `${it.name}-x${ladder.multiples[k]}`,
          scenario,
          said: it.scenario,
          set: [...own, setting],
        })
      );
    }
    for (const step of steps) {
      if (seen.has(step.name)) stop(`cases.${i}.name`, `found "${step.name}" a second time; allowed is once`);
      seen.add(step.name);
      loaded(step.set);
      cases.push(step);
    }
  }
  return {
    ...{ name: basename(nameOrPath).replace(/\.ya?ml$/, ""), said: nameOrPath },
    ...{ title, seed, shoppers, days, replications, outcomes: data.outcomes, cases },
  };
}

function numberAt(scenario: unknown, path: string): number | undefined {
  let here = scenario;
  for (const key of path.split(".")) here = (here as Record<string, unknown> | undefined)?.[key];
  return typeof here === "number" ? here : undefined;
}
