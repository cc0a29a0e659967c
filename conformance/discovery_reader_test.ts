import assert from "node:assert/strict";
import { primCases } from "./readers/discovery.ts";

/** Forty rows of two inputs; of interest are the four with a from 8 on and b below 20. */
const csv = [
  "a,b,y",
  ...Array.from({ length: 40 }, (_, row) => `${row % 10},${39 - row},${row % 10 >= 8 && row >= 20 ? 1 : 0}`),
].join("\n");
const settings = { threshold: 0.8, peel_alpha: 0.1, paste_alpha: 0.05, mass_min: 0.05 };
const read = (file: object) => primCases(JSON.stringify({ settings, ...file }), () => csv);
const statuses = (file: object) => read(file).slice(1).map(({ status }) => status);

// The first peel takes off the four rows of a = 0, the eighth those of a = 7, the ninth b = 31 and 30 of which one is inside.
const whole = { id: 0, coverage: 1, density: 0.1, mass: 1, mean: 0.1, n: 40, res_dim: 0 };
const first = { id: 1, coverage: 1, density: 4 / 36, mass: 0.9, n: 36, res_dim: 1, limits: { a: [0.5, 9] } };
const ninth = { coverage: 1, density: 4 / 7, n: 7, limits: { a: [7.5, 9], b: [0, 30.5] } };
const last = { coverage: 1, density: 1, mass: 0.1 };

Deno.test("a search's steps are read as a list, as a table, by number or as the last one, and a wrong figure fails its step", () => {
  const table = { coverage: [1, 1], density: [0.1, 4 / 36], res_dim: [0, 1] };
  const byRow = { coverage: { 0: 1, 9: 1 }, density: { 0: 0.1, 9: 4 / 7 }, id: { 0: 0, 9: 9 } };
  const file = {
    n: 40,
    positives: 4,
    peeling_trajectory: [whole, first],
    table,
    byRow,
    box9: ninth,
    box1: { byRow },
    last,
  };
  assert.deepEqual(statuses(file), Array(12).fill("passed"), JSON.stringify(read(file)));
  const wrong = {
    n: 41,
    trajectory: [{ ...whole, mass: 0.9 }, { ...first, limits: { a: [1.5, 9] } }],
    box8: ninth,
    box99: last,
    box12: { ...last, lift: 10 },
  };
  assert.deepEqual(statuses(wrong), [...Array(5).fill("failed"), "passed", "skipped"]);
});

Deno.test("another objective has other steps, and a second box is looked for in what the first left", () => {
  const tenth = { id: 10, coverage: 0.5, density: 2 / 3, n: 3 };
  assert.deepEqual(statuses({ original: { steps: [tenth] }, lenient2: { box1: first } }), [
    "passed",
    "passed",
  ]);
  assert.deepEqual(statuses({ lenient1: { steps: [tenth] } }), ["failed"]);
  // A box that the file names may be the one that was taken; what this one leaves holds nothing of interest either.
  const box8 = { coverage: 1, density: 0.5, n: 8 };
  const rest = { coverage: 0, density: 0, mass: 0.8, n: 32 };
  assert.deepEqual(statuses({ box8, second_box: rest }), ["passed", "failed"]);
  // Of all four rows of interest none is left.
  assert.match(
    JSON.stringify(read({ second_box: [{ ...whole, coverage: 0, density: 0, mass: 0.9 }] })),
    /0 of 36 rows/,
  );
});

Deno.test("limits by chance are read by their ends, beside a step or by its name", () => {
  // Four or more of seven rows, at 4 of 31 without the limit of a and at 4 of 8 without that of b.
  const qp = { a: { low: 0.007008662398347117, high: -1 }, b: [-1, 0.5] };
  assert.deepEqual(statuses({ box9: { ...ninth, qp } }), Array(3).fill("passed"));
  assert.deepEqual(statuses({ quasi_p: { box9: qp } }), ["passed", "passed"]);
  assert.deepEqual(statuses({ quasi_p: { box9: { ...qp, a: [0.007, -1], b: [0.5, 0.5] } } }), [
    "failed",
    "failed",
  ]);
});

Deno.test("a tree's leaves are read from left to right, its number of leaves and least rows too", () => {
  // Cut at a = 7.5, and the eight rows beyond at b = 15.5.
  const inside = { coverage: 1, density: 1, mass: 0.1, "res dim": 2, limits: { a: [7.5, 9], b: [0, 15.5] } };
  const below = { coverage: 0, density: 0, mass: 0.8, limits: { a: [0, 7.5] } };
  const above = { coverage: 0, density: 0, mass: 0.1 };
  const cart = { mass_min: 0.1, leaves: [below, inside, above] };
  assert.deepEqual(statuses({ cart }), Array(4).fill("passed"), JSON.stringify(read({ cart })));
  cart.mass_min = 0.2;
  assert.deepEqual(statuses({ cart }), ["failed", "passed", "failed", "failed"]);
  assert.deepEqual(statuses({ cart_leaves: { coverage: [0, 0] } }), ["failed"]);
});

Deno.test("without the table the steps wait for it, and a figure that no reader knows is said", () => {
  const cases = primCases(JSON.stringify({ settings, box1: first }), () => undefined);
  assert.deepEqual(cases.map(({ status }) => status), ["passed", "skipped"]);
  assert.deepEqual(statuses({ roc_area: 0.9, words: "none" }), ["skipped"]);
});
