import assert from "node:assert/strict";
import fc from "fast-check";
import { type Fate, noFaults, type Sent, type TransferFaults, unharmed } from "./faults.ts";
import { TransferProtocol } from "./protocol.ts";
import type { Decision, TransferTerms } from "./shapes.ts";

const operator = 3;
const terms: TransferTerms = {
  ...{ latencySeconds: 1, retrySeconds: 5, longestRetrySeconds: 40, timeoutSeconds: 30, lifeSeconds: 120 },
};

interface Order {
  from: number;
  step: number;
  amountFen: number;
  second: number;
}

/** Plays orders out with faults and keeps the books by hand: balances, what is reserved, how often each transfer ended. */
function play(
  orders: readonly Order[],
  faults: TransferFaults,
  { balancesFen = [100, 100, 100], until = 100_000, waits = false } = {},
) {
  const balances = [...balancesFen], reserved = new Map<number, number>();
  const ends = new Map<number, Decision[]>(), queue: number[] = [];
  const whole = balances.reduce((sum, fen) => sum + fen, 0);
  const payer = (id: number) => orders[id].from,
    payee = (id: number) => (orders[id].from + orders[id].step) % 3;
  const sound = () => {
    const held = [...reserved.values()].reduce((sum, fen) => sum + fen, 0);
    assert.equal(balances.reduce((sum, fen) => sum + fen, 0) + held, whole);
    assert.ok(balances.every((fen) => fen >= 0));
  };
  const reserve = (id: number) => {
    const { from, amountFen } = orders[id];
    if (balances[from] < amountFen) return false;
    balances[from] -= amountFen;
    assert.ok(!reserved.has(id) && !ends.has(id), `transfer ${id} is reserved twice`);
    reserved.set(id, amountFen);
    return true;
  };
  const free = (id: number) => {
    const fen = reserved.get(id);
    assert.ok(fen !== undefined, `transfer ${id} ends without a reservation`);
    reserved.delete(id);
    return fen;
  };
  const protocol = new TransferProtocol({
    ...{ operator, terms, faults },
    books: {
      reserve: ({ id }) => reserve(id) ? "reserved" : waits ? (queue.push(id), "waiting") : "short",
      settle: ({ id }) => void (balances[payee(id)] += free(id)),
      release: ({ id }) => void (balances[payer(id)] += free(id)),
      decided: ({ id }, decision) => {
        ends.set(id, [...ends.get(id) ?? [], decision]);
        sound();
      },
    },
  });
  const sorted = orders.map((order, id) => ({ ...order, id })).sort((a, b) =>
    a.second - b.second || a.id - b.id
  );
  for (const { id, second } of sorted) {
    protocol.advance(second);
    protocol.send({ id, payer: payer(id), payee: payee(id) }, second);
    sound();
  }
  for (let second = 0; waits && second < until; second += 60) {
    protocol.advance(second);
    for (let n = queue.length; n > 0; n--) {
      const id = queue.shift()!;
      if (reserve(id)) protocol.funded(id, second);
      else if (second > orders[id].second + 600) protocol.abandon(id, second);
      else queue.push(id);
    }
  }
  protocol.advance(until);
  sound();
  return { protocol, balances, reserved, ends, states: orders.map((_, id) => protocol.stateOf(id)!) };
}

const orders = fc.array(
  fc.record({
    from: fc.nat(2),
    step: fc.integer({ min: 1, max: 2 }),
    amountFen: fc.integer({ min: 1, max: 60 }),
    second: fc.nat(300),
  }),
  { minLength: 1, maxLength: 12 },
);
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(unharmed) },
  fc.record({
    lost: fc.boolean(),
    copies: fc.nat(2),
    lateSeconds: fc.oneof(fc.constant(0), fc.nat(200)),
    overtaken: fc.boolean(),
  }),
);

/** Any schedule of faults that ends at a second: fates of messages in the order of sending, outages, clocks, failures. */
const schedules = fc.record({
  fates: fc.array(fate, { maxLength: 60 }),
  outages: fc.array(
    fc.record({ who: fc.nat(3), from: fc.nat(400), length: fc.integer({ min: 1, max: 400 }) }),
    { maxLength: 4 },
  ),
  clocks: fc.array(
    fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -200, max: 200 })),
    { minLength: 4, maxLength: 4 },
  ),
  fails: fc.array(fc.nat(300), { maxLength: 12 }),
  healed: fc.integer({ min: 300, max: 900 }),
});

function faultsOf({ fates, outages, clocks, fails, healed }: {
  fates: Fate[];
  outages: { who: number; from: number; length: number }[];
  clocks: number[];
  fails: number[];
  healed: number;
}): TransferFaults {
  let sent = 0;
  return {
    fate: ({ second }: Sent) =>
      second >= healed ? unharmed : fates[sent++ % Math.max(1, fates.length)] ?? unharmed,
    upAt: (who, second) => {
      // Outages may lie in each other's way: the first second that none of them covers.
      let up = second;
      for (let moved = true; moved;) {
        moved = false;
        for (const { who: whose, from, length } of outages) {
          if (whose === who && up >= from && up < Math.min(from + length, healed)) {
            up = Math.min(from + length, healed);
            moved = true;
          }
        }
      }
      return up;
    },
    clockSeconds: (who) => clocks[who],
    failsSeconds: ({ id }) => fails[id] ?? 0,
  };
}

for (const waits of [false, true]) {
  const title = waits ? "where money may be waited for" : "where short money is refused";
  Deno.test(`any schedule of faults makes and loses no money, and once healed all is settled or given back, ${title}`, () => {
    let settled = 0, expired = 0, refused = 0;
    fc.assert(
      fc.property(orders, schedules, (given, schedule) => {
        const { reserved, ends, states, protocol } = play(given, faultsOf(schedule), { waits });
        assert.equal(protocol.open, 0);
        assert.equal(reserved.size, 0);
        for (const [id, state] of states.entries()) {
          assert.deepEqual(ends.get(id), [state.decision], `transfer ${id} ends once`);
          // The payer knows the end, and so does a payee that promised: nobody delivers unpaid, nobody pays twice.
          assert.equal(state.payerKnows, state.decision);
          if (state.promised) assert.equal(state.payeeKnows, state.decision);
          if (state.decision === "settled") assert.ok(state.promised);
          settled += Number(state.decision === "settled");
          expired += Number(state.decision === "expired");
          refused += Number(state.decision === "refused");
        }
      }),
      { seed: waits ? 82 : 81, numRuns: 400 },
    );
    assert.ok(settled > 300 && expired > 100 && refused > 10, `${settled} ${expired} ${refused}`);
  });
}

Deno.test("without faults every transfer that is covered settles in three messages", () => {
  fc.assert(
    fc.property(orders, (given) => {
      const { states, protocol } = play(given, noFaults, { balancesFen: [1_000, 1_000, 1_000] });
      for (const { decision, decidedSecond, sentSecond } of states) {
        assert.equal(decision, "settled");
        assert.equal(decidedSecond - sentSecond, 3);
      }
      assert.equal(protocol.repeated, 0);
    }),
    { seed: 83 },
  );
});

const one: Order[] = [{ from: 0, step: 1, amountFen: 40, second: 0 }];
const only = (number: number, harm: Partial<Fate>): TransferFaults => ({
  ...noFaults,
  fate: (message) => message.number === number ? { ...unharmed, ...harm } : unharmed,
});

Deno.test("a lost, late, duplicated or overtaken message delays a transfer or lets it lapse, and is repeated", () => {
  const end = (faults: TransferFaults) => {
    const { states: [{ decision, decidedSecond }], protocol, balances } = play(one, faults);
    return { decision, decidedSecond, repeated: protocol.repeated, balances };
  };
  const clean = end(noFaults);
  assert.deepEqual(clean, { decision: "settled", decidedSecond: 3, repeated: 0, balances: [60, 140, 100] });
  for (const [number, second] of [[0, 8], [1, 7], [2, 7]]) {
    const lost = end(only(number, { lost: true }));
    assert.equal(lost.decision, "settled");
    assert.ok(
      lost.decidedSecond >= second - 1 && lost.decidedSecond < 15,
      `message ${number}: ${lost.decidedSecond}`,
    );
    assert.ok(lost.repeated > 0);
    assert.deepEqual(lost.balances, clean.balances);
    assert.deepEqual(end(only(number, { copies: 3 })).balances, clean.balances);
    assert.deepEqual(end(only(number, { overtaken: true })).balances, clean.balances);
  }
  // A fulfil and its repetitions that come after the money's time: it is given back.
  const late = end({
    ...noFaults,
    fate: ({ kind }) => kind === "fulfil" ? { ...unharmed, lateSeconds: 60 } : unharmed,
  });
  assert.equal(late.decision, "expired");
  assert.deepEqual(late.balances, [100, 100, 100]);
});

Deno.test("a payee that fails between prepare and fulfil gives the money back, or settles if it is back in time", () => {
  const after = (failsSeconds: number) =>
    play(one, { ...noFaults, failsSeconds: () => failsSeconds }).states[0];
  assert.equal(after(10).decision, "settled");
  assert.equal(after(200).decision, "expired");
  assert.equal(after(200).decidedSecond, 31);
});

Deno.test("clocks that are too far apart let orders lapse on arrival; small differences do not", () => {
  const apart = (who: number, clock: number) =>
    play(one, { ...noFaults, clockSeconds: (it) => it === who ? clock : 0 }).states[0].decision;
  assert.equal(apart(0, -30), "settled");
  assert.equal(apart(0, -121), "expired");
  assert.equal(apart(operator, 121), "expired");
  assert.equal(apart(1, 31), "refused");
});

Deno.test("an operator that is down decides nothing until it is back, and then what it had kept", () => {
  const down = (from: number, until: number) =>
    play(one, {
      ...noFaults,
      upAt: (who, second) => who === operator && second >= from && second < until ? until : second,
    });
  assert.equal(down(0, 60).states[0].decision, "settled");
  assert.equal(down(0, 600).states[0].decision, "expired");
  const between = down(2, 600).states[0];
  assert.deepEqual([between.decision, between.payerKnows, between.payeeKnows], [
    "expired",
    "expired",
    "expired",
  ]);
  assert.ok(between.decidedSecond >= 600);
});

Deno.test("at the day's end what is open is given back, and whoever has not heard is named", () => {
  const deaf = { ...noFaults, fate: ({ kind }: Sent) => ({ ...unharmed, lost: kind === "decision" }) };
  const { protocol, balances, reserved } = play(one, deaf, { until: 20 });
  assert.deepEqual(protocol.close(20).map(({ id }) => id), [0]);
  assert.deepEqual([balances, reserved.size, protocol.stateOf(0)], [[60, 140, 100], 0, undefined]);
  const mute = { ...noFaults, fate: ({ kind }: Sent) => ({ ...unharmed, lost: kind === "fulfil" }) };
  const open = play(one, mute, { until: 20 });
  assert.equal(open.reserved.size, 1);
  open.protocol.close(20);
  assert.deepEqual([open.balances, open.reserved.size], [[100, 100, 100], 0]);
});

Deno.test("a key that comes again is the same order, with other content it is refused; nobody pays itself", () => {
  const { protocol, balances } = play(one, noFaults);
  protocol.send({ id: 0, payer: 0, payee: 1 }, 200);
  protocol.advance(1_000);
  assert.deepEqual(balances, [60, 140, 100]);
  assert.throws(() => protocol.send({ id: 0, payer: 0, payee: 2 }, 200), /transfer 0 from 0 to 2/);
  assert.throws(() => protocol.send({ id: 1, payer: 2, payee: 2 }, 200), /participant 2 would pay itself/);
  assert.throws(() => protocol.funded(0, 200), /it is decided, not waiting/);
  assert.throws(() => protocol.abandon(9, 200), /it is unknown/);
});
