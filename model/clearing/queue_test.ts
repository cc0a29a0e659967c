import assert from "node:assert/strict";
import fc from "fast-check";
import { type QueuedPayment, settleFifo } from "./queue.ts";

const names = ["a", "b", "c", "d"];
const queues = fc.array(
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.integer({ min: 1, max: 60 })),
  { maxLength: 24 },
).map((list) =>
  list.filter(([payer, payee]) => payer !== payee)
    .map(([payer, payee, amountFen], i): QueuedPayment => ({ id: String(i), payer, payee, amountFen }))
);
const amounts = fc.record(Object.fromEntries(names.map((name) => [name, fc.integer({ min: 0, max: 80 })])));
const total = (balances: Record<string, number>) =>
  Object.values(balances).reduce((sum, one) => sum + one, 0);

Deno.test("money is neither made nor lost, no balance passes its credit, and each payment settles once or waits", () => {
  fc.assert(
    fc.property(queues, amounts, amounts, fc.boolean(), (queue, balancesFen, creditFen, bypass) => {
      const own = settleFifo(queue, balancesFen, { creditFen, bypass });
      assert.equal(total(own.balancesFen), total(balancesFen));
      for (const name of names) assert.ok(own.balancesFen[name] >= -creditFen[name], name);
      assert.deepEqual(
        [...own.settled, ...own.held.map(({ id }) => id)].sort(),
        queue.map(({ id }) => id).sort(),
      );
      // Played back in the order of settlement, no step goes past the credit either.
      const balances = { ...balancesFen };
      for (const id of own.settled) {
        const { payer, payee, amountFen } = queue[Number(queue.findIndex((one) => one.id === id))];
        balances[payer] -= amountFen;
        balances[payee] += amountFen;
        assert.ok(balances[payer] >= -creditFen[payer]);
      }
      assert.deepEqual(balances, own.balancesFen);
    }),
    { seed: 31, numRuns: 1_000 },
  );
});

Deno.test("without bypass each payer's payments settle in its own order, and which settle depends on no other order", () => {
  fc.assert(
    fc.property(queues, amounts, (queue, balancesFen) => {
      const own = settleFifo(queue, balancesFen);
      for (const name of names) {
        const mine = queue.filter(({ payer }) => payer === name).map(({ id }) => id);
        const settled = own.settled.filter((id) => mine.includes(id));
        assert.deepEqual(settled, mine.slice(0, settled.length));
      }
      const byPayer = names.toReversed().flatMap((name) => queue.filter(({ payer }) => payer === name));
      assert.deepEqual(settleFifo(byPayer, balancesFen).settled.sort(), own.settled.sort());
    }),
    { seed: 32, numRuns: 1_000 },
  );
});

Deno.test("more liquidity never settles less", () => {
  fc.assert(
    fc.property(queues, amounts, amounts, (queue, balancesFen, moreFen) => {
      const richer = Object.fromEntries(names.map((name) => [name, balancesFen[name] + moreFen[name]]));
      const few = settleFifo(queue, balancesFen).settled, many = settleFifo(queue, richer).settled;
      assert.deepEqual(few.filter((id) => !many.includes(id)), []);
      assert.deepEqual(settleFifo(queue, balancesFen, { creditFen: moreFen }).settled.sort(), many.sort());
    }),
    { seed: 33, numRuns: 1_000 },
  );
});

Deno.test("what is held has a reason: the head lacks money, the rest waits its turn unless bypass is on", () => {
  const queue = [
    { id: "large", payer: "a", payee: "b", amountFen: 50 },
    { id: "small", payer: "a", payee: "b", amountFen: 10 },
  ];
  const balances = { a: 20, b: 0 };
  assert.deepEqual(settleFifo(queue, balances), {
    settled: [],
    held: [{ id: "large", reason: "liquidity", shortFen: 30, overFen: 0 }, {
      ...{ id: "small", reason: "order", shortFen: 0, overFen: 0 },
    }],
    balancesFen: balances,
  });
  assert.deepEqual(settleFifo(queue, balances, { bypass: true }), {
    settled: ["small"],
    held: [{ id: "large", reason: "liquidity", shortFen: 40, overFen: 0 }],
    balancesFen: { a: 10, b: 10 },
  });
});

Deno.test("a ring without money is gridlocked, and one injection frees it all", () => {
  const ring = ["a", "b", "c", "d"].map((payer, i) => ({
    id: payer,
    payer,
    payee: names[(i + 1) % 4],
    amountFen: 50,
  }));
  const poor = { a: 10, b: 10, c: 10, d: 10 };
  assert.deepEqual(settleFifo(ring, poor).settled, []);
  const freed = settleFifo(ring, { ...poor, a: 50 });
  assert.deepEqual(freed.settled, ["a", "b", "c", "d"]);
  assert.deepEqual(freed.balancesFen, { a: 50, b: 10, c: 10, d: 10 });
});

Deno.test("the arguments are left as they were", () => {
  const balances = Object.freeze({ a: 10, b: 0 });
  const queue = Object.freeze([Object.freeze({ id: "1", payer: "a", payee: "b", amountFen: 10 })]);
  assert.deepEqual(settleFifo(queue, balances).balancesFen, { a: 0, b: 10 });
});

Deno.test("a queue refuses a payment that comes twice, strangers, credits below zero and amounts that are none", () => {
  const one = { id: "1", payer: "a", payee: "b", amountFen: 5 };
  const balances = { a: 10, b: 0 };
  assert.throws(() => settleFifo([one, one], balances), { name: "RangeError", message: /payment 1 twice/ });
  assert.throws(() => settleFifo([{ ...one, payee: "z" }], balances), {
    name: "RangeError",
    message: /z has no balance/,
  });
  assert.throws(() => settleFifo([{ ...one, payee: "a" }], balances), {
    name: "RangeError",
    message: /itself/,
  });
  assert.throws(() => settleFifo([{ ...one, amountFen: 0.5 }], balances), {
    name: "RangeError",
    message: /0\.5/,
  });
  assert.throws(() => settleFifo([one], balances, { creditFen: { a: -1 } }), {
    name: "RangeError",
    message: /-1/,
  });
});
