// hutong sweep FILE: a grid of levers over replications on all cores; give it again and it goes on where it stopped.

import process from "node:process";
import { Option } from "commander";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import type { Axis, Sweep } from "#/scenarios/sweep_schema.ts";
import { unitOf } from "#/scenarios/units.ts";
import { difference, inFull, inUnit } from "#/server/format.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import { acting, axesOf } from "#/sim/experiments/design.ts";
import type { Shard } from "#/sim/experiments/jobs.ts";
import { MemoryError } from "#/sim/experiments/memory.ts";
import { queueDispatch, QueueError } from "#/sim/experiments/queue.ts";
import { methodsFor } from "#/sim/experiments/sensitivity.ts";
import { storeFile } from "#/sim/experiments/store.ts";
import { sweep, type SweepOptions, type SweepProgress, type SweepResult } from "#/sim/experiments/sweep.ts";
import { sweepUntil, type UntilResult } from "#/sim/experiments/until.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { pointCount, readSweepFile, shippedSweeps } from "#/sim/experiments/sweep_file.ts";
import { filePath, namedPath } from "./options.ts";
import { progress } from "./progress.ts";
import { refusedStore } from "./store_errors.ts";
import { exportCommand, mergeCommand, toStdout } from "./sweep_stores.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

interface Options {
  workers?: number;
  store: string;
  json?: boolean;
  list?: boolean;
  retry?: boolean;
  seed?: string;
  shoppers?: number;
  days?: number;
  replications?: number;
  timeout: number;
  shard?: string;
  series?: boolean;
  until?: string;
  least: number;
  most: number;
  engine: "threads" | "bullmq";
  redis?: string;
}

/**
 * The `sweep` command. Exit code 1 when a run failed, 130 after an interruption.
 *
 * Shapes: `write` takes text for standard output; progress goes to standard error.
 * Errors: `ScenarioError` (exit code 2, one line) for a file, an option, a store or a size that does not fit.
 */
export function sweepCommand(
  write: (text: string) => void = (text) => void process.stdout.write(text),
  writeBytes: (bytes: Uint8Array) => boolean = toStdout,
): Verb {
  const verb = sweepVerb(write);
  verb.addCommand(mergeCommand(write));
  verb.addCommand(exportCommand(writeBytes));
  return verb;
}

function sweepVerb(write: (text: string) => void): Verb {
  const file = "the file's number";
  return new Verb("sweep")
    .description(
      "run a grid of levers and uncertainties over replications; finished runs are never done twice",
    )
    .argument("[file]", "a shipped sweep (see --list) or the path of a sweep file")
    .addOption(
      wholeOption("--workers <n>", "worker threads; 0 runs all in this one, unguarded, for a debugger", {
        from: 0,
        to: 256,
        otherwise: "one a core",
      }),
    )
    .addOption(
      wholeOption("--replications <r>", "how often each point is run", {
        from: 1,
        to: 10_000,
        otherwise: file,
      }),
    )
    .addOption(wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: file }))
    .addOption(wholeOption("--days <d>", "days to simulate", { ...bounds.days, otherwise: file }))
    .option("--seed <s>", "the seed phrase (default: the file's)")
    .option("--store <path>", `the SQLite file of results (default: ${storeFile})`)
    .addOption(
      wholeOption("--timeout <seconds>", "a run that takes longer counts as failed", {
        from: 1,
        to: 1_000_000,
        otherwise: 3_600,
      }),
    )
    .option(
      "--retry",
      "run again whatever failed; what timed out, ran out of memory or crashed is tried again anyway",
    )
    .option("--shard <i/n>", "run only part i of n; put the stores together with: sweep merge")
    .option(
      "--series",
      "keep the daily series of each run as an Arrow file beside the store, about 1.7 kB a day; with --engine bullmq Redis " +
        "holds a quarter of that for each run until this command takes it",
    )
    .option(
      "--until <outcome=percent>",
      "more replications until half the interval is within this, as netLoss=1%",
    )
    .addOption(
      wholeOption("--least <r>", "with --until: the fewest replications", {
        from: 3,
        to: 10_000,
        otherwise: 5,
      }),
    )
    .addOption(
      wholeOption("--most <r>", "with --until: the most replications", {
        from: 3,
        to: 10_000,
        otherwise: 100,
      }),
    )
    .addOption(
      new Option("--engine <engine>", "who does the runs: threads here, or workers elsewhere over Redis")
        .choices(["threads", "bullmq"]).default("threads"),
    )
    .option("--redis <url>", "with --engine bullmq: the address of the Redis, redis://host:6379")
    .option("--json", "print the result as one line of JSON")
    .option("--list", "list the shipped sweeps")
    .addHelpText("after", examples)
    .action(async (file: string | undefined, _, command: Verb) => {
      const options = command.optsWithGlobals() as Options;
      if (options.list) return write(list());
      if (file === undefined) {
        command.error("error: missing required argument 'file'", { code: "commander.missingArgument" });
      }
      for (const name of ["least", "most"]) {
        if (options.until === undefined && command.getOptionValueSource(name) === "cli") {
          refuse(
            `--${name}`,
            "",
            "found without --until; allowed is a rule beside it, such as --until netLoss=1%",
          );
        }
      }
      const store = options.store === undefined
        ? storeFile
        : namedPath("--store", options.store, "the path of a file");
      try {
        process.exitCode = await sweepAndPrint(filePath(file), { ...options, store }, write);
      } catch (error) {
        if (error instanceof QueueError) refuse("--redis", "", error.message);
        if (error instanceof MemoryError) refuse("sweep", "", error.message);
        refusedStore(error);
      }
    });
}

const examples = `
A file says title, base (scenarios, the reference first), seed, shoppers, days, replications, outcomes, heatmap, and as
levers (ours) and uncertainties (the world's) a list of { name, title, path, values }. With actsOn: [interop] an axis is
set in these scenarios only: where it does nothing, one run a replication serves all of its values.
Without design every combination is run. design: { kind: … } is one of factorial, oneAtATime, list (points), latinHypercube,
sobol, halton (rows), saltelli (baseRows, pairs), morris (paths), fast (rows), finiteDifferences (baseRows, step);
the last seven draw axes that say range: { low, high, scale: log, step } in place of values. A larger design reuses all runs of the smaller one
(latinHypercube where its rows are doubled; fast does not).

Examples:
  deno task hutong sweep financing
  deno task hutong sweep default --until netLoss=2% --most 60
  deno task hutong sweep default --shard 1/3 --store one.sqlite     then, with all three: sweep merge one.sqlite …
  deno task hutong sweep export financing --format parquet --out financing.parquet
  deno task cluster sweep default --engine bullmq --redis redis://10.0.0.5:6379    and on each machine: worker --redis …
  deno task hutong sweep my/sweep.yaml --replications 10 --json`;

function list(): string {
  const names = shippedSweeps();
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => {
    const { title, replications, ...rest } = readSweepFile(name);
    return `${name.padEnd(width)}  ${title} (${
      inFull(pointCount(rest))
    } points × ${replications} replication${replications === 1 ? "" : "s"})\n`;
  }).join("");
}

async function sweepAndPrint(
  file: string,
  options: Options & { store: string },
  write: (text: string) => void,
): Promise<number> {
  const { engine, redis, timeout, until, shard, ...rest } = options;
  const rule = until === undefined ? undefined : untilOf(until, options);
  if (rule && shard !== undefined) {
    refuse(
      "--shard",
      "",
      "found with --until; allowed is one of them: a part does not see how sure the whole is",
    );
  }
  if (rule && options.replications !== undefined) {
    refuse("--replications", "", "found with --until; allowed are --least and --most");
  }
  const dispatch = dispatchOf(engine, redis);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  Deno.addSignalListener("SIGINT", stop);
  const bar = progress();
  let asked!: Sweep, result: SweepResult | UntilResult, began: { at: number; rows: number } | undefined;
  const asking: SweepOptions = {
    ...rest,
    ...{ dispatch, shard: shardOf(shard), timeoutSeconds: timeout, signal: stopping.signal },
    onBegin: (sweep, { points, jobs }) => {
      asked = sweep;
      const { replications, shoppers, days } = sweep;
      console.error(
        `${inFull(points)} design points × ${inFull(replications)} ${
          replications === 1 ? "replication" : "replications"
        } = ${inFull(jobs)} runs ` +
          `of ${inFull(shoppers)} shoppers and ${days} days`,
      );
    },
    onProgress: (at) => {
      began ??= { at: performance.now(), rows: at.rows };
      const seconds = (performance.now() - began.at) / 1_000;
      bar.tell(at.rows / at.jobs, inWords(at, (at.rows - began.rows) / seconds));
    },
    onNote: (note) => console.error(note),
  };
  try {
    result = rule ? await sweepUntil(file, rule, asking) : await sweep(file, asking);
  } finally {
    bar.end();
    Deno.removeSignalListener("SIGINT", stop);
  }
  for (const { scenario, settings, replication, errorKind, errorMessage, replay } of result.failures) {
    const at = Object.entries(settings).map(([name, value]) => `${name}=${value}`).join(" ");
    console.error(
      `failed (${errorKind}): ${scenario} ${at} replication ${replication}: ${errorMessage}\n  ${replay}`,
    );
  }
  if (result.interrupted) {
    console.error(
      `stopped after ${inFull(result.rows)} of ${
        inFull(result.jobs)
      } runs; the same command goes on from here`,
    );
  }
  if (isUntil(result)) console.error(untilInWords(result.until));
  write((options.json ? asJson(result) : table(asked, result)) + "\n");
  return result.interrupted ? 130 : result.failed > 0 ? 1 : 0;
}

const inWords = ({ jobs, rows, reused, failed }: SweepProgress, perSecond: number) =>
  `${inFull(rows)} of ${inFull(jobs)} runs, ${inFull(reused)} of them from the store, ${
    inFull(failed)
  } failed` +
  (perSecond > 0 && Number.isFinite(perSecond) ? `, ${rateInWords(perSecond)}` : "");

const rateInWords = (perSecond: number) =>
  perSecond >= 1
    ? `${inFull(Number(perSecond.toPrecision(3)))} runs a second`
    : `${(60 * perSecond).toPrecision(2)} runs a minute`;

const isUntil = (result: SweepResult | UntilResult): result is UntilResult => "until" in result;

/** One line, which ends with what a script looks for. */
function asJson({ rows, reused, failed, hash, ...rest }: SweepResult | UntilResult): string {
  return JSON.stringify({ ...rest, rows, reused, failed, hash });
}

function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, i, n] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (!(i >= 1 && i <= n)) {
    refuse("--shard", "", `found "${text}"; allowed is i/n with i from 1 to n, such as 1/3`);
  }
  return { i, n };
}

function untilOf(
  text: string,
  { least, most }: Options,
): { outcome: string; relative: number; least: number; most: number } {
  const [, outcome, percent] = /^([^=]+)=(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (!(Number(percent) > 0)) {
    refuse("--until", "", `found "${text}"; allowed is an outcome and a share above 0, such as netLoss=1%`);
  }
  if (!outcomeNames.includes(outcome)) {
    const allowed = `allowed are the outcomes of a run: ${listed(outcomeNames)}${
      meant(outcome, outcomeNames)
    }`;
    refuse("--until", "", `found "${outcome}"; ${allowed}`);
  }
  if (least > most) refuse("--least", "", `found ${least}; allowed is at most --most, ${most}`);
  return { outcome, relative: Number(percent) / 100, least, most };
}

function untilInWords(
  { outcome, relative, least, most, replications, isReached, widest }: UntilResult["until"],
): string {
  const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;
  return `${outcome}: ${isReached ? "reached" : "not reached"} ± ${
    percent(relative)
  } after ${replications} replications ` +
    `(from ${least} to ${most} allowed); the widest point is ± ${
      widest === null ? "unknown" : percent(widest)
    }`;
}

function dispatchOf(engine: Options["engine"], redis: string | undefined) {
  if (engine === "threads" && redis !== undefined) {
    refuse("--redis", "", "found without --engine bullmq; allowed together with it");
  }
  if (engine === "threads") return undefined;
  if (redis === undefined) {
    refuse("--redis", "", "found nothing; allowed is the address of a Redis, such as redis://127.0.0.1:6379");
  }
  return queueDispatch(redis);
}

/** The most points that the table shows: of a design that was drawn single points say little. */
const mostLines = 200, mostDrawn = 10;

/**
 * The first outcome (the heatmap's, where there is one) at every point, with its change against the reference. A setting
 * that does not act on a scenario is a dash, and its fields are one row.
 */
export function table(asked: Sweep, { analysis, hash, rows, jobs, reused, failed }: SweepResult): string {
  const outcome = asked.heatmap?.outcome ?? asked.outcomes[0], unit = analysis.units[outcome] ?? "";
  const axes = axesOf(asked);
  const head = [
    "scenario",
    ...axes.map(headOf),
    `${outcome}${unit && unit !== "CNY" ? ` (${unit})` : ""}`,
    `against ${asked.base[0]}`,
  ];
  const points = new Map(analysis.points.map((point) => [point.id, point]));
  const isDrawn = methodsFor(asked.design).length > 0, most = isDrawn ? mostDrawn : mostLines;
  const shownPoints = [...points.values()].slice(0, most);
  const lines = shownPoints.map(({ scenario, settings, levels, differences }) => {
    const said = acting(axes, scenario, settings);
    return [
      scenario,
      ...axes.map(({ name }) => name in said ? valueInWords(said[name]) : "–"),
      shown(levels[outcome], (value) => inUnit(value, unit)),
      shown(differences[outcome], (value) => difference(value, unit)) + gainInWords(differences[outcome]),
    ];
  });
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => line[i].length)));
  const text = [head, ...lines].map((line) =>
    line.map((word, i) => word.padEnd(widths[i])).join("  ").trimEnd()
  );
  const absent = asked.outcomes.filter((name) => !(name in analysis.units));
  const over = analysis.replications.map((replication) => String(replication)).join(", ");
  return [
    ...text,
    ...(points.size > most ? [`and ${inFull(points.size - most)} more; all are on the sweep's page`] : []),
    ...(isDrawn ? ["", `What moves it: deno task hutong sensitivity ${asked.name}`] : []),
    "",
    ...(rows < jobs || failed > 0 ? [`Over the replications that all points have: ${over}.`] : []),
    ...(rows > failed && absent.length > 0 ? [`No run of this sweep has: ${absent.join(", ")}.`] : []),
    `${inFull(rows)} of ${inFull(jobs)} runs, ${inFull(reused)} from the store, ${
      inFull(failed)
    } failed; hash ${hash}`,
  ].join("\n");
}

function headOf({ name, path }: Axis): string {
  const unit = unitOf(path);
  return unit === "count" ? name : `${name} (${unit})`;
}

const valueInWords = (value: string | number | boolean) =>
  typeof value === "number" ? inFull(value) : String(value);

/** What sharing the luck was worth: how many times the runs that separate luck would need. */
function gainInWords(estimate: Estimate | undefined): string {
  if (estimate?.gain === undefined) return "";
  return estimate.gain === null
    ? " (all pairs alike)"
    : ` (pairing × ${Number(estimate.gain.toPrecision(2))})`;
}

function shown(estimate: Estimate | undefined, say: (value: number) => string): string {
  if (!estimate) return "";
  const { mean, low, high, n } = estimate;
  return low === null || high === null
    ? `${say(mean)} ${n === 1 ? "" : "[too few replications] "}n=${n}`
    : `${say(mean)} [${say(low)}, ${say(high)}] n=${n}`;
}
