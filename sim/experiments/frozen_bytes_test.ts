import assert from "node:assert/strict";
import { freeze, future } from "#/sim/fork.ts";
import { frozenBytes, frozenOf } from "#/sim/experiments/frozen_bytes.ts";
import { bookOf, small } from "#/sim/testing/worlds.ts";

const size = { shoppers: 300, days: 40 };

for (
  const scenario of [
    ...[
      "baseline",
      "interop",
      "c-faults",
      "g1-gridlock-saving",
      "g2-withholding-tariff",
      "i2-cobranded-card",
    ],
    ...["x1-cross-border", "f5-bust-out", "f6-device-ring", "f7-kiting", "l2-squeeze"],
  ]
) {
  Deno.test(`a frozen ${scenario} that was bytes in between goes on as it would have`, () => {
    const supposed = small(scenario, size);
    const frozen = freeze(supposed, 0, { day: 25, openingBook: bookOf(supposed) }),
      bytes = frozenBytes(frozen);
    const shocks = [{ event: "rail-outage", fromDay: 28, untilDay: 30, rail: "rtgs" } as const];
    for (const terms of [{}, { shocks }, { luck: 2 }]) {
      assert.equal(future(frozenOf(bytes), terms).hash, future(frozen, terms).hash);
    }
  });
}

Deno.test("trusts, their notes and the register of receivables are in the bytes", () => {
  const set = ["funding.ant.abs.firstDay=5", "funding.jd.abs.firstDay=5"];
  const supposed = small("l1-funding-mix", { shoppers: 400, days: 75, set });
  const frozen = freeze(supposed, 0, { day: 60, openingBook: bookOf(supposed) });
  assert.ok(frozen.world.funding.trusts.length > 0);
  const again = frozenOf(frozenBytes(frozen));
  assert.equal(future(again).hash, future(frozen).hash);
  assert.deepEqual(again.world.funding.trusts[0].deal.result(), frozen.world.funding.trusts[0].deal.result());
  assert.equal(again.world.funding.register!.head, frozen.world.funding.register!.head);
});

Deno.test("what nobody knows how to pack is refused by its path", () => {
  const supposed = small("baseline", { shoppers: 200, days: 10 });
  const frozen = freeze(supposed, 0, { day: 3, openingBook: bookOf(supposed) });
  const memory = { ...frozen.world.memory, tell: () => 1 };
  const odd = { ...frozen, world: { ...frozen.world, memory } };
  assert.throws(() => frozenBytes(odd), /world.memory.tell: it is a function/);
  assert.throws(
    () => frozenBytes({ ...frozen, world: { ...frozen.world, rings: new WeakMap() as never } }),
    /world.rings: it is a WeakMap/,
  );
});
