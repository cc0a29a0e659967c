import assert from "node:assert/strict";
import { layers, reasons } from "#/model/reasons.ts";
import { placed, verdictOf } from "#/server/facts/calibration.ts";
import { allPairs, pairOf, totalOf } from "#/server/facts/outcomes.ts";
import { projectCash } from "#/server/facts/project.ts";
import { queueRows } from "#/server/charts/bridge_queue.ts";
import { prefunds } from "#/server/facts/prefunds.ts";
import { mostMoved, refusals, total } from "#/server/facts/refusals.ts";
import { results } from "#/server/facts/results.ts";
import { signs } from "#/server/facts/signs.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";

const report = fixtureComparison({ days: 150 });

Deno.test("pairOf() has an interval only over several replications", () => {
  assert.deepEqual(pairOf(report, "gmv")?.interval, { mean: 1.9e11, low: 1.7e11, high: 2.1e11, n: 8 });
  const once = { ...report, differences: { gmv: { mean: 1, low: null, high: null, n: 1 } } };
  assert.equal(pairOf(once, "gmv")?.interval, undefined);
});

Deno.test("pairOf() has no difference where one run lacks the outcome", () => {
  const holed = structuredClone(report);
  delete holed.a.outcomes.gmv;
  assert.deepEqual(
    [pairOf(holed, "gmv")?.closed, pairOf(holed, "gmv")?.difference],
    [null, null],
  );
});

Deno.test("allPairs() shows every outcome once, and among the key figures the total of what fraud took", () => {
  const { key, others } = allPairs(report);
  const names = [...key, ...others].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual([...names].sort(), [...Object.keys(report.b.outcomes), "fraudTaken"].sort());
  const old = structuredClone(report);
  for (const { outcomes } of [old.a, old.b]) {
    for (const name of Object.keys(outcomes)) if (name.startsWith("fraudTaken.")) delete outcomes[name];
  }
  assert.ok(!allPairs(old).key.some(({ name }) => name === "fraudTaken"));
});

Deno.test("totalOf() adds up a kind, and has no number where a part has none", () => {
  const one = structuredClone(report);
  one.a.outcomes = { "toll.x": { value: 1, unit: "CNY" } };
  one.b.outcomes = { "toll.x": { value: 3, unit: "CNY" }, "toll.y": { value: 4, unit: "CNY" } };
  const { closed, open, difference, interval } = totalOf(one, "toll")!;
  assert.deepEqual([closed, open, difference, interval], [1, 7, 6, undefined]);
  (one.b.outcomes["toll.y"] as { value: number | null }).value = null;
  assert.deepEqual([totalOf(one, "toll")!.open, totalOf(one, "toll")!.difference], [null, null]);
});

Deno.test("totalOf() takes its interval from the replications, where the report holds several", () => {
  const one = structuredClone(report);
  one.replications = [[1, 5], [2, 8], [1, 6]].map(([closed, open]) => ({
    a: { "fraudTaken.cashOut": closed, "fraudTaken.kiting": 1 },
    b: { "fraudTaken.cashOut": open, "fraudTaken.kiting": 1 },
  }));
  const { interval } = totalOf(one, "fraudTaken")!;
  assert.ok(interval && Math.abs(interval.mean - 5) < 1e-9 && interval.n === 3);
  assert.ok(interval.low > 2 && interval.low < 5 && interval.high < 8);
  one.replications.length = 1;
  assert.equal(totalOf(one, "fraudTaken")!.interval, undefined);
});

Deno.test("refusals() follow the chain and carry the words that the shopper reads", () => {
  const rows = refusals(report, "refused");
  const codes = rows.map(({ layer, reason }) =>
    reasons.findIndex((one) => one.layer === layer && one.name === reason)
  );
  const places = codes.map((code) => layers.indexOf(reasons[code].layer) * 1_000 + code);
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  for (const row of rows) assert.equal(row.shopperText, reasons[codes[rows.indexOf(row)]].shopperText);
});

Deno.test("refusals() are told for everybody when they were counted among the simulated shoppers", () => {
  const counted = structuredClone(report);
  for (const run of [counted.a, counted.b]) {
    run.purchases.wanted /= 10;
    for (const byReason of Object.values(run.purchases.refused)) {
      for (const reason of Object.keys(byReason)) byReason[reason] /= 10;
    }
  }
  assert.ok(
    Math.abs(total(refusals(counted, "refused"), "open") / total(refusals(report, "refused"), "open") - 1) <
      1e-9,
  );
});

Deno.test("refusals() stand a reason that the closed list lacks, at the end", () => {
  const odd = structuredClone(report);
  odd.b.purchases.refused.gate = { "who-knows": 5 };
  const last = refusals(odd, "refused").at(-1)!;
  assert.deepEqual([last.layer, last.reason, last.shopperText], ["gate", "who-knows", ""]);
});

Deno.test("mostMoved() is undefined where nothing moved", () => {
  assert.equal(mostMoved(refusals({ ...report, b: report.a }, "refused")), undefined);
  assert.equal(mostMoved(refusals(report, "redirected"))?.reason, "not-accepted");
});

Deno.test("results() sum to zero with the outside flows, and say so when they do not", () => {
  assert.equal(results(report).balanced, true);
  const off = structuredClone(report);
  off.b.outcomes["resultOf.jd"].value += 1e6;
  assert.equal(results(off).balanced, false);
  assert.ok(Math.abs(results(off).remainder.open - 1e6) < 1);
});

Deno.test("results() stand in the order of the parties", () => {
  assert.deepEqual(results(report).parties.map(({ party }) => party).slice(0, 3), ["jd", "ant", "wechat"]);
});

Deno.test("signs() are judged by the interval where there is one, else by the difference", () => {
  const verdict = (difference: number, sign: "+" | "-" | "0", interval?: [number, number]) => {
    const one = structuredClone(report);
    one.a.outcomes.gmv.value = 0;
    one.b.outcomes.gmv.value = difference;
    one.expected = [{ outcome: "gmv", against: "baseline", sign, why: "" }];
    one.differences = interval
      ? { gmv: { mean: difference, low: interval[0], high: interval[1], n: 5 } }
      : { gmv: { mean: difference, low: null, high: null, n: 1 } };
    return signs(one)[0].verdict;
  };
  assert.equal(verdict(5, "+"), "as expected");
  assert.equal(verdict(-5, "+"), "not as expected");
  assert.equal(verdict(0, "0"), "as expected");
  assert.equal(verdict(5, "+", [-1, 11]), "unsure");
  assert.equal(verdict(5, "0", [-1, 11]), "as expected");
  assert.equal(verdict(5, "-", [1, 9]), "not as expected");
  assert.equal(verdict(-5, "-", [-9, -1]), "as expected");
  assert.equal(verdict(-5, "0", [-9, -1]), "not as expected");
  assert.equal(signs(report).at(-1)?.verdict, "no such outcome");
});

Deno.test("placed() puts the ends of a lopsided range at −1 and +1", () => {
  const row = { name: "", date: "", target: 10, low: 9, high: 30, unit: "share" as const, source: "" };
  const run = { ...report.a, calibration: [9, 10, 20, 30, 31].map((simulated) => ({ ...row, simulated })) };
  assert.deepEqual(placed(run).map(({ position }) => position), [-1, 0, 0.5, 1, 1.05]);
  assert.deepEqual(placed(run).map(({ inside }) => inside), [true, true, true, true, false]);
});

Deno.test("verdictOf() calls a world without published targets uncalibrated", () => {
  assert.deepEqual(verdictOf(report.a), { calibrated: true, met: 2, missed: 1, unreached: 1 });
  const bare = { ...report.a, calibration: [], world: { ...report.a.world, calibration: "uncalibrated" } };
  assert.equal(verdictOf(bare).calibrated, false);
});

Deno.test("an account is dry on a day on which payments waited though some money was left, and only the lowest is", () => {
  const one = fixtureComparison({ days: 3 });
  const { columns } = one.b.daily;
  for (const name of Object.keys(columns)) if (name.startsWith("prefundLow.")) delete columns[name];
  Object.assign(columns, {
    "prefundLow.jd": [1e9, 4e8, 1e9],
    "prefundLow.ant": [1e9, 3e8, 5e5],
    bridgeQueued: [0, 7, 0],
    bridgeExpired: [0, 2, 0],
  });
  const dry = () => prefunds(one).map(({ party, dryDays }) => [party, dryDays]);
  assert.deepEqual(dry(), [["ant", 2], ["jd", 0]]);
  columns.bridgeQueued = columns.bridgeExpired = [0, 0, 0];
  assert.deepEqual(dry(), [["ant", 1], ["jd", 0]]);
});

Deno.test("waiting payments are told apart by their end, and together are all that waited", () => {
  const one = fixtureComparison({ days: 2 });
  Object.assign(one.b.daily.columns, { bridgeQueued: [10, 5], bridgeExpired: [4, 0] });
  assert.deepEqual(queueRows(one).map(({ series, value }) => [series, value]), [
    ["settled after waiting", 6],
    ["expired", 4],
    ["settled after waiting", 5],
    ["expired", 0],
  ]);
});

Deno.test("the project's cash is equity and fees less what was built and run", () => {
  const one = fixtureComparison({ days: 2 });
  const said = {
    projectCash: 195,
    "resultOf.project": 2,
    "external.capex": 300,
    "external.operating-cost": 65,
  };
  for (const [name, value] of Object.entries(said)) one.b.outcomes[name] = { value, unit: "CNY" };
  const { flows, cash } = projectCash(one)!;
  assert.deepEqual(flows.map(({ open }) => open), [193, 367, -300, -65]);
  assert.equal(cash.open, 195);
  delete one.a.outcomes.projectCash;
  delete one.b.outcomes.projectCash;
  assert.equal(projectCash(one), undefined);
});

Deno.test("prefunds() put the account that runs dry first and leave out those that hold nothing", () => {
  const one = structuredClone(report);
  one.b.daily.columns["prefundLow.jd"] = [100, 1, 100];
  one.b.daily.columns["prefundLow.ant"] = [100, 0, 100];
  one.b.daily.columns["prefundLow.wechat"] = [0, 0, 0];
  assert.deepEqual(prefunds(one).map(({ party, dryDays, low }) => ({ party, dryDays, low })), [
    { party: "ant", dryDays: 1, low: 0 },
    { party: "jd", dryDays: 0, low: 1 },
  ]);
});
