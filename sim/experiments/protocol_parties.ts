// Who takes part in the real identity protocol: keys, salts and the roll of a simulated world, all from its streams.

import { parties, type Party } from "#/model/names.ts";
import { keyFromSeed, type SigningKey } from "#/model/identity/ed25519.ts";
import type { Roll } from "#/model/identity/enrolment.ts";
import { draw, process, type Streams } from "#/sim/streams.ts";
import { flag, type Shoppers } from "#/sim/tables/shoppers.ts";

/** Kinds of key in the streams. */
export const keyKind = { shopper: 0, institution: 1, secondFactor: 2 } as const;

/** The authority that confirms real names: a party to the protocol that owns no accounts. */
export const authorityNumber = parties.length;

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

/** The key of an institution. */
export const institutionKey = (streams: Streams, party: Party | "authority"): SigningKey => {
  const number = party === "authority" ? authorityNumber : parties.indexOf(party);
  return keyFromSeed(seedOf(streams, number, keyKind.institution));
};

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
}

/** Copies what is enrolled: the columns may move on, the roll does not. */
export function enrolledNow({ count, entity0, assurance, bank, flags }: Shoppers): Enrolled {
  return { count, entity0, assurance: assurance.slice(), bank: bank.slice(), flags: flags.slice() };
}

/** The roll of the enrolled: the values of {@link enrolledAttributes}, 0 for what a shopper does not have. */
export function rollOf(enrolled: Enrolled, streams: Streams): Roll {
  const { count, entity0, assurance, bank, flags } = enrolled;
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
          return flags[i] & flag.consent ? 1 : 0;
      }
    },
    salt: (i, k, out) => {
      draw(streams, process.salt, entity0 + i, k, saltKind.leaf);
      writeBlock(streams, out);
    },
  };
}
