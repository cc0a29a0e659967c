// pay/simcash_rtgs_lsm.json, pay/ubin_corda_lsm.json and pay/ubin_corda_cycles.json: queues of a settlement rail, gross,
// offset along cycles, resolved in order, and the optimum.

import assert from "node:assert/strict";
import { countCycles, offsetOnce, settleCycle } from "#/model/clearing/methods/cycles.ts";
import { usualTerms } from "#/model/clearing/methods/registry.ts";
import { type QueuedPayment, resolveQueue, settleFifo } from "#/model/clearing/queue.ts";
import { ClearingDesk } from "#/model/clearing/work.ts";
import { type CaseResult, examine, unread } from "../case.ts";

type Amounts = Record<string, number>;

interface Payment {
  payer: string;
  payee: string;
  amount: number;
}

interface SimcashCase {
  index?: number;
  id: string;
  op: string;
  balances: Amounts;
  credit_caps?: Amounts;
  queue: Payment[];
  expected: Record<string, unknown>;
  inject?: Amounts | Amounts[];
  inject_sequence?: Amounts[];
}

const offsetting = /^(bilateral|lsm|cycle|ring|multilateral)/;

/** Reads the cases of SimCash: gross settlement, offset alone without gross settlement, and the search for cycles. */
export function simcashCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: SimcashCase[] };
  return cases.map((one) => {
    if (offsetting.test(one.op)) return examine(one.id, () => checkOffset(one));
    if (one.op.startsWith("detect")) return examine(one.id, () => checkDetection(one));
    if (!one.op.startsWith("gross")) return unread(one.id, `operation "${one.op}"`);
    return examine(one.id, () => checkGross(one));
  });
}

/** A queue on a desk, participants in the order of their balances. */
function deskOf(queue: readonly Payment[], balances: Amounts, credits: Amounts = {}) {
  const names = Object.keys(balances),
    column = (side: "payer" | "payee") =>
      Int32Array.from(queue, (payment) => {
        const place = names.indexOf(payment[side]);
        if (place < 0) throw new RangeError(`${payment[side]} has no balance`);
        return place;
      });
  const desk = new ClearingDesk().begin({
    count: queue.length,
    participants: names.length,
    payer: column("payer"),
    payee: column("payee"),
    amountFen: Float64Array.from(queue, ({ amount }) => amount),
  }, {
    balanceFen: Float64Array.from(names, (name) => balances[name]),
    creditFen: Float64Array.from(names, (name) => credits[name] ?? 0),
  });
  return { desk, names };
}

/** Offsets pairs, or rings too, and compares with all that the case expects. */
function checkOffset({ op, balances, credit_caps, queue, expected }: SimcashCase): void {
  const { desk, names } = deskOf(queue, balances, credit_caps);
  offsetOnce(desk, { ...usualTerms, maxCycleLength: op === "bilateral" ? 2 : names.length });
  for (const [key, answer] of Object.entries(expected)) {
    switch (key) {
      case "settled":
        assert.equal(desk.settled, answer, key);
        break;
      case "settled_value":
        assert.equal(desk.settledFen, answer, key);
        break;
      case "offset_value":
        assert.equal(offsetValue(desk), answer, key);
        break;
      case "queue":
      case "queued":
      case "held":
        assert.equal(queue.length - desk.settled, answer, key);
        break;
      case "balances":
      case "final":
        for (const [name, amount] of Object.entries(answer as Amounts)) {
          assert.equal(desk.balanceFen[names.indexOf(name)], amount, `balance of ${name}`);
        }
        break;
      case "total_balance":
        assert.equal(desk.balanceFen.reduce((sum, one) => sum + one, 0), answer, key);
        break;
      default:
        if (typeof answer !== "string") throw new RangeError(`no reader for expectation "${key}"`);
    }
  }
}

/** What pairs set against each other: in each batch the smaller of the two directions. */
function offsetValue({ batches, batchOf, queue }: ClearingDesk): number {
  let sum = 0;
  for (let batch = 0; batch < batches; batch++) {
    const directions = new Map<number, number>();
    for (let p = 0; p < queue.count; p++) {
      if (batchOf[p] !== batch) continue;
      directions.set(queue.payer[p], (directions.get(queue.payer[p]) ?? 0) + queue.amountFen[p]);
    }
    sum += Math.min(...directions.values());
  }
  return sum;
}

function checkDetection({ balances, queue, expected }: SimcashCase): void {
  const { desk, names } = deskOf(queue, balances);
  for (const [key, answer] of Object.entries(expected)) {
    if (key !== "cycles") throw new RangeError(`no reader for expectation "${key}"`);
    assert.equal(countCycles(desk, { ...usualTerms, maxCycleLength: names.length }), answer, key);
  }
}

/** Plays a queue, again after each injection of money, and compares with all that the case expects. */
function checkGross(
  { balances, credit_caps: creditFen = {}, queue, expected, inject, inject_sequence }: SimcashCase,
) {
  const payments = queue.map(queued);
  const injections = inject_sequence ?? (inject === undefined ? [] : [inject].flat());
  let settlement = settleFifo(payments, balances, { creditFen });
  const rounds = [settlement.settled];
  for (const injection of injections) {
    const waiting = settlement.held.map(({ id }) => payments.find((payment) => payment.id === id)!);
    const richer = { ...settlement.balancesFen };
    for (const [name, amount] of Object.entries(injection)) richer[name] = (richer[name] ?? 0) + amount;
    settlement = settleFifo(waiting, richer, { creditFen });
    rounds.push(settlement.settled);
  }
  const settled = rounds.flat().map((id) => payments.find((payment) => payment.id === id)!);
  const value = settled.reduce((sum, { amountFen }) => sum + amountFen, 0);

  for (const [key, answer] of Object.entries(expected)) {
    switch (key) {
      case "settled":
      case "gross_settled":
      case "after_injection_settled":
        if (Array.isArray(answer)) {
          assert.deepEqual(settled.map(({ payer, payee }) => `${payer}->${payee}`), answer);
        } else assert.equal(settled.length, Number(answer), key);
        break;
      case "before_injection_settled":
        assert.equal(rounds[0].length, answer, key);
        break;
      case "each_injection_settles":
        assert.deepEqual(rounds.slice(1).map((round) => round.length), injections.map(() => answer), key);
        break;
      case "settled_value":
        assert.equal(value, answer, key);
        break;
      case "queue":
      case "queued":
      case "held":
        assert.equal(settlement.held.length, answer, key);
        break;
      case "balances":
      case "final":
        for (const [name, amount] of Object.entries(answer as Amounts)) {
          assert.equal(settlement.balancesFen[name], amount, `balance of ${name}`);
        }
        break;
      case "total_balance":
        assert.equal(Object.values(settlement.balancesFen).reduce((sum, one) => sum + one, 0), answer, key);
        break;
      case "order":
        // First in, first out: for each payer the positions of what settled only rise.
        for (const { payer } of payments) {
          const places = settled.filter((one) => one.payer === payer).map(({ id }) => Number(id));
          assert.deepEqual(places, places.toSorted((a, b) => a - b), `order of ${payer}`);
        }
        break;
      case "second_attempt":
        assert.throws(
          () => settleFifo([...settled, ...settled], settlement.balancesFen, { creditFen }),
          /twice/,
        );
        break;
      default:
        // A remark in words (what another operation would do) asks nothing of this one.
        if (typeof answer !== "string") throw new RangeError(`no reader for expectation "${key}"`);
    }
  }
}

interface Derived {
  count?: number;
  value?: number;
  settled?: number[];
  balances?: Amounts;
}

interface UbinCase {
  index?: number;
  name: string;
  liquidity: Amounts;
  queue: Payment[];
  expected_by_source?: { settled_obligations?: number };
  derived_by_us: Record<string, Derived>;
}

const ubinMethods = {
  gross_fifo_no_netting: "fifo",
  gross_fifo_bypass_no_netting: "bypass",
  bech_soramaki_fifo: "gridlock",
} as const;

/** Reads the queues of Ubin: gross with and without bypass, resolved in order, and the optimum by value and by count. */
export function ubinQueueCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: UbinCase[] };
  return cases.flatMap(
    ({ index, name, liquidity, queue, derived_by_us: derived, expected_by_source: source }, i) => {
      const label = `${index ?? i} ${name}`, payments = queue.map(queued);
      const inOrder = Object.entries(ubinMethods).flatMap(([key, method]) =>
        derived[key] === undefined ? [] : [examine(`${label}: ${key}`, () => {
          const own = resolveQueue(payments, liquidity, { method });
          assert.deepEqual(own.settled.map(Number).sort((a, b) => a - b), derived[key].settled);
          assert.deepEqual(own.balancesFen, derived[key].balances);
          const { count = own.settled.length, value = own.settledFen } = derived[key];
          assert.deepEqual({ count: own.settled.length, value: own.settledFen }, { count, value });
        })]
      );
      const best = (["value", "count"] as const).flatMap((objective) => {
        const answer = derived[`max_${objective}`];
        if (answer === undefined) return [];
        return [examine(`${label}: max_${objective}`, () => {
          const own = resolveQueue(payments, liquidity, { method: "exact", objective });
          assert.ok(own.isProvenBest, "the search ended early");
          assert.deepEqual({ count: own.settled.length, value: own.settledFen }, { ...answer });
          // The source's planner of cycles is no optimum, and never above it.
          if (objective === "count") assert.ok(own.settled.length >= (source?.settled_obligations ?? 0));
        })];
      });
      return [...inOrder, ...best];
    },
  );
}

interface UbinCycles {
  graph: { liquidity: Amounts; obligations: Payment[] };
  cycles_in_component: number;
  cases: {
    index?: number;
    title_cycle: string;
    cycle_nodes: string[];
    new_limits: Amounts;
    settled: Payment[];
    settled_count: number;
    not_settled: Payment[];
  }[];
}

/** Reads the cycles of one graph: how many there are, and what each settles by itself. */
export function ubinCycleCases(text: string): CaseResult[] {
  const { graph, cycles_in_component, cases } = JSON.parse(text) as UbinCycles;
  const whole = examine("all cycles of the graph", () => {
    const { desk, names } = deskOf(graph.obligations, graph.liquidity);
    assert.equal(countCycles(desk, { ...usualTerms, maxCycleLength: names.length }), cycles_in_component);
  });
  return [
    whole,
    ...cases.map((one, i) =>
      examine(`${one.index ?? i} ${one.title_cycle}`, () => {
        const { desk, names } = deskOf(graph.obligations, graph.liquidity);
        const count = settleCycle(desk, one.cycle_nodes.map((name) => names.indexOf(name)));
        const settled = graph.obligations.filter((_, p) => desk.batchOf[p] >= 0);
        const inWords = ({ payer, payee, amount }: Payment) => `${payer} ${payee} ${amount}`;
        assert.deepEqual(settled.map(inWords).sort(), one.settled.map(inWords).sort());
        assert.equal(count, one.settled_count);
        for (const payment of one.not_settled) {
          assert.ok(!settled.map(inWords).includes(inWords(payment)), inWords(payment));
        }
        if (Object.keys(one.new_limits).length === 0) return;
        assert.deepEqual(
          Object.fromEntries(names.map((name, k) => [name, desk.balanceFen[k]])),
          one.new_limits,
        );
      })
    ),
  ];
}

/** Payments by their place in the queue, counted from 1. */
function queued({ payer, payee, amount }: Payment, i: number): QueuedPayment {
  return { id: String(i + 1), payer, payee, amountFen: amount };
}
