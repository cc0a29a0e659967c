// hutong calibrate WORLD: hold a world against dated targets, or search named assumptions for them and propose.

import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import process from "node:process";
import { canonicalJson } from "#/model/units/canonical.ts";
import type { SearchStep } from "#/model/statistics/least_squares.ts";
import { refuse, ScenarioError } from "#/scenarios/complain.ts";
import { readTargets } from "#/scenarios/targets.ts";
import { figure, span, verdict, verdictMeaning } from "#/server/facts/targets.ts";
import { exactly, inFull } from "#/server/format.ts";
import { calibrationPage } from "#/server/pages/calibration.tsx";
import { calibrate, type CalibrateOptions, check, usualRuns } from "#/sim/experiments/calibrate.ts";
import type { Calibration, Check } from "#/sim/experiments/calibrate_result.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";
import { calibrationStore, Stopped } from "#/sim/experiments/calibrate_trials.ts";
import {
  identifiedInWords,
  missedInWords,
  overlayYaml,
  proposalYaml,
} from "#/sim/experiments/calibrate_words.ts";
import { word } from "#/sim/experiments/replay.ts";
import { StoreError } from "#/sim/experiments/store.ts";
import { filePath, namedPath, several, writableFolder } from "./options.ts";
import { newFile, writeFile } from "./page_file.ts";
import { progress } from "./progress.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

interface Options {
  free?: string;
  targets?: string;
  check?: boolean;
  replications?: number;
  shoppers?: number;
  days?: number;
  seed?: string;
  set?: string[];
  budget?: number;
  workers?: number;
  store?: string;
  timeout: number;
  out?: string;
  accept?: string;
  json?: boolean;
}

const usual = { check: 10, search: 5 } as const;

/**
 * The `calibrate` command. With `--check` the exit code is 1 where a target is missed or not reached; 130 after an
 * interruption, after which the same command goes on where it stopped.
 *
 * Shapes: `write` takes text for standard output; progress goes to standard error.
 * Errors: `ScenarioError` (exit code 2, one line) for a world, a file, parameters or a budget that do not fit.
 */
export function calibrateVerb(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Verb {
  const own = "the scenario's own";
  return new Verb("calibrate")
    .description("search named assumptions for dated, published targets; or --check a world against them")
    .argument("<world>", "a built-in name (see `scenarios`) or the path of a scenario file")
    .option(
      "--check",
      "run the world as it is and print the error table; exit code 1 where a target is missed",
    )
    .option(
      "--free <paths>",
      "assumptions to search, with commas; path=low..high narrows one (default: those of the targets' file)",
    )
    .option("--targets <file>", "another file of targets (default: scenarios/targets.yaml)")
    .addOption(
      wholeOption("--replications <r>", "how often each trial is run, with the same luck in each", {
        from: 1,
        to: 1_000,
        otherwise: `${usual.search}, with --check ${usual.check}`,
      }),
    )
    .addOption(wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: own }))
    .addOption(wholeOption("--days <d>", "days to simulate", { ...bounds.days, otherwise: own }))
    .option("--seed <text>", `the seed phrase (default: ${own})`)
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .addOption(
      wholeOption("--budget <runs>", "most runs of a search", {
        from: 1,
        to: 1_000_000,
        otherwise: "(12 + 6 × parameters) × replications",
      }),
    )
    .addOption(wholeOption("--workers <n>", "worker threads", { from: 1, to: 256, otherwise: "one a core" }))
    .addOption(
      wholeOption("--timeout <seconds>", "a run that takes longer than this ends the calibration", {
        from: 1,
        to: 1_000_000,
        otherwise: 3_600,
      }),
    )
    .option("--store <path>", `the SQLite file of finished runs (default: ${calibrationStore})`)
    .option("--out <dir>", "write result.json, report.html, proposal.yaml and, while searching, best.yaml")
    .option("--accept <file>", "write the proposal as a new scenario file that extends the world")
    .option("--json", "print the result as one line of JSON")
    .addHelpText("after", examples)
    .action(async (world: string, _: unknown, command: Verb) => {
      const options = command.optsWithGlobals() as Options;
      try {
        process.exitCode = await work(world, options, write);
      } catch (error) {
        if (error instanceof Stopped) {
          console.error("stopped; the same command goes on from here");
          process.exitCode = 130;
          return;
        }
        if (!(error instanceof StoreError)) throw error;
        throw new ScenarioError([{ place: "--store", path: "", text: `found ${error.message}` }]);
      }
    });
}

const examples = `
Nothing is changed by a search: its proposal is a fragment of assumptions.yaml to accept by hand, or, with --accept, a
scenario file of its own. Trials that are done are kept; the same command goes on where it was stopped.

Examples:
  deno task hutong calibrate baseline --check
  deno task hutong calibrate baseline --shoppers 20000 --replications 4 --out out/
  deno task hutong calibrate baseline --free behaviour.hardshipPerYearBps,behaviour.hardshipMeanDays=90..400`;

async function work(world: string, options: Options, write: (text: string) => void): Promise<number> {
  if (options.check) {
    for (const name of ["free", "budget", "accept"] as const) {
      if (options[name] !== undefined) {
        refuse(`--${name}`, "", "found with --check; allowed is one of the two");
      }
    }
  }
  const targets = readTargets(options.targets === undefined ? undefined : filePath(options.targets));
  const accept = options.accept === undefined ? undefined : acceptedFile(options.accept);
  const folder = options.out === undefined
    ? undefined
    : writableFolder("--out", namedPath("--out", options.out, "the path of a folder"));
  const store = options.store === undefined
    ? calibrationStore
    : namedPath("--store", options.store, "the path of a file");
  const { shoppers, days, seed, set, workers, timeout } = options;
  const replications = options.replications ?? (options.check ? usual.check : usual.search);
  const stopping = new AbortController(), stop = () => stopping.abort();
  Deno.addSignalListener("SIGINT", stop);
  const bar = progress();
  const common: CalibrateOptions = {
    targets,
    replications,
    shoppers,
    days,
    seed,
    set,
    workers,
    store,
    timeoutSeconds: timeout,
    signal: stopping.signal,
    onNote: (note) => console.error(note),
  };
  let found: Check | Calibration;
  try {
    found = options.check
      ? await check(filePath(world), {
        ...common,
        onRun: (done, of) => bar.tell(done / of, `${inFull(done)} of ${inFull(of)} runs`),
      })
      : await searched(filePath(world), { options, common, folder, tell: bar.tell });
  } finally {
    bar.end();
    Deno.removeSignalListener("SIGINT", stop);
  }
  const command = commandOf(world, options, found);
  write((options.json ? canonicalJson(found) : inWords(found, command)) + "\n");
  if (folder !== undefined) writeAll(folder, found, command);
  if (accept !== undefined && found.kind === "calibration") {
    const isPath = /[/\\]|\.ya?ml$/.test(world);
    const extended = isPath ? `./${relative(dirname(resolve(accept)), resolve(filePath(world)))}` : world;
    writeFile("--accept", accept, overlayYaml(found, { extended }));
  }
  return found.kind === "check" && !found.ok ? 1 : 0;
}

function searched(
  world: string,
  { options, common, folder, tell }: {
    options: Options;
    common: CalibrateOptions;
    folder: string | undefined;
    tell: (share: number, doing: string) => void;
  },
): Promise<Calibration> {
  const { targets, replications } = common;
  const free = options.free === undefined ? targets.free : options.free.split(",").map((path) => path.trim());
  const budget = options.budget ?? usualRuns(free.length, replications);
  let runs = 0, last: SearchStep | undefined, hasComplained = false;
  const say = () =>
    tell(
      Math.min(1, runs / budget),
      `at most ${inFull(budget)} runs, ${inFull(runs)} done; ` +
        (last ? `${last.how}, best misses ${last.cost.toFixed(3)}` : "start"),
    );
  return calibrate(world, {
    ...common,
    free,
    budget,
    onRun: () => {
      runs++;
      say();
    },
    onStep: (step) => {
      last = step;
      say();
    },
    onBest: (values, cost) => {
      if (folder === undefined) return;
      const lines = Object.entries(values).map(([path, value]) => `${path}: ${value}`);
      try {
        put(join(folder, "best.yaml"), [`# Best so far: misses ${cost}.`, ...lines, ""].join("\n"));
      } catch (error) {
        // The search is worth more than its notes: it goes on, and the end tells what could not be written.
        if (!hasComplained) common.onNote?.((error as Error).message);
        hasComplained = true;
      }
    },
  });
}

/** A path that names no file yet: what is accepted is never written over something else. */
function acceptedFile(text: string): string {
  const path = namedPath("--accept", text, "the path of a new scenario file");
  if (!/\.ya?ml$/.test(path)) refuse("--accept", "", `found ${text}; allowed is a path that ends in .yaml`);
  if (existsSync(path)) {
    refuse("--accept", "", `found ${text}, which is there already; allowed is a new file`);
  }
  return newFile("--accept", text);
}

const put = (file: string, text: string) => writeFile("--out", file, text);

function writeAll(folder: string, found: Check | Calibration, command: string): void {
  put(join(folder, "result.json"), canonicalJson(found));
  put(join(folder, "report.html"), calibrationPage(found, { command }));
  if (found.kind === "calibration") put(join(folder, "proposal.yaml"), proposalYaml(found));
  console.error(`Written: ${join(folder, "report.html")}`);
}

/** The command that gives a result again. */
function commandOf(
  world: string,
  { free, targets, budget, check }: Options,
  found: Check | Calibration,
): string {
  const numbers = { replications: found.replications, shoppers: found.shoppers, days: found.days };
  return [
    "deno task hutong calibrate",
    world,
    ...[
      ...(check ? ["--check"] : ["--free", free ?? (found.kind === "calibration" ? freeOf(found) : "")]),
      ...(targets === undefined ? [] : ["--targets", targets]),
      ...found.set.flatMap((setting) => ["--set", setting]),
      "--seed",
      found.seed,
      ...Object.entries(numbers).flatMap(([name, n]) => [`--${name}`, String(n)]),
      ...(budget === undefined ? [] : ["--budget", String(budget)]),
    ].map(word),
  ].join(" ");
}

const freeOf = ({ parameters }: Calibration) => parameters.map(({ path }) => path).join(",");

function table(rows: readonly ErrorRow[]): string[] {
  const head = ["target", "date", "range", "simulated", "95 % interval", "verdict", "searched"];
  const lines = rows.map(({ title, when, low, high, unit, mean, from, to, inside, close, searched }) => [
    title,
    when,
    span(low, high, unit),
    figure(mean, unit),
    span(from, to, unit),
    inside === null ? "not reached" : (inside ? "inside" : "OUTSIDE") + (close ? ", close" : ""),
    searched ? "yes" : "never",
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => line[i].length)));
  return [head, ...lines].map((line) => line.map((text, i) => text.padEnd(widths[i])).join("  ").trimEnd());
}

/** A result for people. */
export function inWords(found: Check | Calibration, command: string): string {
  const head = `${found.world}: ${found.targets.title}; ${found.replications} replications of ` +
    `${inFull(found.shoppers)} shoppers, ${found.days} days`;
  const end = [`hash:  ${found.hash}`, `again: ${command}`];
  if (found.kind === "check") {
    return [head, "", ...table(found.rows), "", verdict(found.rows), verdictMeaning, ...end].join("\n");
  }
  const { parameters, trials, runs, budget, ended, cost, identification } = found;
  const { singularValues, condition } = identification;
  return [
    head,
    `${inFull(trials)} trials, ${inFull(runs)} of ${inFull(budget)} runs, ended: ${ended}; misses ${
      cost.before.toFixed(3)
    } → ` +
    cost.after.toFixed(3),
    "",
    ...table(found.after),
    "",
    verdict(found.after),
    verdictMeaning,
    ...missedInWords(found).map(({ text }) => `  ${text}`),
    "",
    "proposed:",
    ...parameters.map(({ path, unit, value, proposed, from, to, luckFrom, luckTo }) =>
      `  ${path}: ${exactly(value)} → ${exactly(proposed)} ${unit}; one tolerance ${exactly(from)} to ${
        exactly(to)
      }, luck ${exactly(luckFrom)} to ${exactly(luckTo)}`
    ),
    "",
    "what identifies what:",
    ...identifiedInWords(found).map(({ path, text }) => `  ${path}: ${text}`),
    `  singular values ${singularValues.map((x) => x.toFixed(2)).join(", ")}; condition number ` +
    (condition === null ? "without bound" : condition.toFixed(1)),
    "",
    proposalYaml(found),
    ...end,
  ].join("\n");
}
