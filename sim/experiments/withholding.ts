// The withholding game: both issuers choose when to pay over the bridge; every pair of choices is run with the same people and
// luck, and what neither would leave alone is an equilibrium.

import { type Costs, equilibria, type Pair, respond } from "#/model/clearing/best_response.ts";
import { withholdingPolicies } from "#/model/clearing/withholding.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";
import { run } from "#/sim/run.ts";

/** The choices, in the order of the table. */
export const withholdingChoices = Object.keys(withholdingPolicies) as (keyof typeof withholdingPolicies)[];

/** What the game came to. */
export interface WithholdingGame {
  /** What clearing costs JD and Ant, in CNY, by JD's and Ant's choice. */
  costs: Costs[][];
  /** How long purchases' payments wait on the bridge, in minutes, by the same. */
  delayMinutes: number[][];
  /** Pairs that neither leaves alone; and where best responses lead from paying at once, null where they go round. */
  equilibria: Pair[];
  fromPrompt: Pair | null;
}

/**
 * Plays every pair of choices of a supposition and finds the equilibria.
 *
 * Shapes: `openingBook` of the supposition, simulated before; `onRun` hears of each run that is done. Errors: those of a run.
 */
export function withholdingGame(
  { name, scenario, history }: Supposition,
  replication: number,
  { openingBook, onRun }: { openingBook: OpeningBook; onRun?: (done: number, of: number) => void },
): WithholdingGame {
  const costs: Costs[][] = [], delayMinutes: number[][] = [];
  for (const jd of withholdingChoices) {
    const rows: Costs[] = [], delays: number[] = [];
    for (const ant of withholdingChoices) {
      const chosen = structuredClone(scenario);
      chosen.clearing.withholding.jd.policy = jd;
      chosen.clearing.withholding.ant.policy = ant;
      const { outcomes } = run({ name, scenario: chosen, history }, replication, { openingBook });
      rows.push([outcomes["clearingCost.jd"].value, outcomes["clearingCost.ant"].value]);
      delays.push(outcomes.bridgeDelay.value);
      onRun?.(
        costs.length * withholdingChoices.length + rows.length,
        withholdingChoices.length * withholdingChoices.length,
      );
    }
    costs.push(rows);
    delayMinutes.push(delays);
  }
  return { costs, delayMinutes, equilibria: equilibria(costs), fromPrompt: respond(costs, [0, 0]) };
}
