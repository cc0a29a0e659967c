import assert from "node:assert/strict";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { consentKinds, dataOf } from "#/model/identity/consents.ts";
import { parties, products } from "#/model/names.ts";
import { layers } from "#/model/reasons.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { keyOutcomes } from "#/server/facts/outcomes.ts";
import { fixtureRun } from "#/server/testing/fixture.ts";
import { outcomeWord } from "#/server/outcome_words.ts";
import { consentWord, dataWord, layerWord, partyWord, productWord, typologyWord } from "#/server/words.ts";

Deno.test("every outcome that a run can have has words of its own", () => {
  const words = outcomeNames.map(outcomeWord);
  for (const [i, name] of outcomeNames.entries()) {
    assert.notEqual(words[i], name);
    const last = name.split(".").at(-1)!;
    assert.ok(/^[A-Z]/.test(words[i]), `${name}: "${words[i]}"`);
    assert.ok(
      !/[a-z][A-Z]/.test(last) || !words[i].includes(last),
      `${name}: "${words[i]}" holds a name of the code`,
    );
  }
  assert.equal(new Set(words).size, words.length, "two outcomes have the same words");
});

Deno.test("every party, product, layer and key outcome has words of its own", () => {
  for (const party of parties) assert.notEqual(partyWord(party), party);
  for (const product of products) assert.notEqual(productWord(product), product);
  for (const layer of layers) assert.notEqual(layerWord(layer), layer);
  for (const name of keyOutcomes) {
    const whole = name.endsWith(".") ? `${name}jd` : name;
    assert.notEqual(outcomeWord(whole), whole);
  }
});

Deno.test("every outcome of identity and fraud, every typology, consent and class of data has words of its own", () => {
  for (const name of typologyNames) assert.notEqual(typologyWord(name), name);
  for (const kind of consentKinds) {
    assert.notEqual(consentWord(kind), kind);
    assert.notEqual(dataWord(dataOf[kind]), dataOf[kind]);
  }
  const sections = new Set(["exposure", "fraudBorne", "dataUses", "consentsGiven", "consentsWithdrawn"]);
  for (const kind of sections) assert.notEqual(outcomeWord(`${kind}.x`), `${kind}.x`);
  const { outcomes } = fixtureRun(true, { days: 2 });
  for (const name of Object.keys(outcomes)) assert.notEqual(outcomeWord(name), name);
  assert.equal(outcomeWord("dataUses.account.ant"), "Uses of account data by Ant");
  assert.equal(outcomeWord("fraudTaken.bustOut"), "Taken by fraud: Bust-out across two issuers");
});

Deno.test("what the words do not know keeps its name", () => {
  assert.equal(partyWord("newcomer"), "newcomer");
  assert.equal(outcomeWord("toString"), "toString");
  assert.equal(outcomeWord("dpd30Share.newcomer"), "Balance 30+ days late, newcomer");
});
