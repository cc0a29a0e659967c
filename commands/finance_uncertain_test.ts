import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { financeVerb } from "./finance.ts";

async function finance(...args: string[]): Promise<string> {
  let text = "";
  const command = financeVerb((more) => void (text += more));
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: (more) => void (text += more) });
  await command.parseAsync(args, { from: "user" });
  return text;
}

const shipped = new URL("../scenarios/", import.meta.url);
const folder = Deno.makeTempDirSync();

/** The example with every stream times three. */
function richer(): string {
  const text = readFileSync(new URL("flows/example.yaml", shipped), "utf8");
  const path = join(folder, "richer.yaml");
  const times = (_: string, list: string) =>
    `monthlyCny: [${list.split(",").map((cny) => Number(cny) * 3).join(", ")}]`;
  writeFileSync(path, text.replace(/monthlyCny: \[([^\]]*)\]/g, times));
  return path;
}

const asked = ["articles", "all-equity", "minimal-pilot", "--draws", "40"];

Deno.test("plans and cases give intervals, fans, tornados and a regret table with a zero in each column", async () => {
  const found = JSON.parse(await finance(...asked, "--flows", "example", "--flows", richer(), "--json"));
  assert.deepEqual(found.cases.map(({ name }: { name: string }) => name), ["example", "richer"]);
  assert.equal(found.fields.length, 6);
  for (const field of found.fields) {
    assert.ok(
      field.npv.low < field.npv.mean && field.npv.mean < field.npv.high && field.npv.uncertainty > 1e9,
    );
    assert.equal(field.npv.simulationError, null);
    assert.equal(field.tables.npvFen.length, 40);
    const [low, , middle, , high] = field.fans.cash.levels;
    assert.ok(low[40] <= middle[40] && middle[40] <= high[40]);
    assert.equal(field.tornado.length, found.uncertainties.length);
    assert.ok(field.evidence.assumed.low > 0 && field.evidence.grade.length > 3);
    assert.equal(field.steps.at(-1).name, "owners");
  }
  for (const measure of ["owners", "npv"]) {
    for (const c of [0, 1]) {
      const regrets = found.regrets[measure].cells.map((row: { regretFen: number }[]) => row[c].regretFen);
      assert.equal(Math.min(...regrets), 0);
    }
  }
  const [poor, rich] = found.fields;
  assert.ok(rich.npv.mean > poor.npv.mean && rich.worthIt.share > poor.worthIt.share);
  assert.ok(rich.waiting.nowFen > 0 && rich.waiting.knowingFen >= 0);
});

Deno.test("the same luck gives the same answer, other luck another", async () => {
  const args = ["articles", "--flows", "example", "--draws", "20", "--json"];
  const once = await finance(...args);
  assert.equal(await finance(...args), once);
  assert.notEqual(await finance(...args, "--luck", "2"), once);
});

Deno.test("the page stands alone, says the finding and has every chart of every field", async () => {
  const out = join(folder, "finance.html");
  const text = await finance(...asked, "--flows", "example", "--out", out);
  const html = readFileSync(out, "utf8");
  assert.match(text, /regret, by what is left to owners/);
  assert.ok(!/<script|https?:\/\/(?!www\.w3\.org)/.test(html), "something is fetched");
  assert.ok(!/NaN|undefined|Infinity|\[object/.test(html));
  for (const plan of ["articles", "all-equity", "minimal-pilot"]) {
    for (const chart of ["cash", "dscr", "tornado", "steps"]) {
      assert.ok(html.includes(`id="${plan}-example-${chart}"`), `${plan} ${chart}`);
    }
  }
  assert.match(html, /There is nothing to cover/, "a plan without debt has no cover, and says so");
  assert.match(html, /Evidence grade: <strong>/);
  assert.match(
    html,
    /deno task hutong finance articles all-equity minimal-pilot --flows example|<span>--flows<\/span>/,
  );
  assert.ok(html.includes("Flyvbjerg"), "sources are told");
});

Deno.test("uncertainties of one's own replace the shipped ones, and what is wrong in them is told with its line", async () => {
  const own = readFileSync(new URL("uncertainties.yaml", shipped), "utf8"), path = join(folder, "own.yaml");
  const withText = (text: string) => {
    writeFileSync(path, text);
    return finance("articles", "--flows", "example", "--draws", "20", "--uncertainties", path, "--json");
  };
  const kept = own.slice(0, own.indexOf("  - name: adoption"));
  const found = JSON.parse(await withText(kept));
  assert.deepEqual(found.fields[0].tornado.map(({ name }: { name: string }) => name), ["consumption"]);
  assert.equal(found.fields[0].waiting, null);
  assert.equal(found.fields[0].evidence.grade, "evidenced");
  const bad = (from: string, to: string, complaint: RegExp) => {
    assert.ok(own.includes(from), from);
    return assert.rejects(withText(own.replace(from, to)), complaint);
  };
  await bad("name: overrun", "name: adoption", /own\.yaml:\d+: .*name: found "adoption" a second time/);
  await bad(
    "unit: months, base: 2, range: [0, 12]",
    "unit: months, base: 22, range: [0, 12]",
    /allowed is its range 0 to 12/,
  );
  await bad(
    "{ unit: CNY a month,",
    "{ unit: months,",
    /number.unit: found "months"; allowed with repairs is "CNY a month"/,
  );
  await bad("range: [500, 6000]", "range: [500, 16000]", /found 16000; allowed is at most 10000/);
  await bad("range: [9000, 15000]", "range: [15000, 9000]", /the low end comes first/);
  await bad("moves: delay", "moves: dellay", /own\.yaml:\d+/);
});

Deno.test("what does not go with draws is refused in one line", async () => {
  const draws = ["articles", "--flows", "example", "--draws", "20"];
  await assert.rejects(finance(...draws, "--csv"), /--csv: found with draws/);
  await assert.rejects(finance(...draws, "--delay-months", "3"), /--delay-months: found 3 with draws/);
  const inFile = join(import.meta.filename!, "page.html");
  await assert.rejects(
    finance(...draws, "--out", inFile),
    /--out: found .*finance_uncertain_test\.ts\/page\.html, /,
  );
});

Deno.test("the claim on given flows: arithmetic and contract, and that users need runs", async () => {
  const out = join(folder, "claim.html");
  const text = await finance("claim", "sculpted", "--flows", "example", "--out", out);
  assert.match(text, /10 % more users: not run/);
  assert.match(text, /needs CNY 83\.3 m a year over five years at 12 %/);
  assert.match(text, /no contract: the rail's tariff alone: NPV/);
  const html = readFileSync(out, "utf8");
  assert.match(html, /The claim, part by part/);
  const found = JSON.parse(await finance("claim", "sculpted", "--flows", "example", "--json"));
  assert.equal(found.plan, "sculpted");
  assert.equal(found.contracts.cases.length, 9);
  assert.ok(found.contracts.breakEven.bridgeFeeBps > 0);
  await assert.rejects(
    finance("claim", "--flows", "example", "--scenario", "interop"),
    /--flows: found with --scenario; allowed is one of the two/,
  );
});

Deno.test("replications of a scenario give the simulation error, and the claim takes its users from the same runs", async () => {
  const runs = [
    ...["--scenario", "interop", "--shoppers", "200", "--years", "1", "--opens-month", "2", "--quiet"],
    ...["--replications", "2", "--workers", "1", "--store", join(folder, "runs.sqlite")],
    ...["world.merchants=200", "world.history.shoppers=600", "world.history.days=40", "scoring.card=expert"]
      .concat("world.history.set.scoring.card=expert").flatMap((one) => ["--set", one]),
  ];
  const found = JSON.parse(await finance("articles", "minimal-pilot", ...runs, "--draws", "20", "--json"));
  assert.deepEqual(found.cases[0].replications, 2);
  const [late, pilot] = found.fields;
  assert.equal(late.npv.simulationError, 0, "what opens after the runs end does not hang on them");
  assert.ok(pilot.npv.simulationError > 0 && pilot.npv.uncertainty > 0);
  assert.equal(pilot.tables.npvFen.length, 40);
  assert.match(found.replay, /--scenario interop .*--replications 2 .*--draws 20 --luck 1$/);
  const claim = JSON.parse(await finance("claim", ...runs, "--no-vary", "--json"));
  assert.equal(claim.replications, 2);
  assert.ok(Number.isFinite(claim.users.gained.mean) && claim.users.without.baitiao > 0);
  assert.ok(claim.parts.slice(0, 3).every(({ support }: { support: string }) => support !== "not run"));
  assert.match(claim.replay, /finance claim articles --scenario interop .*--shoppers 200 .*--no-vary$/);
});
