import assert from "node:assert/strict";
import fc from "fast-check";
import { philox, unit } from "#/model/statistics/philox.ts";
import { runSmall, small, village } from "#/sim/testing/worlds.ts";
import { load } from "#/scenarios/load.ts";
import { openStreams, process } from "./streams.ts";
import { draw, lane, uniform } from "./streams.ts";
import { makeWorld } from "./make_world.ts";
import { blankWant, drawWant } from "./phases/want.ts";
import type { Shoppers } from "./tables/shoppers.ts";

Deno.test("no two processes share a number, and none is zero", () => {
  const numbers = Object.values(process);
  assert.equal(new Set<number>(numbers).size, numbers.length);
  assert.ok(numbers.every((number) => Number.isInteger(number) && number > 0));
});

Deno.test("no two names share a lane of a block", () => {
  for (const [name, lanes] of Object.entries(lane)) {
    const blocks = Array.isArray(lanes) ? lanes : [Object.values(lanes)];
    for (const block of blocks as (string | number)[][]) {
      const named = block.filter((one) => one !== "spare");
      assert.equal(new Set(named).size, named.length, name);
      assert.ok(block.length <= 4, name);
      if (!Array.isArray(lanes)) assert.ok(named.every((one) => [0, 1, 2, 3].includes(one as number)), name);
    }
  }
});

const word = fc.integer({ min: 0, max: 2 ** 31 });

Deno.test("draw() is a function of its arguments: neither order nor other draws matter", () => {
  const streams = openStreams("hutong", 3);
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(process)),
      word,
      fc.nat(4_000),
      fc.nat(100),
      word,
      (name, i, day, sub, other) => {
        draw(streams, name, i, day, sub);
        const first = [...streams.block];
        draw(streams, process.rare, other, day, sub + 1);
        draw(streams, name, i, day, sub);
        assert.deepEqual([...streams.block], first);
        const alone = new Uint32Array(4);
        philox(name, i, day, sub, streams.key0, streams.key1, alone);
        assert.deepEqual([...alone], first);
        assert.equal(uniform(streams, 2), unit(first[2]));
      },
    ),
    { seed: 501 },
  );
});

Deno.test("draw() differs for another process, entity, occasion, number, replication and seed", () => {
  const of = (seed: string, replication: number, ...at: [number, number, number, number]) => {
    const streams = openStreams(seed, replication);
    draw(streams, ...at);
    return [...streams.block].join();
  };
  const blocks = [
    of("hutong", 0, 1, 2, 3, 0),
    of("hutong", 0, 2, 2, 3, 0),
    of("hutong", 0, 1, 3, 3, 0),
    of("hutong", 0, 1, 2, 4, 0),
    of("hutong", 0, 1, 2, 3, 1),
    of("hutong", 1, 1, 2, 3, 0),
    of("other", 0, 1, 2, 3, 0),
  ];
  assert.equal(new Set(blocks).size, blocks.length);
});

const townOf = (shoppers: number, set: string[] = []) => {
  const supposed = load("interop", { shoppers, days: 2, set: [...village, ...set] });
  return makeWorld(supposed, 0, 0);
};

/** The columns of the first people, however many there are. */
function firstOf({ count, ...shoppers }: Shoppers, people: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shoppers).map(([name, column]) =>
      ArrayBuffer.isView(column)
        ? [name, [
          ...(column as Uint8Array).subarray(
            0,
            people * column.byteLength / (column as Uint8Array).BYTES_PER_ELEMENT / count,
          ),
        ]]
        : [name, column]
    ),
  );
}

Deno.test("adding people leaves the attributes of those who are there as they were", () => {
  const few = townOf(300), many = townOf(600);
  assert.deepEqual(firstOf(many.shoppers, 300), firstOf(few.shoppers, 300));
});

Deno.test("adding people leaves the wants of those who are there as they were", () => {
  const few = townOf(300), many = townOf(600);
  const one = blankWant(), other = blankWant();
  for (let i = 0; i < 300; i++) {
    drawWant(few, one, i, 1, 0);
    drawWant(many, other, i, 1, 0);
    assert.deepEqual(other, one);
  }
});

Deno.test("adding people leaves the first day's purchases of those who are there as they were", () => {
  const purchasesOf = (shoppers: number) => {
    const rows: string[] = [];
    const { inspect } = {
      inspect: ({ purchases: it }: ReturnType<typeof townOf>) => {
        for (let row = 0; row < it.length; row++) {
          if (it.shopper[row] >= 300) continue;
          rows.push(
            [
              it.shopper,
              it.merchant,
              it.product,
              it.network,
              it.amountFen,
              it.minute,
              it.months,
              it.redirected,
            ].map((c) => c[row]).join(),
          );
        }
      },
    };
    runSmall(small("interop", { shoppers, days: 1 }), { inspect });
    return rows;
  };
  const few = purchasesOf(300);
  assert.ok(few.length > 100);
  assert.deepEqual(purchasesOf(600), few);
});

Deno.test("a lever moves nobody's attributes, wants or shops", () => {
  const levers = [
    "clearing.prefundingCny=1",
    "acceptance.huabei.jd-mall.mode=closed",
    "scoring.cutoffPoints=700",
    "demand.waitBps=0",
  ];
  const base = townOf(300), moved = townOf(300, levers);
  assert.deepEqual(firstOf(moved.shoppers, 300), firstOf(base.shoppers, 300));
  assert.deepEqual(moved.merchants, base.merchants);
});

Deno.test("other people live in another replication", () => {
  const supposed = load("interop", { shoppers: 300, days: 2, set: village });
  assert.notDeepEqual(
    makeWorld(supposed, 1, 0).shoppers.incomeFen,
    makeWorld(supposed, 0, 0).shoppers.incomeFen,
  );
});
