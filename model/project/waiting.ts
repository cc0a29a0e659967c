// Whether to build now or to pilot for a year first: a decision tree over what the pilot would tell.

import { pow } from "#/model/units/elementary.ts";
import { planDesk } from "./evaluate.ts";
import type { ProjectFlows } from "./flows.ts";
import type { Plan } from "./terms.ts";
import { circumstancesOf, dimensionsOf, luckOf, type Uncertainty } from "./uncertainty.ts";

/** The branches of the tree, all present values in fen at the start of the plan. */
export interface Waiting {
  /** Building now, on everything that is uncertain. */
  nowFen: number;
  /** Piloting first: its cost, then the whole where what it tells makes that worth its cost, a while later. */
  waitFen: number;
  pilotCostFen: number;
  /** How much better waiting is than the better of building now and of doing nothing; below zero where it is worse. */
  valueFen: number;
  /** What knowing at once and for nothing would be worth: the most that any pilot can be. */
  knowingFen: number;
  /** How often the whole is built after the pilot. */
  buildShare: number;
  /** What the pilot can tell, worst first, and what the whole is worth then. */
  told: { quantile: number; npvFen: number }[];
}

/**
 * The value of waiting for a pilot's result.
 *
 * The pilot tells the uncertainties marked for it without error; all others stay as they are, with the same luck in every branch.
 * The whole is then the same project, later: what is supposed of the flows does not depend on the year.
 * Shapes and units: `branches` equal parts of what the pilot can tell, `draws` of the rest in each; fen.
 * Errors: `RangeError` where the pilot tells nothing.
 */
export function valueOfWaiting(
  plan: Plan,
  flows: ProjectFlows,
  { uncertainties, seed, pilotCostFen, pilotMonths, branches = 20, draws = 50 }: {
    uncertainties: readonly Uncertainty[];
    seed: readonly [number, number];
    pilotCostFen: number;
    pilotMonths: number;
    branches?: number;
    draws?: number;
  },
): Waiting {
  const dimensions = dimensionsOf(uncertainties);
  const told = dimensions.flatMap(({ of }, d) => of.kind === "number" && of.isToldByPilot ? [d] : []);
  if (told.length === 0) {
    throw new RangeError("Cannot value a pilot that tells nothing: no uncertainty is marked");
  }
  const desk = planDesk(plan, flows), agreed = desk.evaluate().statements.issued;
  const about = { months: flows.months, auditsEveryMonths: plan.uses.audits.everyMonths };
  const rest = Array.from({ length: draws }, (_, k) => luckOf(k, uncertainties, { seed }));
  const found = Array.from({ length: branches }, (_, j) => {
    let sum = 0;
    for (const luck of rest) {
      // Several numbers told at once move together: a good pilot is good in all.
      for (const d of told) luck[d] = (j + 0.5) / branches;
      sum += desk.sample(circumstancesOf(uncertainties, luck, about), agreed).npvFen;
    }
    return { quantile: (j + 0.5) / branches, npvFen: sum / draws };
  });
  const mean = (of: (npvFen: number) => number) =>
    found.reduce((sum, { npvFen }) => sum + of(npvFen), 0) / branches;
  const nowFen = mean((npvFen) => npvFen), known = mean((npvFen) => Math.max(0, npvFen));
  const later = pow(1 + plan.discountRateBps / 10_000, -pilotMonths / 12);
  const waitFen = known * later - pilotCostFen, otherwise = Math.max(0, nowFen);
  return {
    nowFen,
    waitFen,
    pilotCostFen,
    valueFen: waitFen - otherwise,
    knowingFen: known - otherwise,
    buildShare: mean((npvFen) => npvFen > 0 ? 1 : 0),
    told: found.sort((a, b) => a.npvFen - b.npvFen),
  };
}
