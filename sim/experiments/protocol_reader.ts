// The reader's side of the identity protocol: every check of what was sent for one purchase, and what follows from all.

import { checkConsent } from "#/model/identity/consent_receipt.ts";
import { type Credential, didOf, verifyCredential } from "#/model/identity/credential.ts";
import { verifyMembership } from "#/model/identity/enrolment.ts";
import { checkTimedCode } from "#/model/identity/one_time_code.ts";
import { openEnvelope, verifyPresentation } from "#/model/identity/presentation.ts";
import type { ReaderMemory } from "#/model/identity/reader_memory.ts";
import type { Claims } from "#/model/identity/sd_jwt.ts";
import { verifySdJwt } from "#/model/identity/sd_jwt_verify.ts";
import { checkStatus } from "#/model/identity/status_credential.ts";
import { accept, isRecord, refuse, type Verdict } from "#/model/identity/verdict.ts";
import {
  agreements,
  credentialType,
  entryOf,
  holds,
  type Protocol,
  registeredOf,
} from "./protocol_documents.ts";
import { secretOf, type Signer } from "./protocol_parties.ts";
import { asksForClaims, codeTerms, leafAttributes, type Question, type Sent } from "./protocol_shopper.ts";

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
    | "accountConsent"
    | "locationConsent"
    | "link";
  saw: Record<string, string | number | boolean>;
  verdict: string;
  detail?: string;
}

/** What came for one purchase: from strangers, so of any shape. */
export type Received = { readonly [Part in keyof Sent]?: unknown };

/** What a reader holds of a purchase after every check. */
export interface ReadPurchase {
  steps: ProtocolStep[];
  /** The credential is the presenter's, is about the person who pays, and holds; the consent is live; it is not revoked. */
  recognised: boolean;
  consented: boolean;
  /** Whether account and location data may be used too; undefined where it was not asked. */
  mayReadAccount?: boolean;
  mayUseLocation?: boolean;
  revoked: boolean;
  /** The level that is enrolled, and the level that was proved for this purchase; 0 for nothing. */
  assurance: number;
  proved: number;
}

/**
 * Checks what came for one purchase.
 *
 * Never throws and never accepts because of what came: each check refuses with its reason, and what needs it falls.
 */
export function check(protocol: Protocol, received: Received, question: Question): ReadPurchase {
  const { person, needed, nonce, audience, second } = question;
  const { institutions: { authority }, memory } = protocol, issuer = authority.did;
  const steps: ProtocolStep[] = [];
  const note = (step: ProtocolStep["step"], saw: ProtocolStep["saw"], verdict?: Verdict<unknown>) => {
    if (!verdict) steps.push({ step, saw, verdict: "not asked" });
    else if (verdict.accepted) steps.push({ step, saw, verdict: "passed" });
    else steps.push({ step, saw, verdict: verdict.reason, detail: verdict.detail });
    return verdict?.accepted === true;
  };

  const reading = { issuer, second, memory }, { root, membership } = received;
  const leaf = verifyMembership(membership, { ...reading, root, required: leafAttributes });
  const enrolment = leaf.accepted && leaf.value.person !== person
    ? refuse("wrongHolder", `the leaf of ${leaf.value.person}, the purchase of ${person}`)
    : leaf;
  const enrolled = note("enrolment", { person, pathLength: pathLength(membership) }, enrolment);

  const binding = { nonce, audience, maxAgeSeconds: holds.presentationSeconds };
  const shown = verifyPresentation(received.presentation, { ...binding, second });
  const presented = note("presentation", { audience, nonce }, shown);
  const [given, enveloped] = shown.accepted ? shown.value.credentials : [];
  const holder = shown.accepted ? shown.value.holder : "nobody";

  const credential = credentialFor(
    person,
    verifyCredential(given, { ...reading, type: credentialType, subject: holder }),
  );
  const credible = note("credential", { holder, issuer }, credential);
  const entries = protocol.revocations.length;
  const status = credential.accepted
    ? checkStatus(credential.value, {
      ...reading,
      list: received.statusList,
      maxAgeSeconds: protocol.listMaxAgeSeconds,
      entries,
    })
    : credential;
  // What became final after the list was published stands on the shared ledger.
  const revokedFrom = protocol.revokedFrom.get(person) ?? Infinity;
  const current = status.accepted && revokedFrom <= second
    ? refuse("revoked", `final on the shared ledger since second ${revokedFrom}`)
    : status;
  const unrevoked = note("status", { entry: entryOf(protocol, person), entries }, current);

  const disclosure = asksForClaims(question)
    ? claimsOf(enveloped, { holder, question, authority, memory })
    : undefined;
  const claims = disclosure?.accepted ? disclosure.value : {};
  const disclosed = note("disclosure", { shown: namesShown(claims), neededAssurance: needed }, disclosure);
  const code = needed >= 3
    ? checkTimedCode(received.code ?? "", { secret: secretOf(protocol, person), second, ...codeTerms })
    : undefined;
  const doubled = note("secondFactor", { neededAssurance: needed }, code);

  const receipts = Array.isArray(received.receipts) ? received.receipts : [];
  const [consented = false, mayReadAccount, mayUseLocation] = agreements.map(
    ({ purpose, categories }, consent) => {
      if (!question.asked.includes(consent)) return undefined;
      return note(
        consentSteps[consent],
        { purpose, categories: categories.join(" + "), givenAt: dateOf(receipts[consent]) },
        checkConsent(receipts[consent], {
          subject: holder,
          controller: audience,
          purpose,
          categories,
          second,
          registered: registeredOf(protocol, person, { second, consent }),
          memory,
        }),
      );
    },
  );

  return {
    steps,
    recognised: presented && credible,
    consented,
    mayReadAccount,
    mayUseLocation,
    revoked: !unrevoked,
    assurance: enrolled && leaf.accepted ? levelOf(leaf.value.values) : 0,
    proved: !presented || !enrolled
      ? 0
      : needed >= 3 && disclosed && doubled
      ? 3
      : needed >= 2 && disclosed
      ? 2
      : 1,
  };
}

/** When a consent was given, as its receipt says. */
const dateOf = (receipt: unknown): string =>
  isRecord(receipt) && typeof receipt.givenAt === "string" ? receipt.givenAt : "never";

/** The step of each consent. */
const consentSteps = ["consent", "accountConsent", "locationConsent"] as const;

/** A credential that holds, if it is about the person who pays. */
function credentialFor(person: number, credential: Verdict<Credential>): Verdict<Credential> {
  if (!credential.accepted) return credential;
  const about = credential.value.credentialSubject.person;
  if (about === person) return credential;
  return refuse("wrongHolder", `about person ${String(about)}, the purchase is of ${person}`);
}

/** The claims that are shown, if they are the presenter's. */
function claimsOf(
  enveloped: unknown,
  { holder, question: { needed, nonce, audience, second }, authority, memory }: {
    holder: string;
    question: Question;
    authority: Signer;
    memory: ReaderMemory;
  },
): Verdict<Claims> {
  const read = verifySdJwt(openEnvelope(enveloped), {
    issuer: authority.key.publicKey,
    second,
    keyBinding: { nonce, audience, maxAgeSeconds: holds.presentationSeconds },
    required: needed >= 2 ? [["realName"]] : [],
    memory,
  });
  if (!read.accepted) return read;
  const { claims, holder: publicKey } = read.value;
  return publicKey && didOf({ publicKey }) === holder
    ? accept(claims)
    : refuse("wrongHolder", "the disclosed claims are another person's");
}

/** The level that the attributes of a leaf give: 1 device, 2 real name, 3 second factor too. */
const levelOf = ({ realName, secondFactor }: Record<string, number>): number =>
  realName > 0 ? secondFactor > 0 ? 3 : 2 : 1;

const pathLength = (membership: unknown): number =>
  isRecord(membership) && Array.isArray(membership.path) ? membership.path.length : 0;

/** The names of claims that were shown, without those of the token itself. */
function namesShown(claims: Claims): string {
  const names = Object.entries(claims).flatMap(([name, value]) => {
    if (["iss", "nbf", "exp", "cnf"].includes(name)) return [];
    return name === "accounts" && isRecord(value)
      ? Object.keys(value).map((party) => `account with ${party}`)
      : [name];
  });
  return names.join(", ") || "nothing";
}
