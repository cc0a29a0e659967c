// What a project lives on, from the agents: the same people with the same luck, with the project and without it, month by month.
//
// Margin and avoided losses are differences between the two worlds. Margin is the counterparty's extra result before losses and
// before the bridge's tariff, so that margin + avoided losses − bridge fees = extra result, to the fen, in every month.

import { parties } from "#/model/names.ts";
import type { FlowStream, ProjectFlows } from "#/model/project/flows.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { load } from "#/scenarios/load.ts";
import {
  openedAfterBuild,
  openingsOf,
  type OpeningTimes,
  withoutProject,
} from "#/sim/experiments/counterpart.ts";
import { type Case, type EvaluateOptions, recordsOf } from "#/sim/experiments/evaluate.ts";
import { daysOfMonths, lenders, monthlyRecord, type MonthlyRun } from "#/sim/experiments/monthly_runner.ts";

/** One replication with the project and without it. */
export interface MonthlyPair {
  with: MonthlyRun;
  without: MonthlyRun;
}

/** How to run pairs: days come from the months. */
export interface PairOptions extends Omit<EvaluateOptions, "days">, OpeningTimes {
  months: number;
}

/** Runs a scenario under cases, each read by month: by case, then by replication. */
export type MonthlyRuns = (cases: readonly Case[]) => Promise<MonthlyRun[][]>;

/** Runs by month of one scenario, from the store or in the pool. Errors: as of `evaluator`. */
export function monthlyRuns(scenario: string, { months, ...options }: PairOptions): MonthlyRuns {
  const { set, seed } = options;
  const { scenario: { world } } = load(scenario, { set, seed });
  const records = recordsOf(scenario, {
    ...options,
    days: daysOfMonths(epochDay(world.startDate), months),
    runner: options.runner ?? new URL("./monthly_runner.ts", import.meta.url).href,
    record: monthlyRecord,
  });
  return async (cases) =>
    (await records(cases)).map((runs) => runs.map((text) => JSON.parse(text) as MonthlyRun));
}

/**
 * The pairs of a scenario, a replication each: its openings open after the build, the other side never has them.
 *
 * Errors: `ScenarioError` for a scenario that opens nothing; else as of {@link monthlyRuns}.
 */
export async function monthlyPairs(scenario: string, options: PairOptions): Promise<MonthlyPair[]> {
  const { set = [], seed } = options;
  const { scenario: own } = load(scenario, { set, seed });
  const cases = [openedAfterBuild(own, openingsOf(own), options), withoutProject(scenario, set)];
  const [opened, closed] = await monthlyRuns(scenario, options)(cases);
  return opened.map((run, replication) => ({ with: run, without: closed[replication] }));
}

/** With minus without, month by month. */
export const differences = (opened: ArrayLike<number>, closed: ArrayLike<number>): number[] =>
  Array.from(opened, (fen, m) => fen - closed[m]);

/** Parties besides the lenders that a contract can name; the project does not pay itself. */
const others = parties.filter((party) =>
  !["jd", "ant", "project", "investors", "operator", "shoppers"].includes(party)
);

/**
 * The flows of one pair: for each lender volume sent over the bridge, the tariff on it, margin and avoided losses; for the other
 * parties margin alone. Peaks are those of the side with the project, beyond what the other side needs.
 *
 * Errors: `RangeError` for sides of different length.
 */
export function projectFlows({ with: opened, without: closed }: MonthlyPair): ProjectFlows {
  if (opened.months !== closed.months) {
    throw new RangeError(
      `Cannot pair ${opened.months} months with the project with ${closed.months} months without`,
    );
  }
  const { months } = opened;
  const streams: FlowStream[] = lenders.flatMap((counterparty) => {
    const of = (name: "bridgedFen" | "feeFen" | "lossFen") =>
      differences(opened[name][counterparty], closed[name][counterparty]);
    const result = differences(opened.resultFen[counterparty], closed.resultFen[counterparty]);
    const fees = of("feeFen"), losses = of("lossFen");
    return [
      { stream: "bridgedVolume" as const, counterparty, monthlyFen: of("bridgedFen") },
      { stream: "bridgeFees" as const, counterparty, monthlyFen: fees },
      {
        stream: "margin" as const,
        counterparty,
        monthlyFen: result.map((fen, m) => fen + losses[m] + fees[m]),
      },
      { stream: "avoidedLosses" as const, counterparty, monthlyFen: losses.map((fen) => 0 - fen) },
    ];
  });
  const margins = others.map((counterparty) => ({
    stream: "margin" as const,
    counterparty,
    monthlyFen: differences(opened.resultFen[counterparty], closed.resultFen[counterparty]),
  }));
  const more = (name: keyof MonthlyRun["peaks"]) => Math.max(0, opened.peaks[name] - closed.peaks[name]);
  return {
    months,
    streams: [...streams, ...margins],
    peaks: {
      prefundingFen: more("prefundingFen"),
      collateralFen: more("collateralFen"),
      guaranteeFundFen: more("guaranteeFundFen"),
    },
  };
}
