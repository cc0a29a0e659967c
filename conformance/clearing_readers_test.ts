import assert from "node:assert/strict";
import { clearingVectorCases } from "./readers/clearing_vector.ts";
import { ubinCycleCases } from "./readers/queue.ts";
import { settlementWindowCases } from "./readers/settlement_windows.ts";

const statuses = (cases: { status: string }[]) => cases.map(({ status }) => status);

Deno.test("clearing vectors fail on another payment, default, shortfall or property, and must refuse what is refused", () => {
  const one = {
    id: "a",
    L: [[0, 100], [0, 0]],
    external_assets: [40, 0],
    expected: {
      clearing: [40, 0],
      default: [1, 0],
      shortfall: [60, 0],
      properties: ["at least one default"],
    },
  };
  const wrong = (expected: object) => ({ ...one, expected });
  const senior = {
    ...one,
    external_liabilities: [30, 0],
    seniority: "external_senior",
    expected: { clearing: [10, 0] },
  };
  const cases = [
    one,
    senior,
    { ...one, alpha: 0.5, expected: { clearing: [20, 0] } },
    { ...one, L: [[0, -5], [0, 0]], expected: { error: "non-negative" } },
    wrong({ clearing: [41, 0] }),
    wrong({ default: [0, 0] }),
    wrong({ shortfall: [61, 0] }),
    wrong({ properties: ["p is blue"] }),
    wrong({ error: "non-negative" }),
    { ...senior, seniority: "external_junior" },
  ];
  assert.deepEqual(statuses(clearingVectorCases(JSON.stringify({ cases }))), [
    ...Array(4).fill("passed"),
    ...Array(6).fill("failed"),
  ]);
});

Deno.test("reservations fail on another state, code or position, and steps that nobody plays fail", () => {
  const member = { position: 0, settlement_account: -10, net_debit_cap: 5 };
  const one = {
    ...member,
    id: "a",
    transfers: [4, 2, { amount: 1, state: "INVALID" }, 7],
    expected: {
      states: ["RESERVED", "ABORTED_REJECTED", "ABORTED_REJECTED", "ABORTED_REJECTED"],
      errors: [null, "4200 payer limit error", "2001", "4001 no liquidity"],
      position_after: 4,
      position_changes: [4],
    },
  };
  const file = {
    prepare_cases: [
      one,
      { ...one, expected: { states: ["RESERVED"] } },
      { ...one, expected: { errors: [null, "4001", "2001", "4001"] } },
      { ...one, expected: { position_after: 6 } },
      { ...one, expected: { alarm: "position > cover*0.5" } },
      { ...one, expected: { colour: "blue" } },
    ],
    in_batch_running_available: {
      our_vector: { ...member, transfers: [3, 3], correct: { states: ["RESERVED", "ABORTED_REJECTED"] } },
    },
    deferred_net_golden: {
      steps: [{ step: "PS_TRANSFERS_COMMITTED", expect: "" }, { step: "DREAMT", expect: "" }],
    },
    must_not_regress: ["settling one of two windows", "the moon"],
  };
  assert.deepEqual(statuses(settlementWindowCases(JSON.stringify(file))), [
    ...["passed", ...Array(5).fill("failed"), "passed"],
    ...["passed", "failed", "passed", "failed"],
  ]);
});

Deno.test("cycles of a graph fail on another number of cycles, another set or other balances", () => {
  const payment = (payer: string, payee: string, amount: number) => ({ payer, payee, amount });
  const obligations = [payment("A", "B", 5), payment("B", "A", 4), payment("A", "B", 9)];
  const one = {
    title_cycle: "A, B",
    cycle_nodes: ["A", "B"],
    new_limits: { A: 0, B: 3 },
    settled: obligations.slice(0, 2),
    settled_count: 2,
    not_settled: obligations.slice(2),
  };
  const read = (cycles_in_component: number, cases: object[]) =>
    statuses(ubinCycleCases(JSON.stringify({
      graph: { liquidity: { A: 1, B: 2 }, obligations },
      cycles_in_component,
      cases,
    })));
  const wrong = [
    { ...one, new_limits: { A: 1, B: 2 } },
    { ...one, settled: obligations },
    { ...one, settled_count: 3 },
    { ...one, not_settled: obligations },
  ];
  assert.deepEqual(read(1, [one, ...wrong]), ["passed", "passed", ...Array(4).fill("failed")]);
  assert.deepEqual(read(2, []), ["failed"]);
});
