// When a replica is down: by luck, or because a scenario says so.

import { log } from "#/model/units/elementary.ts";
import type { Day } from "#/model/units/units.ts";
import type { SharedLedgerTerms } from "./terms.ts";

/** A replica is down from one minute (inclusive) until another (exclusive), in minutes since day 0; both may be negative. */
export interface Outage {
  replica: number;
  fromMinute: number;
  untilMinute: number;
}

/**
 * The outages that begin by luck on a day, in order of replica: at most one a replica.
 *
 * Shapes and units: `draw(replica, lane)` gives a number in [0, 1) of this day for lanes 0 (does one begin), 1 (at which
 * minute) and 2 (how long). By inverse transform: more outages a year keep those there were, a longer mean lengthens each.
 * Lengths are exponential, in whole minutes rounded up.
 *
 * @example
 * ```ts
 * import { drawOutages } from "#/model/identity/shared_ledger/outages.ts";
 * import { exampleTerms } from "#/model/identity/shared_ledger/terms.ts";
 * import assert from "node:assert/strict";
 * const draw = (replica: number, lane: number) => replica === 2 ? [0, 0.5, 0.5][lane] : 0.9;
 * assert.deepEqual(drawOutages({ ...exampleTerms, outageMeanMinutes: 100 }, { day: 1, draw }), [
 *   { replica: 2, fromMinute: 2_160, untilMinute: 2_160 + 70 },
 * ]);
 * ```
 */
export function drawOutages(
  { replicas, outagesPerYear, outageMeanMinutes }: SharedLedgerTerms,
  { day, draw }: { day: Day; draw: (replica: number, lane: 0 | 1 | 2) => number },
): Outage[] {
  const outages: Outage[] = [];
  for (let replica = 0; replica < replicas; replica++) {
    if (draw(replica, 0) * 365 >= outagesPerYear) continue;
    const fromMinute = day * 1_440 + Math.floor(draw(replica, 1) * 1_440);
    const length = Math.max(1, Math.ceil(-outageMeanMinutes * log(1 - draw(replica, 2))));
    outages.push({ replica, fromMinute, untilMinute: fromMinute + length });
  }
  return outages;
}

/**
 * A dated outage of several replicas: whole days, the first inclusive, the last exclusive.
 *
 * @example
 * ```ts
 * import { datedOutages } from "#/model/identity/shared_ledger/outages.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(datedOutages([4], { fromDay: 1, untilDay: 2 }), [
 *   { replica: 4, fromMinute: 1_440, untilMinute: 2_880 },
 * ]);
 * ```
 */
export function datedOutages(
  replicas: readonly number[],
  { fromDay, untilDay }: { fromDay: Day; untilDay: Day },
): Outage[] {
  return replicas.map((replica) => ({ replica, fromMinute: fromDay * 1_440, untilMinute: untilDay * 1_440 }));
}

/** Checks an outage. Errors: `RangeError` for a replica that does not exist, or minutes that are not whole or in order. */
export function checkOutage({ replica, fromMinute, untilMinute }: Outage, replicas: number): void {
  if (!Number.isInteger(replica) || replica < 0 || replica >= replicas) {
    throw new RangeError(`Cannot take replica ${replica} down: replicas 0 to ${replicas - 1} are allowed`);
  }
  if (
    !Number.isSafeInteger(fromMinute) || !Number.isSafeInteger(untilMinute) || !(fromMinute < untilMinute)
  ) {
    throw new RangeError(
      `Cannot take replica ${replica} down from minute ${fromMinute} until ${untilMinute}: ` +
        "whole minutes are needed, the first before the last",
    );
  }
}

/**
 * Writes who is up into `masks`: bit r of `masks[i]` is on when replica r is up in minute `fromMinute + i`.
 *
 * Shapes: up to 30 replicas; outages in any order, overlapping or not, also outside the minutes asked for.
 *
 * @example
 * ```ts
 * import { writeUpMasks } from "#/model/identity/shared_ledger/outages.ts";
 * import assert from "node:assert/strict";
 * const masks = new Uint32Array(4), outages = [{ replica: 1, fromMinute: 11, untilMinute: 13 }];
 * writeUpMasks(masks, { replicas: 3, fromMinute: 10, outages });
 * assert.deepEqual([...masks], [0b111, 0b101, 0b101, 0b111]);
 * ```
 */
export function writeUpMasks(
  masks: Uint32Array,
  { replicas, fromMinute, outages }: { replicas: number; fromMinute: number; outages: readonly Outage[] },
): void {
  masks.fill((1 << replicas) - 1);
  for (const outage of outages) {
    const first = Math.max(outage.fromMinute - fromMinute, 0);
    const end = Math.min(outage.untilMinute - fromMinute, masks.length), others = ~(1 << outage.replica);
    for (let i = first; i < end; i++) masks[i] &= others;
  }
}
