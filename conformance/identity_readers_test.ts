import assert from "node:assert/strict";
import { hashForProof, signDocument } from "#/model/identity/data_integrity.ts";
import { didKey, verificationMethodOf } from "#/model/identity/did_key.ts";
import { keyFromSeed, sign } from "#/model/identity/ed25519.ts";
import { fromMultibase, toMultibase } from "#/model/identity/multibase.ts";
import { StatusList } from "#/model/identity/status_list.ts";
import type { Reader } from "./case.ts";
import { dataIntegrityCases } from "./readers/data_integrity.ts";
import { didKeyCases } from "./readers/did_key.ts";
import { oneTimeCodeCases } from "./readers/one_time_codes.ts";
import { sdJwtCases } from "./readers/sd_jwt.ts";
import { signatureCases, wycheproofCases } from "./readers/signatures.ts";
import { statusListCases } from "./readers/status_list.ts";
import { runSets } from "./run.ts";

/** The statuses that a reader gives to a file. */
const statuses = (reader: Reader, file: unknown) => reader(JSON.stringify(file)).map(({ status }) => status);

const seed = new Uint8Array(32).fill(4), key = keyFromSeed(seed), message = Uint8Array.of(1, 2);

Deno.test("signatures fail on another key or signature; Wycheproof on the other result or an unknown kind", () => {
  const good = {
    name: "a",
    sk: seed.toHex(),
    pk: key.publicKey.toHex(),
    msg: message.toHex(),
    sig: sign(message, key).toHex(),
  };
  const bent = { ...good, sig: good.sig.replace(/^./, (digit) => digit === "0" ? "1" : "0") };
  assert.deepEqual(
    statuses(signatureCases, { cases: [good, bent, { ...good, pk: bent.sig.slice(0, 64) }] }),
    [
      "passed",
      "failed",
      "failed",
    ],
  );
  const test = (sig: string, result: string) => ({ tcId: 1, comment: "", msg: good.msg, sig, result });
  const tests = [
    test(good.sig, "valid"),
    test(bent.sig, "invalid"),
    test(good.sig, "invalid"),
    test(bent.sig, "valid"),
    test(good.sig, "acceptable"),
  ];
  const group = { type: "EddsaVerify", publicKey: { pk: good.pk }, tests };
  assert.deepEqual(
    statuses(wycheproofCases, { testGroups: [group, { ...group, type: "X", tests: [tests[0]] }] }),
    [
      "passed",
      "passed",
      "failed",
      "failed",
      "failed",
      "failed",
    ],
  );
});

Deno.test("identifiers fail where they are no did:key, or are said to be of another type", () => {
  const did = didKey(key.publicKey), secp = "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";
  const file = {
    ids: [did, secp, "did:web:a", did.slice(0, -1)],
    prefix_by_key_type: { z6Mk: "Ed25519 (0xed01)" },
  };
  assert.deepEqual(statuses(didKeyCases, file), ["passed", "passed", "failed", "failed"]);
  assert.deepEqual(statuses(didKeyCases, { ids: [did], prefix_by_key_type: { z6Mk: "P-256 (0x1200)" } }), [
    "failed",
  ]);
  assert.deepEqual(statuses(didKeyCases, { some_document: { id: did }, other: 1 }), ["failed", "failed"]);
});

Deno.test("one-time codes fail on another digit, and a part that nobody reads fails", () => {
  const file = {
    hotp: {
      secret_ascii: "12345678901234567890",
      digits: 6,
      algorithm: "SHA1",
      values: [{ counter: 0, value: "755224" }, { counter: 0, value: "755225" }],
    },
    totp: [{ time: 59, SHA1: "94287082" }, { time: 60, SHA1: "94287082" }],
    totp_secrets_ascii: { SHA1: "12345678901234567890" },
    digits: 8,
    period: 30,
    ocra: [],
  };
  assert.deepEqual(statuses(oneTimeCodeCases, file), ["passed", "failed", "passed", "failed", "failed"]);
});

Deno.test("status lists are compared bit by bit, and refusals must be refusals", () => {
  const list = new StatusList(100), name = "a";
  list.set(9, true);
  const encodedList = list.encode();
  const file = {
    cases: [
      { name, length: 100, set: [9], encodedList },
      { name, length: 100, set: [8], encodedList },
      { name, length: 200, set: [9], encodedList },
    ],
    w3c_spec_encodedLists: [new StatusList(8).encode(), encodedList],
    negative: [
      { input: "", expect: "error" },
      { input: encodedList, expect: "error" },
      { length: 8, getStatus: 8, expect: 'error: "0-7"' },
      { length: 8, getStatus: 7, expect: "error" },
      { setStatus: [0, "x"], expect: "TypeError" },
      { setStatus: [9, true], expect: "TypeError" },
      { unheard: 1, expect: "error" },
    ],
  };
  assert.deepEqual(statuses(statusListCases, file), [
    ...["passed", "failed", "failed"],
    ...["passed", "failed"],
    ...["passed", "failed", "passed", "failed", "passed", "failed", "failed"],
  ]);
});

Deno.test("shown claims are compared whole; only an object emptied by hiding may be left out", () => {
  const one = {
    index: 0,
    name: "a",
    claims: { person: { name: "Li", born: 1990 }, city: "Wuhan" },
    disclosureFrame: { person: { _sd: ["name", "born"] } },
    presentationFrames: { person: { name: true } },
    presentedClaims: { person: { name: "Li" }, city: "Wuhan" },
    requiredClaimKeys: ["person.born", "city"],
  };
  const none = { ...one, presentationFrames: {} };
  const file = {
    cases: [
      one,
      { ...one, presentedClaims: { person: { name: "Wang" }, city: "Wuhan" } },
      { ...one, presentedClaims: one.claims },
      { ...one, requiredClaimKeys: ["person.age"] },
      { ...none, presentedClaims: { person: {}, city: "Wuhan" } },
      { ...none, presentedClaims: { city: "Wuhan" } },
      { ...none, presentedClaims: {} },
    ],
    rfc9901_must_reject: ["duplicate digest in one _sd array", "a rule of tomorrow"],
  };
  assert.deepEqual(statuses(sdJwtCases, file), [
    ...["passed", "failed", "failed", "failed", "passed", "passed", "failed"],
    ...["passed", "failed"],
  ]);
});

/** The files of one signed document in the form of the published folder. */
function folder(): Map<string, string> {
  const did = didKey(key.publicKey), verificationMethod = verificationMethodOf(did);
  const document = { "@context": ["urn:a"], limit: 5 };
  const options = {
    created: "2023-02-24T23:36:38Z",
    verificationMethod,
    proofPurpose: "assertionMethod",
  } as const;
  const config = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    ...options,
    "@context": ["urn:a"],
  };
  const signed = signDocument(document, { key, options }),
    value = (signed.proof as { proofValue: string }).proofValue;
  const hashed = hashForProof(document, config);
  const privateKeyMultibase = toMultibase(Uint8Array.of(0x80, 0x26, ...seed), { base: "z" });
  return new Map([
    ["keyPair.json", JSON.stringify({ publicKeyMultibase: did.slice(8), privateKeyMultibase })],
    ["jcs/canonDocJCS.txt", hashed.canonicalDocument],
    ["jcs/combinedHashJCS.txt", hashed.combined.toHex()],
    ["jcs/docHashJCS.txt", hashed.documentHash.toHex()],
    ["jcs/proofCanonJCS.txt", hashed.canonicalProof],
    ["jcs/proofConfigJCS.json", JSON.stringify(config)],
    ["jcs/proofHashJCS.txt", hashed.proofHash.toHex()],
    ["jcs/sigBTC58JCS.txt", value],
    ["jcs/sigHexJCS.txt", fromMultibase(value).toHex()],
    ["jcs/signedJCS.json", JSON.stringify(signed)],
  ]);
}

Deno.test("each step of a signed document is a case, and each file can fail one", () => {
  const whole = dataIntegrityCases(folder());
  assert.equal(whole.length, 9);
  assert.deepEqual(whole.filter(({ status }) => status !== "passed"), []);
  for (const [path, text] of folder()) {
    if (!path.endsWith(".txt")) continue;
    const bent = folder().set(path, text.replace(/.$/, (last) => last === "1" ? "2" : "1"));
    assert.ok(dataIntegrityCases(bent).some(({ status }) => status === "failed"), path);
  }
});

Deno.test("of the RDF suite hashes and signatures are checked, forms wait, and an unknown suite fails", () => {
  const rdf = folder();
  const config = JSON.parse(rdf.get("jcs/proofConfigJCS.json")!);
  rdf.set("jcs/proofConfigJCS.json", JSON.stringify({ ...config, cryptosuite: "eddsa-rdfc-2022" }));
  assert.deepEqual(dataIntegrityCases(rdf).map(({ status }) => status), [
    "passed",
    "skipped",
    "passed",
    "passed",
  ]);
  rdf.set("jcs/docHashJCS.txt", "00");
  assert.deepEqual(dataIntegrityCases(rdf).map(({ status }) => status), [
    "passed",
    "skipped",
    "failed",
    "passed",
  ]);
  rdf.set("jcs/proofConfigJCS.json", JSON.stringify({ ...config, cryptosuite: "bbs-2023" }));
  assert.deepEqual(dataIntegrityCases(rdf).map(({ status }) => status), ["passed", "failed"]);
});

Deno.test("a set that is a folder is read as a whole, once", () => {
  const seen: string[][] = [];
  const registry = {
    "pay/signed/": {
      folder: (files: ReadonlyMap<string, string>) => {
        seen.push([...files].map(([path, text]) => `${path}=${text}`));
        return [{ name: "a", status: "passed" as const }];
      },
    },
  };
  const paths = ["pay/signed/b/c.txt", "pay/signed/a.json"];
  const results = runSets({ paths, read: (path) => path.slice(-3) }, registry);
  assert.deepEqual(seen, [["a.json=son", "b/c.txt=txt"]]);
  assert.deepEqual(results.map(({ set, cases }) => [set, cases.length]), [["pay/signed/", 1]]);
});
