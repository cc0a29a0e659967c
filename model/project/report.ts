// Everything that is told of plans under uncertainty: the comparison, regrets, and for each plan in each case what it hangs on.

import { compareProjects, type FlowCase, type ProjectComparison, type ProjectField } from "./compare.ts";
import { type Evidence, evidenceOf, tornado, type TornadoBar } from "./evidence.ts";
import { meanFlows } from "./mean_flows.ts";
import { type RegretMeasure, regretMeasures, type RegretTable, regretTable } from "./regret.ts";
import { type WorthStep, worthSteps } from "./steps.ts";
import type { Plan } from "./terms.ts";
import type { Uncertainty } from "./uncertainty.ts";
import { valueOfWaiting, type Waiting } from "./waiting.ts";

/** A plan in a case with what it hangs on. */
export interface ToldField extends ProjectField {
  title: string;
  tornado: TornadoBar[];
  /** Nothing where NPV never moves. */
  evidence: Evidence | null;
  /** Nothing where the pilot tells nothing. */
  waiting: Waiting | null;
  steps: WorthStep[];
}

/** The whole report. */
export interface ProjectReport extends ProjectComparison {
  caseTitles: string[];
  uncertainties: readonly Uncertainty[];
  pilot: { costFen: number; months: number };
  seed: readonly [number, number];
  fields: ToldField[][];
  regrets: Record<RegretMeasure, RegretTable>;
}

/** What a report needs besides plans and cases. */
export interface ReportOptions {
  uncertainties: readonly Uncertainty[];
  pilot: { costFen: number; months: number };
  draws: number;
  seed: readonly [number, number];
}

/**
 * Compares plans over cases and adds, field by field, the tornado, the evidence grade, the value of a pilot and the steps to equity.
 *
 * Errors: as of `compareProjects`.
 */
export function projectReport(
  plans: readonly Plan[],
  cases: readonly FlowCase[],
  { uncertainties, pilot, draws, seed }: ReportOptions,
): ProjectReport {
  const compared = compareProjects(plans, cases, { uncertainties, draws, seed });
  const isTold = uncertainties.some((one) => one.kind === "number" && one.isToldByPilot);
  const fields = plans.map((plan, p) =>
    cases.map(({ replications }, c): ToldField => {
      const field = compared.fields[p][c], flows = meanFlows(replications);
      const moves = field.npv.uncertainty > 0.5;
      const waiting = isTold
        ? valueOfWaiting(plan, flows, {
          uncertainties,
          seed,
          pilotCostFen: pilot.costFen,
          pilotMonths: pilot.months,
        })
        : null;
      return {
        ...field,
        title: plan.title,
        tornado: tornado(plan, flows, { uncertainties }),
        evidence: moves ? evidenceOf(plan, flows, { uncertainties, seed }) : null,
        waiting,
        steps: worthSteps({ plan }, field.base),
      };
    })
  );
  const [owners, npv] = regretMeasures.map((measure) => regretTable(compared, { measure }));
  return {
    ...compared,
    caseTitles: cases.map(({ title }) => title),
    uncertainties,
    pilot,
    seed,
    fields,
    regrets: { owners, npv },
  };
}
