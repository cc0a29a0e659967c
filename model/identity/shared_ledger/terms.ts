// The terms of the shared ledger: how many replicas, how many of them must agree, how often, how fast and at what cost.

import { z } from "zod";
import { type Fen, mulDiv } from "#/model/units/units.ts";

const whole = (low: number, high: number) => z.int().min(low).max(high);

/** How many messages follow one another from a block's proposal to its finality: ask, answer, propose, acknowledge. */
export const messagesToFinality = 4;

/** The schema of the terms, for a scenario. What the numbers must be to each other, {@link checkTerms} says. */
export const sharedLedgerTerms = z.strictObject({
  /** Copies of the ledger, one at each participant. */
  replicas: whole(1, 30),
  /** More than this share of the replicas must acknowledge a block; 5000 is a majority. */
  quorumAboveBps: whole(5_000, 9_999),
  blockIntervalMinutes: whole(1, 1_440),
  /** One way between two replicas, signing and writing to disk included. */
  latencySeconds: whole(0, 600),
  entriesPerBlock: whole(1, 100_000_000),
  /** What one replica spends on a block, however full, and on a thousand entries. */
  costPerBlockFen: whole(0, 1_000_000),
  costPerThousandEntriesFen: whole(0, 100_000_000),
  /** Outages that begin at one replica in a year, at most one a day, and how long they last on average. */
  outagesPerYear: whole(0, 365),
  outageMeanMinutes: whole(1, 43_200),
});

/** The terms of a shared ledger. */
export type SharedLedgerTerms = z.infer<typeof sharedLedgerTerms>;

/**
 * How many replicas must acknowledge a block: more than half of them, whatever the terms say.
 *
 * Two sets of more than half always share a replica; that is why there are never two final blocks at one height.
 *
 * @example
 * ```ts
 * import { quorumOf } from "#/model/identity/shared_ledger/terms.ts";
 * import assert from "node:assert/strict";
 * assert.equal(quorumOf({ replicas: 7, quorumAboveBps: 5_000 }), 4);
 * assert.equal(quorumOf({ replicas: 6, quorumAboveBps: 5_000 }), 4);
 * assert.equal(quorumOf({ replicas: 7, quorumAboveBps: 6_667 }), 5);
 * ```
 */
export function quorumOf(
  { replicas, quorumAboveBps }: Pick<SharedLedgerTerms, "replicas" | "quorumAboveBps">,
): number {
  return Math.floor(replicas * quorumAboveBps / 10_000) + 1;
}

/**
 * Checks terms, those that {@link sharedLedgerTerms} cannot: an agreement must end before the next one begins.
 *
 * Errors: `RangeError` naming the term, its value and what is allowed.
 *
 * @example
 * ```ts
 * import { checkTerms, exampleTerms } from "#/model/identity/shared_ledger/terms.ts";
 * import assert from "node:assert/strict";
 * assert.throws(
 *   () => checkTerms({ ...exampleTerms, blockIntervalMinutes: 1, latencySeconds: 20 }),
 *   { name: "RangeError", message: /a block each minute .*20 seconds.*80 seconds/ },
 * );
 * ```
 */
export function checkTerms(terms: SharedLedgerTerms): void {
  const read = sharedLedgerTerms.safeParse(terms);
  if (!read.success) {
    const [{ path, message }] = read.error.issues, name = path.join(".");
    const value = JSON.stringify(terms[name as keyof SharedLedgerTerms]);
    throw new RangeError(`Cannot keep a shared ledger with ${name || "terms"} ${value}: ${message}`);
  }
  const { blockIntervalMinutes, latencySeconds } = terms, needed = messagesToFinality * latencySeconds;
  if (needed > blockIntervalMinutes * 60) {
    const each = blockIntervalMinutes === 1 ? "each minute" : `each ${blockIntervalMinutes} minutes`;
    throw new RangeError(
      `Cannot make a block ${each} over a latency of ${latencySeconds} seconds: an agreement takes ` +
        `${needed} seconds, so blockIntervalMinutes must be at least ${Math.ceil(needed / 60)}`,
    );
  }
}

/** Seven replicas, a block every five minutes: the base of the assumptions, for examples and tests. */
export const exampleTerms: SharedLedgerTerms = {
  replicas: 7,
  quorumAboveBps: 5_000,
  blockIntervalMinutes: 5,
  latencySeconds: 2,
  entriesPerBlock: 100_000,
  costPerBlockFen: 30,
  costPerThousandEntriesFen: 100,
  outagesPerYear: 6,
  outageMeanMinutes: 90,
};

/**
 * What all replicas together spend on blocks and their entries, in whole fen; half a fen counts as one.
 *
 * Errors: `RangeError` for counts that are not whole or below zero.
 *
 * @example
 * ```ts
 * import { costFen, exampleTerms } from "#/model/identity/shared_ledger/terms.ts";
 * import assert from "node:assert/strict";
 * assert.equal(costFen(exampleTerms, { blocks: 288, entries: 12_345 }), 7 * 288 * 30 + 8_642);
 * ```
 */
export function costFen(
  { replicas, costPerBlockFen, costPerThousandEntriesFen }: SharedLedgerTerms,
  { blocks, entries }: { blocks: number; entries: number },
): Fen {
  for (const [name, count] of Object.entries({ blocks, entries })) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`Cannot cost ${count} ${name}: a whole number from 0 is needed`);
    }
  }
  return replicas * blocks * costPerBlockFen + mulDiv(entries, replicas * costPerThousandEntriesFen, 1_000);
}
