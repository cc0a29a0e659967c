import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { goldenFile, readSuite, shippedSuites, type Suite } from "#/scenarios/suite_schema.ts";
import {
  checkSuite,
  goldenOf,
  readGolden,
  type SuiteValues,
  tryGolden,
  writeGolden,
} from "#/sim/experiments/goldens.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

const suite: Suite = {
  ...{ name: "mine", said: "my/mine.yaml", title: "mine", shoppers: 200, days: 5, replications: 2 },
  outcomes: { gmv: { relative: 0.01 }, fundingGapDays: { relative: 0, absolute: 2 } },
  cases: [
    { name: "a", scenario: "baseline", said: "baseline", set: [] },
    { name: "b", scenario: "interop", said: "interop", set: [] },
  ],
};
const values = (gmv: number, days: number): SuiteValues => ({
  a: [{ gmv, fundingGapDays: days }, { gmv: gmv + 2, fundingGapDays: days }],
  b: [{ gmv: 50 }, { gmv: 52 }],
});
const golden = goldenOf(suite, values(100, 3), { engine: "x", reason: "a first golden" });
const failed = (engine: string, found: SuiteValues, its = golden) =>
  checkSuite(suite, { golden: its, values: found, engine, file: "g.json" })
    .filter(({ status }) => status === "failed").map((it) => `${it.case} ${it.outcome} ${it.reason}`);

Deno.test("the engine that made a golden has to give its very numbers, another one has to come within the tolerance", () => {
  assert.deepEqual(failed("x", values(100, 3)), []);
  assert.deepEqual(failed("x", values(100.5, 3)), [
    "a gmv differs in replication 0 although the engine is the same",
  ]);
  assert.deepEqual(failed("y", values(100.5, 5)), []);
  assert.deepEqual(failed("y", values(102, 6)).map((line) => line.slice(0, 12)), [
    "a gmv is fur",
    "a fundingGap",
  ]);
});

Deno.test("what has no golden, and what only the golden has, fails", () => {
  const { a, b: _b } = golden.cases;
  assert.deepEqual(failed("x", values(100, 3), { ...golden, cases: { a } }), ["b gmv has no golden yet"]);
  const more = { ...golden.cases, b: { ...golden.cases.b, fundingGapDays: [1, 1] } };
  assert.match(
    failed("x", values(100, 3), { ...golden, cases: more })[0],
    /^b fundingGapDays is in the golden, and no run/,
  );
  assert.equal(
    checkSuite(suite, { golden: undefined, values: values(1, 1), engine: "x", file: "" }).length,
    3,
  );
});

Deno.test("what the golden holds and the suite has dropped fails, and says what to do, whichever engine made it", () => {
  const found = values(100, 3), its = goldenOf(suite, found, { engine: "x", reason: "a first golden" });
  const fewer = { ...suite, outcomes: { gmv: suite.outcomes.gmv } };
  for (const engine of ["x", "y"]) {
    const checked = checkSuite(fewer, { golden: its, values: found, engine, file: "my/goldens/mine.json" });
    assert.deepEqual(checked.map((it) => [it.case, it.outcome, it.golden, it.found, it.status]), [
      ["a", "gmv", 101, 101, "passed"],
      ["a", "fundingGapDays", 3, null, "failed"],
      ["b", "gmv", 51, 51, "passed"],
    ]);
    assert.match(
      checked[1].reason,
      /^is in the golden my\/goldens\/mine\.json, and the suite mine no longer reads it; run .*replay my\/mine\.yaml --accept --reason/,
    );
  }
});

Deno.test("a golden is tried without leaving a trace, and one that cannot be kept is told by name", () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "goldens", "g.json");
  try {
    tryGolden(file);
    assert.deepEqual(readdirSync(folder), []);
    writeGolden(file, golden);
    utimesSync(file, 1, 1);
    const before = readFileSync(file, "utf8");
    tryGolden(file);
    assert.deepEqual(readdirSync(join(folder, "goldens")), ["g.json"]);
    assert.deepEqual([readFileSync(file, "utf8"), statSync(file).mtimeMs], [before, 1_000]);
    rmSync(file);
    mkdirSync(file);
    assert.throws(
      () => tryGolden(file),
      /goldens\/g\.json: cannot be kept, which is a folder; allowed is a file/,
    );
    rmSync(join(folder, "goldens"), { recursive: true });
    writeFileSync(join(folder, "goldens"), "");
    assert.throws(() => tryGolden(file), /g\.json: cannot be kept, a part of whose path is a file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("a golden replaces the one before in one step, and what a killed writer left behind is no hindrance", () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "g.json");
  try {
    writeGolden(file, golden);
    writeFileSync(`${file}.part`, '{"format": 1, "cut sh');
    assert.deepEqual(readGolden(file), golden);
    writeGolden(file, { ...golden, reason: "a second golden" });
    assert.equal(readGolden(file)!.reason, "a second golden");
    assert.equal(existsSync(`${file}.part`), false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("a golden of a case or a size that the suite no longer has is refused", () => {
  const check = (its: typeof golden) => () => failed("x", values(100, 3), its);
  assert.throws(
    check({ ...golden, cases: { ...golden.cases, old: {} } }),
    /cases.old: names a case that the suite mine no longer has/,
  );
  assert.throws(check({ ...golden, shoppers: 300 }), /g.json: shoppers: found 300, and the suite says 200/);
  assert.throws(check({ ...golden, seed: "z" }), /seed: found z/);
  const scenarios = (b: string) => ({ ...golden, scenarios: { a: "baseline", b } });
  assert.throws(
    check(scenarios("interop-2019")),
    /g.json: scenarios.b: names the scenario interop-2019, which no longer exists; run .*replay my\/mine\.yaml --accept/,
  );
  assert.throws(
    check(scenarios("baseline")),
    /scenarios.b: names the scenario baseline, and the suite mine now runs interop/,
  );
});

Deno.test("a golden is read as it was written; another format and a broken file are refused", () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "deep", "g.json");
  try {
    assert.equal(readGolden(file), undefined);
    writeGolden(file, golden);
    assert.deepEqual(readGolden(file), golden);
    writeFileSync(file, JSON.stringify({ ...golden, format: 2 }));
    assert.throws(() => readGolden(file), /format: found 2; allowed is 1: accept the suite anew/);
    writeFileSync(file, "{");
    assert.throws(() => readGolden(file), /is no JSON/);
    writeFileSync(file, JSON.stringify({ ...golden, cases: { a: { gmv: ["1"] } } }));
    assert.throws(() => readGolden(file), /cases.a.gmv.0/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("every shipped suite has a golden with a reason that fits it, and each of its cases moves something", () => {
  for (const name of shippedSuites()) {
    const file = goldenFile(name),
      its = readGolden(file)!,
      read = readSuite(name, { outcomes: outcomeNames });
    assert.ok(its.reason.length >= 10 && readFileSync(file, "utf8").endsWith("\n"), name);
    assert.deepEqual(Object.keys(its.cases), read.cases.map((it) => it.name), name);
    const told = Object.values(its.cases).map((one) => JSON.stringify(one));
    assert.equal(new Set(told).size, told.length, `${name}: two cases come to the same`);
    assert.deepEqual(its.scenarios, Object.fromEntries(read.cases.map((it) => [it.name, it.said])), name);
    for (const one of Object.values(its.cases)) {
      for (const outcome of Object.keys(one)) assert.ok(outcome in read.outcomes, `${name}: ${outcome}`);
    }
    for (const outcome of Object.keys(read.outcomes)) {
      assert.ok(Object.values(its.cases).some((one) => outcome in one), `${name}: no case has ${outcome}`);
    }
  }
});

const meanIn = (suite: string, of: string, outcome: string) => {
  const values = readGolden(goldenFile(suite))!.cases[of][outcome];
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

const rungs = [["hardship", "hardship-x2"], ["hardship-x2", "hardship-x3"], ["hardship-x3", "hardship-x5"]];

/** Of each suite: outcome, the case where it is less, the case where it is more. */
const moves: Record<string, [string, string, string][]> = {
  "liquidity": [
    ["lostPurchases", "as-supposed", "little-prefunding"],
    ["lostPurchases", "credit-on-collateral", "little-prefunding"],
    ["survivalLeast.jd", "squeeze", "as-supposed"],
    ["fundingGapDays", "as-supposed", "ant-loses-half-its-line"],
  ],
  "default": [
    ["dpd30Share.ant", "as-supposed", "both"],
    ["dpd90Share.ant", "as-supposed", "hardship-doubled"],
    ["allowance.ant", "as-supposed", "downturn"],
  ],
  "outage": [
    ["bridgedGmv", "bridge-down-three-days", "as-supposed"],
    ["gmv", "channel-down-a-day", "as-supposed"],
    ["heldByOutage", "as-supposed", "bank-down-an-evening"],
    ["outageMinutes", "as-supposed", "operator-down-a-morning"],
    ["transfersTimedOut", "as-supposed", "faults"],
    ["bridgedGmv", "replicas-down", "as-supposed"],
  ],
  "abs-market-shut": [
    ["sourceOwed.ant.abs", "shut-for-ant", "as-supposed"],
    ["sourceOwed.jd.abs", "shut-for-both", "shut-for-ant"],
    ["resultOf.ant", "shut-and-dear", "shut-for-ant"],
  ],
  "fraud-ring": [["fraudLoss", "opened", "opened-unseen"], ["fraudRecall", "opened-unseen", "opened"]],
  "consent-withdrawal": [
    ["linkedShare", "breach-at-both", "breach-at-ant"],
    ["linkedShare", "breach-at-ant", "as-supposed"],
    ["bridgedGmv", "breach-at-both", "as-supposed"],
  ],
  "regulation": [
    ["resultOf.ant", "cap-from-the-first-day", "before-the-cap"],
    ["resultOf.ant", "cap-at-twelve", "cap-from-the-first-day"],
  ],
  "leverage-2020": [
    ["sourceOwed.ant.bankLine", "with-the-rule", "without-it"],
    ["creditGmv", "with-the-rule", "without-it"],
  ],
  "spring-2020": [
    ["dpd30Share.ant", "without-it", "as-it-was"],
    ["dpd30Share.ant", "as-it-was", "three-times-as-deep"],
  ],
  "rectification-2020-21": [
    ["creditGmv", "with-joint-loans-capped", "leverage-only"],
    ["creditGmv", "with-banks-leaving", "with-joint-loans-capped"],
  ],
  "fed-2025": [["netLoss", "as-supposed", "severely-adverse"], [
    "impairment.ant",
    "as-supposed",
    "severely-adverse",
  ]],
  "pboc-ladder": [
    ...["netLoss", "dpd30Share.jd", "dpd30Share.ant", "dpd90Share.ant", "allowance.ant", "lostPurchases"]
      .flatMap(
        (outcome) => rungs.map(([less, more]): [string, string, string] => [outcome, less, more]),
      ),
    ...["creditGmv", "approvalRate", "resultOf.jd", "resultOf.ant"].flatMap((outcome) =>
      rungs.map(([less, more]): [string, string, string] => [outcome, more, less])
    ),
  ],
};

Deno.test("the stress of each suite moves its own outcomes the way it must; a ladder moves them rung by rung", () => {
  assert.deepEqual(Object.keys(moves).sort(), shippedSuites());
  for (const [suite, its] of Object.entries(moves)) {
    for (const [outcome, less, more] of its) {
      const [a, b] = [less, more].map((of) => meanIn(suite, of, outcome));
      assert.ok(a < b, `${suite}: ${outcome} is ${a} in ${less} and ${b} in ${more}`);
    }
  }
});
