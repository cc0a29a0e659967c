import assert from "node:assert/strict";
import fc from "fast-check";
import { EventQueue } from "./event_queue.ts";

Deno.test("events come out by second, rank, replica and as they were put in, whatever comes in between", () => {
  const event = fc.record({ second: fc.nat(5), rank: fc.nat(2), replica: fc.nat(2) });
  fc.assert(
    fc.property(
      fc.array(fc.array(event, { maxLength: 20 }), { maxLength: 8 }),
      fc.nat(6),
      (batches, limit) => {
        const queue = new EventQueue<{ second: number; rank: number; replica: number; number: number }>();
        let left: { second: number; rank: number; replica: number; number: number }[] = [], number = 0;
        for (const batch of batches) {
          for (const one of batch) {
            const numbered = { ...one, number: number++ };
            queue.push(numbered);
            left.push(numbered);
          }
          left.sort((a, b) =>
            a.second - b.second || a.rank - b.rank || a.replica - b.replica || a.number - b.number
          );
          for (const expected of left.filter(({ second }) => second < limit).slice(0, 7)) {
            assert.deepEqual(queue.popBefore(limit), expected);
            left = left.filter((one) => one !== expected);
          }
        }
        for (const expected of left) assert.deepEqual(queue.popBefore(Infinity), expected);
        assert.equal(queue.popBefore(Infinity), undefined);
      },
    ),
    { seed: 12, numRuns: 200 },
  );
});
