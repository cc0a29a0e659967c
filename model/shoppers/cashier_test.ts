import assert from "node:assert/strict";
import fc from "fast-check";
import { abandonProbability, chooseFallback, fallback, type Placement } from "./cashier.ts";

const placements: Placement[] = ["default", "listed", "hidden"];
const terms = { abandonPerStepBps: 100, placementDefaultFactorBps: 7_000, placementHiddenFactorBps: 20_000 };

Deno.test("abandonProbability() is nothing at one step and grows by the same part with each further step", () => {
  const of = (steps: number) => abandonProbability({ steps, placement: "listed" }, terms);
  assert.deepEqual([1, 2, 3, 11].map(of), [0, 0.01, 0.02, 0.1]);
});

Deno.test("abandonProbability() is lower for the option on top and higher for a hidden one, by their factors", () => {
  const of = (placement: Placement) => abandonProbability({ steps: 5, placement }, terms);
  assert.deepEqual(placements.map((placement) => Math.round(of(placement) * 1e6)), [28_000, 40_000, 80_000]);
});

Deno.test("abandonProbability() stays a probability and never falls with more steps", () => {
  const some = fc.record({
    abandonPerStepBps: fc.nat(2_000),
    placementDefaultFactorBps: fc.nat(50_000),
    placementHiddenFactorBps: fc.nat(50_000),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(...placements),
      some,
      (steps, placement, terms) => {
        const p = abandonProbability({ steps, placement }, terms);
        assert.ok(p >= 0 && p <= 1);
        assert.ok(abandonProbability({ steps: steps + 1, placement }, terms) >= p);
      },
    ),
    { seed: 101, numRuns: 1_000 },
  );
});

/** How a thousand buyers divide, one at the middle of each thousandth. */
function divide(
  otherLineWorks: boolean,
  shares: { otherLineBps: number; waitBps: number; leaveBps: number },
) {
  const counts = [0, 0, 0, 0];
  for (let k = 0; k < 1_000; k++) counts[chooseFallback((k + 0.5) / 1_000, otherLineWorks, shares)]++;
  return Object.fromEntries(Object.entries(fallback).map(([name, index]) => [name, counts[index]]));
}

Deno.test("chooseFallback() sends the stated share to the other line and divides the rest as stated", () => {
  const shares = { otherLineBps: 5_000, waitBps: 1_000, leaveBps: 3_000 };
  assert.deepEqual(divide(true, shares), { otherLine: 500, wait: 50, leave: 150, debit: 300 });
});

Deno.test("chooseFallback() sends nobody to another line that does not work", () => {
  const shares = { otherLineBps: 10_000, waitBps: 1_000, leaveBps: 3_000 };
  assert.deepEqual(divide(false, shares), { otherLine: 0, wait: 100, leave: 300, debit: 600 });
  assert.deepEqual(divide(true, shares), { otherLine: 1_000, wait: 0, leave: 0, debit: 0 });
});

Deno.test("chooseFallback() leaves no one for the debit card where all wait or leave", () => {
  assert.deepEqual(divide(false, { otherLineBps: 0, waitBps: 0, leaveBps: 0 }).debit, 1_000);
  assert.deepEqual(divide(false, { otherLineBps: 0, waitBps: 4_000, leaveBps: 6_000 }).debit, 0);
});
