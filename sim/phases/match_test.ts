import assert from "node:assert/strict";
import { code } from "#/sim/ledger/chart.ts";
import { openBreaks } from "#/sim/breaks.ts";
import { assertMoves, assertSound, openSmall, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";

const often = ["clearing.reconciliation.breakPpm=200000"];
const moves = (set: string[], expected: Parameters<typeof assertMoves>[2], under: string[] = []) =>
  assertMoves("interop", set, expected, { under });

Deno.test("match: poorer data break more files, cost more and hold more money", () => {
  moves(often, {
    ...{ breaksFound: "+", breaksOpen: "+", disputed: "+", reconciliationCost: "+" },
    ...{ "external.reconciliation-cost": "+", "resultOf.jd": "-", "resultOf.ant": "-" },
  });
});

Deno.test("match: closed systems have no files to compare", () => {
  assertMoves("baseline", often, { breaksFound: "0", reconciliationCost: "0" });
});

Deno.test("match: a newer adapter passes more contract cases and breaks fewer payments", () => {
  const failing = ["clearing.reconciliation.perFailedCasePpm=200000"];
  moves(["acceptance.huabei.jd-mall.adapterVersion=3", "acceptance.baitiao.alipay.adapterVersion=3"], {
    ...{ breaksFound: "-", reconciliationCost: "-" },
  }, failing);
  moves(failing, { breaksFound: "+" });
});

Deno.test("match: an upgrade that the adapters speak and do not fully translate breaks more payments", () => {
  const v2 = ["acceptance.baitiao.alipay.adapterVersion=2", "acceptance.huabei.jd-mall.adapterVersion=2"];
  const upgrade =
    "shocks=[{ event: adapter-upgrade, fromDay: 2, untilDay: 20, network: alipay, version: 2 }]";
  // The limit of the second version is lower.
  moves([upgrade], { breaksFound: "+", "turnedAway.route.adapter-failure": "0" }, [
    ...v2,
    "clearing.reconciliation.aboveLimitPpm=1000000",
    "clearing.reconciliation.workedOffPerDay=100000000",
  ]);
  // An adapter that does not speak it is refused at its layer.
  moves([upgrade], { "turnedAway.route.adapter-failure": "+", bridgedPurchases: "-" });
});

Deno.test("match: payments above the other side's limit arrive in parts", () => {
  moves(["clearing.reconciliation.aboveLimitPpm=1000000"], { breaksFound: "+" }, [
    ...["electronics", "apparel", "other"].map((it) => `demand.categories.${it}.basketMedianCny=2500`),
  ]);
});

Deno.test("match: more people work off more, a longer way to an answer keeps breaks open", () => {
  moves(["clearing.reconciliation.workedOffPerDay=20000000"], {
    ...{ breaksWorkedOff: "+", breaksOpen: "-", disputed: "-", breaksFound: "0" },
  }, often);
  moves(["clearing.reconciliation.leastDays=9"], { breakDays: "+" }, [
    ...often,
    "clearing.reconciliation.workedOffPerDay=100000000",
  ]);
});

Deno.test("match: dearer work on a break costs both sides, and changes nothing else in the files", () => {
  moves(["clearing.reconciliation.costFen=200000"], { reconciliationCost: "+", breaksFound: "0" }, often);
});

Deno.test("match: a side that has not heard the end of a transfer finds a break", () => {
  moves(["clearing.transfers.lostPpm=250000", "clearing.transfers.retrySeconds=600"], { breaksFound: "+" }, [
    "clearing.reconciliation.breakPpm=0",
    "clearing.reconciliation.perFailedCasePpm=0",
    "clearing.reconciliation.aboveLimitPpm=0",
    "demand.shopsOpenMinute=1200",
  ]);
});

Deno.test("match: what is held is given back when the break is worked off, to the fen, first found first", () => {
  const rates = ["breakPpm=800000", "workedOffPerDay=1200000"].map((it) => `clearing.reconciliation.${it}`);
  const world = openSmall(small("interop", { shoppers: 800, days: 12, set: rates }));
  const { breaks, ledger, chart } = world;
  let held = 0;
  for (let day = 0; day < 12; day++) {
    walkDay(world, day, (phase) => {
      assertSound(world, phase);
      if (phase !== "match") return;
      const open = breaks.heldFen.slice(breaks.first).reduce((sum, fen) => sum + fen, 0);
      assert.equal(chart.disputed.reduce((sum, account) => sum + ledger.balanceFen(account), 0), open);
      assert.deepEqual(breaks.day, breaks.day.toSorted((a, b) => a - b));
      held += open;
    });
  }
  const { workedOffSoFar } = breaks;
  assert.ok(
    held > 0 && workedOffSoFar > 3 && openBreaks(breaks) > 3,
    `${workedOffSoFar}, ${openBreaks(breaks)}`,
  );
  assert.equal(breaks.foundSoFar, breaks.workedOffSoFar + openBreaks(breaks));
  assert.ok(ledger.turnoverFen[code.dispute] > 0);
});

Deno.test("match: what is found and not worked off is open, day by day, and grows older", () => {
  const { columns } = runSmall(small("interop", { set: often })).result.daily;
  let open = columns.breaksOpen[0] - columns.breaksFound[0] + columns.breaksWorkedOff[0];
  columns.breaksOpen.forEach((now, day) => {
    open += columns.breaksFound[day] - columns.breaksWorkedOff[day];
    assert.ok(Math.abs(now - open) < 1e-6 * Math.max(1, now), `day ${day}: ${now} open, ${open} by the sums`);
  });
  assert.ok(columns.breakAge.at(-1)! > columns.breakAge[1]);
  assertMoves("interop", ["clearing.reconciliation.workedOffPerDay=20000000"], { "last.breakAge": "-" }, {
    under: often,
  });
});
