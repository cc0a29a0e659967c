import assert from "node:assert/strict";
import { farAway } from "#/model/identity/consents.ts";
import { openSmall, small } from "#/sim/testing/worlds.ts";
import { bindDay, freshAt, handIn, openRegistry } from "./registry.ts";
import { allocateIdentities, credentialAt, recogniseAt } from "./tables/identities.ts";

/** A registry over one shopper, and a function that works out its days. */
function registry(set: string[] = []) {
  const quiet = ["identity.sharedLedger.outagesPerYear=0", ...set];
  const { terms, streams } = openSmall(small("interop", { shoppers: 200, set: quiet }));
  const it = openRegistry(terms), identities = allocateIdentities(1), heard: [number, number][] = [];
  const onFinal = (place: number, minute: number) => heard.push([place, minute]);
  let day = 0;
  return {
    it,
    identities,
    heard,
    next: () => bindDay(it, { day: day++, identities, terms, streams, onFinal }),
  };
}

Deno.test("what is handed in binds within a block and four messages, at its own place", () => {
  const { it, identities, heard, next } = registry();
  handIn(it, recogniseAt(0), 612);
  next();
  assert.equal(identities[recogniseAt(0)], 616);
  assert.deepEqual(heard, [[recogniseAt(0), 616]]);
  assert.equal(identities[credentialAt(0) + 1], farAway);
});

Deno.test("what finds no quorum waits, and binds when one is back", () => {
  const { it, identities, next } = registry([
    "shocks=[{ event: replica-outage, fromDay: 1, untilDay: 3, replicas: 4 }]",
  ]);
  next();
  handIn(it, credentialAt(0) + 1, 1_440 + 700);
  next();
  assert.equal(identities[credentialAt(0) + 1], farAway);
  assert.equal(it.waiting.length, 1);
  next();
  assert.equal(it.waiting.length, 1);
  next();
  const until = identities[credentialAt(0) + 1];
  assert.ok(until >= 3 * 1_440 && until <= 3 * 1_440 + 10, String(until));
  assert.equal(it.waiting.length, 0);
});

Deno.test("a list is known when it is final, and grows old while none follows", () => {
  const { it, next } = registry(["shocks=[{ event: replica-outage, fromDay: 1, untilDay: 3, replicas: 7 }]"]);
  next();
  const maxAge = 1_800;
  assert.ok(freshAt(it, 700, maxAge));
  next();
  assert.ok(freshAt(it, 1_440 + 300, maxAge), "yesterday's list still serves");
  assert.ok(!freshAt(it, 1_440 + 400, maxAge), "and then is too old");
  next();
  assert.ok(!freshAt(it, 2 * 1_440 + 700, maxAge));
  next();
  assert.ok(freshAt(it, 3 * 1_440 + 700, maxAge));
});

Deno.test("blocks cost what the terms say, however few shoppers stand for everybody", () => {
  const dear = registry(["identity.sharedLedger.costPerBlockFen=1000"]).next();
  const cheap = registry([
    "identity.sharedLedger.costPerBlockFen=0",
    "identity.sharedLedger.costPerThousandEntriesFen=0",
  ]);
  assert.equal(cheap.next(), 0);
  assert.ok(dear >= 0);
});
