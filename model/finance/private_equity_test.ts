import assert from "node:assert/strict";
import fc from "fast-check";
import {
  directAlpha,
  dpi,
  ksPme,
  longNickelsPme,
  modifiedPme,
  pmePlus,
  rvpi,
  tvpi,
} from "./private_equity.ts";

const fund = fc.array(
  fc.record({ amount: fc.integer({ min: -500, max: 500 }), index: fc.integer({ min: 50, max: 200 }) }),
  { minLength: 2, maxLength: 12 },
).map((rows) => ({
  amounts: [-1_000, ...rows.map(({ amount }) => amount)],
  index: [100, ...rows.map(({ index }) => index)],
}));
const one = (found: { kind: string; multiple?: number }) => found.multiple ?? NaN;

Deno.test("TVPI is DPI and RVPI together, and against an index that stands still KS-PME is TVPI", () => {
  fc.assert(
    fc.property(fund, fc.integer({ min: 0, max: 2_000 }), ({ amounts }, nav) => {
      assert.ok(Math.abs(one(tvpi(amounts, nav)) - one(dpi(amounts)) - one(rvpi(amounts, nav))) < 1e-12);
      const still = amounts.map(() => 100);
      assert.ok(Math.abs(one(ksPme(amounts, { index: still, nav })) - one(tvpi(amounts, nav))) < 1e-12);
    }),
    { seed: 76, numRuns: 200 },
  );
});

Deno.test("a stake in the index itself has KS-PME 1, no alpha, and is its own equivalent", () => {
  fc.assert(
    fc.property(fund, ({ amounts, index }) => {
      const { nav, rate } = longNickelsPme(amounts, { index });
      if (nav < 1) return;
      assert.ok(Math.abs(one(ksPme(amounts, { index, nav })) - 1) < 1e-12);
      const alpha = directAlpha(amounts, { index, nav });
      const rates = alpha.kind === "one" ? [alpha.rate] : alpha.kind === "several" ? alpha.rates : [];
      assert.ok(rates.some((it) => Math.abs(it) < 1e-9), "0 is an alpha");
      const plus = pmePlus(amounts, { index, nav });
      if (plus.scale !== null) assert.ok(Math.abs(plus.scale - 1) < 1e-9, `${plus.scale}`);
      if (plus.scale !== null && rate.kind === "one" && plus.rate.kind === "one") {
        assert.ok(Math.abs(plus.rate.rate - rate.rate) < 1e-7);
      }
    }),
    { seed: 77, numRuns: 200 },
  );
});

Deno.test("the modified equivalent never goes short, where that of Long and Nickels does", () => {
  // A stake that paid out far more than the index would have grown to.
  const flows = { amounts: [-100, 300, 0], index: [100, 100, 100] };
  assert.equal(longNickelsPme(flows.amounts, flows).nav, -200);
  const { nav } = modifiedPme(flows.amounts, { index: flows.index, navs: [100, 100, 100] });
  assert.equal(nav, 25); // three quarters of the stake were paid out, so three quarters of the portfolio
});

Deno.test("nothing paid in has no multiple; an index that does not fit is refused", () => {
  assert.deepEqual(dpi([0, 15]), { kind: "none" });
  assert.equal(pmePlus([-10, 0], { index: [100, 110], nav: 11 }).scale, null);
  assert.throws(
    () => tvpi([-1], -2),
    /^RangeError: Cannot use -2 as nav: a finite number of 0 or more is needed/,
  );
  assert.throws(() => ksPme([-1, 2], { index: [100] }), /Cannot use 1 values as index: 2 are needed/);
  assert.throws(() => directAlpha([-1, 2], { index: [100, 0] }), /Cannot use 0 as index value 2/);
  assert.throws(() => modifiedPme([-1, 2], { index: [1, 1], navs: [1] }), /1 values as navs: 2 are needed/);
});
