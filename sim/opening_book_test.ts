import assert from "node:assert/strict";
import { buckets } from "#/model/credit/delinquency.ts";
import { products } from "#/model/names.ts";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { bookOf, openSmall, read, runSmall, small } from "#/sim/testing/worlds.ts";
import { runDay } from "./day.ts";
import { openEmpty, takeOpeningBook } from "./opening_book.ts";
import { told } from "./recorder.ts";
import { run } from "./run.ts";
import { amounts, lineCount, lineState, principalFen } from "./tables/lines.ts";
import { purchaseFlag } from "./tables/purchases.ts";
import { makeWorld } from "./make_world.ts";
import { entityBase, type World } from "./world.ts";

const late = buckets.slice(1);

Deno.test("a history without hardship, burden and indiscipline leaves every bucket of lateness empty on day 0", () => {
  const calm = [
    "behaviour.hardshipPerYearBps=0",
    "behaviour.burdenMissBps=0",
    "population.indisciplineBps=0",
  ];
  const set = calm.flatMap((setting) => [setting, `world.history.set.${setting}`]);
  const { result } = runSmall(small("interop", { days: 1, set }));
  for (const product of products) {
    assert.ok(read(result, `last.dpd.${product}.M0`) > 0);
    for (const bucket of late) {
      assert.equal(read(result, `last.dpd.${product}.${bucket}`), 0, `${product} ${bucket}`);
    }
  }
});

Deno.test("each of hardship, burden and indiscipline alone puts some debts in arrears", () => {
  const calm = {
    "behaviour.hardshipPerYearBps": "0",
    "behaviour.burdenMissBps": "0",
    "population.indisciplineBps": "0",
  };
  const trouble = {
    "behaviour.hardshipPerYearBps": "4000",
    "behaviour.burdenMissBps": "10000",
    "population.indisciplineBps": "9000",
  };
  for (const path of Object.keys(calm) as (keyof typeof calm)[]) {
    // Poor people with large limits, so that a month's bills can pass a month's income, who catch up slowly.
    const poor = {
      "population.incomeMedianCny": "600",
      "credit.huabei.limitIncomeMultipleBps": "200000",
      "behaviour.cureBpsPerDay": "100",
    };
    const settings = { ...calm, ...poor, [path]: trouble[path] };
    const set = Object.entries(settings).map(([path, value]) => `world.history.set.${path}=${value}`);
    const { result } = runSmall(small("baseline", { days: 1, set }));
    assert.ok(late.some((bucket) => read(result, `last.dpd.huabei.${bucket}`) > 0), path);
  }
});

Deno.test("from day 0 every bucket of both products is filled, with the shipped history of 20,000 people", () => {
  const supposed = load("interop", { shoppers: 20_000, days: 1 });
  assert.equal(supposed.scenario.world.history.shoppers, 20_000);
  const { columns } = run(supposed, 0).daily;
  for (const product of products) {
    for (const bucket of buckets) {
      assert.ok(columns[`dpd.${product}.${bucket}`][0] > 0, `${product} ${bucket}`);
    }
  }
});

Deno.test("the opening is sound: institutions have the balances of what was copied, and no purchase has crossed", () => {
  const world = openSmall(small("interop"));
  const { ledger, chart, lines } = world;
  for (let p = 0; p < lineCount; p++) {
    let owedFen = 0;
    for (let line = p; line < lines.count; line += lineCount) {
      owedFen += principalFen(lines, line);
      if (lines.state[line] !== lineState.active) assert.equal(principalFen(lines, line), 0);
    }
    assert.ok(owedFen > 0);
    assert.equal(ledger.balanceFen(chart.products[p].loansNative), owedFen);
    assert.equal(ledger.balanceFen(chart.products[p].loansBridged), 0);
    assert.equal(-ledger.balanceFen(chart.lines[p].owed), ledger.balanceFen(chart.lines[p].lent));
  }
  assert.ok(lines.fen.every((fen, at) => at % amounts !== 7 || fen === 0));
});

Deno.test("levers act from day 0 and do not rewrite history: all scenarios of a world open with the same debts", () => {
  const openings = ["baseline", "interop", "s3-bound-cards"].map((name) => openSmall(small(name)).lines.fen);
  assert.deepEqual(openings[1], openings[0]);
  assert.deepEqual(openings[2], openings[0]);
  const lever = openSmall(
    small("interop", { set: ["scoring.cutoffPoints=900", "behaviour.forgetBps=9000"] }),
  );
  assert.deepEqual(lever.lines.fen, openings[0]);
});

Deno.test("everybody's donor holds the same lines at first, and is the same person however many open", () => {
  const few = openSmall(small("interop", { shoppers: 300 })),
    many = openSmall(small("interop", { shoppers: 600 }));
  assert.deepEqual(many.lines.fen.subarray(0, few.lines.fen.length), few.lines.fen);
  // Between the start of the history and its end lines are gained and lost, but few.
  let same = 0;
  for (let line = 0; line < few.lines.count; line++) {
    const held = (few.shoppers.firstLines[Math.floor(line / lineCount)] >> line % lineCount & 1) === 1;
    if (held === (few.lines.state[line] === lineState.active)) same++;
  }
  assert.ok(same / few.lines.count > 0.97, `${same} of ${few.lines.count}`);
});

Deno.test("takeOpeningBook() keeps every debt of the pool, its days counted from the run's start", () => {
  const supposed = small("interop"), book = bookOf(supposed);
  assert.equal(book.people, 600);
  const { rows, plans, fen, waiting: { revolving } } = book;
  for (let line = 0; line < book.people * lineCount; line++) {
    let openFen = 0, planFen = 0;
    for (let row = rows.start[line]; row < rows.start[line + 1]; row++) {
      openFen += rows.amountFen[row];
      assert.ok(rows.dueDay[row] >= 0 && rows.dueDay[row] <= 30);
    }
    for (let row = plans.start[line]; row < plans.start[line + 1]; row++) {
      planFen += plans.owedFen[row];
      assert.ok(plans.nextDue[row] >= 0 && plans.nextDue[row] < 30);
    }
    for (let row = revolving.start[line]; row < revolving.start[line + 1]; row++) {
      openFen += revolving.columns.amountFen[row];
    }
    assert.equal(planFen, fen[line * amounts + 3]);
    if (line % lineCount === 0) assert.equal(openFen, fen[line * amounts + 2]);
  }
});

Deno.test("a run refuses a book without donors", () => {
  const supposed = small("interop");
  const empty = makeWorld(supposed, 0, entityBase.pool);
  openEmpty(empty);
  const book = takeOpeningBook(empty, 0);
  assert.throws(() => openSmall(supposed, { openingBook: { ...book, people: 0 } }), {
    name: "RangeError",
    message: /pool of donors is empty/,
  });
});

Deno.test("thefts are as common in the first month as in the second", () => {
  const often = [
    "fraud.perYearPpm.stolenAccount=1000000",
    "fraud.points.distance=0",
    "fraud.points.device=0",
  ];
  // Plots under way come from the history, in which thieves must be as busy.
  const set = often.flatMap((one) => [one, `world.history.set.${one}`]);
  const perMonth = [0, 0];
  runSmall(small("interop", { shoppers: 2_000, days: 60, set }), {
    inspect: ({ purchases }, day) => {
      for (let row = 0; row < purchases.length; row++) {
        if (purchases.flags[row] & purchaseFlag.plotted) perMonth[day < 30 ? 0 : 1]++;
      }
    },
  });
  const [first, second] = perMonth;
  // Thieves come several times, so counts vary more than by their square root.
  assert.ok(
    second > 100 && Math.abs(first - second) < 5 * Math.sqrt(first + second),
    `${first} and ${second}`,
  );
});

const days = 40, replications = 10;

/** People whose own history was simulated: one long closed run, of which the last 40 days are read. */
function seasonedDirectly({ scenario, history }: Supposition, replication: number): World {
  const { days: before } = scenario.world.history;
  const whole = structuredClone(scenario);
  whole.world.startDate = isoDate(epochDay(scenario.world.startDate) - before);
  whole.world.days = before + days;
  whole.macro.unemploymentBps.length = whole.macro.incomeGrowthBps.length = 1;
  const world = makeWorld({ name: "direct", scenario: whole, history }, replication, entityBase.run);
  openEmpty(world);
  for (let day = 0; day < before + days; day++) runDay(world, day, { replay: "" });
  return world;
}

/** A mean of a world's last days, by name. */
function meanOf(world: World, name: string, { of = days } = {}): number {
  const values = told(world.recorder, name, 1).slice(-of);
  return values.reduce((sum, x) => sum + x, 0) / of;
}
const lateShare = (world: World) =>
  late.reduce((sum, bucket) => sum + meanOf(world, `dpd.huabei.${bucket}`), 0) /
  meanOf(world, "balance.huabei");

/**
 * Asserts that a figure of both worlds is the same within its interval, and that the interval is narrow enough to tell.
 *
 * Shapes: pairs by replication; `within` the largest half-width, as a share of the figure, at which the claim says something.
 * At 99.9 %, since some thirty figures are looked at together.
 */
function assertAgree(name: string, pairs: [number, number][], within: number): void {
  const { mean, halfWidth } = pairedDifference(pairs.map(([a]) => a), pairs.map(([, b]) => b), {
    confidence: 0.999,
  });
  const size = Math.abs(pairs.reduce((sum, [, b]) => sum + b, 0) / pairs.length);
  const said = `${name}: ${mean} ± ${halfWidth} of ${size}`;
  assert.ok(Math.abs(mean) <= halfWidth, `${said} differs`);
  assert.ok(halfWidth <= within * size, `${said} is too wide to tell`);
}

Deno.test("the first months of people with donors agree with those of people who have their own history", () => {
  const set = ["world.history.shoppers=2000"];
  const worlds = Array.from({ length: replications }, (_, replication) => {
    const supposed = small("baseline", { shoppers: 2_000, days, set });
    const { world } = runSmall(supposed, { replication });
    return [world, seasonedDirectly(supposed, replication)] as const;
  });
  const agree = (name: string, within: number, figure = (world: World) => meanOf(world, name)) =>
    assertAgree(name, worlds.map(([donors, own]) => [figure(donors), figure(own)]), within);
  agree("wanted", 0.02);
  agree("gmv", 0.08);
  agree("creditGmv", 0.1);
  agree("settledOnCredit", 0.05);
  agree("lost", 0.1);
  agree("users.huabei", 0.02);
  agree("users.baitiao", 0.25);
  agree("activeUsers.huabei", 0.025);
  agree("activeUsers.baitiao", 0.25);
  agree("balance.huabei", 0.1);
  agree("balance.baitiao", 0.4);
  agree("overIndebted", 0.7);
  agree("inHardship", 0.8);
  agree("share of late balances", 1.2, lateShare);
});

Deno.test("twice as many shoppers for the same people change flows and stocks only within their interval", () => {
  const results = Array.from(
    { length: replications },
    (_, replication) =>
      [2_000, 1_000].map((shoppers) =>
        runSmall(small("interop", { shoppers, days: 30, set: ["world.history.shoppers=1000"] }), {
          replication,
        }).result
      ),
  );
  const agree = (name: string, within: number) =>
    assertAgree(name, results.map(([many, few]) => [read(many, name), read(few, name)]), within);
  for (const flow of ["gmv", "creditGmv", "days.wanted", "days.settledOnCredit"]) agree(flow, 0.08);
  for (const flow of ["bridgedGmv", "bridgedPurchases", "bridgeFees", "lostPurchases"]) agree(flow, 0.2);
  agree("approvalRate", 0.03);
  agree("users.huabei", 0.02);
  agree("users.baitiao", 0.2);
  agree("activeUsers.huabei", 0.03);
  agree("balancePerUser.huabei", 0.08);
  agree("last.balance.huabei", 0.08);
  agree("last.balance.baitiao", 0.4);
  agree("resultOf.merchants", 0.08);
  agree("external.wages", 0.06);
});
