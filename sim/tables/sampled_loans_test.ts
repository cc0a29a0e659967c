import assert from "node:assert/strict";
import { allocateLines, lineState } from "./lines.ts";
import { allocateSampledLoans, enterLoan, observeLoans } from "./sampled_loans.ts";
import { never } from "./shoppers.ts";

const enter = (sampled: ReturnType<typeof allocateSampledLoans>, line: number, firstDue: number, month = 0) =>
  enterLoan(sampled, { line, amountFen: 100, month }, () => firstDue);

Deno.test("a loan is late since its own due day, not since that of an older one on its line; once late it stays counted", () => {
  const lines = allocateLines(2), sampled = allocateSampledLoans({ loansPerMonth: 10 });
  enter(sampled, 1, 40);
  enter(sampled, 1, 70);
  enter(sampled, 3, 40);
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
  lines.state[3] = lineState.writtenOff;
  observeLoans(sampled, lines, 191);
  assert.deepEqual([vintage.late30Fen[3], vintage.late90Fen[3]], [300, 200]);
});

Deno.test("months part vintages, products stand apart, and of many loans each so-many-th is followed", () => {
  const sampled = allocateSampledLoans({ loansPerMonth: 50_000 });
  assert.equal(sampled.every, 3);
  for (let k = 0; k < 1_000; k++) enter(sampled, 1, 40);
  enter(sampled, 1, 70, 1);
  enter(sampled, 2, 70, 1);
  const [first, second] = sampled.vintages[1];
  assert.deepEqual([first.loans, first.length, first.lentFen, first.sampledFen], [
    1_000,
    334,
    100_000,
    33_400,
  ]);
  assert.deepEqual([second.month, second.length, sampled.vintages[0].length], [1, 1, 1]);
});
