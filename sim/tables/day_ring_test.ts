import assert from "node:assert/strict";
import fc from "fast-check";
import { allocateRevolving, appendRevolving, nextPlace, segmentOfDay } from "./day_ring.ts";

Deno.test("rows wait for their day and no other day finds them, however many they are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ ahead: fc.integer({ min: 1, max: 31 }), amountFen: fc.nat() }), {
        maxLength: 300,
      }),
      fc.nat(6),
      (rows, perDay) => {
        const ring = allocateRevolving(1), waiting = new Map<number, number[]>();
        let next = 0;
        for (let day = -20; day < 200; day++) {
          const due = segmentOfDay(ring, day);
          assert.deepEqual([...due.amountFen.subarray(0, due.length)], waiting.get(day) ?? []);
          assert.ok(due.fromDay.subarray(0, due.length).every((from) => from < day && from >= day - 31));
          due.length = 0;
          for (let k = 0; k < perDay && next < rows.length; k++) {
            const { ahead, amountFen } = rows[next++];
            appendRevolving(ring, day + ahead, { line: next, amountFen, fromDay: day });
            waiting.set(day + ahead, [...waiting.get(day + ahead) ?? [], amountFen]);
          }
        }
      },
    ),
    { seed: 711, numRuns: 60 },
  );
});

Deno.test("all columns of a segment grow together and keep what they hold", () => {
  const ring = allocateRevolving(0);
  for (let k = 0; k < 100; k++) {
    assert.equal(nextPlace(ring, 5), k);
    segmentOfDay(ring, 5).line[k] = k;
    segmentOfDay(ring, 5).fromDay[k] = 7 - k;
  }
  const { line, fromDay, amountFen, length } = segmentOfDay(ring, 5);
  assert.equal(length, 100);
  assert.ok(line.length >= 100 && fromDay.length === line.length && amountFen.length === line.length);
  for (let k = 0; k < 100; k++) assert.deepEqual([line[k], fromDay[k]], [k, 7 - k]);
});
