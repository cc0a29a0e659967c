import assert from "node:assert/strict";
import fc from "fast-check";
import { debtServiceCover, loanLifeCover, projectLifeCover, worthOfCash } from "./debt_cover.ts";
import { debtCapacity, type DebtLimits, sculptedDebt, sculptedPeriod } from "./debt_sizing.ts";

const plan = fc.record({
  periods: fc.array(
    fc.record({
      cfads: fc.integer({ min: 0, max: 1_000 }),
      rate: fc.double({ min: 0, max: 0.1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  targetDscr: fc.double({ min: 1, max: 3, noNaN: true }),
}).map(({ periods, targetDscr }) => ({
  cfads: [500, ...periods.map(({ cfads }) => cfads)],
  rates: [0.01, ...periods.map(({ rate }) => rate)],
  targetDscr,
}));

Deno.test("debt sculpted to a constant DSCR has an LLCR equal to it, rolls forward and is repaid", () => {
  fc.assert(
    fc.property(plan, ({ cfads, rates, targetDscr }) => {
      const { debt, periods } = sculptedDebt(cfads, { rates, targetDscr });
      const llcr = loanLifeCover(cfads, { debt, rates });
      assert.ok(llcr.kind === "one" && Math.abs(llcr.ratio - targetDscr) < 1e-12 * targetDscr);
      assert.equal(periods[0].opening, debt);
      for (const [k, it] of periods.entries()) {
        assert.equal(it.closing, periods[k + 1]?.opening ?? 0);
        assert.ok(Math.abs(it.opening - it.principal - it.closing) <= 1e-12 * debt);
        const again = sculptedPeriod(it.opening, { cfads: cfads[k], rate: rates[k], targetDscr });
        assert.ok(Math.abs(again.closing - it.closing) <= 1e-9 * debt);
      }
      const cover = debtServiceCover(cfads, periods.map(({ service }) => service));
      assert.ok(cover.kind === "cover" && Math.abs(cover.minimum - targetDscr) < 1e-12 * targetDscr);
      assert.ok(Math.abs(cover.average - targetDscr) < 1e-9 * targetDscr);
    }),
    { seed: 78, numRuns: 200 },
  );
});

Deno.test("with a tail of cash the project's cover is no less than the loan's", () => {
  fc.assert(
    fc.property(plan, fc.nat(1_000), ({ cfads, rates, targetDscr }, tail) => {
      const { debt } = sculptedDebt(cfads, { rates, targetDscr });
      const llcr = loanLifeCover(cfads, { debt, rates });
      const plcr = projectLifeCover([...cfads, tail], { debt, rates: [...rates, 0.05] });
      assert.ok(llcr.kind === "one" && plcr.kind === "one" && plcr.ratio >= llcr.ratio - 1e-12);
      assert.ok(tail === 0 || plcr.ratio > llcr.ratio);
    }),
    { seed: 79, numRuns: 200 },
  );
});

Deno.test("capacity is the least of its limits, names the one that binds, and grows with no limit that is tightened", () => {
  const limits = fc.record({
    dscr: fc.double({ min: 1, max: 2, noNaN: true }),
    llcr: fc.double({ min: 1, max: 2, noNaN: true }),
    plcr: fc.double({ min: 1, max: 2, noNaN: true }),
    gearing: fc.double({ min: 0.1, max: 1, noNaN: true }),
    commitment: fc.integer({ min: 100, max: 20_000 }),
  });
  const binding = new Set<string>();
  fc.assert(
    fc.property(
      plan,
      limits,
      fc.integer({ min: 500, max: 20_000 }),
      ({ cfads, rates }, given, eligibleCost) => {
        const terms = { rates, tenor: Math.ceil(cfads.length / 2), eligibleCost };
        const found = debtCapacity(cfads, { ...terms, limits: given });
        binding.add(found.binding);
        assert.equal(found.debt, Math.min(...Object.values(found.byLimit)));
        assert.equal(found.byLimit[found.binding], found.debt);
        const others = Object.fromEntries(Object.entries(given).filter(([name]) => name !== found.binding));
        assert.ok(debtCapacity(cfads, { ...terms, limits: others as DebtLimits }).debt >= found.debt);
        const tighter = debtCapacity(cfads, { ...terms, limits: { ...given, dscr: given.dscr * 1.5 } });
        assert.ok(tighter.debt <= found.debt);
      },
    ),
    { seed: 80, numRuns: 300 },
  );
  assert.deepEqual([...binding].sort(), ["commitment", "dscr", "gearing", "llcr", "plcr"]);
});

Deno.test("where cash is burnt nothing is paid, the loan grows, and its minimum cover says in which period", () => {
  const { debt, periods, growing } = sculptedDebt([-50, 600], { rates: 0.1, targetDscr: 1.2 });
  assert.ok(Math.abs(debt - 500 / 1.21) < 1e-9);
  assert.deepEqual(growing, [0]);
  assert.equal(periods[0].service, 0);
  const cover = debtServiceCover([-50, 600, 90], [10, 400, 100]);
  assert.ok(cover.kind === "cover");
  assert.deepEqual([cover.minimum, cover.minimumPeriod], [-5, 0]);
});

Deno.test("a plan without debt has no cover, and says so", () => {
  assert.deepEqual(debtServiceCover([10, 20], [0, 0]), { kind: "none", why: "no debt service" });
  assert.deepEqual(debtServiceCover([], []), { kind: "none", why: "no debt service" });
  assert.deepEqual(loanLifeCover([10], { debt: 0, rates: 0.1 }), { kind: "none", why: "no debt" });
  assert.deepEqual(projectLifeCover([10], { debt: 0, rates: 0.1 }), { kind: "none", why: "no debt" });
});

Deno.test("a reserve counts for the life cover, as cash that is there already", () => {
  const bare = loanLifeCover([110], { debt: 50, rates: 0.1 });
  const held = loanLifeCover([110], { debt: 50, rates: 0.1, reserve: 25 });
  assert.ok(bare.kind === "one" && held.kind === "one" && Math.abs(held.ratio - bare.ratio - 0.5) < 1e-12);
});

Deno.test("terms out of range are refused by name", () => {
  const limits = { dscr: 1.2 };
  assert.throws(
    () => debtCapacity([1, 2], { rates: 0.1, tenor: -3, limits }),
    /^RangeError: Cannot use -3 as tenor: a whole number from 1 to 2 is needed/,
  );
  assert.throws(() => debtCapacity([1], { rates: 0.1, tenor: 1, limits: {} }), /without a limit/);
  assert.throws(() => debtCapacity([1], { rates: 0, tenor: 1, limits: { gearing: 1.2 } }), /1.2 as gearing/);
  assert.throws(() => sculptedDebt([1], { rates: 0.1, targetDscr: 0 }), /Cannot use 0 as targetDscr/);
  assert.throws(() => debtServiceCover([1, 2], [1]), /Cannot use 1 values as debt service: 2 are needed/);
  assert.throws(() => debtServiceCover([1], [-1]), /Cannot use -1 as debt service of period 1/);
  assert.throws(() => worthOfCash([1, 2], [0.1]), /1 values as rates: 2 are needed/);
  assert.throws(() => loanLifeCover([1], { debt: -1, rates: 0 }), /Cannot use -1 as debt/);
});
