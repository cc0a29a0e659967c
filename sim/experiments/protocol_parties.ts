// Who takes part in the real identity protocol: keys, salts and the roll of a simulated world, all from its streams.

import { parties, type Party } from "#/model/names.ts";
import { didOf } from "#/model/identity/credential.ts";
import { keyFromSeed, type SigningKey } from "#/model/identity/ed25519.ts";
import type { Roll } from "#/model/identity/enrolment.ts";
import { draw, process, type Streams } from "#/sim/streams.ts";
import { consentKinds } from "#/model/identity/consents.ts";
import { consentAt, credentialAt, holds } from "#/sim/tables/identities.ts";
import { flag, type Shoppers } from "#/sim/tables/shoppers.ts";

/** Kinds of key in the streams. */
export const keyKind = { shopper: 0, institution: 1, secondFactor: 2 } as const;

/** Kinds of salt in the streams: of a leaf, and of a credential with disclosures. */
const saltKind = { leaf: 0, credential: 1 } as const;

/** What the authority enrols of each shopper, in the order of a leaf. */
export const enrolledAttributes = ["realName", "secondFactor", "boundCard", "consent"] as const;

/** 32 bytes that belong to a person or an institution: the same in every run of one replication. Only for simulation. */
export function seedOf(streams: Streams, entity: number, kind: number): Uint8Array {
  const seed = new Uint8Array(32);
  for (let half = 0; half < 2; half++) {
    draw(streams, process.key, entity, kind, half);
    writeBlock(streams, seed.subarray(half * 16));
  }
  return seed;
}

/** Who signs: a key and the identifier that follows from it. */
export interface Signer {
  key: SigningKey;
  did: string;
}

/** The signer of a seed. */
export function signerOf(streams: Streams, entity: number, kind: number): Signer {
  const key = keyFromSeed(seedOf(streams, entity, kind));
  return { key, did: didOf(key) };
}

/** An institution of the protocol. */
export type Institution = Party | "authority";

/** Every institution with its key: they are the same for all purchases of a run. */
export function institutionsOf(streams: Streams): Record<Institution, Signer> {
  const names = [...parties, "authority"] as const;
  const signers = names.map((name, number) => [name, signerOf(streams, number, keyKind.institution)]);
  return Object.fromEntries(signers) as Record<Institution, Signer>;
}

/** The nonce that a reader gives for one want. */
export function nonceOf(
  streams: Streams,
  entity: number,
  { day, want }: { day: number; want: number },
): string {
  const nonce = new Uint8Array(16);
  draw(streams, process.nonce, entity, day, want);
  writeBlock(streams, nonce);
  return nonce.toHex();
}

/** Fresh salts for one shopper's credential, one after another. */
export function saltsOf(streams: Streams, entity: number): () => Uint8Array {
  let number = 0;
  return () => {
    const salt = new Uint8Array(16);
    draw(streams, process.salt, entity, number++, saltKind.credential);
    writeBlock(streams, salt);
    return salt;
  };
}

/** The secret of a person's second factor: on the person's device and with the authority. */
export const secretOf = (
  { streams, enrolled }: { streams: Streams; enrolled: { entity0: number } },
  i: number,
): Uint8Array => seedOf(streams, enrolled.entity0 + i, keyKind.secondFactor);

/** The four words of the last block as 16 bytes, low byte first on every machine. */
function writeBlock({ block }: Streams, out: Uint8Array): void {
  for (let i = 0; i < 16; i++) out[i] = block[i >> 2] >>> 8 * (i & 3);
}

/** What the authority knows of each shopper, as it was at enrolment. */
export interface Enrolled {
  count: number;
  entity0: number;
  assurance: Uint8Array;
  bank: Uint8Array;
  flags: Uint8Array;
  /** Consents that were live, as bits by number, and bit {@link issuedBit} for a credential. */
  given: Uint8Array;
}

/** The bit of a credential among those of consents. */
export const issuedBit = consentKinds.length;

/** Copies what is enrolled at a minute: the columns may move on, the roll does not. */
export function enrolledNow(
  { count, entity0, assurance, bank, flags, identities }: Shoppers,
  minute: number,
): Enrolled {
  const given = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    if (holds(identities, credentialAt(i), minute)) given[i] = 1 << issuedBit;
    for (let kind = 0; kind < consentKinds.length; kind++) {
      if (holds(identities, consentAt(i, kind), minute)) given[i] |= 1 << kind;
    }
  }
  return { count, entity0, assurance: assurance.slice(), bank: bank.slice(), flags: flags.slice(), given };
}

/** The roll of the enrolled: the values of {@link enrolledAttributes}, 0 for what a shopper does not have. */
export function rollOf(enrolled: Enrolled, streams: Streams): Roll {
  const { count, entity0, assurance, bank, flags, given } = enrolled;
  return {
    count,
    attributes: enrolledAttributes,
    value: (i, k) => {
      switch (enrolledAttributes[k]) {
        case "realName":
          return assurance[i] >= 2 ? entity0 + i + 1 : 0;
        case "secondFactor":
          return assurance[i] >= 3 ? 1 : 0;
        case "boundCard":
          return flags[i] & flag.boundCard ? bank[i] + 1 : 0;
        case "consent":
          return given[i] & 1;
      }
    },
    salt: (i, k, out) => {
      draw(streams, process.salt, entity0 + i, k, saltKind.leaf);
      writeBlock(streams, out);
    },
  };
}
