import assert from "node:assert/strict";
import fc from "fast-check";
import { clearDebts, type Debt, type DefaultTerms } from "./default.ts";
import { wholeFlows } from "./whole_flows.ts";

const names = ["a", "b", "c", "d", "e", "f"];
type Amounts = Record<string, number>;

const debts = fc.array(
  fc.record({
    payer: fc.constantFrom(...names),
    payee: fc.constantFrom(...names),
    amountFen: fc.integer({ min: 1, max: 1_000 }),
    seniority: fc.nat(2),
  }),
  { maxLength: 16 },
).map((list): Debt[] => list.filter(({ payer, payee }) => payer !== payee));
const assets = fc.record(Object.fromEntries(names.map((name) => [name, fc.nat(400)])));
const ppm = fc.constantFrom(1_000_000, 900_000, 500_000, 123_457, 0);

/** The same by plain iteration in floating point: from full payment down, or from nothing up. */
function iterated(
  assetsFen: Amounts,
  list: readonly Debt[],
  { assetRecoveryPpm = 1_000_000, claimRecoveryPpm = 1_000_000 }: DefaultTerms,
  from: "above" | "below" = "above",
): number[] {
  let paid = list.map(({ amountFen }) => from === "above" ? amountFen : 0);
  for (let round = 0; round < 20_000; round++) {
    const next = new Array<number>(list.length).fill(0);
    for (const name of names) {
      const mine = list.flatMap(({ payer }, k) => payer === name ? [k] : []);
      const owed = mine.reduce((sum, k) => sum + list[k].amountFen, 0);
      const received = list.reduce((sum, { payee }, k) => sum + (payee === name ? paid[k] : 0), 0);
      const fails = assetsFen[name] + received < owed - 1e-7;
      let left = fails
        ? (assetsFen[name] * assetRecoveryPpm + received * claimRecoveryPpm) / 1e6
        : assetsFen[name] + received;
      for (const rank of [0, 1, 2]) {
        const of = mine.filter((k) => list[k].seniority === rank);
        const total = of.reduce((sum, k) => sum + list[k].amountFen, 0);
        const part = Math.min(left, total);
        for (const k of of) next[k] = part * list[k].amountFen / total;
        left -= part;
      }
    }
    const moved = Math.max(0, ...next.map((it, k) => Math.abs(it - paid[k])));
    paid = next;
    if (moved < 1e-11) break;
  }
  return paid;
}

Deno.test("each payment is the real-valued clearing payment rounded down or up to a fen", () => {
  let failing = 0;
  fc.assert(
    fc.property(
      debts,
      assets,
      ppm,
      ppm,
      (list, assetsFen, assetRecoveryPpm, claimRecoveryPpm) => {
        const terms = { assetRecoveryPpm, claimRecoveryPpm };
        const own = clearDebts(assetsFen, list, terms), real = iterated(assetsFen, list, terms);
        for (const [k, { paidFen }] of own.debts.entries()) {
          assert.ok(Math.abs(paidFen - real[k]) < 1 + 1e-6, `debt ${k}: ${paidFen} against ${real[k]}`);
        }
        failing += own.standings.filter(({ wave }) => wave > 0).length;
      },
    ),
    { seed: 61, numRuns: 400 },
  );
  assert.ok(failing > 300, `only ${failing} defaults`);
});

Deno.test("books balance to the fen, with costs and a fund: paid, covered and lost are what was owed", () => {
  let used = 0;
  fc.assert(
    fc.property(debts, assets, ppm, fc.nat(500), (list, assetsFen, recoveryPpm, fundFen) => {
      const terms = { assetRecoveryPpm: recoveryPpm, claimRecoveryPpm: recoveryPpm, fundFen };
      const { standings, debts: cleared, fundUsedFen } = clearDebts(assetsFen, list, terms);
      for (const one of standings) {
        assert.equal(one.assetsFen + one.receivedFen, one.paidFen + one.costFen + one.leftFen);
        assert.ok(one.paidFen <= one.owedFen && one.leftFen >= 0 && one.costFen >= 0);
        if (one.wave === 0) assert.equal(one.paidFen, one.owedFen);
        else assert.ok(one.paidFen < one.owedFen);
        if (one.wave > 0 && recoveryPpm === 1_000_000) assert.equal(one.costFen, 0);
      }
      for (const { amountFen, paidFen, coveredFen, lossFen } of cleared) {
        assert.equal(paidFen + coveredFen + lossFen, amountFen);
        assert.ok(paidFen >= 0 && coveredFen >= 0 && lossFen >= 0);
      }
      assert.equal(cleared.reduce((sum, { coveredFen }) => sum + coveredFen, 0), fundUsedFen);
      assert.ok(fundUsedFen <= fundFen);
      const lossFen = cleared.reduce((sum, one) => sum + one.lossFen, 0);
      assert.equal(standings.reduce((sum, one) => sum + one.lossFen, 0), lossFen);
      // A fund that is not spent has left no loss.
      if (fundUsedFen < fundFen - 1) {
        assert.ok(lossFen === 0, `${lossFen} lost, ${fundFen - fundUsedFen} unspent`);
      }
      if (fundUsedFen > 0 && lossFen > 0) used += 1;
    }),
    { seed: 62, numRuns: 250 },
  );
  assert.ok(used > 20, `the fund was used up ${used} times`);
});

Deno.test("senior debts are paid in full before a junior one is paid at all, equal ones pro rata", () => {
  let partial = 0;
  fc.assert(
    fc.property(debts, assets, (list, assetsFen) => {
      const { debts: cleared } = clearDebts(assetsFen, list);
      for (const one of cleared) {
        for (const other of cleared) {
          if (one.payer !== other.payer) continue;
          if (one.seniority! < other.seniority! && other.paidFen > 0) {
            assert.equal(one.paidFen, one.amountFen);
          }
          if (one.seniority !== other.seniority) continue;
          const share = one.paidFen * other.amountFen - other.paidFen * one.amountFen;
          assert.ok(Math.abs(share) <= one.amountFen + other.amountFen);
          if (one.lossFen > 0 && one.paidFen > 0) partial += 1;
        }
      }
    }),
    { seed: 63, numRuns: 300 },
  );
  assert.ok(partial > 50);
});

Deno.test("more assets never lower what anybody pays, but for the fen of rounding", () => {
  fc.assert(
    fc.property(debts, assets, assets, ppm, (list, assetsFen, moreFen, claimRecoveryPpm) => {
      const terms = { claimRecoveryPpm };
      const richer = Object.fromEntries(names.map((name) => [name, assetsFen[name] + moreFen[name]]));
      const few = clearDebts(assetsFen, list, terms).debts, many = clearDebts(richer, list, terms).debts;
      for (const [k, { paidFen }] of few.entries()) assert.ok(many[k].paidFen >= paidFen - 1);
    }),
    { seed: 64, numRuns: 200 },
  );
});

const owes = (...rows: [string, string, number, number?][]): Debt[] =>
  rows.map(([payer, payee, amountFen, seniority = 0]) => ({ payer, payee, amountFen, seniority }));
const none = Object.fromEntries(names.map((name) => [name, 0]));

Deno.test("of several clearing vectors it is the greatest: a ring without money pays itself", () => {
  const ring = owes(["a", "b", 100], ["b", "c", 100], ["c", "a", 100]);
  assert.deepEqual(iterated(none, ring, {}, "below"), [0, 0, 0]);
  assert.deepEqual(clearDebts(none, ring).debts.map(({ paidFen }) => paidFen), [100, 100, 100]);
  // A claim on the ring from outside drains it, however slowly plain iteration would.
  const drained = clearDebts(none, [...ring, ...owes(["a", "d", 1, 1])]);
  assert.deepEqual(drained.debts.map(({ paidFen }) => paidFen), [100, 100, 100, 0]);
  const senior = clearDebts({ ...none, a: 5 }, [
    ...owes(["a", "d", 900_000_007], ["a", "b", 1_000_000_007, 1], ["b", "a", 1_000_000_007]),
  ]);
  // Whatever goes round between a and b would be spent on the senior debt first, which is never reached.
  assert.deepEqual(senior.debts.map(({ paidFen }) => paidFen), [5, 0, 0]);
});

Deno.test("published figures: Eisenberg and Noe's vector of the systemicrisk package, in fractions of 112", () => {
  // Debts and assets of its example `default_clearing`, times 1.12 billion; "d" stands for those outside.
  const scale = 1_120_000_000;
  const list = owes(
    ...([["a", "b", .5], ["a", "c", .5], ["a", "d", 1.5], ["b", "a", .5], ["b", "c", .5], [
      "b",
      "d",
      .5,
    ]] as const)
      .map(([payer, payee, amount]): [string, string, number] => [payer, payee, amount * scale]),
    ...([["c", "a", .5], ["c", "b", .5], ["c", "d", .5]] as const)
      .map(([payer, payee, amount]): [string, string, number] => [payer, payee, amount * scale]),
  );
  const { standings } = clearDebts(
    { a: .5 * scale, b: .625 * scale, c: .75 * scale, d: 0 },
    list,
  );
  assert.deepEqual(standings.map(({ paidFen }) => paidFen), [1_650_000_000, 1_590_000_000, 1_680_000_000, 0]);
  assert.deepEqual(standings.map(({ wave }) => wave > 0), [true, true, false, false]);
});

Deno.test("costs of bankruptcy and a fund move the loss: a fund that stops the first default spares the second", () => {
  const chain = owes(["a", "b", 100], ["b", "c", 90]);
  const start = { ...none, a: 60 };
  const loss = (terms: DefaultTerms) =>
    clearDebts(start, chain, terms).standings.filter(({ lossFen }) => lossFen > 0)
      .map(({ participant, lossFen }) => [participant, lossFen]);
  assert.deepEqual(loss({}), [["b", 40], ["c", 30]]);
  assert.deepEqual(loss({ assetRecoveryPpm: 500_000 }), [["b", 70], ["c", 60]]);
  assert.deepEqual(loss({ assetRecoveryPpm: 500_000, claimRecoveryPpm: 500_000 }), [["b", 70], ["c", 75]]);
  assert.deepEqual(loss({ fundFen: 40 }), []);
  // 35 fen: b is spared with 30 of them, the other 5 lower its own loss.
  assert.deepEqual(loss({ fundFen: 35 }), [["b", 5]]);
  assert.deepEqual(clearDebts(start, chain).standings.map(({ wave }) => wave), [1, 2, 0, 0, 0, 0]);
});

Deno.test("rounded flows balance at each node, move by less than one, and refuse what does not balance", () => {
  const whole = 1n << 40n;
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(4), { minLength: 2, maxLength: 5 }), { maxLength: 8 }),
      fc.array(fc.bigInt(1n, whole * 3n), { minLength: 8, maxLength: 8 }),
      (ways, sizes) => {
        const flows = ways.flatMap((way, w) =>
          way.map((from, k) => ({ from, to: way[(k + 1) % way.length], amount: sizes[w] }))
            .filter(({ from, to }) => from !== to)
        );
        const own = wholeFlows(flows, whole);
        for (const [k, { amount }] of flows.entries()) {
          const off = BigInt(own[k]) * whole - amount;
          assert.ok(off < whole && off > -whole);
        }
        for (let node = 0; node < 5; node++) {
          const sum = (side: "from" | "to") =>
            flows.reduce((total, flow, k) => total + (flow[side] === node ? own[k] : 0), 0);
          assert.equal(sum("from"), sum("to"));
        }
      },
    ),
    { seed: 65, numRuns: 500 },
  );
  assert.throws(() => wholeFlows([{ from: 0, to: 1, amount: whole }], whole), {
    name: "RangeError",
    message: /node 0 receives -1 more/,
  });
});

Deno.test("debts are refused that are none, with the one that is wrong", () => {
  const one = owes(["a", "b", 5]), error = (message: RegExp) => ({ name: "RangeError", message });
  assert.throws(() => clearDebts({ ...none, a: -1 }, one), error(/-1 fen of a/));
  assert.throws(() => clearDebts(none, owes(["a", "b", -5])), error(/-5 fen from a to b/));
  assert.throws(() => clearDebts(none, owes(["a", "a", 5])), error(/itself/));
  assert.throws(() => clearDebts(none, owes(["a", "z", 5])), error(/z has no assets/));
  assert.throws(() => clearDebts(none, owes(["a", "b", 5, -1])), error(/as -1/));
  assert.throws(() => clearDebts(none, one, { fundFen: 0.5 }), error(/0\.5 fen of the guarantee fund/));
  assert.throws(() => clearDebts(none, one, { assetRecoveryPpm: 1_000_001 }), error(/1000001 ppm/));
  assert.throws(() => clearDebts({ ...none, a: Number.MAX_SAFE_INTEGER }, one), error(/2\^53/));
});
