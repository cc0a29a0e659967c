import assert from "node:assert/strict";
import fc from "fast-check";
import { SharedLedger } from "./network.ts";
import { exampleTerms, quorumOf } from "./terms.ts";
import { ledgerOf, receiptAt, schedules } from "./testing.ts";

const five = { ...exampleTerms, replicas: 5, latencySeconds: 3 };

Deno.test("entries become final in the order in which they were handed in, each in exactly one block", () => {
  let final = 0;
  fc.assert(
    fc.property(schedules({ maxDays: 1 }), (schedule) => {
      const { ledger } = ledgerOf(schedule);
      ledger.runUntil((schedule.fromDay + 1) * 1_440);
      const held = ledger.chain.flatMap(({ entries }) => entries);
      assert.deepEqual(held, schedule.minutes.map(receiptAt).slice(0, held.length));
      assert.equal(held.length + ledger.waiting, schedule.minutes.length);
      final += held.length;
    }),
    { seed: 5, numRuns: 100 },
  );
  assert.ok(final > 300, String(final));
});

Deno.test("with fewer than the quorum up nothing becomes final; when it returns, what waited does", () => {
  let returned = 0;
  const lost = fc.record({ schedule: schedules({ maxDays: 1 }), from: fc.nat(600), length: fc.nat(600) });
  fc.assert(
    fc.property(lost, ({ schedule, from, length }) => {
      const { terms, fromDay } = schedule, { replicas, latencySeconds } = terms;
      const fromMinute = fromDay * 1_440 + from, untilMinute = fromMinute + length + 1;
      const downs = replicas - quorumOf(terms) + 1;
      const outages = Array.from({ length: downs }, (_, replica) => ({ replica, fromMinute, untilMinute }));
      const { ledger } = ledgerOf({ ...schedule, outages: [...schedule.outages, ...outages] });
      ledger.runUntil((fromDay + 1) * 1_440);
      for (const { finalSecond } of ledger.finalBlocks) {
        // Acknowledgements that were on their way when the quorum was lost still arrive.
        assert.ok(finalSecond <= fromMinute * 60 + latencySeconds || finalSecond >= untilMinute * 60);
        if (finalSecond >= untilMinute * 60) returned++;
      }
    }),
    { seed: 6, numRuns: 100 },
  );
  assert.ok(returned > 200, String(returned));
});

Deno.test("once all replicas are up for a whole round they hold the same chain, however they were down", () => {
  let behind = 0;
  fc.assert(
    fc.property(schedules({ maxDays: 1 }), (schedule) => {
      const { terms, outages, fromDay } = schedule, start = fromDay * 1_440;
      const { ledger } = ledgerOf(schedule);
      const last = outages.reduce((latest, { untilMinute }) => Math.max(latest, untilMinute), start);
      ledger.runUntil(last);
      if (new Set(ledger.replicas.map(({ height }) => height)).size > 1) behind++;
      ledger.runUntil(last + 2 * terms.blockIntervalMinutes + 1);
      assert.equal(new Set(ledger.replicas.map(({ head }) => head)).size, 1);
      assert.ok(ledger.replicas.every(({ height }) => height === ledger.finalBlocks.length && height > 0));
    }),
    { seed: 7, numRuns: 60 },
  );
  assert.ok(behind > 20, String(behind));
});

Deno.test("a ledger that is run in steps is the ledger that is run at once", () => {
  fc.assert(
    fc.property(schedules({ maxDays: 1 }), fc.integer({ min: 1, max: 200 }), (schedule, step) => {
      const start = schedule.fromDay * 1_440,
        one = ledgerOf(schedule).ledger,
        other = ledgerOf(schedule).ledger;
      one.runUntil(start + 400);
      for (let minute = start; minute < start + 400; minute += step) other.runUntil(minute);
      other.runUntil(start + 400);
      assert.deepEqual(one.finalBlocks, other.finalBlocks);
      assert.equal(one.head, other.head);
    }),
    { seed: 8, numRuns: 30 },
  );
});

Deno.test("the lead goes round and passes over replicas that are down", () => {
  const ledger = new SharedLedger(five);
  ledger.addOutage({ replica: 2, fromMinute: 0, untilMinute: 100 });
  ledger.runUntil(36);
  assert.deepEqual(ledger.chain.map(({ header }) => header.proposer), [0, 1, 3, 3, 4, 0, 1, 3]);
  assert.deepEqual(ledger.finalBlocks[2].acknowledgedBy, [0, 1, 3], "those that were counted");
  ledger.runUntil(110);
  assert.equal(ledger.replicas[2].head, ledger.head);
});

Deno.test("a full block makes entries wait for the next ones", () => {
  const ledger = new SharedLedger({ ...five, entriesPerBlock: 3 });
  const ids = Array.from({ length: 8 }, (_, i) => ledger.submit(receiptAt(4, i)));
  ledger.runUntil(60);
  assert.deepEqual(ids.map((id) => ledger.finalityOf(id)!.closeMinute), [5, 5, 5, 10, 10, 10, 15, 15]);
});

Deno.test("an entry of the minute in which a block closes is in the next one", () => {
  const ledger = new SharedLedger(five), before = ledger.submit(receiptAt(9, 0));
  const at = ledger.submit(receiptAt(10, 1));
  ledger.runUntil(60);
  assert.deepEqual([before, at].map((id) => ledger.finalityOf(id)!.closeMinute), [10, 15]);
});

Deno.test("a rival block is refused by all others, with its height and both hashes", () => {
  const ledger = new SharedLedger(five);
  ledger.addRival({ minute: 12, replica: 4 });
  ledger.runUntil(13);
  assert.deepEqual(
    ledger.forkRefusals.map(({ replica, from, height, second, why }) => ({
      replica,
      from,
      height,
      second,
      why,
    })),
    [0, 1, 2, 3].map((replica) => ({
      replica,
      from: 4,
      height: 3,
      second: 12 * 60 + 3,
      why: "another block of this height is final",
    })),
  );
  for (const { held, offered } of ledger.forkRefusals) {
    assert.equal(held, ledger.chain[2].hash);
    assert.notEqual(offered, held);
  }
  const head = ledger.head;
  ledger.runUntil(16);
  assert.equal(ledger.chain[3].header.parent, head);
});

Deno.test("without rivals nobody refuses a fork, for any outages", () => {
  fc.assert(
    fc.property(schedules({ maxDays: 1 }), (schedule) => {
      const { ledger } = ledgerOf(schedule);
      ledger.runUntil(schedule.fromDay * 1_440 + 700);
      assert.deepEqual(ledger.forkRefusals, []);
    }),
    { seed: 9, numRuns: 40 },
  );
});

Deno.test("the same entry handed in twice is one entry", () => {
  const ledger = new SharedLedger(five), entry = receiptAt(3, 0), id = ledger.submit(entry);
  assert.equal(ledger.submit({ ...entry }), id);
  assert.equal(ledger.waiting, 1);
  assert.equal(ledger.finalityOf(id), undefined);
  entry.minute = 77;
  ledger.runUntil(10);
  assert.equal(ledger.chain[1].entries[0].minute, 3, "what was handed in no longer changes");
});

Deno.test("a ledger says what it cannot do", () => {
  const ledger = new SharedLedger(five);
  ledger.runUntil(20);
  const range = (message: RegExp) => ({ name: "RangeError", message });
  assert.throws(() => ledger.runUntil(19), range(/until minute 19: .* from 20 on/));
  assert.throws(() => ledger.runUntil(20.5), range(/minute 20\.5/));
  assert.throws(() => ledger.submit(receiptAt(19, 0)), range(/minute 19: from minute 20 on/));
  assert.throws(() => ledger.finalityOf("ab"), range(/entry ab/));
  assert.throws(() => ledger.prove(ledger.submit(receiptAt(30, 0))), range(/it is not final/));
  assert.throws(() => ledger.addRival({ minute: 19, replica: 0 }), range(/minute 19/));
  assert.throws(() => ledger.addRival({ minute: 30, replica: 5 }), range(/rival from replica 5/));
  const outage = { replica: 0, fromMinute: 30, untilMinute: 40 };
  assert.throws(
    () => ledger.addOutage({ ...outage, fromMinute: 19 }),
    range(/from minute 19: from minute 20/),
  );
  assert.throws(() => ledger.addOutage({ ...outage, replica: 5 }), range(/replica 5 down: replicas 0 to 4/));
  assert.throws(() => ledger.addOutage({ ...outage, untilMinute: 30 }), range(/minute 30 until 30/));
  assert.throws(() => ledger.submit({ ...receiptAt(30, 0), hash: "Zhang San" }), {
    name: "TypeError",
    message: /entry\.hash is "Zhang San": SHA-256/,
  });
  assert.throws(() => new SharedLedger({ ...five, replicas: 31 }), range(/replicas 31/));
});
