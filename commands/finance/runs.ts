// Flows from runs for `hutong finance --scenario`: pairs with and without the project, from the store or in the pool.

import { Option } from "commander";
import type { Party } from "#/model/names.ts";
import type { ProjectFlows } from "#/model/project/flows.ts";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { signers } from "#/sim/experiments/party_results.ts";
import { type MonthlyPair, monthlyPairs, projectFlows } from "#/sim/experiments/project_flows.ts";
import { storeFile } from "#/sim/experiments/store.ts";
import { inOneLine } from "../experiment/sharing.ts";
import { filePath, namedPath, several } from "../options.ts";
import { progress, runsInWords } from "../progress.ts";
import { bounds, type Verb, wholeOption } from "../verb.ts";

/** How runs are asked for. */
export interface RunsChoice {
  set?: string[];
  seed?: string;
  shoppers: number;
  years: number;
  replications: number;
  opensMonth?: number;
  apartDays: number;
  workers?: number;
  store?: string;
  strategic?: Party;
  quiet?: boolean;
}

/** A scenario's runs: flows of each replication, and the pairs that they were read from. */
export interface ScenarioRuns {
  name: string;
  title: string;
  replications: ProjectFlows[];
  pairs: MonthlyPair[];
}

/** Adds the options of runs to a command; a strategic investor is named only where a plan is financed. */
export function withRunsOptions(command: Verb, { isFinance = true } = {}): Verb {
  const options = command
    .option("--set <path=value>", "change one number or word of the scenario (may be repeated)", several)
    .option("--seed <text>", "the seed phrase of the runs (default: the scenario's own)")
    .addOption(
      wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: 20_000 }),
    )
    .addOption(
      wholeOption(
        "--years <y>",
        isFinance ? "years that are run; they should reach the last debt" : "years that are run",
        {
          from: 1,
          to: 10,
          otherwise: 5,
        },
      ),
    )
    .addOption(
      wholeOption("--replications <r>", "pairs of runs with other people and luck; intervals from 3 on", {
        from: 1,
        to: 1_000,
        otherwise: 1,
      }),
    )
    .addOption(
      wholeOption("--opens-month <m>", "month in which the first cell opens", {
        from: 1,
        to: 120,
        otherwise: "the one after the scenario's build",
      }),
    )
    .addOption(
      wholeOption("--apart-days <d>", "days from one opening to the next", {
        from: 0,
        to: 3_650,
        otherwise: 90,
      }),
    )
    .addOption(wholeOption("--workers <n>", "worker threads", { from: 1, to: 256, otherwise: "one a core" }))
    .option(
      "--store <path>",
      `the SQLite file of results; what is in it is not run again (default: ${storeFile})`,
    )
    .option("--quiet", "no progress on standard error") as Verb;
  if (!isFinance) return options;
  const strategic = new Option(
    "--strategic <party>",
    "the party that the strategic investor is: its gain outside the project counts, too (default: nobody's)",
  );
  return options.addOption(strategic.choices([...signers])) as Verb;
}

/** An option of runs without runs is refused: it would do nothing, and was meant to. */
export function refuseIdleRuns(command: Verb, { hasRuns }: { hasRuns: boolean }): void {
  const ofRuns = ["set", "seed", "shoppers", "years", "replications", "opensMonth", "apartDays", "strategic"];
  const idle = hasRuns
    ? undefined
    : ofRuns.find((name) => command.getOptionValueSourceWithGlobals(name) === "cli");
  if (idle === undefined) return;
  const flag = `--${idle.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  refuse(flag, "", "found without --scenario; allowed with it, as given flows come from no run");
}

/**
 * Runs a scenario's pairs, or takes them from the store: a plan never makes one run again.
 *
 * Errors: `ScenarioError` in one line for a scenario that cannot be read or opens nothing, a store or a memory that does not do.
 */
export async function runsOf(scenario: string, choice: RunsChoice): Promise<ScenarioRuns> {
  const { years, opensMonth, apartDays, replications, shoppers, quiet } = choice;
  if (opensMonth !== undefined && opensMonth > years * 12) {
    refuse(
      "--opens-month",
      "",
      `found ${opensMonth}; allowed is a month within the ${years * 12} that are run`,
    );
  }
  const bar = progress({ quiet });
  const store = choice.store === undefined
    ? undefined
    : namedPath("--store", choice.store, "the path of a file");
  const path = filePath(scenario);
  try {
    const { title } = load(path, { set: choice.set, seed: choice.seed }).scenario;
    const pairs = await monthlyPairs(path, {
      ...{ set: choice.set, seed: choice.seed, shoppers, replications, workers: choice.workers, store },
      ...{ months: years * 12, firstMonth: opensMonth, apartDays },
      onRun: ({ done, total, reused }) =>
        bar.tell(total === 0 ? 1 : done / total, runsInWords({ done, total, reused })),
      onNote: (note) => quiet || console.error(note),
    });
    return { name: scenario, title, replications: pairs.map(projectFlows), pairs };
  } catch (error) {
    throw inOneLine(error, "finance");
  } finally {
    bar.end();
  }
}
