import assert from "node:assert/strict";
import fc from "fast-check";
import { blankAttempt } from "./attempt.ts";
import { cashInHandFen, missAfterCashOut, purchaseForCashFen } from "./cash.ts";
import { typologies } from "./registry.ts";

Deno.test("purchaseForCashFen() is the smallest purchase that leaves the need in hand", () => {
  fc.assert(
    fc.property(fc.nat(5_000_000), fc.oneof(fc.nat(3_000), fc.nat(9_999)), (needFen, feeBps) => {
      const purchaseFen = purchaseForCashFen(needFen, feeBps);
      assert.ok(Number.isSafeInteger(purchaseFen) && purchaseFen >= needFen);
      assert.ok(cashInHandFen(purchaseFen, feeBps) >= needFen);
      if (purchaseFen > 0) assert.ok(cashInHandFen(purchaseFen - 1, feeBps) < needFen);
    }),
    { seed: 283, numRuns: 1_000 },
  );
});

Deno.test("cash and fee sum to the purchase, and a dearer merchant never leaves more cash", () => {
  fc.assert(
    fc.property(fc.nat(5_000_000), fc.nat(9_000), fc.nat(1_000), (purchaseFen, feeBps, dearer) => {
      const cashFen = cashInHandFen(purchaseFen, feeBps);
      assert.ok(Number.isSafeInteger(cashFen) && cashFen >= 0 && cashFen <= purchaseFen);
      assert.ok(cashInHandFen(purchaseFen, feeBps + dearer) <= cashFen);
    }),
    { seed: 284, numRuns: 1_000 },
  );
  assert.equal(cashInHandFen(100_000, 1_000), 90_000);
});

Deno.test("purchaseForCashFen() refuses a fee that leaves nothing", () => {
  for (const feeBps of [10_000, -1, NaN]) {
    assert.throws(() => purchaseForCashFen(1, feeBps), { name: "RangeError", message: /fee of/ });
  }
});

Deno.test("missAfterCashOut() raises a probability by the factor, and keeps it one", () => {
  assert.equal(missAfterCashOut(0.1, 10_000), 0.1);
  assert.equal(missAfterCashOut(0.1, 20_000), 0.2);
  assert.equal(missAfterCashOut(0.9, 20_000), 1);
  assert.equal(missAfterCashOut(0, 50_000), 0);
});

/** Months in which a kiter looks punctual: each month's bill is paid out of the other line, less the merchant's fee. */
function kite(billFen: number, limitFen: number, feeBps: number): { months: number; owedFen: number } {
  const owedFen = [billFen, 0];
  let due = 0, months = 0;
  while (true) {
    const amountFen = typologies.kiting.amountFen({
      ...blankAttempt(),
      medianFen: purchaseForCashFen(owedFen[due], feeBps),
      availableFen: limitFen - owedFen[1 - due],
    });
    if (amountFen === 0) return { months, owedFen: owedFen[0] + owedFen[1] };
    owedFen[1 - due] += amountFen;
    owedFen[due] = 0;
    due = 1 - due;
    months++;
    if (months > 1_000) return { months, owedFen: owedFen[0] + owedFen[1] };
  }
}

Deno.test("kiting hides lateness for months, grows the debt by the fees, and ends when no line has room", () => {
  const { months, owedFen } = kite(100_000, 200_000, 800);
  // 100,000 / 0.92^n stays below 200,000 for 8 months.
  assert.equal(months, 8);
  assert.ok(owedFen > 190_000 && owedFen <= 200_000);
  assert.deepEqual(kite(100_000, 100_000, 800), { months: 0, owedFen: 100_000 });
});

Deno.test("kiting never ends before a smaller limit would end it, and lasts without end where cash costs nothing", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: 500_000 }),
      fc.nat(1_000_000),
      fc.integer({ min: 100, max: 3_000 }),
      fc.nat(500_000),
      (billFen, limitFen, feeBps, moreFen) => {
        const { months, owedFen } = kite(billFen, limitFen, feeBps);
        assert.ok(months < 1_000 && owedFen <= Math.max(limitFen, billFen) && owedFen >= billFen);
        assert.ok(kite(billFen, limitFen + moreFen, feeBps).months >= months);
        assert.ok(kite(billFen, limitFen, feeBps + 100).months <= months);
      },
    ),
    { seed: 285, numRuns: 300 },
  );
  assert.equal(kite(100_000, 100_000, 0).months, 1_001);
});
