// The run command's options, and what its summary says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runDeal } from "#/model/funding/deal/run.ts";
import { auditRegister } from "#/model/funding/register/audit.ts";
import { load } from "#/scenarios/load.ts";
import { buildOpeningBook, run } from "#/sim/run.ts";
import { chosen, runVerb } from "./run.ts";
import { openCells, summary } from "./summary.ts";

const typed = (...words: string[]) =>
  runVerb().exitOverride().configureOutput({ writeErr: () => {} }).parseAsync(words, { from: "user" });

/** A world of 200 shoppers that reaches to 7 December 2019, shorter than the day of its first target. */
function small(name: string, days: number) {
  const set = ["world.history.shoppers=200", "world.history.days=40"];
  const supposed = load(name, { shoppers: 200, days, set });
  const result = run(supposed, 0, { openingBook: buildOpeningBook(supposed, 0) });
  return { result, text: summary(result, { open: openCells(supposed.scenario) }) };
}

Deno.test("the summary's purchases add up, postponed wants of before day 0 included", () => {
  const { result, text } = small("interop", 20);
  const { wanted, waitingAtStart, settled, waiting, refused } = result.purchases;
  const lost = Object.values(refused).flatMap((reasons) => Object.values(reasons)).reduce((a, b) => a + b, 0);
  assert.equal(wanted + waitingAtStart, settled + lost + waiting);
  const plain = text.replaceAll(",", "");
  assert.ok(plain.includes(`wanted ${wanted} + postponed before day 0 ${waitingAtStart}\n`));
  assert.match(
    plain,
    new RegExp(`= settled ${settled} .* \\+ refused ${lost} \\+ still waiting ${waiting}\n`),
  );
  assert.match(plain, /purchases of simulated shoppers each of whom stands for \d+ people:/);
  assert.match(text, /\noutcomes, for the whole population:\n/);
});

Deno.test("refused attempts of fraud stand apart, by layer and reason", () => {
  const { result } = small("interop", 1);
  result.purchases.plotsRefused = { screen: { "velocity": 1_234 } };
  assert.match(
    summary(result, { open: [] }),
    /\nattempts of fraud refused, [^\n]*:\n {2}screen +velocity +1,234\n/,
  );
  result.purchases.plotsRefused = {};
  assert.match(summary(result, { open: [] }), /\nattempts of fraud refused, [^\n]*:\n {2}none\n/);
});

Deno.test("calibration has verdicts only in the closed world, and names the day that was read where it is another", () => {
  const closed = small("baseline", 160), open = small("interop", 160);
  const rows = closed.result.calibration.filter(({ simulated }) => simulated !== null);
  assert.ok(rows.length > 0);
  assert.ok(rows.every(({ date, readOn }) => date === "2019-12-31" && readOn === "2019-12-07"));
  assert.match(
    closed.text,
    /\ncalibration:\n {2}Ant book 30\+ dpd .* \(read on 2019-12-07\) {2}(inside|OUTSIDE)\n/,
  );
  assert.match(
    open.text,
    /\ncalibration: published figures describe the closed world, here baitiao at alipay, huabei at jd-mall are open, /,
  );
  assert.doesNotMatch(open.text, /\b(inside|OUTSIDE)\b/);
  assert.match(open.text, /Ant book 30\+ dpd .* \(read on 2019-12-07\)\n/);
  const [row] = closed.result.calibration;
  row.readOn = row.date;
  assert.doesNotMatch(summary(closed.result, { open: [] }), /Ant book 30\+ dpd .*read on/);
});

Deno.test("bad options and bad output folders are told with what is allowed, before anything is run", async () => {
  await assert.rejects(
    typed("baseline", "--days", "0"),
    /^CommanderError: --days: found 0; allowed is a whole number from 1 to 3,650$/,
  );
  await assert.rejects(
    typed("baseline", "--dys", "3"),
    /^CommanderError: run: found the option --dys; allowed are --json, .*; did you mean "--days"\?$/,
  );
  await assert.rejects(typed(), /^CommanderError: run: found no scenario; allowed is a built-in name /);
  await assert.rejects(
    typed("baseline", "interop"),
    /^CommanderError: run: found "interop" besides what it takes; allowed is one argument$/,
  );
  await assert.rejects(
    typed("baseline", "--out", ""),
    /--out: found nothing; allowed is the path of a folder$/,
  );
  await assert.rejects(
    typed("baseline", "--out", "README.md"),
    /--out: found \S*README\.md, which is a file; allowed is a folder that can be read and written, or a new one$/,
  );
  await assert.rejects(
    typed("baseline", "--out", "README.md/below"),
    /--out: found \S*README\.md\/below, a part of whose path is a file; /,
  );
  await assert.rejects(
    typed("baseline", "--iso20022", "README.md"),
    /--iso20022: found \S*README\.md, which is a/,
  );
  await assert.rejects(
    typed("baseline", "--sample", "0"),
    /^CommanderError: --sample: found 0; allowed is a whole number from 1 to 1,000,000$/,
  );
});

Deno.test("an expectation that no run can meet is refused when its scenario is to be run", () => {
  const expected = 'expected=[{outcome: gmw, against: baseline, sign: "+", why: so}]';
  assert.throws(
    () => chosen("baseline", { set: [expected], replication: 0 }),
    /--set: expected\.0\.outcome: found "gmw"; .*did you mean "gmv"\?$/,
  );
});

Deno.test("the help of run says bounds and defaults", () => {
  const help = runVerb().helpInformation().replace(/\s+/g, " ");
  assert.match(help, /--shoppers <n> [^(]*\(100 to 50,000,000; default: the scenario's own\)/);
  assert.match(help, /--days <d> days to simulate \(1 to 3,650; default: the scenario's own\)/);
  assert.match(help, /--replication <r> [^(]*\(0 to 1,000,000\) \(default: 0\)/);
});

Deno.test("--out writes the register of receivables and each trust's deal, and both can be used as they stand", async () => {
  const folder = Deno.makeTempDirSync();
  const set = [
    "world.history.shoppers=200",
    "world.history.days=40",
    "world.merchants=100",
    "scoring.card=expert",
    "world.history.set.scoring.card=expert",
    "funding.ant.abs.active=true",
  ].flatMap((one) => ["--set", one]);
  const print = console.log;
  console.log = () => {};
  try {
    await typed("baseline", "--shoppers", "200", "--days", "70", "--out", folder, "--quiet", ...set);
  } finally {
    console.log = print;
  }
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  const { funding } = JSON.parse(text("result.json"));
  const finding = auditRegister(text("register.jsonl"), { head: funding.registerHead });
  assert.ok(finding.whole && finding.receivables === 100);
  const deal = JSON.parse(text("trust-ant-1.yaml"));
  const [run] = funding.trusts, offline = runDeal(deal);
  assert.ok(run.tranches[0].payments.length === 2);
  assert.equal(offline.tranches[0].flows[1].interestFen, run.tranches[0].payments[1].interestFen);
});

Deno.test("a sample of messages that nobody asked for is refused, as it would do nothing", async () => {
  const verb = runVerb().exitOverride().configureOutput({ writeErr: () => {} });
  await assert.rejects(
    verb.parseAsync(["baseline", "--sample", "5"], { from: "user" }),
    /^ScenarioError: --sample: found without --iso20022; allowed with it/,
  );
});
