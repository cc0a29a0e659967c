import assert from "node:assert/strict";
import { categories, networks } from "#/model/names.ts";
import { load } from "#/scenarios/load.ts";
import { openStreams } from "#/sim/streams.ts";
import { makeMerchants } from "./merchants.ts";

const made = (set: string[] = [], replication = 0) => {
  const { scenario } = load("interop", { set: ["world.merchants=2000", ...set] });
  return { scenario, table: makeMerchants(scenario, openStreams(scenario.seed, replication), 0) };
};
const mall = 1 << networks.indexOf("jd-mall"), cards = 1 << networks.indexOf("union-card");

Deno.test("every shop stands in exactly one list, of its venue and category, and no list is empty", () => {
  const { table } = made();
  const kinds = categories.length, seen = new Uint8Array(table.count);
  for (let venue = 0; venue < 2; venue++) {
    for (let category = 0; category < kinds; category++) {
      const from = table.start[venue * kinds + category], to = table.start[venue * kinds + category + 1];
      assert.ok(to > from, `nobody sells ${categories[category]} at venue ${venue}`);
      for (let at = from; at < to; at++) {
        const shop = table.list[at];
        seen[shop]++;
        assert.equal(table.category[shop], category);
        assert.equal(table.networks[shop] === mall, venue === 1);
      }
    }
  }
  assert.ok(seen.every((times) => times === 1));
});

Deno.test("every shop takes something, and each network is taken as often as it is said", () => {
  const { table, scenario } = made();
  assert.ok(table.networks.every((mask) => mask > 0));
  const elsewhere = Array.from(table.networks).filter((mask) => mask !== mall);
  assert.equal(
    table.count - elsewhere.length,
    Math.round(table.count * scenario.merchants.jdMallBps / 10_000),
  );
  const said = { "jd-flash-pay": "flashPayBps", alipay: "alipayBps", "wechat-pay": "wechatBps" } as const;
  for (const [network, path] of Object.entries(said)) {
    const bit = 1 << networks.indexOf(network as keyof typeof said);
    const share = elsewhere.filter((mask) => mask & bit).length / elsewhere.length;
    // Four standard deviations of a share among 1,400 shops are at most 5.4 points.
    assert.ok(Math.abs(share - scenario.merchants[path] / 10_000) < 0.054, `${network} ${share}`);
  }
});

Deno.test("a shop that would take nothing takes cards", () => {
  const none = ["flashPayBps", "alipayBps", "wechatBps", "unionCardBps"].map((path) => `merchants.${path}=0`);
  const { table } = made(none);
  assert.deepEqual([...new Set(table.networks)].sort(), [mall, cards].sort());
});

Deno.test("shops sell what they sell and bank where they bank, whatever they accept", () => {
  const { table } = made(), { table: other } = made(["merchants.alipayBps=0"]);
  assert.deepEqual([other.bank, other.category], [table.bank, table.category]);
  assert.ok(other.networks.every((mask, shop) => (mask & ~table.networks[shop] & ~cards) === 0));
  assert.notDeepEqual(made([], 1).table.bank, table.bank);
});

Deno.test("a debit card takes the card network where it is accepted, else a network that is", () => {
  const { table } = made();
  for (const [shop, network] of table.debitNetwork.entries()) {
    assert.ok(table.networks[shop] & (1 << network));
    if (table.networks[shop] & cards) assert.equal(1 << network, cards);
  }
});
