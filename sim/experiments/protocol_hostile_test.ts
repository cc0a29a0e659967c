import assert from "node:assert/strict";
import { receiptHash } from "#/model/identity/consent_receipt.ts";
import { issueCredential, type SignedCredential } from "#/model/identity/credential.ts";
import { type Proof, signDocument } from "#/model/identity/data_integrity.ts";
import { verificationMethodOf } from "#/model/identity/did_key.ts";
import { openLeaf } from "#/model/identity/enrolment.ts";
import { envelop } from "#/model/identity/presentation.ts";
import { publishStatusList } from "#/model/identity/status_credential.ts";
import { StatusList } from "#/model/identity/status_list.ts";
import type { Refusal } from "#/model/identity/verdict.ts";
import { type OnTheWay, provePurchase } from "./protocol.ts";
import { agreements, batchOf, papersOf } from "./protocol_documents.ts";
import { check, type ProtocolStep, type Received } from "./protocol_reader.ts";
import { answer } from "./protocol_shopper.ts";
import {
  copy,
  credential,
  enveloped,
  facts,
  other,
  person,
  presents,
  protocol,
  question,
  sent,
  shownClaims,
  world,
} from "./testing/protocol_sent.ts";

const { institutions: { authority }, from } = protocol, until = from + 86_400;
const withProof = (document: object, change: Partial<Proof>) => ({
  ...document,
  proof: { ...(document as { proof: Proof }).proof, ...change },
});
const list = (entries: number, encodedList = new StatusList(entries).encode()) =>
  issueCredential({
    type: "BitstringStatusListCredential",
    subject: { encodedList, statusPurpose: "revocation", type: "BitstringStatusList" },
    key: authority.key,
    id: String((sent.statusList as { id?: string }).id),
    from,
    until,
  });
const entries = protocol.revocations.length;
const stranger = papersOf(protocol, other), strangers = answer(protocol, { ...question, person: other });
const webMethod = { verificationMethod: "did:web:shop.example#key-1" };
const { shown, hidden } = copy.membership;

/** What is handed in, the step that must stop it, and why. */
const broken: [string, Received, ProtocolStep["step"], Refusal][] = [
  ["nothing at all", {}, "presentation", "malformed"],
  [
    "a presentation cut short",
    { ...sent, presentation: JSON.stringify(sent.presentation).slice(0, 900) },
    "presentation",
    "malformed",
  ],
  [
    "a presentation changed on the way",
    { ...sent, presentation: { ...copy.presentation, verifiableCredential: [credential] } },
    "presentation",
    "badSignature",
  ],
  [
    "a presentation under an unknown DID method",
    { ...sent, presentation: withProof(copy.presentation, webMethod) },
    "presentation",
    "unknownMethod",
  ],
  [
    "another person's presentation",
    { ...sent, presentation: strangers.presentation },
    "credential",
    "wrongHolder",
  ],
  ["no credential", presents(), "credential", "malformed"],
  [
    "a credential as text, cut short",
    presents(JSON.stringify(credential).slice(0, 300), enveloped),
    "credential",
    "malformed",
  ],
  [
    "a credential without its subject",
    presents({ ...credential, credentialSubject: null }),
    "credential",
    "malformed",
  ],
  [
    "a credential without a proof",
    presents({ ...credential, proof: [] }, enveloped),
    "credential",
    "missingProof",
  ],
  [
    "a credential with half a signature",
    presents(withProof(credential, { proofValue: "z3s" }), enveloped),
    "credential",
    "wrongLength",
  ],
  [
    "a credential under an unknown DID method",
    presents(withProof(credential, webMethod), enveloped),
    "credential",
    "unknownMethod",
  ],
  [
    "a credential of an issuer with another DID method",
    presents({ ...credential, issuer: "did:web:shop.example" }, enveloped),
    "credential",
    "wrongIssuer",
  ],
  ["another person's credential", presents(stranger.credential, enveloped), "credential", "wrongHolder"],
  ["a credential that the holder signed", presents(ownCredential(), enveloped), "credential", "wrongIssuer"],
  ["no status list", { ...sent, statusList: undefined }, "status", "malformed"],
  ["a status list of the wrong length", { ...sent, statusList: list(entries * 2) }, "status", "wrongLength"],
  ["a status list below the least length", { ...sent, statusList: list(64) }, "status", "wrongLength"],
  [
    "a status list cut short",
    { ...sent, statusList: list(entries, new StatusList(entries).encode().slice(0, -30)) },
    "status",
    "malformed",
  ],
  ["a status list of somebody else", { ...sent, statusList: foreignList() }, "status", "wrongIssuer"],
  [
    "a status list that was changed",
    { ...sent, statusList: { ...copy.statusList, validUntil: "2999-01-01T00:00:00Z" } },
    "status",
    "badSignature",
  ],
  ["no claims", presents(credential), "disclosure", "malformed"],
  ["claims cut short", presents(credential, envelop(shownClaims.slice(0, 200))), "disclosure", "malformed"],
  [
    "claims without the proof of the holder",
    presents(credential, envelop(shownClaims.slice(0, shownClaims.lastIndexOf("~") + 1))),
    "disclosure",
    "missingProof",
  ],
  [
    "claims with one disclosure left out",
    presents(credential, envelop(shownClaims.replace(/~[^~]+~/, "~"))),
    "disclosure",
    "badSignature",
  ],
  [
    "another person's claims",
    presents(credential, strangers.presentation.verifiableCredential[1]),
    "disclosure",
    "wrongHolder",
  ],
  ["no leaf", { ...sent, membership: undefined }, "enrolment", "malformed"],
  [
    "another person's leaf",
    { ...sent, membership: strangers.membership, root: strangers.root },
    "enrolment",
    "wrongHolder",
  ],
  [
    "a leaf with a higher level",
    {
      ...sent,
      membership: {
        ...copy.membership,
        shown: { ...shown, secondFactor: { ...shown.secondFactor, value: 2 } },
      },
    },
    "enrolment",
    "notInTree",
  ],
  [
    "a leaf that hides how well the person is known",
    { ...sent, membership: { ...copy.membership, shown: {}, hidden: { ...hidden, ...commitments() } } },
    "enrolment",
    "missingClaim",
  ],
  [
    "a leaf that quotes a commitment as if it were shown",
    { ...sent, membership: { ...copy.membership, shown: commitments() } },
    "enrolment",
    "missingClaim",
  ],
  [
    "a leaf with a path cut short",
    { ...sent, membership: { ...copy.membership, path: copy.membership.path.slice(1) } },
    "enrolment",
    "wrongLength",
  ],
  [
    "a root that was changed",
    { ...sent, root: { ...copy.root, validUntil: "2999-01-01T00:00:00Z" } },
    "enrolment",
    "badSignature",
  ],
  [
    "a wrong code",
    { ...sent, code: "000000" === sent.code ? "000001" : "000000" },
    "secondFactor",
    "wrongCode",
  ],
  ["no code", { ...sent, code: undefined }, "secondFactor", "malformed"],
  ["no receipts", { ...sent, receipts: undefined }, "consent", "malformed"],
  ["another person's receipts", { ...sent, receipts: strangers.receipts }, "consent", "noConsent"],
  [
    "a receipt for another purpose",
    { ...sent, receipts: [...copy.receipts].reverse() },
    "consent",
    "noConsent",
  ],
  [
    "a receipt that was widened",
    {
      ...sent,
      receipts: copy.receipts.map((one) => ({ ...one, categories: ["identity", "location", "account"] })),
    },
    "locationConsent",
    "noConsent",
  ],
];

/** A credential that says everything right and is signed by the person it is about. */
function ownCredential(): SignedCredential {
  const { key, did } = papersOf(protocol, person), { proof: _proof, ...bare } = credential;
  const verificationMethod = verificationMethodOf(did);
  return signDocument(bare, { key, options: { verificationMethod, proofPurpose: "assertionMethod" } });
}

/** A list under the right name that another signs. */
function foreignList(): SignedCredential {
  const id = String((sent.statusList as { id?: string }).id), { key } = stranger;
  return publishStatusList(new StatusList(entries), { purpose: "revocation", id, key, from, until });
}

/** The true commitments to the attributes that are shown: what the leaf holds in their place. */
function commitments(): Record<string, string> {
  const { roll, tree } = batchOf(protocol, person),
    covered = openLeaf(roll, { tree, person, shown: [] }).hidden;
  return Object.fromEntries(Object.keys(shown).map((name) => [name, covered[name]]));
}

/** The first step that something refuses, as the run would say it. */
const stopOf = (received: Received, step: string) =>
  check(protocol, received, question).steps.find((one) => one.step === step);

Deno.test("what was sent as it should be passes every check", () => {
  const { steps, recognised, consented, revoked, proved } = check(protocol, structuredClone(sent), question);
  assert.deepEqual(steps.map(({ verdict }) => verdict), steps.map(() => "passed"));
  assert.deepEqual({ recognised, consented, revoked, proved }, {
    recognised: true,
    consented: true,
    revoked: false,
    proved: 3,
  });
});

for (const [what, received, step, reason] of broken) {
  Deno.test(`${what}: ${step} refuses with ${reason}, and the run stops and says so`, () => {
    const stop = stopOf(received, step);
    assert.equal(stop?.verdict, reason, `${stop?.verdict}: ${stop?.detail}`);
    assert.ok(stop?.detail);
    // Columns that know nothing of it say otherwise.
    const onTheWay: OnTheWay = () => received;
    assert.throws(
      () => provePurchase(world, protocol, facts, { onTheWay }),
      new RegExp(
        `^Error: Day 0, shopper ${person}: columns and identity protocol disagree on .*${step} ${reason}: `,
      ),
    );
  });
}

Deno.test("a refusal that the columns know of stops nothing, and tells its reason", () => {
  const columns = { linked: false, assurance: 3, mayReadAccount: true, mayUseLocation: true };
  const onTheWay: OnTheWay = (sent) => ({ ...sent, statusList: list(entries * 2) });
  const { linked, steps } = provePurchase(world, protocol, { ...facts, columns }, { onTheWay });
  assert.equal(linked, false);
  assert.equal(steps.find(({ step }) => step === "status")?.verdict, "wrongLength");
});

Deno.test("what a reader remembers lets nothing through that was changed since", () => {
  // Everything was checked and remembered above; the bytes decide, not the names.
  const receipt = structuredClone(sent.receipts[0])!;
  receipt.expiresAt = "2999-01-01T00:00:00Z";
  protocol.receipts.set(person * agreements.length, receiptHash(receipt));
  assert.equal(stopOf({ ...sent, receipts: [receipt] }, "consent")?.verdict, "badSignature");
  protocol.receipts.set(person * agreements.length, receiptHash(sent.receipts[0]!));
  assert.equal(stopOf(sent, "consent")?.verdict, "passed");
  assert.throws(() => sent.statusList.validUntil = "2999-01-01T00:00:00Z", TypeError);
});
