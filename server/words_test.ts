import assert from "node:assert/strict";
import { parties, products } from "#/model/names.ts";
import { layers } from "#/model/reasons.ts";
import { keyOutcomes } from "#/server/facts/outcomes.ts";
import { layerWord, outcomeWord, partyWord, productWord } from "#/server/words.ts";

Deno.test("every party, product, layer and key outcome has words of its own", () => {
  for (const party of parties) assert.notEqual(partyWord(party), party);
  for (const product of products) assert.notEqual(productWord(product), product);
  for (const layer of layers) assert.notEqual(layerWord(layer), layer);
  for (const name of keyOutcomes) {
    const whole = name.endsWith(".") ? `${name}jd` : name;
    assert.notEqual(outcomeWord(whole), whole);
  }
});

Deno.test("what the words do not know keeps its name", () => {
  assert.equal(partyWord("newcomer"), "newcomer");
  assert.equal(outcomeWord("toString"), "toString");
  assert.equal(outcomeWord("dpd30Share.newcomer"), "Balance 30+ days late, newcomer");
});
