// The line with most of its limit left.

import type { CardPick } from "./registry.ts";

/**
 * Spreads what is owed over both lines, and is seldom refused for want of room.
 *
 * @example
 * ```ts
 * import { roomiest } from "#/model/credit/cobrand/roomiest.ts";
 * import assert from "node:assert/strict";
 * const line = { isPreferred: true, roomFen: 100, shopperCostFen: 0, issuerCostFen: 0 };
 * assert.equal(roomiest.choose([line, { ...line, roomFen: 101 }]), 1);
 * assert.equal(roomiest.choose([line, line]), 0);
 * ```
 */
export const roomiest: CardPick = {
  title: "the line with most room left",
  looksAtRoom: true,
  choose: ([first, second]) => second.roomFen > first.roomFen ? 1 : 0,
};
