import assert from "node:assert/strict";
import { compoundedInterest, principalFlows } from "./amortising.ts";

Deno.test("principalFlows() sum to what was lent first, and a draw-down is negative", () => {
  // QuantLib, test-suite/amortizingbond.cpp: a notional that rises by 0.5 and by 1, then falls.
  const flows = principalFlows([100, 100, 100.5, 100.5, 101.5, 101.5, 90, 80, 70, 60]);
  assert.deepEqual(flows, [0, -0.5, 0, -1, 0, 11.5, 10, 10, 10, 60]);
  assert.equal(flows.reduce((sum, flow) => sum + flow, 0), 100);
  assert.deepEqual(principalFlows([]), []);
});

Deno.test("compoundedInterest() is that of the first two coupons of a Brazilian bond", () => {
  // The same file: 6.75 % a year, 23 and 19 business days of 252.
  const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}`);
  near(compoundedInterest(1_000, { rate: 0.0675, years: 23 / 252 }), 5.97950399);
  near(compoundedInterest(983.333, { rate: 0.0675, years: 19 / 252 }), 4.85474255);
  near(compoundedInterest(1_000, { rate: 0.0675, years: 1 }), 67.5);
});
