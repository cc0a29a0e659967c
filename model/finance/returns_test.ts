import assert from "node:assert/strict";
import fc from "fast-check";
import { type InternalRate, searched } from "./irr.ts";
import { irr, mirr, nfv, npv, xirr, xnfv, xnpv } from "./returns.ts";

const amounts = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 2, maxLength: 24 });
const ratesOf = (found: InternalRate) =>
  found.kind === "none" ? [] : found.kind === "one" ? [found.rate] : found.rates;
const size = (rate: number, flows: readonly number[]) =>
  flows.reduce((sum, amount, i) => sum + Math.abs(amount) * (1 + rate) ** -i, 0);

Deno.test("the NPV of flows at each of their IRRs is zero", () => {
  let roots = 0;
  fc.assert(
    fc.property(amounts, (flows) => {
      for (const rate of ratesOf(irr(flows))) {
        roots++;
        const off = Math.abs(npv(rate, flows)) / size(rate, flows);
        // Near -100 % a rate cannot be told finer than its own last place.
        const place = 2e-16 * flows.length / (1 + rate);
        assert.ok(off <= 1e-11 + 4 * place, `${off} at ${rate} of ${flows}`);
      }
    }),
    { seed: 74, numRuns: 300 },
  );
  assert.ok(roots > 200, `${roots} roots were looked at`);
});

Deno.test("scaling all flows leaves IRR and MIRR and scales NPV and NFV", () => {
  fc.assert(
    fc.property(amounts, fc.double({ min: 0.01, max: 1_000, noNaN: true }), (flows, k) => {
      const scaled = flows.map((amount) => amount * k);
      const before = ratesOf(irr(flows)), after = ratesOf(irr(scaled));
      assert.equal(after.length, before.length);
      for (const [i, rate] of before.entries()) {
        assert.ok(Math.abs(after[i] - rate) <= 1e-7 * (1 + Math.abs(rate)), `${after[i]}, ${rate}`);
      }
      const rates = { financeRate: 0.08, reinvestRate: 0.03 };
      const [one, two] = [mirr(flows, rates), mirr(scaled, rates)].map(ratesOf);
      assert.ok(one.length === two.length && one.every((rate, i) => Math.abs(rate - two[i]) < 1e-12));
      for (const worth of [npv, nfv]) {
        const off = worth(0.07, scaled) - k * worth(0.07, flows);
        assert.ok(Math.abs(off) <= 1e-9 * k * size(-0.07, flows));
      }
    }),
    { seed: 75, numRuns: 200 },
  );
});

Deno.test("a rate near -100 % is found in the widest range and none in the narrower one, which says its ends", () => {
  const flows = [-3_000, 1e-6];
  const found = irr(flows);
  assert.ok(found.kind === "one" && Math.abs((1 + found.rate) / (1e-6 / 3_000) - 1) < 1e-6);
  assert.equal(irr(flows, { range: searched }).kind, "none");
  assert.throws(
    () => irr(flows, { range: { from: 1, to: 7 } }),
    /Cannot use 1 as the start of the searched range/,
  );
  assert.throws(() => irr(flows, { range: { from: -1, to: 99 } }), /as the end of the searched range/);
});

Deno.test("dated flows a year apart are periodic flows, and NPV at XIRR is zero", () => {
  const flows = [-1_000, 300, 420, 680];
  const dated = flows.map((amount, i) => ({ day: 400 + 365 * i, amount }));
  const [yearly, byDate] = [irr(flows), xirr(dated)];
  assert.ok(yearly.kind === "one" && byDate.kind === "one" && Math.abs(yearly.rate - byDate.rate) < 1e-14);
  assert.ok(Math.abs(xnpv(0.07, dated) - npv(0.07, flows)) < 1e-9);
  assert.ok(Math.abs(xnfv(0.07, dated) - nfv(0.07, flows)) < 1e-9);
  assert.ok(Math.abs(xnpv(byDate.rate, dated.toReversed())) < 1e-9);
  const shorter = xirr(dated, { dayCount: "act/360" });
  assert.ok(shorter.kind === "one" && shorter.rate < byDate.rate, "years of 360 days are more of them");
});

Deno.test("the two countings of NPV differ by one period's discount", () => {
  const flows = [-40_000, 5_000, 8_000, 12_000, 30_000];
  assert.ok(Math.abs(npv(0.08, flows, { first: "next" }) * 1.08 - npv(0.08, flows)) < 1e-9);
});

Deno.test("what has no return says so, and what is no rate or day is refused", () => {
  assert.equal(irr([40_000, 5_000, 8_000]).kind, "none");
  assert.equal(mirr([1, 2, 3], { financeRate: 0.1, reinvestRate: 0.1 }).kind, "none");
  assert.equal(mirr([-1, -2], { financeRate: 0.1, reinvestRate: 0.1 }).kind, "none");
  assert.throws(
    () => npv(-1, [1, 2]),
    /^RangeError: Cannot use -1 as rate: a finite number above -1 is needed/,
  );
  assert.throws(() => npv(0.1, [1, NaN]), /Cannot use NaN as flow 2/);
  assert.throws(
    () => xnpv(0.1, [{ day: 0.5, amount: 1 }]),
    /Cannot use 0.5 as day: a whole number is needed/,
  );
});
