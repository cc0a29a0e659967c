import assert from "node:assert/strict";
import fc from "fast-check";
import { debtServiceCover } from "./debt_cover.ts";
import { sculptedDebt } from "./debt_sizing.ts";
import {
  annuitySchedule,
  bulletSchedule,
  equalPrincipalSchedule,
  type ScheduleRow,
  sculptedSchedule,
} from "./schedules.ts";

const terms = fc.record({
  principalFen: fc.integer({ min: 1, max: 30_030_000_000 }),
  rate: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.24, noNaN: true })),
  periods: fc.integer({ min: 1, max: 120 }),
  gracePeriods: fc.nat(24),
}).map((it) => ({ ...it, gracePeriods: Math.min(it.gracePeriods, it.periods - 1) }));

/** Whole fen, each period's closing the next one's opening, and what is paid accounted for. */
function holds(rows: readonly ScheduleRow[], principalFen: number): void {
  let owed = principalFen;
  for (const row of rows) {
    for (const figure of Object.values(row)) assert.ok(Number.isSafeInteger(figure), `${figure}`);
    assert.equal(row.openingFen, owed);
    assert.equal(row.paymentFen, row.interestFen + row.principalFen);
    owed -= row.principalFen;
    assert.equal(row.closingFen, owed);
  }
}

Deno.test("every schedule rolls in whole fen and repays all, interest alone in the grace", () => {
  fc.assert(
    fc.property(terms, (it) => {
      for (const schedule of [annuitySchedule, equalPrincipalSchedule, bulletSchedule]) {
        const rows = schedule(it);
        assert.equal(rows.length, it.periods);
        holds(rows, it.principalFen);
        assert.equal(rows.at(-1)!.closingFen, 0);
        for (const row of rows.slice(0, it.gracePeriods)) assert.equal(row.principalFen, 0);
      }
    }),
    { seed: 81, numRuns: 200 },
  );
});

Deno.test("annuity payments are equal but for the last, which differs by no more than the fen that rounding gathers", () => {
  fc.assert(
    fc.property(terms, (it) => {
      const rows = annuitySchedule(it).slice(it.gracePeriods), [level] = rows.map((row) => row.paymentFen);
      const grown = (1 + it.rate / 12) ** rows.length;
      for (const row of rows.slice(0, -1)) assert.ok(row.paymentFen === level || row.closingFen === 0);
      const last = rows.at(-1)!.paymentFen;
      assert.ok(Math.abs(last - level) <= 1 + rows.length * grown || rows.at(-1)!.openingFen === 0);
    }),
    { seed: 82, numRuns: 200 },
  );
});

Deno.test("equal parts of principal differ by a fen at most, and the schedules rank by the interest they cost", () => {
  fc.assert(
    fc.property(terms, (it) => {
      const parts = equalPrincipalSchedule(it).slice(it.gracePeriods).map(({ principalFen }) => principalFen);
      assert.ok(Math.max(...parts) - Math.min(...parts) <= 1);
      assert.deepEqual(parts, parts.toSorted((a, b) => b - a), "spare fen come first");
      const cost = (rows: readonly ScheduleRow[]) =>
        rows.reduce((sum, { interestFen }) => sum + interestFen, 0);
      const slack = it.periods;
      assert.ok(cost(equalPrincipalSchedule(it)) <= cost(annuitySchedule(it)) + slack);
      assert.ok(cost(annuitySchedule(it)) <= cost(bulletSchedule(it)) + slack);
    }),
    { seed: 83, numRuns: 200 },
  );
});

Deno.test("sculpted service never falls below its cover, and debt of the capacity is repaid to the last fen or nearly", () => {
  const cash = fc.array(fc.integer({ min: 100_000, max: 100_000_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(cash, fc.double({ min: 1, max: 2, noNaN: true }), (cfadsFen, targetDscr) => {
      const rate = 0.06, rates = rate / 12, { debt } = sculptedDebt(cfadsFen, { rates, targetDscr });
      const principalFen = Math.floor(debt);
      const { rows, unpaidFen } = sculptedSchedule({
        ...{ principalFen, rate, periods: cfadsFen.length, cfadsFen, targetDscr },
      });
      holds(rows, principalFen);
      // Service is cut by up to a fen and interest rounded by half a fen, each growing with interest until the end.
      assert.ok(
        unpaidFen >= 0 && unpaidFen <= 1.5 * rows.length * (1 + rates) ** rows.length,
        `${unpaidFen}`,
      );
      const cover = debtServiceCover(cfadsFen, rows.map(({ paymentFen }) => paymentFen));
      assert.ok(cover.kind === "cover" && cover.minimum >= targetDscr - 1e-12);
    }),
    { seed: 84, numRuns: 200 },
  );
});

Deno.test("a debt past the capacity leaves the rest unpaid, and interest that cash does not cover is added to it", () => {
  const { rows, unpaidFen } = sculptedSchedule({
    ...{ principalFen: 100_000, rate: 0.12, periods: 3, targetDscr: 1.25 },
    cfadsFen: [-500, 500, 62_500],
  });
  holds(rows, 100_000);
  assert.deepEqual(rows.map(({ paymentFen }) => paymentFen), [0, 400, 50_000]);
  assert.deepEqual(rows.map(({ principalFen }) => principalFen), [-1_000, -610, 48_984]);
  assert.equal(unpaidFen, 52_626);
});

Deno.test("periods of unlike length bear interest by their length", () => {
  const rows = bulletSchedule({
    principalFen: 1_000_000,
    rate: 0.073,
    periods: 2,
    periodYears: [31 / 365, 28 / 365],
  });
  assert.deepEqual(rows.map(({ interestFen }) => interestFen), [6_200, 5_600]);
});

Deno.test("terms out of range are refused by name", () => {
  const good = { principalFen: 1_000, rate: 0.1, periods: 12 };
  const message = (bad: Partial<typeof good> & { gracePeriods?: number; periodYears?: number[] }) => {
    try {
      annuitySchedule({ ...good, ...bad });
    } catch (error) {
      return String(error);
    }
    return "no error";
  };
  assert.equal(
    message({ periods: -3 }),
    "RangeError: Cannot use -3 as tenor in periods: a whole number of 1 or more is needed",
  );
  assert.match(message({ principalFen: 0.5 }), /Cannot use 0.5 as principalFen: a whole number of 0 or more/);
  assert.match(message({ rate: -0.01 }), /Cannot use -0.01 as rate: a finite number of 0 or more/);
  assert.match(message({ gracePeriods: 12 }), /Cannot use 12 as gracePeriods: a whole number from 0 to 11/);
  assert.match(message({ periodYears: [1] }), /Cannot use 1 values as periodYears: 12 are needed/);
});
