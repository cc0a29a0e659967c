import assert from "node:assert/strict";
import fc from "fast-check";
import { hardshipDays, hardshipOnset } from "./hardship.ts";

const terms = { hardshipPerYearBps: 1_200, hardshipPerUnemploymentBps: 5_000 };
const onset = (proneness: number, unemploymentGapBps: number) =>
  hardshipOnset({ proneness, unemploymentGapBps }, terms);

Deno.test("hardshipOnset() is a twelfth of the yearly rate for an average person in normal times", () => {
  assert.equal(onset(1, 0), 0.01);
  assert.equal(onset(2.5, 0), 0.025);
  assert.equal(onset(0, 500), 0);
});

Deno.test("hardshipOnset() grows by the stated part for each percentage point of unemployment", () => {
  assert.equal(onset(1, 100), 0.015);
  assert.equal(onset(1, 300), 0.025);
  assert.equal(onset(1, -100), 0.005);
});

Deno.test("hardshipOnset() stays a probability, and never falls with proneness or unemployment", () => {
  const number = fc.double({ min: 0, max: 30, noNaN: true });
  fc.assert(
    fc.property(
      number,
      fc.integer({ min: -5_000, max: 5_000 }),
      number,
      fc.nat(500),
      (proneness, gap, by, gapBy) => {
        const p = onset(proneness, gap);
        assert.ok(p >= 0 && p <= 1);
        assert.ok(onset(proneness + by, gap) >= p);
        assert.ok(onset(proneness, gap + gapBy) >= p);
      },
    ),
    { seed: 111, numRuns: 1_000 },
  );
});

Deno.test("hardshipDays() is exponential: half of all hardships end before the mean times ln 2", () => {
  assert.equal(hardshipDays(0.5, 150), 104); // 103.97
  assert.equal(hardshipDays(Math.exp(-1), 150), 150);
  assert.equal(hardshipDays(Math.exp(-2), 150), 300);
});

Deno.test("hardshipDays() lasts from 10 days to four means, and no longer for a larger u", () => {
  assert.equal(hardshipDays(1 - 2 ** -33, 150), 10);
  assert.equal(hardshipDays(2 ** -33, 150), 600);
  let before = Infinity;
  for (let k = 0; k < 500; k++) {
    const days = hardshipDays((k + 0.5) / 500, 90);
    assert.ok(days <= before && days >= 10 && days <= 360 && Number.isInteger(days));
    before = days;
  }
});

Deno.test("hardshipDays() has the mean of an exponential that is bounded at both ends", () => {
  // m (1 - e^-4) by the upper bound, and 10 - m (1 - e^(-10/m)) more by the lower one.
  const m = 150, exact = m * (1 - Math.exp(-4)) + 10 - m * (1 - Math.exp(-10 / m));
  let sum = 0;
  for (let k = 0; k < 100_000; k++) sum += hardshipDays((k + 0.5) / 100_000, m);
  assert.ok(Math.abs(sum / 100_000 - exact) < 0.05, `${sum / 100_000} against ${exact}`);
});
