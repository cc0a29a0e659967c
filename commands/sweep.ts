// hutong sweep FILE: a grid of levers over replications on all cores; give it again and it goes on where it stopped.

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

/** The `sweep` command. Exit code 1 when a run failed, 2 for a file, an option or a store that does not fit. */
export function sweepCommand(): Command {
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
    .option("--json", "print the result as JSON, as the last line")
    .option("--list", "list the shipped sweeps")
    .action(async (file: string | undefined, options: Options, command: Command) => {
      if (options.list) return list();
      if (file === undefined) {
        command.error("error: missing argument 'file'; --list names the shipped ones", { exitCode: 2 });
      }
      try {
        Deno.exitCode = await sweepAndPrint(file!, options);
      } catch (error) {
        const badInput = error instanceof ScenarioError || error instanceof StoreError ||
          error instanceof RangeError;
        if (!badInput) throw error;
        console.error(error.message);
        Deno.exitCode = 2;
      }
    });
}

function whole(low: number, high: number) {
  return (text: string) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Allowed is a whole number from ${low} to ${high}.`);
  };
}

function list(): void {
  for (const name of shippedSweeps()) {
    const { title, base, replications, ...rest } = readSweepFile(name);
    const points = pointCount({ base, ...rest });
    console.log(`${name.padEnd(12)} ${title} (${points} points × ${replications} replications)`);
  }
}

async function sweepAndPrint(file: string, options: Options): Promise<number> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  Deno.addSignalListener("SIGINT", stop);
  const { base, replications, shoppers, days, ...rest } = readSweepFile(file, options);
  const points = pointCount({ base, ...rest });
  console.error(
    `${points} design points × ${replications} replications = ${points * replications} runs ` +
      `of ${shoppers} shoppers and ${days} days`,
  );
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
  if (options.json) console.log(canonicalJson(result));
  else console.log(table(file, options, result));
  return result.interrupted ? 130 : result.failed > 0 ? 1 : 0;
}

/** A bar on a terminal; elsewhere a line about every twentieth of the work. */
function makeProgress(): { show: (progress: SweepProgress) => void; end: () => void } {
  let bar: cliProgress.SingleBar | undefined, told = -1;
  return {
    show({ jobs, rows, reused, failed }) {
      if (Deno.stderr.isTerminal()) {
        bar ??= startBar(jobs);
        bar.update(rows, { reused, failed });
        return;
      }
      const twentieth = Math.floor(rows * 20 / jobs);
      if (twentieth === told) return;
      told = twentieth;
      console.error(`${rows} of ${jobs} runs, ${reused} of them from the store, ${failed} failed`);
    },
    end: () => bar?.stop(),
  };
}

function startBar(jobs: number): cliProgress.SingleBar {
  const format =
    "{bar} {value} of {total} runs · {reused} from the store · {failed} failed · {eta_formatted} to go";
  const bar = new cliProgress.SingleBar(
    { format, stream: Deno.stderr as never },
    cliProgress.Presets.shades_classic,
  );
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
