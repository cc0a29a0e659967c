// Settings of the command line: any path of the schema, refused with the nearest when it is none.

import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import { refusal, withFolder } from "#/scenarios/testing/fixture.ts";

const child = "title: Child\nextends: base\n" +
  "shocks:\n  - {event: unemployment-jump, fromDay: 1, untilDay: 2, plusBps: 3}\n" +
  "macro: {unemploymentBps: [500, 600], incomeGrowthBps: [1, 2]}\n";
const loaded = (...set: string[]) => {
  let result!: ReturnType<typeof load>;
  withFolder({ "child.yaml": child }, (folder) => result = load("child", { folder, set }));
  return result.scenario;
};
const refused = (...set: string[]) => {
  let message = "";
  withFolder(
    { "child.yaml": child },
    (folder) => message = refusal(folder, () => load("child", { folder, set })),
  );
  return message;
};

Deno.test("a setting reaches numbers, words, lists, items of lists and cells", () => {
  const scenario = loaded(
    "demand.waitBps=500",
    "project.active=true",
    "macro.unemploymentBps.1=900",
    "macro.incomeGrowthBps=[-5, -6]",
    "shocks.0.plusBps=250",
    "acceptance.baitiao.jd-flash-pay.mode=closed",
    "clearing={banks: 7}",
  );
  assert.equal(scenario.demand.waitBps, 500);
  assert.equal(scenario.project.active, true);
  assert.deepEqual(scenario.macro.unemploymentBps, [500, 900]);
  assert.deepEqual(scenario.macro.incomeGrowthBps, [-5, -6]);
  assert.deepEqual(scenario.shocks, [{ event: "unemployment-jump", fromDay: 1, untilDay: 2, plusBps: 250 }]);
  assert.equal(scenario.acceptance.baitiao["jd-flash-pay"].mode, "closed");
  assert.equal(scenario.clearing.banks, 7);
  assert.deepEqual(scenario.clearing.windowMinutes, loaded().clearing.windowMinutes);
});

Deno.test("where a text is due the value is taken as it stands, spaces and signs included", () => {
  assert.equal(loaded("seed=42").seed, "42");
  assert.equal(loaded("seed=017").seed, "017");
  assert.equal(loaded("title=One: a & b = c #1").title, "One: a & b = c #1");
  assert.equal(loaded('seed="quoted"').seed, "quoted");
});

Deno.test("of two settings of one path the later holds", () => {
  assert.equal(loaded("demand.waitBps=1", "demand.waitBps=2").demand.waitBps, 2);
  assert.equal(loaded("shocks=[]", "demand.waitDays=2").shocks.length, 0);
});

const wrong: [setting: string, message: string | RegExp][] = [
  ["demand.waitBps", '--set: found "demand.waitBps"; allowed is path=value, such as demand.waitBps=500'],
  ["=5", '--set: found "=5"; allowed is path=value, such as demand.waitBps=500'],
  ["demand.wiatBps=5", /^--set: demand\.wiatBps: unknown key; allowed are .*; did you mean "waitBps"\?$/],
  ["demnd.waitBps=5", /^--set: demnd\.waitBps: unknown key; allowed are title, .*; did you mean "demand"\?$/],
  ["waitBps=5", /; "waitBps" belongs at "demand\.waitBps"$/],
  ["clearing.prefundingFen=5", /; wrong unit, the schema has "prefundingCny" \(CNY\)$/],
  ["seed.x=5", '--set: seed.x: unknown key; nothing stands below "seed"; did you mean "seed"?'],
  ["extends=base", /^--set: extends: unknown key; /],
  ["acceptance.__proto__.mode=closed", /^--set: acceptance\.__proto__\.mode: unknown key; /],
  ["sharing.constructor=1", /^--set: sharing\.constructor: unknown key; /],
  ["demand.waitBps=017", "--set: demand.waitBps: found 017, a number with a leading zero; write 17"],
  ["demand.waitBps=5%", /^--set: demand\.waitBps: found "5%"; .*; write 500$/],
  [
    "demand.waitBps=",
    "--set: demand.waitBps: found nothing; allowed is a whole number from 0 to 10000 (bps)",
  ],
  ["demand.waitBps=[1", /^--set: demand\.waitBps: not YAML: /],
  ["demand.waitBps=&a 1", /^--set: demand\.waitBps: found anchor &a; /],
  ["demand.waitBps=!!int 1", /^--set: demand\.waitBps: found tag /],
  [
    "demand.waitBps=9007199254740993",
    /^--set: demand\.waitBps: found 9007199254740993, a number beyond 2\^53/,
  ],
  ["demand=5", /^--set: demand: found 5; allowed is a group with the keys wantsPerThousandDays, /],
  ["clearing={banks: 7, bank: 8}", /^--set: clearing\.bank: unknown key; .*; did you mean "banks"\?$/],
  [
    "macro.unemploymentBps.2=1",
    '--set: macro.unemploymentBps.2: found place "2"; allowed are places 0 to 1 of the list',
  ],
  ["macro.unemploymentBps.01=1", /^--set: macro\.unemploymentBps\.01: found place "01"; /],
  ["macro.unemploymentBps.-1=1", /^--set: macro\.unemploymentBps\.-1: found place "-1"; /],
  [
    "expected.0.why=so",
    '--set: expected.0.why: found place "0"; the list is empty, allowed is a whole one: [...]',
  ],
  ["seed=a\nb", "--set: seed: found a control character; allowed is printable text"],
  [
    "world.history.set.demand.wiatBps=5",
    /^--set: world\.history\.set\.demand\.wiatBps: unknown key; .*"waitBps"\?$/,
  ],
  [
    "world.history.set.seed=x",
    /^--set: world\.history\.set\.seed: the history takes this from the scenario itself; /,
  ],
  ["world.history.set.world.history.days=60", /: the history takes this from the scenario itself; /],
  ["world.history.set.demand.waitBps=-5", /^--set: world\.history\.set\.demand\.waitBps: found -5; /],
  ["world.history.set.shocks.0.plusBps=5", /: found place "0"; the list is empty, /],
  [
    "world.history.set.demand.waitBps={a: 1}",
    /: found a group of keys; allowed is a number or a text or true or false$/,
  ],
];
for (const [setting, expected] of wrong) {
  Deno.test(`--set ${JSON.stringify(setting)} is refused`, () => {
    const found = refused(setting);
    typeof expected === "string" ? assert.equal(found, expected) : assert.match(found, expected);
  });
}
