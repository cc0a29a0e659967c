// One limit over both lines: what one line lacks for a purchase moves over from the free part of the other.

import type { LimitRule } from "./registry.ts";

/**
 * Moves just what is lacking, and only where the free part of the other line covers all of it.
 *
 * @example
 * ```ts
 * import { joint } from "#/model/credit/joint_limit/joint.ts";
 * import assert from "node:assert/strict";
 * const lines = [{ limitFen: 100, heldFen: 90 }, { limitFen: 500, heldFen: 0 }] as const;
 * assert.deepEqual(joint.split([...lines], { asks: 0, amountFen: 50 }), [140, 460]);
 * assert.deepEqual(joint.split([...lines], { asks: 0, amountFen: 600 }), [100, 500]);
 * ```
 */
export const joint: LimitRule = {
  joins: true,
  grantsTogether: false,
  split(lines, { asks, amountFen }) {
    const own = lines[asks], other = lines[1 - asks];
    const lackingFen = own.heldFen + amountFen - own.limitFen;
    const freeFen = other.limitFen - other.heldFen;
    const movedFen = lackingFen > 0 && lackingFen <= freeFen ? lackingFen : 0;
    const ownFen = own.limitFen + movedFen, otherFen = other.limitFen - movedFen;
    return asks === 0 ? [ownFen, otherFen] : [otherFen, ownFen];
  },
};
