// The command as it is typed: what it prints, and what it throws for main to print.

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { scenariosCommand } from "#/commands/scenarios.ts";
import { fixtureFolder } from "#/scenarios/testing/fixture.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { list, load } from "#/scenarios/load.ts";

async function typed(...words: string[]): Promise<string> {
  let text = "";
  await scenariosCommand((more) => text += more).parseAsync(words, { from: "user" });
  return text;
}

Deno.test("scenarios lists each scenario in a line, names aligned", async () => {
  const lines = (await typed()).trimEnd().split("\n"), rows = list();
  assert.equal(lines.length, rows.length);
  const column = lines[0].indexOf(rows[0].title);
  for (const [i, { name, title }] of rows.entries()) {
    assert.equal(lines[i].slice(0, column).trimEnd(), name);
    assert.equal(lines[i].slice(column), title);
  }
  assert.deepEqual(JSON.parse(await typed("--json")), rows);
});

Deno.test("scenarios show prints numbers with their origin; --json the whole", async () => {
  const text = await typed("show", "baseline", "--set", "demand.waitDays=4", "--set", "demand.leaveBps=7");
  assert.match(text, /^ {2}waitDays: 4 +# --set$/m);
  assert.match(text, /^ {2}leaveBps: 7 +# --set$/m);
  assert.match(text, /^ {2}shoppers: \d+ +# scenarios\/\S+\.yaml:\d+/m);
  const json = JSON.parse(await typed("show", "baseline", "--json"));
  const { scenario, history } = load("baseline");
  assert.deepEqual(json.scenario, scenario);
  assert.deepEqual(json.history, history);
  assert.match(json.hash, /^[0-9a-f]{64}$/);
});

Deno.test("scenarios check says ok with counts, or throws the one line", async () => {
  const found = await typed("check", "baseline");
  assert.match(
    found,
    /^baseline: ok: \d+ of \d+ values said here, \d+ by assumptions \(\d+ assumed, \d+ published\), \d+ files read\n$/,
  );
  await assert.rejects(
    typed("check", "./none.yaml"),
    (error) => error instanceof ScenarioError && /^none\.yaml: no such file; allowed is /.test(error.message),
  );
});

Deno.test("scenarios check reads a user's file like a built-in one", async () => {
  const folder = fixtureFolder({
    "good.yaml": "title: Good\nextends: baseline\n",
    "bad.yaml": "title: Bad\nextends: baseline\nsedd: 1\n",
  });
  try {
    assert.match(await typed("check", `${folder}/good.yaml`), /good\.yaml: ok: 1 of \d+ values said here, /);
    await assert.rejects(typed("check", `${folder}/bad.yaml`), /bad\.yaml:3: sedd: unknown key; /);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("scenarios check says how many complaints there are, and --all prints each in a line", async () => {
  const expected = '[{ outcome: gmw, against: baselin, sign: "+", why: so }]';
  const folder = fixtureFolder({
    "bad.yaml": `title: Bad\nextends: baseline\nseed: ""\nworld: { days: 0 }\n`,
    "odd.yaml": `title: Odd\nextends: baseline\nexpected: ${expected}\n`,
  });
  try {
    await assert.rejects(
      typed("check", `${folder}/bad.yaml`),
      /bad\.yaml:3: seed: found ""; [^\n]* \(and 1 more; --all prints them\)$/,
    );
    await assert.rejects(
      typed("check", `${folder}/bad.yaml`, "--all"),
      /bad\.yaml:3: seed: found ""; [^\n]*\n\S+bad\.yaml:4: world\.days: found 0; [^\n]*$/,
    );
    await assert.rejects(
      typed("check", `${folder}/odd.yaml`, "--all"),
      /odd\.yaml:3: expected\.0\.outcome: found "gmw"; .*did you mean "gmv"\?\n.*found "baselin"; .*did you mean "baseline"\?$/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("an unknown word after scenarios is told with the nearest that there is", async () => {
  const command = scenariosCommand(() => {}).exitOverride().configureOutput({ writeErr: () => {} });
  await assert.rejects(
    command.parseAsync(["chek", "x"], { from: "user" }),
    /scenarios: found "chek"; allowed are show, check; did you mean "check"\?/,
  );
});

Deno.test("each level has its help with an example", () => {
  const command = scenariosCommand(() => {});
  for (const level of [command, ...command.commands]) {
    let text = "";
    level.configureOutput({ writeOut: (more) => text += more }).outputHelp();
    assert.match(text, /Examples:\n {2}deno task hutong scenarios/);
  }
});
