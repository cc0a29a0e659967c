import assert from "node:assert/strict";
import { mean, sampleCorrelation } from "simple-statistics";
import {
  bcaInterval,
  bcaProbability,
  biasCorrection,
  bootstrapEstimates,
  jackknife,
  percentileInterval,
} from "./bootstrap.ts";
import { philox, unit } from "./philox.ts";

const average = (sample: readonly number[]) => mean(sample as number[]);

/** Every resample of a sample, the last place turning fastest. */
function allResamples(values: readonly number[]): number[][] {
  let lists: number[][] = [[]];
  for (let i = 0; i < values.length; i++) {
    lists = lists.flatMap((list) => values.map((value) => [...list, value]));
  }
  return lists;
}

const five = [1, 2, 4, 7, 11];
const estimates = allResamples(five).map(average);

Deno.test("over all 3,125 resamples of five values the percentile interval is the enumerated one", () => {
  assert.equal(estimates.length, 3_125);
  for (const type of [1, 7] as const) {
    assert.deepEqual(percentileInterval(estimates, { type }), { low: 2, high: 8.4 });
    assert.deepEqual(percentileInterval(estimates, { type, confidence: 0.9 }), { low: 2.4, high: 7.8 });
  }
});

Deno.test("the BCa interval of the same resamples moves both ends up, as the sample is skewed to the right", () => {
  const { acceleration } = jackknife(five, average);
  assert.equal(acceleration.toFixed(9), "0.041030497");
  assert.equal(biasCorrection(estimates, 5).toFixed(9), "-0.019653231");
  assert.equal(biasCorrection(estimates, 5, { ties: "half" }).toFixed(9), "0.044532433");
  const { low, high } = bcaInterval(estimates, 5, { acceleration });
  assert.deepEqual([low.toFixed(9), high.toFixed(9)], ["2.200000000", "8.600000000"]);
});

Deno.test("without bias and acceleration a BCa probability is the nominal one", () => {
  for (const p of [0.01, 0.5, 0.975]) {
    assert.ok(Math.abs(bcaProbability(p, { biasCorrection: 0, acceleration: 0 }) - p) < 1e-14);
  }
});

Deno.test("the jackknife of a mean has the textbook standard error", () => {
  const { estimates, standardError } = jackknife(five, average);
  assert.deepEqual(estimates, [6, 5.75, 5.25, 4.5, 3.5]);
  const sd = Math.sqrt(five.reduce((sum, x) => sum + (x - 5) ** 2, 0) / 4);
  assert.ok(Math.abs(standardError - sd / Math.sqrt(5)) < 1e-14);
  assert.equal(jackknife([3, 3, 3], average).acceleration, 0);
});

Deno.test("the bootstrap of a correlation lies about its normal-theory spread (law school data, Efron 1993)", () => {
  // Efron and Tibshirani 1993, table 3.2: 15 law schools; r = 0.776, bootstrap standard error about 0.13.
  const lsat = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594];
  const gpa = [3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96];
  const schools = lsat.map((score, i) => [score, gpa[i]] as const);
  const correlation = (sample: readonly (readonly [number, number])[]) =>
    sampleCorrelation(sample.map(([x]) => x), sample.map(([, y]) => y));
  const out = new Uint32Array(4);
  let turn = 0;
  const draw = () => {
    philox(turn++, 0, 0, 0, 1993, 0, out);
    return unit(out[0]);
  };
  const drawn = bootstrapEstimates(schools, correlation, { draw, resamples: 3_000 });
  const middle = mean(drawn);
  const spread = Math.sqrt(mean(drawn.map((r) => (r - middle) ** 2)));
  assert.ok(Math.abs(spread - 0.133) < 0.01, `${spread}`);
  const { low, high } = percentileInterval(drawn);
  assert.ok(low > 0.4 && low < 0.55 && high > 0.94 && high < 0.98, `${low} to ${high}`);
});

Deno.test("bootstrapEstimates() takes one draw for each value and leaves the sample as it was", () => {
  let draws = 0;
  const values = ["a", "b", "c"];
  const seen: string[] = [];
  bootstrapEstimates(values, (sample) => seen.push(sample.join("")), {
    draw: () => (draws++ % 4) / 4,
    resamples: 2,
  });
  assert.equal(draws, 6);
  assert.deepEqual(seen, ["aab", "caa"]);
  assert.deepEqual(values, ["a", "b", "c"]);
});

Deno.test("resampling refuses no values, no resamples, and a jackknife of one", () => {
  const draw = () => 0;
  assert.throws(() => bootstrapEstimates([], average, { draw, resamples: 1 }), RangeError);
  assert.throws(() => bootstrapEstimates([1], average, { draw, resamples: 0 }), RangeError);
  assert.throws(() => jackknife([1], average), RangeError);
  assert.throws(() => percentileInterval([]), RangeError);
});
