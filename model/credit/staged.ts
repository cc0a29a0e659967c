// Staged plans: what is learnt or treated over months is paid out to its provider as it is delivered, stage by stage.

import type { Category } from "#/model/names.ts";
import { type Fen, mulDiv } from "#/model/units/units.ts";

/** The categories of which plans are staged. */
export const stagedCategories = ["education", "medical"] as const satisfies readonly Category[];

/**
 * What has been paid out after a number of stages.
 *
 * Shapes and units: whole fen; `done` from 0 to `stages`. Stages are equal to the fen, and the last one closes the sum.
 * Errors: `RangeError` for more stages than there are. Source: rules on money paid ahead for courses, which a bank holds and
 * pays out lesson by lesson.
 *
 * @example
 * ```ts
 * import { deliveredFen } from "#/model/credit/staged.ts";
 * import assert from "node:assert/strict";
 * const after = [0, 1, 2, 3].map((done) => deliveredFen(1_000, { done, stages: 3 }));
 * assert.deepEqual(after, [0, 333, 667, 1_000]);
 * ```
 */
export function deliveredFen(amountFen: Fen, { done, stages }: { done: number; stages: number }): Fen {
  if (!(done >= 0 && done <= stages)) {
    throw new RangeError(`Cannot deliver ${done} of ${stages} stages`);
  }
  return mulDiv(amountFen, done, stages);
}
