// pay/simcash_rtgs_lsm.json and pay/ubin_corda_lsm.json: queues of a gross settlement rail. What needs offsetting (rings,
// bilateral, the optimum) waits for a liquidity saving layer.

import assert from "node:assert/strict";
import { type QueuedPayment, settleFifo } from "#/model/clearing/queue.ts";
import { type CaseResult, examine, lacking, unread } from "../case.ts";

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

const offsetting = /^(bilateral|lsm|detect|cycle|ring|multilateral)/;

/** Reads the cases of SimCash: its gross operations are checked, its liquidity saving ones wait for their layer. */
export function simcashCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: SimcashCase[] };
  return cases.map((one) => {
    if (offsetting.test(one.op)) return lacking(one.id, "liquidity saving");
    if (!one.op.startsWith("gross")) return unread(one.id, `operation "${one.op}"`);
    return examine(one.id, () => checkGross(one));
  });
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

interface UbinCase {
  index?: number;
  name: string;
  liquidity: Amounts;
  queue: Payment[];
  derived_by_us: Record<string, { settled?: number[]; balances?: Amounts }>;
}

/** Reads the queues of Ubin: first in first out, with and without bypass; resolution by netting waits for its layer. */
export function ubinQueueCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: UbinCase[] };
  return cases.flatMap(({ index, name, liquidity, queue, derived_by_us: derived }, i) => {
    const label = `${index ?? i} ${name}`;
    const gross = (["gross_fifo_no_netting", "gross_fifo_bypass_no_netting"] as const).map((key) =>
      examine(`${label}: ${key}`, () => {
        const own = settleFifo(queue.map(queued), liquidity, { bypass: key.includes("bypass") });
        assert.deepEqual(own.settled.map(Number).sort((a, b) => a - b), derived[key].settled);
        assert.deepEqual(own.balancesFen, derived[key].balances);
      })
    );
    return [...gross, lacking(`${label}: best resolution`, "liquidity saving")];
  });
}

/** Payments by their place in the queue, counted from 1. */
function queued({ payer, payee, amount }: Payment, i: number): QueuedPayment {
  return { id: String(i + 1), payer, payee, amountFen: amount };
}
