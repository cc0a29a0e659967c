// hutong reverse SCENARIO --break CONDITION [--over PATH=LOW..HIGH]: the nearest combination of shocks that breaks a condition.

import { InvalidArgumentError, Option } from "commander";
import { ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { proposalFor } from "#/scenarios/reverse_defaults.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import { metricWord, reverseInWords, type Told } from "#/server/facts/reverse.ts";
import { inFull } from "#/server/format.ts";
import { reversePage } from "#/server/pages/reverse.tsx";
import { designSeed } from "#/sim/experiments/design_rows.ts";
import { evaluator, standingPool } from "#/sim/experiments/evaluate.ts";
import { word } from "#/sim/experiments/replay.ts";
import { type Breaks, type Reverse, reverseStress } from "#/sim/experiments/reverse.ts";
import { type Dimension, spaceOf } from "#/sim/experiments/reverse_space.ts";
import { inOneLine, type ManyOptions, saidAgain, withManyOptions } from "./experiment/sharing.ts";
import { filePath, namedPath, several } from "./options.ts";
import { pageFile, writePage } from "./page_file.ts";
import { progress } from "./progress.ts";
import { conditionOf, definitionOf, namedConditions, scaledMargins } from "./reverse_conditions.ts";
import { correlationsOf, dimensionOf, lawInto } from "./reverse_words.ts";
import { Verb, wholeOption } from "./verb.ts";

const searches = ["both", "smallest", "likeliest"] as const;

interface Options extends ManyOptions {
  break: string[];
  over?: string[];
  law?: string[];
  correlation?: string[];
  dimensions: number;
  search: typeof searches[number];
  budget?: number;
  alpha: number;
  beta: number;
}

/** A bracket within this share of its distance is narrow enough. */
const tolerance = 0.03;
/** Most runs of a search over one or two dimensions, and over more, where nobody says. */
const budgets = [400, 800] as const;

/** A share that an error may have. */
function errorShare(text: string): number {
  const value = Number(text);
  if (!/^0?\.\d+$/.test(text) || !(value > 0) || value > 0.4) {
    throw new InvalidArgumentError(
      `found ${text === "" ? "nothing" : text}; allowed is a share above 0, at most 0.4`,
    );
  }
  return value;
}

/** The `reverse` command. */
export function reverseVerb(): Verb {
  const command = new Verb("reverse")
    .description("find the smallest and the likeliest combination of shocks that breaks a condition")
    .argument("<scenario>", "a built-in name (see `scenarios`) or the path of a scenario file")
    .requiredOption(
      "--break <condition>",
      "an outcome, > or <, and a number (several joined by & must all hold), or the name of a condition; may be repeated: any of them breaks",
      several,
    )
    .option(
      "--over <path=low..high>",
      "a number of the scenario to shock, and how far; up to five (default: what scenarios/shocks/reverse.yaml proposes, with its laws)",
      several,
    )
    .option(
      "--law <path=middle,sd>",
      "a normal law for it (lognormal with :log); with one for each the likeliest is searched too",
      several,
    )
    .option("--correlation <path,path=c>", "the correlation of two of them", several)
    .addOption(
      wholeOption("--dimensions <n>", "of the proposed dimensions, how many", {
        from: 1,
        to: 5,
        otherwise: 2,
      }),
    )
    .addOption(
      new Option("--search <which>", "the smallest breach, the likeliest, or both").choices(searches).default(
        "both",
      ),
    )
    .option(
      "--alpha <share>",
      "most often that a point which holds is said to break (above 0, at most 0.4)",
      errorShare,
      0.05,
    )
    .option(
      "--beta <share>",
      "most often that a point which breaks is said to hold (above 0, at most 0.4)",
      errorShare,
      0.05,
    )
    .addOption(
      wholeOption("--budget <runs>", "most runs for each of the two searches", {
        from: 8,
        to: 100_000,
        otherwise: `${budgets[0]}, over three dimensions or more ${budgets[1]}`,
      }),
    )
    .addHelpText(
      "after",
      `
Points are screened by two or three replications; the last pass and the first fail are certified on other replications by a
sequential test that tells a share of breaks of 70 % from one of 30 %. --replications is the most of one test.
A finished run is never done twice: give the command again and it goes on where it stopped.

Conditions with a name:
${
        Object.entries(namedConditions).map(([name, { means }]) =>
          `  ${name}: ${means} (${definitionOf(name)})`
        ).join("\n")
      }

Examples:
  deno task hutong reverse interop --break insolvency
  deno task hutong reverse interop --break "dpd30Share.ant>0.04" --over behaviour.hardshipPerYearBps=100..8000:log \\
    --over macro.severityBps=0..60000 --law behaviour.hardshipPerYearBps=741,0.5 --law macro.severityBps=10000,10000`,
    );
  return withManyOptions(command as Verb, {
    ...{ shoppers: 2_000, days: 120, replications: 20 },
    runs: "most replications of one test",
  }).action(
    async (name: string, options: Options) => {
      const out = pageFile(options.out), asked = askedFor(name, options);
      const searches = await searched(asked, options);
      const told = toldOf(asked, options, { replay: saidSo(name, asked, options) });
      console.log(
        options.json ? jsonOf(name, { asked, searches, told }) : reverseInWords(name, searches, told),
      );
      if (out !== undefined) writePage(out, reversePage(name, searches, told));
    },
  );
}

/** What is searched: the scenario as it stands, what breaks it, and what is shocked under which laws. */
interface Asked {
  scenario: string;
  size: { seed?: string; shoppers: number; days: number };
  set: string[];
  resolved: Scenario;
  condition: ReturnType<typeof conditionOf>;
  /** Where `--over` says nothing. */
  proposal: ReturnType<typeof proposalFor> | undefined;
  dimensions: Dimension[];
  correlations: ReturnType<typeof correlationsOf>;
  hasLaws: boolean;
  /** Most runs of one search. */
  budget: number;
}

/** Reads what is asked for. Errors: `ScenarioError` for a scenario, a condition or dimensions that do not go together. */
function askedFor(name: string, options: Options): Asked {
  const scenario = filePath(name), { seed, shoppers, days } = options, size = { seed, shoppers, days };
  const bare = load(scenario, { set: options.set, ...size }).scenario;
  const condition = conditionOf(options.break, bare);
  if (!options.over && (options.law || options.correlation)) {
    complain("--law", "found without --over; allowed with it: what is proposed has laws of its own");
  }
  const proposal = options.over ? undefined : proposalFor(options.break[0].trim(), bare, options.dimensions);
  const set = [...options.set ?? [], ...proposal?.set ?? []];
  const { scenario: resolved } = load(scenario, { set, ...size });
  const dimensions: Dimension[] = proposal
    ? proposal.dimensions.map(({ path, low, high, isLog, middle, sd }) => {
      const own = dimensionOf(`${path}=${low}..${high}${isLog ? ":log" : ""}`, resolved);
      return { ...own, law: { middle: middle ?? own.base, sd } };
    })
    : options.over!.map((text) => dimensionOf(text, resolved));
  eachOnce(dimensions.map(({ axis }) => axis.path));
  for (const text of options.law ?? []) lawInto(text, dimensions);
  const said = proposal?.correlations.map(({ paths: [a, b], is }) => `${a},${b}=${is}`) ??
    options.correlation ?? [];
  const correlations = correlationsOf(said, dimensions);
  const without = dimensions.filter(({ law }) => !law).map(({ axis }) => axis.path).join(", ");
  if (without !== "" && (options.law || options.correlation || options.search === "likeliest")) {
    complain("--law", `found none for ${without}; allowed is a law for each or for none`);
  }
  return {
    scenario,
    size,
    set,
    resolved,
    condition,
    proposal,
    dimensions,
    correlations,
    hasLaws: without === "",
    budget: options.budget ?? budgets[dimensions.length > 2 ? 1 : 0],
  };
}

function eachOnce(paths: readonly string[]): void {
  const twice = paths.find((path, i) => paths.indexOf(path) < i);
  if (twice === undefined && paths.length <= 5) return;
  const found = twice === undefined ? `${paths.length} of them` : `${twice} twice`;
  complain("--over", `found ${found}; allowed are one to five, each once`);
}

/** Runs the searches that are asked for, the smallest breach first. */
async function searched(asked: Asked, options: Options): Promise<Reverse[]> {
  const { scenario, size, set, resolved, condition, dimensions, correlations, hasLaws, budget } = asked;
  const { replications, alpha, beta, search, quiet, workers } = options;
  const bar = progress({ quiet });
  const store = options.store === undefined
    ? undefined
    : namedPath("--store", options.store, "the path of a file");
  const margin = scaledMargins(condition), onNote = (note: string) => quiet || console.error(note);
  const spaces = [
    ...search === "likeliest" ? [] : [spaceOf(dimensions)],
    ...hasLaws && search !== "smallest" ? [spaceOf(dimensions, correlations)] : [],
  ];
  const found: Reverse[] = [];
  try {
    await using pool = standingPool({ shoppers: resolved.world.shoppers, workers, onNote });
    const breaks: Breaks = async (points, { from, count }) => {
      const evaluate = evaluator(scenario, {
        ...{ set, ...size, firstReplication: from, replications: count, pool, store, onNote },
      });
      const runs = await evaluate(
        points.map((values) => values.map((value, i) => `${dimensions[i].axis.path}=${value}`)),
      );
      return runs.map((each) => each.map(margin));
    };
    for (const space of spaces) {
      found.push(
        await reverseStress(breaks, space, {
          test: { lowShare: 0.3, highShare: 0.7, alpha, beta },
          ...{ budget, replicationsMost: replications, tolerance },
          seed: designSeed(resolved.seed),
          onRuns: (runs, what) =>
            bar.tell(
              runs / budget,
              `${metricWord(space.metric)} breach: ${what}, ${inFull(runs)} of at most ${
                inFull(budget)
              } runs, ${inFull(budget - runs)} left`,
            ),
        }),
      );
    }
  } catch (error) {
    throw inOneLine(error, "reverse");
  } finally {
    bar.end();
  }
  return found;
}

/** The command that gives it again. */
function saidSo(name: string, { proposal, budget }: Asked, options: Options): string {
  const { alpha, beta, replications, shoppers, days } = options;
  const said = typed([
    ["break", options.break],
    ["over", options.over],
    ["law", options.law],
    ["correlation", options.correlation],
  ]);
  return `deno task hutong reverse ${name}${said}${proposal ? ` --dimensions ${options.dimensions}` : ""}${
    options.search === "both" ? "" : ` --search ${options.search}`
  } --alpha ${alpha} --beta ${beta} --budget ${budget} --replications ${replications} --shoppers ${shoppers} --days ${days}` +
    saidAgain(options);
}

function toldOf(
  { condition, proposal, dimensions, correlations }: Asked,
  { alpha, beta }: Options,
  { replay }: { replay: string },
): Told {
  return {
    dimensions: dimensions.map(({ axis: { path, range }, base, law }, i) => ({
      ...{ path, title: proposal?.dimensions[i].title ?? path, base, law: law ?? null },
      ...{ low: range!.low, high: range!.high, isLog: range!.scale === "log" },
      source: proposal?.dimensions[i].source ?? "",
    })),
    ...{ condition: condition.name, definition: condition.text, replay, alpha, beta },
    correlations,
  };
}

function jsonOf(
  scenario: string,
  { asked, searches, told }: { asked: Asked; searches: readonly Reverse[]; told: Told },
): string {
  const { condition, definition, dimensions, correlations, replay, alpha, beta } = told;
  return JSON.stringify({
    ...{ scenario, condition, definition, paths: dimensions.map(({ path }) => path), alpha, beta },
    ...{ dimensions, correlations: asked.hasLaws ? correlations : null, searches, replay },
  });
}

function complain(place: string, text: string): never {
  throw new ScenarioError([{ place, path: "", text }]);
}

const typed = (all: readonly (readonly [string, readonly string[] | undefined])[]): string =>
  all.flatMap(([option, texts]) => (texts ?? []).map((text) => ` --${option} ${word(text)}`)).join("");
