// What the parties of the identity protocol hold and hand out: the enrolled world, credentials, consents, status lists.

import type { Party } from "#/model/names.ts";
import { giveConsent, receiptHash, type SignedReceipt } from "#/model/identity/consent_receipt.ts";
import { didOf, issueCredential, type SignedCredential } from "#/model/identity/credential.ts";
import type { SigningKey } from "#/model/identity/ed25519.ts";
import { enrol, publishRoot, type Roll } from "#/model/identity/enrolment.ts";
import type { EpochSecond } from "#/model/identity/instant.ts";
import type { MerkleTree } from "#/model/identity/merkle.ts";
import { checkTimedCode, timedCode } from "#/model/identity/one_time_code.ts";
import { type Claims, issueSdJwt } from "#/model/identity/sd_jwt.ts";
import { publishStatusList } from "#/model/identity/status_credential.ts";
import { leastEntries, StatusList } from "#/model/identity/status_list.ts";
import type { Verdict } from "#/model/identity/verdict.ts";
import type { Streams } from "#/sim/streams.ts";
import { flag } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import {
  type Enrolled,
  enrolledAttributes,
  enrolledNow,
  institutionKey,
  keyKind,
  rollOf,
  saltsOf,
  seedOf,
} from "./protocol_parties.ts";

/** The protocol's own state, kept apart from the columns that it is held against. */
export interface Protocol {
  readonly streams: Streams;
  readonly enrolled: Enrolled;
  readonly roll: Roll;
  readonly authority: SigningKey;
  readonly from: EpochSecond;
  readonly revocations: StatusList;
  /** The tree over everybody and its signed root: made when the first purchase is proved. */
  rolled?: { tree: MerkleTree; root: SignedCredential };
  /** The list as published for a day; made again when the day or a bit moves. */
  published?: { day: number; list: SignedCredential };
  /** Hashes of receipts, registered when they are first used, and who took theirs back. */
  readonly receipts: Map<number, string>;
  readonly withdrawn: Set<number>;
}

/** How long things hold, in seconds: credentials and consents ten years, a presentation five minutes, a status list a day. */
export const holds = {
  credentialSeconds: 3_652 * 86_400,
  presentationSeconds: 300,
  listSeconds: 86_400,
} as const;

/** The credential behind the link, and the list of those that were withdrawn. */
export const credentialType = "AccountLinkCredential";

const listId = "urn:hutong:revocations";
/** What shoppers agree to: the purpose, the classes of data, and who may use them. */
export const purpose = "credit across platforms";
/** The classes of data that the agreement covers. */
export const categories = ["identity", "orders", "repayment"] as const;
const controllers = ["jd", "ant", "wechat", "union-card"] as const satisfies readonly Party[];

/**
 * Enrols everybody of a world as the columns stand: what is known is copied now, the tree follows with the first proof.
 *
 * The world's own draws are not touched.
 */
export function enrolProtocol(world: World): Protocol {
  const streams: Streams = { ...world.streams, block: new Uint32Array(4) };
  const enrolled = enrolledNow(world.shoppers), roll = rollOf(enrolled, streams);
  const authority = institutionKey(streams, "authority");
  const from = (world.terms.startEpoch + Math.max(0, world.today.day)) * 86_400;
  const revocations = new StatusList(Math.max(leastEntries, Math.ceil(enrolled.count / 8) * 8));
  for (let i = 0; i < enrolled.count; i++) if (enrolled.flags[i] & flag.revoked) revocations.set(i, true);
  return {
    streams,
    enrolled,
    roll,
    authority,
    from,
    revocations,
    receipts: new Map(),
    withdrawn: new Set(),
  };
}

/** The tree over everybody, one salted leaf a shopper, and its signed root; about 11 s for a million, once. */
export function rolledOf(protocol: Protocol): { tree: MerkleTree; root: SignedCredential } {
  if (!protocol.rolled) {
    const { roll, authority: key, from } = protocol, tree = enrol(roll);
    const until = from + holds.credentialSeconds;
    const root = publishRoot(tree, { attributes: enrolledAttributes, key, from, until });
    protocol.rolled = { tree, root };
  }
  return protocol.rolled;
}

/** A shopper takes the consent back: at once. The column has to follow, or the next purchase stops the run. */
export const withdrawConsent = ({ withdrawn }: Protocol, shopper: number): void =>
  void withdrawn.add(shopper);

/** The authority withdraws a shopper's credential; the list is published anew. */
export function revokeCredential(protocol: Protocol, shopper: number): void {
  protocol.revocations.set(shopper, true);
  protocol.published = undefined;
}

/** The credential behind the link: the authority has confirmed the real person behind a key. */
export function credentialOf({ authority, from }: Protocol, i: number, key: SigningKey): SignedCredential {
  return issueCredential({
    type: credentialType,
    subject: { id: didOf(key), person: i },
    key: authority,
    from,
    until: from + holds.credentialSeconds,
    status: {
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: String(i),
      statusListCredential: listId,
    },
  });
}

/** The claims of a shopper, each of which can be hidden. */
export function attributesOf(
  { streams, enrolled, authority, from }: Protocol,
  i: number,
  key: SigningKey,
): string {
  const entity = enrolled.entity0 + i, salt = saltsOf(streams, entity);
  const claims: Claims = {
    iss: didOf(authority),
    nbf: from,
    exp: from + holds.credentialSeconds,
    accounts: { jd: `jd-${entity}`, ant: `ant-${entity}` },
  };
  if (enrolled.assurance[i] >= 2) claims.realName = { person: entity + 1, isConfirmed: true };
  if (enrolled.flags[i] & flag.boundCard) {
    claims.boundCard = { bank: enrolled.bank[i], phoneIsReserved: true };
  }
  const _sd = ["realName", "boundCard"].filter((name) => name in claims);
  return issueSdJwt(claims, {
    frame: { _sd, _sd_decoy: 4 - _sd.length, accounts: { _sd: ["jd", "ant"] } },
    key: authority,
    salt,
    holder: key.publicKey,
  });
}

/** The shopper's consent, given at enrolment; who did not agree has no receipt. */
export function receiptOf(
  { streams, enrolled, from }: Protocol,
  i: number,
  key: SigningKey,
): SignedReceipt | undefined {
  if (!(enrolled.flags[i] & flag.consent)) return undefined;
  return giveConsent(key, {
    id: `urn:hutong:consent:${enrolled.entity0 + i}`,
    controllers: controllers.map((party) => didOf(institutionKey(streams, party))),
    purpose,
    categories: [...categories],
    from,
    until: from + holds.credentialSeconds,
  });
}

/** What the register says of a shopper's receipt: the hash that was registered first stays. */
export function registeredOf(
  { receipts, withdrawn }: Protocol,
  i: number,
  receipt: SignedReceipt | undefined,
): { hash: string; withdrawn: boolean } | undefined {
  if (receipt && !receipts.has(i)) receipts.set(i, receiptHash(receipt));
  const hash = receipts.get(i);
  return hash === undefined ? undefined : { hash, withdrawn: withdrawn.has(i) };
}

/** The status list of a day, published at midnight. */
export function listOf(protocol: Protocol, day: number, startEpoch: number): SignedCredential {
  if (protocol.published?.day !== day) {
    const from = (startEpoch + day) * 86_400;
    const list = publishStatusList(protocol.revocations, {
      purpose: "revocation",
      id: listId,
      key: protocol.authority,
      from,
      until: from + 7 * 86_400,
    });
    protocol.published = { day, list };
  }
  return protocol.published.list;
}

/** The second factor: who has one reads the code of the moment from it; who has none types none. */
export function checkSecondFactor(
  { streams, enrolled }: Protocol,
  i: number,
  second: EpochSecond,
): Verdict<unknown> {
  const secret = seedOf(streams, enrolled.entity0 + i, keyKind.secondFactor);
  const typed = enrolled.assurance[i] >= 3 ? timedCode(secret, second, { hash: "SHA256" }) : "";
  return checkTimedCode(typed, { secret, second, hash: "SHA256" });
}
