import assert from "node:assert/strict";
import fc from "fast-check";
import { type QueuedPayment, resolveQueue } from "../queue.ts";
import { ClearingDesk } from "../work.ts";
import { countCycles, settleCycle } from "./cycles.ts";
import { type QueueMethodName, queueMethods, usualTerms } from "./registry.ts";

const names = ["a", "b", "c", "d", "e"];
const methods = Object.keys(queueMethods) as QueueMethodName[];
type Amounts = Record<string, number>;

const queuesUpTo = (maxLength: number) =>
  fc.array(
    fc.record({
      payer: fc.constantFrom(...names),
      payee: fc.constantFrom(...names),
      amountFen: fc.integer({ min: 1, max: 40 }),
      priority: fc.nat(3),
      deadlineMinute: fc.nat(9),
    }),
    { minLength: maxLength >> 1, maxLength },
  ).map((list) =>
    list.filter(({ payer, payee }) => payer !== payee).map((one, i): QueuedPayment => ({
      id: `${i}`,
      ...one,
    }))
  );
const amounts = (max: number) => fc.record(Object.fromEntries(names.map((name) => [name, fc.nat(max)])));
const plus = (a: Amounts, b: Amounts): Amounts =>
  Object.fromEntries(names.map((name) => [name, a[name] + b[name]]));

/** What balances would be if the chosen payments settled together. */
function after(queue: readonly QueuedPayment[], balances: Amounts, isIn: (i: number) => boolean): Amounts {
  const left = { ...balances };
  queue.forEach(({ payer, payee, amountFen }, i) => {
    if (!isIn(i)) return;
    left[payer] -= amountFen;
    left[payee] += amountFen;
  });
  return left;
}

/** All sets of a queue that leave nobody below zero: [ids, value]. */
function feasibleSets(
  queue: readonly QueuedPayment[],
  balances: Amounts,
  { inOrder }: { inOrder: boolean },
): { ids: string[]; valueFen: number }[] {
  const sets: { ids: string[]; valueFen: number }[] = [];
  for (let bits = 0; bits < 2 ** queue.length; bits++) {
    const isIn = (i: number) => (bits >> i & 1) === 1;
    const closed = new Set<string>();
    const keepsOrder = queue.every(({ payer }, i) => {
      if (!isIn(i)) closed.add(payer);
      return !isIn(i) || !closed.has(payer);
    });
    if (inOrder && !keepsOrder) continue;
    if (Object.values(after(queue, balances, isIn)).some((fen) => fen < 0)) continue;
    const chosen = queue.filter((_, i) => isIn(i));
    sets.push({
      ids: chosen.map(({ id }) => id),
      valueFen: chosen.reduce((sum, { amountFen }) => sum + amountFen, 0),
    });
  }
  return sets;
}

Deno.test("gridlock resolution is the unique largest set in order, by exhaustive search on queues of up to 14", () => {
  let partial = 0;
  fc.assert(
    fc.property(queuesUpTo(14), amounts(25), (queue, balances) => {
      const own = resolveQueue(queue, balances, { method: "gridlock" }).settled.toSorted();
      const sets = feasibleSets(queue, balances, { inOrder: true });
      const most = Math.max(...sets.map(({ ids }) => ids.length));
      const highest = Math.max(...sets.map(({ valueFen }) => valueFen));
      const best = sets.filter(({ ids, valueFen }) => ids.length === most || valueFen === highest);
      assert.equal(best.length, 1);
      assert.deepEqual(own, best[0].ids.toSorted());
      if (own.length > 0 && own.length < queue.length) partial += 1;
    }),
    { seed: 51, numRuns: 60 },
  );
  assert.ok(partial > 10, `only ${partial} queues settled in part`);
});

Deno.test("the exact method finds the highest value and the highest count that an exhaustive search finds", () => {
  let better = 0;
  fc.assert(
    fc.property(queuesUpTo(12), amounts(20), (queue, balances) => {
      const sets = feasibleSets(queue, balances, { inOrder: false });
      const byValue = resolveQueue(queue, balances, { method: "exact" });
      const byCount = resolveQueue(queue, balances, { method: "exact", objective: "count" });
      assert.ok(byValue.isProvenBest && byCount.isProvenBest);
      const highest = Math.max(...sets.map(({ valueFen }) => valueFen));
      assert.equal(byValue.settledFen, highest);
      const ofHighest = sets.filter(({ valueFen }) => valueFen === highest).map(({ ids }) => ids.length);
      assert.equal(byValue.settled.length, Math.max(...ofHighest));
      const most = Math.max(...sets.map(({ ids }) => ids.length));
      assert.equal(byCount.settled.length, most);
      const ofMost = sets.filter(({ ids }) => ids.length === most).map(({ valueFen }) => valueFen);
      assert.equal(byCount.settledFen, Math.max(...ofMost));
      if (resolveQueue(queue, balances, { method: "unions" }).settledFen < highest) better += 1;
    }),
    { seed: 52, numRuns: 150 },
  );
  assert.ok(better > 0, "the search never bettered its first set");
});

Deno.test("the exact method is never below any other, with any budget, and says when the budget was spent", () => {
  let spent = 0;
  fc.assert(
    fc.property(queuesUpTo(20), amounts(20), amounts(10), (queue, balances, creditFen) => {
      for (const nodeBudget of [3, 1_000_000]) {
        const cycleBudget = Math.min(nodeBudget, 20_000);
        const best = resolveQueue(queue, balances, { creditFen, method: "exact", nodeBudget, cycleBudget });
        const most = resolveQueue(queue, balances, {
          creditFen,
          method: "exact",
          objective: "count",
          nodeBudget,
          cycleBudget,
        });
        if (!best.isProvenBest) spent += 1;
        assert.equal(best.isBudgetSpent, !best.isProvenBest);
        for (const method of methods) {
          const other = resolveQueue(queue, balances, { creditFen, method, nodeBudget, cycleBudget });
          // What another own order settles is only below where the search went to its end.
          const isKnown = best.isProvenBest && most.isProvenBest ||
            method !== "priority" && method !== "deadline";
          if (!isKnown) continue;
          assert.ok(best.settledFen >= other.settledFen, `${method} settles more`);
          assert.ok(most.settled.length >= other.settled.length, `${method} settles more payments`);
        }
      }
    }),
    { seed: 53, numRuns: 100 },
  );
  assert.ok(spent > 20 && spent < 150, `${spent} budgets were spent`);
});

for (const method of methods) {
  const { keepsOrder, settlesTogether, order } = queueMethods[method] as typeof queueMethods["priority"];

  Deno.test(`${method}: each payment ends once, money is kept, and no batch leaves a payer below its credit`, () => {
    fc.assert(
      fc.property(queuesUpTo(24), amounts(30), amounts(20), (queue, balancesFen, creditFen) => {
        const own = resolveQueue(queue, balancesFen, { creditFen, method });
        const held = own.held.map(({ id }) => id);
        assert.deepEqual([...own.settled, ...held].sort(), queue.map(({ id }) => id).sort());
        assert.deepEqual(own.batches.flat(), own.settled);
        assert.ok(own.batches.every((batch) => batch.length > 0 && (settlesTogether || batch.length === 1)));
        let balances: Amounts = { ...balancesFen };
        const peaks = Object.fromEntries(names.map((name) => [name, 0]));
        for (const batch of own.batches) {
          balances = after(queue, balances, (i) => batch.includes(queue[i].id));
          for (const name of names) {
            assert.ok(balances[name] >= -creditFen[name], `${name} at ${balances[name]}`);
            peaks[name] = Math.max(peaks[name], balancesFen[name] - balances[name]);
          }
        }
        assert.deepEqual(balances, own.balancesFen);
        assert.deepEqual(own.peakUsedFen, peaks);
        const settledFen = queue.filter(({ id }) => own.settled.includes(id))
          .reduce((sum, { amountFen }) => sum + amountFen, 0);
        assert.equal(own.settledFen, settledFen);
        for (const { id, reason, shortFen } of own.held) {
          const { payer, amountFen } = queue[Number(id)];
          assert.equal(shortFen, Math.max(0, amountFen - own.balancesFen[payer] - creditFen[payer]));
          if (reason === "liquidity") assert.ok(shortFen > 0);
        }
      }),
      { seed: 54, numRuns: 200 },
    );
  });

  Deno.test(`${method}: ${keepsOrder ? "keeps" : "may leave"} each payer's own order`, () => {
    let passed = 0;
    fc.assert(
      fc.property(queuesUpTo(16), amounts(30), (queue, balances) => {
        const { settled } = resolveQueue(queue, balances, { method });
        const rank = ({ priority, deadlineMinute }: QueuedPayment) =>
          order === "priority" ? priority! : (order as string) === "deadline" ? deadlineMinute! : 0;
        const ranked = queue.toSorted((a, b) => rank(a) - rank(b));
        for (const name of names) {
          const mine = ranked.filter(({ payer }) => payer === name).map(({ id }) => settled.includes(id));
          if (mine.lastIndexOf(true) >= mine.filter(Boolean).length) passed += 1;
        }
      }),
      { seed: 55, numRuns: 200 },
    );
    assert.equal(passed === 0, keepsOrder, `${passed} passed an earlier one`);
  });
}

for (const method of ["fifo", "priority", "deadline", "gridlock"] as const) {
  Deno.test(`${method}: more liquidity never settles less`, () => {
    let more = 0;
    fc.assert(
      fc.property(queuesUpTo(24), amounts(20), amounts(20), (queue, balances, moreFen) => {
        const few = resolveQueue(queue, balances, { method }).settled;
        const many = resolveQueue(queue, plus(balances, moreFen), { method }).settled;
        assert.deepEqual(few.filter((id) => !many.includes(id)), []);
        if (many.length > few.length) more += 1;
      }),
      { seed: 56, numRuns: 300 },
    );
    assert.ok(more > 50);
  });
}

Deno.test("fifo settles what the plain rule settles: while a head of a queue can be paid, pay it", () => {
  fc.assert(
    fc.property(queuesUpTo(24), amounts(30), (queue, balancesFen) => {
      const balances = { ...balancesFen }, waiting = [...queue];
      for (;;) {
        const at = waiting.findIndex(({ payer, amountFen }, i) =>
          balances[payer] >= amountFen && !waiting.slice(0, i).some((one) => one.payer === payer)
        );
        if (at < 0) break;
        const [{ payer, payee, amountFen }] = waiting.splice(at, 1);
        balances[payer] -= amountFen;
        balances[payee] += amountFen;
      }
      const own = resolveQueue(queue, balancesFen, { method: "fifo" });
      assert.deepEqual(own.held.map(({ id }) => id), waiting.map(({ id }) => id));
      assert.deepEqual(own.balancesFen, balances);
      // What is held together settles no less than what is settled alone.
      const together = resolveQueue(queue, balancesFen, { method: "gridlock" }).settled;
      assert.deepEqual(own.settled.filter((id) => !together.includes(id)), []);
    }),
    { seed: 57, numRuns: 500 },
  );
});

const pay = (...rows: [string, string, number][]): QueuedPayment[] =>
  rows.map(([payer, payee, amountFen], i) => ({ id: `${i + 1}`, payer, payee, amountFen }));
const nothing: Amounts = Object.fromEntries(names.map((name) => [name, 0]));

Deno.test("a union of cycles settles where no single cycle can (Ubin functional test F3_1)", () => {
  const queue = pay(["a", "c", 2], ["b", "c", 3], ["c", "b", 5], ["b", "a", 2]);
  const settled = (method: QueueMethodName) => resolveQueue(queue, nothing, { method }).settled.length;
  assert.deepEqual(methods.map((method) => [method, settled(method)]), [
    ...["fifo", "bypass", "priority", "deadline", "bilateral", "cycles", "largestCycles"].map((
      it,
    ) => [it, 0]),
    ...["gridlock", "unions", "exact"].map((it) => [it, 4]),
  ]);
});

Deno.test("smallest cycles first and largest value first can settle different sets", () => {
  // The pair and the ring cost a 4 each, and it has 4.
  const queue = pay(["a", "b", 14], ["b", "a", 10], ["a", "c", 30], ["c", "d", 30], ["d", "a", 26]);
  const balances = { ...nothing, a: 4 };
  const cycles = resolveQueue(queue, balances, { method: "cycles" });
  const largest = resolveQueue(queue, balances, { method: "largestCycles" });
  assert.deepEqual([cycles.settledFen, largest.settledFen], [24, 86]);
});

Deno.test("cycles look no further than their length, and a spent budget of nodes ends them", () => {
  const ring = pay(["a", "b", 5], ["b", "c", 5], ["c", "d", 5], ["d", "e", 5], ["e", "a", 5]);
  const settled = (terms: object) =>
    resolveQueue(ring, nothing, { method: "cycles", ...terms }).settled.length;
  assert.equal(settled({}), 5);
  assert.equal(settled({ maxCycleLength: 4 }), 0);
  for (const method of ["cycles", "largestCycles"] as const) {
    const few = resolveQueue(ring, nothing, { method, cycleBudget: 3 });
    assert.deepEqual([few.settled, few.isBudgetSpent], [[], true]);
    assert.equal(resolveQueue(ring, nothing, { method }).isBudgetSpent, false);
  }
});

/** The graph of Ubin's cycle solver tests: it has eight simple cycles. */
const ubin = pay(
  ["a", "b", 5],
  ["b", "c", 6],
  ["b", "c", 30],
  ["c", "d", 8],
  ["c", "e", 80],
  ["d", "e", 7],
  ["a", "c", 6],
  ["e", "a", 8],
  ["e", "b", 100],
  ["d", "a", 5],
);

function deskOf(queue: readonly QueuedPayment[], balances: readonly number[]): ClearingDesk {
  const column = (side: "payer" | "payee") => Int32Array.from(queue, (one) => names.indexOf(one[side]));
  return new ClearingDesk().begin({
    count: queue.length,
    participants: names.length,
    payer: column("payer"),
    payee: column("payee"),
    amountFen: Float64Array.from(queue, ({ amountFen }) => amountFen),
  }, { balanceFen: Float64Array.from(balances), creditFen: new Float64Array(names.length) });
}

Deno.test("the simple cycles of a graph are counted once each, and one settles all its steps or none (Ubin)", () => {
  const desk = deskOf(ubin, [3, 4, 5, 4, 3]);
  assert.equal(countCycles(desk, usualTerms), 8);
  assert.equal(settleCycle(desk, [0, 2, 4]), 0);
  assert.equal(settleCycle(desk, [0, 4, 2]), 0, "nobody pays in that direction");
  assert.equal(settleCycle(desk, [0, 1, 2, 3, 4]), 5);
  assert.deepEqual([...desk.balanceFen], [6, 3, 3, 5, 2]);
  assert.equal(desk.batchOf[2], -1);
});

Deno.test("whoever begins below its credit can receive and cannot pay", () => {
  const queue = pay(["a", "b", 1], ["b", "a", 4], ["a", "c", 1]);
  for (const method of methods) {
    const own = resolveQueue(queue, { ...nothing, a: -10, b: 5 }, { creditFen: { a: 6 }, method });
    assert.deepEqual([method, own.settled, own.balancesFen.a], [method, ["2"], -6]);
  }
});

Deno.test("a desk that has served a longer queue serves the next as a new one does", () => {
  const used = new ClearingDesk(), long = deskOf([...ubin, ...ubin, ...ubin], [9, 9, 9, 9, 9]);
  const accounts = (of: ClearingDesk) => ({
    balanceFen: of.openingFen.slice(),
    creditFen: new Float64Array(names.length),
  });
  for (const method of methods) {
    if (method === "priority" || method === "deadline") continue;
    queueMethods[method].release(used.begin(long.queue, accounts(long)), usualTerms);
    const short = deskOf(ubin, [3, 4, 5, 4, 3]);
    queueMethods[method].release(used.begin(short.queue, accounts(short)), usualTerms);
    queueMethods[method].release(short, usualTerms);
    const seen = ({ settled, sequence, balanceFen, nodes, batches }: ClearingDesk) => ({
      ...{ settled, nodes, batches },
      sequence: [...sequence.subarray(0, settled)],
      balances: [...balanceFen],
    });
    assert.deepEqual(seen(used), seen(short), method);
  }
});

Deno.test("a queue refuses unknown methods, orders without a column, and sums that are not exact", () => {
  const queue = pay(["a", "b", 5]), error = (message: RegExp) => ({ name: "RangeError", message });
  assert.throws(
    () => resolveQueue(queue, nothing, { method: "magic" as "fifo" }),
    error(/"magic".*gridlock/),
  );
  assert.throws(() => resolveQueue(queue, { ...nothing, a: 0.5 }), error(/a's balance of 0\.5/));
  assert.throws(() => resolveQueue(queue, { ...nothing, a: Number.MAX_SAFE_INTEGER }), error(/2\^53/));
  assert.throws(() => resolveQueue([{ ...queue[0], priority: -1 }], nothing), error(/payment 1 by -1/));
  const desk = deskOf(queue, [0, 0, 0, 0, 0]);
  assert.throws(
    () =>
      desk.begin(desk.queue, { balanceFen: desk.balanceFen, creditFen: desk.balanceFen, order: "priority" }),
    { name: "TypeError", message: /by priority: the queue has no such column/ },
  );
});
