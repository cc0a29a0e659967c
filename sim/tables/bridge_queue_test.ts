import assert from "node:assert/strict";
import fc from "fast-check";
import { allocateBridgeQueue, emptyQueue, joinQueue, leaveQueue } from "./bridge_queue.ts";

Deno.test("the queue keeps the order of entry whoever leaves, and its sums are those of what waits", () => {
  const step = fc.record({
    payer: fc.nat(3),
    amountFen: fc.integer({ min: 1, max: 1_000 }),
    leaves: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = allocateBridgeQueue(4, 2);
      let waiting: { row: number; payer: number; amountFen: number }[] = [];
      for (const { payer, amountFen, leaves } of steps) {
        const entry = { payer, payee: (payer + 1) % 4, amountFen, minute: 1, until: 9, purchase: -1 };
        waiting.push({ row: joinQueue(queue, entry), payer, amountFen });
        const gone = waiting[leaves];
        if (gone) {
          leaveQueue(queue, gone.row);
          waiting = waiting.filter((one) => one !== gone);
        }
        const rows = [];
        for (let row = queue.oldest; row >= 0; row = queue.after[row]) rows.push(row);
        assert.deepEqual(rows, waiting.map(({ row }) => row));
        for (let p = 0; p < 4; p++) {
          const own = waiting.filter((one) => one.payer === p);
          assert.equal(queue.waitingOf[p], own.length);
          assert.equal(queue.waitingFen[p], own.reduce((sum, one) => sum + one.amountFen, 0));
        }
        assert.equal(queue.waiting, waiting.length);
      }
      if (waiting.length > 0) assert.throws(() => emptyQueue(queue), /payments wait/);
    }),
    { seed: 51, numRuns: 300 },
  );
});
