import assert from "node:assert/strict";
import fc from "fast-check";
import { annuityPayment } from "#/model/credit/instalment.ts";
import { daysLent, issuerCostFen, managerPartFen, shopperCostFen } from "./cost.ts";

const bought = { amountFen: 120_000, daysToDue: 30, months: 0, aprBps: 1_635 };

Deno.test("without instalments a purchase costs its holder nothing, and time is worth what money earns", () => {
  assert.equal(shopperCostFen(bought, { floatBps: 0 }), 0);
  // CNY 1,200 for 30 days at 2.5 % a year: CNY 2.47.
  assert.ok(Math.abs(shopperCostFen(bought, { floatBps: 250 }) + 246.58) < 0.01);
});

Deno.test("in instalments a purchase costs the interest of the plan", () => {
  const costFen = shopperCostFen({ ...bought, months: 12 }, { floatBps: 0 });
  const exactFen = annuityPayment(120_000, 0.1635 / 12, 12) * 12 - 120_000;
  assert.ok(Math.abs(costFen - exactFen) <= 12);
});

Deno.test("a longer wait costs the issuer what the holder gains, at equal rates", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 10_000_000 }),
      fc.integer({ min: 0, max: 60 }),
      (amountFen, days) => {
        const it = { ...bought, amountFen, daysToDue: days };
        const gain = -shopperCostFen(it, { floatBps: 400 });
        const cost = issuerCostFen(it, { fundingBps: 400, clearingBps: 0, clearingFen: 0 });
        assert.ok(Math.abs(gain - cost) < 1e-6);
      },
    ),
    { seed: 42 },
  );
});

Deno.test("a plan is lent to its middle", () => {
  assert.equal(daysLent({ daysToDue: 9, months: 0 }), 9);
  assert.equal(daysLent({ daysToDue: 9, months: 3 }), 60);
});

Deno.test("the manager's part is never more than what is left of the discount", () => {
  const fen = fc.integer({ min: 0, max: 1_000_000 }), bps = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(fen, fen, bps, (discountFen, feesFen, shareBps) => {
      const partFen = managerPartFen({ discountFen, feesFen }, shareBps);
      assert.ok(Number.isSafeInteger(partFen) && partFen >= 0);
      assert.ok(partFen <= Math.max(0, discountFen - feesFen));
    }),
    { seed: 42 },
  );
});
