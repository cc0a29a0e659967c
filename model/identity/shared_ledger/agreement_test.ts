import assert from "node:assert/strict";
import fc from "fast-check";
import { exampleTerms } from "./terms.ts";
import { LedgerFinality } from "./finality.ts";
import { countsOf, ledgerOf, type Schedule, schedules } from "./testing.ts";

/** Runs a schedule both ways and compares all that they say. */
function compare(schedule: Schedule): { agreedAgain: number; interrupted: number; waited: number } {
  const { terms, fromDay, days, outages, minutes } = schedule;
  const { ledger, ids } = ledgerOf(schedule), fast = new LedgerFinality(terms, { fromDay });
  let compared = 0, waited = 0, agreedAgain = 0, through = 0;
  for (let day = fromDay; day < fromDay + days; day++) {
    fast.advance({ day, outages, entriesByMinute: countsOf(schedule, day) });
    ledger.runUntil((day + 1) * 1_440);
    const blocks = ledger.finalBlocks.slice(compared);
    compared = ledger.finalBlocks.length;
    assert.deepEqual(
      Array.from({ length: fast.blocks }, (_, i) => ({
        closeMinute: fast.closeMinute[i],
        finalMinute: fast.finalMinute[i],
        through: fast.through[i],
      })),
      blocks.map(({ closeMinute, finalMinute, entries }) => {
        through += entries;
        if (finalMinute > closeMinute + Math.ceil(terms.latencySeconds * 4 / 60)) agreedAgain++;
        return { closeMinute, finalMinute, through };
      }),
    );
    ids.forEach((id, number) => {
      const final = ledger.finalityOf(id), minute = minutes[number];
      const expected = !final ? Infinity : blocks.includes(final) ? final.finalMinute : -Infinity;
      if (minute < (day + 1) * 1_440) assert.equal(fast.finalMinuteOf(number), expected);
      if (expected === Infinity) waited++;
      // The last entry of a minute is the one that the ledger can be asked for by its minute.
      if (Math.floor(minute / 1_440) === day && minutes[number + 1] !== minute) {
        assert.equal(fast.finalMinuteAt(minute), expected);
      }
      if (final && blocks.includes(final)) {
        assert.ok(fast.finalThrough(final.finalMinute) > number);
        assert.ok(fast.finalThrough(final.finalMinute - 1) <= number);
      }
    });
    assert.equal(fast.final, through);
    assert.equal(fast.waiting, minutes.filter((minute) => minute < (day + 1) * 1_440).length - through);
  }
  return { agreedAgain, interrupted: fast.lostRounds, waited };
}

Deno.test("the fast face gives the minutes of the full protocol, for any outages, latency and load", () => {
  let agreedAgain = 0, interrupted = 0, waited = 0;
  fc.assert(
    fc.property(schedules(), (schedule) => {
      const seen = compare(schedule);
      agreedAgain += seen.agreedAgain;
      interrupted += seen.interrupted;
      waited += seen.waited;
    }),
    { seed: 2019, numRuns: 300 },
  );
  // The schedules reach what is hard: blocks that a later leader takes up, rounds that fail, entries that wait.
  assert.ok(
    agreedAgain >= 15 && interrupted >= 200 && waited >= 200,
    `${agreedAgain} ${interrupted} ${waited}`,
  );
});

/** A block every 10 minutes, messages of two and a half: asked at 2, proposed at 5, acknowledged at 7, final at 10. */
const slow = { ...exampleTerms, quorumAboveBps: 5_000, blockIntervalMinutes: 10, latencySeconds: 150 };

/** Runs down times by hand, `[replica, from, until]` in minutes, both ways and in full; gives the blocks' minutes. */
function byHand(replicas: number, down: [number, number, number][]) {
  const outages = down.map(([replica, fromMinute, untilMinute]) => ({ replica, fromMinute, untilMinute }));
  const schedule: Schedule = {
    terms: { ...slow, replicas },
    fromDay: 0,
    days: 1,
    outages,
    minutes: [0, 5, 5, 15, 30],
  };
  compare(schedule);
  const { ledger } = ledgerOf(schedule);
  ledger.runUntil(51);
  return {
    minutes: ledger.finalBlocks.map(({ closeMinute, finalMinute }) => [closeMinute, finalMinute]),
    heights: ledger.replicas.map(({ height }) => height),
  };
}

Deno.test("both faces agree where the only one that knows of a final block is gone: it is agreed on again", () => {
  // 0 and 1 acknowledge the first block; 0 goes before it has counted, and 1 when it has.
  const { minutes, heights } = byHand(3, [[2, 0, 9], [0, 8, 12], [1, 11, 100]]);
  // Block time 10, led by 1, fails; block time 20 agrees on the first block again; 30 goes on.
  assert.deepEqual(minutes, [[0, 10], [30, 40], [40, 50]]);
  assert.deepEqual(heights, [3, 1, 3]);
});

Deno.test("both faces agree where two blocks of one height were acknowledged: the later round's is taken up", () => {
  // At block time 0 only 0 lives to acknowledge, at 10 only 1, which has not heard of 0's block; 20 hears of both.
  const { minutes } = byHand(5, [
    [0, 8, 20],
    [1, 6, 10],
    [2, 6, 20],
    [3, 0, 11],
    [4, 0, 11],
    [3, 13, 100],
    [4, 13, 100],
  ]);
  assert.deepEqual(minutes, [[10, 30], [30, 40], [40, 50]]);
});

Deno.test("both faces agree where a leader learns of a final block and goes before it can acknowledge the next", () => {
  // Only 1 knows of the first block; 2 learns it from 1 at block time 20, goes for four minutes, and tells 0 at 30.
  const { minutes } = byHand(3, [[0, 8, 25], [1, 28, 100], [2, 0, 13], [2, 26, 30]]);
  assert.deepEqual(minutes, [[0, 10], [30, 40], [40, 50]]);
});
