// Entries of the register of receivables: what happened to one receivable, chained to the entry before by its hash.

import { z } from "zod";
import { canonicalStrict } from "#/model/units/canonical.ts";
import { sha256 } from "#/model/identity/bytes.ts";

const party = z.string().min(1).max(200), fen = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const common = { receivable: z.string().min(1).max(200), day: z.int().min(0).max(100_000) };

/** What may happen to a receivable. Days from the start of the register, amounts in whole fen. */
export const eventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("enter"), ...common, owner: party, faceFen: fen }),
  z.strictObject({ kind: z.literal("pledge"), ...common, owner: party, pledgee: party }),
  z.strictObject({ kind: z.literal("release"), ...common, pledgee: party }),
  z.strictObject({ kind: z.literal("transfer"), ...common, owner: party, to: party }),
  z.strictObject({ kind: z.literal("sale"), ...common, owner: party, to: party, priceFen: fen }),
  z.strictObject({ kind: z.literal("discharge"), ...common, owner: party }),
]);

/** One thing that happened to a receivable. */
export type RegisterEvent = z.output<typeof eventSchema>;

/** An event in its place in the chain. */
export interface RegisterEntry {
  /** 1 for the first. */
  sequence: number;
  /** The hash of the entry before, 64 zeros for the first. */
  previous: string;
  event: RegisterEvent;
  /** SHA-256, in hexadecimal, over the canonical JSON of the three fields above. */
  hash: string;
}

/** What the first entry names as the one before it. */
export const noEntry = "0".repeat(64);

/** The shape of an entry, whatever its hash. */
export const entrySchema = z.strictObject({
  sequence: z.int().min(1),
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  event: eventSchema,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * The hash of an entry.
 *
 * Source: SHA-256 (FIPS 180-4) over canonical JSON (RFC 8785).
 *
 * @example
 * ```ts
 * import { entryHash, noEntry } from "#/model/funding/register/entry.ts";
 * import assert from "node:assert/strict";
 * const event = { kind: "enter", receivable: "r1", day: 0, owner: "jd", faceFen: 500 } as const;
 * const hash = entryHash({ sequence: 1, previous: noEntry, event });
 * assert.match(hash, /^[0-9a-f]{64}$/);
 * assert.notEqual(hash, entryHash({ sequence: 1, previous: noEntry, event: { ...event, faceFen: 501 } }));
 * ```
 */
export function entryHash({ sequence, previous, event }: Omit<RegisterEntry, "hash">): string {
  return sha256(canonicalStrict({ sequence, previous, event })).toHex();
}
