// The line on which the purchase costs its holder least.

import type { CardPick } from "./registry.ts";

/**
 * Interest, less what the money earns until it is due: without instalments the line that is due later wins.
 *
 * @example
 * ```ts
 * import { cheapest } from "#/model/credit/cobrand/cheapest.ts";
 * import assert from "node:assert/strict";
 * const line = { isPreferred: true, roomFen: 100, shopperCostFen: -15, issuerCostFen: 0 };
 * assert.equal(cheapest.choose([line, { ...line, shopperCostFen: -20 }]), 1);
 * assert.equal(cheapest.choose([line, line]), 0);
 * ```
 */
export const cheapest: CardPick = {
  title: "the line that costs the holder least",
  looksAtRoom: false,
  choose: ([first, second]) => second.shopperCostFen < first.shopperCostFen ? 1 : 0,
};
