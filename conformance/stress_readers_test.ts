import assert from "node:assert/strict";
import { reverseStressCases, tailRiskCases } from "./readers/stress.ts";
import { stressScenarioCases } from "./readers/stress_scenarios.ts";

const statuses = (cases: { status: string }[]) => cases.map(({ status }) => status);

Deno.test("tails fail on another value at risk, shortfall or loss, and on a part that nobody reads", () => {
  const read = (file: object) => statuses(tailRiskCases(JSON.stringify({ alpha: [0.9], ...file })));
  assert.deepEqual(read({ uniform01: { VaR: [0.9], ES: [0.95] } }), ["passed"]);
  assert.deepEqual(read({ uniform01: { VaR: [0.9], ES: [0.96] } }), ["failed"]);
  assert.deepEqual(read({ student_t: { 3: { VaR: [1.6377], ES: [2.91] } }, cauchy: {} }), [
    "failed",
    "failed",
  ]);
  const discrete = (ES: number) => ({
    discrete: { losses: [0, 10], cases: [{ a: 0.5, VaR_lower: 0, VaR_upper: 10, ES }] },
  });
  assert.deepEqual([...read(discrete(10)), ...read(discrete(5))], ["passed", "failed"]);
});

Deno.test("reverse stress fails on another point, loss, mean or break point", () => {
  const linear = { S: [[1]], a: [2], mu: [0], c: 4, x: [2], d: 2, prob: 0.022750131948179212 };
  const read = (file: object) => statuses(reverseStressCases(JSON.stringify(file)));
  assert.deepEqual(read({ most_likely_linear: linear, maxloss_ellipsoid: { k: 1, loss: 2, x: [1] } }), [
    "passed",
    "passed",
  ]);
  assert.deepEqual(read({ most_likely_linear: { ...linear, d: 2.1 } }), ["failed"]);
  assert.deepEqual(
    read({ kl_worst_case: { cases: [{ m: 0, s: 1, k: 0.5, value: 1 }, { m: 0, s: 1, k: 0.5, value: 2 }] } }),
    [
      ...["passed", "failed"],
    ],
  );
  assert.deepEqual(read({ entropy: {} }), ["failed"]);
});

Deno.test("printed scenarios fail where their own sums do not hold, and wait for the tables beside them", () => {
  const read = (file: object, table?: string) =>
    statuses(stressScenarioCases(JSON.stringify(file), () => table));
  const eba = (cum: number) => ({
    eba: [{ year: 2025, adverse_gdp_EU: [-2.3, -4.2, 0], adverse_gdp_EU_cum: cum }],
  });
  assert.deepEqual([...read(eba(-6.3)), ...read(eba(-7))], ["passed", "failed"]);
  const pboc = (to: number) => ({
    pboc: [{ report: "2020", shock: `+400% NPL: 1.7 -> ${to}`, car: [14, 9] }],
  });
  assert.deepEqual([...read(pboc(8.5)), ...read(pboc(6.8))], ["passed", "failed"]);
  assert.deepEqual(read({ fed_derived: { values: { 2025: {} } } }), ["skipped"]);
  assert.deepEqual(read({ fed_derived: { values: { 2025: {} } } }, "Date\n"), ["failed"]);
  assert.deepEqual(read({ imf: [] }), ["failed"]);
});

Deno.test("of printed scenarios the figures that nothing follows from are said, and a worse path leaves less capital", () => {
  const read = (file: object) => stressScenarioCases(JSON.stringify(file), () => undefined);
  const boe = {
    name: "2022",
    gdp: -5,
    world_gdp: -2,
    house_prices: -31,
    unemp: 8.5,
    cre: -45,
    bank_rate_path: "5 to 0",
  };
  assert.deepEqual(read({ note: "words", boe: [boe] }).map(({ status, name }) => [status, name]), [
    ["passed", "Bank of England 2022"],
    ["skipped", "Bank of England 2022: cre"],
  ]);
  const macro = (severe: number) => ({
    pboc: [{
      report: "2025",
      macro_scenarios: {
        ...{ horizon: [2025, 2026], npl_start: 1, car_start: 16, car_2027: { severe, mild: 13 } },
        npl_paths: { severe: [3, 6], mild: [2, 5] },
      },
    }],
  });
  assert.deepEqual([...statuses(read(macro(12))), ...statuses(read(macro(14)))], ["passed", "failed"]);
});
