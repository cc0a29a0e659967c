import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { products } from "#/model/names.ts";
import { traceDays } from "#/sim/experiments/trace.ts";
import type { RunResult } from "#/sim/result.ts";
import { recogniseAt } from "#/sim/tables/identities.ts";
import { limitAt, lineCount } from "#/sim/tables/lines.ts";
import { flag } from "#/sim/tables/shoppers.ts";
import { isCardWay, networkOf } from "#/sim/tables/ways.ts";
import { assertMoves, assertSound, openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import type { World } from "#/sim/world.ts";
import { holdingFacts } from "./cobrand.ts";

/** A town in which many hold both lines and take the card as soon as they may. */
const town = [
  "population.baitiaoUsersBps=6000",
  "world.history.set.population.baitiaoUsersBps=6000",
  "cobrand.uptakePerMonthBps=9000",
  "cobrand.firstChoiceBps=6000",
];
const days = 40;
const card = (...set: string[]) => small("i2-cobranded-card", { days, set: [...town, ...set] });
const cardRun = (...set: string[]): RunResult => runSmall(card(...set)).result;
const sales = (result: RunResult) => products.map((product) => read(result, `cobrandSales.${product}`));
const sum = (parts: number[]) => parts.reduce((all, part) => all + part, 0);

/** Rows of today's purchases with the card. */
function cardRows({ purchases }: World): number[] {
  return Array.from({ length: purchases.length }, (_, row) => row)
    .filter((row) => isCardWay(purchases.network[row]));
}

/** People with a card. */
const holdersOf = ({ shoppers }: World): number[] =>
  Array.from({ length: shoppers.count }, (_, i) => i).filter((i) => shoppers.flags[i] & flag.holdsCard);

Deno.test("cobrand: while it is not active nothing of it is told, and none of its terms moves anything", () => {
  const off = (...set: string[]) => runSmall(small("interop", { days, set: [...town, ...set] })).result;
  const plain = off();
  const other = off(
    "cobrand={pick: roomiest, manager: ant, rails: [rtgs], issueCostFen: 9000, firstChoiceBps: 5}",
    "cobrand.accepts={jd-mall: true, alipay: true}",
  );
  assert.equal(other.hash, plain.hash);
  assert.deepEqual(Object.keys(plain.outcomes).filter((name) => name.startsWith("cobrand")), []);
  assert.notEqual(cardRun().hash, plain.hash);
});

Deno.test("cobrand: holders buy more on credit, across platforms, and lose fewer wants", () => {
  assertMoves("interop", ["cobrand.active=true"], {
    creditGmv: "+",
    bridgedGmv: "+",
    "turnedAway.accept.not-accepted": "-",
    "resultOf.operator": "+",
    "external.card-cost": "+",
  }, { under: town, days });
});

Deno.test("cobrand: the rule changes the mix of picked lines", () => {
  const mix = ["preferred", "cheapest", "roomiest", "issuerCost"].map((pick) => {
    const parts = sales(cardRun(`cobrand.pick=${pick}`));
    assert.ok(sum(parts) > 0, pick);
    return parts[0] / sum(parts);
  });
  assert.equal(new Set(mix).size, mix.length, `${mix}`);
  const [preferred, cheapest, , issuerCost] = mix;
  // What is cheap for the holder is dear for the issuer.
  assert.ok(Math.abs(cheapest - issuerCost) > 0.1, `${cheapest} ${issuerCost}`);
  assert.ok(preferred > 0 && preferred < 1);
});

Deno.test("cobrand: preferred follows the holder's liking, and the other line takes only what the first refuses", () => {
  const all = (bps: number) => cardRun("cobrand.pick=preferred", `population.prefersBaitiaoBps=${bps}`);
  for (const [product, result] of [["huabei", all(0)], ["baitiao", all(10_000)]] as const) {
    const other = product === "huabei" ? "baitiao" : "huabei";
    assert.ok(read(result, `cobrandPurchases.${product}`) > 0);
    assert.ok(
      read(result, `cobrandPurchases.${other}`) <= read(result, "cobrandSwitched"),
      `${other} was picked though ${product} is liked`,
    );
  }
});

Deno.test("cobrand: cheapest follows the dates: a line that is due later is picked more", () => {
  const baitiao = (dueDays: number) =>
    sales(cardRun("cobrand.pick=cheapest", `credit.baitiao.dueDays=${dueDays}`))[0];
  assert.ok(baitiao(30) > baitiao(10));
});

Deno.test("cobrand: roomiest turns to the other line less often than liking does, where limits are tight", () => {
  const tight = products.flatMap((product) => [
    `credit.${product}.limitCapCny=900`,
    `world.history.set.credit.${product}.limitCapCny=900`,
  ]);
  const switched = (pick: string) => read(cardRun(`cobrand.pick=${pick}`, ...tight), "cobrandSwitched");
  assert.ok(switched("preferred") > switched("roomiest"), "liking meets full lines");
});

Deno.test("cobrand: whoever holds a card has both lines, a live link with both issuers, and shows the accounts", () => {
  const world = openSmall(card("identity.consents.withdrawPerMonthBps=2000"));
  let issued = 0, ended = 0, bought = 0;
  for (let day = 0; day < days; day++) {
    const before = new Set(holdersOf(world));
    const morning = day * 1_440;
    walkDay(world, day, (phase) => {
      if (phase === "live") {
        for (const i of holdersOf(world)) {
          if (before.has(i)) continue;
          const { holdsBoth, recognised, showsAccounts, isLate } = holdingFacts(world, i, morning);
          assert.deepEqual([holdsBoth, recognised, showsAccounts, isLate], [true, true, true, false]);
          issued++;
        }
        ended += [...before].filter((i) => !(world.shoppers.flags[i] & flag.holdsCard)).length;
      }
      if (phase !== "authorise") return;
      for (const row of cardRows(world)) {
        const i = world.purchases.shopper[row];
        const facts = holdingFacts(world, i, morning + world.purchases.minute[row]);
        assert.ok(facts.holdsBoth && facts.recognised && facts.showsAccounts, `day ${day}, shopper ${i}`);
        assert.ok(world.shoppers.flags[i] & flag.holdsCard);
        bought++;
      }
    });
    assert.equal(holdersOf(world).length, world.cobrand.holders);
  }
  assert.equal(issued, world.cobrand.issued);
  assert.equal(ended, world.cobrand.ended);
  assert.ok(issued > 50 && ended > 5 && bought > 50, `${issued} issued, ${ended} ended, ${bought} bought`);
});

Deno.test("cobrand: nobody gets a card who is not recognised, shows no account, or holds one line only", () => {
  for (
    const lacking of [
      "identity.policy=separate",
      "identity.consents={recogniseBps: 0, givePerMonthBps: 0}",
      "identity.consents={accountBps: 0, givePerMonthBps: 0}",
      "cobrand.opensDay=400",
    ]
  ) {
    const result = cardRun(lacking);
    assert.equal(read(result, "cobrandIssued"), 0, lacking);
    assert.equal(sum(sales(result)), 0, lacking);
  }
  const alone = cardRun(
    "population.baitiaoUsersBps=0",
    "world.history.set.population.baitiaoUsersBps=0",
    "adoption={applyPerMonthBps: 0, perMissBps: 0, friendsBps: 0}",
    "world.history.set.adoption.applyPerMonthBps=0",
    "world.history.set.adoption.perMissBps=0",
    "world.history.set.adoption.friendsBps=0",
    "dataLoop.active=false",
    "world.history.set.dataLoop.active=false",
  );
  assert.deepEqual([read(alone, "users.baitiao"), read(alone, "cobrandIssued")], [0, 0]);
  assert.ok(read(alone, "users.huabei") > 0);
});

Deno.test("cobrand: from the minute in which a consent ends the card is dead", () => {
  const world = openSmall(card()), noon = 780;
  let before = 0, held = 0;
  for (let day = 0; day < days; day++) {
    const isLast = day === days - 1;
    walkDay(world, day, (phase) => {
      if (!isLast || phase !== "live") return;
      for (const i of holdersOf(world)) {
        world.shoppers.identities[recogniseAt(i) + 1] = day * 1_440 + noon;
        held++;
      }
    });
  }
  for (const row of cardRows(world)) {
    assert.ok(world.purchases.minute[row] < noon, `bought at minute ${world.purchases.minute[row]}`);
    before++;
  }
  assert.ok(before > 0 && held > 50, `${before} purchases before noon, ${held} held`);
  // Of another day's purchases some come after that minute, so the claim above could fail.
  const other = openSmall(card());
  for (let day = 0; day < days; day++) walkDay(other, day);
  assert.ok(cardRows(other).some((row) => other.purchases.minute[row] >= noon));
});

Deno.test("cobrand: no line goes beyond its limit, joint or not, and a joint limit keeps its sum", () => {
  for (const jointLimit of ["joint", "separate"]) {
    const tight = products.map((product) => `credit.${product}.limitFloorCny=300`);
    const world = openSmall(card(`credit.jointLimit=${jointLimit}`, "cobrand.pick=preferred", ...tight));
    let bought = 0, moved = 0, morning = new Float64Array(0);
    const limits = () =>
      Float64Array.from({ length: world.lines.count }, (_, k) => world.lines.fen[limitAt(k)]);
    for (let day = 0; day < 25; day++) {
      walkDay(world, day, (phase) => {
        assertSound(world, phase);
        if (phase === "live") morning = limits();
        if (phase !== "authorise") return;
        bought += cardRows(world).length;
        const now = limits();
        for (let line = 0; line < now.length; line += lineCount) {
          if (now[line] !== morning[line]) moved++;
          assert.equal(
            now[line] + now[line + 1],
            morning[line] + morning[line + 1],
            `day ${day}, line ${line}`,
          );
        }
      });
    }
    assert.ok(bought > 20, `${bought} bought`);
    assert.equal(moved > 0, jointLimit === "joint", `${moved} limits moved`);
  }
});

Deno.test("cobrand: it settles only where it is accepted, and each network that takes it sells more with it", () => {
  const bought = (...set: string[]) => {
    const world = openSmall(card(...set)), seen = new Set<number>();
    for (let day = 0; day < days; day++) {
      walkDay(world, day);
      for (const row of cardRows(world)) {
        const { network, product } = world.purchases;
        assert.notEqual(world.terms.cells[product[row]][network[row]].mode, "closed");
        seen.add(networkOf(network[row]));
      }
    }
    return [[...seen].sort((a, b) => a - b), sum([...world.cobrand.purchases])] as const;
  };
  const [terminals, few] = bought(),
    [everywhere, many] = bought("cobrand.accepts={jd-mall: true, wechat-pay: true}");
  assert.deepEqual(terminals, [4]);
  assert.deepEqual(everywhere, [0, 3, 4]);
  assert.ok(many > few);
});

Deno.test("cobrand: the rail follows cost, or is the one that is named, and fails over to the channel", () => {
  const over = (...set: string[]) => {
    const result = cardRun(...set);
    return Object.fromEntries(
      ["dns", "rtgs", "card"].map((rail) => [rail, read(result, `cobrandOver.${rail}`)]),
    );
  };
  const cheap = over("cobrand={routing: cheapest, rails: [card, dns]}");
  // Delay costs; what comes after the last window is final next morning over either rail, and the first one named is taken.
  assert.ok(cheap.dns > cheap.card && cheap.card > 0, `${cheap.dns} and ${cheap.card}`);
  const dear = over("cobrand={routing: cheapest, rails: [card, dns]}", "clearing.rails.dns.feeFen=400");
  assert.ok(dear.card > dear.dns);
  const asked = over("cobrand={routing: asked, rails: [card, dns]}");
  assert.ok(asked.card > 0 && asked.dns === 0);
  const bridge = over("cobrand={routing: asked, rails: [rtgs]}");
  assert.ok(bridge.rtgs > 0 && bridge.card === 0);
  const down = over(
    "cobrand={routing: asked, rails: [card]}",
    "shocks=[{event: rail-outage, fromDay: 0, untilDay: 40, rail: card}]",
  );
  assert.ok(down.card === 0 && down.dns > 0);
});

Deno.test("cobrand: the manager pays for cards and has its part of the other's discounts", () => {
  const costs = ["cobrand.pick=cheapest", "cobrand.routing=asked"];
  assertMoves("i2-cobranded-card", ["cobrand.issueCostFen=6000"], {
    "external.card-cost": "+",
    "resultOf.jd": "-",
    cobrandCost: "+",
  }, { under: [...town, ...costs], days });
  assertMoves("i2-cobranded-card", ["cobrand.managerShareBps=6000"], {
    cobrandFees: "+",
    "resultOf.jd": "+",
    "resultOf.ant": "-",
  }, { under: [...town, ...costs, "cobrand.managerShareBps=1000"], days });
  assertMoves("i2-cobranded-card", ["cobrand.manager=ant"], { "resultOf.jd": "+", "resultOf.ant": "-" }, {
    under: [...town, ...costs, "cobrand.managerShareBps=0"],
    days,
  });
  assert.equal(read(cardRun("cobrand.managerShareBps=0"), "cobrandFees"), 0);
});

Deno.test("cobrand: what each network sold is told by what it was paid with, and adds up to all sales", () => {
  const result = cardRun(), { columns } = result.daily;
  const paid = Object.keys(columns).filter((name) => name.startsWith("paid."));
  for (let day = 0; day < days; day++) {
    const all = sum(paid.map((name) => columns[name][day]));
    assert.ok(Math.abs(all - columns.gmv[day]) < 1e-6 * all, `day ${day}`);
  }
  for (const product of products) {
    const parts = paid.filter((name) => name.endsWith(`.card-${product}`)).map((name) => sum(columns[name]));
    assert.ok(Math.abs(sum(parts) - read(result, `cobrandSales.${product}`)) < 1);
  }
});

Deno.test("cobrand: a trace says which line and rail were picked, why, and which line came second", () => {
  const supposed = small("i2-cobranded-card", {
    days,
    shoppers: 300,
    set: [...town, "credit.baitiao.limitCapCny=500", "cobrand={pick: preferred, firstChoiceBps: 10000}"],
  });
  const world = openSmall(supposed);
  const wanted = new Map<string, { shopper: number; day: number; product: number }>();
  for (let day = 0; day < days; day++) {
    walkDay(world, day);
    for (const row of cardRows(world)) {
      const { shopper, product, redirected } = world.purchases;
      wanted.set(redirected[row] ? "second" : "first", { shopper: shopper[row], day, product: product[row] });
    }
  }
  assert.deepEqual([...wanted.keys()].sort(), ["first", "second"]);
  const openings = mkdtempSync(join(tmpdir(), "hutong-card-"));
  using _ = { [Symbol.dispose]: () => rmSync(openings, { recursive: true }) };
  for (const [kind, { shopper, day, product }] of wanted) {
    const [{ purchases }] = traceDays(supposed, 0, { shopper, from: day, to: day, openings });
    const steps = purchases.flatMap(({ steps }) => steps).filter(({ saw }) =>
      saw.instrument === "co-branded card"
    );
    const last = steps.findLast(({ saw }) => saw.product === products[product])!;
    assert.equal(last.saw.pickedBy, "the line that the holder likes better");
    assert.equal(typeof last.saw.railBy, "string");
    assert.ok(String(last.saw.dnsCosts).endsWith(" fen"));
    assert.ok(typeof last.saw.baitiaoRoomFen === "number");
    assert.ok(purchases.some(({ end }) => end.includes(`${products[product]} with the co-branded card`)));
    if (kind === "first") assert.equal(last.saw.pickedFirst, products[product]);
    else {
      assert.equal(last.saw.pickedFirst, products[lineCount - 1 - product]);
      assert.match(String(last.saw.otherLineAfter), /^decide\//);
    }
  }
});

Deno.test("cobrand: in the shipped scenario the signs that were written beforehand come out, but for the two too small to be told", () => {
  const weak = ["resultOf.union-card", "overIndebtedShare"];
  const size = { shoppers: 2_000, days: 120 }, replications = [0, 1, 2];
  const runs = (name: string) =>
    replications.map((replication) => runSmall(small(name, size), { replication }).result);
  const without = runs("interop"), withCard = runs("i2-cobranded-card");
  const { expected } = small("i2-cobranded-card", size).scenario;
  for (const { outcome, sign } of expected.filter(({ outcome }) => !weak.includes(outcome))) {
    const moved = sum(replications.map((r) => read(withCard[r], outcome) - read(without[r], outcome)));
    assert.equal(moved > 0 ? "+" : moved < 0 ? "-" : "0", sign, `${outcome} moves by ${moved}`);
  }
  assert.equal(expected.length, 5 + weak.length);
});
