import assert from "node:assert/strict";
import { clerk, measure } from "./measure.ts";

const file = (...person: number[]) => ({ count: person.length, person: Int32Array.from(person) });

Deno.test("measure() counts a wrong partner as a false and a missed link, a stranger's link as a false one", () => {
  // People 1 to 4 are in both files. 1 is linked rightly, 2 to 3's record, 4 not at all, 5 (in the first alone) to 6.
  const a = file(1, 2, 3, 4, 5), b = file(1, 2, 3, 4, 6, 7);
  assert.deepEqual(measure(Int32Array.of(0, 2, -1, -1, 4), a, b), {
    links: 3,
    falseLinks: 2,
    inBoth: 4,
    missedLinks: 3,
    matchRate: 3 / 5,
    precision: 1 / 3,
    recall: 1 / 4,
  });
});

Deno.test("measure() has nothing to blame where nothing is linked and nobody is in both files", () => {
  const { precision, recall, matchRate } = measure(Int32Array.of(-1), file(0), file(1));
  assert.deepEqual([precision, recall, matchRate], [1, 1, 0]);
});

Deno.test("clerk() is right with the stated probability, of matches and of others", () => {
  const a = file(0, 1), b = file(1, 0);
  const right = (luck: number) => {
    const { decides } = clerk(a, b, { accuracyBps: 9_000, luck: () => luck });
    return [decides(0, 1), decides(0, 0), decides(1, 0), decides(1, 1)];
  };
  assert.deepEqual(right(0.899), [true, false, true, false]);
  assert.deepEqual(right(0.9), [false, true, false, true]);
  assert.throws(() => clerk(a, b, { accuracyBps: -1, luck: () => 0.5 }), /Cannot take accuracyBps of -1/);
});
