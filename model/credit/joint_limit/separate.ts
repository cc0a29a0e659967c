// Two limits: each issuer answers for its own line alone.

import type { LimitRule } from "./registry.ts";

/**
 * Leaves both limits as they are.
 *
 * @example
 * ```ts
 * import { separate } from "#/model/credit/joint_limit/separate.ts";
 * import assert from "node:assert/strict";
 * const lines = [{ limitFen: 100, heldFen: 90 }, { limitFen: 500, heldFen: 0 }] as const;
 * assert.deepEqual(separate.split([...lines], { asks: 0, amountFen: 50 }), [100, 500]);
 * ```
 */
export const separate: LimitRule = {
  joins: false,
  grantsTogether: false,
  split: ([a, b]) => [a.limitFen, b.limitFen],
};
