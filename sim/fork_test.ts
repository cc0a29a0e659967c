import assert from "node:assert/strict";
import fc from "fast-check";
import { faults } from "#/scenarios/checks.ts";
import type { Shock } from "#/scenarios/schema.ts";
import { copyWorld } from "./copy_world.ts";
import { freeze, future } from "./fork.ts";
import { run } from "./run.ts";
import { bookOf, openSmall, runSmall, small } from "./testing/worlds.ts";

const size = { shoppers: 400, days: 40 };
const frozenAt = (supposed: ReturnType<typeof small>, day: number) =>
  freeze(supposed, 0, { day, openingBook: bookOf(supposed) });

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
    ...["x1-cross-border", "s1-baitiao-on-wechat", "f1-stolen-account", "f4-cash-out", "f5-bust-out"],
    ...["f6-device-ring", "f7-kiting", "l1-funding-mix", "l2-squeeze"],
  ]
) {
  Deno.test(`two halves of ${scenario} equal the whole, from any day`, () => {
    const supposed = small(scenario, size), whole = runSmall(supposed).result.hash;
    for (const day of [1, 31]) assert.equal(future(frozenAt(supposed, day)).hash, whole, `day ${day}`);
  });
}

Deno.test("a run with trusts, notes and a register of receivables is frozen with them", () => {
  const set = ["funding.ant.abs.firstDay=5", "funding.jd.abs.firstDay=5"];
  const supposed = small("l1-funding-mix", { shoppers: 400, days: 75, set });
  const frozen = frozenAt(supposed, 60);
  assert.ok(frozen.world.funding.trusts.some(({ deal }) => deal.state.payments > 0), "no trust has paid yet");
  assert.ok(frozen.world.funding.register!.entries.length > 0);
  assert.equal(future(frozen).hash, runSmall(supposed).result.hash);
});

const shocks: Shock[] = [
  { event: "unemployment-jump", fromDay: 12, untilDay: 40, plusBps: 1_500 },
  { event: "rail-outage", fromDay: 15, untilDay: 18, rail: "rtgs" },
  { event: "line-withdrawn", fromDay: 20, untilDay: 30, issuer: "ant", shareBps: 9_000 },
];

Deno.test("each future equals an unbroken run with its shocks, and none of them moves another", () => {
  const supposed = small("interop", size), frozen = frozenAt(supposed, 12);
  const hashes = [[], ...shocks.map((shock) => [shock]), shocks, []].map((own) => {
    const { hash } = future(frozen, { shocks: own });
    const scenario = { ...supposed.scenario, shocks: [...supposed.scenario.shocks, ...own] };
    assert.deepEqual(faults(scenario), []);
    assert.equal(hash, run({ ...supposed, scenario }, 0, { openingBook: bookOf(supposed) }).hash);
    return hash;
  });
  assert.equal(hashes[0], hashes.at(-1));
  assert.ok(new Set(hashes).size >= 4);
});

Deno.test("whatever the day, the scenario, the luck and the shocks: two halves equal the whole", () => {
  const arbitrary = fc.record({
    scenario: fc.constantFrom("interop", "c-faults", "l1-funding-mix", "x1-cross-border", "f4-cash-out"),
    day: fc.integer({ min: 1, max: 24 }),
    again: fc.integer({ min: 1, max: 24 }),
    seed: fc.constantFrom("a", "b"),
    shocked: fc.boolean(),
  });
  fc.assert(
    fc.property(arbitrary, ({ scenario, day, again, seed, shocked }) => {
      const supposed = small(scenario, { shoppers: 200, days: 25, seed });
      const own: Shock[] = shocked ? [{ event: "rail-outage", fromDay: 24, untilDay: 25, rail: "dns" }] : [];
      const [a, b] = [day, again].map((at) => future(frozenAt(supposed, at), { shocks: own }).hash);
      assert.equal(a, b);
    }),
    { seed: 10, numRuns: 12 },
  );
});

Deno.test("other luck changes what comes after the day and nothing before it, nor who people are", () => {
  const supposed = small("interop", size), frozen = frozenAt(supposed, 20);
  const own = future(frozen), other = future(frozen, { luck: 1 }), same = future(frozen, { luck: 1 });
  assert.equal(other.hash, same.hash);
  assert.notEqual(other.hash, own.hash);
  assert.notEqual(other.hash, future(frozen, { luck: 2 }).hash);
  const differs = Object.entries(own.daily.columns).filter(([name, values]) =>
    values.slice(0, 20).some((value, day) => value !== (other.daily.columns[name]?.[day] ?? 0))
  );
  assert.deepEqual(differs.map(([name]) => name), []);
  assert.notDeepEqual(
    own.daily.columns.gmv?.slice(20) ?? own.daily.columns,
    other.daily.columns.gmv?.slice(20),
  );
});

Deno.test("a day outside the run and a shock before the day are refused", () => {
  const supposed = small("baseline", { shoppers: 200, days: 10 });
  for (const day of [0, 10, 2.5]) assert.throws(() => frozenAt(supposed, day), /a day from 1 to 9/);
  assert.throws(
    () => future(frozenAt(supposed, 5), { shocks: [{ ...shocks[0], fromDay: 4 } as Shock] }),
    /unemployment-jump on day 4: the futures begin on day 5/,
  );
});

Deno.test("a world with a function or an object of an unknown class in it is not copied in part", () => {
  const world = openSmall(small("baseline", { shoppers: 200, days: 10 }));
  const hidden = { ...world, memory: { ...world.memory, tell: () => 1 } };
  assert.throws(() => copyWorld(hidden), /world.memory.tell: it is a function/);
  assert.throws(() => copyWorld({ ...world, rings: new WeakMap() as never }), /world.rings: it is a WeakMap/);
});

Deno.test("a copy shares no array with the world it was made of", () => {
  const world = openSmall(small("interop", { shoppers: 200, days: 10 })), copy = copyWorld(world);
  const arrays = (root: object) => {
    const seen = new Set<unknown>([world.supposed, world.terms]), found = new Set<unknown>();
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null || seen.has(value)) return;
      seen.add(value);
      if (ArrayBuffer.isView(value)) return void found.add(value.buffer);
      if (value instanceof Map) return [...value].forEach(visit);
      Object.values(value).forEach(visit);
    };
    visit(root);
    return found;
  };
  const mine = arrays(world), its = arrays(copy);
  assert.ok(mine.size > 100 && its.size >= mine.size - 5);
  assert.deepEqual([...its].filter((buffer) => mine.has(buffer)), []);
});
