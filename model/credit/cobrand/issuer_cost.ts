// The line whose issuer lends and clears at the least cost.

import type { CardPick } from "./registry.ts";

/**
 * Money until the purchase is due, and what clearing takes: with equal rates the line that is due sooner wins.
 *
 * @example
 * ```ts
 * import { issuerCost } from "#/model/credit/cobrand/issuer_cost.ts";
 * import assert from "node:assert/strict";
 * const line = { isPreferred: true, roomFen: 100, shopperCostFen: 0, issuerCostFen: 40 };
 * assert.equal(issuerCost.choose([line, { ...line, issuerCostFen: 39 }]), 1);
 * assert.equal(issuerCost.choose([line, line]), 0);
 * ```
 */
export const issuerCost: CardPick = {
  title: "the line that is funded and cleared at the least cost",
  looksAtRoom: false,
  choose: ([first, second]) => second.issuerCostFen < first.issuerCostFen ? 1 : 0,
};
