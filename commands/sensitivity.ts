// hutong sensitivity SWEEP: what moves an outcome of a sweep, by the method that its design allows.

import process from "node:process";
import { Option } from "commander";
import { canonicalJson } from "#/model/units/canonical.ts";
import { inFull, inUnit } from "#/server/format.ts";
import { sensitivityPage } from "#/server/pages/sensitivity.tsx";
import {
  type Measure,
  type Method,
  methods,
  type Sensitivity,
  sensitivityOf,
} from "#/sim/experiments/sensitivity.ts";
import { storeFile } from "#/sim/experiments/store.ts";
import { pageFile, writePage } from "./page_file.ts";
import { namedSweep, reading, type ReadOptions, readReplay, scenarioOf } from "./sweep_read.ts";
import { Verb, wholeOption } from "./verb.ts";

interface Options extends ReadOptions {
  outcome?: string;
  method?: Method;
  resamples: number;
}

/** The `sensitivity` command. Shapes: `write` takes text for standard output. Errors: `ScenarioError`, exit code 2. */
export function sensitivityVerb(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Verb {
  return new Verb("sensitivity")
    .description(
      "what moves an outcome of a sweep: Sobol' indices, elementary effects, FAST, RBD-FAST, PAWN, delta or derivatives",
    )
    .argument("<sweep>", "the name of a sweep that was run, or the first letters of its id")
    .option("--outcome <name>", "the outcome (default: the sweep's first)")
    .option("--scenario <name>", "the scenario (default: the last of the sweep's)")
    .option("--difference", "its paired difference to the sweep's first scenario, not its level")
    .addOption(
      new Option("--method <name>", "how (default: the first that the design allows)").choices(
        Object.keys(methods),
      ),
    )
    .addOption(
      wholeOption("--resamples <n>", "bootstrap samples behind intervals", {
        from: 0,
        to: 100_000,
        otherwise: 1_000,
      }),
    )
    .option("--store <path>", `the SQLite file of results (default: ${storeFile})`)
    .option("--out <file>", "write the same as one page, with pictures")
    .option("--json", "print one JSON object")
    .addHelpText("after", help)
    .action((name: string, options: Options) => {
      const out = pageFile(options.out), table = namedSweep(name, options);
      const { method, difference: isDifference, resamples, outcome = table.design.outcomes[0] } = options;
      const wanted = { outcome, scenario: scenarioOf(table, options), isDifference, method, resamples };
      const found = reading("sensitivity", () => sensitivityOf(table, wanted));
      write((options.json ? canonicalJson(found) : sensitivityText(found)) + "\n");
      if (out !== undefined) {
        const replay = readReplay("sensitivity", found, {
          ...{ table, options },
          rest: ["--outcome", outcome, "--method", found.method, "--resamples", `${resamples}`],
        });
        writePage(out, sensitivityPage(table, found, { replay }));
      }
    });
}

const help = `
Designs and what reads them: ${
  Object.entries(methods).map(([name, { designs }]) => `${name} (${designs.join(", ")})`).join("; ")
}.
Rows that failed are left out, with all rows that belong to them, and counted. delta (how far the whole density moves) and
dgsm (what an axis can move at most, alone and with others) ask for axes with a range, not lists of values.

Examples:
  deno task hutong sweep my/saltelli.yaml && deno task hutong sensitivity saltelli --outcome netLoss
  deno task hutong sensitivity screening --scenario interop --difference --out screening.html`;

const measureTitles: Record<string, string> = {
  first: "alone",
  total: "in all",
  muStar: "mean size of effect",
  mu: "mean effect",
  sigma: "deviation",
  median: "median distance",
  delta: "density moved",
  totalBound: "in all, at most",
  slope: "mean slope",
  steepness: "steepness",
};

/** Measures in the outcome's unit, across the whole range of an axis. */
const slopes = ["slope", "steepness"];

/** The result for people: axes by rank, each measure with its interval. */
export function sensitivityText(found: Sensitivity): string {
  const { outcome, scenario, isDifference, method, unit, rows, dropped, mean, deviation, pairs } = found;
  const isEffect = method === "morris";
  const say = ({ value, low, high }: Measure, name = "") => {
    const word = (x: number) => isEffect || slopes.includes(name) ? inUnit(x, unit) : x.toFixed(3);
    return low === null || high === null || Number.isNaN(low)
      ? word(value)
      : `${word(value)} [${word(low)}, ${word(high)}]`;
  };
  const names = Object.keys(found.axes[0].measures),
    ranked = found.axes.toSorted((a, b) =>
      b.measures[names.at(method === "sobol" || method === "fast" ? 1 : 0)!].value -
      a.measures[names.at(method === "sobol" || method === "fast" ? 1 : 0)!].value
    );
  const lines = [
    ["axis", ...names.map((name) => measureTitles[name] ?? name)],
    ...ranked.map(({ name, measures }) => [name, ...names.map((measure) => say(measures[measure], measure))]),
  ];
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const strongest = pairs.toSorted((a, b) => b.value - a.value).slice(0, 5);
  return [
    `What moves ${outcome} of ${scenario}${isDifference ? " against the first scenario" : ""}: ${
      methods[method].title
    }, ` +
    `${inFull(rows)} rows${dropped > 0 ? `, ${inFull(dropped)} left out for want of a result` : ""}; mean ${
      inUnit(mean, unit)
    }, ` +
    `deviation ${inUnit(deviation, unit)}`,
    "",
    ...lines.map((line) => line.map((word, i) => word.padEnd(widths[i])).join("  ").trimEnd()),
    ...(strongest.length > 0 ? ["", "The strongest pairs, beyond what each does alone:"] : []),
    ...strongest.map(({ first, second, ...measure }) => `  ${first} with ${second}: ${say(measure)}`),
  ].join("\n");
}
