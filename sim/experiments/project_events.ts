// What befalls an open project, as it is run: each event on both sides of the pair, by the same people with the same luck, against
// the pair in which it does not happen. Its effect is what it changes in what the project changes.

import { parties, type Party } from "#/model/names.ts";
import { meanFlows } from "#/model/project/mean_flows.ts";
import { planDesk } from "#/model/project/evaluate.ts";
import type { Plan } from "#/model/project/terms.ts";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import { load } from "#/scenarios/load.ts";
import { isFoundByAudit, type ProjectEvent } from "#/scenarios/project_events.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import { openedAfterBuild, openingsOf, withoutProject } from "#/sim/experiments/counterpart.ts";
import type { Case } from "#/sim/experiments/evaluate.ts";
import { presentFen, signers, simulationEstimate } from "#/sim/experiments/party_results.ts";
import {
  differences,
  type MonthlyPair,
  type MonthlyRuns,
  monthlyRuns,
  type PairOptions,
  projectFlows,
} from "#/sim/experiments/project_flows.ts";

/** What an event changes; amounts in fen, discounted, over replications. */
export interface EventEffect {
  event: string;
  title: string;
  /** Whether an audit found it early. */
  withAudit: boolean;
  /** Change of what crosses the bridge, as it comes. */
  bridged: Estimate;
  /** Change of what is paid for reconciliation, as it comes. */
  reconciliation: Estimate;
  /** Change of what the project changes for each party. */
  gains: Record<Party, Estimate>;
  /** Change of what it changes for all who have to sign. */
  signers: Estimate;
  /** Change of each plan's net present value on the mean flows. */
  plans: { plan: string; npvFen: number }[];
}

/** What an audit saves by finding an event early: of all who sign, fen. */
export interface AuditGain {
  event: string;
  savedFen: Estimate;
}

/** How to run events. */
export interface EventOptions extends PairOptions {
  discountRateBps: number;
  events: readonly ProjectEvent[];
  plans?: readonly Plan[];
}

/**
 * The settings of an event, on top of a scenario's own shocks.
 *
 * Shapes: days from the start of the run; an event that lasts no stated time lasts to the end.
 */
export function eventSettings(
  { shocks, world }: Scenario,
  event: ProjectEvent,
  { openingDay, withAudit }: { openingDay: number; withAudit: boolean },
): Case {
  const fromDay = openingDay + event.afterOpeningDays;
  const lasts = withAudit ? event.lastsDaysWithAudit ?? event.lastsDays : event.lastsDays;
  const untilDay = lasts === undefined ? 3_650 : Math.min(3_650, fromDay + lasts);
  const own = event.shocks.map((shock) => ({ ...shock, fromDay, untilDay }));
  return [
    ...(own.length === 0 ? [] : [`shocks=${JSON.stringify([...shocks, ...own])}`]),
    ...(withAudit ? event.setWithAudit ?? event.set : event.set),
    ...(event.dated === undefined ? [] : [`${event.dated}=${isoDate(epochDay(world.startDate) + fromDay)}`]),
  ];
}

/**
 * Runs events on a scenario.
 *
 * Errors: `ScenarioError` for a scenario that opens nothing and for an event that does not fit the scenario's schema; as of
 * `monthlyRuns`.
 */
export async function projectEvents(
  scenario: string,
  { runs, events, plans = [], discountRateBps, ...options }: EventOptions & { runs?: MonthlyRuns },
): Promise<{ effects: EventEffect[]; audits: AuditGain[] }> {
  const { set = [], seed } = options;
  const { scenario: own } = load(scenario, { set, seed });
  const opened = openedAfterBuild(own, openingsOf(own), options), closed = withoutProject(scenario, set);
  const firstMonth = options.firstMonth ?? own.project.capexCurveBps.length + 1;
  const openingDay = (firstMonth - 1) * 30;
  const variants = events.flatMap((event) => [
    { event, withAudit: false },
    ...(isFoundByAudit(event) ? [{ event, withAudit: true }] : []),
  ]);
  const cases = variants.flatMap(({ event, withAudit }) => {
    const happens = eventSettings(own, event, { openingDay, withAudit });
    // What the event sets comes first: the project's own settings are not undone by it.
    return [[...happens, ...opened], [...happens, ...closed]];
  });
  const run = runs ?? monthlyRuns(scenario, options);
  const all = await run([opened, closed, ...cases]);
  const pairsOf = (k: number): MonthlyPair[] =>
    all[2 * k].map((one, r) => ({ with: one, without: all[2 * k + 1][r] }));
  const base = pairsOf(0), baseFlows = meanFlows(base.map(projectFlows));
  const gain = (party: Party) => (pair: MonthlyPair) =>
    presentFen(differences(pair.with.resultFen[party], pair.without.resultFen[party]), discountRateBps);
  const worth = (pair: MonthlyPair) => signers.reduce((sum, party) => sum + gain(party)(pair), 0);
  const effects = variants.map(({ event, withAudit }, k): EventEffect => {
    const pairs = pairsOf(k + 1), flows = meanFlows(pairs.map(projectFlows));
    const change = (read: (pair: MonthlyPair) => number) =>
      simulationEstimate(pairs.map((pair, r) => read(pair) - read(base[r])));
    const total = (fen: readonly number[] = []) => fen.reduce((sum, one) => sum + one, 0);
    return {
      ...{ event: event.name, title: event.title, withAudit },
      bridged: change(({ with: one }) => total(one.bridgedFen.jd) + total(one.bridgedFen.ant)),
      reconciliation: change(({ with: one }) => total(one.externalFen["reconciliation-cost"])),
      gains: Object.fromEntries(parties.map((party) => [party, change(gain(party))])) as Record<
        Party,
        Estimate
      >,
      signers: change(worth),
      plans: plans.map((plan) => ({
        plan: plan.name,
        npvFen: Math.round(
          planDesk(plan, flows).evaluate().worth.npvFen - planDesk(plan, baseFlows).evaluate().worth.npvFen,
        ),
      })),
    };
  });
  const audits = variants.flatMap(({ event, withAudit }, k) => {
    if (!withAudit) return [];
    const late = pairsOf(k), early = pairsOf(k + 1);
    return [{
      event: event.name,
      savedFen: simulationEstimate(early.map((pair, r) => worth(pair) - worth(late[r]))),
    }];
  });
  return { effects, audits };
}
