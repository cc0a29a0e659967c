import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "#/model/units/canonical.ts";
import { fromBase64url, textOf, toBase64url } from "./bytes.ts";
import { canonicalText, inOrder } from "./canonical_text.ts";
import { checkConsent, giveConsent, receiptHash } from "./consent_receipt.ts";
import { didOf, issueCredential, verifyCredential } from "./credential.ts";
import { signDocument, verifyDocument } from "./data_integrity.ts";
import { verificationMethodOf } from "./did_key.ts";
import { keyFromSeed } from "./ed25519.ts";
import { fromBase58, toBase58 } from "./multibase.ts";
import { publish, ReaderMemory } from "./reader_memory.ts";
import { Remembered } from "./remembered.ts";
import { issueSdJwt } from "./sd_jwt.ts";
import { verifySdJwt } from "./sd_jwt_verify.ts";
import { checkStatus, publishStatusList } from "./status_credential.ts";
import { leastEntries, StatusList } from "./status_list.ts";
import type { Verdict } from "./verdict.ts";

const authority = keyFromSeed(new Uint8Array(32).fill(1)), key = keyFromSeed(new Uint8Array(32).fill(2));
const issuer = didOf(authority), subject = didOf(key), from = 500, until = 9_000, second = 1_000;
const reasonOf = (verdict: Verdict<unknown>) => verdict.accepted ? "accepted" : verdict.reason;

Deno.test("a remembered credential is still asked for its kind, issuer, dates and holder", () => {
  const memory = new ReaderMemory();
  const credential = publish(
    issueCredential({ type: "RealName", subject: { id: subject }, key: authority, from, until }),
  );
  const reason = (more = {}) =>
    reasonOf(verifyCredential(credential, { type: "RealName", issuer, second, subject, memory, ...more }));
  assert.equal(reason(), "accepted");
  assert.deepEqual(memory.signersOf(credential), [issuer]);
  assert.equal(reason(), "accepted");
  assert.equal(reason({ second: until - 1 }), "accepted");
  assert.equal(reason({ second: until }), "expired");
  assert.equal(reason({ second: from - 1 }), "notYetValid");
  assert.equal(reason({ type: "BankCard" }), "malformed");
  assert.equal(reason({ issuer: subject }), "wrongIssuer");
  assert.equal(reason({ subject: issuer }), "wrongHolder");
});

Deno.test("a remembered proof is still asked for its purpose, nonce and audience", () => {
  const memory = new ReaderMemory();
  const options = {
    verificationMethod: verificationMethodOf(subject),
    proofPurpose: "authentication",
    challenge: "n",
    domain: "shop",
  } as const;
  const document = publish(signDocument({ limit: 5 }, { key, options }));
  const asked = { purpose: "authentication", second, challenge: "n", domain: "shop", memory } as const;
  const reason = (more = {}) => reasonOf(verifyDocument(document, { ...asked, ...more }));
  assert.equal(reason(), "accepted");
  assert.ok(memory.signersOf(document));
  assert.equal(reason({ challenge: "m" }), "wrongNonce");
  assert.equal(reason({ domain: "mall" }), "wrongAudience");
  assert.equal(reason({ purpose: "assertionMethod" }), "wrongPurpose");
});

Deno.test("only what cannot change is remembered: a changed document is checked again", () => {
  const memory = new ReaderMemory();
  const credential = issueCredential({ type: "X", subject: { level: 1 }, key: authority, from, until });
  const reason = (sent: unknown) => reasonOf(verifyCredential(sent, { type: "X", issuer, second, memory }));
  assert.equal(reason(credential), "accepted");
  credential.credentialSubject.level = 3;
  assert.equal(reason(credential), "badSignature");
  credential.credentialSubject.level = 1;
  publish(credential);
  assert.equal(reason(credential), "accepted");
  assert.throws(() => credential.credentialSubject.level = 3, TypeError);
  assert.equal(reason({ ...credential, credentialSubject: { level: 3 } }), "badSignature");
  // Frozen by somebody else, over what can still change.
  const inner = { level: 1 }, shallow = Object.freeze({ ...credential, credentialSubject: inner });
  assert.equal(reason(shallow), "accepted");
  inner.level = 3;
  assert.equal(reason(shallow), "badSignature");
});

Deno.test("a refused document is not remembered", () => {
  const memory = new ReaderMemory();
  const credential = issueCredential({ type: "X", subject: {}, key: authority, from, until });
  const forged = publish({ ...credential, credentialSubject: { level: 3 } });
  for (let time = 0; time < 2; time++) {
    const verdict = verifyCredential(forged, { type: "X", issuer, second, memory });
    assert.equal(reasonOf(verdict), "badSignature");
  }
  assert.equal(memory.signersOf(forged), undefined);
});

Deno.test("a remembered list still ages, and its bits are those of its own text", () => {
  const memory = new ReaderMemory(), id = "urn:list", bits = new StatusList(leastEntries);
  const credential = issueCredential({
    type: "X",
    subject: {},
    key: authority,
    from,
    until,
    status: {
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: "9",
      statusListCredential: id,
    },
  });
  const listed = () =>
    publish(publishStatusList(bits, { purpose: "revocation", id, key: authority, from, until }));
  const before = listed();
  bits.set(9, true);
  const after = listed();
  const reason = (list: unknown, more = {}) =>
    reasonOf(checkStatus(credential, { list, issuer, second, maxAgeSeconds: 500, memory, ...more }));
  for (let time = 0; time < 2; time++) {
    assert.equal(reason(before), "accepted");
    assert.equal(reason(after), "revoked");
  }
  assert.equal(reason(before, { second: from + 501 }), "stale");
  assert.equal(reason(before, { second: until, maxAgeSeconds: until }), "expired");
  assert.equal(reason(before, { entries: leastEntries + 8 }), "wrongLength");
  assert.equal(reason(before, { issuer: subject }), "wrongIssuer");
});

Deno.test("a list that was packed is packed anew after a change", () => {
  const list = new StatusList(64), empty = list.encode();
  assert.equal(list.encode(), empty);
  list.set(5, true);
  assert.equal(StatusList.decode(list.encode()).at(5), true);
  list.set(5, false);
  assert.equal(StatusList.decode(list.encode()).at(5), false);
});

Deno.test("a remembered token counts for its own key and text alone, and still expires", () => {
  const memory = new ReaderMemory();
  const token = issueSdJwt({ exp: until, level: 1 }, {
    frame: {},
    key: authority,
    salt: () => new Uint8Array(16),
  });
  const reason = (sent: string, more = {}) =>
    reasonOf(verifySdJwt(sent, { issuer: authority.publicKey, second, memory, ...more }));
  assert.equal(reason(token), "accepted");
  assert.equal(reason(token), "accepted");
  assert.equal(reason(token, { second: until }), "expired");
  assert.equal(reason(token, { issuer: key.publicKey }), "badSignature");
  const [head, payload, signature] = token.slice(0, -1).split(".");
  const raised = toBase64url(new TextEncoder().encode('{"_sd_alg":"sha-256","exp":9000,"level":3}'));
  assert.equal(reason(`${head}.${raised}.${signature}~`), "badSignature");
  assert.equal(reason(`${head}.${payload}.${"A".repeat(86)}~`), "badSignature");
});

Deno.test("the hash of a receipt follows its bytes", () => {
  const agreement = { id: "c", controllers: ["jd"], purpose: "credit", categories: ["identity" as const] };
  const receipt = giveConsent(key, { ...agreement, from, until }), hash = receiptHash(receipt);
  const changed = { ...receipt, purpose: "advertising" };
  assert.notEqual(receiptHash(changed), hash);
  receipt.purpose = "advertising";
  assert.equal(receiptHash(receipt), receiptHash(changed));
  receipt.purpose = "credit";
  publish(receipt);
  assert.deepEqual([receiptHash(receipt), receiptHash(receipt)], [hash, hash]);
  const use = { subject, controller: "jd", purpose: "credit", categories: ["identity"] as const, second };
  const registered = { hash, withdrawn: true }, memory = new ReaderMemory();
  assert.equal(
    reasonOf(checkConsent(receipt, { ...use, registered: { hash, withdrawn: false }, memory })),
    "accepted",
  );
  assert.equal(reasonOf(checkConsent(receipt, { ...use, registered, memory })), "consentWithdrawn");
});

Deno.test("a memory never holds more than it may, and forgets what it is told to", () => {
  const squares = new Remembered<number, number>(3);
  let asked = 0;
  const square = (n: number) => squares.of(n, () => (asked++, n * n));
  for (const n of [1, 2, 3, 4, 4, 3, 2]) assert.equal(square(n), n * n);
  assert.deepEqual([squares.has(1), squares.has(2), asked], [false, true, 4]);
  squares.forget(2);
  assert.equal(square(2), 4);
  assert.equal(asked, 5);
  assert.throws(() => squares.of(9, () => assert.fail("no answer")), /no answer/);
  assert.equal(squares.has(9), false);
  assert.throws(() => new Remembered(0), RangeError);
  // An answer that is undefined is an answer.
  const nothing = new Remembered<string, undefined>(1);
  let times = 0;
  for (let time = 0; time < 2; time++) nothing.of("a", () => void times++);
  assert.equal(times, 1);
});

Deno.test("the short way to the canonical text gives the text and the errors of the long one", () => {
  const outcomeOf = (write: (value: unknown) => string, value: unknown) => {
    try {
      return write(value);
    } catch (error) {
      return String(error);
    }
  };
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
    withUnicodeString: true,
  });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), anything), (value) => {
      assert.equal(outcomeOf(canonicalText, value), outcomeOf(canonicalJson, value));
      if (typeof value !== "object" || value === null || Array.isArray(value)) return;
      const ordered = inOrder(value);
      assert.equal(outcomeOf(canonicalText, ordered), outcomeOf(canonicalJson, value));
    }),
    { seed: 36, numRuns: 1_000 },
  );
  const own = JSON.parse('{"b":1,"__proto__":{"c":2},"a":-0}');
  assert.equal(canonicalText(inOrder(own)), '{"__proto__":{"c":2},"a":0,"b":1}');
  let deep: unknown = 1;
  for (let i = 0; i < 100; i++) deep = [{ deep }];
  assert.equal(canonicalText(deep), canonicalJson(deep));
});

Deno.test("base58 writes any bytes as a number in base 58, and reads them back", () => {
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  /** By long division, without any grouping. */
  const slowly = (bytes: Uint8Array) => {
    let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n), text = "";
    for (; number > 0n; number /= 58n) text = alphabet[Number(number % 58n)] + text;
    const zeros = bytes.findIndex((byte) => byte > 0);
    return "1".repeat(zeros < 0 ? bytes.length : zeros) + text;
  };
  const bytes = fc.tuple(fc.nat(3), fc.uint8Array({ maxLength: 80 })).map(([zeros, rest]) =>
    Uint8Array.from([...new Uint8Array(zeros), ...rest])
  );
  fc.assert(
    fc.property(bytes, (given) => {
      assert.equal(toBase58(given), slowly(given));
      assert.deepEqual(fromBase58(toBase58(given)), given);
    }),
    { seed: 37, numRuns: 500 },
  );
  for (const letter of ["0", "O", "I", "l", "é", "😀", " "]) {
    assert.throws(() => fromBase58(`2${letter}2`), { message: new RegExp(`"${letter}" at 1`) });
  }
});

Deno.test("base64url is read only as it would be written", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_\-+/= \n.é]{0,12}$/), (text) => {
      let bytes: Uint8Array;
      try {
        bytes = fromBase64url(text);
      } catch (error) {
        assert.ok(error instanceof SyntaxError && error.message.startsWith("Cannot read base64url"));
        return;
      }
      assert.equal(toBase64url(bytes), text);
    }),
    { seed: 38, numRuns: 2_000 },
  );
  for (const text of ["AA==", "A A", "A", "A+", "AB"]) assert.throws(() => fromBase64url(text), SyntaxError);
});

Deno.test("bytes that are no UTF-8 are refused, and the mark of wrong bytes is a character like any other", () => {
  assert.throws(() => textOf(Uint8Array.of(0x61, 0xff)), TypeError);
  assert.throws(() => textOf(Uint8Array.of(0xed, 0xa0, 0x80)), TypeError);
  assert.equal(textOf(Uint8Array.of(0xef, 0xbf, 0xbd, 0x61)), "\ufffda");
  assert.equal(textOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), "\ufeffa");
});
