// One contract for all methods under bilateral limits, and the largest and the best set by exhaustive search.

import assert from "node:assert/strict";
import fc from "fast-check";
import { type BilateralLimit, BilateralLimits, sentNetFen } from "../bilateral_limits.ts";
import { type QueuedPayment, resolveQueue } from "../queue.ts";
import { type QueueMethodName, queueMethods } from "./registry.ts";

const names = ["a", "b", "c", "d"];
const methods = Object.keys(queueMethods) as QueueMethodName[];
type Amounts = Record<string, number>;

const pairs = names.flatMap((payer) =>
  names.filter((name) => name !== payer).map((payee) => ({ payer, payee }))
);
const queuesUpTo = (maxLength: number) =>
  fc.array(fc.tuple(fc.constantFrom(...pairs), fc.integer({ min: 1, max: 30 }), fc.nat(3)), {
    minLength: maxLength >> 1,
    maxLength,
  }).map((list) =>
    list.map(([pair, amountFen, priority], i): QueuedPayment => ({
      ...{ id: `${i}`, ...pair, amountFen, priority, deadlineMinute: priority },
    }))
  );
const amounts = (max: number) => fc.record(Object.fromEntries(names.map((name) => [name, fc.nat(max)])));
const limitsUpTo = (max: number) =>
  fc.tuple(...pairs.map(() => fc.option(fc.nat(max), { freq: 2 }))).map((list) =>
    list.flatMap((limitFen, k): BilateralLimit[] => limitFen === null ? [] : [{ ...pairs[k], limitFen }])
  );

/** Whether a set that settles together keeps every balance at zero or above and every limit. */
function isFeasible(chosen: QueuedPayment[], balances: Amounts, limits: readonly BilateralLimit[]): boolean {
  const left = { ...balances };
  for (const { payer, payee, amountFen } of chosen) {
    left[payer] -= amountFen;
    left[payee] += amountFen;
  }
  return Object.values(left).every((fen) => fen >= 0) &&
    sentNetFen(limits, chosen).every((fen, k) => fen <= limits[k].limitFen);
}

function subsets(queue: readonly QueuedPayment[]): QueuedPayment[][] {
  return Array.from({ length: 2 ** queue.length }, (_, bits) => queue.filter((_, i) => bits >> i & 1));
}

const keepsOrder = (queue: readonly QueuedPayment[], chosen: QueuedPayment[]) =>
  names.every((name) => {
    const own = queue.filter(({ payer }) => payer === name),
      mine = chosen.filter(({ payer }) => payer === name);
    return mine.every((one, k) => one === own[k]);
  });
const valueOf = (chosen: readonly QueuedPayment[]) => chosen.reduce((sum, one) => sum + one.amountFen, 0);

for (const method of methods) {
  Deno.test(`${method}: no limit is ever passed after a batch, and limits hold some payments back`, () => {
    let fewer = 0, named = 0;
    fc.assert(
      fc.property(queuesUpTo(18), amounts(40), limitsUpTo(20), (queue, balances, limits) => {
        const own = resolveQueue(queue, balances, { limits, method });
        const settled: QueuedPayment[] = [];
        for (const batch of own.batches) {
          settled.push(...batch.map((id) => queue[Number(id)]));
          sentNetFen(limits, settled).forEach((fen, k) => {
            const { payer, payee, limitFen } = limits[k];
            assert.ok(fen <= limitFen, `${payer} has sent ${payee} ${fen}, ${limitFen} is allowed`);
          });
        }
        assert.equal(own.settled.length + own.held.length, queue.length);
        const nets = new Map(
          sentNetFen(limits, settled).map((fen, k) => [`${limits[k].payer} ${limits[k].payee}`, {
            ...{ fen, ...limits[k] },
          }]),
        );
        for (const { id, reason, overFen } of own.held) {
          const { payer, payee, amountFen } = queue[Number(id)], at = nets.get(`${payer} ${payee}`);
          assert.equal(overFen, at ? Math.max(0, at.fen + amountFen - at.limitFen) : 0);
          if (reason === "limit") named++;
        }
        if (own.settled.length < resolveQueue(queue, balances, { method }).settled.length) fewer++;
      }),
      { seed: 61, numRuns: 200 },
    );
    assert.ok(fewer > 50 && named > 20, `${fewer} queues settled less, ${named} payments wait for a limit`);
  });

  Deno.test(`${method}: limits that nothing reaches change nothing`, () => {
    fc.assert(
      fc.property(queuesUpTo(18), amounts(40), (queue, balances) => {
        const limits = pairs.map((pair) => ({ ...pair, limitFen: 1_000_000 }));
        assert.deepEqual(
          resolveQueue(queue, balances, { limits, method }),
          resolveQueue(queue, balances, { method }),
        );
      }),
      { seed: 62, numRuns: 60 },
    );
  });
}

Deno.test("under limits gridlock resolution is still the unique largest set in order, by exhaustive search", () => {
  let partial = 0;
  fc.assert(
    fc.property(queuesUpTo(11), amounts(20), limitsUpTo(15), (queue, balances, limits) => {
      const own = resolveQueue(queue, balances, { limits, method: "gridlock" }).settled.toSorted();
      const sets = subsets(queue).filter((set) =>
        keepsOrder(queue, set) && isFeasible(set, balances, limits)
      );
      const most = Math.max(...sets.map(({ length }) => length)), highest = Math.max(...sets.map(valueOf));
      const best = sets.filter((set) => set.length === most || valueOf(set) === highest);
      assert.equal(best.length, 1);
      assert.deepEqual(own, best[0].map(({ id }) => id).toSorted());
      if (own.length > 0 && own.length < queue.length) partial++;
    }),
    { seed: 63, numRuns: 80 },
  );
  assert.ok(partial > 15, `only ${partial} queues settled in part`);
});

Deno.test("under limits the exact method finds what an exhaustive search finds, and is never below another", () => {
  fc.assert(
    fc.property(queuesUpTo(10), amounts(20), limitsUpTo(15), (queue, balances, limits) => {
      const sets = subsets(queue).filter((set) => isFeasible(set, balances, limits));
      const byValue = resolveQueue(queue, balances, { limits, method: "exact" });
      const byCount = resolveQueue(queue, balances, { limits, method: "exact", objective: "count" });
      assert.ok(byValue.isProvenBest && byCount.isProvenBest);
      assert.equal(byValue.settledFen, Math.max(...sets.map(valueOf)));
      assert.equal(byCount.settled.length, Math.max(...sets.map(({ length }) => length)));
      for (const method of methods) {
        assert.ok(resolveQueue(queue, balances, { limits, method }).settledFen <= byValue.settledFen, method);
      }
    }),
    { seed: 64, numRuns: 120 },
  );
});

for (const method of ["fifo", "priority", "deadline", "gridlock"] as const) {
  Deno.test(`${method}: a wider limit never settles less`, () => {
    let more = 0;
    fc.assert(
      fc.property(queuesUpTo(18), amounts(40), limitsUpTo(15), (queue, balances, limits) => {
        const few = resolveQueue(queue, balances, { limits, method }).settled;
        const wider = limits.map((one, k) => ({ ...one, limitFen: one.limitFen + 7 * (k % 3) }));
        const many = resolveQueue(queue, balances, { limits: wider, method }).settled;
        assert.deepEqual(few.filter((id) => !many.includes(id)), []);
        if (many.length > few.length) more++;
      }),
      { seed: 65, numRuns: 200 },
    );
    assert.ok(more > 30, `${more}`);
  });
}

Deno.test("what comes back frees a limit, alone or together with what goes out", () => {
  const pay = (payer: string, payee: string, amountFen: number, k: number): QueuedPayment => ({
    ...{ id: `${k}`, payer, payee, amountFen },
  });
  const queue = [pay("a", "b", 50, 0), pay("b", "a", 30, 1)], balances = { a: 100, b: 100 };
  const settled = (limitFen: number, method: QueueMethodName) =>
    resolveQueue(queue, balances, { limits: [{ payer: "a", payee: "b", limitFen }], method }).settled;
  assert.deepEqual(settled(20, "fifo"), ["1", "0"]);
  assert.deepEqual(settled(19, "fifo"), ["1"]);
  // Both are limited to nothing: only equal sums in both directions settle, and only together.
  const both = [pay("a", "b", 40, 0), pay("b", "a", 40, 1)];
  const limits = [{ payer: "a", payee: "b", limitFen: 0 }, { payer: "b", payee: "a", limitFen: 0 }];
  assert.deepEqual(resolveQueue(both, balances, { limits, method: "fifo" }).settled, []);
  for (const method of ["bilateral", "cycles", "gridlock", "unions", "exact"] as const) {
    assert.deepEqual(resolveQueue(both, balances, { limits, method }).batches, [["0", "1"]], method);
  }
});

Deno.test("a limit is refused that is negative, broken, towards oneself, said twice, or of a stranger", () => {
  const refused = (limits: BilateralLimit[], message: RegExp) =>
    assert.throws(() => new BilateralLimits(limits, []), { name: "RangeError", message });
  refused([{ payer: "a", payee: "b", limitFen: -1 }], /a sends b to -1 fen/);
  refused([{ payer: "a", payee: "b", limitFen: 0.5 }], /0\.5 fen/);
  refused([{ payer: "a", payee: "a", limitFen: 1 }], /a sends to itself/);
  refused(
    [{ payer: "a", payee: "b", limitFen: 1 }, { payer: "a", payee: "b", limitFen: 2 }],
    /a sends b twice/,
  );
  assert.throws(() => resolveQueue([], { a: 1 }, { limits: [{ payer: "a", payee: "z", limitFen: 1 }] }), {
    ...{ name: "RangeError", message: /z has no balance/ },
  });
});
