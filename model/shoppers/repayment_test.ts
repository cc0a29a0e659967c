import assert from "node:assert/strict";
import fc from "fast-check";
import { cureProbability, missProbability } from "./repayment.ts";

const terms = { hardshipMissBps: 6_000, forgetBps: 400, reminderEffectBps: 5_000, burdenMissBps: 200 };
const calm = { inHardship: false, indiscipline: 0, burden: 0.2, reminded: false, autoDebit: false };
const miss = (facts: Partial<typeof calm>) =>
  Math.round(missProbability({ ...calm, ...facts }, terms) * 1e9) / 1e9;

Deno.test("missProbability() is zero for who is disciplined, unburdened and not in hardship", () => {
  assert.equal(miss({}), 0);
  assert.equal(miss({ burden: 1 }), 0);
});

Deno.test("missProbability() adds forgetting, which a reminder halves and a bound card ends", () => {
  assert.equal(miss({ indiscipline: 1 }), 0.04);
  assert.equal(miss({ indiscipline: 0.5 }), 0.02);
  assert.equal(miss({ indiscipline: 1, reminded: true }), 0.02);
  assert.equal(miss({ indiscipline: 1, autoDebit: true }), 0);
});

Deno.test("missProbability() of hardship is cured by neither reminder nor bound card", () => {
  for (const reminded of [false, true]) {
    for (const autoDebit of [false, true]) assert.equal(miss({ inHardship: true, reminded, autoDebit }), 0.6);
  }
});

Deno.test("missProbability() counts a burden above one monthly income, up to four", () => {
  assert.deepEqual([2, 3, 4, 9].map((burden) => miss({ burden })), [0.02, 0.04, 0.06, 0.06]);
});

Deno.test("missProbability() joins not being able and forgetting as independent", () => {
  assert.equal(miss({ inHardship: true, indiscipline: 1 }), 1 - 0.4 * 0.96);
});

const bps = fc.nat(10_000), part = fc.double({ min: 0, max: 1, noNaN: true });
const anyFacts = fc.record({
  inHardship: fc.boolean(),
  indiscipline: part,
  burden: fc.double({ min: 0, max: 6, noNaN: true }),
  reminded: fc.boolean(),
  autoDebit: fc.boolean(),
});
const anyTerms = fc.record({
  hardshipMissBps: bps,
  forgetBps: bps,
  reminderEffectBps: bps,
  burdenMissBps: bps,
});

Deno.test("missProbability() stays a probability; indiscipline and burden never lower it, help never raises it", () => {
  fc.assert(
    fc.property(anyFacts, anyTerms, part, (facts, terms, up) => {
      const p = missProbability(facts, terms), nearly = 1e-15;
      assert.ok(p >= 0 && p <= 1);
      const with_ = (changed: Partial<typeof facts>) => missProbability({ ...facts, ...changed }, terms);
      assert.ok(with_({ indiscipline: facts.indiscipline + (1 - facts.indiscipline) * up }) >= p - nearly);
      assert.ok(with_({ burden: facts.burden + up }) >= p - nearly);
      assert.ok(with_({ reminded: true }) <= with_({ reminded: false }) + nearly);
      assert.ok(with_({ autoDebit: true }) <= with_({ autoDebit: false }) + nearly);
    }),
    { seed: 131, numRuns: 2_000 },
  );
});

Deno.test("missProbability() is never lower in hardship, where hardship is stated to weigh more than any burden", () => {
  fc.assert(
    fc.property(anyFacts, anyTerms, (facts, terms) => {
      const hardshipMissBps = Math.max(terms.hardshipMissBps, Math.min(3 * terms.burdenMissBps, 10_000));
      const of = (inHardship: boolean) =>
        missProbability({ ...facts, inHardship }, { ...terms, hardshipMissBps });
      assert.ok(of(true) >= of(false) - 1e-15);
    }),
    { seed: 132, numRuns: 2_000 },
  );
});

Deno.test("cureProbability() is the daily rate of the person's state, times what collection adds", () => {
  const daily = { cureBpsPerDay: 700, hardshipCureBpsPerDay: 40 };
  const cure = (inHardship: boolean, stageFactorBps: number) =>
    cureProbability({ inHardship, stageFactorBps }, daily);
  assert.equal(cure(false, 10_000), 0.07);
  assert.equal(cure(true, 10_000), 0.004);
  assert.equal(cure(true, 25_000), 0.01);
  assert.equal(cure(false, 0), 0);
});

Deno.test("cureProbability() stays a probability and never falls with a stronger stage", () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.nat(50_000),
      fc.nat(5_000),
      bps,
      bps,
      (inHardship, stage, plus, cure, hardship) => {
        const daily = { cureBpsPerDay: cure, hardshipCureBpsPerDay: hardship };
        const p = cureProbability({ inHardship, stageFactorBps: stage }, daily);
        assert.ok(p >= 0 && p <= 1);
        assert.ok(cureProbability({ inHardship, stageFactorBps: stage + plus }, daily) >= p);
      },
    ),
    { seed: 133, numRuns: 1_000 },
  );
});
