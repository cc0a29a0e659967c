import assert from "node:assert/strict";
import fc from "fast-check";
import { instalmentFen } from "#/model/credit/instalment.ts";
import { allocateLines } from "./lines.ts";
import {
  allocateLoans,
  allocateOpenPurchases,
  appendLoan,
  appendOpen,
  holdsPlan,
  type Loans,
  removeLoan,
  segmentOf,
  shrinkLoan,
} from "./loans.ts";

const plan = (line: number, owedFen: number) => ({
  line,
  owedFen,
  paymentFen: owedFen,
  monthsLeft: 3,
  nextDue: 30,
  aprBps: 1_500,
  booked: 0,
});

/** Amounts of the plans of a line, the latest first. */
function chain(loans: Loans, first: number): number[] {
  const owed = [];
  for (let row = first; row >= 0; row = loans.next[row]) owed.push(loans.owedFen[row]);
  return owed;
}

Deno.test("plans come and go in any order: each line keeps its own, rows are used again, and the count is right", () => {
  // A positive number appends a plan to a line, a negative one removes one of those that are open.
  const act = fc.oneof(
    fc.record({ line: fc.nat(5) }),
    fc.record({ remove: fc.nat(1_000) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
      const lines = allocateLines(3), loans = allocateLoans(2);
      const expected = new Map<number, number[]>();
      let most = 0, open = 0;
      for (const [k, one] of acts.entries()) {
        if ("line" in one) {
          appendLoan(loans, lines, plan(one.line, 1_000 + k));
          expected.set(one.line, [1_000 + k, ...expected.get(one.line) ?? []]);
          open++;
        } else {
          const rows = Array.from({ length: loans.used }, (_, row) => row).filter((row) =>
            loans.monthsLeft[row] > 0
          );
          if (rows.length === 0) continue;
          const row = rows[one.remove % rows.length], line = loans.line[row], owedFen = loans.owedFen[row];
          removeLoan(loans, lines, row);
          expected.set(line, expected.get(line)!.filter((fen) => fen !== owedFen));
          open--;
        }
        most = Math.max(most, open);
        assert.equal(loans.open, open);
        assert.ok(loans.used <= most, "a free row was passed over");
        for (let line = 0; line < 6; line++) {
          assert.deepEqual(chain(loans, lines.firstLoan[line]), expected.get(line) ?? []);
        }
      }
    }),
    { seed: 701, numRuns: 150 },
  );
});

Deno.test("a plan keeps what it was given", () => {
  const lines = allocateLines(1), loans = allocateLoans(0);
  appendLoan(loans, lines, plan(1, 500));
  const row = lines.firstLoan[1];
  const { line, owedFen, paymentFen, monthsLeft, nextDue, aprBps } = loans;
  assert.deepEqual(
    [line, owedFen, paymentFen, monthsLeft, nextDue, aprBps].map((column) => column[row]),
    [1, 500, 500, 3, 30, 1_500],
  );
});

Deno.test("a purchase waits in the segment of its due day, up to 31 days ahead, and no other day finds it", () => {
  const open = allocateOpenPurchases(1);
  for (let today = 0; today < 70; today++) {
    const segment = segmentOf(open, today);
    if (today >= 31) {
      assert.equal(segment.length, 2);
      assert.deepEqual([...segment.line.subarray(0, 2)], [today - 31, 1_000 + today - 1]);
      assert.deepEqual([...segment.amountFen.subarray(0, 2)], [10, 20]);
    }
    segment.length = 0;
    appendOpen(open, today + 31, today, 10);
    appendOpen(open, today + 1, 1_000 + today, 20);
  }
});

Deno.test("days before the run's start have their segment too", () => {
  const open = allocateOpenPurchases(4);
  assert.equal(segmentOf(open, -1), segmentOf(open, 31));
  assert.equal(segmentOf(open, -32), segmentOf(open, 0));
});

Deno.test("a plan that shrinks keeps its months and is paid in smaller parts; one that owes nothing ends", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 100_000_000 }),
      fc.nat(10_000),
      fc.nat(3_600),
      (owedFen, bps, aprBps) => {
        const lines = allocateLines(1), loans = allocateLoans(1);
        const row = appendLoan(loans, lines, { ...plan(1, owedFen), aprBps, monthsLeft: 12, booked: 3 });
        const lessFen = Math.floor(owedFen * bps / 10_000);
        shrinkLoan(loans, lines, { row, lessFen });
        const isThere = holdsPlan(loans, row, { line: 1, booked: 3 });
        assert.equal(isThere, lessFen < owedFen);
        assert.equal(loans.paymentsFen[1], isThere ? loans.paymentFen[row] : 0);
        if (!isThere) return;
        assert.equal(loans.owedFen[row], owedFen - lessFen);
        assert.equal(loans.monthsLeft[row], 12);
        assert.equal(loans.paymentFen[row], instalmentFen(owedFen - lessFen, aprBps, 12));
      },
    ),
    { seed: 702 },
  );
});

Deno.test("holdsPlan() does not take a later plan in the same row for the one that has ended", () => {
  const lines = allocateLines(1), loans = allocateLoans(1);
  const row = appendLoan(loans, lines, { ...plan(1, 500), booked: 3 });
  removeLoan(loans, lines, row);
  assert.equal(holdsPlan(loans, row, { line: 1, booked: 3 }), false);
  assert.equal(appendLoan(loans, lines, { ...plan(1, 700), booked: 9 }), row);
  assert.equal(holdsPlan(loans, row, { line: 1, booked: 3 }), false);
  assert.equal(holdsPlan(loans, row, { line: 0, booked: 9 }), false);
  assert.equal(holdsPlan(loans, row, { line: 1, booked: 9 }), true);
  assert.equal(holdsPlan(loans, -1, { line: 1, booked: 9 }), false);
});
