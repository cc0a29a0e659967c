// pay/ed25519_rfc8032.json and pay/wycheproof_ed25519.json: Ed25519 signatures, good and bad.

import assert from "node:assert/strict";
import { keyFromSeed, sign, verifySignature } from "#/model/identity/ed25519.ts";
import { type CaseResult, examine, unread } from "../case.ts";

const bytes = (hex: string) => Uint8Array.fromHex(hex);

/** Reads keys, messages and signatures in hexadecimal: the key follows from its seed, the signature from both. */
export function signatureCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as {
    cases: { name: string; sk: string; pk: string; msg: string; sig: string }[];
  };
  return file.cases.map(({ name, sk, pk, msg, sig }) =>
    examine(name, () => {
      const key = keyFromSeed(bytes(sk)), message = bytes(msg);
      assert.equal(key.publicKey.toHex(), pk);
      assert.equal(sign(message, key).toHex(), sig);
      assert.ok(
        verifySignature(bytes(sig), { message, publicKey: bytes(pk) }),
        "its own signature is refused",
      );
    })
  );
}

interface Wycheproof {
  testGroups: {
    type: string;
    publicKey: { pk: string };
    tests: { tcId: number; comment?: string; msg: string; sig: string; result: string }[];
  }[];
}

/** Reads Wycheproof's verification cases: each signature is valid or not. */
export function wycheproofCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as Wycheproof;
  return file.testGroups.flatMap(({ type, publicKey: { pk }, tests }) =>
    tests.map(({ tcId, comment, msg, sig, result }) => {
      const name = `${tcId} ${comment ?? ""}`.trim();
      if (type !== "EddsaVerify") return unread(name, `type "${type}"`);
      if (result !== "valid" && result !== "invalid") return unread(name, `result "${result}"`);
      return examine(name, () => {
        const own = verifySignature(bytes(sig), { message: bytes(msg), publicKey: bytes(pk) });
        assert.equal(own ? "valid" : "invalid", result);
      });
    })
  );
}
