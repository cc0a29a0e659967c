import assert from "node:assert/strict";
import fc from "fast-check";
import { fv, ipmt, nper, pmt, ppmt, pv, rate, type When } from "./annuity.ts";

const terms = fc.record({
  rate: fc.oneof(fc.constant(0), fc.double({ min: -0.05, max: 0.3, noNaN: true })),
  nper: fc.integer({ min: 1, max: 120 }),
  when: fc.constantFrom<When>("end", "begin"),
  pv: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fv: fc.integer({ min: -1_000_000, max: 1_000_000 }),
});

const near = (own: number, expected: number, scale: number) =>
  assert.ok(Math.abs(own - expected) <= 1e-9 * Math.max(1, scale), `${own}, expected ${expected}`);

Deno.test("each payment is its interest and its principal, and principal repays what stands between pv and fv", () => {
  fc.assert(
    fc.property(terms, (it) => {
      const payment = pmt(it), pers = Array.from({ length: it.nper }, (_, k) => k + 1);
      const scale = Math.abs(it.pv) + Math.abs(it.fv) + Math.abs(payment);
      for (const per of pers) near(ipmt({ ...it, per }) + ppmt({ ...it, per }), payment, scale);
      // Paid at the begin, the last period's interest still accrues after the last payment.
      if (it.when === "begin") return;
      const repaid = pers.reduce((sum, per) => sum + ppmt({ ...it, per }), 0);
      near(repaid, -(it.pv + it.fv), scale * it.nper);
    }),
    { seed: 71, numRuns: 200 },
  );
});

Deno.test("interest of a payment is the rate on what a book of the loan says is owed", () => {
  // A book kept forward loses digits as (1 + r)^n grows, so loans are kept short here.
  const short = terms.map((it) => ({ ...it, nper: (it.nper - 1) % 24 + 1 }));
  fc.assert(
    fc.property(short, (it) => {
      const payment = pmt(it), scale = 100 * (Math.abs(it.pv) + Math.abs(it.fv) + Math.abs(payment));
      let owed = it.pv, interest = 0;
      for (let per = 1; per <= it.nper; per++) {
        if (it.when === "end") interest = -owed * it.rate;
        near(ipmt({ ...it, per }), interest, scale);
        if (it.when === "begin") interest = -(owed + payment) * it.rate;
        owed = it.when === "begin" ? (owed + payment) * (1 + it.rate) : owed * (1 + it.rate) + payment;
      }
      near(owed, -it.fv, scale);
    }),
    { seed: 72, numRuns: 200 },
  );
});

Deno.test("pv, fv, nper and rate undo each other", () => {
  fc.assert(
    fc.property(terms, (it) => {
      const payment = pmt(it);
      const scale = (Math.abs(it.pv) + Math.abs(it.fv) + Math.abs(payment) * it.nper) *
        Math.max(1, (1 + it.rate) ** it.nper, (1 + it.rate) ** -it.nper);
      near(pv({ ...it, pmt: payment }), it.pv, scale);
      near(fv({ ...it, pmt: payment }), it.fv, scale);
    }),
    { seed: 73, numRuns: 200 },
  );
  const loan = { pv: 200_000, fv: 0 };
  for (const monthly of [0.001, 0.01, 0.2]) {
    const payment = pmt({ ...loan, rate: monthly, nper: 24 });
    const periods = nper({ ...loan, rate: monthly, pmt: payment });
    assert.ok(periods.kind === "one" && Math.abs(periods.nper - 24) < 1e-9);
    const found = rate({ ...loan, nper: 24, pmt: payment });
    assert.ok(found.kind === "one" && Math.abs(found.rate - monthly) < 1e-12, JSON.stringify(found));
  }
});

Deno.test("a tiny rate keeps its digits, where (1 + r)^n − 1 would lose them", () => {
  const own = fv({ rate: 1e-12, nper: 12, pmt: -1, pv: 0 });
  assert.ok(Math.abs(own - (12 + 66e-12)) < 1e-14, `${own}`);
});

Deno.test("far along a dear loan interest still follows what is owed", () => {
  // pyxirr, tests/test_periodic.rs: forward from the start all digits would be lost.
  const own = ipmt({ rate: 0.1479, per: 297, nper: 300, pv: -270.51 });
  assert.ok(Math.abs(own - 16.9656277018672) < 1e-9, `${own}`);
});

Deno.test("what has no solution says none, what makes no sense is refused by name", () => {
  assert.equal(nper({ rate: 0, pmt: 0, pv: 1_000, fv: 0 }).kind, "none");
  assert.equal(nper({ rate: 0.1, pmt: -100, pv: 1_000, fv: 0 }).kind, "none");
  assert.equal(nper({ rate: 0, pmt: 100, pv: 1_000, fv: 0 }).kind, "none", "only backwards in time");
  assert.equal(rate({ nper: 2, pmt: 0, pv: -13.65, fv: -329.67 }).kind, "none");
  // Received first, paid for, and owing at the end: two rates do it.
  assert.equal(rate({ nper: 2, pmt: 230, pv: -100, fv: -362 }).kind, "several");
  const loan = { rate: 0.01, nper: 12, pv: 100 };
  assert.throws(
    () => pmt({ ...loan, nper: 0 }),
    /^RangeError: Cannot use 0 as nper: a finite number above 0/,
  );
  assert.throws(() => pmt({ ...loan, nper: -3 }), /Cannot use -3 as nper/);
  assert.throws(
    () => ipmt({ ...loan, per: 0 }),
    /Cannot use 0 as per: a whole number from 1 to 12 is needed/,
  );
  assert.throws(() => ipmt({ ...loan, per: 13 }), RangeError);
  assert.throws(() => fv({ rate: -1, nper: 1, pmt: 1, pv: 1 }), /Cannot use -1 as rate/);
  assert.throws(() => rate({ nper: 2.5, pmt: 1, pv: -1, fv: 0 }), /Cannot use 2.5 as nper/);
  assert.throws(() => pv({ rate: 0.1, nper: 1, pmt: NaN, fv: 0 }), /Cannot use NaN as pmt/);
});
