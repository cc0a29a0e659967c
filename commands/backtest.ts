// hutong backtest NAME: a dated episode run again, what was observed beside what is simulated.

import { join } from "node:path";
import process from "node:process";
import { Argument } from "commander";
import { load } from "#/scenarios/load.ts";
import { backtestPath } from "#/server/charts/experiments/backtest.ts";
import { draw } from "#/server/charts/draw.ts";
import { counted, share } from "#/server/format.ts";
import {
  type BacktestResult,
  type BacktestRow,
  readBacktest,
  type Simulated,
} from "#/sim/experiments/backtest.ts";
import { type Backtest, type BacktestName, backtestNames, backtests } from "#/sim/experiments/backtests.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import type { RunResult } from "#/sim/result.ts";
import { run } from "#/sim/run.ts";
import { namedPath, several, writableFolder } from "./options.ts";
import { writeFile } from "./page_file.ts";
import { progress } from "./progress.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

interface Options {
  replications: number;
  shoppers: number;
  seed?: string;
  set?: string[];
  out?: string;
  check?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** The `backtest` command. With `--check` the exit code is 1 where an observed figure lies outside. */
export function backtestVerb(): Verb {
  return new Verb("backtest")
    .description("run a dated episode again and hold what was observed against what is simulated")
    .addArgument(new Argument("<name>", "the episode").choices(backtestNames))
    .addOption(
      wholeOption("--replications <r>", "how often it is run, each time with other people and luck", {
        from: 2,
        to: 1_000,
        otherwise: 10,
      }),
    )
    .addOption(wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: 20_000 }))
    .option("--seed <text>", "the seed phrase (default: the scenario's own)")
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--out <dir>", "also write backtest.json and backtest.svg into a folder")
    .option("--check", "exit code 1 where an observed figure lies outside what is simulated")
    .option("--json", "print one JSON object")
    .option("--quiet", "no progress on standard error")
    .addHelpText(
      "after",
      `
Examples:
  deno task hutong backtest spring2020
  deno task hutong backtest leverage2020 --shoppers 5000 --replications 5 --check --out out/`,
    )
    .action((name: BacktestName, options: Options) => {
      const folder = options.out === undefined
        ? undefined
        : writableFolder("--out", namedPath("--out", options.out, "the path of a folder"));
      const found = runBacktest(name, options);
      console.log(options.json ? JSON.stringify(found) : inWords(found));
      if (folder) {
        writeFile("--out", join(folder, "backtest.json"), JSON.stringify(found));
        const drawn = draw(backtestPath(found), { id: "backtest" });
        if ("svg" in drawn) writeFile("--out", join(folder, "backtest.svg"), drawn.svg);
      }
      if (options.check && found.outside > 0) process.exitCode = 1;
    });
}

/** Runs the episode, and the world without it where there is one. */
function runBacktest(name: BacktestName, options: Options): BacktestResult {
  const it: Backtest = backtests[name], { replications, shoppers, seed, quiet } = options;
  const bar = progress({ quiet }), engine = engineHash();
  const worlds = [[], ...(it.without ? [it.without.set] : [])];
  const results = worlds.map((set, w) => {
    const { name, scenario, history } = load(it.scenario, {
      ...{ shoppers, seed, outcomes: outcomeNames },
      set: [...options.set ?? [], ...set],
    });
    const supposed = { name, scenario, history };
    return Array.from({ length: replications }, (_, r): RunResult => {
      const before = w * replications + r, total = worlds.length * replications;
      const tell = (share: number) =>
        bar.tell((before + share) / total, `${name}: run ${before + 1} of ${total}`);
      tell(0);
      const openingBook = cachedOpeningBook(supposed, r, { engine });
      return run(supposed, r, { engine, openingBook, onDay: (day, days) => tell((day + 1) / days) });
    });
  });
  bar.end();
  return readBacktest(name, { runs: results[0], without: results[1] });
}

/** The result for people. */
export function inWords(found: BacktestResult): string {
  const text = [
    found.title,
    `${
      counted(found.replications, "replication")
    } of ${found.scenario}; intervals of 95 %: of the mean, and of one more replication.`,
    "",
  ];
  for (const row of found.rows) {
    text.push(`${row.on}  ${row.title}`);
    text.push(`  observed ${row.within ? "at most " : ""}${said(row, row.observed)} (${row.source})`);
    text.push(
      `  simulated ${row.simulated ? interval(row, row.simulated) : "not reached"}: ${
        row.isInside === null ? "nothing to hold it against" : row.isInside ? "inside" : "outside"
      }`,
    );
    if (row.without) text.push(`  without it ${interval(row, row.without)}`);
  }
  text.push(
    "",
    "Inside: the observed figure lies where one more replication would lie; a bound is kept by the mean.",
    `${found.inside} inside, ${found.outside} outside.`,
  );
  return text.join("\n");
}

const said = ({ unit }: BacktestRow, value: number) =>
  unit === "share" ? share(value) : `${value.toFixed(3)} ×`;

function interval(row: BacktestRow, { mean, low, high, oneLow, oneHigh }: Simulated): string {
  return `${said(row, mean)} (mean ${said(row, low)} to ${said(row, high)}; one more ${
    said(row, oneLow)
  } to ${said(row, oneHigh)})`;
}
