import assert from "node:assert/strict";
import { allocateLines, lineState } from "./lines.ts";
import { allocateSampledLoans, enterLoan, observeLoans } from "./sampled_loans.ts";
import { never } from "./shoppers.ts";

const enter = (
  sampled: ReturnType<typeof allocateSampledLoans>,
  line: number,
  [first, last]: [number, number],
  month = 0,
) => {
  const vintage = enterLoan(sampled, { line, amountFen: 100 }, month);
  if (vintage === null) return;
  vintage.firstDue[vintage.length - 1] = first;
  vintage.lastDue[vintage.length - 1] = last;
};

Deno.test("a loan is late since its own due day, not since that of an older one on its line; once late it stays counted", () => {
  const lines = allocateLines(2), sampled = allocateSampledLoans({ loansPerMonth: 10 });
  enter(sampled, 1, [40, 40]);
  enter(sampled, 1, [70, 70]);
  enter(sampled, 3, [40, 40]);
  lines.oldestDue[1] = 40;
  observeLoans(sampled, lines, 71);
  const [vintage] = sampled.vintages[1];
  // 31 days late is the first only; the second has one day.
  assert.deepEqual([vintage.late30Fen, vintage.late90Fen], [[100], [0]]);
  observeLoans(sampled, lines, 131);
  assert.deepEqual([vintage.late30Fen[1], vintage.late90Fen[1]], [200, 100]);
  lines.oldestDue[1] = never;
  observeLoans(sampled, lines, 161);
  assert.deepEqual([vintage.late30Fen[2], vintage.late90Fen[2]], [200, 100]);
});

Deno.test("a loan that was paid is not late with its line later, but one with instalments left is", () => {
  const lines = allocateLines(1), sampled = allocateSampledLoans({ loansPerMonth: 10 });
  enter(sampled, 1, [40, 40]);
  enter(sampled, 1, [40, 100]);
  lines.oldestDue[1] = 41;
  observeLoans(sampled, lines, 80);
  assert.deepEqual(sampled.vintages[1][0].late30Fen, [100]);
  assert.deepEqual([...sampled.vintages[1][0].worst.subarray(0, 2)], [0, 2]);
});

Deno.test("what is written off with its line counts as lost if it was late, and not if it was paid", () => {
  const lines = allocateLines(1), sampled = allocateSampledLoans({ loansPerMonth: 10 });
  enter(sampled, 1, [40, 40]);
  enter(sampled, 1, [20, 20]);
  lines.oldestDue[1] = 40;
  observeLoans(sampled, lines, 69);
  lines.state[1] = lineState.writtenOff;
  lines.oldestDue[1] = never;
  observeLoans(sampled, lines, 100);
  assert.deepEqual([...sampled.vintages[1][0].worst.subarray(0, 2)], [4, 0]);
  assert.deepEqual(sampled.vintages[1][0].late90Fen, [0, 100]);
});

Deno.test("months part vintages, products stand apart, and of many loans each so-many-th is followed", () => {
  const sampled = allocateSampledLoans({ loansPerMonth: 50_000 });
  assert.equal(sampled.every, 3);
  for (let k = 0; k < 1_000; k++) enter(sampled, 1, [40, 40]);
  enter(sampled, 1, [70, 70], 1);
  enter(sampled, 2, [70, 70], 1);
  const [first, second] = sampled.vintages[1];
  assert.deepEqual([first.loans, first.length, first.lentFen, first.sampledFen], [
    1_000,
    334,
    100_000,
    33_400,
  ]);
  assert.deepEqual([second.month, second.length, sampled.vintages[0].length], [1, 1, 1]);
});
