import assert from "node:assert/strict";
import { deliveredFen } from "#/model/credit/staged.ts";
import { assertSound, bookOf, openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { lineCount } from "./tables/lines.ts";
import { segmentOf } from "./tables/loans.ts";

/** A past in which much comes back, is learnt and revolves, after a history that has all of it under way. */
const past = [
  "behaviour.minimumBps=3000",
  "refunds.shareBps.electronics=10000",
  "refunds.daysMax=60",
  "behaviour.earlyRepayBps=10000",
  "credit.huabei.instalmentFromCny=100",
  "credit.baitiao.instalmentShareBps=2000",
];
const busy = small("interop", {
  days: 45,
  set: past.flatMap((one) => [one, `world.history.set.${one}`]),
});

Deno.test("what waits in the book speaks of debts of its own line, in the run too", () => {
  const world = openSmall(busy), { refunds, staged, revolving, loans, open } = world;
  let plans = 0, ended = 0, rows = 0, cards = 0;
  for (const [ahead, segment] of refunds.segments.entries()) {
    for (let k = 0; k < segment.length; k++) {
      const line = segment.line[k], plan = segment.plan[k];
      assert.ok(segment.booked[k] < 0 && segment.booked[k] >= ahead - 60, "bought in the history");
      assert.ok(segment.refundFen[k] > 0 && segment.refundFen[k] <= segment.amountFen[k]);
      assert.equal(segment.bridged[k], 0);
      if (segment.product[k] < 0) cards++;
      else assert.equal(line % lineCount, segment.product[k]);
      if (plan >= 0 && plan < loans.used) {
        plans++;
        assert.deepEqual([loans.line[plan], loans.booked[plan]], [line, segment.booked[k]]);
        assert.ok(loans.owedFen[plan] <= segment.amountFen[k]);
      } else if (plan >= 0) ended++;
      if (segment.place[k] >= 0 && segment.dueDay[k] >= 0) {
        rows++;
        const due = segmentOf(open, segment.dueDay[k]);
        assert.deepEqual([due.line[segment.place[k]], due.amountFen[segment.place[k]]], [
          line,
          segment.amountFen[k],
        ]);
      }
    }
  }
  assert.ok(plans > 0 && ended > 0 && rows > 0 && cards > 0, `${[plans, ended, rows, cards]}`);
  let heldFen = 0, stagedPlans = 0;
  for (const { length, shopFen, stage, stages, plan, line } of staged.segments) {
    for (let k = 0; k < length; k++) {
      heldFen += shopFen[k] - deliveredFen(shopFen[k], { done: stage[k], stages: stages[k] });
      if (plan[k] < loans.used) assert.equal(loans.line[plan[k]], line[k]);
      stagedPlans++;
    }
  }
  assert.ok(stagedPlans > 0 && heldFen > 0);
  assert.equal(world.ledger.balanceFen(world.chart.custody), heldFen);
  for (const { length, fromDay } of revolving.segments) {
    assert.ok(fromDay.subarray(0, length).every((from) => from < 0 && from >= -31));
  }
  assert.ok(world.memory.revolvingFen.every((fen) => fen > 0), `${world.memory.revolvingFen}`);
});

Deno.test("the first days take up what the history left: every ring is emptied as it was filled, and each day closes", () => {
  const world = openSmall(busy);
  for (let day = 0; day < 45; day++) walkDay(world, day, (phase) => assertSound(world, phase));
  const { result } = runSmall(busy);
  for (const name of ["refunds", "refundsToAccounts", "custody", "revolving.huabei", "revolving.baitiao"]) {
    assert.ok(result.daily.columns[name][0] > 0, `${name} on day 0`);
  }
  const refunds = result.daily.columns.refunds,
    sum = (days: number[]) => days.reduce((total, fen) => total + fen, 0);
  // As much comes back in the first fortnight as in a later one: the book is seasoned.
  const ratio = sum(refunds.slice(0, 14)) / sum(refunds.slice(28, 42));
  assert.ok(ratio > 0.6 && ratio < 1.7, `${ratio}`);
  assert.ok(read(result, "custody") > 0);
});

Deno.test("a lever on returns acts from day 0 on what is bought then, and leaves what the history has promised", () => {
  const none = ["electronics", "apparel", "groceries", "dining", "travel", "education", "medical", "other"]
    .map((name) => `refunds.shareBps.${name}=0`);
  const supposed = small("interop", {
    days: 64,
    set: [...past.flatMap((one) => `world.history.set.${one}`), ...none],
  });
  const { refunds } = runSmall(supposed).result.daily.columns;
  assert.ok(refunds.slice(0, 30).some((fen) => fen > 0));
  assert.ok(refunds.slice(61).every((fen) => fen === 0), "the last promise is sixty days old");
  assert.equal(bookOf(supposed).people, 600);
});
