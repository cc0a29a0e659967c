import assert from "node:assert/strict";
import fc from "fast-check";
import { admission, type Member, settleWindows, unwind } from "./windows.ts";
import { multilateralNet, type Obligation } from "./netting.ts";

const names = ["a", "b", "c", "d"];
const payments = fc.array(
  fc.record({
    payer: fc.constantFrom(...names),
    payee: fc.constantFrom(...names),
    amountFen: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1, maxLength: 30 },
).map((list): Obligation[] => list.filter(({ payer, payee }) => payer !== payee));
const amounts = (max: number) => fc.record(Object.fromEntries(names.map((name) => [name, fc.nat(max)])));

/** Plays payments into windows and keeps positions as it goes. */
function enter(members: Record<string, Member>, list: readonly Obligation[]): Obligation[] {
  return list.filter(({ payer, payee, amountFen }) => {
    if (admission(members[payer], amountFen) !== "reserved") return false;
    members[payer].positionFen += amountFen;
    members[payee].positionFen -= amountFen;
    return true;
  });
}

Deno.test("no admitted batch passes cover or cap, and settling all windows brings positions back and loses no cover", () => {
  let parts = 0;
  fc.assert(
    fc.property(payments, payments, amounts(80), amounts(80), (first, second, covers, caps) => {
      const opening = names.map((name) => [name, {
        positionFen: 0,
        coverFen: covers[name],
        netDebitCapFen: caps[name],
      }]);
      const members: Record<string, Member> = structuredClone(Object.fromEntries(opening));
      const windows = [first, second].map((list) => enter(members, list)).filter((list) => list.length > 0);
      for (const name of names) assert.ok(members[name].positionFen <= Math.min(covers[name], caps[name]));
      if (windows.length < 2) return;
      const all = settleWindows(members, windows);
      assert.deepEqual(all.refused, []);
      for (const name of names) {
        assert.equal(all.committed[name].positionFen, 0);
        assert.ok(all.committed[name].coverFen >= 0);
      }
      const covered = (of: Record<string, Member>) => names.reduce((sum, name) => sum + of[name].coverFen, 0);
      assert.equal(covered(all.committed), covered(members));
      // One of two windows settles only where nobody is left beyond what it may.
      const one = settleWindows(members, windows.slice(0, 1));
      if (one.refused.length > 0) parts += 1;
      else {
        for (const { positionFen, coverFen, netDebitCapFen } of Object.values(one.committed)) {
          assert.ok(positionFen <= Math.min(coverFen, netDebitCapFen));
        }
      }
    }),
    { seed: 71, numRuns: 500 },
  );
  assert.ok(parts > 5, `one window alone was refused ${parts} times`);
});

Deno.test("a payment that lacks both cover and cap is told of its cover", () => {
  const member = { positionFen: 0, coverFen: 5, netDebitCapFen: 3 };
  assert.deepEqual([3, 4, 6].map((amountFen) => admission(member, amountFen)), [
    "reserved",
    "overCap",
    "noCover",
  ]);
});

Deno.test("windows are refused that are empty or name a stranger", () => {
  const member = { positionFen: 0, coverFen: 5, netDebitCapFen: 3 };
  assert.throws(() => settleWindows({ a: member }, [[]]), {
    name: "RangeError",
    message: /window 0: it is empty/,
  });
  assert.throws(() => settleWindows({ a: member }, [[{ payer: "a", payee: "z", amountFen: 1 }]]), {
    name: "RangeError",
    message: /z is no member/,
  });
});

Deno.test("after unwinding everybody left can pay, what is removed touches a defaulter, and ample means remove nothing", () => {
  let spread = 0;
  fc.assert(
    fc.property(payments, amounts(60), (window, meansFen) => {
      const own = unwind(window, meansFen), out = own.rounds.flat();
      assert.equal(own.nets.reduce((sum, { netFen }) => sum + netFen, 0), 0);
      for (const { participant, netFen } of own.nets) {
        assert.ok(!out.includes(participant) && -netFen <= meansFen[participant]);
      }
      const left = window.filter((_, k) => !own.removed.includes(k));
      assert.deepEqual(multilateralNet(left).positions, own.nets);
      for (const k of own.removed) assert.ok(out.includes(window[k].payer) || out.includes(window[k].payee));
      const removed = own.removed.reduce((sum, k) => sum + window[k].amountFen, 0);
      assert.equal(own.removedFen, removed);
      if (own.rounds.length > 1) spread += 1;
      const plenty = Object.fromEntries(names.map((name) => [name, 1e9]));
      assert.deepEqual(unwind(window, plenty).removed, []);
    }),
    { seed: 72, numRuns: 500 },
  );
  assert.ok(spread > 20, `unwinding spread ${spread} times`);
});
