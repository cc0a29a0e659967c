// hutong sweep FILE: a grid of levers over replications on all cores; give it again and it goes on where it stopped.

import process from "node:process";
import { Command, InvalidArgumentError } from "commander";
import cliProgress from "cli-progress";
import { canonicalJson } from "#/model/units/canonical.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { type Estimate } from "#/sim/experiments/analyse.ts";
import { axesOf } from "#/sim/experiments/design.ts";
import { MemoryError } from "#/sim/experiments/memory.ts";
import { StoreError, storeFile } from "#/sim/experiments/store.ts";
import { sweep, type SweepProgress, type SweepResult } from "#/sim/experiments/sweep.ts";
import { pointCount, readSweepFile, shippedSweeps } from "#/sim/experiments/sweep_file.ts";

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
}

/**
 * The `sweep` command. Exit code 1 when a run failed, 130 after an interruption.
 *
 * Shapes: `write` takes text for standard output; progress goes to standard error.
 * Errors: `ScenarioError` (exit code 2, one line) for a file, an option, a store or a size that does not fit.
 */
export function sweepCommand(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Command {
  return new Command("sweep")
    .description(
      "run a grid of levers and uncertainties over replications; finished runs are never done twice",
    )
    .argument("[file]", "a shipped sweep (see --list) or the path of a sweep file")
    .option("--workers <n>", "worker threads (default: one a core)", whole(1, 256))
    .option("--replications <r>", "in place of the file's number", whole(1, 10_000))
    .option("--shoppers <n>", "in place of the file's number", whole(100, 50_000_000))
    .option("--days <d>", "in place of the file's number", whole(1, 3_650))
    .option("--seed <s>", "in place of the file's seed")
    .option("--store <path>", "the SQLite file of results", storeFile)
    .option("--timeout <seconds>", "a run that takes longer counts as failed", whole(1, 1_000_000), 3_600)
    .option("--retry", "run again what failed before")
    .option("--json", "print the result as one line of JSON")
    .option("--list", "list the shipped sweeps")
    .addHelpText("after", examples)
    .action(async (file: string | undefined, _, command: Command) => {
      const options = command.optsWithGlobals() as Options;
      if (options.list) return write(list());
      if (file === undefined) {
        command.error("error: missing argument 'file'; --list names the shipped sweeps", { exitCode: 2 });
      }
      try {
        process.exitCode = await sweepAndPrint(file!, options, write);
      } catch (error) {
        if (!(error instanceof StoreError || error instanceof MemoryError)) throw error;
        throw new ScenarioError([{ place: "sweep", path: "", text: error.message }]);
      }
    });
}

const examples = `
Examples:
  deno task hutong sweep financing
  deno task hutong sweep my/sweep.yaml --replications 10 --json`;

function whole(low: number, high: number) {
  return (text: string) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Allowed is a whole number from ${low} to ${high}.`);
  };
}

function list(): string {
  const names = shippedSweeps();
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => {
    const { title, replications, ...rest } = readSweepFile(name);
    return `${name.padEnd(width)}  ${title} (${pointCount(rest)} points × ${replications} replications)\n`;
  }).join("");
}

async function sweepAndPrint(file: string, options: Options, write: (text: string) => void): Promise<number> {
  const { replications, shoppers, days, ...rest } = readSweepFile(file, options);
  const points = pointCount(rest);
  console.error(
    `${points} design points × ${replications} replications = ${points * replications} runs ` +
      `of ${shoppers} shoppers and ${days} days`,
  );
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  Deno.addSignalListener("SIGINT", stop);
  const progress = makeProgress();
  let result: SweepResult;
  try {
    result = await sweep(file, {
      ...options,
      timeoutSeconds: options.timeout,
      signal: stopping.signal,
      onProgress: progress.show,
      onNote: (note) => console.error(note),
    });
  } finally {
    progress.end();
    Deno.removeSignalListener("SIGINT", stop);
  }
  for (const { scenario, settings, replication, errorKind, errorMessage, replay } of result.failures) {
    const at = Object.entries(settings).map(([name, value]) => `${name}=${value}`).join(" ");
    console.error(
      `failed (${errorKind}): ${scenario} ${at} replication ${replication}: ${errorMessage}\n  ${replay}`,
    );
  }
  if (result.interrupted) {
    console.error(`stopped after ${result.rows} of ${result.jobs} runs; the same command goes on from here`);
  }
  write((options.json ? canonicalJson(result) : table(file, options, result)) + "\n");
  return result.interrupted ? 130 : result.failed > 0 ? 1 : 0;
}

/** A bar on a terminal; elsewhere a line about every tenth of the work. */
function makeProgress(): { show: (progress: SweepProgress) => void; end: () => void } {
  let bar: cliProgress.SingleBar | undefined, told = -1;
  return {
    show({ jobs, rows, reused, failed }) {
      if (Deno.stderr.isTerminal()) {
        bar ??= startBar(jobs);
        bar.update(rows, { reused, failed });
        return;
      }
      const tenth = Math.floor(rows * 10 / jobs);
      if (tenth === told) return;
      told = tenth;
      console.error(`${rows} of ${jobs} runs, ${reused} of them from the store, ${failed} failed`);
    },
    end: () => bar?.stop(),
  };
}

function startBar(jobs: number): cliProgress.SingleBar {
  const format =
    "{bar} {value} of {total} runs · {reused} from the store · {failed} failed · {eta_formatted} to go";
  const bar = new cliProgress.SingleBar({ format }, cliProgress.Presets.shades_classic);
  bar.start(jobs, 0, { reused: 0, failed: 0 });
  return bar;
}

/** The first outcome (the heatmap's, where there is one) at every point, with its change against the reference. */
function table(
  file: string,
  options: Options,
  { analysis, hash, rows, reused, failed }: SweepResult,
): string {
  const asked = readSweepFile(file, options);
  const outcome = asked.heatmap?.outcome ?? asked.outcomes[0];
  const axes = axesOf(asked).map(({ name }) => name);
  const head = [
    "scenario",
    ...axes,
    `${outcome} (${analysis.units[outcome] ?? "?"})`,
    `against ${asked.base[0]}`,
  ];
  const lines = analysis.points.map(({ scenario, settings, levels, differences }) => [
    scenario,
    ...axes.map((name) => String(settings[name])),
    shown(levels[outcome]),
    shown(differences[outcome]),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => line[i].length)));
  const text = [head, ...lines].map((line) =>
    line.map((word, i) => word.padEnd(widths[i])).join("  ").trimEnd()
  );
  return [...text, "", `${rows} rows, ${reused} from the store, ${failed} failed; hash ${hash}`].join("\n");
}

function shown(estimate: Estimate | undefined): string {
  if (!estimate) return "";
  const { mean, low, high } = estimate;
  return low === null || high === null ? short(mean) : `${short(mean)} [${short(low)}, ${short(high)}]`;
}

const short = (value: number) => {
  const size = Math.abs(value);
  for (const [from, word] of [[1e9, "bn"], [1e6, "m"], [1e3, "k"]] as const) {
    if (size >= from) return `${(value / from).toPrecision(4)} ${word}`;
  }
  return value.toPrecision(4);
};
