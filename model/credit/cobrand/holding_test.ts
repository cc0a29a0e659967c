import assert from "node:assert/strict";
import { cardLives, type HoldingFacts, mayBeIssued } from "./holding.ts";

const good: HoldingFacts = { holdsBoth: true, recognised: true, showsAccounts: true, isLate: false };

Deno.test("a card lives only while every condition holds, and arrears stop its issue but not its life", () => {
  assert.ok(cardLives(good) && mayBeIssued(good));
  for (const lacking of ["holdsBoth", "recognised", "showsAccounts"] as const) {
    assert.equal(cardLives({ ...good, [lacking]: false }), false, lacking);
    assert.equal(mayBeIssued({ ...good, [lacking]: false }), false, lacking);
  }
  assert.equal(cardLives({ ...good, isLate: true }), true);
  assert.equal(mayBeIssued({ ...good, isLate: true }), false);
});
