import assert from "node:assert/strict";
import { reason, reasons } from "#/model/reasons.ts";
import { chooseRoute, route, type RouteFacts } from "./routing.ts";

const keys = [
  "bridged",
  "wantsBridge",
  "bridgeUp",
  "bridgeSuspended",
  "channelUp",
  "failover",
  "adapterFails",
] as const satisfies readonly (keyof RouteFacts)[];

/** All 128 states of the ways. */
const states = Array.from(
  { length: 2 ** keys.length },
  (_, bits) =>
    Object.fromEntries(keys.map((key, k) => [key, (bits >> k & 1) === 1])) as unknown as RouteFacts,
);

function each(claim: (facts: RouteFacts, chosen: number) => void): void {
  for (const facts of states) claim(facts, chooseRoute(facts));
}

Deno.test("chooseRoute() answers a route or a reason of its layer", () => {
  const layer = reasons.flatMap((one, code) => one.layer === "route" ? [code] : []);
  each((_, chosen) => assert.ok([route.bridge, route.channel, ...layer].includes(chosen), `${chosen}`));
});

Deno.test("chooseRoute() never takes a way that is out of order, closed or suspended", () => {
  each((facts, chosen) => {
    if (chosen === route.channel) assert.ok(facts.channelUp);
    if (chosen === route.bridge) assert.ok(facts.bridgeUp && !facts.bridgeSuspended);
  });
});

Deno.test("chooseRoute() sends over the bridge only what crosses platforms and asks for it", () => {
  each((facts, chosen) => {
    if (chosen === route.bridge) assert.ok(facts.bridged && facts.wantsBridge && !facts.adapterFails);
  });
});

Deno.test("chooseRoute() sends native payments through their channel and nothing about the bridge matters", () => {
  each((facts, chosen) => {
    if (!facts.bridged) assert.equal(chosen, facts.channelUp ? route.channel : reason.railDown);
  });
});

Deno.test("chooseRoute() refuses every crossing payment on which the adapter failed", () => {
  each((facts, chosen) => {
    assert.equal(chosen === reason.adapterFailure, facts.bridged && facts.adapterFails);
  });
});

Deno.test("chooseRoute() falls back to the channel only from a bridge that is down, where the cell allows it", () => {
  each((facts, chosen) => {
    if (!facts.bridged || !facts.wantsBridge || facts.adapterFails) return;
    if (chosen === route.channel) assert.ok(!facts.bridgeUp && facts.failover && !facts.bridgeSuspended);
    if (!facts.bridgeUp && !facts.bridgeSuspended && facts.failover && facts.channelUp) {
      assert.equal(chosen, route.channel);
    }
  });
});

Deno.test("chooseRoute() names a suspended bridge, which no channel replaces", () => {
  each((facts, chosen) => {
    const meant = facts.bridged && facts.wantsBridge && !facts.adapterFails;
    assert.equal(chosen === reason.bridgeSuspended, meant && facts.bridgeSuspended);
  });
});

Deno.test("chooseRoute() takes the bridge whenever it is asked for and open", () => {
  each((facts, chosen) => {
    const open = facts.bridgeUp && !facts.bridgeSuspended && !facts.adapterFails;
    if (facts.bridged && facts.wantsBridge && open) assert.equal(chosen, route.bridge);
  });
});
