// hutong discover SWEEP --where CONDITION: where in the space of a sweep a condition holds: boxes, how stable, and a tree.

import process from "node:process";
import { canonicalJson } from "#/model/units/canonical.ts";
import { inFull, inUnit, share } from "#/server/format.ts";
import { discoveryPage } from "#/server/pages/discovery.tsx";
import { axisWord } from "#/server/words.ts";
import { discover, type Discovery, type NamedNode, readCondition } from "#/sim/experiments/discover.ts";
import { storeFile } from "#/sim/experiments/store.ts";
import { InvalidArgumentError } from "commander";
import { pageFile, writePage } from "./page_file.ts";
import { namedSweep, reading, type ReadOptions, readReplay, scenarioOf } from "./sweep_read.ts";
import { Verb, wholeOption } from "./verb.ts";

interface Options extends ReadOptions {
  where: string;
  density: number;
  resamples: number;
}

function shareOption(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) {
    throw new InvalidArgumentError(`found "${text}"; allowed is above 0 and up to 1`);
  }
  return value;
}

/** The `discover` command. Shapes: `write` takes text for standard output. Errors: `ScenarioError`, exit code 2. */
export function discoverVerb(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Verb {
  return new Verb("discover")
    .description(
      "where in the space of a sweep a condition holds: PRIM boxes, their stability, a regression tree",
    )
    .argument("<sweep>", "the name of a sweep that was run, or the first letters of its id")
    .requiredOption(
      "--where <condition>",
      'what is of interest: an outcome of the sweep, <, <=, > or >=, and a number, such as "resultOf.jd < 0"',
    )
    .option("--scenario <name>", "the scenario (default: the last of the sweep's)")
    .option("--difference", "the condition is on the paired difference to the sweep's first scenario")
    .option(
      "--density <share>",
      "least share of rows in the chosen box that meet the condition (above 0, at most 1)",
      shareOption,
      0.8,
    )
    .addOption(
      wholeOption("--resamples <n>", "resamples behind stability", { from: 1, to: 10_000, otherwise: 50 }),
    )
    .option("--store <path>", `the SQLite file of results (default: ${storeFile})`)
    .option("--out <file>", "write the same as one page, with pictures")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Every axis that is a number or a word takes part, whatever the design; a few hundred rows are wanted.

Example:
  deno task hutong discover screening --where "resultOf.jd < 0" --scenario interop --out boxes.html`,
    )
    .action((name: string, options: Options) => {
      const out = pageFile(options.out),
        table = namedSweep(name, options),
        scenario = scenarioOf(table, options);
      const { difference: isDifference, density: densityMin, resamples } = options;
      const condition = reading("--where", () => readCondition(options.where));
      const found = reading(
        "discover",
        () => discover(table, { condition, scenario, isDifference, densityMin, resamples }),
      );
      write(
        (options.json
          ? canonicalJson(found)
          : discoveryText(found, table.analysis.units[condition.outcome] ?? "")) + "\n",
      );
      if (out !== undefined) {
        const replay = readReplay("discover", found, {
          ...{ table, options },
          rest: ["--where", options.where, "--density", `${densityMin}`, "--resamples", `${resamples}`],
        });
        writePage(out, discoveryPage(table, found, { replay }));
      }
    });
}

/** The result for people. */
export function discoveryText(found: Discovery, unit: string): string {
  const {
    condition,
    scenario,
    isDifference,
    rows,
    hits,
    dropped,
    trajectory,
    chosen,
    limits,
    stability,
    tree,
  } = found;
  const box = trajectory[chosen];
  const limitText = ({ title, low, high, values }: Discovery["limits"][number]) =>
    values
      ? `${title}: ${values.map(axisWord).join(" or ")}`
      : `${title}: ${axisWord(low!)} to ${axisWord(high!)}`;
  const steady = (axis: string) =>
    stability.filter((one) => one.axis === axis && one.share > 0)
      .map(({ end, share: times }) => `${end} end in ${share(times)}`).join(", ");
  return [
    `${condition.outcome} ${condition.comparison} ${inUnit(condition.bound, unit)}${
      isDifference ? " (difference to the first scenario)" : ""
    } in ${scenario}: ${inFull(hits)} of ${inFull(rows)} rows${
      dropped > 0 ? `; ${inFull(dropped)} rows have no result` : ""
    }`,
    "",
    `The chosen box holds ${inFull(box.rows)} rows: ${share(box.density)} of them meet it, ${
      share(box.coverage)
    } of all that do.`,
    ...(limits.length === 0 ? ["  it restricts nothing"] : []),
    ...limits.map((limit) =>
      `  ${limitText(limit)}  (by chance ${limit.quasiP.toPrecision(2)}; in resamples: ${steady(limit.axis)})`
    ),
    "",
    "Coverage against density, box by box:",
    ...trajectory.map(({ rows, coverage, density }, i) =>
      `  ${i === chosen ? "→" : " "} ${inFull(rows).padStart(6)} rows  coverage ${
        share(coverage).padStart(7)
      }  density ${share(density).padStart(7)}`
    ),
    "",
    `A tree explains ${share(found.explained)} of what ${condition.outcome} varies:`,
    ...treeLines(tree, unit, "  "),
  ].join("\n");
}

function treeLines({ rows, mean, cut }: NamedNode, unit: string, indent: string): string[] {
  if (!cut) return [`${indent}${inFull(rows)} rows, mean ${inUnit(mean, unit)}`];
  const { axis, at, isCategory, below, rest } = cut;
  const [first, second] = isCategory
    ? [`${axis} is ${axisWord(at)}`, `${axis} is not ${axisWord(at)}`]
    : [`${axis} up to ${axisWord(at)}`, `${axis} above ${axisWord(at)}`];
  return [
    `${indent}${first}:`,
    ...treeLines(below, unit, `${indent}  `),
    `${indent}${second}:`,
    ...treeLines(rest, unit, `${indent}  `),
  ];
}
