// hutong compare A B: two results of runs beside each other.

import { refuse } from "#/scenarios/complain.ts";
import { counted, inFull } from "#/server/format.ts";
import {
  type ComparedResults,
  type ComparedRow,
  compareResults,
  readSide,
  relativeSize,
} from "#/sim/experiments/compare_results.ts";
import {
  type ComparedSweeps,
  compareSweeps,
  isSweepPath,
  readSweepSide,
} from "#/sim/experiments/compare_sweeps.ts";
import { namedPath } from "./options.ts";
import { Verb } from "./verb.ts";

/** The `compare` command. */
export function compareVerb(): Verb {
  const command = new Verb("compare")
    .description(
      "compare two results of runs, or of sweeps: number by number, or statistically where engine or luck differ",
    )
    .argument(
      "<a>",
      "a file of `run --json` or `--out`, or a folder of them: the replications of one run; or a sweep, STORE.sqlite#NAME",
    )
    .argument("<b>", "the same, to be compared with it")
    .option("--all", "also tell what is equal or cannot be told apart")
    .option("--json", "print one JSON object on standard output")
    .addHelpText(
      "after",
      `
Exit code 0: nothing differs that can be told apart from luck; 1: something does, or stands on one side only; 2: a side cannot
be read, or a run was given with a sweep. Of two single runs any difference counts: their outcomes have no intervals.

Examples:
  deno task hutong compare before/result.json after/result.json
  deno task hutong compare before/ after/                       folders of replications
  deno task hutong compare old.sqlite#financing new.sqlite#financing`,
    ) as Verb;
  return command.action((a: string, b: string, { all, json }: { all?: boolean; json?: boolean }) => {
    const paths = [a, b].map((path) => namedPath("compare", path, "the path of a result"));
    if (isSweepPath(a) !== isSweepPath(b)) {
      const [sweep, run] = isSweepPath(a) ? [a, b] : [b, a];
      refuse(
        "compare",
        "",
        `found ${sweep}, a sweep, and ${run}; allowed are two sweeps, or two results of runs`,
      );
    }
    if (isSweepPath(a)) {
      const [left, right] = paths.map(readSweepSide), found = compareSweeps(left, right);
      console.log(json ? JSON.stringify(found) : sweepsInWords(found, { all }));
      if (found.rows.some(isDifferent) || found.onlyA.length + found.onlyB.length > 0) Deno.exitCode = 1;
      return;
    }
    const [left, right] = paths.map(readSide), found = compareResults(left, right);
    console.log(json ? JSON.stringify(found) : comparedInWords(found, { all }));
    if (found.rows.some(isDifferent)) Deno.exitCode = 1;
  });
}

const isDifferent = ({ verdict }: ComparedRow) => verdict === "differs" || verdict === "on one side only";

const number = (value: number | null) => value === null ? "none" : String(Number(value.toPrecision(6)));

/** Rows for people, the largest change beside its own size first. */
function rowsInWords(rows: readonly ComparedRow[], { all }: { all: boolean }): string[] {
  const sized = rows.filter((row) => all || isDifferent(row)).map((row) => ({
    row,
    size: relativeSize(row),
  }));
  sized.sort((x, y) => y.size === x.size ? 0 : y.size > x.size ? 1 : -1);
  return sized.map(({ row }) => {
    const change = row.a === null || row.b === null || row.a === row.b
      ? ""
      : row.a === 0
      ? " (from nothing)"
      : ` (${row.b > row.a ? "+" : "−"}${(relativeSize(row) * 100).toFixed(2)} %)`;
    const half = row.halfWidth === null || row.halfWidth === 0
      ? ""
      : `, difference ${number(row.difference)} ± ${number(row.halfWidth)}`;
    return `  ${row.name}: ${number(row.a)} → ${
      number(row.b)
    }${change}${half}; ${row.verdict}, over ${row.over}`;
  });
}

/** The comparison of sweeps for people. */
export function sweepsInWords(found: ComparedSweeps, { all = false } = {}): string {
  const { a, b, points, onlyA, onlyB, isPaired, isExact, isEqual, rows } = found;
  const side = ({ path, sweep, engine, points, rows }: ComparedSweeps["a"]) =>
    `${path}: sweep ${sweep}, engine ${engine.slice(0, 12)}, ${counted(points, "point")}, ${
      counted(rows, "run")
    }`;
  const count = (verdict: ComparedRow["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
  const tested = rows.filter(({ halfWidth }) => halfWidth !== null && halfWidth > 0).length;
  const shown = rowsInWords(rows, { all });
  return [
    `a  ${side(a)}`,
    `b  ${side(b)}`,
    isEqual
      ? "All runs that both have came to the same, bit by bit."
      : `${inFull(points)} points coincide; ${
        isPaired
          ? "seed, shoppers and days are the same, so differences are taken replication by replication"
          : "seed, shoppers or days differ, so means are compared by Welch's intervals"
      }${isExact ? ". One engine: equal numbers are asked" : ""}.`,
    ...onlyPoints("a", onlyA),
    ...onlyPoints("b", onlyB),
    `${count("equal")} equal, ${count("differs")} differ, ${
      count("cannot be told apart")
    } cannot be told apart, ${count("on one side only")} on one side only`,
    ...shown.slice(0, mostRows),
    ...shown.length > mostRows
      ? [`  and ${shown.length - mostRows} more, smaller ones; all are in --json`]
      : [],
    ...tested >= 20
      ? [`Of ${tested} intervals of 95 %, about ${Math.round(tested / 20)} would miss by luck alone.`]
      : [],
  ].join("\n");
}

const mostRows = 200;

const onlyPoints = (side: string, labels: readonly string[]) =>
  labels.length === 0 ? [] : [
    `Only in ${side}: ${labels.slice(0, 5).join("; ")}${
      labels.length > 5 ? ` and ${labels.length - 5} more` : ""
    }`,
  ];

/** The comparison for people. */
export function comparedInWords(
  { a, b, isExact, isEqual, rows }: ComparedResults,
  { all = false } = {},
): string {
  const side = ({ path, scenario, engine, runs }: ComparedResults["a"]) =>
    `${path}: ${scenario}, engine ${engine.slice(0, 12)}, ${counted(runs, "run")}`;
  const count = (verdict: ComparedRow["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
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
    ...rowsInWords(rows, { all }),
    ...(!isEqual && a.runs === 1 && b.runs === 1
      ? [
        "Single runs have no intervals for outcomes: whether luck alone made these differences cannot be told. Compare folders " +
        "with several replications for that; daily columns are compared in ten batches of days.",
      ]
      : []),
  ].join("\n");
}
