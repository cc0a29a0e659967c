import assert from "node:assert/strict";
import { earlyProbability, minimumProbability } from "./minimum_payment.ts";

const terms = { minimumBps: 150, minimumPerBurdenBps: 1_000, minimumInsteadOfMissBps: 1_000 };
const calm = { missed: false, inHardship: false, burden: 0 };

Deno.test("minimumProbability() rises with the bill over income and never passes 1", () => {
  assert.equal(minimumProbability(calm, terms), 0.015);
  assert.equal(minimumProbability({ ...calm, burden: 0.5 }, terms), 0.065);
  assert.equal(minimumProbability({ ...calm, burden: 50 }, terms), 1);
});

Deno.test("minimumProbability() of who would miss: some in hardship or with more due than an income, nobody who forgot", () => {
  const missed = { ...calm, missed: true };
  assert.equal(minimumProbability(missed, terms), 0);
  assert.equal(minimumProbability({ ...missed, inHardship: true }, terms), 0.1);
  assert.equal(minimumProbability({ ...missed, burden: 1.01 }, terms), 0.1);
});

Deno.test("earlyProbability() falls with what is owed, to nothing at an income or in hardship", () => {
  const facts = { inHardship: false, burden: 0 };
  assert.equal(earlyProbability(facts, { earlyRepayBps: 200 }), 0.02);
  assert.equal(earlyProbability({ ...facts, burden: 1 }, { earlyRepayBps: 200 }), 0);
  assert.equal(earlyProbability({ ...facts, burden: 9 }, { earlyRepayBps: 200 }), 0);
  assert.equal(earlyProbability({ inHardship: true, burden: 0 }, { earlyRepayBps: 200 }), 0);
});
