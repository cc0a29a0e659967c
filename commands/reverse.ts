// hutong reverse SCENARIO --break CONDITION --over PATH=LOW..HIGH: the nearest combination of shocks that breaks a condition.

import { InvalidArgumentError } from "commander";
import { ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { reversePage } from "#/server/pages/reverse.tsx";
import { designSeed } from "#/sim/experiments/design_rows.ts";
import { evaluator } from "#/sim/experiments/evaluate.ts";
import { word } from "#/sim/experiments/replay.ts";
import { type Breaks, type Reverse, reverseStress, type Tested } from "#/sim/experiments/reverse.ts";
import { spaceOf } from "#/sim/experiments/reverse_space.ts";
import { inOneLine, type ManyOptions, saidAgain, withManyOptions } from "./experiment/sharing.ts";
import { filePath, namedPath, several } from "./options.ts";
import { pageFile, writePage } from "./page_file.ts";
import { progress } from "./progress.ts";
import { conditionOf, correlationsOf, dimensionOf, lawInto, namedConditions } from "./reverse_words.ts";
import { Verb, wholeOption } from "./verb.ts";

interface Options extends ManyOptions {
  break: string;
  over: string[];
  law?: string[];
  correlation?: string[];
  budget: number;
  alpha: number;
  beta: number;
}

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
    .requiredOption("--break <condition>", "an outcome, > or <, and a number; or the name of a condition")
    .requiredOption(
      "--over <path=low..high>",
      "a number of the scenario to shock, and how far; one to five",
      several,
    )
    .option(
      "--law <path=middle,sd>",
      "a normal law for it (lognormal with :log); with one for each the likeliest is searched too",
      several,
    )
    .option("--correlation <path,path=c>", "the correlation of two of them", several)
    .option("--alpha <share>", "most often that a point which holds is said to break", errorShare, 0.05)
    .option("--beta <share>", "most often that a point which breaks is said to hold", errorShare, 0.05)
    .addOption(
      wholeOption("--budget <runs>", "most runs for each of the two searches", {
        from: 8,
        to: 100_000,
        otherwise: 400,
      }),
    )
    .addHelpText(
      "after",
      `
A point breaks where most replications do: a sequential test tells a share of 70 % from one of 30 %, over the same people and luck.
--replications is the most of one point. Named conditions: ${
        Object.entries(namedConditions).map(([name, is]) => `${name} (${is})`).join(", ")
      }.
A finished run is never done twice: give the command again and it goes on where it stopped.

Example:
  deno task hutong reverse interop --break "dpd30Share.ant>0.04" --over behaviour.hardshipPerYearBps=100..8000:log \\
    --over macro.severityBps=0..60000 --law behaviour.hardshipPerYearBps=741,0.5 --law macro.severityBps=10000,10000`,
    );
  return withManyOptions(command as Verb, { shoppers: 2_000, days: 120, replications: 20 }).action(
    async (name: string, options: Options) => {
      const scenario = filePath(name),
        { set = [], seed, shoppers, days, budget, replications, alpha, beta } = options;
      const out = pageFile(options.out), condition = conditionOf(options.break);
      const { scenario: resolved } = load(scenario, { set, seed, shoppers, days });
      const dimensions = options.over.map((text) => dimensionOf(text, resolved));
      const paths = dimensions.map(({ axis }) => axis.path),
        twice = paths.find((path, i) => paths.indexOf(path) < i);
      if (twice !== undefined || paths.length > 5) {
        const found = twice === undefined ? `${paths.length} of them` : `${twice} twice`;
        throw new ScenarioError([{
          place: "--over",
          path: "",
          text: `found ${found}; allowed are one to five, each once`,
        }]);
      }
      for (const text of options.law ?? []) lawInto(text, dimensions);
      const correlations = correlationsOf(options.correlation ?? [], dimensions);
      const hasLaws = dimensions.every(({ law }) => law !== undefined);
      if (!hasLaws && (options.law || options.correlation)) {
        const bare = dimensions.filter(({ law }) => !law).map(({ axis }) => axis.path).join(", ");
        throw new ScenarioError([{
          place: "--law",
          path: "",
          text: `found none for ${bare}; allowed is a law for each or for none`,
        }]);
      }
      const bar = progress({ quiet: options.quiet });
      const store = options.store === undefined
        ? undefined
        : namedPath("--store", options.store, "the path of a file");
      const breaks: Breaks = async (points, n) => {
        const evaluate = evaluator(scenario, {
          ...{ set, seed, shoppers, days, replications: n, workers: options.workers, store },
          onNote: (note) => options.quiet || console.error(note),
        });
        const found = await evaluate(
          points.map((values) => values.map((value, i) => `${paths[i]}=${value}`)),
        );
        return found.map((runs) => runs.map(condition.holds));
      };
      const found: Reverse[] = [];
      try {
        const spaces = [spaceOf(dimensions), ...hasLaws ? [spaceOf(dimensions, correlations)] : []];
        for (const space of spaces) {
          found.push(
            await reverseStress(breaks, space, {
              test: { lowShare: 0.3, highShare: 0.7, alpha, beta },
              ...{ budget, replicationsMost: replications, tolerance: 0.03 },
              seed: designSeed(resolved.seed),
              onRuns: (runs) => bar.tell(runs / budget, `${space.metric}: ${runs} of at most ${budget} runs`),
            }),
          );
        }
      } catch (error) {
        throw inOneLine(error, "reverse");
      } finally {
        bar.end();
      }
      const replay = `deno task hutong reverse ${name} --break ${word(options.break)}` +
        [["over", options.over], ["law", options.law], ["correlation", options.correlation]].map((
          [option, texts],
        ) => ((texts ?? []) as string[]).map((text) => ` --${option} ${word(text)}`).join("")).join("") +
        ` --alpha ${alpha} --beta ${beta} --budget ${budget} --replications ${replications} --shoppers ${shoppers} --days ${days}` +
        saidAgain(options);
      const told = { names: paths, condition: condition.text, replay };
      if (out !== undefined) writePage(out, reversePage(name, found, told));
      console.log(
        options.json
          ? JSON.stringify({
            scenario: name,
            condition: condition.text,
            paths,
            alpha,
            beta,
            searches: found,
            replay,
          })
          : reverseInWords(name, found, { ...told, alpha, beta }),
      );
    },
  );
}

/** The searches for people. */
export function reverseInWords(
  scenario: string,
  found: readonly Reverse[],
  { names, condition, alpha, beta }: {
    names: readonly string[];
    condition: string;
    alpha: number;
    beta: number;
  },
): string {
  const point = ({ values, distance, events, trials }: Tested) =>
    `${names.map((name, i) => `${name} ${values[i]}`).join(", ")}; distance ${
      distance.toFixed(3)
    }; broke in ${events} of ${trials} replications`;
  return found.flatMap(({ metric, origin, firstFail, lastPass, ended, runs, passing, directions }) => [
    `${scenario}: the ${metric === "scaled" ? "smallest" : "likeliest"} breach of ${condition} ${
      metric === "scaled"
        ? "(distance: shares of the ranges)"
        : "(distance: Mahalanobis, in standard deviations)"
    }`,
    `  as it stands  ${point(origin)}`,
    ...lastPass ? [`  last pass     ${point(lastPass)}`] : [],
    ...firstFail && ended !== "broken as it stands" ? [`  first fail    ${point(firstFail)}`] : [],
    `  ${
      ended === "found"
        ? `${passing} of ${directions} directions hold as near as that, or to the ends of the ranges`
        : ended === "nothing breaks"
        ? `nothing breaks in the ${directions} directions to the ends of the ranges`
        : ended === "budget spent"
        ? "the budget is spent: a nearer breach may exist; a larger --budget goes on from here"
        : "the condition is broken before anything is shocked"
    }; ${runs} runs`,
  ]).concat(
    `A point is told to break wrongly in at most ${alpha * 100} % of cases, to hold in at most ${
      beta * 100
    } %; along a way more shock is taken to break no less.`,
  ).join("\n");
}
