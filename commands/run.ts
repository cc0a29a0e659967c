// hutong run SCENARIO: one scenario, one replication, one result.

import { join } from "node:path";
import { adaptersInWords } from "#/scenarios/adapters.ts";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { inFull } from "#/server/format.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { runCommand } from "#/sim/experiments/replay.ts";
import { usualOutcomes } from "#/sim/experiments/futures.ts";
import { sampledMessages } from "#/sim/experiments/sample_messages.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { run, type RunOptions } from "#/sim/run.ts";
import type { RegisterEntry } from "#/model/funding/register/entry.ts";
import { jsonLines } from "#/model/funding/register/register.ts";
import { registerOf } from "#/sim/funding_outcomes.ts";
import type { World } from "#/sim/world.ts";
import type { RunResult } from "#/sim/result.ts";
import { filePath, namedPath, several, writableFolder } from "./options.ts";
import { writeMessages } from "./messages.ts";
import { writeFile } from "./page_file.ts";
import { progress } from "./progress.ts";
import {
  chosenFutures,
  type FuturesChoice,
  futuresInWords,
  futuresOut,
  withoutLines,
  writeFutures,
} from "./run_futures.ts";
import { openCells, summary } from "./summary.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

/** The options that say which run is meant. */
export interface RunChoice {
  set?: string[];
  seed?: string;
  replication: number;
  shoppers?: number;
  days?: number;
}

/** Adds the options that say which run is meant. */
export function withRunOptions(command: Verb): Verb {
  const own = "the scenario's own";
  return command
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--seed <text>", "the seed phrase (default: the scenario's own)")
    .addOption(
      wholeOption("--replication <r>", "which replication: other luck, other people", {
        from: 0,
        to: 1_000_000,
        otherwise: 0,
      }),
    )
    .addOption(
      wholeOption("--shoppers <n>", "simulated shoppers; the number of people stays", {
        ...bounds.shoppers,
        otherwise: own,
      }),
    )
    .addOption(wholeOption("--days <d>", "days to simulate", { ...bounds.days, otherwise: own }));
}

/** Loads what a choice means: the supposition, and the command that gives it again. */
export function chosen(scenario: string, choice: RunChoice): { supposed: Supposition; replay: string } {
  const { set = [], seed, shoppers, days, replication } = choice;
  const asked = { set, seed, shoppers, days, outcomes: outcomeNames };
  const { name, scenario: resolved, history } = load(filePath(scenario), asked);
  fittingWorkers({ shoppers: resolved.world.shoppers, workers: 1, available: availableBytes() });
  return {
    supposed: { name, scenario: resolved, history },
    replay: runCommand({
      scenario,
      set,
      seed: resolved.seed,
      replication,
      shoppers: resolved.world.shoppers,
      days: resolved.world.days,
    }),
  };
}

/** What the command is to tell, and where. */
interface Told {
  json?: boolean;
  out?: string;
  quiet?: boolean;
  iso20022?: string;
  sample: number;
}

/** The `run` command. */
export function runVerb(): Verb {
  const command = new Verb("run")
    .description("run one scenario and print what came of it")
    .argument("<scenario>", "a built-in name (see `scenarios`) or the path of a scenario file")
    .option("--json", "print one JSON object on standard output")
    .option(
      "--out <dir>",
      "also write result.json, with the daily record, the register of receivables and the trusts' deals, into a folder; " +
        "of futures a page (.html), or futures.json and the page into a folder",
    )
    .option("--quiet", "no progress on standard error")
    .option("--iso20022 <folder>", "also write a sample of the run's payments as ISO 20022 messages")
    .addOption(
      wholeOption("--sample <n>", "with --iso20022: how many of a million shopper-days are in the sample", {
        ...{ from: 1, to: 1_000_000, otherwise: 1_000 },
      }),
    )
    .addOption(
      wholeOption(
        "--fork-at <day>",
        "with --futures: freeze the run on the morning of this day and go on as several futures",
        {
          from: 1,
          to: 3_649,
        },
      ),
    )
    .option(
      "--futures <n or file>",
      "with --fork-at: how many lucks the run goes on under (1 to 10,000), or a file of futures with their shocks",
    )
    .option("--shocks <file>", "with --futures N: draw the futures' shocks from the ranges of a file")
    .option(
      "--outcome <name>",
      `with --futures: an outcome of their table (may be repeated; default: ${usualOutcomes.join(", ")})`,
      several,
    )
    .addOption(
      wholeOption("--workers <n>", "with --futures: worker threads", {
        from: 1,
        to: 256,
        otherwise: "one a core",
      }),
    )
    .addHelpText(
      "after",
      "\nExample: deno task hutong run interop --shoppers 20000 --days 180 --set clearing.prefundingCny=1000000000" +
        "\nFutures: deno task hutong run interop --days 180 --fork-at 90 --futures 50 --out futures.html" +
        "\n         deno task hutong run interop --days 180 --fork-at 30 --futures 50 --shocks ranges",
    );
  return withRunOptions(command).action(
    async (scenario: string, options: RunChoice & Told & FuturesChoice) => {
      const { supposed, replay } = chosen(scenario, options);
      const { replication, quiet } = options;
      const out = options.futures === undefined ? {} : futuresOut(options.out), folder = runFolder(options);
      refuseIdle(options, { saysSample: command.getOptionValueSource("sample") === "cli" });
      const futures = await chosenFutures(supposed, options, { replication, quiet });
      if (!futures) return runAndTell(supposed, options, { replay, folder });
      const { forkAt, futures: asked, shocks } = options;
      const again = {
        ...futures,
        replay: `${replay} --fork-at ${forkAt} --futures ${asked}${
          shocks === undefined ? "" : ` --shocks ${shocks}`
        }`,
      };
      console.log(options.json ? JSON.stringify(withoutLines(again)) : futuresInWords(futures));
      writeFutures(out, again);
    },
  );
}

/** The folder of a single run's result, where one is asked for; tried before anything is run. */
function runFolder({ out, futures }: Told & FuturesChoice): string | undefined {
  if (out === undefined || futures !== undefined) return undefined;
  if (/\.html?$/i.test(out)) {
    refuse("--out", "", `found ${out}; allowed without --futures is the path of a folder`);
  }
  return writableFolder("--out", namedPath("--out", out, "the path of a folder"));
}

/** Refuses what would do nothing, and what does not go together. */
function refuseIdle(
  { iso20022, futures }: Told & FuturesChoice,
  { saysSample }: { saysSample: boolean },
): void {
  if (iso20022 === undefined && saysSample) {
    refuse(
      "--sample",
      "",
      "found without --iso20022; allowed with it: it says how many messages are written",
    );
  }
  if (iso20022 !== undefined && futures !== undefined) {
    refuse(
      "--iso20022",
      "",
      "found --futures, too; allowed is one of them: messages are those of a single run",
    );
  }
}

/** One run: printed, then written where it is asked for. Errors: `ScenarioError` for what could not be written, told last. */
function runAndTell(
  supposed: Supposition,
  { iso20022, sample, replication, quiet, json }: RunChoice & Told,
  { replay, folder }: { replay: string; folder: string | undefined },
): void {
  const messages = sampleInto(supposed, replication, { iso20022, sample });
  let entries: readonly RegisterEntry[] = [];
  const inspect = (world: World, day: number) => {
    messages.inspect?.(world, day);
    entries = registerOf(world);
  };
  const result = watched(supposed, { replication, replay, quiet, makeLedger: messages.makeLedger, inspect });
  messages.tell();
  console.log(
    json ? JSON.stringify(withoutDaily(result)) : summary(result, {
      open: openCells(supposed.scenario),
      adapters: adaptersInWords(supposed.scenario),
    }),
  );
  // After printing: where a disk is full, what was run is not lost.
  if (folder !== undefined) writeAll(folder, result, entries);
  messages.end();
}

/** A sample of a run's payments, written day by day into a folder where one is asked for. */
function sampleInto(
  supposed: Supposition,
  replication: number,
  { iso20022, sample }: Pick<Told, "iso20022" | "sample">,
): Pick<RunOptions, "inspect" | "makeLedger"> & { tell: () => void; end: () => void } {
  if (iso20022 === undefined) return { tell: () => {}, end: () => {} };
  const folder = writableFolder("--iso20022", namedPath("--iso20022", iso20022, "the path of a folder"));
  let written = 0, unwritten: unknown;
  const sampled = sampledMessages(supposed, replication, {
    perMillion: sample,
    take: (found) => {
      if (unwritten !== undefined) return;
      // A full disk ends the messages and not the run; it is told after what the run came to.
      try {
        written = writeMessages(found, folder, { after: written, digits: 6 });
      } catch (error) {
        unwritten = error;
      }
    },
  });
  return {
    ...sampled,
    tell: () =>
      unwritten === undefined && console.error(`Written: ${inFull(written)} messages into ${folder}`),
    end: () => {
      if (unwritten !== undefined) throw unwritten;
    },
  };
}

/** Runs what is supposed and tells how far it is. A shopper's day of the history counts as much as one of the run. */
function watched(
  supposed: Supposition,
  { replication, replay, quiet, makeLedger, inspect }: Pick<RunOptions, "inspect" | "makeLedger"> & {
    replication: number;
    replay: string;
    quiet?: boolean;
  },
): RunResult {
  const { name, scenario, history } = supposed;
  const work = ({ world }: Supposition["scenario"]) => world.shoppers * world.days;
  let before = 0;
  const bar = progress({ quiet });
  const engine = engineHash(), began = performance.now();
  const openingBook = cachedOpeningBook(supposed, replication, {
    engine,
    onDay: (day, days) => {
      before = work(history);
      const past = day + days + 1;
      bar.tell(
        before * past / days / (before + work(scenario)),
        `history before day 1: ${past} of ${days} days`,
      );
    },
    onNote: (note) => quiet || console.error(note),
  });
  const opened = performance.now();
  const result = run(supposed, replication, {
    makeLedger,
    clock: () => performance.now(),
    openingBook,
    engine,
    replay,
    inspect,
    onDay: (day, days) =>
      bar.tell(
        (before + work(scenario) * (day + 1) / days) / (before + work(scenario)),
        `${name}: ${day + 1} of ${days} days`,
      ),
  });
  bar.end();
  result.seconds.setup += (opened - began) / 1_000;
  return result;
}

/** The daily record is long: it goes to `--out`, not to standard output. */
function withoutDaily(result: RunResult): Omit<RunResult, "daily" | "phases"> {
  const { daily: _daily, phases: _phases, ...rest } = result;
  return rest;
}

/** The result; the register of receivables where there is one; each trust's deal with the flows of its pool, ready to run. */
function writeAll(folder: string, result: RunResult, entries: readonly RegisterEntry[]): void {
  write(folder, "result.json", JSON.stringify(result));
  if (entries.length > 0) write(folder, "register.jsonl", jsonLines(entries));
  for (const { name, deal, flows } of result.funding?.trusts ?? []) {
    if (flows.length === 0) continue;
    write(folder, `${name}.yaml`, `${JSON.stringify({ ...deal, pool: { flows } }, null, 1)}\n`);
  }
}

function write(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  writeFile("--out", file, text);
  console.error(`Written: ${file}`);
}
