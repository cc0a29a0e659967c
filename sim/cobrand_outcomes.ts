// What came of the co-branded card: who holds it, what was bought on which line and over which rail, what it cost and earned.

import { products } from "#/model/names.ts";
import type { Outcome } from "./result.ts";
import { railNames } from "./tables/rail_tally.ts";
import type { World } from "./world.ts";

/** Says the card's outcomes, where a scenario has the card; money in CNY, people and purchases for everybody. */
export function sayCobrand(
  { cobrand, terms }: World,
  say: (name: string, unit: Outcome["unit"], value: number) => void,
): void {
  if (!terms.cobrand.active) return;
  const { factor } = terms;
  say("cobrandHolders", "people", cobrand.holders * factor);
  say("cobrandIssued", "people", cobrand.issued * factor);
  say("cobrandEnded", "people", cobrand.ended * factor);
  for (const [p, product] of products.entries()) {
    say(`cobrandPurchases.${product}`, "purchases", cobrand.purchases[p] * factor);
    say(`cobrandSales.${product}`, "CNY", cobrand.salesFen[p] * factor / 100);
  }
  for (const [r, rail] of railNames.entries()) {
    say(`cobrandOver.${rail}`, "purchases", cobrand.overRail[r] * factor);
  }
  say("cobrandSwitched", "purchases", cobrand.switched * factor);
  say("cobrandCost", "CNY", cobrand.incurredFen * factor / 100);
  say("cobrandFees", "CNY", cobrand.passedOnFen * factor / 100);
}
