import assert from "node:assert/strict";
import { philox, unit } from "#/model/statistics/philox.ts";
import { checkOutage, drawOutages, writeUpMasks } from "./outages.ts";
import { exampleTerms } from "./terms.ts";

const words = new Uint32Array(4);
const drawOf = (day: number) => (replica: number, lane: 0 | 1 | 2) => {
  philox(11, replica, day, 0, 5, 6, words);
  return unit(words[lane]);
};
const years = 40, allDays = Array.from({ length: 365 * years }, (_, day) => day);
const drawn = (terms: Partial<typeof exampleTerms>) =>
  allDays.flatMap((day) =>
    drawOutages({ ...exampleTerms, replicas: 3, ...terms }, { day, draw: drawOf(day) })
  );

Deno.test("outages come as often and last as long on average as the terms say", () => {
  const outages = drawn({ outagesPerYear: 12, outageMeanMinutes: 90 });
  const perYear = outages.length / years / 3;
  const mean = outages.reduce((sum, { fromMinute, untilMinute }) => sum + untilMinute - fromMinute, 0) /
    outages.length;
  // 1,440 expected: a standard error of 0.3 a year; lengths rounded up to whole minutes add half a minute.
  assert.ok(perYear > 11 && perYear < 13, String(perYear));
  assert.ok(mean > 83 && mean < 98, String(mean));
  assert.ok(outages.every(({ fromMinute, untilMinute }) => untilMinute > fromMinute));
});

Deno.test("more outages a year keep those there were, and a longer mean only lengthens them", () => {
  const few = drawn({ outagesPerYear: 4 }), more = drawn({ outagesPerYear: 9 });
  const longer = drawn({ outagesPerYear: 4, outageMeanMinutes: 400 });
  const key = ({ replica, fromMinute, untilMinute }: typeof few[number]) =>
    `${replica} ${fromMinute} ${untilMinute}`;
  const held = new Set(more.map(key));
  assert.ok(few.length > 300 && more.length > few.length && few.every((outage) => held.has(key(outage))));
  assert.equal(longer.length, few.length);
  longer.forEach((outage, i) => {
    assert.equal(outage.fromMinute, few[i].fromMinute);
    assert.ok(outage.untilMinute >= few[i].untilMinute);
  });
  assert.deepEqual(drawn({ outagesPerYear: 0 }), []);
  assert.equal(drawn({ outagesPerYear: 365 }).length, allDays.length * 3);
});

Deno.test("writeUpMasks() takes outages that overlap, repeat, or lie across its ends", () => {
  const masks = new Uint32Array(5),
    from = (replica: number, fromMinute: number, untilMinute: number) => ({
      replica,
      fromMinute,
      untilMinute,
    });
  const outages = [
    from(0, -50, 1),
    from(0, 0, 2),
    from(0, 0, 2),
    from(1, 4, 99),
    from(2, 7, 9),
    from(2, -9, 0),
  ];
  writeUpMasks(masks, { replicas: 3, fromMinute: 0, outages });
  assert.deepEqual([...masks], [0b110, 0b110, 0b111, 0b111, 0b101]);
  writeUpMasks(masks, { replicas: 30, fromMinute: 0, outages: [from(29, 0, 1)] });
  assert.deepEqual([masks[0], masks[1]], [(1 << 29) - 1, (1 << 30) - 1]);
});

Deno.test("checkOutage() refuses what is no outage", () => {
  const outage = { replica: 1, fromMinute: 3, untilMinute: 4 };
  checkOutage(outage, 2);
  for (
    const [change, message] of [
      [{ replica: 2 }, /replica 2 down: replicas 0 to 1/],
      [{ replica: -1 }, /replica -1/],
      [{ replica: 0.5 }, /replica 0\.5/],
      [{ untilMinute: 3 }, /minute 3 until 3/],
      [{ fromMinute: 2.5 }, /minute 2\.5/],
      [{ untilMinute: Infinity }, /until Infinity/],
    ] as const
  ) {
    assert.throws(() => checkOutage({ ...outage, ...change }, 2), { name: "RangeError", message });
  }
});
