import assert from "node:assert/strict";
import fc from "fast-check";
import { civil, epochDay } from "#/model/units/calendar.ts";
import { basketSteps, basketTable, demandFactor, maxWantsOfDay, poissonLadder, wantsOf } from "./wants.ts";

const mean = fc.double({ min: 0, max: 5, noNaN: true });

/** The probability of at most k, straight from the definition: mean^j e^-mean / j! summed up. */
function poissonAtMost(k: number, mean: number): number {
  let sum = 0;
  for (let j = k; j >= 0; j--) {
    let factorial = 1;
    for (let i = 2; i <= j; i++) factorial *= i;
    sum += mean ** j / factorial;
  }
  return sum * Math.exp(-mean);
}

Deno.test("poissonLadder() gives the printed table for a mean of 2", () => {
  // Cumulative Poisson probabilities as printed in statistical tables, four digits.
  const printed = [0.1353, 0.4060, 0.6767, 0.8571, 0.9473, 0.9834, 0.9955, 0.9989, 0.9998];
  const ladder = poissonLadder(2);
  for (const [k, p] of printed.entries()) {
    assert.ok(Math.abs(ladder[k] - p) < 0.5e-4 + 1e-12, `${k}: ${ladder[k]}`);
  }
});

Deno.test("poissonLadder() equals the exact probabilities on every step", () => {
  for (const mean of [0, 1e-6, 0.01, 0.3, 1, 2.5, 5, 12]) {
    const ladder = poissonLadder(mean);
    assert.equal(ladder.length, maxWantsOfDay);
    for (const [k, p] of ladder.entries()) {
      assert.ok(Math.abs(p - poissonAtMost(k, mean)) < 1e-14, `P(N <= ${k}) for a mean of ${mean}: ${p}`);
    }
  }
});

Deno.test("poissonLadder() rises and has the mean it was made for", () => {
  fc.assert(
    fc.property(mean, (mean) => {
      const ladder = poissonLadder(mean);
      assert.ok(ladder.every((p, k) => p > 0 && p <= 1 + 1e-15 && (k === 0 || p >= ladder[k - 1])));
      // The mean of a count is the sum of its upper tails; beyond 24 wants they are below 2e-9 for a mean of 5.
      const tails = ladder.reduce((sum, p) => sum + (1 - p), 0);
      assert.ok(Math.abs(tails - mean) < 1e-8, `${tails} for ${mean}`);
    }),
    { seed: 91, numRuns: 300 },
  );
});

Deno.test("poissonLadder() refuses a mean that is no mean", () => {
  for (const mean of [-0.1, NaN]) {
    assert.throws(() => poissonLadder(mean), { name: "RangeError", message: /mean/ });
  }
});

Deno.test("wantsOf() never falls when u rises, and stays within a day's most", () => {
  const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 40, noNaN: true }), u, u, (mean, a, b) => {
      const ladder = poissonLadder(mean);
      const low = wantsOf(Math.min(a, b), ladder, 0), high = wantsOf(Math.max(a, b), ladder, 0);
      assert.ok(low <= high && low >= 0 && high <= maxWantsOfDay);
    }),
    { seed: 92, numRuns: 1_000 },
  );
});

Deno.test("wantsOf() steps exactly where the cumulative probability is reached", () => {
  const ladder = poissonLadder(1.3);
  for (let k = 0; k < 8; k++) {
    assert.equal(wantsOf(ladder[k] - 1e-12, ladder, 0), k);
    assert.equal(wantsOf(ladder[k], ladder, 0), k + 1);
  }
});

Deno.test("wantsOf() reads the ladder that begins at its offset", () => {
  const ladders = new Float64Array([...poissonLadder(0), ...poissonLadder(30)]);
  assert.equal(wantsOf(0.99, ladders, 0), 0);
  assert.equal(wantsOf(0.99, ladders, maxWantsOfDay), maxWantsOfDay);
});

Deno.test("wantsOf() of the largest uniform that a stream can give is still a likely number", () => {
  // P(N > 11) for a mean of 0.5 is below 2^-33, the distance of that uniform from 1.
  assert.ok(wantsOf(1 - 2 ** -33, poissonLadder(0.5), 0) <= 11);
});

Deno.test("demandFactor() lifts the two festivals and the weekends by their stated factors", () => {
  const terms = { festivalFactorBps: 80_000, weekendFactorBps: 12_000 };
  const on = (iso: string) => demandFactor(civil(epochDay(iso)), terms);
  const ordinary = on("2019-06-17"); // a Monday
  for (const festival of ["2019-06-18", "2019-11-11", "2020-06-18", "2018-11-11"]) {
    assert.ok(Math.abs(on(festival) / ordinary - 8) < 1e-12, festival);
  }
  for (const weekend of ["2019-06-15", "2019-06-16"]) {
    assert.ok(Math.abs(on(weekend) / ordinary - 1.2) < 1e-12);
  }
  for (const plain of ["2019-06-14", "2019-06-19", "2019-11-12", "2019-12-11", "2019-11-18", "2019-07-18"]) {
    assert.equal(on(plain), ordinary, plain);
  }
});

Deno.test("demandFactor() averages to 1 over 2019 but for the days of the week that 363 days cannot hold evenly", () => {
  // The factor supposes that 2 in 7 of the 363 ordinary days fall on a weekend: 103 and 5/7. In 2019 both festivals
  // fall on working days and 104 do, so the sum is too large by 2/7 of what a weekend has above an ordinary day.
  const terms = { festivalFactorBps: 80_000, weekendFactorBps: 12_000 };
  const first = epochDay("2019-01-01");
  let sum = 0, ordinary = 0;
  for (let day = first; day < first + 365; day++) {
    const factor = demandFactor(civil(day), terms);
    sum += factor;
    if (civil(day).weekday < 5) ordinary = factor;
  }
  assert.ok(Math.abs(sum / 365 - 1) < 1e-2);
  assert.ok(Math.abs(sum - 365 - 2 / 7 * (1.2 - 1) * ordinary) < 1e-9, `${sum}`);
  // Where weekends are ordinary days nothing is left over.
  const plain = { ...terms, weekendFactorBps: 10_000 };
  const total = Array.from({ length: 365 }, (_, d) => demandFactor(civil(first + d), plain)).reduce((a, b) =>
    a + b
  );
  assert.ok(Math.abs(total - 365) < 1e-9);
});

Deno.test("basketTable() rises, has its median in the middle and the lognormal's quantiles beside it", () => {
  const table = basketTable(10_000, 0.8);
  assert.equal(table.length, basketSteps);
  assert.ok(table.every((fen, i) => fen > 0 && (i === 0 || fen > table[i - 1])));
  const middle = Math.sqrt(table[basketSteps / 2 - 1] * table[basketSteps / 2]);
  assert.ok(Math.abs(middle / 10_000 - 1) < 1e-9);
  // One standard deviation up: the normal's 84.134 % point, between two steps of 1/2048.
  const i = Math.floor(0.8413447460685429 * basketSteps);
  assert.ok(Math.abs(Math.log(table[i] / 10_000) / 0.8 - 1) < 0.003);
});
