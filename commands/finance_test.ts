import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { financeVerb, shippedFlows } from "./finance.ts";

async function finance(...args: string[]): Promise<string> {
  let text = "";
  const command = financeVerb((more) => void (text += more));
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: (more) => void (text += more) });
  await command.parseAsync(args, { from: "user" });
  return text;
}

function fileOf(text: string, name: string): string {
  const path = join(Deno.makeTempDirSync(), name);
  writeFileSync(path, text);
  return path;
}

Deno.test("plans stand side by side, then each with its verdict, uses and sources, owners, lenders and promises", async () => {
  const text = await finance("articles", "all-equity", "--flows", "example");
  assert.match(text, /^flows: An example of monthly flows.*, 60 months/);
  assert.match(text, / +articles +all-equity\n/);
  assert.match(text, /uses as planned +300\.3 +300\.3\n +with what the rail needs +375\.3 +375\.3\n/);
  assert.match(text, /DSCR, least +\d\.\d\d \(month \d+\) +no debt\n/);
  assert.match(text, /verdict: fundable: worth CNY [\d,]+ more than it costs, without debt/);
  const [uses, sources] = /\n +sum +([\d.]+) +sum +([\d.]+)\n/.exec(text)!.slice(1);
  assert.equal(uses, sources);
});

Deno.test("one JSON object has everything, whole fen, and its statements balance", async () => {
  const { plans, circumstances } = JSON.parse(
    await finance("sculpted", "--flows", "example", "--json", "--delay-months", "3"),
  );
  assert.deepEqual(circumstances, { revenueFactor: 1, overrunBps: 0, delayMonths: 3 });
  const [{ statements: s, openingMonth, lenders, periods }] = plans;
  assert.equal(openingMonth, 16);
  assert.equal(lenders[0].name, "sculptedBonds");
  assert.equal(periods.dscr[0], null);
  for (let m = 0; m < 60; m++) {
    const has = s.freeCash[m] + s.ringFencedCash[m] + s.reserveCash[m] + s.receivables[m] + s.deposits[m] +
      s.asset[m];
    const owes = s.payables[m] + s.interestPayable[m] + s.debt[m] + s.deferredSubsidy[m] + s.gap[m];
    assert.equal(has, owes + s.paidIn[m] + s.retained[m]);
  }
});

Deno.test("a table of statements has a line a plan and month, in CNY", async () => {
  const lines = (await finance("staged", "minimal-pilot", "--flows", "example", "--csv")).trimEnd().split(
    "\n",
  );
  assert.equal(lines.length, 121);
  assert.match(lines[0], /^plan,month,revenueCny,.*,retainedCny$/);
  assert.match(lines[61], /^minimal-pilot,1,0\.00,/);
  await assert.rejects(
    finance("staged", "--flows", "example", "--csv", "--json"),
    /--csv: found with --json; allowed is one/,
  );
});

Deno.test("less revenue and an overrun are heard", async () => {
  const npv = async (...args: string[]) =>
    JSON.parse(await finance("articles", "--flows", "example", "--json", ...args)).plans[0].worth.npvFen;
  const base = await npv();
  assert.ok(await npv("--revenue-percent", "70") < 0);
  assert.ok(await npv("--overrun-percent", "40") < base - 5e9);
});

Deno.test("what is wrong with plans and flows is told in one line with its place", async () => {
  assert.deepEqual(shippedFlows(), ["example"]);
  await assert.rejects(
    finance("articles"),
    /^ScenarioError: --flows: found nothing; allowed is the path of a file of monthly flows, or example/,
  );
  await assert.rejects(
    finance("articles", "--flows", "exmple"),
    /--flows: found exmple; .*did you mean "example"\?/,
  );
  await assert.rejects(
    finance("artcles", "--flows", "example"),
    /no such plan; shipped are .*did you mean "articles"\?/,
  );
  const own = fileOf(
    "title: One's own\nextends: articles\ncontract:\n  - { counterparty: jdd, bridgeFeeBps: 5 }\n",
    "own.yaml",
  );
  await assert.rejects(
    finance(own, "--flows", "example"),
    /own\.yaml:4: contract\.0\.counterparty: found "jdd"; the flows have jd, ant, wechat-pay/,
  );
  const peaks = "peaks: { prefundingCny: 0, collateralCny: 0, guaranteeFundCny: 0 }";
  const flows = (stream: string) =>
    fileOf(`title: Flows\nmonths: 1\n${peaks}\nstreams:\n  - ${stream}\n`, "flows.yaml");
  await assert.rejects(
    finance("articles", "--flows", flows("{ stream: fees, counterparty: jd, monthlyCny: [1] }")),
    /flows\.yaml:5: streams\.0\.stream: found "fees"; allowed is one of bridgedVolume/,
  );
  await assert.rejects(
    finance("articles", "--flows", flows("{ stream: bridgeFees, counterparty: jd, monthlyCny: [-1] }")),
    /found -1 CNY; allowed is 0 or more/,
  );
});

Deno.test("flows come from runs with and without the project, and the next plan runs nothing again", async () => {
  const folder = Deno.makeTempDirSync();
  const village = ["world.merchants=200", "world.history.shoppers=600", "world.history.days=40"]
    .flatMap((one) => ["--set", one]);
  const cards = ["scoring.card=expert", "world.history.set.scoring.card=expert"].flatMap((one) => [
    "--set",
    one,
  ]);
  const runs = [
    ...["--scenario", "interop", "--shoppers", "200", "--years", "1", "--opens-month", "2", "--quiet"],
    ...[
      "--replications",
      "2",
      "--workers",
      "1",
      "--store",
      join(folder, "runs.sqlite"),
      ...village,
      ...cards,
    ],
  ];
  const began = await finance("minimal-pilot", ...runs, "--json", "--strategic", "ant");
  const { plans, runs: told } = JSON.parse(began);
  assert.equal(plans[0].months, 12);
  assert.equal(told.errors[0].npvFen.length, 2);
  assert.equal(told.errors[0].estimate.low, null);
  assert.ok(Math.abs(told.parties.sumFen) <= 20);
  assert.equal(told.parties.outsideGain.name, "ant");
  const { rows } = readRuns(join(folder, "runs.sqlite"));
  assert.equal(rows, 4);
  const text = await finance("all-equity", "minimal-pilot", ...runs);
  assert.match(
    text,
    /^flows: interop \(S0.*\) with and without its project, 200 shoppers, 2 replications, 12 months/,
  );
  assert.match(text, /simulation alone: NPV of all-equity -?[\d,.]+ \(no interval from 2 replications\)/);
  assert.match(text, /\n +to the rest of the world: capex +300\.3 /);
  assert.match(text, /\n +sum +0\.0 +0\.0\n/);
  assert.equal(readRuns(join(folder, "runs.sqlite")).rows, 4);
  await assert.rejects(
    finance("all-equity", "--flows", "example", "--scenario", "interop"),
    /--flows: found with --scenario; allowed is one of the two/,
  );
  await assert.rejects(
    finance("all-equity", "--scenario", "interop", "--years", "1", "--opens-month", "13"),
    /--opens-month: found 13; allowed is a month within the 12 that are run/,
  );
  await assert.rejects(finance("all-equity", "--scenario", "baseline", "--quiet"), /found no bridged cell/);
});

function readRuns(file: string): { rows: number } {
  const store = new DatabaseSync(file, { readOnly: true });
  const { rows } = store.prepare("select count(*) as rows from jobs where status = 'done'").get() as {
    rows: number;
  };
  store.close();
  return { rows };
}

Deno.test("an option of runs without runs, or of draws without draws, is refused in place of doing nothing", async () => {
  for (
    const [words, place] of [
      [["--shoppers", "500"], "--shoppers: found without --scenario"],
      [["--opens-month", "3"], "--opens-month: found without --scenario"],
      [["--set", "macro.severityBps=1"], "--set: found without --scenario"],
      [["--luck", "2"], "--luck: found without draws"],
      [["--uncertainties", "none.yaml"], "--uncertainties: found without draws"],
    ] as const
  ) {
    await assert.rejects(
      finance("articles", "--flows", "example", ...words),
      ({ name, message }: Error) => name === "ScenarioError" && message.startsWith(place),
    );
  }
  await assert.rejects(
    finance("claim", "--flows", "example", "--shoppers", "500"),
    /^ScenarioError: --shoppers: found without --scenario/,
  );
  assert.match(await finance("articles", "--flows", "example", "--draws", "2", "--luck", "2"), /articles/);
});

Deno.test("what is found of a plan is a sentence, and money that runs out is said with its month", async () => {
  const text = await finance("bond-heavy", "--flows", "example", "--revenue-percent", "20");
  assert.match(text, /\n +verdict +money runs out\n/);
  assert.match(
    text,
    /\nverdict: money runs out in month \d+: CNY [\d,]+ are missing, at the worst CNY [\d,]+ in month 60\n/,
  );
  assert.match(text, /equity IRR +money runs out\n/);
  assert.doesNotMatch(text, /unfunded|Infinity/);
});
