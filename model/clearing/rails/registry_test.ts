import assert from "node:assert/strict";
import fc from "fast-check";
import { type Rail, rails } from "./registry.ts";

const most = Number.MAX_SAFE_INTEGER;
const fen = fc.oneof(fc.nat(200), fc.nat(1_000_000_000), fc.integer({ min: most - 50, max: most }));
const position = fc.tuple(fen, fc.boolean()).map(([size, owed]) => owed ? -size : size);

/** Payments among three participants, in the order in which they ask to enter. */
const payments = fc.array(
  fc.record({
    from: fc.nat(2),
    step: fc.integer({ min: 1, max: 2 }),
    amountFen: fc.integer({ min: 1, max: 90 }),
  }),
  { maxLength: 40 },
);
const three = (max: number) => fc.tuple(fc.nat(max), fc.nat(max), fc.nat(max));

/** Carries out what a rail admits, in order, and says what it left behind. */
function settle(
  rail: Rail,
  queue: readonly { from: number; step: number; amountFen: number }[],
  { balancesFen, creditsFen }: { balancesFen: readonly number[]; creditsFen: readonly number[] },
) {
  const balances = [...balancesFen];
  const admitted = queue.map(({ from, step, amountFen }) => {
    if (!rail.admits(balances[from], creditsFen[from], amountFen)) return false;
    balances[from] -= amountFen;
    balances[(from + step) % 3] += amountFen;
    return true;
  });
  return { balances, admitted };
}

for (const [name, rail] of Object.entries(rails) as [string, Rail][]) {
  Deno.test(`${name}: nobody pays more than balance and credit cover, and everything that is covered enters`, () => {
    fc.assert(
      fc.property(position, fen, fen, (balanceFen, creditFen, amountFen) => {
        const covered = BigInt(balanceFen) + BigInt(creditFen) >= BigInt(amountFen);
        assert.equal(rail.admits(balanceFen, creditFen, amountFen), covered);
        // At the very cap, and a fen beyond it.
        const room = balanceFen + creditFen;
        if (Number.isSafeInteger(room + 1) && room > 0) {
          assert.equal(rail.admits(balanceFen, creditFen, room), true);
          assert.equal(rail.admits(balanceFen, creditFen, room + 1), false);
        }
      }),
      { seed: 21, numRuns: 2_000 },
    );
  });

  Deno.test(`${name}: a queue that is played out creates and loses nothing and keeps every cap`, () => {
    let held = 0;
    fc.assert(
      fc.property(payments, three(100), three(50), (queue, balancesFen, creditsFen) => {
        const { balances, admitted } = settle(rail, queue, { balancesFen, creditsFen });
        const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
        assert.equal(sum(balances), sum(balancesFen));
        assert.ok(balances.every((balance, i) => balance >= -creditsFen[i]));
        held += admitted.filter((one) => !one).length;
      }),
      { seed: 22, numRuns: 500 },
    );
    assert.ok(held > 500, `only ${held} payments were held back`);
  });

  Deno.test(`${name}: the same queue is settled the same again`, () => {
    fc.assert(
      fc.property(payments, three(100), three(50), (queue, balancesFen, creditsFen) => {
        const first = settle(rail, queue, { balancesFen, creditsFen });
        assert.deepEqual(settle(rail, queue, { balancesFen, creditsFen }), first);
      }),
      { seed: 23 },
    );
  });

  Deno.test(`${name}: more money or credit never keeps a payment out, a larger amount never lets one in`, () => {
    fc.assert(
      fc.property(position, fen, fen, fen, (balanceFen, creditFen, amountFen, plusFen) => {
        const plus = (amount: number) => Math.min(amount + plusFen, most);
        const admits = rail.admits(balanceFen, creditFen, amountFen);
        if (admits) {
          assert.ok(rail.admits(plus(balanceFen), creditFen, amountFen));
          assert.ok(rail.admits(balanceFen, plus(creditFen), amountFen));
        } else assert.ok(!rail.admits(balanceFen, creditFen, plus(amountFen)));
      }),
      { seed: 24, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: it says what it is and when a payment is final`, () => {
    assert.ok(rail.title.length > 10);
    assert.ok(["window", "at-once", "next-day"].includes(rail.finality));
  });
}

Deno.test("with unlimited credit every rail leaves the same positions", () => {
  const creditsFen = [Infinity, Infinity, Infinity];
  fc.assert(
    fc.property(payments, three(100), (queue, balancesFen) => {
      const results = Object.values(rails).map((rail) => settle(rail, queue, { balancesFen, creditsFen }));
      for (const result of results) {
        assert.ok(result.admitted.every(Boolean));
        assert.deepEqual(result, results[0]);
      }
    }),
    { seed: 25 },
  );
});

Deno.test("dns is final with its window, rtgs at once, a card on the next day", () => {
  assert.equal(rails.dns.finality, "window");
  assert.equal(rails.rtgs.finality, "at-once");
  assert.equal(rails.card.finality, "next-day");
});
