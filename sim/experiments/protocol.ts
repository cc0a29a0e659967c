// The real identity protocol for one purchase: credentials, consent, status, presentation; it must say what the columns say.

import { acquirerOf, issuerOf, networks, products } from "#/model/names.ts";
import { checkConsent, type SignedReceipt } from "#/model/identity/consent_receipt.ts";
import { didOf, type SignedCredential, verifyCredential } from "#/model/identity/credential.ts";
import type { Proof } from "#/model/identity/data_integrity.ts";
import { keyFromSeed } from "#/model/identity/ed25519.ts";
import { type Membership, openLeaf, verifyMembership } from "#/model/identity/enrolment.ts";
import {
  envelop,
  openEnvelope,
  type Presentation,
  presentCredentials,
  verifyPresentation,
} from "#/model/identity/presentation.ts";
import { type Claims, type PresentationFrame, presentSdJwt } from "#/model/identity/sd_jwt.ts";
import { verifySdJwt } from "#/model/identity/sd_jwt_verify.ts";
import { checkStatus } from "#/model/identity/status_credential.ts";
import { refuse, type Verdict } from "#/model/identity/verdict.ts";
import type { Fen } from "#/model/units/units.ts";
import { isLinked } from "#/sim/phases/live.ts";
import type { World } from "#/sim/world.ts";
import {
  attributesOf,
  categories,
  checkSecondFactor,
  credentialOf,
  credentialType,
  holds,
  listOf,
  type Protocol,
  purpose,
  receiptOf,
  registeredOf,
  rolledOf,
} from "./protocol_documents.ts";
import { institutionKey, keyKind, nonceOf, seedOf } from "./protocol_parties.ts";

/** The purchase to be proved, and what the columns said of it. */
export interface PurchaseFacts {
  shopper: number;
  day: number;
  minute: number;
  /** Number of the want on the day. */
  want: number;
  amountFen: Fen;
  /** Indices of the credit product and of the network. */
  product: number;
  network: number;
  /** What identification went by; as the columns stand now where it is not given. */
  columns?: { linked: boolean; assurance: number };
}

/** One step: what was looked at, and "passed", "not asked", or the reason of the refusal with its detail. */
export interface ProtocolStep {
  step:
    | "enrolment"
    | "presentation"
    | "credential"
    | "status"
    | "disclosure"
    | "secondFactor"
    | "consent"
    | "link";
  saw: Record<string, string | number | boolean>;
  verdict: string;
  detail?: string;
}

/** A purchase as the protocol saw it. */
export interface ProvedPurchase {
  steps: ProtocolStep[];
  linked: boolean;
  /** The level that is enrolled, and the level that was proved for this purchase. */
  assurance: number;
  proved: number;
  /** Everything that was sent, for whoever wants to check it again. */
  artefacts: {
    membership: Membership;
    presentation: Presentation & { proof: Proof | Proof[] };
    receipt?: SignedReceipt;
    root: SignedCredential;
    statusList: SignedCredential;
  };
}

/**
 * Runs the real protocol for one purchase and holds its answer against the columns.
 *
 * Errors: `Error` naming the day, the shopper and both verdicts where protocol and columns disagree: the run must stop.
 */
export function provePurchase(world: World, protocol: Protocol, facts: PurchaseFacts): ProvedPurchase {
  const { shopper: i, day, minute, product, network } = facts;
  const { streams, authority, enrolled, roll } = protocol, { tree, root } = rolledOf(protocol);
  const cell = world.terms.cells[product][network];
  const second = (world.terms.startEpoch + day) * 86_400 + minute * 60;
  const columns = facts.columns ?? { linked: isLinked(world, i), assurance: world.shoppers.assurance[i] };
  const needed = neededAssurance(world, facts);
  const issuer = didOf(authority), key = keyFromSeed(seedOf(streams, enrolled.entity0 + i, keyKind.shopper));
  const reader = institutionKey(streams, acquirerOf[networks[network]]), audience = didOf(reader);
  const binding = { nonce: nonceOf(streams, enrolled.entity0 + i, facts), audience, second };
  const steps: ProtocolStep[] = [];
  const note = (step: ProtocolStep["step"], saw: ProtocolStep["saw"], verdict: Verdict<unknown> | string) => {
    if (typeof verdict === "string") steps.push({ step, saw, verdict });
    else if (verdict.accepted) steps.push({ step, saw, verdict: "passed" });
    else steps.push({ step, saw, verdict: verdict.reason, detail: verdict.detail });
    return typeof verdict !== "string" && verdict.accepted;
  };

  // The shopper's side: one leaf of the roll, a credential, claims that are shown only where they are needed.
  const membership = openLeaf(roll, { tree, person: i, shown: ["realName", "secondFactor", "consent"] });
  const statusList = listOf(protocol, day, world.terms.startEpoch);
  const shownClaims: PresentationFrame = {
    realName: needed >= 2,
    boundCard: needed >= 3,
    accounts: { [issuerOf[products[product]]]: cell.bridged },
  };
  const attributes = presentSdJwt(attributesOf(protocol, i, key), shownClaims, { key, ...binding });
  const presentation = presentCredentials([credentialOf(protocol, i, key), envelop(attributes)], {
    key,
    ...binding,
  });
  const receipt = receiptOf(protocol, i, key);

  // The reader's side: only what was sent is looked at.
  const enrolment = verifyMembership(membership, { root, issuer, second });
  note("enrolment", { size: tree.size, pathLength: membership.path.length }, enrolment);
  const shown = verifyPresentation(presentation, { ...binding, maxAgeSeconds: holds.presentationSeconds });
  const presented = note("presentation", { audience, nonce: binding.nonce }, shown);
  const [given, enveloped] = shown.accepted ? shown.value.credentials : [];
  const holder = shown.accepted ? shown.value.holder : undefined;
  const credential = verifyCredential(given, { type: credentialType, issuer, second, subject: holder });
  note("credential", { holder: holder ?? "unknown", issuer }, credential);
  const status = credential.accepted
    ? checkStatus(credential.value, {
      list: statusList,
      issuer,
      second,
      maxAgeSeconds: holds.listSeconds,
      entries: protocol.revocations.length,
    })
    : credential;
  note("status", { entry: i, entries: protocol.revocations.length }, status);
  const required = needed >= 2 ? [["realName"]] : [];
  const read = verifySdJwt(openEnvelope(enveloped), {
    issuer: authority.publicKey,
    second,
    keyBinding: { ...binding, maxAgeSeconds: holds.presentationSeconds },
    required,
  });
  const disclosure = read.accepted && didOf({ publicKey: read.value.holder! }) !== holder
    ? refuse("wrongHolder", "the disclosed claims are another person's")
    : read;
  const claims = read.accepted ? read.value.claims : {};
  const disclosed = note("disclosure", { shown: namesShown(claims), neededAssurance: needed }, disclosure);
  const code = needed >= 3 ? checkSecondFactor(protocol, i, second) : "not asked";
  const doubled = note("secondFactor", { neededAssurance: needed }, code);
  const consent = checkConsent(receipt, {
    subject: holder ?? "",
    controller: audience,
    purpose,
    categories,
    second,
    registered: registeredOf(protocol, i, receipt),
  });
  note("consent", { purpose, categories: categories.join(" + ") }, consent);

  const { policy } = world.terms.identity;
  const linked = presented && credential.accepted && policy.links(consent.accepted, !status.accepted);
  steps.push({ step: "link", saw: { policy: policy.title }, verdict: linked ? "linked" : "not linked" });
  const assurance = levelOf(enrolment);
  const proved = needed >= 3 && disclosed && doubled ? 3 : needed >= 2 && disclosed ? 2 : 1;
  compare({ columns, linked, assurance, proved, needed, why: steps }, facts);
  return {
    steps,
    linked,
    assurance,
    proved,
    artefacts: { membership, presentation, ...(receipt ? { receipt } : {}), root, statusList },
  };
}

/** The level that the cell asks for, or the amount where it asks for more. */
function neededAssurance({ terms }: World, { product, network, amountFen }: PurchaseFacts): number {
  const { caps } = terms.identity;
  const byAmount = amountFen > caps.realNameCapFen ? 3 : amountFen > caps.deviceOnlyCapFen ? 2 : 1;
  return Math.max(terms.cells[product][network].requiredAssurance, byAmount);
}

/** The level that the attributes of a leaf give: 1 device, 2 real name, 3 second factor too. */
function levelOf(enrolment: ReturnType<typeof verifyMembership>): number {
  if (!enrolment.accepted) return 0;
  const { realName, secondFactor } = enrolment.value.values;
  return realName === 0 ? 1 : secondFactor === 0 ? 2 : 3;
}

/** Stops where protocol and columns part. */
function compare(
  { columns, linked, assurance, proved, needed, why }: {
    columns: { linked: boolean; assurance: number };
    linked: boolean;
    assurance: number;
    proved: number;
    needed: number;
    why: readonly ProtocolStep[];
  },
  { shopper, day }: PurchaseFacts,
): void {
  const refused = why.filter(({ detail }) => detail !== undefined);
  const because = refused.map(({ step, verdict, detail }) => `${step} ${verdict}: ${detail}`).join("; ");
  const say = (what: string, columnsSay: unknown, protocolSays: unknown) => {
    throw new Error(
      `Day ${day}, shopper ${shopper}: columns and identity protocol disagree on ${what}: ` +
        `the columns say ${columnsSay}, the protocol says ${protocolSays}${because ? ` (${because})` : ""}`,
    );
  };
  const inWords = (linked: boolean) => linked ? "linked" : "not linked";
  if (linked !== columns.linked) say("the link", inWords(columns.linked), inWords(linked));
  if (assurance !== columns.assurance) say("assurance", columns.assurance, assurance);
  const expected = Math.min(columns.assurance, needed);
  if (proved !== expected) say("the assurance that was shown", expected, proved);
}

/** The names of claims that were shown, without those of the token itself. */
function namesShown(claims: Claims): string {
  const names = Object.entries(claims).flatMap(([name, value]) => {
    if (["iss", "nbf", "exp", "cnf"].includes(name)) return [];
    return name === "accounts"
      ? Object.keys(value as Claims).map((party) => `account with ${party}`)
      : [name];
  });
  return names.join(", ") || "nothing";
}
