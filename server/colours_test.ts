import assert from "node:assert/strict";
import { meanings } from "#/server/colours.ts";

Deno.test("a colour means one thing in the whole report", () => {
  const seen = new Map<string, string>();
  for (const { meaning, colour } of meanings()) {
    assert.match(colour, /^#[0-9a-f]{6}$/, meaning);
    assert.equal(seen.get(colour), undefined, `${colour} means "${seen.get(colour)}" and "${meaning}"`);
    seen.set(colour, meaning);
  }
});

Deno.test("every party, layer and bucket has a colour", () => {
  const told = meanings().map(({ meaning }) => meaning);
  for (const meaning of ["party shoppers", "layer clear", "layer challenge", "bucket M4+", "world open"]) {
    assert.ok(told.includes(meaning), meaning);
  }
});
