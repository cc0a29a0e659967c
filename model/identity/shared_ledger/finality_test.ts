import assert from "node:assert/strict";
import fc from "fast-check";
import { LedgerFinality } from "./finality.ts";
import { type Outage, writeUpMasks } from "./outages.ts";
import { costFen, exampleTerms, quorumOf, type SharedLedgerTerms } from "./terms.ts";
import { schedules } from "./testing.ts";

const steady = new Uint32Array(1_440).fill(1);

/** When each of one entry a minute is final over some days, Infinity for those that are not. */
function finalMinutes(
  terms: SharedLedgerTerms,
  { outages = [], days = 2, entriesByMinute = steady }: {
    outages?: Outage[];
    days?: number;
    entriesByMinute?: Uint32Array;
  } = {},
): number[] {
  const ledger = new LedgerFinality(terms), found: number[] = [];
  for (let day = 0; day < days; day++) {
    ledger.advance({ day, outages, entriesByMinute });
    for (let i = 0; i < ledger.blocks; i++) {
      while (found.length < ledger.through[i]) found.push(ledger.finalMinute[i]);
    }
  }
  while (found.length < ledger.submitted) found.push(Infinity);
  return found;
}

/** Terms with room for all and a round that ends within its minute, and any outages. */
const quick = schedules({ share: 0 }).map(({ terms, outages, fromDay }) => ({
  terms: { ...terms, entriesPerBlock: 1_000_000, latencySeconds: 14 },
  outages: outages.map(({ replica, fromMinute, untilMinute }) => ({
    replica,
    fromMinute: fromMinute - fromDay * 1_440,
    untilMinute: untilMinute - fromDay * 1_440,
  })),
}));

/** Leaves out outages that would leave fewer than a quorum up in some minute. */
function withQuorum(terms: SharedLedgerTerms, outages: Outage[]): Outage[] {
  const kept: Outage[] = [], masks = new Uint32Array(4 * 1_440);
  for (const outage of outages) {
    writeUpMasks(masks, { replicas: terms.replicas, fromMinute: -1_440, outages: [...kept, outage] });
    const fewest = masks.reduce(
      (least, mask) => Math.min(least, mask.toString(2).replace(/0/g, "").length),
      99,
    );
    if (fewest >= quorumOf(terms)) kept.push(outage);
  }
  return kept;
}

Deno.test("with a quorum up in every minute and rounds within a minute: final within an interval and a minute", () => {
  let kept = 0;
  fc.assert(
    fc.property(quick, ({ terms, outages }) => {
      const few = withQuorum(terms, outages), days = 3, end = days * 1_440;
      kept += few.length;
      finalMinutes(terms, { outages: few, days }).forEach((final, minute) => {
        const bound = minute + terms.blockIntervalMinutes + 1;
        if (bound < end) assert.ok(final <= bound, `minute ${minute} is final at ${final}, not ${bound}`);
      });
    }),
    { seed: 1, numRuns: 60 },
  );
  assert.ok(kept > 50, String(kept));
});

Deno.test("with a quorum that is never down: final within 2 (replicas - quorum + 1) intervals and 4 latencies", () => {
  let waits = 0;
  fc.assert(
    fc.property(schedules(), ({ terms: given, outages: some, fromDay }) => {
      const terms = { ...given, entriesPerBlock: 1_000_000 }, { replicas, blockIntervalMinutes } = terms;
      const days = 3, spare = replicas - quorumOf(terms);
      const outages = some.filter(({ replica }) => replica < spare).map((outage) => ({
        replica: outage.replica,
        fromMinute: outage.fromMinute - fromDay * 1_440,
        untilMinute: outage.untilMinute - fromDay * 1_440,
      }));
      const longest = 2 * (spare + 1) * blockIntervalMinutes + Math.ceil(terms.latencySeconds * 4 / 60);
      finalMinutes(terms, { outages, days }).forEach((final, minute) => {
        if (minute + longest < days * 1_440) assert.ok(final <= minute + longest, `${minute}: ${final}`);
        if (final > minute + 2 * blockIntervalMinutes && final < Infinity) waits++;
      });
    }),
    { seed: 2, numRuns: 500 },
  );
  assert.ok(waits > 100, String(waits));
});

Deno.test("with all up an entry is final four latencies after the first block time behind its minute", () => {
  const terms = { ...exampleTerms, blockIntervalMinutes: 7, latencySeconds: 25 };
  finalMinutes(terms).slice(0, 2_800).forEach((final, minute) => {
    const close = Math.floor(minute / 7) * 7 + 7;
    assert.equal(final, close + 2);
  });
});

Deno.test("blocks a whole number of times slower never make an entry final earlier", () => {
  let later = 0;
  fc.assert(
    fc.property(
      quick,
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 1, max: 30 }),
      (given, times, room) => {
        const blockIntervalMinutes = Math.min(given.terms.blockIntervalMinutes, 120), { outages } = given;
        const terms = { ...given.terms, blockIntervalMinutes, entriesPerBlock: room };
        const fast = finalMinutes(terms, { outages });
        finalMinutes({ ...terms, blockIntervalMinutes: blockIntervalMinutes * times }, { outages })
          .forEach((final, number) => {
            assert.ok(final >= fast[number]);
            if (final > fast[number]) later++;
          });
      },
    ),
    { seed: 3, numRuns: 80 },
  );
  assert.ok(later > 1_000, String(later));
});

Deno.test("with all up a slower interval never shortens the mean wait", () => {
  let before = 0;
  for (const blockIntervalMinutes of [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30, 720, 1_440]) {
    // All divide the 1,440 minutes of a day; the last day is for what waits over midnight.
    const terms = { ...exampleTerms, blockIntervalMinutes };
    const waits = finalMinutes(terms, { days: 3 }).slice(0, 1_440).map((final, minute) => final - minute);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / 1_440;
    assert.ok(mean > before, `${blockIntervalMinutes}: ${mean}`);
    assert.equal(mean, (blockIntervalMinutes + 1) / 2 + 1);
    before = mean;
  }
});

Deno.test("a larger quorum, fewer entries a block and more outages never make an entry final earlier", () => {
  let later = 0;
  fc.assert(
    fc.property(quick, ({ terms: given, outages }) => {
      const terms = { ...given, quorumAboveBps: 5_000, entriesPerBlock: 40 };
      const base = finalMinutes(terms, { outages });
      const harder = [
        finalMinutes({ ...terms, quorumAboveBps: 9_999 }, { outages }),
        finalMinutes({ ...terms, entriesPerBlock: 11 }, { outages }),
        finalMinutes(terms, { outages: [...outages, { replica: 0, fromMinute: 3, untilMinute: 400 }] }),
      ];
      for (const finals of harder) {
        finals.forEach((final, number) => {
          assert.ok(final >= base[number]);
          if (final > base[number]) later++;
        });
      }
    }),
    { seed: 4, numRuns: 60 },
  );
  assert.ok(later > 1_000, String(later));
});

Deno.test("what finds no block goes over midnight, and a round that ends after midnight belongs to the next day", () => {
  const terms = { ...exampleTerms, blockIntervalMinutes: 1_437, latencySeconds: 60, entriesPerBlock: 2 };
  const entriesByMinute = new Uint32Array(1_440);
  entriesByMinute[1_436] = 3;
  const ledger = new LedgerFinality(terms);
  // The block of minute 1,437 has four minutes to go and is final tomorrow.
  ledger.advance({ day: 0, outages: [], entriesByMinute });
  assert.deepEqual([ledger.blocks, ledger.final, ledger.waiting], [1, 0, 3]);
  assert.equal(ledger.finalMinuteOf(0), Infinity);
  ledger.advance({ day: 1, outages: [] });
  assert.deepEqual([...ledger.closeMinute.subarray(0, ledger.blocks)], [1_437, 2_874]);
  assert.deepEqual([0, 1, 2].map((number) => ledger.finalMinuteOf(number)), [1_441, 1_441, 2_878]);
  ledger.advance({ day: 2, outages: [] });
  assert.equal(ledger.finalMinuteOf(2), -Infinity);
  assert.equal(ledger.waiting, 0);
});

Deno.test("a day without a quorum: nothing is final, every round is lost, and all that waited follows in order", () => {
  const outages = [0, 1, 2, 3].map((replica) => ({ replica, fromMinute: 0, untilMinute: 1_440 }));
  const ledger = new LedgerFinality({ ...exampleTerms, entriesPerBlock: 1_000 });
  ledger.advance({ day: 0, outages, entriesByMinute: steady });
  assert.deepEqual([ledger.blocks, ledger.lostRounds, ledger.waiting], [0, 288, 1_440]);
  assert.equal(ledger.finalThrough(1_439), 0);
  assert.equal(ledger.costFen, 0);
  ledger.advance({ day: 1, outages, entriesByMinute: steady });
  assert.deepEqual([ledger.blocks, ledger.lostRounds], [288, 0]);
  assert.deepEqual([...ledger.through.subarray(0, 3)], [1_000, 1_445, 1_450]);
  assert.equal(ledger.finalThrough(1_441), 1_000);
});

Deno.test("the cost of a day is that of its final blocks and entries", () => {
  const ledger = new LedgerFinality(exampleTerms);
  for (let day = 0; day < 3; day++) {
    const before = ledger.final;
    ledger.advance({ day, outages: [], entriesByMinute: steady });
    const entries = ledger.final - before;
    assert.equal(entries, day === 0 ? 1_435 : 1_440);
    assert.equal(ledger.costFen, costFen(exampleTerms, { blocks: 288, entries }));
  }
});

Deno.test("finalMinuteAt() tells a minute without entries when one more would be final, behind those that wait", () => {
  const ledger = new LedgerFinality({ ...exampleTerms, entriesPerBlock: 10 });
  const entriesByMinute = new Uint32Array(1_440);
  entriesByMinute[2] = 25;
  ledger.advance({ day: 0, outages: [], entriesByMinute });
  assert.deepEqual([0, 2, 3, 14, 15].map((minute) => ledger.finalMinuteAt(minute)), [6, 16, 16, 16, 21]);
  assert.deepEqual([0, 9, 10, 24].map((number) => ledger.finalMinuteOf(number)), [6, 6, 11, 16]);
  assert.deepEqual([2, 3].map((minute) => ledger.numberAt(minute)), [0, 25]);
});

Deno.test("the fast face says what it cannot do", () => {
  const range = (message: RegExp) => ({ name: "RangeError", message });
  const ledger = new LedgerFinality(exampleTerms, { fromDay: 4 });
  assert.throws(() => ledger.advance({ day: 5, outages: [] }), range(/day 5 of the ledger: day 4 is next/));
  const short = new Uint32Array(24);
  assert.throws(
    () => ledger.advance({ day: 4, outages: [], entriesByMinute: short }),
    range(/24 minutes on day 4/),
  );
  const negative = new Array(1_440).fill(0).with(7, -1);
  assert.throws(
    () => ledger.advance({ day: 4, outages: [], entriesByMinute: negative }),
    range(/-1 entries in minute 7/),
  );
  const outages = [{ replica: 7, fromMinute: 0, untilMinute: 1 }];
  assert.throws(() => ledger.advance({ day: 4, outages }), range(/replica 7/));
  // A refused day is not half done.
  ledger.advance({ day: 4, outages: [] });
  assert.equal(ledger.blocks, 288);
  assert.throws(() => ledger.finalMinuteAt(5 * 1_440), range(/minute 7200 .* 5760 to 7199/));
  assert.throws(() => ledger.numberAt(4 * 1_440 - 1), range(/minute 5759/));
  assert.throws(() => new LedgerFinality(exampleTerms, { fromDay: 0.5 }), range(/day 0\.5/));
  assert.throws(() => new LedgerFinality({ ...exampleTerms, latencySeconds: 76 }), range(/304 seconds/));
});
