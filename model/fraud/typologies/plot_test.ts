import assert from "node:assert/strict";
import fc from "fast-check";
import { plotNeed } from "./needs.ts";
import { laneCount, pickLane, plotOfMonth, ratesByCode } from "./plot.ts";
import { type TypologyName, typologyNames, typologyOf } from "./registry.ts";

const everything = Object.values(plotNeed).reduce((bits: number, bit) => bits | bit, 0);
const rate = fc.oneof(fc.constant(0), fc.nat(20_000), fc.nat(1_000_000));
const rates = fc.record(
  Object.fromEntries(typologyNames.map((name) => [name, rate])) as Record<TypologyName, typeof rate>,
);
/** Evenly over the whole of 0 to 1; a generator of doubles would prefer numbers near 0. */
const u = fc.nat(999_999_999).map((k) => k / 1_000_000_000);

const grid = 12 * 50_000;
/** How often each code is picked when the uniform takes every step of a fine grid. */
const picked = (perYearPpm: Float64Array, able: number) => {
  const counts = new Array(typologyNames.length + 1).fill(0);
  for (let k = 0; k < grid; k++) counts[plotOfMonth((k + 0.5) / grid, { able, perYearPpm })]++;
  return counts;
};

Deno.test("each typology is picked as often as its rate says, and the probabilities add up", () => {
  const perYearPpm = ratesByCode({
    stolenAccount: 4_000,
    syntheticIdentity: 1_000_000,
    friendlyFraud: 30_000,
    cashOut: 600_000,
    bustOut: 0,
    deviceRing: 2_000,
    kiting: 250_000,
  });
  const counts = picked(perYearPpm, everything);
  for (let code = 1; code < counts.length; code++) {
    const expected = perYearPpm[code] / 12_000_000 * grid;
    assert.ok(Math.abs(counts[code] - expected) <= 1, `code ${code}: ${counts[code]} for ${expected}`);
  }
  assert.equal(counts.reduce((sum, count) => sum + count, 0), grid);
});

Deno.test("who is not able is never picked, who is just able enough is", () => {
  const perYearPpm = ratesByCode(
    Object.fromEntries(typologyNames.map((name) => [name, 1_000_000])) as Record<TypologyName, number>,
  );
  for (let able = 0; able <= everything; able++) {
    for (const [place] of typologyNames.entries()) {
      const code = place + 1, { needs } = typologyOf(code);
      const expected = (needs & ~able) === 0 ? code : 0;
      assert.equal(plotOfMonth((place + 0.5) / laneCount, { able, perYearPpm }), expected);
    }
  }
});

Deno.test("at rates of nothing everybody is honest", () => {
  const perYearPpm = new Float64Array(typologyNames.length + 1);
  assert.deepEqual(picked(perYearPpm, everything), [grid, 0, 0, 0, 0, 0, 0, 0]);
});

Deno.test("another rate of one typology changes nobody's other plot; a higher one keeps everybody it had", () => {
  fc.assert(
    fc.property(
      u,
      rates,
      rate,
      fc.constantFrom(...typologyNames),
      fc.nat(everything),
      (u, rates, rate, name, able) => {
        const code = typologyNames.indexOf(name) + 1;
        const before = plotOfMonth(u, { able, perYearPpm: ratesByCode(rates) });
        const after = plotOfMonth(u, { able, perYearPpm: ratesByCode({ ...rates, [name]: rate }) });
        if (before !== code && after !== code) assert.equal(after, before);
        if (before !== 0 && before !== code) assert.equal(after, before);
        if (before === code && rate >= rates[name]) assert.equal(after, code);
      },
    ),
    { seed: 281, numRuns: 5_000 },
  );
});

Deno.test("a typology added at the end takes only people who had none", () => {
  const needs = typologyNames.map((_, place) => typologyOf(place + 1).needs);
  let added = 0;
  fc.assert(
    fc.property(u, rates, rate, fc.nat(everything), (u, rates, rate, able) => {
      const perYearPpm = ratesByCode(rates);
      const before = pickLane(u, { able, perYearPpm, needs });
      assert.equal(before, plotOfMonth(u, { able, perYearPpm }));
      const after = pickLane(u, { able, perYearPpm: [...perYearPpm, rate], needs: [...needs, 0] });
      if (after === needs.length + 1) {
        added++;
        assert.equal(before, 0);
      } else assert.equal(after, before);
    }),
    { seed: 282, numRuns: 10_000 },
  );
  assert.ok(added > 50, `${added} only`);
});

Deno.test("ratesByCode() refuses a rate that no year can have, and names it", () => {
  const off = Object.fromEntries(typologyNames.map((name) => [name, 0])) as Record<TypologyName, number>;
  for (const bad of [-1, 1_000_001, NaN]) {
    assert.throws(() => ratesByCode({ ...off, kiting: bad }), {
      name: "RangeError",
      message: new RegExp(`${bad} ppm a year as the rate of kiting`),
    });
  }
});
