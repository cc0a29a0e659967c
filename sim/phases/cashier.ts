// The cashier: some buyers take what is preselected, some give up before they confirm.

import { unit } from "#/model/statistics/philox.ts";
import { abandonProbability, takesPreselected } from "#/model/shoppers/cashier.ts";
import { cashLeftFen } from "#/model/shoppers/cash.ts";
import { draw, lane, process } from "#/sim/streams.ts";
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

/** Whether the amount is more than what is left of the buyer's wage this month. */
export function isShort({ shoppers, today }: World, { shopper, amountFen }: Want): boolean {
  const payday = shoppers.entity0 + shopper;
  return amountFen > cashLeftFen(shoppers.incomeFen[shopper], { day: today.day, payday });
}

/** Whether this buyer, who prefers one line, takes the other because the cashier preselects it; both work here. */
export function takesOther(
  world: World,
  want: Want,
  preferred: { product: number; network: number },
  other: { product: number; network: number },
): boolean {
  const { cells, scenario } = world.terms;
  const placements = {
    preferred: cells[preferred.product][preferred.network].placement,
    other: cells[other.product][other.network].placement,
  };
  if (!takesPreselected(0, placements, scenario.demand)) return false;
  const { streams, shoppers } = world;
  draw(streams, process.rare, shoppers.entity0 + want.shopper, want.day, want.attempt);
  return takesPreselected(unit(streams.block[lane.rare.preselected]), placements, scenario.demand);
}
