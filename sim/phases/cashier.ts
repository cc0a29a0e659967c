// The cashier: some buyers give up before they confirm.

import { abandonProbability } from "#/model/shoppers/cashier.ts";
import type { World } from "#/sim/world.ts";
import type { Want } from "./want.ts";

/** The chance of giving up, by product · networks + network, and for debit cards at the end. */
export function abandonTable(world: { terms: World["terms"] }): Float64Array {
  const { terms } = world, demand = terms.scenario.demand;
  const table = terms.cells.flatMap((cells) => cells.map((cell) => abandonProbability(cell, demand)));
  return Float64Array.from([
    ...table,
    abandonProbability({ steps: demand.debitSteps, placement: "listed" }, demand),
  ]);
}

/** Whether this buyer gives up with this way to pay; `product` −1 is a debit card. */
export function abandons(world: World, want: Want, product: number, network: number): boolean {
  const { abandon } = world.desk;
  const at = product < 0 ? abandon.length - 1 : product * world.terms.cells[0].length + network;
  return want.cashier < abandon[at];
}
