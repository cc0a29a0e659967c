import assert from "node:assert/strict";
import fc from "fast-check";
import { instalmentFen, monthInterestFen, principalPartFen } from "./instalment.ts";
import { planRateBps } from "./plan_rate.ts";

/** The payments of a plan when every one is made. */
function paymentsOf(lentFen: number, { aprBps, months }: { aprBps: number; months: number }): number[] {
  const paymentFen = instalmentFen(lentFen, aprBps, months);
  let owedFen = lentFen;
  return Array.from({ length: months }, (_, k) => {
    const part = principalPartFen(owedFen, { paymentFen, aprBps, monthsLeft: months - k });
    const paid = part + monthInterestFen(owedFen, aprBps);
    owedFen -= part;
    return paid;
  });
}

Deno.test("each plan's payments give back its stated rate within a basis point: any amount, rate and tenor of any product", () => {
  fc.assert(
    fc.property(
      // From CNY 200, the smallest amount that is paid in parts.
      fc.integer({ min: 20_000, max: 5_000_000 }),
      fc.nat(3_600),
      fc.integer({ min: 2, max: 60 }),
      (lentFen, aprBps, months) => {
        const rate = planRateBps(lentFen, paymentsOf(lentFen, { aprBps, months }));
        // Rounding alone can leave a plan without interest a fen short of nothing.
        assert.ok(
          rate !== "none" && Math.abs(rate - aprBps) <= 1 + 120_000 * 2 / lentFen,
          `${rate} for ${aprBps}`,
        );
        if (lentFen >= 1_000_000) assert.ok(Math.abs(rate as number - aprBps) <= 1);
      },
    ),
    { seed: 861, numRuns: 400 },
  );
});

Deno.test("planRateBps() finds known rates: numpy-financial's rate(12, -88.85, 1000, 0) among them", () => {
  const near = (found: number | "none", expected: number) =>
    assert.ok(found !== "none" && Math.abs(found - expected) < 1e-6, `${found}`);
  near(planRateBps(1_000, Array(12).fill(88.8487886783417)), 1_200);
  near(planRateBps(100, [110]), 12_000);
  near(planRateBps(100, [50, 50]), 0);
  near(planRateBps(1, [0, 16]), 360_000);
});

Deno.test("planRateBps() says none where less comes back than was lent, and refuses a loan of nothing", () => {
  assert.equal(planRateBps(100, [99]), "none");
  assert.equal(planRateBps(100, []), "none");
  assert.throws(() => planRateBps(0, [1]), { name: "RangeError", message: /must be positive/ });
});
