// The scenarios that come with Hutong: in order, said once, and on the history that they share.

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { annotated } from "#/scenarios/annotate.ts";
import { parseAssumptions } from "#/scenarios/assumptions.ts";
import { list, load } from "#/scenarios/load.ts";
import { fixtureFolder } from "#/scenarios/testing/fixture.ts";

const promised = [
  ..."baseline interop baseline2025 interop2025 s0-huabei-on-jd s0-baitiao-on-alipay".split(" "),
  ..."s1-baitiao-on-wechat s2-baitiao-on-cards s3-bound-cards s4-baitiao-on-flash-pay".split(" "),
  ..."c-faults g1-gridlock g1-gridlock-saving g2-withholding g2-withholding-tariff".split(" "),
];

Deno.test("the promised scenarios are there, each with a title of its own", () => {
  const rows = list(), names = rows.map(({ name }) => name);
  for (const name of promised) assert.ok(names.includes(name), name);
  assert.equal(new Set(rows.map(({ title }) => title)).size, rows.length);
});

Deno.test("every scenario of clearing says which outcomes it moves, against which scenario and why", () => {
  for (const name of promised.filter((one) => /^[cg]\d?-/.test(one))) {
    const { expected } = load(name).scenario;
    assert.ok(expected.length >= 2, name);
    for (const { against } of expected) {
      assert.ok(list().some((one) => one.name === against), `${name}: ${against}`);
    }
  }
});

for (const { name } of list()) {
  Deno.test(`scenario ${name} loads, and loads alike from what is shown of it`, () => {
    const loaded = load(name);
    const folder = fixtureFolder({ "again.yaml": annotated(loaded) });
    try {
      const again = load(`${folder}/again.yaml`);
      assert.deepEqual(again.scenario, loaded.scenario);
      assert.deepEqual(again.history, loaded.history);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  Deno.test(`scenario ${name} has a history that no setting reaches`, () => {
    const set = ["demand.waitDays=9", "acceptance.huabei.jd-mall.mode=closed", "behaviour.forgetBps=9999"];
    assert.deepEqual(load(name, { set, days: 7 }).history, load(name).history);
    assert.equal(
      load(name, { set: ["world.history.set.behaviour.forgetBps=9999"] }).history.behaviour.forgetBps,
      9_999,
    );
  });
}

Deno.test("scenarios of one world share one history, so that its opening book is made once", () => {
  assert.deepEqual(load("interop").history, load("baseline").history);
  assert.deepEqual(load("s0-huabei-on-jd").history, load("baseline").history);
  assert.deepEqual(load("interop2025").history, load("baseline2025").history);
});

Deno.test("an uncertain number is said in assumptions.yaml and not again in a root file", () => {
  const text = readFileSync(new URL("./assumptions.yaml", import.meta.url), "utf8");
  const { byPath } = parseAssumptions(text, "assumptions.yaml");
  assert.ok(byPath.size > 30);
  assert.deepEqual(Object.keys(load("baseline").assumptions).sort(), [...byPath.keys()].sort());
});

Deno.test("scenario files load with no permission but to read this folder", async () => {
  const root = new URL("../", import.meta.url);
  const run = new Deno.Command(Deno.execPath(), {
    cwd: root,
    args: [
      "run",
      "--no-prompt",
      "--allow-read=.",
      "--allow-env=LOG_TOKENS,LOG_STREAM",
      "scenarios/testing/loads.ts",
    ],
  });
  const { code, stdout, stderr } = await run.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  assert.match(new TextDecoder().decode(stdout), /^interop [0-9a-f]{64}\n$/);
});
