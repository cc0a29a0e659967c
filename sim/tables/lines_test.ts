import assert from "node:assert/strict";
import fc from "fast-check";
import { products } from "#/model/names.ts";
import {
  allocateLines,
  amountNames,
  amounts,
  billedAt,
  bridgedAt,
  feesAt,
  limitAt,
  lineCount,
  openAt,
  overdueAt,
  planAt,
  principalFen,
  repayBridged,
  reservedAt,
} from "./lines.ts";

Deno.test("each amount of a line has its own place, in the order of the names", () => {
  const places = [limitAt, reservedAt, openAt, planAt, billedAt, overdueAt, feesAt, bridgedAt];
  assert.equal(amounts, amountNames.length);
  assert.deepEqual(places.map((at) => at(3)), amountNames.map((_, k) => 3 * amounts + k));
  assert.equal(lineCount, products.length);
});

Deno.test("principal is what is open, planned, billed and overdue: neither charges nor limits", () => {
  const lines = allocateLines(2);
  for (const [k] of amountNames.entries()) lines.fen[3 * amounts + k] = 10 ** k;
  assert.equal(principalFen(lines, 3), 111_100);
});

const fen = fc.integer({ min: 0, max: 50_000_000 });

Deno.test("repayBridged() takes a proportional part, never more than there is, and all with the last payment", () => {
  fc.assert(
    fc.property(fen, fen, fen, fen, fen, (open, billed, repaid, bridged, rest) => {
      const lines = allocateLines(1), owed = open + billed;
      lines.fen[openAt(0)] = open;
      lines.fen[billedAt(0)] = billed;
      lines.fen[bridgedAt(0)] = Math.min(bridged, owed);
      const before = lines.fen[bridgedAt(0)], first = Math.min(repaid, owed);
      const part = repayBridged(lines, 0, first);
      assert.equal(lines.fen[bridgedAt(0)], before - part);
      assert.ok(part >= 0 && part <= Math.min(before, first));
      // Within a fen of the share that the payment has of the debt.
      if (owed > 0) assert.ok(Math.abs(part - before * first / owed) <= 0.5 + 1e-6);
      lines.fen[openAt(0)] = owed - first;
      lines.fen[billedAt(0)] = 0;
      assert.ok(lines.fen[bridgedAt(0)] <= principalFen(lines, 0) || before === owed);
      repayBridged(lines, 0, owed - first + rest);
      assert.equal(lines.fen[bridgedAt(0)], 0);
    }),
    { seed: 711, numRuns: 500 },
  );
});
