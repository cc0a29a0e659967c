// What the parties of the identity protocol hold and hand out: the enrolled world, credentials, consents, status lists.

import type { Party } from "#/model/names.ts";
import {
  type DataCategory,
  giveConsent,
  receiptHash,
  type SignedReceipt,
} from "#/model/identity/consent_receipt.ts";
import { issueCredential, type SignedCredential } from "#/model/identity/credential.ts";
import { enrol, publishRoot, type Roll } from "#/model/identity/enrolment.ts";
import type { SigningKey } from "#/model/identity/ed25519.ts";
import type { EpochSecond } from "#/model/identity/instant.ts";
import type { MerkleTree } from "#/model/identity/merkle.ts";
import { publish, ReaderMemory } from "#/model/identity/reader_memory.ts";
import { Remembered } from "#/model/identity/remembered.ts";
import { type Claims, type HeldSdJwt, holdSdJwt, issueSdJwt } from "#/model/identity/sd_jwt.ts";
import { publishStatusList } from "#/model/identity/status_credential.ts";
import { leastEntries, StatusList } from "#/model/identity/status_list.ts";
import type { Streams } from "#/sim/streams.ts";
import { flag } from "#/sim/tables/shoppers.ts";
import type { IdentityEvent, World } from "#/sim/world.ts";
import {
  type Enrolled,
  enrolledNow,
  type Institution,
  institutionsOf,
  issuedBit,
  keyKind,
  rollOf,
  saltsOf,
  type Signer,
  signerOf,
} from "./protocol_parties.ts";

/** The protocol's own state, kept apart from the columns that it is held against. */
export interface Protocol {
  readonly streams: Streams;
  readonly enrolled: Enrolled;
  readonly roll: Roll;
  readonly institutions: Record<Institution, Signer>;
  /** The second from which what was given at enrolment holds. */
  readonly from: EpochSecond;
  revocations: StatusList;
  /** How many credentials were issued again. */
  issuedAgain: number;
  /** The list as published for a day of the calendar; made again when the day or a bit moves. */
  published?: { day: number; list: SignedCredential };
  /** The register of consents: hashes of receipts, registered when they are first used, and who took theirs back. */
  readonly receipts: Map<number, string>;
  /** From when consents are withdrawn, and from when those hold that were given after enrolment; keys of {@link consentKey}. */
  readonly withdrawn: Map<number, EpochSecond>;
  readonly agreedAnew: Map<number, EpochSecond>;
  /** Revocations on the shared ledger, by shopper: the second from which each is final. */
  readonly revokedFrom: Map<number, EpochSecond>;
  /** Credentials issued again: from when, and their entries of the status list. */
  readonly reissued: Map<number, { from: EpochSecond; entry: number }>;
  /** The second of the newest list that is known at a second. */
  readonly listAt: (second: EpochSecond) => EpochSecond;
  readonly listMaxAgeSeconds: number;
  /** Memories, not state: what they hold can be made again. */
  readonly batches: Remembered<number, Batch>;
  readonly papers: Remembered<number, Papers>;
  readonly memory: ReaderMemory;
}

/** People who were enrolled together, under one signed root. */
export interface Batch {
  roll: Roll;
  tree: MerkleTree;
  root: SignedCredential;
}

/** What a shopper keeps: the key, and what was signed for it. */
export interface Papers extends Signer {
  credential: SignedCredential;
  /** The claims, each of which can be hidden; asked for when they are first needed. */
  claims?: HeldSdJwt;
  /** The consents by their number, signed when each is first asked for; who did not agree has none. */
  receipts: Map<number, SignedReceipt | undefined>;
}

/**
 * How many people are enrolled together.
 *
 * Nearly each sampled purchase meets a shopper of another batch, so a batch must cost little: eight people take about
 * 0.1 ms, most of it to sign the root and to check it, where one tree over a million takes seconds before the first
 * proof. A path has three hashes instead of twenty. The price is privacy: a reader who sees a root knows that the shopper
 * is one of eight, whatever is hidden in the leaf. Here nothing is lost, as the credential names its entry in the status
 * list anyway; where a leaf alone must hide a person among many, {@link enrol} makes one tree over all.
 */
export const batchPeople = 8;

/** How long things hold, in seconds: credentials and consents ten years, a presentation five minutes, a status list a month. */
export const holds = {
  credentialSeconds: 3_652 * 86_400,
  presentationSeconds: 300,
  listSeconds: 30 * 86_400,
} as const;

/** The credential behind the link, and the list of those that were withdrawn. */
export const credentialType = "AccountLinkCredential";

const listId = "urn:hutong:revocations";
/** What shoppers agree to, by the number of the consent: the purpose, and the classes of data that it covers. */
export const agreements: readonly { purpose: string; categories: readonly DataCategory[] }[] = [
  { purpose: "recognise me on both platforms", categories: ["identity"] },
  { purpose: "read my account when credit is granted", categories: ["account", "repayment"] },
  { purpose: "compare where I pay with where I was", categories: ["location"] },
];
const controllers = ["jd", "ant", "wechat", "union-card"] as const satisfies readonly Party[];

/**
 * Enrols everybody of a world as the columns stand: what is known is copied now; trees, keys and papers are made when
 * the first purchase needs them.
 *
 * The world's own draws are not touched.
 */
export function enrolProtocol(world: World): Protocol {
  const { terms, today, registry } = world;
  const streams: Streams = { ...world.streams, block: new Uint32Array(4) };
  const day = Math.max(0, today.day), epoch = terms.startEpoch * 86_400;
  const enrolled = enrolledNow(world.shoppers, day * 1_440);
  const protocol: Protocol = {
    streams,
    enrolled,
    roll: rollOf(enrolled, streams),
    institutions: institutionsOf(streams),
    from: epoch + day * 86_400,
    // Room for those that are issued again.
    revocations: new StatusList(Math.max(leastEntries, Math.ceil(enrolled.count / 4) * 8)),
    issuedAgain: 0,
    receipts: new Map(),
    withdrawn: new Map(),
    agreedAnew: new Map(),
    revokedFrom: new Map(),
    reissued: new Map(),
    listAt: (second) => {
      if (!registry) return Math.floor(second / 86_400) * 86_400;
      return epoch + 60 * (second >= epoch + 60 * registry.listFinal ? registry.listOf : registry.listBefore);
    },
    listMaxAgeSeconds: terms.identity.statusMaxAgeMinutes * 60,
    batches: new Remembered(4_096),
    papers: new Remembered(1_024),
    memory: new ReaderMemory(),
  };
  world.onIdentity = (event) => follow(protocol, event, epoch);
  return protocol;
}

/** Does in documents what happens to a shopper's consents and credential in the run. */
function follow(
  protocol: Protocol,
  { kind, shopper, consent, minute }: IdentityEvent,
  epoch: EpochSecond,
): void {
  const second = epoch + minute * 60;
  if (kind === "withdrawn") withdrawConsent(protocol, shopper, { consent, second });
  else if (kind === "given") agreeAnew(protocol, shopper, second, consent);
  else if (kind === "revoked") revokeCredential(protocol, shopper, second);
  else reissueCredential(protocol, shopper, second);
}

/** The key of one consent of one shopper. */
const consentKey = (shopper: number, consent: number): number => shopper * agreements.length + consent;

/** The batch of a shopper, one salted leaf a person, and its signed root: made when the first of them is proved. */
export function batchOf({ batches, roll, institutions, from }: Protocol, i: number): Batch {
  const number = Math.floor(i / batchPeople);
  return batches.of(number, () => {
    const first = number * batchPeople;
    const own: Roll = { ...roll, first, count: Math.min(batchPeople, roll.count - first) };
    const tree = enrol(own), until = from + holds.credentialSeconds;
    return {
      roll: own,
      tree,
      root: publish(publishRoot(tree, { ...own, ...institutions.authority, from, until })),
    };
  });
}

/**
 * A shopper takes a consent back: at once, or from a second on; the first of all, where no other is named. The column has to
 * follow, or the next purchase stops the run.
 */
export function withdrawConsent(
  { withdrawn }: Protocol,
  shopper: number,
  { consent = 0, second = -Infinity }: { consent?: number; second?: EpochSecond } = {},
): void {
  withdrawn.set(consentKey(shopper, consent), second);
}

/** A shopper agrees anew, from a second on, for ten years, under a receipt of its own. The column has to follow. */
export function agreeAnew(protocol: Protocol, shopper: number, second: EpochSecond, consent = 0): void {
  const key = consentKey(shopper, consent);
  protocol.agreedAnew.set(key, second);
  protocol.receipts.delete(key);
  protocol.withdrawn.delete(key);
  protocol.papers.forget(shopper);
}

/**
 * The authority withdraws a shopper's credential: at once and with a new list, or from the second at which the revocation is
 * final on the shared ledger, where readers look too, and on every later list.
 */
export function revokeCredential(protocol: Protocol, shopper: number, second?: EpochSecond): void {
  if (second !== undefined) {
    protocol.revokedFrom.set(shopper, second);
    return;
  }
  protocol.revocations.set(entryOf(protocol, shopper), true);
  protocol.published = undefined;
}

/** The entry of a shopper's present credential in the status list. */
export const entryOf = ({ reissued }: Protocol, shopper: number): number =>
  reissued.get(shopper)?.entry ?? shopper;

/** A new credential for a shopper whose old one was revoked, with an entry of its own: what was revoked stays so. */
function reissueCredential(protocol: Protocol, shopper: number, second: EpochSecond): void {
  protocol.revocations.set(entryOf(protocol, shopper), true);
  protocol.revokedFrom.delete(shopper);
  const entry = protocol.enrolled.count + protocol.issuedAgain++;
  if (entry >= protocol.revocations.length) protocol.revocations = protocol.revocations.grown();
  protocol.reissued.set(shopper, { from: second, entry });
  protocol.papers.forget(shopper);
  protocol.published = undefined;
}

/** What a shopper keeps; made when the shopper's first purchase is proved. */
export const papersOf = (protocol: Protocol, i: number): Papers =>
  protocol.papers.of(i, () => {
    const { streams, enrolled } = protocol;
    const shopper = signerOf(streams, enrolled.entity0 + i, keyKind.shopper);
    return {
      ...shopper,
      credential: publish(credentialOf(protocol, i, shopper)),
      receipts: new Map(),
    };
  });

/** The claims of a shopper; issued when they are first asked for. */
export function claimsOf(protocol: Protocol, i: number): HeldSdJwt {
  const papers = papersOf(protocol, i);
  return papers.claims ??= holdSdJwt(attributesOf(protocol, i, papers));
}

/**
 * The credential behind the link: the authority has confirmed the real person behind a key. Somebody who does not exist has
 * nobody to sign for him but himself, and that no reader trusts.
 */
function credentialOf(protocol: Protocol, i: number, { did, key }: Signer): SignedCredential {
  const { institutions, reissued, enrolled } = protocol, from = reissued.get(i)?.from ?? protocol.from;
  const isIssued = (enrolled.given[i] & 1 << issuedBit) !== 0 || reissued.has(i);
  return issueCredential({
    type: credentialType,
    subject: { id: did, person: i },
    key: isIssued ? institutions.authority.key : key,
    from,
    until: from + holds.credentialSeconds,
    status: {
      statusListCredential: listId,
      statusListIndex: String(entryOf(protocol, i)),
      statusPurpose: "revocation",
      type: "BitstringStatusListEntry",
    },
  });
}

/** The claims of a shopper, each of which can be hidden. */
function attributesOf(
  { streams, enrolled, institutions, from }: Protocol,
  i: number,
  { key }: Signer,
): string {
  const { authority } = institutions, entity = enrolled.entity0 + i;
  const claims: Claims = {
    iss: authority.did,
    nbf: from,
    exp: from + holds.credentialSeconds,
    accounts: { jd: `jd-${entity}`, ant: `ant-${entity}` },
  };
  if (enrolled.assurance[i] >= 2) claims.realName = { isConfirmed: true, person: entity + 1 };
  if (enrolled.flags[i] & flag.boundCard) {
    claims.boundCard = { bank: enrolled.bank[i], phoneIsReserved: true };
  }
  const _sd = ["realName", "boundCard"].filter((name) => name in claims);
  return issueSdJwt(claims, {
    frame: { _sd, _sd_decoy: 4 - _sd.length, accounts: { _sd: ["jd", "ant"] } },
    key: authority.key,
    salt: saltsOf(streams, entity),
    holder: key.publicKey,
  });
}

/** One consent of a shopper, given at enrolment or anew; who did not agree has no receipt. */
export function receiptOf(protocol: Protocol, i: number, consent: number): SignedReceipt | undefined {
  const { receipts, key } = papersOf(protocol, i);
  if (!receipts.has(consent)) {
    const receipt = signedReceipt(protocol, i, key, consent);
    receipts.set(consent, receipt && publish(receipt));
  }
  return receipts.get(consent);
}

function signedReceipt(
  { institutions, enrolled, from, agreedAnew }: Protocol,
  i: number,
  key: SigningKey,
  consent: number,
): SignedReceipt | undefined {
  const anew = agreedAnew.get(consentKey(i, consent)), since = anew ?? from;
  if (anew === undefined && !(enrolled.given[i] & 1 << consent)) return undefined;
  const { purpose, categories } = agreements[consent];
  return giveConsent(key, {
    id: `urn:hutong:consent:${enrolled.entity0 + i}:${consent}${anew === undefined ? "" : `:${anew}`}`,
    controllers: controllers.map((party) => institutions[party].did),
    purpose,
    categories: [...categories],
    from: since,
    until: since + holds.credentialSeconds,
  });
}

/** Puts the hash of a shopper's receipt on the register: the one that was registered first stays. */
export function registerReceipt(
  { receipts }: Protocol,
  i: number,
  receipt: SignedReceipt,
  consent = 0,
): void {
  const key = consentKey(i, consent);
  if (!receipts.has(key)) receipts.set(key, receiptHash(receipt));
}

/** What the register says of a shopper's consent at a second. */
export function registeredOf(
  { receipts, withdrawn }: Protocol,
  i: number,
  { second, consent = 0 }: { second: EpochSecond; consent?: number },
): { hash: string; withdrawn: boolean } | undefined {
  const key = consentKey(i, consent), hash = receipts.get(key);
  return hash === undefined ? undefined : { hash, withdrawn: (withdrawn.get(key) ?? Infinity) <= second };
}

/** The status list that is known at a moment: published at a midnight, with all that was final by then. */
export function listOf(protocol: Protocol, second: EpochSecond): SignedCredential {
  const from = protocol.listAt(second), day = Math.floor(from / 86_400);
  if (protocol.published?.day !== day) {
    for (const [shopper, since] of protocol.revokedFrom) {
      if (since <= from) protocol.revocations.set(entryOf(protocol, shopper), true);
    }
    const list = publishStatusList(protocol.revocations, {
      purpose: "revocation",
      id: listId,
      key: protocol.institutions.authority.key,
      from,
      until: from + holds.listSeconds,
    });
    protocol.published = { day, list: publish(list) };
  }
  return protocol.published.list;
}
