import assert from "node:assert/strict";
import fc from "fast-check";
import { allocateClearingRows, allocatePurchases, startsOfMinutes } from "./purchases.ts";

Deno.test("startsOfMinutes() puts rows into order of minute, ties in the order in which they were authorised", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_439 }), { maxLength: 300 }), (minutes) => {
      const purchases = allocatePurchases(300), starts = new Uint32Array(1_441).fill(9);
      purchases.minute.set(minutes);
      purchases.length = minutes.length;
      startsOfMinutes(purchases, starts);
      const placed = new Array<number>(minutes.length);
      minutes.forEach((minute, row) => placed[starts[minute]++] = row);
      const sorted = minutes.map((minute, row) => ({ minute, row }))
        .sort((a, b) => a.minute - b.minute || a.row - b.row).map(({ row }) => row);
      assert.deepEqual(placed, sorted);
    }),
    { seed: 721 },
  );
});

Deno.test("a day has room for as many purchases in clearing as in authorisation", () => {
  const { length, room, ...columns } = allocatePurchases(77);
  assert.equal(length, 0);
  assert.equal(room, 77);
  for (const column of [...Object.values(columns), ...Object.values(allocateClearingRows(77))]) {
    assert.equal(column.length, 77);
  }
});
