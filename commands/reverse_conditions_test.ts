// Conditions of reverse stress tests: what they read, how they join, and each by name on small runs.

import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import { proposalFor, reverseSets } from "#/scenarios/reverse_defaults.ts";
import type { Values } from "#/sim/experiments/evaluate.ts";
import { reverseStress } from "#/sim/experiments/reverse.ts";
import { spaceOf } from "#/sim/experiments/reverse_space.ts";
import { runSmall, small } from "#/sim/testing/worlds.ts";
import { conditionOf, definitionOf, namedConditions, scaledMargins } from "./reverse_conditions.ts";

const broke = (text: string | string[], values: Values) => conditionOf(text).margin(values) > 0;

Deno.test("a condition is an outcome and a bound, or has a name; what is none is refused", () => {
  assert.equal(broke("netLoss>2e9", { netLoss: 2.1e9 }), true);
  assert.equal(broke("netLoss > 2e9", { netLoss: 2e9 }), false);
  assert.equal(broke("netLoss >= 2e9", { netLoss: 2e9 }), true);
  assert.equal(broke("survival.jd", { "survivalLeast.jd": 29 }), true);
  assert.equal(conditionOf("resultOf.ant<=-5").text, "resultOf.ant<=-5");
  assert.throws(() => conditionOf("netLoss"), /allowed is an outcome, > or <, and a number/);
  assert.throws(() => conditionOf("netLos>1"), /did you mean "netLoss"/);
  assert.throws(() => conditionOf("toString"), /allowed is an outcome/);
  assert.throws(() => conditionOf("netLoss>1").margin({}), /which this scenario's runs do not have/);
});

Deno.test("several conditions break where any does, joined ones where all do, whatever their units", () => {
  const either = ["netLoss>2e9", "survival.jd"];
  assert.equal(broke(either, { netLoss: 1, "survivalLeast.jd": 29 }), true);
  assert.equal(broke(either, { netLoss: 3e9, "survivalLeast.jd": 90 }), true);
  assert.equal(broke(either, { netLoss: 1, "survivalLeast.jd": 30 }), false);
  const both = "netLoss>2e9 & survivalLeast.jd<30";
  assert.equal(broke(both, { netLoss: 3e9, "survivalLeast.jd": 29 }), true);
  assert.equal(broke(both, { netLoss: 3e9, "survivalLeast.jd": 31 }), false);
  const margin = scaledMargins(conditionOf(either));
  assert.equal(margin({ netLoss: 1e9, "survivalLeast.jd": 90 }), -1);
  // Half-way to either bound is as near, though one is in CNY and the other in days.
  assert.equal(margin({ netLoss: 1.5e9, "survivalLeast.jd": 90 }), -0.5);
  assert.equal(margin({ netLoss: 1e9, "survivalLeast.jd": 60 }), -0.5);
  assert.ok(margin({ netLoss: 1e9, "survivalLeast.jd": 29 }) > 0);
});

Deno.test("a named condition that nothing in the scenario can break is refused with what would make it breakable", () => {
  const { scenario } = load("interop"), funded = load("l1-funding-mix").scenario;
  assert.throws(() => conditionOf("covenant", scenario), /late90MaxBps=300 gives it one/);
  assert.throws(() => conditionOf("tranche.ant.senior", scenario), /ant has no notes/);
  assert.throws(() => conditionOf("insolvency.fund", scenario), /no guarantee fund/);
  assert.throws(() => conditionOf("insolvency.project", load("baseline").scenario), /there is no project/);
  assert.equal(conditionOf("tranche.ant", funded).text, definitionOf("tranche.ant"));
  const one = load("interop", { set: ["funding.jd.bankLine.late90MaxBps=300"] }).scenario;
  assert.equal(conditionOf("covenant", one).text, "covenantDays.jd>0");
});

const heavy = [
  "behaviour.hardshipPerYearBps=10000",
  "shocks=[{event: unemployment-jump, fromDay: 0, untilDay: 90, plusBps: 1000}]",
];
const withdrawn = (issuer: string) => [
  `shocks=[{event: line-withdrawn, fromDay: 0, untilDay: 90, issuer: ${issuer}, shareBps: 9000}]`,
];
const covenants = ["funding.jd.bankLine.late90MaxBps=1500", "funding.ant.bankLine.late90MaxBps=500"];
const notes = ["jd", "ant"].map((issuer) => `funding.${issuer}.abs.paymentMinBps=0`);
const soon = ["credit.huabei.chargeOffDpd=60", "credit.baitiao.chargeOffDpd=60"];
/** For each name: a scenario with what it needs, and shocks that break it. */
const cases: Record<string, { scenario: string; set?: string[]; shocks: string[]; days?: number }> = {
  "covenant": { scenario: "interop", set: covenants, shocks: heavy, days: 120 },
  "covenant.jd": { scenario: "interop", set: covenants, shocks: heavy, days: 120 },
  "covenant.ant": { scenario: "interop", set: covenants, shocks: heavy, days: 120 },
  "earlyAmortisation": { scenario: "l1-funding-mix", set: [...notes, ...soon], shocks: heavy, days: 120 },
  "survival": { scenario: "baseline", shocks: withdrawn("jd"), days: 20 },
  "survival.jd": { scenario: "baseline", shocks: withdrawn("jd"), days: 20 },
  "survival.ant": { scenario: "baseline", shocks: withdrawn("ant"), days: 20 },
  "fundingGap": { scenario: "baseline", shocks: withdrawn("ant"), days: 20 },
  "tranche": { scenario: "l1-funding-mix", shocks: heavy, days: 120 },
  "tranche.jd": { scenario: "l1-funding-mix", shocks: heavy, days: 120 },
  "tranche.jd.senior": { scenario: "l1-funding-mix", shocks: heavy, days: 120 },
  "tranche.jd.mezzanine": { scenario: "l1-funding-mix", shocks: heavy, days: 120 },
  "tranche.ant": { scenario: "l1-funding-mix", shocks: heavy, days: 120 },
  "tranche.ant.senior": { scenario: "l1-funding-mix", shocks: heavy, days: 120 },
  "tranche.ant.mezzanine": { scenario: "l1-funding-mix", shocks: heavy, days: 120 },
  "insolvency": { scenario: "interop", shocks: heavy, days: 120 },
  "insolvency.jd": { scenario: "interop", shocks: heavy, days: 120 },
  "insolvency.ant": { scenario: "interop", shocks: heavy, days: 120 },
  "insolvency.project": {
    scenario: "interop",
    shocks: ["project.runningCostPerMonthCny=60000000", "project.researchCny=600000000"],
    days: 90,
  },
  "insolvency.fund": {
    scenario: "interop",
    set: [
      "sharing={ rule: layered, attachmentBps: 0, detachmentBps: 10 }",
      "jointLosses.fund.upFrontCny=30000000",
      ...soon,
    ],
    shocks: heavy,
    days: 120,
  },
};

const results = new Map<string, Values>();
function valuesOf(scenario: string, days: number | undefined, set: readonly string[]): Values {
  const key = [scenario, days, ...set].join("\n");
  let values = results.get(key);
  if (!values) {
    const { outcomes } = runSmall(small(scenario, { shoppers: 800, days, set })).result;
    values = Object.fromEntries(Object.entries(outcomes).map(([name, { value }]) => [name, value]));
    results.set(key, values);
  }
  return values;
}

Deno.test("each named condition holds in an unshocked small run and breaks under heavy shocks", () => {
  assert.deepEqual(Object.keys(cases).sort(), Object.keys(namedConditions).sort());
  const wrong: string[] = [];
  for (const [name, { scenario, set = [], shocks, days }] of Object.entries(cases)) {
    const condition = conditionOf(name, load(scenario, { set }).scenario);
    const before = condition.margin(valuesOf(scenario, days, set));
    const after = condition.margin(valuesOf(scenario, days, [...set, ...shocks]));
    if (before > 0) wrong.push(`${name} is broken unshocked`);
    if (!(after > 0)) wrong.push(`${name} does not break: ${before} before, ${after} after`);
  }
  assert.deepEqual(wrong, []);
});

Deno.test("each named condition is bracketed where a fake run puts it", async () => {
  for (const name of Object.keys(namedConditions)) {
    const outcome = /^([\w.]+)([<>])(\d+)$/.exec(definitionOf(name).split(" or ")[0])!;
    const others = definitionOf(name).split(" or ").map((text) => /^([\w.]+)([<>])(\d+)$/.exec(text)!);
    const margin = scaledMargins(conditionOf(name));
    // Every outcome is far from its bound but the first, which passes it where the shock passes 40.
    const valuesAt = (x: number): Values =>
      Object.fromEntries(others.map(([, path, sign, bound]) => {
        const beyond = path === outcome[1] ? x - 40 : -60;
        return [path, Number(bound) + (sign === ">" ? beyond : -beyond)];
      }));
    const space = spaceOf([{
      axis: { name: "x", title: "x", path: "x", values: [], range: { low: 0, high: 100 } },
      base: 0,
    }]);
    const { ended, firstFail, lastPass } = await reverseStress(
      (points, { count }) =>
        Promise.resolve(points.map(([x]) => Array.from({ length: count }, () => margin(valuesAt(x))))),
      space,
      {
        test: { lowShare: 0.3, highShare: 0.7, alpha: 0.05, beta: 0.05 },
        ...{ budget: 400, replicationsMost: 20, tolerance: 0.03, seed: [1, 2] },
      },
    );
    assert.equal(ended, "found", name);
    assert.ok(lastPass!.values[0] <= 40 && firstFail!.values[0] > 40 && firstFail!.values[0] < 42, name);
  }
});

Deno.test("every named condition has dimensions proposed for it, and runs know them", () => {
  const { scenario } = load("l2-squeeze");
  const families = reverseSets().flatMap(({ conditions }) => conditions);
  for (const name of Object.keys(namedConditions)) {
    assert.ok(
      families.includes(name) || families.includes(name.split(".")[0]),
      `nothing is proposed for ${name}`,
    );
    const { dimensions, set } = proposalFor(name, scenario, 5);
    const { scenario: known } = load("l2-squeeze", { set });
    assert.equal(
      known.shocks.slice(0, scenario.shocks.length).length,
      4,
      "the scenario keeps its own shocks",
    );
    for (const { low, high, source } of dimensions) assert.ok(low < high && source.length > 10);
    for (const end of ["low", "high"] as const) {
      load("l2-squeeze", { set: [...set, ...dimensions.map((it) => `${it.path}=${it[end]}`)] });
    }
  }
  assert.ok(proposalFor("survival.jd", load("interop").scenario, 1).set[0].includes('"issuer":"jd"'));
});
