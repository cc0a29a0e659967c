// hutong run SCENARIO: one scenario, one replication, one result.

import { Command } from "commander";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { runCommand } from "#/sim/experiments/replay.ts";
import { run } from "#/sim/run.ts";
import type { Outcome, RunResult } from "#/sim/result.ts";
import { progress, scenarioPath, several, userPath, whole } from "./options.ts";

/** The options that say which run is meant. */
export interface RunChoice {
  set?: string[];
  seed?: string;
  replication: number;
  shoppers?: number;
  days?: number;
}

/** Adds the options that say which run is meant. */
export function withRunOptions(command: Command): Command {
  return command
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--seed <text>", "the seed phrase, in place of the scenario's")
    .option("--replication <r>", "which replication: other luck, other people", whole(0, 1_000_000), 0)
    .option("--shoppers <n>", "simulated shoppers; the number of people stays", whole(100, 50_000_000))
    .option("--days <d>", "days to simulate", whole(1, 3_650));
}

/** Loads what a choice means: the supposition, and the command that gives it again. */
export function chosen(scenario: string, choice: RunChoice): { supposed: Supposition; replay: string } {
  const { set = [], seed, shoppers, days, replication } = choice;
  const { name, scenario: resolved, history } = load(scenarioPath(scenario), { set, seed, shoppers, days });
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

/** The `run` command. */
export function runVerb(): Command {
  const command = new Command("run")
    .description("run one scenario and print what came of it")
    .argument("<scenario>", "a built-in name (see `scenarios`) or the path of a scenario file")
    .option("--json", "print one JSON object on standard output")
    .option("--out <dir>", "also write result.json into a folder")
    .option("--quiet", "no progress on standard error")
    .addHelpText(
      "after",
      "\nExample: deno task hutong run interop --shoppers 20000 --days 180 --set clearing.prefundingCny=1000000000",
    );
  return withRunOptions(command).action(
    (scenario: string, options: RunChoice & { json?: boolean; out?: string; quiet?: boolean }) => {
      const { supposed, replay } = chosen(scenario, options);
      const folder = options.out === undefined ? undefined : outFolder(userPath(options.out));
      const bar = progress(options.quiet === true);
      const engine = engineHash(), began = performance.now();
      const total = supposed.scenario.world.days;
      const openingBook = cachedOpeningBook(supposed, options.replication, {
        engine,
        onDay: (day, days) => bar.tell(day + days + 1, total + days, "history before day 1"),
        onNote: (note) => options.quiet || console.error(note),
      });
      const opened = performance.now();
      const result = run(supposed, options.replication, {
        clock: () => performance.now(),
        openingBook,
        engine,
        replay,
        onDay: (day, days) => bar.tell(day + 1, days, supposed.name),
      });
      bar.end();
      result.seconds.setup += (opened - began) / 1000;
      const text = JSON.stringify(options.json ? withoutDaily(result) : result);
      if (folder !== undefined) writeResult(folder, JSON.stringify(result));
      console.log(options.json ? text : summary(result));
    },
  );
}

/** The daily record is long: it goes to `--out`, not to standard output. */
function withoutDaily(result: RunResult): Omit<RunResult, "daily" | "phases"> {
  const { daily: _daily, phases: _phases, ...rest } = result;
  return rest;
}

/** Makes the folder before anything long begins. */
function outFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, ".hutong-probe");
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    refuse(
      "--out",
      "",
      `found ${folder}, which cannot be written (${(error as Error).message}); allowed is a folder`,
    );
  }
  return folder;
}

function writeResult(folder: string, text: string): void {
  const file = join(folder, "result.json");
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
  console.error(`Written: ${file}`);
}

/** An outcome as people read it. */
export function told({ value, unit }: Outcome): string {
  const size = Math.abs(value);
  if (unit === "share") return `${(value * 100).toFixed(2)} %`;
  if (unit === "minutes" || unit === "days" || unit === "points") return `${value.toFixed(1)} ${unit}`;
  const [by, word] = size >= 1e9 ? [1e9, " bn"] : size >= 1e6 ? [1e6, " m"] : [1, ""];
  const number = (value / by).toFixed(size >= 1e6 ? 2 : 0);
  return unit === "CNY" ? `CNY ${number}${word}` : `${number}${word} ${unit}`;
}

/** A result for people: what was bought, what was refused, outcomes, calibration, how to replay. */
export function summary(result: RunResult): string {
  const { purchases, outcomes, calibration, world } = result;
  const lines = [
    `${result.scenario}  ${world.startDate}, ${world.days} days, ${world.shoppers} shoppers for ` +
    `${world.shoppers * world.peoplePerShopper} people, replication ${result.replication}`,
    `wanted ${purchases.wanted}, settled ${purchases.settled} (${purchases.settledOnCredit} on credit), ` +
    `still waiting ${purchases.waiting}; ${purchases.perSecond} purchases a second`,
    "",
    "refused, no sale:",
  ];
  for (const [layer, reasons] of Object.entries(purchases.refused)) {
    for (const [name, count] of Object.entries(reasons)) {
      lines.push(`  ${layer.padEnd(10)} ${name.padEnd(22)} ${count}`);
    }
  }
  lines.push("", "outcomes:");
  for (const [name, outcome] of Object.entries(outcomes)) lines.push(`  ${name.padEnd(28)} ${told(outcome)}`);
  lines.push(
    "",
    calibration.length ? "calibration:" : "calibration: uncalibrated, no published figures for this date",
  );
  for (const { name, date, low, high, simulated, unit } of calibration) {
    const say = (value: number) => told({ value, unit });
    const verdict = simulated === null
      ? "not reached"
      : simulated >= low && simulated <= high
      ? "inside"
      : "OUTSIDE";
    lines.push(
      `  ${name.padEnd(34)} ${date}  ${say(low)} to ${say(high)}: ${
        simulated === null ? "-" : say(simulated)
      }  ${verdict}`,
    );
  }
  const { checks, daysReconciled } = result.money;
  lines.push(
    "",
    `books: ${daysReconciled} days reconciled, ${checks} checks`,
    `hash:   ${result.hash}`,
    `replay: ${result.replay}`,
  );
  return lines.join("\n");
}
