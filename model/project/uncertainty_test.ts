import assert from "node:assert/strict";
import fc from "fast-check";
import { planDesk } from "./evaluate.ts";
import { tornado } from "./evidence.ts";
import { plainPlan, someUncertainties } from "./testing.ts";
import { asGiven } from "./terms.ts";
import {
  arrivalOf,
  circumstancesOf,
  dimensionsOf,
  drawnNumber,
  isAssumed,
  luckOf,
  rateUnderAudits,
  type UncertainEvent,
  type Uncertainty,
  usualLuck,
} from "./uncertainty.ts";

const seed = [3, 4] as const, about = { months: 60, auditsEveryMonths: 12 };
const named = (name: string) => someUncertainties.find((one) => one.name === name)!;
/** Luck with one uncertainty at `u`, the others as usual. */
function luckWith(name: string, u: number): Float64Array {
  const luck = usualLuck(someUncertainties);
  luck[dimensionsOf(someUncertainties).findIndex(({ of }) => of.name === name)] = u;
  return luck;
}

Deno.test("every uncertainty moves the project's worth", () => {
  const [plan, flows] = plainPlan(), desk = planDesk(plan, flows);
  const npv = (luck: Float64Array) => desk.sample(circumstancesOf(someUncertainties, luck, about)).npvFen;
  const usual = npv(usualLuck(someUncertainties));
  for (const { name, kind } of someUncertainties) {
    const low = npv(luckWith(name, 0.05)), high = npv(luckWith(name, kind === "event" ? 1 : 0.95));
    assert.ok(Math.abs(low - high) > 1_000, `${name} moves nothing: ${low}, ${high}`);
    assert.ok(kind === "event" ? low < high && high === usual : true, name);
  }
});

Deno.test("a draw under no uncertainty is the plan as given", () => {
  const [plan, flows] = plainPlan(), desk = planDesk(plan, flows);
  const given = desk.evaluate().worth.npvFen;
  assert.equal(desk.sample(circumstancesOf([], [], about)).npvFen, given);
  assert.equal(desk.sample(asGiven).npvFen, given);
});

Deno.test("the same draw is the same luck for everybody, and no name moves another's", () => {
  assert.deepEqual(luckOf(5, someUncertainties, { seed }), luckOf(5, someUncertainties, { seed }));
  const without = someUncertainties.filter(({ name }) => name !== "use");
  const all = [...luckOf(5, someUncertainties, { seed })];
  const at = dimensionsOf(someUncertainties).findIndex(({ of }) => of.name === "use");
  assert.deepEqual([...luckOf(5, without, { seed })], all.toSpliced(at, 1));
  assert.notDeepEqual(luckOf(6, someUncertainties, { seed }), luckOf(5, someUncertainties, { seed }));
  assert.notDeepEqual(luckOf(5, someUncertainties, { seed: [3, 5] }), luckOf(5, someUncertainties, { seed }));
});

Deno.test("luck is even: a tenth of the draws in each tenth, within four standard errors", () => {
  const draws = 4_000, dims = dimensionsOf(someUncertainties).length;
  const counts = Array.from({ length: dims }, () => new Float64Array(10));
  for (let k = 0; k < draws; k++) {
    for (const [d, u] of luckOf(k, someUncertainties, { seed }).entries()) counts[d][Math.floor(u * 10)]++;
  }
  const most = 4 * Math.sqrt(draws * 0.1 * 0.9);
  for (const [d, count] of counts.entries()) {
    for (const n of count) assert.ok(Math.abs(n - draws / 10) < most, `dimension ${d}: ${[...count]}`);
  }
});

Deno.test("drawn numbers rise with their luck and keep their quantiles", () => {
  const said = { base: 4, range: [1, 9] as const, source: "measured" };
  fc.assert(
    fc.property(
      fc.constantFrom("triangular" as const, "normal" as const, "lognormal" as const),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (shape, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        assert.ok(drawnNumber({ ...said, shape }, low) <= drawnNumber({ ...said, shape }, high) + 1e-9);
      },
    ),
    { seed: 11 },
  );
  assert.equal(drawnNumber({ ...said, shape: "triangular" }, 0), 1);
  assert.equal(drawnNumber({ ...said, shape: "triangular" }, 1), 9);
  assert.equal(drawnNumber({ ...said, shape: "triangular" }, 3 / 8).toFixed(9), "4.000000000");
  assert.equal(drawnNumber({ ...said, shape: "normal" }, 0.5).toFixed(6), "4.000000");
  const [q05, q95] = [0.05, 0.95].map((u) => drawnNumber({ ...said, shape: "lognormal" }, u));
  assert.equal((q95 / q05).toFixed(5), "9.00000");
});

Deno.test("events come as often as their rate says, and less often under audits", () => {
  const rule = named("rule") as UncertainEvent, breach = named("breach") as UncertainEvent;
  assert.equal(rateUnderAudits(rule, { auditsEveryMonths: 12 }), 1_000);
  assert.equal(rateUnderAudits(breach, { auditsEveryMonths: 12 }), 600);
  assert.equal(rateUnderAudits(breach, { auditsEveryMonths: 24 }), 800);
  let came = 0;
  const draws = 4_000, at = dimensionsOf(someUncertainties).findIndex(({ of }) => of === rule);
  for (let k = 0; k < draws; k++) {
    const u = luckOf(k, someUncertainties, { seed })[at];
    if (arrivalOf(u, { rateBps: 1_000, months: 60 }) < Infinity) came++;
  }
  const expected = 1 - Math.exp(-0.5);
  assert.ok(Math.abs(came / draws - expected) < 4 * Math.sqrt(expected * (1 - expected) / draws), `${came}`);
  const [plan, flows] = plainPlan(), desk = planDesk(plan, flows);
  const rare = { ...plan, uses: { ...plan.uses, audits: { ...plan.uses.audits, everyMonths: 60 } } };
  const luck = luckWith("breach", 0.25);
  const often = circumstancesOf(someUncertainties, luck, about).monthly!.openCostFen;
  const seldom = circumstancesOf(someUncertainties, luck, { ...about, auditsEveryMonths: 60 }).monthly!;
  const month = (fen: ArrayLike<number>) => Array.from(fen).findIndex((one) => one > 10_000_000);
  assert.ok(month(seldom.openCostFen) < month(often), "fewer audits bring the breach earlier");
  assert.ok(desk.plan !== rare);
});

Deno.test("an event costs once, cuts revenue for its months, and where nothing is open its cost does not fall", () => {
  const { monthly } = circumstancesOf([named("breach")], [0.1, 0.5], about);
  const hit = Array.from(monthly!.openCostFen).flatMap((fen, m) => fen > 0 ? [m] : []);
  assert.equal(hit.length, 1);
  const cut = Array.from(monthly!.revenueFactor).flatMap((factor, m) => factor < 1 ? [m] : []);
  assert.deepEqual(cut, Array.from({ length: 6 }, (_, i) => hit[0] + i));
  assert.ok(Array.from(monthly!.costFen).every((fen) => fen === 0));
  const [plan, flows] = plainPlan(), closed = planDesk({ ...plan, opening: [] }, flows);
  assert.equal(
    closed.sample({ ...asGiven, monthly }).npvFen,
    closed.sample(asGiven).npvFen,
  );
  const harsher = circumstancesOf([named("breach")], [0.1, 0.9], about).monthly!;
  assert.ok(harsher.openCostFen[hit[0]] > monthly!.openCostFen[hit[0]]);
  assert.ok(harsher.revenueFactor[hit[0]] < monthly!.revenueFactor[hit[0]]);
});

Deno.test("what is assumed says so, an event by any of its numbers", () => {
  assert.deepEqual(someUncertainties.filter(isAssumed).map(({ name }) => name), ["use", "delay"]);
  const event = named("rule") as UncertainEvent;
  const assumed: Uncertainty = {
    ...event,
    lastsMonths: { ...event.lastsMonths, source: "assumed (a): a guess" },
  };
  assert.equal(isAssumed(assumed), true);
});

Deno.test("the tornado has a bar for each uncertainty, the widest first, all from the same middle", () => {
  const bars = tornado(...plainPlan(), { uncertainties: someUncertainties });
  const widths = bars.map(({ lowFen, highFen, usualFen }) =>
    Math.max(lowFen, highFen, usualFen) - Math.min(lowFen, highFen, usualFen)
  );
  assert.deepEqual(widths, widths.toSorted((a, b) => b - a));
  assert.ok(widths.every((width) => width > 0));
  assert.equal(new Set(bars.map(({ usualFen }) => usualFen)).size, 1);
  assert.equal(new Set(bars.map(({ name }) => name)).size, someUncertainties.length);
});
