// hutong compare A B: two results of runs beside each other.

import {
  type ComparedResults,
  type ComparedRow,
  compareResults,
  readSide,
} from "#/sim/experiments/compare_results.ts";
import { userPath } from "./options.ts";
import { Verb } from "./verb.ts";

/** The `compare` command. */
export function compareVerb(): Verb {
  const command = new Verb("compare")
    .description(
      "compare two results of runs: number by number, or statistically where engine or luck differ",
    )
    .argument("<a>", "a file of `run --json` or `--out`, or a folder of them: the replications of one run")
    .argument("<b>", "the same, to be compared with it")
    .option("--all", "also tell what is equal or cannot be told apart")
    .option("--json", "print one JSON object on standard output")
    .addHelpText(
      "after",
      "\nExit code 0: nothing differs; 1: something does; 2: a side cannot be read.\n" +
        "Example: deno task hutong compare before/result.json after/result.json",
    ) as Verb;
  return command.action((a: string, b: string, { all, json }: { all?: boolean; json?: boolean }) => {
    const found = compareResults(readSide(userPath(a)), readSide(userPath(b)));
    console.log(json ? JSON.stringify(found) : comparedInWords(found, { all }));
    if (found.rows.some(isDifferent)) Deno.exitCode = 1;
  });
}

const isDifferent = ({ verdict }: ComparedRow) => verdict === "differs" || verdict === "on one side only";

const number = (value: number | null) => value === null ? "none" : String(Number(value.toPrecision(6)));

/** The comparison for people. */
export function comparedInWords(
  { a, b, isExact, isEqual, rows }: ComparedResults,
  { all = false } = {},
): string {
  const side = ({ path, scenario, engine, runs }: ComparedResults["a"]) =>
    `${path}: ${scenario}, engine ${engine.slice(0, 12)}, ${runs} ${runs === 1 ? "run" : "runs"}`;
  const count = (verdict: ComparedRow["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
  const shown = rows.filter((row) => all || isDifferent(row)).map((row) => {
    const change = row.a !== null && row.b !== null && row.a !== 0
      ? ` (${((row.b / row.a - 1) * 100).toFixed(2)} %)`
      : "";
    const half = row.halfWidth === null || row.halfWidth === 0
      ? ""
      : `, difference ${number(row.difference)} ± ${number(row.halfWidth)}`;
    return `  ${row.name}: ${number(row.a)} → ${
      number(row.b)
    }${change}${half}; ${row.verdict}, over ${row.over}`;
  });
  return [
    `a  ${side(a)}`,
    `b  ${side(b)}`,
    isEqual
      ? "The daily records and outcomes are equal, bit by bit."
      : isExact
      ? "One scenario, seed, size and engine: equal numbers are asked."
      : a.engine === b.engine
      ? "One engine, and what is supposed or the luck differs."
      : `Two engines, ${a.engine.slice(0, 12)} and ${
        b.engine.slice(0, 12)
      }: what differs is what their intervals do not cover.`,
    `${count("equal")} equal, ${count("differs")} differ, ${
      count("cannot be told apart")
    } cannot be told apart, ${count("on one side only")} on one side only`,
    ...shown,
    ...(!isEqual && a.runs === 1 && b.runs === 1
      ? ["Single runs have no intervals for outcomes: compare folders with several replications for those."]
      : []),
  ].join("\n");
}
