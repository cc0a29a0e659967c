import assert from "node:assert/strict";
import fc from "fast-check";
import { bilateralNet, multilateralNet, netPayments, type Obligation } from "./netting.ts";

const names = ["ant", "bank-1", "bank-2", "jd", "merchants"];
const obligation = fc.tuple(
  fc.constantFrom(...names),
  fc.constantFrom(...names),
  fc.integer({ min: 1, max: 1e12 }),
)
  .filter(([payer, payee]) => payer !== payee)
  .map(([payer, payee, amountFen]): Obligation => ({ payer, payee, amountFen }));
const obligations = fc.array(obligation, { maxLength: 40 });

const nets = (list: readonly Obligation[]) =>
  Object.fromEntries(multilateralNet(list).positions.map((one) => [one.participant, one.netFen]));

Deno.test("nets sum to zero, and each is what a participant receives less what it pays", () => {
  fc.assert(
    fc.property(obligations, (list) => {
      const { positions, grossFen, netFen, nettingRatio } = multilateralNet(list);
      assert.equal(positions.reduce((sum, one) => sum + one.netFen, 0), 0);
      assert.equal(positions.reduce((sum, one) => sum + one.toPayFen, 0), grossFen);
      assert.equal(positions.reduce((sum, one) => sum + Math.abs(one.netFen), 0), 2 * netFen);
      for (const one of positions) {
        const sum = (side: "payer" | "payee") =>
          list.filter((owed) => owed[side] === one.participant).reduce(
            (total, owed) => total + owed.amountFen,
            0,
          );
        assert.deepEqual([one.toReceiveFen, one.toPayFen], [sum("payee"), sum("payer")]);
        assert.equal(one.netFen, sum("payee") - sum("payer"));
      }
      assert.ok(nettingRatio >= 0 && nettingRatio <= 1);
    }),
    { seed: 21, numRuns: 300 },
  );
});

Deno.test("netting does not depend on the order of the obligations", () => {
  fc.assert(
    fc.property(obligations, (list) => {
      assert.deepEqual(multilateralNet(list.toReversed()), multilateralNet(list));
      assert.deepEqual(bilateralNet(list.toReversed()), bilateralNet(list));
    }),
    { seed: 22, numRuns: 300 },
  );
});

Deno.test("bilateral netting and net payments leave everybody's net as it was, with fewer payments", () => {
  fc.assert(
    fc.property(obligations, (list) => {
      const expected = nets(list);
      const nonZero = Object.fromEntries(Object.entries(expected).filter(([, net]) => net !== 0));
      const strip = (all: Record<string, number>) =>
        Object.fromEntries(Object.entries(all).filter(([, net]) => net !== 0));
      const pairs = bilateralNet(list), payments = netPayments(multilateralNet(list).positions);
      assert.deepEqual(strip(nets(pairs)), nonZero);
      assert.deepEqual(strip(nets(payments)), nonZero);
      const ends = new Set(pairs.map(({ payer, payee }) => [payer, payee].sort().join(" ")));
      assert.equal(ends.size, pairs.length);
      assert.ok(payments.length <= Math.max(0, Object.keys(expected).length - 1));
    }),
    { seed: 23, numRuns: 300 },
  );
});

Deno.test("a ring of equal debts nets to nothing, a chain to its two ends", () => {
  const ring = [["a", "b"], ["b", "c"], ["c", "a"]].map(([payer, payee]) => ({ payer, payee, amountFen: 5 }));
  assert.deepEqual(nets(ring), { a: 0, b: 0, c: 0 });
  assert.equal(multilateralNet(ring).nettingRatio, 1);
  assert.equal(bilateralNet(ring).length, 3);
  assert.deepEqual(netPayments(multilateralNet(ring.slice(0, 2)).positions), [{
    payer: "a",
    payee: "c",
    amountFen: 5,
  }]);
  assert.deepEqual(multilateralNet([]), { positions: [], grossFen: 0, netFen: 0, nettingRatio: 0 });
});

Deno.test("names that look like object members are participants like others", () => {
  assert.deepEqual(
    nets([{ payer: "__proto__", payee: "constructor", amountFen: 1 }]),
    JSON.parse('{"__proto__":-1,"constructor":1}'),
  );
});

Deno.test("netting refuses what is no obligation, and sums that are not exact", () => {
  for (const amountFen of [0, -1, 1.5, NaN, 2 ** 53]) {
    assert.throws(() => multilateralNet([{ payer: "a", payee: "b", amountFen }]), {
      name: "RangeError",
      message: /from a to b/,
    });
  }
  assert.throws(() => multilateralNet([{ payer: "a", payee: "a", amountFen: 1 }]), {
    name: "RangeError",
    message: /itself/,
  });
  assert.throws(() => bilateralNet([{ payer: "a", payee: "a", amountFen: 1 }]), RangeError);
  const large = { payer: "a", payee: "b", amountFen: 2 ** 53 - 1 };
  assert.throws(() => multilateralNet([large, large]), { name: "RangeError", message: /2\^53/ });
  assert.throws(() => netPayments([{ participant: "a", netFen: 1 }]), {
    name: "RangeError",
    message: /sum is 1/,
  });
});
