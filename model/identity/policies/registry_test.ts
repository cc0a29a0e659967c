import assert from "node:assert/strict";
import { reason, reasons } from "#/model/reasons.ts";
import { type IdentityPolicy, linkFact, linkRefusals, policies } from "./registry.ts";

const everything = Object.values(linkFact).reduce((bits, bit) => bits | bit, 0);

for (const [name, policy] of Object.entries(policies) as [string, IdentityPolicy][]) {
  const refusals = linkRefusals(policy);

  Deno.test(`${name}: no consent, no link, whatever else is true`, () => {
    for (let facts = 0; facts < 16; facts++) {
      if (!(facts & linkFact.consented)) assert.equal(refusals[facts], reason.noConsent);
    }
  });

  Deno.test(`${name}: every fact that it needs is one without which it refuses, with the reason of that fact`, () => {
    for (const need of policy.needs) {
      const why = refusals[everything & ~linkFact[need]];
      assert.notEqual(why, reason.none);
      assert.equal(reasons[why].layer, "identify");
    }
    assert.equal(refusals[everything] === reason.none, policy.needs.length > 0);
  });

  Deno.test(`${name}: it says what it is`, () => {
    assert.ok(policy.title.length > 10);
  });
}

Deno.test("separate links nobody; the other two link who agreed", () => {
  assert.equal(linkRefusals(policies.separate)[everything], reason.noConsent);
  assert.equal(linkRefusals(policies.recordLinkage)[linkFact.consented | linkFact.matched], reason.none);
  assert.equal(linkRefusals(policies.credentials)[everything], reason.none);
});
