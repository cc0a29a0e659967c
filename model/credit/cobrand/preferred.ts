// The line that the card's holder likes better.

import type { CardPick } from "./registry.ts";

/**
 * Nothing is compared: habit decides.
 *
 * @example
 * ```ts
 * import { preferred } from "#/model/credit/cobrand/preferred.ts";
 * import assert from "node:assert/strict";
 * const line = { isPreferred: false, roomFen: 100, shopperCostFen: 0, issuerCostFen: 0 };
 * assert.equal(preferred.choose([line, { ...line, isPreferred: true }]), 1);
 * assert.equal(preferred.choose([line, line]), 0);
 * ```
 */
export const preferred: CardPick = {
  title: "the line that the holder likes better",
  looksAtRoom: false,
  choose: ([first, second]) => !first.isPreferred && second.isPreferred ? 1 : 0,
};
