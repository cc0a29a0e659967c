// The shopper's side of the identity protocol: what is sent for one purchase, and nothing that was not asked for.

import type { Party } from "#/model/names.ts";
import type { SignedReceipt } from "#/model/identity/consent_receipt.ts";
import type { SignedCredential } from "#/model/identity/credential.ts";
import type { Proof } from "#/model/identity/data_integrity.ts";
import { type Membership, openLeaf } from "#/model/identity/enrolment.ts";
import { timedCode } from "#/model/identity/one_time_code.ts";
import {
  type Binding,
  envelop,
  type Envelope,
  type Presentation,
  presentCredentials,
} from "#/model/identity/presentation.ts";
import { type KeyBinding, type PresentationFrame, presentSdJwt } from "#/model/identity/sd_jwt.ts";
import {
  agreements,
  batchOf,
  claimsOf,
  listOf,
  papersOf,
  type Protocol,
  receiptOf,
  registerReceipt,
} from "./protocol_documents.ts";
import { secretOf } from "./protocol_parties.ts";

/** What a reader asks for one purchase, with a fresh nonce, in its own name, at the second of the purchase. */
export interface Question extends Binding {
  /** Whose account is to pay. */
  person: number;
  /** The level of assurance that is needed, 1 to 3. */
  needed: number;
  /** The issuer whose account is to be shown, where the purchase crosses platforms. */
  account?: Party;
  /** The consents that are asked for, by number. */
  asked: readonly number[];
}

/** Every consent, by number. */
export const allConsents: readonly number[] = agreements.map((_, consent) => consent);

/** What is sent for one purchase. The root and the status list are the authority's; they are fetched, not carried. */
export interface Sent {
  membership: Membership;
  root: SignedCredential;
  presentation: Presentation & { proof: Proof | Proof[] };
  statusList: SignedCredential;
  /** The code of the second factor, where it is asked for and the shopper has one. */
  code?: string;
  /** The consents that were asked for, by their number; a missing one was never given. */
  receipts: (SignedReceipt | undefined)[];
}

/** The attributes of the leaf that every reader must see: they say how well the shopper is known. */
export const leafAttributes = ["realName", "secondFactor"] as const;

/** How second factors make their codes. */
export const codeTerms = { hash: "SHA256" } as const;

/** Whether a question asks for claims at all: who only pays with an own account shows none, and sends no SD-JWT. */
export const asksForClaims = ({ needed, account }: Question): boolean => needed >= 2 || account !== undefined;

/** Answers a question: one leaf of the roll, the credential, and of the claims those that are needed. */
export function answer(protocol: Protocol, question: Question): Sent {
  const { person, needed, second, nonce, audience } = question;
  const { key, credential } = papersOf(protocol, person);
  const { roll, tree, root } = batchOf(protocol, person), to = { key, nonce, audience, second };
  const receipts: Sent["receipts"] = [];
  for (const consent of question.asked) {
    const receipt = receiptOf(protocol, person, consent);
    receipts[consent] = receipt;
    if (receipt) registerReceipt(protocol, person, receipt, consent);
  }
  const hasCode = needed >= 3 && protocol.enrolled.assurance[person] >= 3;
  return {
    membership: openLeaf(roll, { tree, person, shown: leafAttributes }),
    root,
    presentation: presentCredentials(
      asksForClaims(question) ? [credential, shownClaims(protocol, question, to)] : [credential],
      to,
    ),
    statusList: listOf(protocol, second),
    ...(hasCode ? { code: timedCode(secretOf(protocol, person), second, codeTerms) } : {}),
    receipts,
  };
}

/** The claims that a question asks for, bound to it. */
function shownClaims(protocol: Protocol, { person, needed, account }: Question, to: KeyBinding): Envelope {
  const frame: PresentationFrame = {
    realName: needed >= 2,
    boundCard: needed >= 3,
    accounts: account ? { [account]: true } : {},
  };
  return envelop(presentSdJwt(claimsOf(protocol, person), frame, to));
}
