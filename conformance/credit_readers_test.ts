import assert from "node:assert/strict";
import { expectedLossCases } from "./readers/expected_loss.ts";
import { historiesPath, transitionCases } from "./readers/transitions.ts";
import { runSets } from "./run.ts";

const statuses = (cases: { status: string }[]) => cases.map(({ status }) => status);

Deno.test("expected losses fail on another figure, another rule or an unknown invariant", () => {
  const good = { id: "a", rates: [0.1, 0.5], balances: [100, 11], expectedECL: [10, 6] };
  const rolled = {
    id: "b",
    rollInputs: { sales: 100, paid: [50, 40], outstanding: [50, 10] },
    expectedLossRates: [0.1, 0.2, 1],
    balances: [10, 10, 10],
    expectedECL: [1, 2, 10],
    expectedTotal: 13,
  };
  const file = {
    cases: [
      good,
      { ...good, expectedECL: [10, 7] },
      rolled,
      { ...rolled, expectedLossRates: [0.1, 0.2, 0.9] },
      { ...rolled, expectedTotal: 12 },
      { id: "c", rule: "Stage 1: nothing" },
      { id: "d" },
    ],
    invariants: ["ECL is linear in EAD", "ECL is blue"],
  };
  assert.deepEqual(statuses(expectedLossCases(JSON.stringify(file))), [
    ...["passed", "failed", "passed", "failed", "failed", "failed", "failed"],
    ...["passed", "failed"],
  ]);
});

Deno.test("transition matrices fail on another power, an error of another name, and histories of another matrix", () => {
  const published = {
    states: ["A", "D"],
    matrix: [[0.9, 0.1], [0, 1]],
    rowSums: [1, 1],
    recomputedCumulativePD: { "2": [0.19, 1], "3": [0.3, 1] },
  };
  const validation = [
    { matrix: [[0.5, 0.4], [0, 1]], expectedError: "Rowsum not equal to one" },
    { matrix: [[0.5, 0.5], [0, 1]], expectedError: "Rowsum not equal to one" },
    { matrix: [[0.5, 0.4], [0, 1]], expectedError: "Negative Probabilities" },
  ];
  const file = (trueMatrix: number[][]) =>
    JSON.stringify({ published, cohortEstimator: { trueMatrix }, validation, tomorrow: {} });
  const histories = "ID,Time,State\n1,0,0\n1,1,0\n2,0,0\n2,1,1\n2,2,1\n";
  const read = (trueMatrix: number[][], text?: string) =>
    statuses(transitionCases(file(trueMatrix), (path) => path === historiesPath ? text : undefined));
  const rest = ["passed", "failed", "failed", "failed"];
  assert.deepEqual(read([[0.5, 0.5], [0, 1]], histories), ["passed", "failed", "passed", "passed", ...rest]);
  assert.deepEqual(read([[0.7, 0.3], [0, 1]], histories), ["passed", "failed", "passed", "failed", ...rest]);
  assert.deepEqual(read([[0.7, 0.3], [0, 1]]), ["passed", "failed", "passed", "skipped", ...rest]);
});

Deno.test("a reader may look at a file beside the sets, and is told when there is none", () => {
  const asked: (string | undefined)[] = [];
  const registry = {
    "fin/a.json": (_: string, beside?: (path: string) => string | undefined) => {
      asked.push(beside?.("../data/b.csv"), beside?.("../data/c.csv"));
      return [{ name: "a", status: "passed" as const }];
    },
  };
  const read = (path: string) => {
    if (path.endsWith("c.csv")) throw new Error("no such file");
    return path;
  };
  runSets({ paths: ["fin/a.json"], read }, registry);
  assert.deepEqual(asked, ["../data/b.csv", undefined]);
});
