// The readers of the workbench's sets take other values, sizes and members than those of the sets at hand.

import assert from "node:assert/strict";
import { SeedSequence } from "#/model/statistics/generators/seed_sequence.ts";
import type { Reader } from "./case.ts";
import { discrepancyCases, haltonCases, latinCases, sobolPointCases } from "./readers/designs.ts";
import { generatorCases } from "./readers/generators.ts";
import { intervalCases } from "./readers/intervals.ts";
import { fastCases, morrisCases } from "./readers/screening.ts";
import { analyticIndexCases, saltelliCases } from "./readers/sensitivity.ts";
import { reverseStressCases, tailRiskCases } from "./readers/stress.ts";

const statuses = (reader: Reader, file: unknown) => reader(JSON.stringify(file)).map(({ status }) => status);
const passed = (count: number) => Array(count).fill("passed");

Deno.test("a figure that a reader does not know is said by name, and words are no figures", () => {
  const files: [Reader, object][] = [
    [sobolPointCases, { owen: [[0.5]] }],
    [haltonCases, { scrambled: [[0.5]] }],
    [discrepancyCases, { sets: {}, modified: 0.1 }],
    [intervalCases, { replications_for_halfwidth: [{ sd: 10, halfwidth: 1, z_n: 385, t_n: 388 }] }],
    [fastCases, { shapley: { S1: [0.5] } }],
    [morrisCases, { radial: { mu: [1] } }],
    [analyticIndexCases, { identity: [1, 2] }],
    [saltelliCases, { janon: [0.3] }],
  ];
  for (const [reader, file] of files) {
    const found = reader(JSON.stringify({ ...file, note: "words" })).filter(({ status }) =>
      status !== "passed"
    );
    assert.deepEqual(found.map(({ status }) => status), ["skipped"], JSON.stringify(found));
    assert.match(found[0].reason!, /^no reader for/);
  }
});

Deno.test("Sobol' points are read of any width and any place in the sequence", () => {
  const file = {
    points: [[0]],
    far: [{ index: 1, dims: 3, point: [0.5, 0.5, 0.5] }, { index: 2, point: [0.75] }],
    dims3_first3: [[0, 0], [0.5, 0.5], [0.25, 0.25]],
  };
  assert.deepEqual(statuses(sobolPointCases, file), passed(4));
  file.dims3_first3[2][0] = 0.75;
  file.far[1].point[0] = 0.25;
  assert.deepEqual(statuses(sobolPointCases, file), ["passed", "passed", "failed", "failed"]);
});

Deno.test("Halton's points are read by the bases that the file says", () => {
  const file = { bases: [3, 2], points: [[0, 0], [1 / 3, 0.5]], van_der_corput: { 11: [0, 1 / 11] } };
  assert.deepEqual(statuses(haltonCases, file), passed(2));
  assert.deepEqual(statuses(haltonCases, { ...file, bases: [2, 3] }), ["failed", "passed"]);
});

Deno.test("the manual's example of discrepancy is held to its figure", () => {
  assert.deepEqual(statuses(discrepancyCases, { sets: {}, doc_example: 0.008142039609053464 }), ["passed"]);
  assert.deepEqual(statuses(discrepancyCases, { sets: {}, doc_example: 0.0081 }), ["failed"]);
});

Deno.test("a valid Latin design may be orthogonal as well", () => {
  const valid = [[0.1, 0.3], [0.3, 0.9], [0.6, 0.1], [0.9, 0.6]];
  const file = {
    valid,
    invalid: [[0.3, 0.3], ...valid.slice(1)],
    strata_perm: [[0, 1], [1, 3], [2, 0], [3, 2]],
    orthogonal_strength2: { p: 2, points: valid },
  };
  assert.deepEqual(statuses(latinCases, file), passed(5));
  file.orthogonal_strength2.points = [valid[1], ...valid.slice(1)];
  assert.equal(statuses(latinCases, file)[3], "failed");
});

// The figures are sums and products of the definitions over all 27 resamples of 0.1, 0.2 and 0.6, worked out in fractions.
Deno.test("resamples whose mean is the sample's but for rounding are ties, and intervals of any confidence are read", () => {
  const part = {
    data: [0.1, 0.2, 0.6],
    n_resamples: 27,
    mean: 0.3,
    boot_se_exact: 0.12472191289246472,
    z0_strict_less: -0.23421919391461965,
    z0_half_ties: 0.046435724770526994,
    acceleration: 0.05727026612409091,
  };
  const file = {
    exhaustive_mean_n3: { ...part, percentile_type1: { "0.5": 0.3, "0.9": 0.4666666666666667 } },
    t_interval: { data: [1, 2, 3], mean: 2, sd: 1, ci90: [0.3, 3.7] },
  };
  const found = intervalCases(JSON.stringify(file));
  assert.deepEqual(
    found.map(({ status }) => status),
    ["passed", "passed", "passed", "failed"],
    JSON.stringify(found),
  );
  const two = {
    t_interval: [{ data: [0, 2], mean: 1, sd: Math.SQRT2, ci50: [0, 2] }, { data: [0, 2], mean: 2, sd: 0 }],
  };
  assert.deepEqual(statuses(intervalCases, two), ["passed", "failed"]);
});

Deno.test("pairs with shared luck are read by the powers and means in their words, and stopping rules by their examples", () => {
  const pairs = [
    { desc: "Y1=U, Y2=U^3 same U", ratio: 275 / 23 },
    { desc: "Exp means a=2, b=3 by inverse transform", var_diff_crn: 1, ratio: 13 },
    { desc: "Y1=U, Y2=U^3 same U", ratio: 9 },
  ];
  assert.deepEqual(statuses(intervalCases, { common_random_numbers: pairs }), ["passed", "passed", "failed"]);
  const stop = { n: 2, mean: -10, s2: 2, hw50: 1, rel: 0.1 };
  const stops = (rel: number) => ({ sequential_stopping: { examples: [stop, { ...stop, rel }] } });
  assert.deepEqual(statuses(intervalCases, stops(0.1)), passed(2));
  assert.deepEqual(statuses(intervalCases, stops(0.2)), ["passed", "failed"]);
});

Deno.test("spawn keys of any size are read, and whole numbers in a range are drawn", () => {
  const words = (spawnKey: (number | bigint)[]) => [...new SeedSequence(5, { spawnKey }).generateState(2)];
  const children = [[99_999_999], [4_294_967_296, 3]].map((spawn_key) => ({
    spawn_key,
    state2: words(spawn_key),
  }));
  const text = JSON.stringify({
    entropy: 5,
    children,
    // Figures of NumPy 2.4: default_rng(7).integers(0, 100, 5).
    pcg64_seed7_integers_0_100: [94, 62, 68, 89, 57],
  }).replace(
    "]}]",
    `]},{"spawn_key":[18446744073709551617],"state2":[${words([18_446_744_073_709_551_617n])}]}]`,
  );
  assert.deepEqual(generatorCases(text).map(({ status }) => status), passed(4));
  assert.deepEqual(statuses(generatorCases, { pcg64_seed7_normal3: [0.1] }), ["failed"]);
});

Deno.test("a threshold that the mean has passed has a distance below 0; several laws, weights and rates are read", () => {
  const past = { S: [[4]], a: [1], mu: [0], c: -2, x: [-2], d: -1, prob: 0.8413447460685429 };
  const file = {
    most_likely_linear: [past, { ...past, c: 2, x: [2], d: 1, prob: 0.15865525393145707 }],
    maxloss_ellipsoid: { cases: [{ k: 3, loss: 6, x: [6] }, { k: 0, loss: 0, x: [0] }] },
    kl_worst_case: { exponential_rate2: [{ theta: 1, k: 0.3068528194400547, worst_mean: 1 }] },
  };
  assert.deepEqual(statuses(reverseStressCases, file), passed(5));
  past.prob = 0.15;
  file.maxloss_ellipsoid.cases[1].x = [0, 0];
  assert.deepEqual(statuses(reverseStressCases, file), ["failed", ...passed(2), "failed", "passed"]);
});

Deno.test("laws of loss are read with the parameters in their names", () => {
  const file = {
    alpha: [0.5],
    exponential_rate2: { VaR: [Math.LN2 / 2], ES: [(1 + Math.LN2) / 2] },
    uniform_2_6: { VaR: [4], ES: [5] },
    pareto_xm2_alpha1: { VaR: [4], ES: [null] },
    "laplace_-1_2": { VaR: [-1], ES: [1] },
    student_t: { 1: { VaR: [0], ES: [null] } },
  };
  assert.deepEqual(statuses(tailRiskCases, file), passed(5));
  file.uniform_2_6.VaR = [3];
  assert.equal(statuses(tailRiskCases, file)[1], "failed");
});

Deno.test("paths on a grid of any number of levels are read, and the whole grid is counted through", () => {
  const X = [[0, 0.2], [0.6, 0.2], [0.6, 0.8]].map((row) => row.map((u) => u + 1e-15));
  const salib = { mu: [5, -10], mu_star: [5, 10], sigma: [0, 0] };
  const twice = { levels: 6, X: [...X, ...X], Y: [0, 3, -3, 0, 3, -3], salib };
  // Ishigami's function on four levels, each of the 32 steps along an input counted through in another language.
  const params = [
    { mu: 7.704054111593104, mu_star: 7.704054111593104, sigma_pop: 6.2487961033331185, n: 32 },
    { mu: 0, mu_star: 7.874999999999998, sigma_pop: 7.874999999999998, n: 32 },
    { mu: 0, mu_star: 6.2487961033331185, sigma_pop: 8.837132197837844, n: 32 },
  ];
  const file = { ten: twice, ishigami_exact_grid: { levels: 4, delta: 2 / 3, params } };
  assert.deepEqual(statuses(morrisCases, file), passed(3));
  salib.sigma[1] = 1;
  params[2].sigma_pop = 8.8371;
  assert.deepEqual(statuses(morrisCases, file), ["failed", "failed", "passed"]);
});

Deno.test("designs of any base rows and inputs are read, and explained variances beside the indices", () => {
  const file = {
    bounds_pi: false,
    design_N1_first_order: [[0], [0], [0]],
    design_N2_second_order: [[0], [0], [0], [0], [0.5], [0.5], [0.5], [0.5]],
  };
  assert.deepEqual(statuses(saltelliCases, file), passed(2));
  file.design_N2_second_order[5] = [0.25];
  assert.deepEqual(statuses(saltelliCases, file), ["passed", "failed"]);
  const linear = (V1: number) => ({ linear_uniform: { c: [1, 1], variance: 1 / 6, S1: [0.5, 0.5], V1 } });
  assert.deepEqual(statuses(analyticIndexCases, linear(1 / 12)), passed(2));
  assert.deepEqual(statuses(analyticIndexCases, linear(1 / 6)), ["passed", "failed"]);
});
