// What one shopper sends for one purchase that asks for everything: the whole protocol as it should be, for tests to break.

import { networks, products } from "#/model/names.ts";
import type { SignedCredential } from "#/model/identity/credential.ts";
import { type Envelope, openEnvelope, presentCredentials } from "#/model/identity/presentation.ts";
import { provePurchase, type PurchaseFacts } from "#/sim/experiments/protocol.ts";
import { agreements, enrolProtocol, papersOf } from "#/sim/experiments/protocol_documents.ts";
import type { Received } from "#/sim/experiments/protocol_reader.ts";
import type { Question, Sent } from "#/sim/experiments/protocol_shopper.ts";
import { openSmall, small } from "#/sim/testing/worlds.ts";

const set = ["identity.credentials.statusMaxAgeMinutes=20160"];
/** A world before its first day, and its protocol. */
export const world = openSmall(small("interop", { shoppers: 400, set })), protocol = enrolProtocol(world);
const { enrolled } = protocol;

const everything = (1 << agreements.length + 1) - 1;
const known = Array.from(enrolled.given.keys()).filter((i) =>
  enrolled.given[i] === everything && enrolled.assurance[i] === 3
);
/** Two people who are known by a second factor, agreed to everything, and hold a credential. */
export const [person, other] = known;

/** A purchase on the other platform that is so large that it needs a second factor. */
export const facts: PurchaseFacts = {
  shopper: person,
  day: 0,
  minute: 600,
  want: 0,
  amountFen: 3_000_000,
  product: products.indexOf("huabei"),
  network: networks.indexOf("jd-mall"),
};

/** What is asked and what is sent for it. */
export const [question, sent] = ((): [Question, Sent] => {
  let seen: [Question, Sent] | undefined;
  provePurchase(world, protocol, facts, {
    onTheWay: (sent, question) => {
      seen = [question, sent];
      return sent;
    },
  });
  return seen!;
})();
/** A copy of what is sent, and of what is presented, to be changed. */
export const copy = structuredClone(sent) as Sent;
/** The credential and the claims of that copy. */
export const [credential, enveloped] = copy.presentation.verifiableCredential as [SignedCredential, Envelope];
/** The SD-JWT in the envelope. */
export const shownClaims = openEnvelope(enveloped)!;

/** Presents anything at all, signed as it should be: what a dishonest holder can do. */
export const presents = (...credentials: unknown[]): Received => ({
  ...sent,
  presentation: presentCredentials(credentials as SignedCredential[], {
    key: papersOf(protocol, person).key,
    ...question,
  }),
});
