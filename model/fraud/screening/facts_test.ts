import assert from "node:assert/strict";
import { blankFacts, dataCategory, everyCategory } from "./facts.ts";

Deno.test("every kind of data has a bit of its own, and `none` has none", () => {
  assert.deepEqual(dataCategory, { none: 0, account: 1, location: 2, device: 4 });
  assert.equal(everyCategory, Object.values<number>(dataCategory).reduce((sum, bit) => sum + bit, 0));
});

Deno.test("a blank record holds broken numbers in every field that can be broken, so that whole ones do not change its layout", () => {
  const { mayUse, ...rest } = blankFacts();
  assert.equal(mayUse, dataCategory.none);
  for (const [name, value] of Object.entries(rest)) {
    assert.ok(typeof value === "number" && !Number.isInteger(value), name);
  }
});

Deno.test("two screeners do not share a record", () => {
  const mine = blankFacts(), yours = blankFacts();
  mine.amountFen = 7;
  assert.equal(yours.amountFen, 0.5);
});
