// Goldens of stress suites: what each case came to when it was accepted, by which engine and why; and the check against them.

import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { library, namesIn } from "#/scenarios/chain.ts";
import { refuse } from "#/scenarios/complain.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";
import type { Suite, Tolerance } from "#/scenarios/suite_schema.ts";
import type { Values } from "#/sim/experiments/evaluate.ts";

/** The form of golden files; another one cannot be compared. */
export const goldenFormat = 1;

const goldenSchema = z.strictObject({
  format: z.literal(goldenFormat),
  suite: z.string(),
  engine: z.string(),
  reason: z.string(),
  seed: z.string().nullable(),
  shoppers: z.int(),
  days: z.int(),
  /** Case → the scenario that it was run in, as its suite named it; goldens of before say none. */
  scenarios: z.record(z.string(), z.string()).optional(),
  /** Case → outcome → one value a replication. */
  cases: z.record(z.string(), z.record(z.string(), z.array(z.number()).min(1))),
});

/** What a suite came to when it was accepted. */
export type Golden = z.infer<typeof goldenSchema>;

/** The values of a suite: case → one set of outcomes a replication. */
export type SuiteValues = Record<string, Values[]>;

/** One outcome of one case beside its golden. */
export interface Checked {
  case: string;
  outcome: string;
  /** Means over replications; null where one side has none. */
  golden: number | null;
  found: number | null;
  /** How far the mean may be from the golden; 0 where the engine is the same. */
  allowed: number;
  status: "passed" | "failed";
  reason: string;
}

/** The golden of a suite, or nothing where none was accepted yet. Errors: `ScenarioError` for a file that is no golden of this format. */
export function readGolden(file: string): Golden | undefined {
  if (!existsSync(file)) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    refuse(file, "", `is no JSON: ${(error as Error).message}; allowed is a golden that --accept wrote`);
  }
  const format = (read as { format?: unknown } | null)?.format;
  if (format !== goldenFormat) {
    refuse(
      file,
      "format",
      `found ${
        JSON.stringify(format) ?? "none"
      }; allowed is ${goldenFormat}: accept the suite anew with --accept`,
    );
  }
  const result = goldenSchema.safeParse(read);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  return refuse(file, path.join("."), `${message}; allowed is a golden that --accept wrote`);
}

/** What is written as the golden of a suite. */
export function goldenOf(
  suite: Suite,
  values: SuiteValues,
  { engine, reason }: { engine: string; reason: string },
): Golden {
  return {
    format: goldenFormat,
    ...{
      suite: suite.name,
      engine,
      reason,
      seed: suite.seed ?? null,
      shoppers: suite.shoppers,
      days: suite.days,
    },
    scenarios: Object.fromEntries(suite.cases.map(({ name, said }) => [name, said])),
    cases: Object.fromEntries(suite.cases.map(({ name }) => [
      name,
      Object.fromEntries(
        Object.keys(suite.outcomes).filter((outcome) => values[name].every((run) => outcome in run)).map((
          outcome,
        ) => [
          outcome,
          values[name].map((run) => run[outcome]),
        ]),
      ),
    ])),
  };
}

/**
 * Tries whether a golden can be written, and leaves all as it was: what stands there is not touched, a folder that is not there
 * is not left behind. Errors: `ScenarioError` with the file, and why it cannot be kept.
 */
export function tryGolden(file: string): void {
  const folder = dirname(file), probe = join(folder, `.hutong-probe-${randomUUID()}`);
  try {
    const isNew = !existsSync(folder);
    if (isNew) mkdirSync(folder);
    writeFileSync(probe, "");
    rmSync(probe);
    if (existsSync(file)) closeSync(openSync(file, "r+"));
    if (isNew) rmdirSync(folder);
  } catch (error) {
    notKept(file, error);
  }
}

/** Writes a golden in one step. Errors: as {@link tryGolden}. */
export function writeGolden(file: string, golden: Golden): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, `${JSON.stringify(golden, null, 2)}\n`, { flush: true });
    renameSync(`${file}.part`, file);
  } catch (error) {
    try {
      rmSync(`${file}.part`, { force: true });
    } catch { /* where its folder is none there is nothing to take away */ }
    notKept(file, error);
  }
}

const notKept = (file: string, error: unknown): never =>
  refuse(file, "", `cannot be kept, ${whyUnusable(error, file)}; allowed is a file that can be written`);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * A suite beside its golden: by case, then by outcome.
 *
 * The same engine has to give the same numbers, replication by replication; another one has to come within the tolerance of
 * each outcome. What one side has and the other has not fails; so does what the golden holds and the suite has dropped.
 * Errors: `ScenarioError` for a golden of a case, a scenario or a size that the suite no longer has.
 */
export function checkSuite(
  suite: Suite,
  { golden, values, engine, file }: {
    golden: Golden | undefined;
    values: SuiteValues;
    engine: string;
    file: string;
  },
): Checked[] {
  const again = "run `deno task hutong replay " + suite.said +
    " --accept --reason …` once the change is meant";
  if (golden) {
    const strange = Object.keys(golden.cases).find((name) => !suite.cases.some((it) => it.name === name));
    if (strange !== undefined) {
      refuse(file, `cases.${strange}`, `names a case that the suite ${suite.name} no longer has; ${again}`);
    }
    for (const { name, said } of suite.cases) {
      const was = golden.scenarios?.[name] ?? said;
      if (was === said) continue;
      const isGone = !/[/\\]|\.ya?ml$/.test(was) && !namesIn(library()).includes(was);
      refuse(
        file,
        `scenarios.${name}`,
        `names the scenario ${was}, ${
          isGone ? "which no longer exists" : `and the suite ${suite.name} now runs ${said}`
        }; ${again}`,
      );
    }
    for (const key of ["shoppers", "days"] as const) {
      if (golden[key] !== suite[key]) {
        refuse(file, key, `found ${golden[key]}, and the suite says ${suite[key]}; ${again}`);
      }
    }
    if (golden.seed !== (suite.seed ?? null)) {
      refuse(
        file,
        "seed",
        `found ${golden.seed}, and the suite says ${suite.seed ?? "the scenarios' own"}; ${again}`,
      );
    }
  }
  const isSame = golden?.engine === engine;
  return suite.cases.flatMap(({ name }) => [
    ...Object.entries(suite.outcomes).flatMap(([outcome, tolerance]): Checked[] => {
      const own = values[name].every((run) => outcome in run)
        ? values[name].map((run) => run[outcome])
        : undefined;
      const was = golden?.cases[name]?.[outcome];
      if (!own && !was) return [];
      return [{
        ...{ case: name, outcome, golden: was ? mean(was) : null, found: own ? mean(own) : null },
        ...verdict({ own, was, tolerance, isSame }),
      }];
    }),
    ...Object.entries(golden?.cases[name] ?? {}).filter(([outcome]) => !(outcome in suite.outcomes)).map(
      ([outcome, was]): Checked => ({
        ...{ case: name, outcome, golden: mean(was), found: null, allowed: 0, status: "failed" },
        reason: `is in the golden ${file}, and the suite ${suite.name} no longer reads it; ${again}`,
      }),
    ),
  ]);
}

/** The reason of an outcome that another engine does not come near enough to. */
export const tooFar = "is further from its golden than the tolerance allows";

function verdict(
  { own, was, tolerance, isSame }: { own?: number[]; was?: number[]; tolerance: Tolerance; isSame: boolean },
): Pick<Checked, "allowed" | "status" | "reason"> {
  if (!was) return { allowed: 0, status: "failed", reason: "has no golden yet" };
  if (!own) return { allowed: 0, status: "failed", reason: "is in the golden, and no run has it any more" };
  if (own.length !== was.length) {
    return {
      allowed: 0,
      status: "failed",
      reason: `has ${own.length} replications, its golden ${was.length}`,
    };
  }
  if (isSame) {
    const at = own.findIndex((value, i) => value !== was[i]);
    return at < 0 ? { allowed: 0, status: "passed", reason: "" } : {
      allowed: 0,
      status: "failed",
      reason: `differs in replication ${at} although the engine is the same`,
    };
  }
  const allowed = tolerance.relative * Math.abs(mean(was)) + (tolerance.absolute ?? 0);
  const off = Math.abs(mean(own) - mean(was));
  return off <= allowed
    ? { allowed, status: "passed", reason: "" }
    : { allowed, status: "failed", reason: tooFar };
}
