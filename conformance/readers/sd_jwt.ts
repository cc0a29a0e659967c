// pay/sd_jwt_cases.json: what is shown of claims, and the tokens that RFC 9901 tells to refuse.

import assert from "node:assert/strict";
import { digestOf, type Disclosure, makeDisclosure } from "#/model/identity/disclosure.ts";
import { keyFromSeed } from "#/model/identity/ed25519.ts";
import { signJws } from "#/model/identity/jws.ts";
import {
  type Claims,
  type DisclosureFrame,
  issueSdJwt,
  type PresentationFrame,
  presentSdJwt,
  sdJwtType,
} from "#/model/identity/sd_jwt.ts";
import { verifySdJwt } from "#/model/identity/sd_jwt_verify.ts";
import type { Refusal } from "#/model/identity/verdict.ts";
import { type CaseResult, examine, unread } from "../case.ts";

interface Case {
  index: number;
  name: string;
  claims: Claims;
  disclosureFrame: DisclosureFrame;
  presentationFrames: PresentationFrame;
  presentedClaims: Claims;
  requiredClaimKeys: string[];
}

const key = keyFromSeed(new Uint8Array(32).fill(1)), issuer = key.publicKey, second = 0;

/** Reads a case for each set of claims, and one for each rule of refusal. */
export function sdJwtCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as { cases: Case[]; rfc9901_must_reject: string[] };
  return [
    ...file.cases.map((one) => examine(`${one.index} ${one.name}`, () => checkCase(one))),
    ...file.rfc9901_must_reject.map((rule) => {
      const token = tokens[Object.keys(tokens).find((start) => rule.startsWith(start)) ?? ""];
      if (!token) return unread(rule, "this rule");
      return examine(rule, () => {
        const { text, reason } = token();
        const verdict = verifySdJwt(text, { issuer, second });
        assert.ok(!verdict.accepted, "the token is accepted");
        assert.equal(verdict.reason, reason);
      });
    }),
  ];
}

function checkCase(
  { claims, disclosureFrame, presentationFrames, presentedClaims, requiredClaimKeys }: Case,
): void {
  let salts = 0;
  const salt = () => new Uint8Array(16).fill(++salts);
  const issued = issueSdJwt(claims, { frame: disclosureFrame, key, salt });
  const required = requiredClaimKeys.map((path) => path.split("."));
  const whole = verifySdJwt(issued, { issuer, second, required });
  assert.ok(whole.accepted, "the issued token is refused");
  assert.deepEqual(whole.value.claims, claims);
  const shown = verifySdJwt(presentSdJwt(issued, presentationFrames), { issuer, second });
  assert.ok(shown.accepted, "the presented token is refused");
  try {
    assert.deepEqual(shown.value.claims, presentedClaims);
  } catch (error) {
    // RFC 9901, section 7.1, keeps an object of which nothing is shown as {}; the set's file leaves it out in one case
    // (array_none_disclosed), which its source states but does not run. Nothing else may differ.
    try {
      assert.deepEqual(withoutEmptied(shown.value.claims, claims), presentedClaims);
    } catch {
      throw error;
    }
  }
}

/** Claims without the members that were objects with content and show none of it. */
function withoutEmptied(shown: Claims, whole: Claims): Claims {
  const isEmpty = (value: unknown) => JSON.stringify(value) === "{}";
  return Object.fromEntries(
    Object.entries(shown).filter(([name, value]) => !isEmpty(value) || isEmpty(whole[name])),
  );
}

const hidden = (value: unknown, name?: string) => makeDisclosure(new Uint8Array(16).fill(7), value, name);
const asDigest = ({ encoded }: Disclosure) => digestOf(encoded, "sha-256");

/** A signed token whose payload and disclosures do not belong together. */
function token(
  reason: Refusal,
  payload: Claims,
  disclosures: Disclosure[],
): { text: string; reason: Refusal } {
  const jws = signJws(payload, { key, type: sdJwtType });
  return { text: [jws, ...disclosures.map(({ encoded }) => encoded), ""].join("~"), reason };
}

/** A token for each rule, by how the rule starts. */
const tokens: Record<string, () => { text: string; reason: Refusal }> = {
  "duplicate digest in one _sd array": () => {
    const name = hidden("Li", "name");
    return token("duplicateDigest", { _sd: [asDigest(name), asDigest(name)] }, [name]);
  },
  "duplicate digest across nested _sd": () => {
    const name = hidden("Li", "name");
    return token("duplicateDigest", { _sd: [asDigest(name)], inner: { _sd: [asDigest(name)] } }, [name]);
  },
  "duplicate digest in array elements": () => {
    const element = hidden("CN"), digest = { "...": asDigest(element) };
    return token("duplicateDigest", { nationalities: [digest, digest] }, [element]);
  },
  "unreferenced disclosure supplied": () => {
    const name = hidden("Li", "name"), spare = hidden(1990, "born");
    return token("unreferencedDisclosure", { _sd: [asDigest(name)] }, [name, spare]);
  },
  "disclosures supplied while payload has no digests": () =>
    token("unreferencedDisclosure", { plain: "value" }, [hidden("Li", "name")]),
  "disclosed claim name collides with plaintext key": () => {
    const name = hidden("Wang", "name");
    return token("claimCollision", { name: "Li", _sd: [asDigest(name)] }, [name]);
  },
};
