import assert from "node:assert/strict";
import { expectedLossCases } from "./readers/expected_loss.ts";
import { liquidityCases } from "./readers/liquidity.ts";
import { riskWeightCases, vasicekCases } from "./readers/portfolio.ts";
import { ubinQueueCases } from "./readers/queue.ts";
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

Deno.test("figures that a file worked out again are held as well as the printed ones", () => {
  const read = (reader: (text: string) => { status: string }[], file: object) =>
    statuses(reader(JSON.stringify(file)));
  const again = { correlation: 0.15, recomputedK: 0.0033193504602104244, recomputedRWpct: 4.1492 };
  const weight = (changes: object) => ({
    tolerancePct: 0.01,
    cases: [{
      assetClass: "residentialMortgage",
      pd: 0.0003,
      lgd: 0.45,
      expectedRiskWeightPct: 4.15,
      ...again,
      ...changes,
    }],
  });
  assert.deepEqual(read(riskWeightCases, weight({})), ["passed"]);
  for (const changes of [{ correlation: 0.16 }, { recomputedK: 0.00332 }, { recomputedRWpct: 4.1494 }]) {
    assert.deepEqual(read(riskWeightCases, weight(changes)), ["failed"]);
  }
  const pool = { pd: 0.02, rho: 0.1, quantile: 0.999, expectedWCDR: 0.128, tolerance: 0.0005 };
  const rate = (recomputed: number) => ({ cases: [{ ...pool, recomputed }] });
  assert.deepEqual(read(vasicekCases, rate(0.12823710729942317)), ["passed"]);
  assert.deepEqual(read(vasicekCases, rate(0.128237)), ["failed"]);
  const stock = (subtotal: number) => ({
    ...{ runoffFactors: [], nsfr: [] },
    hqla: [{
      id: "a",
      level1: 800,
      level2a: 100,
      level2bRMBS: 60,
      afterHaircut: [800, 85, 45],
      subtotal,
      l2CapBinding: false,
      expectedHQLA: 930,
    }],
  });
  assert.deepEqual([...read(liquidityCases, stock(930)), ...read(liquidityCases, stock(931))], [
    "passed",
    "failed",
  ]);
  const queue = (value: number) => ({
    cases: [{
      ...{ name: "one", liquidity: { A: 5, B: 0 }, queue: [{ payer: "A", payee: "B", amount: 5 }] },
      derived_by_us: { gross_fifo_no_netting: { settled: [1], count: 1, value, balances: { A: 0, B: 5 } } },
    }],
  });
  assert.deepEqual([...read(ubinQueueCases, queue(5)), ...read(ubinQueueCases, queue(6))], [
    "passed",
    "failed",
  ]);
});
