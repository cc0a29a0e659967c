// The front door, as a notebook uses it: small worlds, tables back, the same again each time.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as hutong from "#/mod.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

const set = { "world.history.shoppers": 200, "world.history.days": 40 };
const small = { shoppers: 400, days: 5, set };

Deno.test("the same question gives the same result, and its replay line says all that was asked", () => {
  const asked = { ...small, seed: "front door", replication: 1, set: { ...set, "demand.waitDays": 3 } };
  const days: number[] = [];
  const first = hutong.run("interop", { ...asked, onDay: (day) => days.push(day) });
  assert.equal(hutong.run("interop", asked).hash, first.hash);
  assert.notEqual(hutong.run("interop", { ...asked, seed: "another" }).hash, first.hash);
  assert.notEqual(hutong.run("interop", { ...asked, replication: 0 }).hash, first.hash);
  assert.deepEqual(days, [0, 1, 2, 3, 4]);
  assert.equal(
    first.replay,
    "deno task hutong run interop --set world.history.shoppers=200 --set world.history.days=40 " +
      "--set demand.waitDays=3 --seed 'front door' --replication 1 --shoppers 400 --days 5 --json",
  );
  assert.match(first.engine, /^[0-9a-f]{64}$/);
});

Deno.test("settings may be said as a record or as on the command line", () => {
  const lists = { "clearing.windowMinutes": [600, 1_200], "sharing.rule": "originator" };
  const texts = ["clearing.windowMinutes=[600,1200]", "sharing.rule=originator"];
  assert.deepEqual(
    hutong.load("baseline", { set: lists }).scenario,
    hutong.load("baseline", { set: texts }).scenario,
  );
  assert.deepEqual(hutong.load("baseline", { set: lists }).scenario.clearing.windowMinutes, [600, 1_200]);
  assert.throws(() => hutong.load("baseline", { set: { "demand.waitDay": 3 } }), ScenarioError);
});

Deno.test("a scenario that expects an outcome that no run has is refused where it is loaded and where it is run", () => {
  const folder = Deno.makeTempDirSync(), file = `${folder}/hopeful.yaml`;
  try {
    Deno.writeTextFileSync(
      file,
      "extends: interop\ntitle: Hopeful\nexpected:\n" +
        '  - { outcome: gmw, against: baseline, sign: "+", why: a slip of the pen }\n',
    );
    const refusal = /expected\.0\.outcome: found "gmw"; .*did you mean "gmv"\?/;
    assert.throws(() => hutong.load(file), refusal);
    assert.throws(() => hutong.run(file, small), refusal);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a run becomes tables: a row a day, a row an outcome, a row a reason", () => {
  const result = hutong.run("interop", small);
  const days = hutong.daily(result);
  assert.deepEqual(days.columnNames().slice(0, 2), ["day", "date"]);
  assert.equal(days.numRows(), 5);
  assert.deepEqual(days.get("date", 4), new Date("2019-07-05T00:00:00Z"));
  assert.deepEqual(Array.from(days.array("gmv")), result.daily.columns.gmv);

  const outcomes = hutong.outcomes([result, hutong.run("baseline", small)]);
  assert.equal(outcomes.numRows(), 2 * Object.keys(result.outcomes).length);
  const gmv = outcomes.filter((row: Record<string, string>) =>
    row.scenario === "interop" && row.outcome === "gmv"
  );
  assert.deepEqual(gmv.object(), {
    scenario: "interop",
    replication: 0,
    outcome: "gmv",
    value: result.outcomes.gmv.value,
    unit: "CNY",
  });

  const refusals = hutong.refusals(result).objects() as { lost: number; shopperReads: string }[];
  const { refused } = result.purchases;
  const total = Object.values(refused).flatMap((reasons) => Object.values(reasons));
  assert.equal(
    refusals.reduce((sum, { lost }) => sum + lost, 0),
    total.reduce((sum, count) => sum + count, 0),
  );
  assert.ok(refusals.length > 2 && refusals.every(({ shopperReads }) => shopperReads.length > 10));

  const rails = hutong.rails(result);
  assert.equal(rails.numRows(), 3 * 24);
  const carried = (rails.objects() as { valueCny: number; nettingRatio: number }[])
    .filter(({ valueCny }) => valueCny > 0);
  assert.ok(carried.length > 10 && carried.some(({ nettingRatio }) => nettingRatio > 0));
});

Deno.test("a comparison is kept only when asked to be, and becomes a table of differences", () => {
  const report = hutong.compare(["baseline", "interop"], { ...small, replications: 2 });
  assert.equal(existsSync(`.hutong/reports/${report.id}.json`), false);
  const row = hutong.differences(report).filter((row: Record<string, string>) => row.outcome === "bridgedGmv")
    .object() as Record<string, number>;
  assert.equal(row.baseline, 0);
  assert.equal(row.interop, report.b.outcomes.bridgedGmv.value);
  assert.ok(row.low <= row.difference && row.difference <= row.high && row.difference > 0);
  assert.equal(row.n, 2);
  for (const name of hutong.charts) {
    const drawn = hutong.chart(name, report);
    assert.ok("svg" in drawn ? hutong.pictureOf(drawn).includes("</svg>") : drawn.absent.length > 0, name);
  }
  assert.throws(
    () => hutong.chart("no-such" as hutong.ChartName, report),
    /^RangeError: Cannot draw the chart no-such: there are fate-of-wants/,
  );
});

Deno.test("a sweep becomes a row for each point and outcome", async () => {
  using fix = fixture();
  const result = await hutong.sweep(fix.file, { ...fix.options, workers: 1 });
  const points = hutong.points(result);
  assert.equal(points.numRows(), 12 * 2);
  const names = points.columnNames();
  for (const name of ["scenario", "prefunding", "severity", "outcome", "mean", "difference"]) {
    assert.ok(names.includes(name), name);
  }
});

Deno.test("following a shopper finds the purchases that the day's list has", () => {
  const list = hutong.purchases("interop", { ...small, day: 3 }).objects() as {
    shopper: number;
    minute: number;
    amountFen: number;
  }[];
  const { shopper } = list[0];
  const [day] = hutong.trace("interop", { ...small, shopper, day: 3 });
  const bought = day.purchases.filter(({ fate }) => fate !== "lost" && fate !== "put off");
  assert.deepEqual(
    bought.map(({ minute, amountFen }) => ({ minute, amountFen })),
    list.filter((row) => row.shopper === shopper).map(({ minute, amountFen }) => ({ minute, amountFen })),
  );
});

Deno.test("every scenario that can be asked for by name can be loaded", () => {
  const names = hutong.scenarios().array("name") as string[];
  assert.ok(names.length > 5);
  for (const name of names) assert.equal(hutong.load(name).name, name);
});
