import assert from "node:assert/strict";
import { epochDay } from "#/model/units/calendar.ts";
import { readTargets } from "#/scenarios/targets.ts";
import { observer, rollShare, vintageShare } from "#/sim/experiments/calibrate_observe.ts";
import { readTarget } from "#/sim/experiments/calibrate_read.ts";
import { observed } from "#/sim/experiments/calibrate_runner.ts";
import { run } from "#/sim/run.ts";
import { allocateLines, lineState, openAt, overdueAt } from "#/sim/tables/lines.ts";
import { allocatePurchases, purchaseStatus } from "#/sim/tables/purchases.ts";
import { never } from "#/sim/tables/shoppers.ts";
import { bookOf, small } from "#/sim/testing/worlds.ts";
import type { World } from "#/sim/world.ts";

/** One person's Baitiao line, told day by day: what is bought, what is owed in all, and since when it is late. */
function told(
  story: (day: number) => { buys?: number; owes: number; lateSince?: number; lost?: boolean },
  days: number,
) {
  const lines = allocateLines(1), purchases = allocatePurchases(1), seen = observer();
  const world = { lines, purchases, terms: { startEpoch: epochDay("2019-07-01"), days } } as unknown as World;
  for (let day = 0; day < days; day++) {
    const { buys = 0, owes, lateSince = never, lost = false } = story(day);
    purchases.length = buys > 0 ? 1 : 0;
    purchases.product[0] = 0;
    purchases.amountFen[0] = buys;
    purchases.status[0] = purchaseStatus.settled;
    lines.fen[openAt(0)] = lateSince === never ? owes : 0;
    lines.fen[overdueAt(0)] = lateSince === never ? 0 : owes;
    lines.oldestDue[0] = lateSince;
    lines.state[0] = lost ? lineState.writtenOff : lineState.active;
    seen.look(world, day);
  }
  return seen;
}

const all = ["0000", "9999"] as const;

Deno.test("a vintage is what was lent in a month; repayments are taken off the oldest month, and default counts once", () => {
  // 1,000 owed before day 1; 600 bought in July, 400 in August; 1,300 repaid on 5 August; 31 days on, late for good.
  const seen = told((day) => {
    const owes = day < 10 ? 1000 : day < 33 ? 1600 : day < 35 ? 2000 : 700;
    return {
      buys: day === 10 ? 600 : day === 33 ? 400 : 0,
      owes: day >= 260 ? 0 : owes,
      lateSince: day >= 66 && day < 260 ? 66 : undefined,
      lost: day >= 260,
    };
  }, 300);
  const [july, august] = seen.vintages;
  assert.deepEqual([july.lentFen[0], august.lentFen[0]], [600, 400]);
  // 1,300 repaid: the old 1,000 first, then 300 of July. Left: 300 and 400, late beyond 90 days on day 157, in December.
  const at = (v: typeof july, m: number) => v.defaultedFen[m];
  assert.deepEqual([at(july, 4), at(july, 5), at(july, 6)], [0, 300, 0]);
  assert.deepEqual([at(august, 3), at(august, 4), at(august, 5)], [0, 400, 0]);
  const of = { products: [0], between: all, months: seen.months, reached: seen.rolls.length };
  assert.equal(vintageShare([july], { ...of, monthsOnBook: 5 }), 0.5);
  assert.equal(vintageShare([july], { ...of, monthsOnBook: 4 }), 0);
  assert.equal(vintageShare([july], { ...of, monthsOnBook: 9 }), null, "the ninth month has not ended");
  const total = seen.vintages.reduce((sum, v) => sum + v.defaultedFen.reduce((x, y) => x + y, 0), 0);
  assert.equal(total, 700, "written off later, it is not counted again");
});

Deno.test("who cures and defaults again is counted again only for what was lent since", () => {
  const seen = told((day) => {
    if (day < 5) return { buys: day === 0 ? 500 : 0, owes: 500 };
    if (day < 110) return { owes: 500, lateSince: 5 };
    if (day < 120) return { buys: day === 110 ? 200 : 0, owes: 300 };
    return { owes: 300, lateSince: 120 };
  }, 240);
  // 400 of the counted 500 were repaid as 200 were lent anew: of the 300 owed, 100 had been counted.
  assert.equal(seen.vintages[0].defaultedFen.reduce((x, y) => x + y, 0), 500);
  assert.equal(seen.vintages[3].lentFen[0], 200);
  assert.equal(seen.vintages[3].defaultedFen.reduce((x, y) => x + y, 0), 200);
});

Deno.test("rolls are read from month's end to month's end, and every account that owed goes somewhere", () => {
  const seen = told((day) => {
    // Current on 31 July, 31 days late on 31 August, 61 on 30 September, paid by 31 October.
    if (day < 31) return { buys: day === 0 ? 100 : 0, owes: 100 };
    if (day < 95) return { owes: 100, lateSince: 30 };
    return { owes: 0 };
  }, 124);
  const share = (from: "M0" | "M1" | "M2" | "M3", to: Parameters<typeof rollShare>[1]["to"][number]) =>
    rollShare(seen.rolls, { products: [0], from: [from], to: [to], between: all });
  assert.deepEqual(seen.rolls.map(({ until }) => until), [
    "2019-07-31",
    "2019-08-31",
    "2019-09-30",
    "2019-10-31",
  ]);
  assert.deepEqual([share("M0", "M2"), share("M2", "M3"), share("M3", "paid")], [1, 1, 1]);
  assert.equal(share("M1", "M0"), null, "nobody stood there");
  for (const { accounts } of seen.rolls.slice(1)) assert.equal(accounts.reduce((x, y) => x + y, 0), 1);
});

Deno.test("to be watched changes nothing, and lateness read here is the run's own", () => {
  const supposed = small("baseline", { days: 40 }), openingBook = bookOf(supposed);
  const plain = run(supposed, 0, { openingBook });
  const dated = readTargets().targets.map((target) =>
    target.name === "ant30" ? { ...target, on: "2019-08-09" } : target
  );
  const { outcomes, hash } = observed(supposed, 0, { openingBook: bookOf(supposed), targets: dated });
  assert.equal(hash, plain.hash);
  assert.equal(outcomes.ant30.value, plain.outcomes["dpd30Share.ant"].value);
  assert.equal(outcomes.baitiao90, undefined, "June 2020 is not reached");
  const product = { ...dated[3], of: ["huabei"], on: "2019-08-09" } as typeof dated[number];
  assert.equal(readTarget(product, plain, observer()).value, plain.outcomes["balancePerUser.huabei"].value);
});
