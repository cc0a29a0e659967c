// What runs say of the articles' claim: users gained by both apart from users moved, what it brings a year, and what that hangs on.

import { join } from "node:path";
import type { ProjectFlows } from "#/model/project/flows.ts";
import { planDesk } from "#/model/project/evaluate.ts";
import { meanFlows } from "#/model/project/mean_flows.ts";
import type { Plan } from "#/model/project/terms.ts";
import { parseAssumptions } from "#/scenarios/assumptions.ts";
import { library } from "#/scenarios/chain.ts";
import { refuse } from "#/scenarios/complain.ts";
import { readText } from "#/scenarios/read.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import type { Case } from "#/sim/experiments/evaluate.ts";
import { simulationEstimate } from "#/sim/experiments/party_results.ts";
import { type MonthlyPair, projectFlows } from "#/sim/experiments/project_flows.ts";

/** What is varied, end by end of its stated range: whether people wait or leave, and how they come to use a line. */
export const variedPaths = [
  "demand.waitBps",
  "demand.leaveBps",
  "adoption.applyPerMonthBps",
  "adoption.perMissBps",
  "adoption.friendsBps",
  "adoption.leavePerMonthBps",
] as const;

/** Users at the end of runs with the project, less those without; people of the modelled world. */
export interface UsersFound {
  /** People who held no line at the start and hold one at the end. */
  gained: Estimate;
  /** People who held one line at the start and only the other at the end. */
  moved: Estimate;
  baitiao: Estimate;
  huabei: Estimate;
  /** Users of each product without the project: what a part of users is a part of. */
  without: { baitiao: number; huabei: number };
  /** Gained by both, as a part of all lines held without the project; people with both count twice in it. */
  gainedShare: Estimate;
  baitiaoShare: Estimate;
}

/** What the last twelve months bring, with less without, in fen; over replications. */
export interface YearFound {
  lentAcross: Estimate;
  /** Of both lenders, before losses and before the bridge's tariff. */
  margin: Estimate;
  avoidedLosses: Estimate;
  bridgeFees: Estimate;
}

/** One end of an assumption's range. */
export interface VariedEnd {
  value: number;
  npvFen: number;
  gained: number;
  gainedShare: number;
}

/** An assumption at both ends of its range. */
export interface Varied {
  path: string;
  unit: string;
  base: number;
  source: string;
  low: VariedEnd;
  high: VariedEnd;
}

/** Users by pairs of runs. Errors: `RangeError` without a pair. */
export function usersOf(pairs: readonly MonthlyPair[]): UsersFound {
  const of = (name: string) => pairs.map((pair) => pair.with.outcomes[name] - pair.without.outcomes[name]);
  const mean = (name: string) =>
    pairs.reduce((sum, pair) => sum + pair.without.outcomes[name], 0) / pairs.length;
  const without = { baitiao: mean("users.baitiao"), huabei: mean("users.huabei") };
  const both = without.baitiao + without.huabei, gained = of("usersGained"), baitiao = of("users.baitiao");
  const shares = (people: readonly number[], all: number) =>
    simulationEstimate(people.map((one) => all > 0 ? one / all : 0));
  return {
    gained: simulationEstimate(gained),
    moved: simulationEstimate(of("usersMoved")),
    baitiao: simulationEstimate(baitiao),
    huabei: simulationEstimate(of("users.huabei")),
    without,
    gainedShare: shares(gained, both),
    baitiaoShare: shares(baitiao, without.baitiao),
  };
}

/** What a year brings, by replications of flows. */
export function yearOf(replications: readonly ProjectFlows[]): YearFound {
  const of = (name: ProjectFlows["streams"][number]["stream"], only?: readonly string[]) =>
    simulationEstimate(replications.map(({ streams }) => {
      let sum = 0;
      for (const { stream, counterparty, monthlyFen } of streams) {
        if (stream !== name || only !== undefined && !only.includes(counterparty)) continue;
        for (let m = Math.max(0, monthlyFen.length - 12); m < monthlyFen.length; m++) sum += monthlyFen[m];
      }
      return sum;
    }));
  return {
    lentAcross: of("bridgedVolume"),
    margin: of("margin", ["jd", "ant"]),
    avoidedLosses: of("avoidedLosses"),
    bridgeFees: of("bridgeFees"),
  };
}

/**
 * The plan and the users at both ends of the range of each assumption on waiting, leaving and adoption, all runs anew.
 *
 * Shapes: `pairs` runs the scenario under further settings, the same people and luck in each.
 * Errors: those of the runs, and `ScenarioError` where the assumptions cannot be read.
 */
export async function variedBy(
  pairs: (settings: Case) => Promise<MonthlyPair[]>,
  { plan }: { plan: Plan },
): Promise<Varied[]> {
  const from = library(), file = `${from.shown}/assumptions.yaml`;
  const read = readText(join(from.folder, "assumptions.yaml"));
  if ("fault" in read) refuse(file, "", read.fault);
  const { byPath } = parseAssumptions(read.text, file), found: Varied[] = [];
  for (const path of variedPaths) {
    const { unit, base, range, source } = byPath.get(path)!;
    const end = async (value: number): Promise<VariedEnd> => {
      const runs = await pairs([`${path}=${value}`]), users = usersOf(runs);
      return {
        value,
        npvFen: planDesk(plan, meanFlows(runs.map(projectFlows))).evaluate().worth.npvFen,
        gained: users.gained.mean,
        gainedShare: users.gainedShare.mean,
      };
    };
    const [low, high] = range;
    found.push({ path, unit, base, source, low: await end(low), high: await end(high) });
  }
  return found.sort((a, b) =>
    Math.abs(b.high.npvFen - b.low.npvFen) - Math.abs(a.high.npvFen - a.low.npvFen)
  );
}
