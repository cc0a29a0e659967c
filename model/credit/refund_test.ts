import assert from "node:assert/strict";
import fc from "fast-check";
import { bridgedPartFen, feeBackFen, shopPartFen } from "./refund.ts";
import { bpsOf } from "#/model/units/units.ts";

const price = fc.integer({ min: 1, max: 1_000_000_000 });
const bps = fc.nat(1_000);

Deno.test("a whole purchase that comes back undoes the sale to the fen; a part never more than its part", () => {
  fc.assert(
    fc.property(price, bps, fc.double({ min: 0, max: 1, noNaN: true }), (amountFen, discountBps, part) => {
      const shopFen = amountFen - bpsOf(amountFen, discountBps);
      assert.equal(shopPartFen(amountFen, { amountFen, discountBps }), shopFen);
      const refundFen = Math.round(amountFen * part),
        backFen = shopPartFen(refundFen, { amountFen, discountBps });
      assert.ok(backFen >= 0 && backFen <= refundFen && backFen <= shopFen);
      assert.ok(Math.abs(backFen - shopFen * refundFen / amountFen) <= 0.5 + 1e-6);
    }),
    { seed: 831 },
  );
});

Deno.test("shopPartFen() refuses more than the price", () => {
  assert.throws(() => shopPartFen(101, { amountFen: 100, discountBps: 0 }), {
    name: "RangeError",
    message: /101 fen of a purchase of 100/,
  });
});

Deno.test("feeBackFen() gives back all of a fee, none of it, or what the contract says", () => {
  const half = { refundFen: 500, amountFen: 1_000 };
  assert.equal(feeBackFen(30, { ...half, returnedBps: 10_000 }), 15);
  assert.equal(feeBackFen(30, { ...half, returnedBps: 4_000 }), 6);
  assert.equal(feeBackFen(30, { ...half, returnedBps: 0 }), 0);
  assert.equal(feeBackFen(30, { refundFen: 1_000, amountFen: 1_000, returnedBps: 10_000 }), 30);
});

Deno.test("what leaves a debt leaves no part of it below nothing, and takes its own part first", () => {
  fc.assert(
    fc.property(price, fc.nat(10_000), fc.nat(10_000), fc.boolean(), (owedFen, a, b, isBridged) => {
      const bridgedFen = bpsOf(owedFen, a), offFen = bpsOf(owedFen, b);
      const partFen = bridgedPartFen(offFen, { owedFen, bridgedFen, isBridged });
      const nativeFen = offFen - partFen;
      assert.ok(partFen >= 0 && partFen <= bridgedFen);
      assert.ok(nativeFen >= 0 && nativeFen <= owedFen - bridgedFen);
      if (isBridged) assert.equal(partFen, Math.min(offFen, bridgedFen));
      else assert.equal(nativeFen, Math.min(offFen, owedFen - bridgedFen));
    }),
    { seed: 832 },
  );
});
