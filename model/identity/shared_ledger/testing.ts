// For tests: random terms, outages and entries of a shared ledger, and the ledger that lives through them.

import fc from "fast-check";
import { sha256 } from "../bytes.ts";
import type { LedgerEntry } from "./entry.ts";
import { type NetworkSettings, SharedLedger } from "./network.ts";
import type { Outage } from "./outages.ts";
import { exampleTerms, type SharedLedgerTerms } from "./terms.ts";

/** What befalls a ledger in a test. */
export interface Schedule {
  terms: SharedLedgerTerms;
  fromDay: number;
  days: number;
  outages: Outage[];
  /** The minute of each entry, in order. */
  minutes: number[];
}

/** Entry number `i` of a test, handed in in a minute. */
export const receiptAt = (minute: number, i: number): LedgerEntry => ({
  kind: i % 3 === 0 ? "receipt-withdrawn" : "receipt",
  hash: sha256(`receipt ${i}`).toHex(),
  minute,
});

/**
 * Random schedules. Shapes: `share` scales the latency, up to the largest that the block interval allows (1); above a
 * sixth or so rounds last minutes, and outages hit them half-way.
 */
export const schedules = ({ share = 1, maxDays = 2 } = {}): fc.Arbitrary<Schedule> =>
  fc.record({
    replicas: fc.integer({ min: 1, max: 6 }),
    quorumAboveBps: fc.constantFrom(5_000, 5_000, 6_667, 9_999),
    blockIntervalMinutes: fc.oneof(
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 8, arbitrary: fc.integer({ min: 5, max: 60 }) },
      { weight: 2, arbitrary: fc.integer({ min: 60, max: 1_440 }) },
    ),
    latencyPart: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    entriesPerBlock: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(1_000)),
    fromDay: fc.constantFrom(0, 0, -1, 3),
    days: fc.integer({ min: 1, max: maxDays }),
    // Placed by block time and by how many messages of its round have travelled, so that they hit rounds half-way.
    outages: fc.array(
      fc.record({
        replica: fc.nat(5),
        slot: fc.integer({ min: -2, max: 30 }),
        travelled: fc.integer({ min: 0, max: 4 }),
        offset: fc.integer({ min: -1, max: 1 }),
        length: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 900 })),
      }),
      { maxLength: 40 },
    ),
    entries: fc.array(fc.oneof(fc.nat(1_439), fc.nat(200), fc.constant(77)), { maxLength: 50 }),
  }).map(({ replicas, latencyPart, fromDay, days, outages, entries, ...given }) => {
    const interval = given.blockIntervalMinutes, start = fromDay * 1_440;
    const latencySeconds = Math.min(600, Math.floor(interval * 15 * latencyPart * share));
    const terms = { ...exampleTerms, ...given, replicas, latencySeconds };
    return {
      terms,
      fromDay,
      days,
      outages: outages.map(({ replica, slot, travelled, offset, length }) => {
        const fromMinute = start + slot * interval + Math.ceil(travelled * latencySeconds / 60) + offset;
        return { replica: replica % replicas, fromMinute, untilMinute: fromMinute + length };
      }),
      minutes: entries.map((minute, i) => start + minute + (i % days) * 1_440).sort((a, b) => a - b),
    };
  });

/** A ledger with the outages and entries of a schedule ahead of it, and the ids of the entries. */
export function ledgerOf(
  { terms, fromDay, outages, minutes }: Schedule,
  settings: NetworkSettings = {},
): { ledger: SharedLedger; ids: string[] } {
  const ledger = new SharedLedger(terms, { fromDay, ...settings });
  for (const outage of outages) ledger.addOutage(outage);
  return { ledger, ids: minutes.map((minute, i) => ledger.submit(receiptAt(minute, i))) };
}

/** How many entries a schedule has in each minute of a day. */
export function countsOf({ minutes }: Schedule, day: number): Uint32Array {
  const counts = new Uint32Array(1_440);
  for (const minute of minutes) if (Math.floor(minute / 1_440) === day) counts[minute - day * 1_440]++;
  return counts;
}
