// A scenario with everything on top of it: where each number comes from, and what reaches the history.

import assert from "node:assert/strict";
import fc from "fast-check";
import { load, type LoadOptions } from "#/scenarios/load.ts";
import { allPaths, followed, shapeAt } from "#/scenarios/shape.ts";
import { leastScenario, refusal, withFolder } from "#/scenarios/testing/fixture.ts";

const child = (more = "") => `title: Child\nextends: base\n${more}`;
const loaded = (text: string, options: LoadOptions = {}) => {
  let result!: ReturnType<typeof load>;
  withFolder({ "child.yaml": text }, (folder) => result = load("child", { folder, ...options }));
  return result;
};
const refused = (text: string, options: LoadOptions = {}) => {
  let message = "";
  withFolder({ "child.yaml": text }, (folder) => {
    message = refusal(folder, () => load("child", { folder, ...options }));
  });
  return message;
};

Deno.test("every value tells the file and line, the assumption or the option that set it", () => {
  withFolder({ "child.yaml": child("demand:\n  leaveBps: 5\n  waitDays: 9\n") }, (folder) => {
    const { scenario, provenance, assumptions } = load("child", {
      folder,
      set: ["behaviour.forgetBps=77"],
      seed: "other",
      shoppers: 2_000,
      days: 12,
    });
    const told = (path: string) => provenance[path].replace(folder, "F");
    assert.equal(told("demand.leaveBps"), "F/child.yaml:4");
    assert.equal(told("title"), "F/child.yaml:1");
    assert.equal(told("world.startDate"), "F/base.yaml:5");
    assert.equal(told("demand.waitBps"), "F/assumptions.yaml:2 (assumed, 300..2000 bps)");
    assert.equal(told("funding.jd.bankLine.spreadBps"), "F/assumptions.yaml:3 (50..400 bps)");
    assert.equal(told("behaviour.forgetBps"), "--set");
    assert.equal(told("seed"), "--seed");
    assert.equal(told("world.shoppers"), "--shoppers");
    assert.equal(told("world.days"), "--days");
    assert.equal(told("expected"), "default");
    assert.equal(scenario.demand.waitBps, 1_200);
    assert.deepEqual(Object.keys(assumptions), ["demand.waitBps", "funding.jd.bankLine.spreadBps"]);
    assert.equal(assumptions["demand.waitBps"].source, "own estimate (a)");
  });
});

Deno.test("every single value of the scenario has a provenance, and nothing else has", () => {
  const { scenario, provenance } = loaded(
    child("shocks: [{event: rail-outage, rail: dns, fromDay: 1, untilDay: 3}]"),
  );
  const paths: string[] = [];
  const walk = (value: unknown, path: string) => {
    const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
    if (entries.length === 0) paths.push(path);
    for (const [key, below] of entries) walk(below, path ? `${path}.${key}` : key);
  };
  walk(scenario, "");
  assert.deepEqual(Object.keys(provenance).sort(), paths.sort());
});

Deno.test("an assumption yields to any file that says the number", () => {
  const { scenario, assumptions } = loaded(child("demand: {waitBps: 40}"));
  assert.equal(scenario.demand.waitBps, 40);
  assert.deepEqual(Object.keys(assumptions), ["funding.jd.bankLine.spreadBps"]);
});

Deno.test("the history is its own scenario with the people, merchants and seed of this one", () => {
  const { scenario, history } = loaded(
    child("world: {merchants: 77, people: 2000000}\ndemand: {leaveBps: 5}"),
    {
      seed: "other",
      shoppers: 4_000,
      days: 9,
    },
  );
  const base = leastScenario();
  assert.equal(history.title, base.title);
  assert.equal(history.demand.leaveBps, base.demand.leaveBps);
  assert.deepEqual(history.world, {
    ...scenario.world,
    days: scenario.world.history.days,
    shoppers: scenario.world.history.shoppers,
    history: { ...scenario.world.history, set: {} },
  });
  assert.equal(history.world.merchants, 77);
  assert.equal(history.seed, "other");
});

Deno.test("settings, shoppers and days never reach the history", () => {
  const plain = loaded(child());
  const set = [
    "behaviour.forgetBps=77",
    "demand.waitBps=400",
    "acceptance.huabei.jd-mall.mode=bridged",
    "shocks=[]",
  ];
  const changed = loaded(child("credit: {huabei: {chargeOffDpd: 90}}"), { set, shoppers: 2_000, days: 3 });
  assert.notDeepEqual(changed.scenario, plain.scenario);
  assert.deepEqual(changed.history, plain.history);
});

Deno.test("settings below world.history.set reach the history and only it", () => {
  const plain = loaded(child()), set = ["world.history.set.behaviour.forgetBps=77"];
  for (
    const changed of [
      loaded(child(), { set }),
      loaded(child("world: {history: {set: {behaviour.forgetBps: 77}}}")),
    ]
  ) {
    assert.equal(changed.history.behaviour.forgetBps, 77);
    assert.equal(changed.scenario.behaviour.forgetBps, plain.scenario.behaviour.forgetBps);
    assert.deepEqual(changed.scenario.world.history.set, { "behaviour.forgetBps": 77 });
    const same = structuredClone(changed.history);
    same.behaviour.forgetBps = plain.history.behaviour.forgetBps;
    assert.deepEqual(same, plain.history);
  }
  assert.equal(loaded(child(), { set }).provenance["world.history.set.behaviour.forgetBps"], "--set");
});

Deno.test("a setting of the history that it cannot take is refused where it stands", () => {
  const inHistory = (line: string) => child(`world:\n  history:\n    set:\n      ${line}\n`);
  assert.match(
    refused(inHistory("behaviour.forgetBsp: 5")),
    /^F\/child\.yaml:6: world\.history\.set\.behaviour\.forgetBsp: unknown key; .*did you mean "forgetBps"\?$/,
  );
  assert.equal(
    refused(inHistory("behaviour.forgetBps: 5%")),
    'F/child.yaml:6: world.history.set.behaviour.forgetBps: found "5%"; ' +
      "allowed is a whole number from 0 to 10000 (bps); write 500",
  );
  assert.equal(
    refused(inHistory("world.shoppers: 500")),
    "F/child.yaml:6: world.history.set.world.shoppers: the history takes this from the scenario itself; " +
      "set world.history.shoppers instead",
  );
  assert.equal(
    refused(inHistory("behaviour.forgetBps: [1]")),
    "F/child.yaml:6: world.history.set.behaviour.forgetBps: found a list of 1; " +
      "allowed is a number or a text or true or false",
  );
  assert.match(
    refused(inHistory("clearing.rails.dns.opensMinute: 900")),
    /^F\/child\.yaml:6: world\.history\.set\.clearing\.rails\.dns\.opensMinute: found 900; allowed is less than /,
  );
});

Deno.test("a history takes the calendar of its scenario, and another schedule of a product is refused", () => {
  const moved = loaded(child("world: {startDate: 2019-08-01}"));
  assert.equal(moved.history.world.startDate, "2019-08-01");
  assert.match(
    refused(child("credit: {huabei: {schedule: statement}, baitiao: {schedule: statement}}")),
    /credit\.(baitiao|huabei)\.schedule: found statement while the history has per-purchase; allowed together with world\.history\.set\.credit/,
  );
  assert.match(
    refused(child("world:\n  history: {scenario: bse}")),
    /^F\/child\.yaml:4: world\.history\.scenario: found "bse"; no scenario of this name; .*did you mean "base"\?$/,
  );
});

const wrong: [what: string, text: string, message: string | RegExp][] = [
  [
    "an acceptance table that names no such network",
    child("acceptance:\n  baitiao:\n    alipai: {mode: native}"),
    "F/child.yaml:5: acceptance.baitiao.alipai: unknown key; " +
    'allowed are jd-mall, jd-flash-pay, alipay, wechat-pay, union-card; did you mean "alipay"?',
  ],
  [
    "an unknown key at the top",
    child("sedd: 5"),
    /^F\/child\.yaml:3: sedd: unknown key; allowed are title, seed, .*, extends; did you mean "seed"\?$/,
  ],
  [
    "a key of another place",
    child("waitBps: 5"),
    /^F\/child\.yaml:3: waitBps: unknown key; .*; "waitBps" belongs at "demand\.waitBps"$/,
  ],
  [
    "a wrong unit in a key",
    child("clearing:\n  prefundingFen: 5"),
    /^F\/child\.yaml:4: clearing\.prefundingFen: unknown key; allowed are .*; wrong unit, the schema has "prefundingCny" \(CNY\)$/,
  ],
  [
    "a percentage where bps are due",
    child("demand:\n  waitBps: 5%"),
    'F/child.yaml:4: demand.waitBps: found "5%"; allowed is a whole number from 0 to 10000 (bps); write 500',
  ],
  [
    "millions in words",
    child('project:\n  researchCny: "300m"'),
    'F/child.yaml:4: project.researchCny: found "300m"; ' +
    "allowed is a whole number from 0 to 90000000000000 (CNY); write 300000000",
  ],
  [
    "a number in quotes",
    child("demand:\n  waitBps: '500'"),
    'F/child.yaml:4: demand.waitBps: found "500"; allowed is a whole number from 0 to 10000 (bps); write 500',
  ],
  [
    "a negative amount",
    child("clearing:\n  prefundingCny: -1"),
    "F/child.yaml:4: clearing.prefundingCny: found -1; allowed is a whole number from 0 to 90000000000000 (CNY)",
  ],
  [
    "a fraction",
    child("demand:\n  waitDays: 1.5"),
    "F/child.yaml:4: demand.waitDays: found 1.5; allowed is a whole number from 1 to 60 (days)",
  ],
  [
    "nothing after a key",
    child("demand:\n  waitDays:"),
    "F/child.yaml:4: demand.waitDays: found nothing; allowed is a whole number from 1 to 60 (days)",
  ],
  [
    "yes for true",
    child("project:\n  active: yes"),
    'F/child.yaml:4: project.active: found "yes"; allowed is true or false; write true',
  ],
  [
    "a number as the seed",
    child("seed: 42"),
    'F/child.yaml:3: seed: found 42; allowed is a text of 1 to 80 characters; write "42" in quotes',
  ],
  [
    "a word that is not in the list",
    child("acceptance: {baitiao: {alipay: {mode: brigded}}}"),
    'F/child.yaml:3: acceptance.baitiao.alipay.mode: found "brigded"; ' +
    'allowed is one of native, bridged, closed; did you mean "bridged"?',
  ],
  [
    "a date in another form",
    child("world: {startDate: 1.7.2019}"),
    'F/child.yaml:3: world.startDate: found "1.7.2019"; allowed is an ISO date such as 2019-07-01',
  ],
  [
    "a value where a group is due",
    child("fraud:\n  bustOut: true"),
    "F/child.yaml:4: fraud.bustOut: found true; allowed is a group with the keys attempts, days",
  ],
  [
    "a list that is too long",
    child(`macro:\n  unemploymentBps: [${"1, ".repeat(81)}]`),
    "F/child.yaml:4: macro.unemploymentBps: found a list of 81; " +
    "allowed is a list of 1 to 80, each a whole number from 0 to 10000 (bps)",
  ],
  [
    "an item of a list",
    child("macro:\n  unemploymentBps:\n    - 5\n    - 20000"),
    "F/child.yaml:6: macro.unemploymentBps.1: found 20000; allowed is a whole number from 0 to 10000 (bps)",
  ],
  [
    "a shock of no known event",
    child("shocks:\n  - {event: rail-outtage, fromDay: 1, untilDay: 2}"),
    /^F\/child\.yaml:4: shocks\.0\.event: found "rail-outtage"; allowed is one of unemployment-jump, .*; did you mean "rail-outage"\?$/,
  ],
  [
    "a term of another shock",
    child("shocks:\n  - {event: rail-outage, rail: dns, fromDay: 1, untilDay: 2, plusBps: 3}"),
    "F/child.yaml:4: shocks.0.plusBps: unknown key; allowed are event, fromDay, untilDay, rail; " +
    '"plusBps" goes with event: unemployment-jump or spread-jump',
  ],
  [
    "a shock without its rail",
    child("shocks:\n  - {event: rail-outage, fromDay: 1, untilDay: 2}"),
    "F/child.yaml:4: shocks.0.rail: missing; allowed is one of dns, rtgs, card",
  ],
  [
    "a missing title",
    "extends: base\n",
    "F/child.yaml:1: title: missing; allowed is a text of 3 to 160 characters, each file's own",
  ],
  [
    "a title of no text",
    "title: 5\nextends: base",
    "F/child.yaml:1: title: found 5; allowed is a text of 3 to 160 characters, each file's own",
  ],
];
for (const [what, text, expected] of wrong) {
  Deno.test(`load() refuses ${what}`, () => {
    const found = refused(text);
    typeof expected === "string" ? assert.equal(found, expected) : assert.match(found, expected);
  });
}

Deno.test("a root file without a seed is refused, and so is its child", () => {
  const { seed: _, ...seedless } = leastScenario();
  const text = JSON.stringify(seedless, null, 1);
  const missing = "seed: missing; allowed is a text of 1 to 80 characters";
  withFolder({ "root.yaml": text, "leaf.yaml": "title: Leaf\nextends: root\n" }, (folder) => {
    assert.equal(refusal(folder, () => load("root", { folder })), `F/root.yaml:1: ${missing}`);
    assert.equal(refusal(folder, () => load("leaf", { folder })), `F/leaf.yaml:1: ${missing}`);
    assert.equal(load("leaf", { folder, seed: "now" }).scenario.seed, "now");
  });
});

Deno.test("a file that says little names the first of what is missing, and counts the rest", () => {
  assert.match(
    refused("title: Little\nseed: a\n"),
    /^F\/child\.yaml:1: \S+: missing; allowed is .* \(and \d+ more\)$/,
  );
});

Deno.test("unknown keys are told before what is missing", () => {
  const { seed: _, ...seedless } = leastScenario();
  assert.match(
    refused(JSON.stringify({ ...seedless, sedd: "a" })),
    /^F\/child\.yaml:1: sedd: unknown key; .*; did you mean "seed"\? \(and 1 more\)$/,
  );
});

Deno.test("terms of a choice go when a later file chooses otherwise, and not before", () => {
  const files = {
    "a.yaml": child("sharing: {rule: marketShare, originatorFloorBps: 7}"),
    "b.yaml": "title: Back\nextends: a\nsharing: {rule: originator}",
    "c.yaml": "title: Both\nextends: a\nsharing: {rule: originator, originatorFloorBps: 8}",
  };
  withFolder(files, (folder) => {
    assert.deepEqual(load("b", { folder }).scenario.sharing, { rule: "originator" });
    assert.deepEqual(load("a", { folder, set: ["sharing.rule=originator"] }).scenario.sharing, {
      rule: "originator",
    });
    assert.equal(
      refusal(folder, () => load("c", { folder })),
      "F/c.yaml:3: sharing.originatorFloorBps: unknown key; allowed are rule; " +
        '"originatorFloorBps" goes with rule: marketShare or layered',
    );
  });
});

Deno.test("shoppers must stand for a whole number of people each", () => {
  assert.equal(
    refused(child(), { shoppers: 3_001 }),
    "--shoppers: world.shoppers: found 3001, which does not divide world.people 1000000 into whole factors; " +
      "the nearest that do are 2500 and 3125",
  );
  assert.equal(loaded(child(), { shoppers: 3_125 }).scenario.world.people, 1_000_000);
});

Deno.test("options outside the schema are refused by their name", () => {
  assert.match(
    refused(child(), { days: 0 }),
    /^--days: world\.days: found 0; allowed is a whole number from 1 to /,
  );
  assert.match(refused(child(), { days: NaN }), /^--days: world\.days: found NaN; /);
  assert.match(refused(child(), { shoppers: 1.5 }), /^--shoppers: world\.shoppers: found 1\.5; /);
  assert.equal(
    refused(child(), { seed: "" }),
    '--seed: seed: found ""; allowed is a text of 1 to 80 characters',
  );
});

Deno.test("what a file says is what the scenario holds; all else is as in its parent", () => {
  const free = allPaths().filter((path) =>
    /^(behaviour|scoring|collections|adoption|merchants)\./.test(path)
  );
  const numbers = free.filter((path) => followed(shapeAt(path.split("."))!).type === "integer");
  withFolder({}, (folder) => {
    const base = load("base", { folder });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(numbers.length - 1), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (picks, luck) => {
          const said = new Map(picks.map((pick) => {
            const shape = followed(shapeAt(numbers[pick].split("."))!);
            return [numbers[pick], shape.minimum! + luck % (shape.maximum! - shape.minimum! + 1)];
          }));
          const set = [...said].map(([path, value]) => `${path}=${value}`);
          const { scenario } = load("base", { folder, set });
          for (const path of numbers) {
            const at = (from: unknown) =>
              path.split(".").reduce((here, key) => (here as Record<string, unknown>)[key], from);
            assert.equal(at(scenario), said.get(path) ?? at(base.scenario), path);
          }
        },
      ),
      { seed: 20190701, numRuns: 60 },
    );
  });
});

Deno.test("an option does not hide that the file itself is wrong", () => {
  const days = /^F\/child\.yaml:3: world\.days: found 0; allowed is a whole number from 1 to 3650/;
  assert.match(refused(child("world: {days: 0}"), { days: 1 }), days);
  assert.match(refused(child("world: {days: 0}"), { set: ["world.days=1"] }), days);
  assert.match(refused(child("seed: ''"), { seed: "other" }), /^F\/child\.yaml:3: seed: found ""; /);
  assert.match(
    refused(child("world: {shoppers: 3001}"), { shoppers: 1_000 }),
    /^F\/child\.yaml:3: world\.shoppers: found 3001, /,
  );
  assert.match(
    refused(child("clearing: {windowMinutes: [60, 60]}"), { set: ["clearing.windowMinutes=[60, 90]"] }),
    /^F\/child\.yaml:3: clearing\.windowMinutes\.1: found 60 after 60; /,
  );
});

Deno.test("an expectation names an outcome that a run has and a scenario that is there", () => {
  const expecting = (outcome: string, against: string) =>
    child(`expected:\n  - { outcome: ${outcome}, against: ${against}, sign: "+", why: so }\n`);
  const outcomes = ["gmv", "users.jd"];
  assert.equal(loaded(expecting("gmv", "base"), { outcomes }).scenario.expected.length, 1);
  assert.equal(loaded(expecting("gmv", "./child.yaml"), { outcomes }).scenario.expected.length, 1);
  assert.equal(loaded(expecting("gmw", "base")).scenario.expected[0].outcome, "gmw");
  assert.equal(
    refused(expecting("gmw", "base"), { outcomes }),
    'F/child.yaml:4: expected.0.outcome: found "gmw"; allowed are the outcomes of a run: gmv, users.jd; did you mean "gmv"?',
  );
  assert.match(
    refused(expecting("users.jb", "bas"), { outcomes }),
    /^F\/child\.yaml:4: expected\.0\.outcome: found "users\.jb"; .*did you mean "users\.jd"\? \(and 1 more\)$/,
  );
  assert.match(
    refused(expecting("gmv", "bas")),
    /^F\/child\.yaml:4: expected\.0\.against: found "bas"; no scenario of this name; .*did you mean "base"\?$/,
  );
  assert.match(
    refused(expecting("gmv", "./none.yaml")),
    /^F\/child\.yaml:4: expected\.0\.against: found "\.\/none\.yaml", which is F\/none\.yaml: no such file/,
  );
});
