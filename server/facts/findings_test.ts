import assert from "node:assert/strict";
import * as findings from "#/server/facts/findings.ts";
import { sampledFinding } from "#/server/facts/sampled.ts";
import { mapChoice, mapFinding } from "#/server/facts/sweeps.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";
import { fixtureSampled } from "#/server/testing/fixture_sampled.ts";
import { fixtureSweep } from "#/server/testing/fixture_sweep.ts";

const report = fixtureComparison({ days: 150 });

/** The report with the open run's outcome set to its closed value plus something. */
function shifted(name: string, by: number): Comparison {
  const one = structuredClone(report);
  one.b.outcomes[name].value = one.a.outcomes[name].value + by;
  return one;
}

Deno.test("the overview says which way sales and lost purchases went", () => {
  const lost = report.a.outcomes.lostPurchases.value;
  const both = shifted("gmv", -2e9);
  both.b.outcomes.lostPurchases.value = lost * 1.25;
  assert.match(
    findings.overview(both),
    /^Opening settles CNY 2\.00 bn less \(\u2212.* %\) and loses 25\.0 % more purchases$/,
  );
  const same = shifted("gmv", 0);
  same.b.outcomes.lostPurchases.value = lost;
  assert.equal(findings.overview(same), "Opening changes no sale and loses as many purchases");
});

Deno.test("every finding falls back to its topic when the report holds no such outcome", () => {
  const bare = structuredClone(report);
  for (const run of [bare.a, bare.b]) {
    run.outcomes = {};
    run.daily.columns = {};
  }
  bare.assumptions = [];
  bare.expected = [];
  assert.equal(findings.overview(bare), bare.title);
  assert.equal(findings.purchases(bare), "Purchases");
  assert.equal(findings.identity(bare), "Identity and fraud");
  assert.equal(findings.users(bare), "Users");
  assert.equal(findings.lateness(bare), "Balances and lateness");
  assert.equal(findings.flows(bare), "Flows between the platforms");
  assert.equal(findings.liquidity(bare), "Liquidity");
  assert.equal(findings.losses(bare), "Losses and results by party");
  assert.equal(findings.project(bare), "The project company's cash");
  assert.equal(findings.expectations(bare), "No sign was written down beforehand");
  assert.equal(findings.summary(bare).length, 1);
});

Deno.test("the summary says how many people each shopper stands for and whether the money adds up", () => {
  const text = findings.summary(report).join(" ");
  assert.match(text, /the same 20,000 simulated shoppers, each standing for 42,500 people/);
  assert.match(text, /sum to zero/);
  const off = shifted("resultOf.jd", 5e9);
  assert.match(findings.summary(off).join(" "), /do not sum to zero: /);
});

Deno.test("the precision line never promises an interval from one replication", () => {
  assert.match(findings.precision(report), /95 % over 8 paired replications/);
  assert.match(findings.precision({ ...report, differences: undefined }), /^One replication/);
});

Deno.test("the calibration finding is loud without targets", () => {
  const bare = structuredClone(report);
  bare.a.world.calibration = "uncalibrated";
  assert.match(findings.calibration(bare), /^Uncalibrated/);
  assert.equal(findings.calibrationNote(bare), "uncalibrated");
  assert.equal(findings.calibrationNote(report), "calibration 2 of 3");
  assert.equal(
    findings.calibration(report),
    "2 of 3 published figures are met within their range; 1 not reached by the run's dates",
  );
});

Deno.test("users taken and moved are told against the closed world", () => {
  assert.equal(
    findings.users(report),
    "3.10 m more people take a first line (3.10 m against 0); 920 k move to the other platform, 0 closed",
  );
});

Deno.test("the finding on identity and fraud says what moved, and what reads the same stays", () => {
  const one = structuredClone(report);
  for (const [run, cny, insulted] of [[one.a, 1e9, 0.003001], [one.b, 3e9, 0.003002]] as const) {
    for (const [name, outcome] of Object.entries(run.outcomes)) {
      if (name.startsWith("fraudTaken.")) outcome.value = name === "fraudTaken.kiting" ? cny : 0;
    }
    run.outcomes.insultedShare.value = insulted;
  }
  assert.equal(
    findings.identity(one),
    "Fraud takings rise from CNY 1.00 bn to CNY 3.00 bn; good shoppers refused as fraud stay at 0.30 % of credit " +
      "attempts; 67.1 % of shoppers are recognised across platforms, none closed",
  );
});

Deno.test("liquidity names the party that ran dry and for how many days", () => {
  const dry = structuredClone(report);
  Object.assign(dry.b.daily.columns, { bridgeQueued: [], bridgeExpired: [] });
  dry.b.daily.columns["prefundLow.jd"] = [4e8, 0, 0, 4e8];
  assert.match(
    findings.liquidity(dry),
    /^JD's prefunding runs dry on 2 days; funding gaps on 2 days open, 0 closed$/,
  );
  Object.assign(dry.b.daily.columns, { bridgeQueued: [0, 11e6, 2e6, 0], bridgeExpired: [0, 1e6, 0, 0] });
  assert.match(
    findings.liquidity(dry),
    /^JD's prefunding runs dry on 2 days \(13\.0 m bridge payments wait, 1\.00 m of them expire\); /,
  );
});

Deno.test("numbers whose source says (a) are counted as assumed", () => {
  assert.match(findings.assumptions(report), /^4 uncertain numbers .* 3 of them are assumed/);
});

Deno.test("a sweep's finding names where the difference is least and most, and where its sign is sure", () => {
  const table = fixtureSweep();
  const text = mapFinding(table, mapChoice(table)!);
  assert.match(text, /^Sales \(GMV\) against baseline: \u2212CNY .* \(prefunding 100\u202fm, .*\) to \+CNY /);
  assert.match(text, /the sign is sure in \d of 6 fields$/);
});

Deno.test("a sampled sweep's finding counts the axes that matter and names them; unfinished or still ones have none", () => {
  const morris = { kind: "morris", paths: 8 } as const;
  assert.match(
    sampledFinding(fixtureSampled(morris)),
    /^\d of 5 axes matter to Net loss, \w+ less baseline: (hardship|severity), /,
  );
  assert.equal(sampledFinding(fixtureSampled(morris, { missing: [3] })), "");
  assert.match(sampledFinding(fixtureSampled(morris, { lossOf: () => 5 })), /^None of 5 axes matters to/);
  assert.equal(sampledFinding(fixtureSampled({ kind: "factorial" } as never)), "");
});
