import assert from "node:assert/strict";
import { type IdentityPolicy, policies } from "./registry.ts";

for (const [name, policy] of Object.entries(policies) as [string, IdentityPolicy][]) {
  Deno.test(`${name}: no consent, no link`, () => {
    assert.equal(policy.links(false, false), false);
    assert.equal(policy.links(false, true), false);
  });

  Deno.test(`${name}: a revoked credential, no link`, () => {
    assert.equal(policy.links(true, true), false);
  });

  Deno.test(`${name}: it says what it is`, () => {
    assert.ok(policy.title.length > 10);
  });
}

Deno.test("separate links nobody, consentedLink who agreed and did not withdraw", () => {
  assert.equal(policies.separate.links(true, false), false);
  assert.equal(policies.consentedLink.links(true, false), true);
});
