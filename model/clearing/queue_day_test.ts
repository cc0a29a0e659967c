import assert from "node:assert/strict";
import fc from "fast-check";
import { type QueueMethodName, queueMethods } from "./methods/registry.ts";
import { sentNetFen } from "./bilateral_limits.ts";
import { resolveQueue } from "./queue.ts";
import { type ArrivingPayment, resolveDay } from "./queue_day.ts";

const names = ["a", "b", "c"], methods = Object.keys(queueMethods) as QueueMethodName[];
const queues = fc.array(
  fc.record({
    payer: fc.constantFrom(...names),
    step: fc.integer({ min: 1, max: 2 }),
    amountFen: fc.integer({ min: 1, max: 30 }),
    arrivalMinute: fc.nat(40),
    life: fc.nat(40),
    hasDeadline: fc.boolean(),
  }),
  { maxLength: 16 },
).map((list) =>
  list.map(({ payer, step, amountFen, arrivalMinute, life, hasDeadline }, i): ArrivingPayment => ({
    ...{ id: `${i}`, payer, payee: names[(names.indexOf(payer) + step) % 3], amountFen, arrivalMinute },
    ...(hasDeadline && { deadlineMinute: arrivalMinute + life }),
  }))
);
const balances = fc.record(Object.fromEntries(names.map((name) => [name, fc.nat(40)])));

Deno.test("over a day each payment settles, expires or waits, once; none settles before it has come or past its deadline", () => {
  let expired = 0, settledLater = 0;
  fc.assert(
    fc.property(queues, balances, fc.constantFrom(...methods), (queue, openingFen, method) => {
      const limits = [{ payer: "a", payee: "b", limitFen: 25 }, { payer: "c", payee: "a", limitFen: 10 }];
      const day = resolveDay(queue, openingFen, { minutes: [10, 20, 30, 50], method, limits });
      const ends = [...day.settled, ...day.expired.map(({ id }) => id), ...day.held.map(({ id }) => id)];
      assert.deepEqual(ends.sort(), queue.map(({ id }) => id).sort());
      const left: Record<string, number> = { ...openingFen }, sent: ArrivingPayment[] = [];
      const peaks = Object.fromEntries(names.map((name) => [name, 0]));
      for (const { minute, batches } of day.times) {
        for (const batch of batches) {
          for (const id of batch) {
            const { payer, payee, amountFen, arrivalMinute, deadlineMinute = 99 } = queue[Number(id)];
            assert.ok(arrivalMinute! <= minute! && minute! <= deadlineMinute);
            left[payer] -= amountFen;
            left[payee] += amountFen;
            sent.push(queue[Number(id)]);
          }
          for (const name of names) {
            assert.ok(left[name] >= 0);
            peaks[name] = Math.max(peaks[name], openingFen[name] - left[name]);
          }
          assert.ok(sentNetFen(limits, sent).every((fen, k) => fen <= limits[k].limitFen));
        }
        if (minute! > 10) settledLater += batches.length;
      }
      assert.deepEqual(day.balancesFen, left);
      assert.deepEqual(day.peakUsedFen, peaks);
      assert.deepEqual(day.limitNetFen, sentNetFen(limits, sent));
      for (const { id, foundMinute } of day.expired) {
        assert.ok(queue[Number(id)].deadlineMinute! < foundMinute);
        expired++;
      }
    }),
    { seed: 71, numRuns: 300 },
  );
  assert.ok(expired > 100 && settledLater > 100, `${expired} expired, ${settledLater} later batches`);
});

Deno.test("without a clock a day is one resolution, in which a deadline only orders", () => {
  fc.assert(
    fc.property(queues, balances, fc.constantFrom(...methods), (queue, openingFen, method) => {
      const own = resolveDay(queue, openingFen, { method });
      const once = resolveQueue(queue, openingFen, { method });
      assert.deepEqual(own.times.map(({ batches }) => batches), [once.batches]);
      assert.deepEqual(own.held, once.held);
      assert.deepEqual([own.balancesFen, own.peakUsedFen], [once.balancesFen, once.peakUsedFen]);
      assert.deepEqual(own.expired, []);
    }),
    { seed: 72, numRuns: 100 },
  );
});

Deno.test("earliest deadline first saves what would expire behind a payment that has time", () => {
  // The money for the second comes at the second time only.
  const queue: ArrivingPayment[] = [
    { id: "patient", payer: "a", payee: "b", amountFen: 10, deadlineMinute: 900 },
    { id: "urgent", payer: "a", payee: "b", amountFen: 10, deadlineMinute: 610 },
    { id: "refill", payer: "c", payee: "a", amountFen: 10, arrivalMinute: 650 },
  ];
  const ends = (method: QueueMethodName) => {
    const { settled, expired } = resolveDay(queue, { a: 10, b: 0, c: 10 }, { minutes: [600, 700], method });
    return [settled, expired.map(({ id }) => id)];
  };
  assert.deepEqual(ends("fifo"), [["patient", "refill"], ["urgent"]]);
  assert.deepEqual(ends("deadline"), [["urgent", "refill", "patient"], []]);
});

Deno.test("what has expired no longer stands in the way, a deadline is in time on its minute, and who comes later waits", () => {
  const queue: ArrivingPayment[] = [
    { id: "large", payer: "a", payee: "b", amountFen: 99, deadlineMinute: 600 },
    { id: "small", payer: "a", payee: "b", amountFen: 5 },
    { id: "evening", payer: "a", payee: "b", amountFen: 1, arrivalMinute: 1_200 },
  ];
  const at = (...minutes: number[]) => resolveDay(queue, { a: 10, b: 0 }, { minutes, method: "fifo" });
  assert.deepEqual(at(600).settled, []);
  assert.deepEqual(at(600).held.map(({ reason }) => reason), ["liquidity", "order", "notYet"]);
  assert.deepEqual(at(601).settled, ["small"]);
  assert.deepEqual(at(601).expired, [{ id: "large", foundMinute: 601 }]);
});

Deno.test("minutes that do not rise and deadlines before the arrival are refused", () => {
  const payment = { id: "x", payer: "a", payee: "b", amountFen: 1 };
  const refused = (queue: ArrivingPayment[], minutes: number[], message: RegExp) =>
    assert.throws(() => resolveDay(queue, { a: 1, b: 0 }, { minutes }), { name: "RangeError", message });
  refused([payment], [600, 600], /at minute 600: whole minutes that rise/);
  refused([payment], [-1], /at minute -1/);
  refused(
    [{ ...payment, arrivalMinute: 9, deadlineMinute: 8 }],
    [],
    /payment x by minute 8: it arrives at minute 9/,
  );
  refused([{ ...payment, arrivalMinute: 0.5 }], [], /payment x arrive at minute 0\.5/);
});
