// A published status list: a credential of the issuer that holds the bits of all its credentials at one moment.

import {
  type Credential,
  type Issue,
  issueCredential,
  type SignedCredential,
  verifyCredential,
} from "./credential.ts";
import type { EpochSecond } from "./instant.ts";
import { secondOf } from "./instant.ts";
import type { ReaderMemory } from "./reader_memory.ts";
import { leastEntries, StatusList } from "./status_list.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** What a list says: these credentials no longer hold, or do not hold for now. */
export type StatusPurpose = "revocation" | "suspension";

const listType = "BitstringStatusListCredential";

/**
 * Publishes a list.
 *
 * Errors: `RangeError` for a list of fewer than 131,072 entries, in which single people could be made out.
 * Source: W3C Bitstring Status List 1.0, section 2.2.
 */
export function publishStatusList(
  list: StatusList,
  { purpose, ...issue }: Omit<Issue, "type" | "subject" | "status"> & { purpose: StatusPurpose; id: string },
): SignedCredential {
  if (list.length < leastEntries) {
    throw new RangeError(
      `Cannot publish a list of ${list.length} entries: at least ${leastEntries} are needed`,
    );
  }
  const subject = {
    encodedList: list.encode(),
    statusPurpose: purpose,
    type: "BitstringStatusList",
  };
  return issueCredential({ ...issue, type: listType, subject });
}

/** What a reader asks of a list. */
export interface ListReading {
  /** The list, as it was fetched. */
  list: unknown;
  /** Who must have issued it: the issuer of the credential. */
  issuer: string;
  second: EpochSecond;
  /** How old the list may be. */
  maxAgeSeconds: number;
  /** How many entries the issuer said that it has; without it any number from 131,072. */
  entries?: number;
  memory?: ReaderMemory;
}

/**
 * Checks that a credential was not withdrawn.
 *
 * Shapes: a credential whose signature was checked, and the list that it names.
 * Refuses, never throws: what {@link verifyCredential} refuses of the list; `malformed`, `wrongPurpose`, `wrongLength`,
 * `outOfRange`, `stale`, `revoked`, `suspended`.
 * Source: W3C Bitstring Status List 1.0, section 3.2.
 *
 * @example
 * ```ts
 * import { checkStatus, publishStatusList } from "#/model/identity/status_credential.ts";
 * import { leastEntries, StatusList } from "#/model/identity/status_list.ts";
 * import { didOf, issueCredential } from "#/model/identity/credential.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * const key = keyFromSeed(new Uint8Array(32).fill(1)), id = "urn:hutong:revocations";
 * const status = {
 *   type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: "7", statusListCredential: id,
 * } as const;
 * const credential = issueCredential({ type: "RealName", subject: {}, key, from: 0, until: 9e5, status });
 * const bits = new StatusList(leastEntries);
 * bits.set(7, true);
 * const list = publishStatusList(bits, { purpose: "revocation", key, id, from: 0, until: 9e5 });
 * const verdict = checkStatus(credential, { list, issuer: didOf(key), second: 60, maxAgeSeconds: 3600 });
 * assert.ok(!verdict.accepted && verdict.reason === "revoked");
 * ```
 */
export function checkStatus(
  credential: Credential,
  { list, issuer, second, maxAgeSeconds, entries, memory }: ListReading,
): Verdict<{ ageSeconds: number }> {
  return guarded(() => {
    const entry: unknown = credential.credentialStatus;
    if (!isRecord(entry) || entry.type !== "BitstringStatusListEntry") {
      return refuse("malformed", "the credential has no entry in a status list");
    }
    if (typeof entry.statusListIndex !== "string" || !/^(0|[1-9]\d{0,11})$/.test(entry.statusListIndex)) {
      return refuse("malformed", `entry ${JSON.stringify(entry.statusListIndex)} is no whole number as text`);
    }
    const published = verifyCredential(list, { type: listType, issuer, second, memory });
    if (!published.accepted) return published;
    const { id, credentialSubject: held, validFrom } = published.value;
    if (id !== entry.statusListCredential) {
      return refuse("malformed", `list ${String(id)} is not the one that the entry names`);
    }
    if (held.type !== "BitstringStatusList" || held.statusPurpose !== entry.statusPurpose) {
      return refuse(
        "wrongPurpose",
        `the list is of ${String(held.statusPurpose)}, the entry of ${String(entry.statusPurpose)}`,
      );
    }
    const ageSeconds = second - secondOf(validFrom);
    if (ageSeconds > maxAgeSeconds) {
      return refuse("stale", `the list is ${ageSeconds} seconds old, up to ${maxAgeSeconds} are allowed`);
    }
    const bits = memory ? memory.listOf(held.encodedList) : StatusList.decode(held.encodedList);
    if (bits.length < leastEntries || entries !== undefined && bits.length !== Math.ceil(entries / 8) * 8) {
      return refuse(
        "wrongLength",
        `the list has ${bits.length} entries, needed are ${entries ?? `${leastEntries} or more`}`,
      );
    }
    const index = Number(entry.statusListIndex);
    if (index >= (entries ?? bits.length)) {
      return refuse("outOfRange", `entry ${index} of a list of ${bits.length}`);
    }
    if (!bits.at(index)) return accept({ ageSeconds });
    return refuse(entry.statusPurpose === "suspension" ? "suspended" : "revoked", `entry ${index} is on`);
  });
}
