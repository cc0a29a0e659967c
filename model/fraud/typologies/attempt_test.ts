import assert from "node:assert/strict";
import {
  aroundMedianFen,
  blankAttempt,
  firstMinute,
  inOneSpree,
  neededFen,
  overTheDay,
  splitAvailableFen,
} from "./attempt.ts";

const plenty = { ...blankAttempt(), availableFen: 100_000_000, medianFen: 90_000 };

Deno.test("a blank record holds broken numbers in every field, so that whole ones do not change its layout", () => {
  for (const [name, value] of Object.entries(blankAttempt())) {
    assert.ok(typeof value === "number" && !Number.isInteger(value), name);
  }
});

Deno.test("aroundMedianFen() has its median in the middle, half of it below and the double above", () => {
  const amounts = Array.from({ length: 1_001 }, (_, k) => aroundMedianFen({ ...plenty, uAmount: k / 1_001 }));
  assert.deepEqual([...amounts].sort((a, b) => a - b), amounts, "a larger uniform never gives less");
  assert.ok(Math.abs(amounts[500] - 90_000) < 100);
  assert.equal(amounts[0], 45_000);
  assert.ok(amounts[1_000] > 179_000 && amounts[1_000] <= 180_000);
});

Deno.test("nothing below CNY 1 is tried, and less than that is available to nobody", () => {
  const poor = { ...plenty, availableFen: 99, attemptsLeft: 1 };
  assert.deepEqual([aroundMedianFen, splitAvailableFen, neededFen].map((of) => of(poor)), [0, 0, 0]);
  assert.equal(aroundMedianFen({ ...plenty, medianFen: 3 }), 100);
  assert.equal(splitAvailableFen({ ...plenty, availableFen: 150, attemptsLeft: 10 }), 100);
  assert.equal(neededFen({ ...plenty, medianFen: 7 }), 100);
});

Deno.test("neededFen() is all or nothing", () => {
  assert.equal(neededFen({ ...plenty, availableFen: 90_000 }), 90_000);
  assert.equal(neededFen({ ...plenty, availableFen: 89_999 }), 0);
});

Deno.test("a spree of no length is one minute, one longer than the day is the whole day", () => {
  const at = (spreeMinutes: number, uStart: number, uMinute: number) =>
    inOneSpree({ ...plenty, spreeMinutes, uStart, uMinute });
  assert.equal(at(0, 0.5, 0), at(0, 0.5, 0.999));
  assert.deepEqual([at(5_000, 0.7, 0), at(5_000, 0.7, 0.999_9)], [firstMinute, 1_439]);
  for (const uMinute of [0, 0.3, 0.8]) {
    assert.equal(at(1_020, 0.4, uMinute), overTheDay({ ...plenty, uMinute }));
  }
});

Deno.test("sprees begin at any time of the day that lets them end before midnight", () => {
  const starts = Array.from(
    { length: 991 },
    (_, k) => inOneSpree({ ...plenty, spreeMinutes: 30, uStart: (k + 0.5) / 991, uMinute: 0 }),
  );
  assert.deepEqual(starts, Array.from({ length: 991 }, (_, k) => firstMinute + k));
});
