import assert from "node:assert/strict";
import { statedRolls } from "./provision_terms.ts";
import { transitionMatrix } from "./transitions.ts";

const rolls = {
  fromCurrentBps: 100,
  fromM1Bps: 5_000,
  fromM2Bps: 8_000,
  fromM3Bps: 9_000,
  writtenOffBps: 3_000,
  curedBps: 500,
};

Deno.test("stated rolls are a transition matrix: each bucket rolls on or is paid, and what left stays away", () => {
  const matrix = statedRolls(rolls);
  assert.deepEqual(transitionMatrix(matrix), matrix);
  assert.deepEqual(matrix.map((row) => row.findLastIndex((p) => p > 0)), [1, 2, 3, 4, 5, 5, 6]);
  assert.deepEqual(matrix[4], [0.05, 0, 0, 0, 0.65, 0.3, 0]);
});

Deno.test("more than all of a bucket cannot be written off and cured", () => {
  assert.throws(
    () => statedRolls({ ...rolls, writtenOffBps: 9_600 }),
    /9600 bps are written off and 500 bps cured/,
  );
});
