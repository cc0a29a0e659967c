import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "#/model/units/canonical.ts";
import { checkConsent, giveConsent, receiptHash } from "./consent_receipt.ts";
import { type Credential, didOf, issueCredential, verifyCredential } from "./credential.ts";
import { verifyDocument } from "./data_integrity.ts";
import { didDocument, readDidKey, readVerificationMethod } from "./did_key.ts";
import { keyFromSeed } from "./ed25519.ts";
import { enrol, openLeaf, publishRoot, type Roll, verifyMembership } from "./enrolment.ts";
import { readJws } from "./jws.ts";
import { verifyMerklePath } from "./merkle.ts";
import { fromMultibase } from "./multibase.ts";
import { checkTimedCode } from "./one_time_code.ts";
import { envelop, presentCredentials, verifyPresentation } from "./presentation.ts";
import { issueSdJwt, presentSdJwt } from "./sd_jwt.ts";
import { verifySdJwt } from "./sd_jwt_verify.ts";
import { checkStatus, publishStatusList } from "./status_credential.ts";
import { leastEntries, StatusList } from "./status_list.ts";
import { refusals, type Verdict } from "./verdict.ts";

const authority = keyFromSeed(new Uint8Array(32).fill(1)), key = keyFromSeed(new Uint8Array(32).fill(2));
const issuer = didOf(authority), subject = didOf(key), second = 1_000, until = 90_000, listId = "urn:list";
const to = { nonce: "n-1", audience: "did:key:reader", second };

const credential = issueCredential({
  type: "RealName",
  subject: { id: subject, person: 7 },
  key: authority,
  from: 0,
  until,
  status: {
    type: "BitstringStatusListEntry",
    statusPurpose: "revocation",
    statusListIndex: "7",
    statusListCredential: listId,
  },
});
const list = publishStatusList(new StatusList(leastEntries), {
  purpose: "revocation",
  id: listId,
  key: authority,
  from: 0,
  until,
});
let salts = 0;
const issued = issueSdJwt({ iss: issuer, exp: until, realName: { person: 7 }, cities: ["Xi'an", "Wuhan"] }, {
  frame: { _sd: ["realName"], cities: { _sd: [0, 1], _sd_decoy: 1 } },
  key: authority,
  salt: () => new Uint8Array(16).fill(++salts),
  holder: key.publicKey,
});
const sdJwt = presentSdJwt(issued, { realName: true, cities: { 1: true } }, { key, ...to });
const presentation = presentCredentials([credential, envelop(sdJwt)], { key, ...to });
const agreement = { id: "c", controllers: ["jd"], purpose: "credit", categories: ["identity" as const] };
const receipt = giveConsent(key, { ...agreement, from: 0, until });
const roll: Roll = {
  count: 9,
  attributes: ["realName", "consent"],
  value: (i, k) => i * 2 + k,
  salt: (i, k, out) => void out.fill(i * 16 + k),
};
const tree = enrol(roll),
  root = publishRoot(tree, { attributes: roll.attributes, key: authority, from: 0, until });
const membership = openLeaf(roll, { tree, person: 4, shown: ["consent"] });

/** Every artefact that a stranger sends, and the check that it meets. */
const artefacts: Record<string, { sent: unknown; check: (sent: unknown) => Verdict<unknown> }> = {
  credential: {
    sent: credential,
    check: (sent) => verifyCredential(sent, { type: "RealName", issuer, second, subject }),
  },
  "status list": {
    sent: list,
    check: (sent) => checkStatus(credential, { list: sent, issuer, second, maxAgeSeconds: 2_000 }),
  },
  "SD-JWT": {
    sent: sdJwt,
    check: (sent) =>
      verifySdJwt(sent, { issuer: authority.publicKey, second, keyBinding: { ...to, maxAgeSeconds: 60 } }),
  },
  presentation: {
    sent: presentation,
    check: (sent) => verifyPresentation(sent, { ...to, maxAgeSeconds: 60 }),
  },
  receipt: {
    sent: receipt,
    check: (sent) =>
      checkConsent(sent, {
        subject,
        controller: "jd",
        purpose: "credit",
        categories: ["identity"],
        second,
        registered: { hash: receiptHash(receipt), withdrawn: false },
      }),
  },
  membership: { sent: membership, check: (sent) => verifyMembership(sent, { root, issuer, second }) },
  root: { sent: root, check: (sent) => verifyMembership(membership, { root: sent, issuer, second }) },
};

/** A verdict of the closed union, whatever was sent. */
function assertVerdict(verdict: Verdict<unknown>): void {
  if (verdict.accepted) return;
  assert.ok(Object.hasOwn(refusals, verdict.reason), verdict.reason);
  assert.ok(verdict.detail.length > 0 && verdict.detail.length <= 201);
}

/** Changes of a text: cut, one character replaced, left out, doubled, or something put in. */
const changes = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("cut", "replace", "leave out", "double", "put in"),
  other: fc.constantFrom(...'Az09-_.~"{}[],:\u0000é'),
});
function changed(text: string, { at, kind, other }: { at: number; kind: string; other: string }): string {
  const i = at % text.length, before = text.slice(0, i), own = text[i], after = text.slice(i + 1);
  if (kind === "cut") return before;
  if (kind === "replace") return before + other + after;
  if (kind === "leave out") return before + after;
  return kind === "double" ? before + own + own + after : before + other + own + after;
}

/** The data of a changed JSON text, or the text itself where it is no JSON any more. */
function reread(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Replaces one value in a copy of data, chosen by walking down with the numbers. */
function replaced(data: unknown, steps: readonly number[], value: unknown): unknown {
  if (typeof data !== "object" || data === null || steps.length === 0 || Object.keys(data).length === 0) {
    return value;
  }
  const copy = structuredClone(data) as Record<string, unknown>, names = Object.keys(copy);
  const name = names[steps[0] % names.length];
  copy[name] = replaced(copy[name], steps.slice(1), value);
  return copy;
}

const junk = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    "",
    0,
    -1,
    NaN,
    null,
    undefined,
    [],
    {},
    { __proto__: null },
    "u",
    "z",
    "did:key:z",
    1e400,
  ),
);

for (const [name, { sent, check }] of Object.entries(artefacts)) {
  const text = typeof sent === "string" ? sent : JSON.stringify(sent);
  const isSame = (other: unknown) => {
    try {
      return canonicalJson(other) === canonicalJson(sent);
    } catch {
      return false;
    }
  };

  Deno.test(`${name}: as it was sent it is accepted`, () => {
    const verdict = check(reread(text));
    assert.ok(verdict.accepted, JSON.stringify(verdict));
  });

  Deno.test(`${name}: cut or changed anywhere it is refused with a reason`, () => {
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 3 }), (all) => {
        const broken = all.reduce((text, change) => text === "" ? text : changed(text, change), text);
        const other = typeof sent === "string" ? broken : reread(broken);
        const verdict = check(other);
        assertVerdict(verdict);
        if (!isSame(other)) assert.equal(verdict.accepted, false, broken);
      }),
      { seed: 311, numRuns: 300 },
    );
  });

  Deno.test(`${name}: anything in the place of a value is refused with a reason`, () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 6 }), junk, (steps, value) => {
        const other = replaced(sent, steps, value), verdict = check(other);
        assertVerdict(verdict);
        if (!isSame(other)) assert.equal(verdict.accepted, false);
      }),
      { seed: 312, numRuns: 300 },
    );
  });

  Deno.test(`${name}: nesting without end and getters that fail are refused`, () => {
    let deep: unknown = sent;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    const trap = new Proxy({}, {
      get: () => {
        throw new Error("trap");
      },
    });
    const inside = (value: unknown) => replaced(reread(text), [1], value);
    for (const hostile of [deep, trap, inside(deep), inside(trap)]) {
      const verdict = check(hostile);
      assertVerdict(verdict);
      assert.equal(verdict.accepted, false);
    }
  });
}

Deno.test("readers of identifiers, tokens, codes and paths never throw and never accept junk", () => {
  fc.assert(
    fc.property(junk, (value) => {
      for (
        const verdict of [
          readDidKey(value),
          readVerificationMethod(value),
          didDocument(value),
          readJws(value),
          verifyDocument(value, { purpose: "assertionMethod", second }),
          verifyMerklePath(value, { root: new Uint8Array(32), size: 2, index: 0, leaf: new Uint8Array(32) }),
          checkTimedCode(value, { secret: new Uint8Array(20), second }),
          checkStatus(value as Credential, { list, issuer, second, maxAgeSeconds: 2_000 }),
        ]
      ) {
        assertVerdict(verdict);
        assert.equal(verdict.accepted, false);
      }
    }),
    { seed: 313, numRuns: 500 },
  );
});

Deno.test("library readers answer junk with one clear error", () => {
  const isClear = (error: unknown) =>
    (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError) &&
    /^Cannot|^"encodedList" must/.test(error.message);
  const encoded = new StatusList(64).encode();
  fc.assert(
    fc.property(fc.oneof(junk, fc.string(), changes.map((change) => changed(encoded, change))), (value) => {
      for (const read of [() => StatusList.decode(value), () => fromMultibase(value)]) {
        try {
          read();
        } catch (error) {
          assert.ok(isClear(error), String(error));
        }
      }
    }),
    { seed: 314, numRuns: 500 },
  );
});

Deno.test("a packed list that unpacks without end is refused", () => {
  const bomb = new StatusList(536_870_912).encode();
  assert.equal(StatusList.decode(bomb).length, 536_870_912);
  assert.throws(() => new StatusList(536_870_913), RangeError);
});

Deno.test("a signature by another key, another alg or none is never accepted", () => {
  const mallory = keyFromSeed(new Uint8Array(32).fill(9));
  const forged = issueCredential({
    type: "RealName",
    subject: { id: subject },
    key: mallory,
    from: 0,
    until,
  });
  const asked = { type: "RealName", issuer, second };
  const reasonOf = (verdict: Verdict<unknown>) => verdict.accepted ? "accepted" : verdict.reason;
  assert.equal(reasonOf(verifyCredential(forged, asked)), "wrongIssuer");
  assert.equal(reasonOf(verifyCredential({ ...forged, issuer }, asked)), "badSignature");
  const none = btoa('{"alg":"none","typ":"dc+sd-jwt"}').replaceAll("=", "");
  const [, payload] = issued.split("~")[0].split(".");
  const reading = { issuer: authority.publicKey, second };
  assert.equal(reasonOf(verifySdJwt(`${none}.${payload}.~`, reading)), "unknownSuite");
  assert.equal(reasonOf(verifySdJwt(issued, { ...reading, issuer: mallory.publicKey })), "badSignature");
  // A proof of the holder for other disclosures does not travel.
  const [jws, , , last] = sdJwt.split("~"),
    binding = { ...reading, keyBinding: { ...to, maxAgeSeconds: 60 } };
  assert.equal(reasonOf(verifySdJwt([jws, last].join("~"), binding)), "badSignature");
  assert.equal(reasonOf(verifySdJwt(presentSdJwt(issued, {}), binding)), "missingProof");
  assert.equal(reasonOf(verifySdJwt(sdJwt, reading)), "wrongNonce");
});
