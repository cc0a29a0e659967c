// The acceptance table in the numbers of a run: for each product each way to a shop, by itself and with the co-branded card.

import { connections } from "#/model/clearing/connection.ts";
import { rails } from "#/model/clearing/rails/registry.ts";
import { routings } from "#/model/clearing/routing.ts";
import { type CardPick, cardPicks } from "#/model/credit/cobrand/registry.ts";
import { issuerOf, networks, products } from "#/model/names.ts";
import type { AcceptanceCell, Scenario } from "#/scenarios/schema.ts";

const railNames = Object.keys(rails);

/** One cell as phases read it: the columns of a row are `ways`. */
function cellOf(cell: AcceptanceCell, { clearing }: Scenario) {
  return {
    ...cell,
    bridged: cell.mode === "bridged",
    wantsBridge: cell.rail === "rtgs",
    wantsCard: cell.rail === "card",
    // Who connects directly pays no operator.
    bridgeFeeBps: connections[clearing.connection].hasOperator ? cell.bridgeFeeBps : 0,
  };
}

/** All cells, by product and way. */
export function makeCells(scenario: Scenario) {
  return products.map((product) => {
    const own = networks.map((network) => cellOf(scenario.acceptance[product][network], scenario));
    const byCard = networks.map((network) => {
      const { mode } = scenario.acceptance[product][network];
      return cardCell(scenario, network, mode === "native");
    });
    return [...own, ...byCard];
  });
}

/** The card at a network: over the line's own shops it crosses no platform, elsewhere it does. */
function cardCell(scenario: Scenario, network: typeof networks[number], isNative: boolean) {
  const { active, accepts, opensDay, requiredAssurance, steps, bridgeFeeBps, acquirerFeeBps, ...own } =
    scenario.cobrand;
  const cell = cellOf({
    ...{ opensDay, requiredAssurance, steps, bridgeFeeBps, acquirerFeeBps, failurePpm: own.failurePpm },
    mode: !active || !accepts[network] ? "closed" : isNative ? "native" : "bridged",
    adapterVersion: 1,
    rail: own.rails[0],
    failover: true,
    placement: "listed",
  }, scenario);
  // The rail is chosen purchase by purchase; money is kept on the bridge where it may be chosen.
  return { ...cell, wantsBridge: own.rails.includes("rtgs") };
}

/** The card's terms as phases read them. */
export function cobrandOf({ cobrand }: Scenario) {
  return {
    ...cobrand,
    pick: cardPicks[cobrand.pick] as CardPick,
    routing: routings[cobrand.routing],
    rails: cobrand.rails.map((name) => railNames.indexOf(name)),
    /** The product whose issuer runs the card. */
    managed: products.findIndex((product) => issuerOf[product] === cobrand.manager),
  };
}
