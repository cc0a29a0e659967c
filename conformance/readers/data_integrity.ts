// pay/w3c_vc_di_eddsa/: credentials signed with Data Integrity, step by step, in one folder for each suite.
//
// The suite eddsa-jcs-2022 is checked whole. Of eddsa-rdfc-2022 the hashes and signatures are checked from the
// canonical forms that the files give; making those forms needs RDF canonicalisation, which the project lacks.

import assert from "node:assert/strict";
import { sha256 } from "#/model/identity/bytes.ts";
import {
  cryptosuite,
  type Document,
  hashForProof,
  signDocument,
  verifyDocument,
} from "#/model/identity/data_integrity.ts";
import { didKey, readVerificationMethod } from "#/model/identity/did_key.ts";
import { keyFromSeed, type SigningKey, verifySignature } from "#/model/identity/ed25519.ts";
import { fromMultibase, toMultibase } from "#/model/identity/multibase.ts";
import { type CaseResult, examine, lacking, unread } from "../case.ts";

type Files = ReadonlyMap<string, string>;
interface KeyPair {
  publicKeyMultibase: string;
  privateKeyMultibase: string;
}

const canonicalRdf = "RDF canonicalisation";

/** Reads the folder: key pairs, then each sub-folder by the suite that its proof names. */
export function dataIntegrityCases(files: Files): CaseResult[] {
  const pairs = new Map<string, SigningKey>(), cases: CaseResult[] = [];
  for (const [path, text] of files) {
    if (!/keyPairs?\.json$/i.test(path)) continue;
    for (const [name, pair] of pairsOf(JSON.parse(text))) {
      cases.push(examine(`${path} ${name}`.trim(), () => {
        const key = keyFromSeed(seedOf(pair.privateKeyMultibase));
        assert.equal(didKey(key.publicKey), `did:key:${pair.publicKeyMultibase}`);
        pairs.set(pair.publicKeyMultibase, key);
      }));
    }
  }
  const folders = new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf("/") + 1)));
  for (const folder of folders) if (folder !== "") cases.push(...suiteCases(folder, files, pairs));
  return cases;
}

const pairsOf = (file: KeyPair | Record<string, KeyPair>): [string, KeyPair][] =>
  "privateKeyMultibase" in file ? [["", file as KeyPair]] : Object.entries(file as Record<string, KeyPair>);

/** The seed behind the multicodec prefix of Ed25519 private keys, 0x1300 as a varint. */
function seedOf(multibase: string): Uint8Array {
  const coded = fromMultibase(multibase, { base: "z" });
  assert.deepEqual([...coded.slice(0, 2)], [0x80, 0x26]);
  return coded.slice(2);
}

function suiteCases(folder: string, files: Files, pairs: Map<string, SigningKey>): CaseResult[] {
  const inside = new Map(
    [...files].filter(([path]) => path.startsWith(folder) && !path.slice(folder.length).includes("/"))
      .map(([path, text]) => [path.slice(folder.length), text]),
  );
  const config = [...inside].find(([name]) => /^proof\w*Config\w*\.json$/.test(name));
  if (!config) return [unread(folder, "a folder without a proof")];
  const options = JSON.parse(config[1]) as Document;
  if (options.cryptosuite !== cryptosuite && options.cryptosuite !== "eddsa-rdfc-2022") {
    return [unread(folder, `suite "${options.cryptosuite}"`)];
  }
  if (options.cryptosuite === cryptosuite) return wholeSuite(folder, inside, { options, pairs });
  return rdfSuite(folder, inside, options);
}

/** The file of a folder whose name starts like this. */
function part(inside: Files, start: string): string {
  const found = [...inside].find(([name]) => name.startsWith(start));
  assert.ok(found, `the folder has no file ${start}…`);
  return found[1];
}

/** The same without line ends at the end, for texts that have none of their own. */
const line = (inside: Files, start: string): string => part(inside, start).trimEnd();

function wholeSuite(
  folder: string,
  inside: Files,
  { options, pairs }: { options: Document; pairs: Map<string, SigningKey> },
): CaseResult[] {
  const signed = JSON.parse(part(inside, "signed")) as Document & { proof: Document };
  const { proof, ...document } = signed;
  const own = hashForProof(document, options);
  const { type: _type, cryptosuite: _suite, "@context": _context, ...given } = options;
  const key = pairs.get(String(options.verificationMethod).split("#")[1])!;
  const resigned = () =>
    signDocument(document, {
      key,
      options: given as unknown as Parameters<typeof signDocument>[1]["options"],
    });
  const steps: Record<string, () => void> = {
    "canonical document": () => assert.equal(own.canonicalDocument, line(inside, "canonDoc")),
    "canonical proof": () => assert.equal(own.canonicalProof, line(inside, "proofCanon")),
    "hash of the document": () => assert.equal(own.documentHash.toHex(), line(inside, "docHash")),
    "hash of the proof": () => assert.equal(own.proofHash.toHex(), line(inside, "proofHash")),
    "both hashes": () => assert.equal(own.combined.toHex(), line(inside, "combinedHash")),
    "signature": () => {
      const value = (resigned().proof as { proofValue: string }).proofValue;
      assert.equal(value, line(inside, "sigBTC58"));
      assert.equal(fromMultibase(value).toHex(), line(inside, "sigHex"));
    },
    "signed document": () => assert.deepEqual(resigned(), signed),
    "verification": () => {
      const expected = { purpose: "assertionMethod", second: 4e9 } as const;
      assert.ok(verifyDocument(signed, expected).accepted, "the signed document is refused");
      const other = verifyDocument(
        { ...signed, proof: { ...proof, created: "2023-02-24T23:36:39Z" } },
        expected,
      );
      assert.ok(!other.accepted && other.reason === "badSignature", "another proof is accepted");
    },
  };
  return Object.entries(steps).map(([name, step]) => examine(`${folder} ${name}`, step));
}

function rdfSuite(folder: string, inside: Files, options: Document): CaseResult[] {
  const hasForms = [...inside.keys()].some((name) => name.startsWith("canonDoc"));
  if (!hasForms) {
    const signed = [...inside.keys()].filter((name) => name.startsWith("signed"));
    return signed.map((name) => lacking(`${folder} ${name}`, canonicalRdf));
  }
  return [
    lacking(`${folder} canonical forms`, canonicalRdf),
    examine(`${folder} hashes`, () => {
      const documentHash = sha256(part(inside, "canonDoc")).toHex(),
        proofHash = sha256(part(inside, "proofCanon")).toHex();
      assert.equal(documentHash, line(inside, "docHash"));
      assert.equal(proofHash, line(inside, "proofHash"));
      assert.equal(proofHash + documentHash, line(inside, "combinedHash"));
    }),
    examine(`${folder} signature`, () => {
      const method = readVerificationMethod(options.verificationMethod);
      assert.ok(method.accepted, "the verification method is refused");
      const signature = Uint8Array.fromHex(line(inside, "sigHex"));
      const message = Uint8Array.fromHex(line(inside, "combinedHash"));
      assert.ok(
        verifySignature(signature, { message, publicKey: method.value.publicKey }),
        "the signature does not fit",
      );
      assert.equal(toMultibase(signature, { base: "z" }), line(inside, "sigBTC58"));
    }),
  ];
}
