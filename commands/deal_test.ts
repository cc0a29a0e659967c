import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dealVerb, shippedDeals } from "./deal.ts";
import { registerCommand } from "./register.ts";

async function said(make: typeof dealVerb | typeof registerCommand, ...args: string[]): Promise<string> {
  let text = "";
  const command = make((more) => void (text += more));
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeErr: () => {}, writeOut: (more) => void (text += more) });
  }
  await command.parseAsync(args, { from: "user" });
  return text;
}
const deal = (...args: string[]) => said(dealVerb, ...args);

function fileOf(text: string, name = "deal.yaml"): string {
  const path = join(Deno.makeTempDirSync(), name);
  writeFileSync(path, text);
  return path;
}

const small = `name: small
closing: "2025-01-01"
maturity: "2026-01-01"
payment: { dates: ["2025-04-01"] }
pool:
  flows:
    - { date: "2025-03-31", balanceCny: 0, principalCny: 100, interestCny: 5 }
collect: { interest: cash, principal: cash, prepayment: cash, recovery: cash }
accounts: { cash: {} }
tranches:
  senior: { balanceCny: 90, rate: 0.04 }
  equity: { balanceCny: 10 }
triggers:
  thin: { test: beforePayment, if: pool.factor < 0.5 }
waterfall:
  amortising:
    - { do: payInterest, to: [senior], from: cash }
    - { do: payPrincipal, to: [senior, equity], from: cash }
    - { do: payResidual, to: [equity], from: cash }
`;

Deno.test("every deal that ships runs, ends with nothing left and pays its first class in full", async () => {
  assert.deepEqual(shippedDeals(), ["baitiao-static", "huabei-revolving", "planned-balances"]);
  for (const name of shippedDeals()) {
    const found = JSON.parse(await deal(name, "--json"));
    assert.equal(found.openingFen + found.cashInFen, found.cashOutFen + found.leftFen);
    assert.deepEqual([found.leftFen, found.tranches[0].unpaidFen], [0, 0]);
    const borne = found.tranches.map(({ breakEven }: { breakEven: { cdr: number } }) => breakEven.cdr);
    assert.deepEqual(borne.toSorted((a: number, b: number) => b - a), borne, "who is paid first bears most");
  }
});

Deno.test("a deal is told to people with its rates, lives, triggers and dates", async () => {
  const text = await deal("planned-balances");
  assert.match(text, /^planned-balances: closed 2025-01-01, ended 2026-07-10 after 6 payment dates/);
  assert.match(
    text,
    /planned +50,000,000.00 +[\d,.]+ +50,000,000.00 +0.00 +0.00 +2.42 % +0.77 +\d+\.\d\d % a year/,
  );
  assert.match(text, /trigger thinCover: fired 2025-07-10, cured 2026-01-10/);
  assert.match(text, /2025-10-10 +amortising/);
});

Deno.test("a table of flows has a line a tranche and date, whose sums are the deal's", async () => {
  const lines = (await deal(fileOf(small), "--csv")).trimEnd().split("\n");
  assert.deepEqual(lines, [
    "date,tranche,balanceCny,interestCny,principalCny,residualCny,interestDueCny",
    "2025-04-01,senior,0.00,0.88,90.00,0.00,0.00",
    "2025-04-01,equity,0.00,0.00,10.00,4.12,0.00",
  ]);
  await assert.rejects(deal(fileOf(small), "--csv", "--json"), /--csv: found with --json; allowed is one/);
});

Deno.test("what is wrong with a deal is told in one line with the file, the line and the name", async () => {
  const refused = async (from: string, to: string, message: RegExp) => {
    const file = fileOf(small.replace(from, to));
    await assert.rejects(deal(file), (error: Error) => {
      assert.equal(error.name, "ScenarioError");
      assert.ok(error.message.startsWith(file), error.message);
      assert.match(error.message, message);
      return !error.message.includes("\n");
    });
  };
  await refused(
    "pool.factor < 0.5",
    '"pool.factor < steps(2025-07-01, 1)"',
    /:14: triggers\.thin cannot be evaluated on 2025-04-01/,
  );
  await refused("pool.factor < 0.5", "pool.colour < 0.5", /:14: triggers\.thin: .*there is no pool\.colour/);
  await refused("to: [senior, equity]", "to: [senior]", /:12: tranches\.equity never amortises/);
  await refused(
    "to: [senior], from: cash",
    "to: [senior], from: till",
    /:17: waterfall\.amortising\[0\] .*till is none/,
  );
  await refused("rate: 0.04", "rate: lots", /:11: tranches\.senior\.rate/);
  await refused("closing:", "closed:", /:2: closed: unknown key; allowed are name, about, closing, /);
  await refused("name: small", "about: small", /:\d+: name: missing; allowed is /);
  await refused('closing: "2025-01-01"', "closing: [", /not YAML/);
});

Deno.test("a name that is no deal gets the names that are, and a missing file says so", async () => {
  await assert.rejects(
    deal("huabei-revolvin"),
    /found huabei-revolvin; allowed are .*huabei-revolving.*did you mean|mean/,
  );
  await assert.rejects(deal("./nothing.yaml"), /no such file/);
});

Deno.test("the help names the actions and what formulas may read", async () => {
  const text = await deal("--help").catch((error: { code?: string }) => error.code);
  assert.equal(text, "commander.helpDisplayed");
});

Deno.test("an audit tells a whole register from a broken one, with the first broken line", async () => {
  const whole = "scenarios/registers/small.jsonl", text = Deno.readTextFileSync(whole);
  const said1 = await said(registerCommand, "audit", whole);
  assert.match(
    said1,
    /whole; 13 entries, 6 receivables, 1 of them pledged, 1 discharged\nhead [0-9a-f]{64}\n$/,
  );
  const head = /head ([0-9a-f]{64})/.exec(said1)![1];
  assert.equal(JSON.parse(await said(registerCommand, "audit", whole, "--json", "--head", head)).whole, true);
  const broken = fileOf(text.replace('"priceFen":355000', '"priceFen":345000'), "r.jsonl");
  await assert.rejects(said(registerCommand, "audit", broken), (error: Error) => {
    assert.match(
      error.message,
      /r\.jsonl:9: the register is broken here: its hash is [0-9a-f]{12}, what it says gives/,
    );
    return error.name === "ScenarioError";
  });
  const cut = fileOf(text.split("\n").slice(0, 12).join("\n"), "r.jsonl");
  await said(registerCommand, "audit", cut);
  await assert.rejects(said(registerCommand, "audit", cut, "--head", head), /:13: .*the chain ends in/);
  await assert.rejects(
    said(registerCommand, "audit", "--head", "abc", whole),
    /--head: found abc; allowed are the 64 digits/,
  );
  await assert.rejects(
    said(registerCommand, "audit", "nowhere.jsonl"),
    /found nowhere\.jsonl, which is not there/,
  );
});

Deno.test("deal --pool takes the flows of a run's trust, and says which trusts there are", async () => {
  const flows = [{ date: "2025-03-31", balanceCny: 0, principalCny: 70, defaultCny: 30, interestCny: 5 }];
  const trusts = [{ name: "trust-jd-1", flows }, {
    name: "trust-jd-2",
    flows: [{ ...flows[0], principalCny: 60, defaultCny: 40 }],
  }];
  const pool = fileOf(JSON.stringify({ funding: { trusts } }), "result.json"), file = fileOf(small);
  const collected = async (...args: string[]) =>
    JSON.parse(await deal(file, "--json", ...args)).pool[0].principalFen;
  assert.equal(await collected(), 10_000);
  assert.equal(await collected("--pool", pool), 7_000);
  assert.equal(await collected("--pool", pool, "--trust", "trust-jd-2"), 6_000);
  await assert.rejects(
    deal(file, "--pool", pool, "--trust", "trust-jd-3"),
    /allowed are trusts with flows, of trust-jd-1/,
  );
  await assert.rejects(deal(file, "--pool", file), /which is no result of a run/);
  await assert.rejects(deal(file, "--trust", "trust-jd-1"), /found without --pool/);
});
