import assert from "node:assert/strict";
import { canonicalJson } from "#/model/units/canonical.ts";
import { toBase64url, utf8 } from "./bytes.ts";
import { checkConsent, giveConsent, receiptHash } from "./consent_receipt.ts";
import { credentialContext, didOf, issueCredential, verifyCredential } from "./credential.ts";
import { type ProofOptions, signDocument, verifyDocument } from "./data_integrity.ts";
import { verificationMethodOf } from "./did_key.ts";
import { digestOf, makeDisclosure } from "./disclosure.ts";
import { keyFromSeed, sign } from "./ed25519.ts";
import { enrol, openLeaf, publishRoot, verifyMembership } from "./enrolment.ts";
import { secondOf } from "./instant.ts";
import { signJws } from "./jws.ts";
import { presentCredentials, verifyPresentation } from "./presentation.ts";
import { issueSdJwt, keyBindingType, presentSdJwt, sdJwtType } from "./sd_jwt.ts";
import { verifySdJwt } from "./sd_jwt_verify.ts";
import { checkStatus, publishStatusList } from "./status_credential.ts";
import { leastEntries, StatusList } from "./status_list.ts";
import type { Verdict } from "./verdict.ts";

const authority = keyFromSeed(new Uint8Array(32).fill(1)), key = keyFromSeed(new Uint8Array(32).fill(2));
const mallory = keyFromSeed(new Uint8Array(32).fill(3));
const issuer = didOf(authority), subject = didOf(key), second = 1_000, from = 500, until = 9_000;

/** The reason of a refusal, or "accepted". */
const reasonOf = (verdict: Verdict<unknown>) => verdict.accepted ? "accepted" : verdict.reason;

Deno.test("a proof is refused for another purpose, nonce, audience, suite, and before and after its time", () => {
  const signed = (options: Partial<ProofOptions>) =>
    signDocument({ limit: 5 }, {
      key,
      options: {
        verificationMethod: verificationMethodOf(subject),
        proofPurpose: "assertionMethod",
        ...options,
      },
    });
  const reason = (options: Partial<ProofOptions>, asked = {}) =>
    reasonOf(verifyDocument(signed(options), { purpose: "assertionMethod", second, ...asked }));
  assert.equal(reason({}), "accepted");
  assert.equal(reason({ proofPurpose: "authentication" }), "wrongPurpose");
  assert.equal(reason({ challenge: "n" }), "wrongNonce");
  assert.equal(reason({}, { challenge: "n" }), "wrongNonce");
  assert.equal(reason({ domain: "shop" }), "wrongAudience");
  assert.equal(reason({}, { domain: "shop" }), "wrongAudience");
  assert.equal(reason({ created: "1970-01-01T00:16:40Z" }), "accepted");
  assert.equal(reason({ created: "1970-01-01T00:16:41Z" }), "notYetValid");
  assert.equal(reason({ expires: "1970-01-01T00:16:41Z" }), "accepted");
  assert.equal(reason({ expires: "1970-01-01T00:16:40Z" }), "expired");
  assert.equal(reason({ created: "yesterday" }), "malformed");
  assert.equal(reason({ verificationMethod: "did:web:a#b" }), "unknownMethod");
  for (const fragment of ["", "#", "#other", `#${subject.slice(8)}#`]) {
    assert.equal(reason({ verificationMethod: subject + fragment }), "malformed");
  }
  assert.equal(reason({ cryptosuite: "eddsa-rdfc-2022" as "eddsa-jcs-2022" }), "unknownSuite");
  assert.equal(reason({ verificationMethod: verificationMethodOf(didOf(mallory)) }), "badSignature");
  const asked = { purpose: "assertionMethod", second } as const;
  assert.equal(reasonOf(verifyDocument({ limit: 5 }, asked)), "missingProof");
  const one = signed({}).proof;
  assert.equal(reasonOf(verifyDocument({ limit: 5, proof: Array(17).fill(one) }, asked)), "tooLarge");
  const short = { ...one, proofValue: "z11" };
  assert.equal(reasonOf(verifyDocument({ limit: 5, proof: short }, asked)), "wrongLength");
});

Deno.test("a document with a context that was not signed is refused", () => {
  const options = {
    verificationMethod: verificationMethodOf(subject),
    proofPurpose: "assertionMethod",
  } as const;
  const signed = signDocument({ "@context": ["urn:a"], limit: 5 }, { key, options });
  const reason = (document: unknown) =>
    reasonOf(verifyDocument(document, { purpose: "assertionMethod", second }));
  assert.equal(reason(signed), "accepted");
  assert.equal(reason({ ...signed, "@context": ["urn:a", "urn:b"] }), "malformed");
  const { "@context": _context, ...bare } = signed;
  assert.equal(reason(bare), "malformed");
});

Deno.test("a credential is refused of another kind, issuer, signer, holder or time", () => {
  const issue = { type: "RealName", subject: { id: subject }, key: authority, from, until };
  const asked = { type: "RealName", issuer, second, subject };
  const good = issueCredential(issue);
  const reason = (credential: unknown, more = {}) =>
    reasonOf(verifyCredential(credential, { ...asked, ...more }));
  assert.equal(reason(good), "accepted");
  assert.equal(reason(good, { type: "BankCard" }), "malformed");
  assert.equal(reason(good, { issuer: didOf(mallory) }), "wrongIssuer");
  assert.equal(reason(good, { subject: didOf(mallory) }), "wrongHolder");
  assert.equal(reason(good, { second: until - 1 }), "accepted");
  assert.equal(reason(good, { second: until }), "expired");
  // Signed by who may, but dated from later on; and signed by somebody else in the issuer's name.
  const bare = { "@context": [credentialContext], type: ["VerifiableCredential", "RealName"], issuer };
  const said = { ...bare, credentialSubject: { id: subject }, validUntil: "1970-01-01T02:30:00Z" };
  const signed = (by: typeof key, validFrom: string | undefined) =>
    signDocument({ ...said, ...(validFrom ? { validFrom } : {}) }, {
      key: by,
      options: { verificationMethod: verificationMethodOf(didOf(by)), proofPurpose: "assertionMethod" },
    });
  assert.equal(reason(signed(authority, "1970-01-01T00:16:40Z")), "accepted");
  assert.equal(reason(signed(authority, "1970-01-01T00:16:41Z")), "notYetValid");
  assert.equal(reason(signed(authority, undefined)), "malformed");
  assert.equal(reason(signed(mallory, "1970-01-01T00:16:40Z")), "wrongIssuer");
  assert.throws(() => issueCredential({ ...issue, until: from }), RangeError);
});

Deno.test("a status is refused by another, a short, a stale or a foreign list, and outside it", () => {
  const id = "urn:list",
    entry = {
      type: "BitstringStatusListEntry",
      statusPurpose: "revocation",
      statusListIndex: "9",
      statusListCredential: id,
    } as const;
  const credential = (more = {}) =>
    issueCredential({ type: "X", subject: {}, key: authority, from, until, status: { ...entry, ...more } });
  const bits = new StatusList(leastEntries);
  bits.set(8, true);
  const published = { purpose: "revocation", id, key: authority, from, until } as const;
  const good = publishStatusList(bits, published), reading = { issuer, second, maxAgeSeconds: 500 };
  const reason = (more: { list?: unknown; entry?: object; reading?: object } = {}) =>
    reasonOf(checkStatus(credential(more.entry), { list: more.list ?? good, ...reading, ...more.reading }));
  assert.equal(reason(), "accepted");
  assert.equal(reason({ entry: { statusListIndex: "8" } }), "revoked");
  assert.equal(reason({ entry: { statusListIndex: String(leastEntries) } }), "outOfRange");
  for (const statusListIndex of ["-1", "1.5", "09", "1e3", "", 9 as unknown as string]) {
    assert.equal(reason({ entry: { statusListIndex } }), "malformed");
  }
  assert.equal(reason({ entry: { statusListCredential: "urn:other" } }), "malformed");
  assert.equal(reason({ entry: { statusPurpose: "suspension" } }), "wrongPurpose");
  const suspended = publishStatusList(bits, { ...published, purpose: "suspension" });
  const both = { list: suspended, entry: { statusPurpose: "suspension", statusListIndex: "8" } };
  assert.equal(reason(both), "suspended");
  assert.equal(reason({ reading: { maxAgeSeconds: 499 } }), "stale");
  assert.equal(reason({ reading: { second: until } }), "expired");
  assert.equal(reason({ reading: { entries: leastEntries + 8 } }), "wrongLength");
  assert.equal(reason({ reading: { entries: leastEntries } }), "accepted");
  assert.equal(reason({ list: publishStatusList(bits, { ...published, key: mallory }) }), "wrongIssuer");
  assert.equal(reason({ list: { ...good, proof: undefined } }), "missingProof");
  assert.equal(
    reasonOf(
      checkStatus(issueCredential({ type: "X", subject: {}, key, from, until }), { list: good, ...reading }),
    ),
    "malformed",
  );
  // A list below the least length, signed by hand as publishing refuses it.
  const listOf = (encodedList: string) =>
    issueCredential({
      type: "BitstringStatusListCredential",
      subject: { type: "BitstringStatusList", statusPurpose: "revocation", encodedList },
      key: authority,
      id,
      from,
      until,
    });
  assert.equal(reason({ list: listOf(new StatusList(leastEntries - 8).encode()) }), "wrongLength");
  assert.equal(reason({ list: listOf(bits.encode().slice(0, -30)) }), "malformed");
  assert.throws(() => publishStatusList(new StatusList(leastEntries - 8), published), RangeError);
});

Deno.test("a presentation is refused for another reader, nonce, holder, and when it is old", () => {
  const to = { nonce: "n", audience: "shop", second };
  const shown = presentCredentials([], { key, ...to });
  const reason = (presentation: unknown, more = {}) =>
    reasonOf(verifyPresentation(presentation, { ...to, maxAgeSeconds: 60, ...more }));
  assert.equal(reason(shown), "accepted");
  assert.equal(reason(shown, { nonce: "m" }), "wrongNonce");
  assert.equal(reason(shown, { audience: "mall" }), "wrongAudience");
  assert.equal(reason(shown, { second: second + 60 }), "accepted");
  assert.equal(reason(shown, { second: second + 61 }), "stale");
  const { proof: _proof, ...bare } = shown;
  const options = { proofPurpose: "authentication", challenge: "n", domain: "shop" } as const;
  const by = (signer: typeof key, created?: string, document: Record<string, unknown> = bare) =>
    signDocument(document, {
      key: signer,
      options: {
        ...options,
        ...(created ? { created } : {}),
        verificationMethod: verificationMethodOf(didOf(signer)),
      },
    });
  assert.equal(reason(by(mallory, "1970-01-01T00:16:40Z")), "wrongHolder");
  assert.equal(reason(by(key)), "malformed");
  const many = { ...bare, verifiableCredential: Array(17).fill({}) };
  assert.equal(reason(by(key, "1970-01-01T00:16:40Z", many)), "tooLarge");
  assert.equal(reason(by(key, "1970-01-01T00:16:40Z", { ...bare, type: ["Letter"] })), "malformed");
});

Deno.test("a consent covers its own person, reader, purpose, data and time", () => {
  const agreement = {
    id: "c",
    controllers: ["jd"],
    purpose: "credit",
    categories: ["identity" as const],
    from,
    until,
  };
  const receipt = giveConsent(key, agreement), hash = receiptHash(receipt);
  const use = { subject, controller: "jd", purpose: "credit", categories: ["identity"] as const, second };
  const reason = (more = {}, sent: unknown = receipt) =>
    reasonOf(checkConsent(sent, { ...use, registered: { hash, withdrawn: false }, ...more }));
  assert.equal(reason(), "accepted");
  assert.equal(reason({ registered: undefined }), "noConsent");
  assert.equal(reason({ registered: { hash, withdrawn: true } }), "consentWithdrawn");
  assert.equal(reason({ registered: { hash: "00", withdrawn: false } }), "noConsent");
  assert.equal(reason({ controller: "ant" }), "noConsent");
  assert.equal(reason({ purpose: "advertising" }), "wrongPurpose");
  assert.equal(reason({ categories: ["identity", "location"] }), "noConsent");
  assert.equal(reason({ subject: didOf(mallory) }), "wrongHolder");
  assert.equal(reason({ second: from - 1 }), "notYetValid");
  assert.equal(reason({ second: until }), "expired");
  const { proof: _proof, ...bare } = receipt;
  const forged = signDocument(bare, {
    key: mallory,
    options: { verificationMethod: verificationMethodOf(didOf(mallory)), proofPurpose: "assertionMethod" },
  }) as typeof receipt;
  assert.equal(
    reason({ registered: { hash: receiptHash(forged), withdrawn: false } }, forged),
    "wrongHolder",
  );
  assert.throws(() => giveConsent(key, { ...agreement, until: from }), RangeError);
});

Deno.test("an SD-JWT is refused for another reader, nonce, time, type, hash, and for claims that do not belong", () => {
  let salts = 0;
  const salt = () => new Uint8Array(16).fill(++salts);
  const claims = { nbf: from, exp: until, name: "Li" };
  const issued = issueSdJwt(claims, {
    frame: { _sd: ["name"] },
    key: authority,
    salt,
    holder: key.publicKey,
  });
  const to = { nonce: "n", audience: "shop", second };
  const shown = presentSdJwt(issued, { name: true }, { key, ...to });
  const reason = (
    token: unknown,
    { binding = {}, ...more }: { binding?: object; [more: string]: unknown } = {},
  ) =>
    reasonOf(verifySdJwt(token, {
      issuer: authority.publicKey,
      second,
      keyBinding: { ...to, maxAgeSeconds: 60, ...binding },
      ...more,
    }));
  assert.equal(reason(shown), "accepted");
  assert.equal(reason(shown, { binding: { nonce: "m" } }), "wrongNonce");
  assert.equal(reason(shown, { binding: { audience: "mall" } }), "wrongAudience");
  assert.equal(reason(shown, { second: second + 60 }), "accepted");
  assert.equal(reason(shown, { second: second + 61 }), "stale");
  assert.equal(reason(shown, { second: second - 1 }), "notYetValid");
  assert.equal(reason(shown, { second: until }), "expired");
  assert.equal(reason(shown, { second: from - 1 }), "notYetValid");
  assert.equal(reason(shown, { required: [["name"]] }), "accepted");
  assert.equal(reason(shown, { required: [["name", "first"]] }), "missingClaim");
  assert.equal(reason(presentSdJwt(issued, { name: true }, { key: mallory, ...to })), "badSignature");
  assert.equal(reason("x".repeat(1_000_001)), "tooLarge");
  // A token of another type by the same issuer is none of this kind.
  const bare = (
    payload: Record<string, unknown>,
    disclosures: { encoded: string }[] = [],
    type = sdJwtType,
  ) =>
    [signJws(payload, { key: authority, type }), ...disclosures.map(({ encoded }) => encoded), ""].join("~");
  const unbound = { keyBinding: undefined };
  assert.equal(reason(bare({ a: 1 }), unbound), "accepted");
  assert.equal(reason(bare({ a: 1 }, [], keyBindingType), unbound), "malformed");
  assert.equal(reason(bare({ a: 1, _sd_alg: "md5" }), unbound), "unknownSuite");
  assert.equal(reason(bare({ a: 1, exp: "later" }), unbound), "malformed");
  assert.equal(reason(bare({ _sd: "none" }), unbound), "malformed");
  assert.equal(reason(bare({ list: [{ "...": "digest", more: 1 }] }), unbound), "malformed");
  assert.equal(reason(bare({ "...": "digest" }), unbound), "malformed");
  const of = (value: unknown, name?: string) => makeDisclosure(salt(), value, name);
  const sd = (one: { encoded: string }) => digestOf(one.encoded, "sha-256");
  const name = of("Li", "name"), element = of("CN"), reserved = of("x", "_sd"), spare = of(1, "spare");
  assert.equal(reason(bare({ _sd: [sd(name)] }, [name]), unbound), "accepted");
  assert.equal(reason(bare({ _sd: [sd(name)] }, [name, spare]), unbound), "unreferencedDisclosure");
  assert.equal(reason(bare({ _sd: [sd(name)] }, [name, name]), unbound), "duplicateDigest");
  assert.equal(reason(bare({ _sd: [sd(element)] }, [element]), unbound), "malformed");
  assert.equal(reason(bare({ list: [{ "...": sd(name) }] }, [name]), unbound), "malformed");
  assert.equal(reason(bare({ _sd: [sd(reserved)] }, [reserved]), unbound), "malformed");
  const twin = of("Wang", "name");
  assert.equal(reason(bare({ _sd: [sd(name), sd(twin)] }, [name, twin]), unbound), "claimCollision");
  // A header that asks for an extension is not understood.
  const head = toBase64url(utf8(canonicalJson({ alg: "EdDSA", crit: ["x"], typ: sdJwtType })));
  const signed = `${head}.${toBase64url(utf8("{}"))}`;
  assert.equal(reason(`${signed}.${toBase64url(sign(utf8(signed), authority))}~`, unbound), "unknownSuite");
});

Deno.test("a claim named __proto__ stays a claim", () => {
  const claims = JSON.parse('{"__proto__":{"isAdmin":true},"a":1}');
  const issued = issueSdJwt(claims, { frame: { _sd: ["__proto__"] }, key, salt: () => new Uint8Array(16) });
  const verdict = verifySdJwt(issued, { issuer: key.publicKey, second });
  assert.ok(verdict.accepted);
  assert.deepEqual(Object.keys(verdict.value.claims).sort(), ["__proto__", "a"]);
  assert.equal((verdict.value.claims as { isAdmin?: boolean }).isAdmin, undefined);
});

Deno.test("hidden claims leave no trace of their order, and decoys look like claims", () => {
  let salts = 0;
  const salt = () => new Uint8Array(16).fill(++salts);
  const issued = issueSdJwt({ a: 1, b: 2, list: ["x"] }, {
    frame: { _sd: ["a", "b"], _sd_decoy: 3, list: { _sd: [0], _sd_decoy: 2 } },
    key,
    salt,
  });
  const payload = JSON.parse(atob(issued.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
  assert.equal(payload._sd.length, 5);
  assert.deepEqual(payload._sd, [...payload._sd].sort());
  assert.equal(payload.list.length, 3);
  assert.equal(issued.split("~").length, 1 + 3 + 1);
  assert.throws(() => issueSdJwt({ a: 1 }, { frame: { _sd: ["b"] }, key, salt }), /"b": it is not there/);
  assert.throws(() => issueSdJwt({ a: [1] }, { frame: { a: { _sd: [1] } }, key, salt }), /element 1/);
  assert.throws(() => issueSdJwt({ _sd: 1 }, { frame: {}, key, salt }), TypeError);
  assert.throws(() => presentSdJwt("junk", {}), SyntaxError);
});

Deno.test("a membership is refused with another person, value, root, or an attribute left out", () => {
  const roll = {
    count: 6,
    attributes: ["realName", "consent"],
    value: (person: number, k: number) => person + k,
    salt: (person: number, k: number, out: Uint8Array) => void out.fill(person * 2 + k),
  };
  const tree = enrol(roll),
    root = publishRoot(tree, { attributes: roll.attributes, key: authority, from, until });
  const good = openLeaf(roll, { tree, person: 3, shown: ["consent"] });
  const reason = (membership: unknown, more = {}) =>
    reasonOf(verifyMembership(membership, { root, issuer, second, ...more }));
  assert.equal(reason(good), "accepted");
  assert.equal(reason({ ...good, person: 2 }), "notInTree");
  assert.equal(reason({ ...good, person: 6 }), "outOfRange");
  assert.equal(reason({ ...good, path: good.path.slice(1) }), "wrongLength");
  const lie = { ...good.shown.consent, value: 1 };
  assert.equal(reason({ ...good, shown: { consent: lie } }), "notInTree");
  assert.equal(reason({ ...good, hidden: {} }), "malformed");
  assert.equal(reason({ ...good, hidden: { other: good.hidden.realName } }), "missingClaim");
  assert.equal(
    reason(good, { root: publishRoot(tree, { attributes: roll.attributes, key: mallory, from, until }) }),
    "wrongIssuer",
  );
  assert.equal(reason(good, { second: until }), "expired");
  // What has to be seen must be opened: to cover it, or to quote the commitment as if it were open, shows nothing.
  const required = ["consent"], covered = openLeaf(roll, { tree, person: 3, shown: [] });
  assert.equal(reason(good, { required }), "accepted");
  assert.equal(reason(covered, { required }), "missingClaim");
  const quoted = { ...good, shown: { consent: covered.hidden.consent } };
  assert.equal(reason(quoted), "missingClaim");
  assert.equal(reason({ ...good, hidden: { realName: covered.hidden.consent } }), "notInTree");
  assert.equal(
    reason({ ...good, hidden: { realName: { salt: "AAAAAAAAAAAAAAAAAAAAAA", value: 3 } } }),
    "missingClaim",
  );
  // People who are enrolled together count on from the first of them.
  const batch = { ...roll, first: 4, count: 2 }, pair = enrol(batch);
  const pairRoot = publishRoot(pair, { ...batch, key: authority, from, until });
  const fifth = openLeaf(batch, { tree: pair, person: 5, shown: ["consent"] });
  const inBatch = verifyMembership(fifth, { root: pairRoot, issuer, second });
  assert.deepEqual(inBatch.accepted && inBatch.value, { person: 5, values: { consent: 6 } });
  assert.equal(reason({ ...fifth, person: 4 }, { root: pairRoot }), "notInTree");
  assert.equal(reason({ ...fifth, person: 1 }, { root: pairRoot }), "outOfRange");
  assert.equal(reason(good, { root: pairRoot }), "outOfRange");
  const shifted = publishRoot(pair, { ...batch, first: 3, key: authority, from, until });
  assert.equal(reason({ ...fifth, person: 4 }, { root: shifted }), "notInTree");
  assert.throws(() => openLeaf(batch, { tree: pair, person: 3, shown: [] }), RangeError);
  assert.throws(() => enrol({ ...roll, first: 0xffff_fffb }), /numbers are 0 to 4294967295/);
  assert.throws(() => enrol({ ...roll, first: -1 }), RangeError);
  assert.throws(() => enrol({ ...roll, count: 0 }), RangeError);
  assert.throws(() => enrol({ ...roll, value: () => 0.5 }), RangeError);
  assert.throws(
    () => openLeaf(roll, { tree, person: 3, shown: ["born"] }),
    /"born": enrolled are realName, consent/,
  );
});

Deno.test("moments are read with their zones, and moments that do not exist are refused", () => {
  assert.equal(secondOf("1970-01-01T08:00:00+08:00"), 0);
  assert.equal(secondOf("1969-12-31T19:00:00.25-05:00"), 0);
  for (
    const text of [
      "2023-02-29T00:00:00Z",
      "2023-01-01T24:00:00Z",
      "2023-01-01T00:00:00",
      "2023-01-01",
      "",
      "now",
    ]
  ) {
    assert.throws(() => secondOf(text), SyntaxError);
  }
  assert.throws(() => secondOf(0), TypeError);
});
