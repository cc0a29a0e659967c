import assert from "node:assert/strict";
import fc from "fast-check";
import { hashForProof, signDocument, verifyDocument } from "./data_integrity.ts";
import { didDocument, didKey, keyTypes, readDidKey, readVerificationMethod } from "./did_key.ts";
import { keyFromSeed, sign, verifySignature } from "./ed25519.ts";
import { leafHash, merklePath, merkleTree, rootOf, verifyMerklePath } from "./merkle.ts";
import { fromMultibase, toMultibase } from "./multibase.ts";
import { checkTimedCode, counterCode, timedCode } from "./one_time_code.ts";
import { StatusList } from "./status_list.ts";

const hex = (text: string) => Uint8Array.fromHex(text);

Deno.test("Ed25519 signs as RFC 8032, section 7.1, TEST 3", () => {
  const key = keyFromSeed(hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
  const message = hex("af82"), signature = sign(message, key);
  assert.equal(
    signature.toHex(),
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" +
      "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  );
  assert.equal(verifySignature(signature, { message: hex("af83"), publicKey: key.publicKey }), false);
  for (const cut of [0, 1, 63]) {
    assert.equal(verifySignature(signature.slice(0, cut), { message, publicKey: key.publicKey }), false);
  }
  assert.throws(() => keyFromSeed(new Uint8Array(31)), /seed of 31 bytes: 32 are needed/);
});

Deno.test("a did:key of Ed25519 gives the document of the did:key specification", () => {
  const id = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", did = `did:key:${id}`;
  const document = didDocument(did);
  assert.ok(document.accepted);
  assert.deepEqual(document.value.assertionMethod, [`${did}#${id}`]);
  assert.equal(
    document.value.keyAgreement?.[0].publicKeyMultibase,
    "z6LSj72tK8brWgZja8NLRwPigth2T9QRiG1uH9oKZuKjdh9p",
  );
  const plain = didDocument(did, { keyAgreement: false });
  assert.ok(plain.accepted && plain.value.keyAgreement === undefined);
});

Deno.test("other DID methods, unknown types of key and wrong lengths are refused by name", () => {
  const refused = (did: string) => {
    const read = readVerificationMethod(`${did}#${did.slice("did:key:".length)}`);
    assert.ok(!read.accepted);
    return `${read.reason}: ${read.detail}`;
  };
  assert.match(refused("did:web:shop.example"), /^unknownMethod: did:web/);
  assert.match(
    refused("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"),
    /^unknownKeyType: secp256k1/,
  );
  const bare = (bytes: number[]) => `did:key:${toMultibase(Uint8Array.from(bytes), { base: "z" })}`;
  assert.match(refused(bare([0x12, 0x20, 1, 2])), /^unknownKeyType: multicodec 1220/);
  assert.match(refused(bare([0xed, 0x01, 1, 2])), /^wrongLength: a Ed25519 key has 32 bytes, this one has 2/);
  assert.match(refused("did:key:z0OIl"), /^malformed: Cannot read base58: "0"/);
  assert.throws(() => didKey(new Uint8Array(31)), RangeError);
});

Deno.test("keys of every type come back from their identifiers", () => {
  const types = Object.keys(keyTypes) as (keyof typeof keyTypes)[];
  const keys = fc.constantFrom(...types).chain((keyType) =>
    fc.uint8Array({ minLength: keyTypes[keyType].length, maxLength: keyTypes[keyType].length })
      .map((bytes) => ({ keyType, bytes }))
  );
  fc.assert(
    fc.property(keys, ({ keyType, bytes }) => {
      const read = readDidKey(didKey(bytes, keyType));
      assert.deepEqual(read, { accepted: true, value: { keyType, bytes } });
    }),
    { seed: 301 },
  );
});

Deno.test("bytes come back from both bases of multibase", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.constantFrom("z" as const, "u" as const),
      (bytes, base) => {
        assert.deepEqual(fromMultibase(toMultibase(bytes, { base }), { base }), bytes);
      },
    ),
    { seed: 302 },
  );
});

Deno.test("eddsa-jcs-2022 signs as the W3C test vector, hash by hash", () => {
  // W3C vc-di-eddsa, test vectors eddsa-jcs-2022; the key pair is public.
  const multibase = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
  const key = keyFromSeed(fromMultibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq").slice(2));
  const context = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"];
  const document = {
    "@context": context,
    id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    type: ["VerifiableCredential", "AlumniCredential"],
    name: "Alumni Credential",
    description: "A minimum viable example of an Alumni Credential.",
    issuer: "https://vc.example/issuers/5678",
    validFrom: "2023-01-01T00:00:00Z",
    credentialSubject: { id: "did:example:abcdefgh", alumniOf: "The School of Examples" },
  };
  const options = {
    created: "2023-02-24T23:36:38Z",
    verificationMethod: `did:key:${multibase}#${multibase}`,
    proofPurpose: "assertionMethod",
  } as const;
  const config = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    ...options,
    "@context": context,
  };
  const { documentHash, proofHash } = hashForProof(document, config);
  assert.equal(documentHash.toHex(), "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19");
  assert.equal(proofHash.toHex(), "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db");
  const signed = signDocument(document, { key, options });
  assert.equal(
    (signed.proof as { proofValue: string }).proofValue,
    "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
  );
  assert.ok(verifyDocument(signed, { purpose: "assertionMethod", second: 2e9 }).accepted);
});

Deno.test("a proof chain holds only with the proofs that it builds on", () => {
  const keys = [1, 2].map((n) => keyFromSeed(new Uint8Array(32).fill(n)));
  const methods = keys.map(({ publicKey }) => didKey(publicKey)).map((did) => `${did}#${did.slice(8)}`);
  const expected = { purpose: "assertionMethod", second: 0 } as const;
  const purpose = { proofPurpose: "assertionMethod" } as const;
  const one = signDocument({ limit: 5 }, {
    key: keys[0],
    options: { id: "urn:first", verificationMethod: methods[0], ...purpose },
  });
  const chain = { verificationMethod: methods[1], previousProof: "urn:first", ...purpose };
  const two = signDocument(one, { key: keys[1], options: chain });
  const verdict = verifyDocument(two, expected);
  assert.ok(verdict.accepted);
  assert.deepEqual(verdict.value.signers, methods.map((method) => method.split("#")[0]));
  const [, last] = two.proof as unknown as unknown[];
  const torn = verifyDocument({ limit: 5, proof: last }, expected);
  assert.ok(!torn.accepted && torn.reason === "missingProof");
  // Another proof under the same name does not stand in for the first.
  const other = signDocument({ limit: 5 }, {
    key: keys[1],
    options: { id: "urn:first", verificationMethod: methods[1], ...purpose },
  });
  const swapped = verifyDocument({ limit: 5, proof: [other.proof, last] }, expected);
  assert.ok(!swapped.accepted && swapped.reason === "badSignature");
  assert.throws(() => signDocument({ limit: 5 }, { key: keys[1], options: chain }), /"urn:first"/);
});

Deno.test("Merkle roots are those of the Certificate Transparency test tree", () => {
  const data = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ];
  const rootOfFirst = (n: number) =>
    rootOf(merkleTree(Uint8Array.from(data.slice(0, n).flatMap((one) => [...leafHash(hex(one))])))).toHex();
  assert.equal(rootOfFirst(1), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  assert.equal(rootOfFirst(3), "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
  assert.equal(rootOfFirst(7), "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
  assert.equal(rootOfFirst(8), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
});

Deno.test("a Merkle path proves its own leaf at its own place and nothing else", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, c) => {
      const leaves = Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i)));
      const tree = merkleTree(Uint8Array.from(leaves.flatMap((leaf) => [...leaf]))), root = rootOf(tree);
      const index = a % size, path = merklePath(tree, index), leaf = leaves[index];
      const accepted = (path: Uint8Array[], more = {}) =>
        verifyMerklePath(path, { root, size, index, leaf, ...more }).accepted;
      assert.ok(accepted(path));
      const other = b % size;
      assert.equal(accepted(path, { index: other }), other === index);
      assert.equal(accepted(path, { leaf: leaves[other] }), other === index);
      assert.equal(accepted([...path, leaf]), false);
      if (path.length > 0) {
        assert.equal(accepted(path.slice(1)), false);
        const bent = path.map((hash) => hash.slice());
        bent[c % path.length][c % 32] ^= 1 << c % 8;
        assert.equal(accepted(bent), false);
      }
    }),
    { seed: 303 },
  );
});

Deno.test("one-time codes keep leading zeros and are taken once, within a period of drift", () => {
  const secret = new TextEncoder().encode("12345678901234567890");
  assert.equal(timedCode(secret, 1111111109, { digits: 8 }), "07081804");
  assert.equal(counterCode(secret, 2 ** 40), counterCode(secret, 2 ** 40));
  const at = 90_000,
    code = timedCode(secret, at),
    check = (second: number, more = {}) => checkTimedCode(code, { secret, second, ...more });
  const taken = check(at);
  assert.ok(taken.accepted);
  assert.ok(check(at + 30).accepted);
  for (const late of [check(at + 60), check(at - 60), check(at, { lastStep: taken.value.step })]) {
    assert.ok(!late.accepted && late.reason === "wrongCode");
  }
  for (const junk of ["12345", "1234567", "12345a", 123456, null, undefined, ["123456"]]) {
    const refused = checkTimedCode(junk, { secret, second: at });
    assert.ok(!refused.accepted && refused.reason === "malformed");
  }
  assert.throws(() => counterCode(secret, -1), RangeError);
  assert.throws(() => counterCode(secret.slice(0, 8), 0), RangeError);
});

Deno.test("a status list has index 0 at the top bit of byte 0 and comes back bit by bit", () => {
  // W3C Bitstring Status List, example: 131,072 zeros.
  const zeros = StatusList.decode("uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA");
  assert.equal(zeros.length, 131_072);
  assert.ok(zeros.bytes.every((byte) => byte === 0));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.array(fc.nat(), { maxLength: 20 }), (length, picks) => {
      const list = new StatusList(length), on = new Set(picks.map((pick) => pick % length));
      for (const index of on) list.set(index, true);
      const back = StatusList.decode(list.encode(), { length });
      for (let i = 0; i < length; i++) {
        assert.equal(back.at(i), on.has(i));
        assert.equal((back.bytes[Math.floor(i / 8)] >> 7 - i % 8 & 1) === 1, on.has(i));
      }
      for (const index of on) back.set(index, false);
      assert.ok(back.bytes.every((byte) => byte === 0));
    }),
    { seed: 304 },
  );
});

Deno.test("a status list that is cut, of another length, or no list is refused with one clear error", () => {
  const encoded = new StatusList(1_000).encode();
  assert.throws(() => StatusList.decode(encoded.slice(1)), /"encodedList" must start with the character "u"/);
  assert.throws(() => StatusList.decode(""), SyntaxError);
  assert.throws(() => StatusList.decode(encoded.slice(0, 20)), /no whole GZIP stream/);
  assert.throws(
    () => StatusList.decode(encoded, { length: 2_000 }),
    /125 bytes, a list of 2000 entries has 250/,
  );
  assert.throws(() => StatusList.decode(7), TypeError);
  assert.throws(() => new StatusList(8).at(8), /Position "8" is out of range "0-7"/);
  assert.throws(() => new StatusList(8).set(0, "yes" as unknown as boolean), TypeError);
});
