// Files that extend files: found by name or path, merged from the root, never in a circle.

import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { list, load } from "#/scenarios/load.ts";
import { refusal, withFolder } from "#/scenarios/testing/fixture.ts";

const child = (parent: string, more = "") => `title: Child\nextends: ${parent}\n${more}`;
const refusedWith = (files: Record<string, string>, name: string) => {
  let text = "";
  withFolder(files, (folder) => text = refusal(folder, () => load(name, { folder })));
  return text;
};

Deno.test("a child changes what it says and inherits the rest, the seed included", () => {
  withFolder(
    { "child.yaml": child("base", "demand: {leaveBps: 5}\nmacro: {incomeGrowthBps: [70]}\n") },
    (folder) => {
      const { scenario } = load("child", { folder }), base = load("base", { folder }).scenario;
      const expected = structuredClone(base);
      expected.title = "Child";
      expected.demand.leaveBps = 5;
      expected.macro.incomeGrowthBps = [70];
      assert.deepEqual(scenario, expected);
      assert.equal(scenario.seed, "fixture");
    },
  );
});

Deno.test("lists replace, they do not grow", () => {
  const files = {
    "a.yaml": child("base", "clearing: {windowMinutes: [60, 120, 180]}"),
    "b.yaml": child("a", "clearing: {windowMinutes: [90]}"),
  };
  withFolder(
    files,
    (folder) => assert.deepEqual(load("b", { folder }).scenario.clearing.windowMinutes, [90]),
  );
});

Deno.test("expected effects belong to their own file", () => {
  const effect = "expected: [{outcome: gmv, against: base, sign: +, why: more places}]";
  withFolder({ "a.yaml": child("base", effect), "b.yaml": child("a") }, (folder) => {
    assert.equal(load("a", { folder }).scenario.expected.length, 1);
    assert.deepEqual(load("b", { folder }).scenario.expected, []);
  });
});

Deno.test("a path is relative to the file that says it, a name to the folder of scenarios", () => {
  withFolder({}, (folder) => {
    mkdirSync(`${folder}/mine`);
    writeFileSync(`${folder}/mine/a.yaml`, child("./b.yaml", "seed: a\n"));
    writeFileSync(`${folder}/mine/b.yaml`, child("../c.yml"));
    writeFileSync(`${folder}/c.yml`, child("base", "demand: {leaveBps: 8}"));
    const { scenario, files, name } = load(`${folder}/mine/a.yaml`, { folder });
    assert.equal(scenario.seed, "a");
    assert.equal(scenario.demand.leaveBps, 8);
    assert.equal(name, `${folder}/mine/a.yaml`);
    assert.deepEqual(files.map((file) => file.replace(folder, "F").replace(/ sha256:[0-9a-f]{64}$/, "")), [
      "F/mine/a.yaml",
      "F/mine/b.yaml",
      "F/c.yml",
      "F/base.yaml",
      "F/assumptions.yaml",
    ]);
  });
});

Deno.test("a cycle in extends is refused and named", () => {
  assert.equal(
    refusedWith({ "a.yaml": child("b"), "b.yaml": child("c"), "c.yaml": child("b") }, "a"),
    "F/c.yaml:2: extends: a cycle: F/b.yaml → F/c.yaml → F/b.yaml; a chain must end in a file that extends nothing",
  );
  assert.match(
    refusedWith({ "a.yaml": child("a") }, "a"),
    /^F\/a\.yaml:2: extends: a cycle: F\/a\.yaml → F\/a\.yaml;/,
  );
});

Deno.test("a cycle through a symbolic link is seen", () => {
  withFolder({ "a.yaml": child("other") }, (folder) => {
    symlinkSync(`${folder}/a.yaml`, `${folder}/other.yaml`);
    const text = refusal(folder, () => load("a", { folder }));
    assert.equal(
      text,
      "F/a.yaml:2: extends: a cycle: F/a.yaml → F/other.yaml; a chain must end in a file that extends nothing",
    );
  });
});

Deno.test("a parent that is not there is refused at the line that names it, with the nearest name", () => {
  assert.equal(
    refusedWith({ "a.yaml": child("bsae") }, "a"),
    'F/a.yaml:2: extends: found "bsae"; no scenario of this name; allowed are a, base, or a path that ends in .yaml; ' +
      'did you mean "base"?',
  );
  assert.equal(
    refusedWith({ "a.yaml": child("./b.yaml") }, "a"),
    'F/a.yaml:2: extends: found "./b.yaml", which is F/b.yaml: no such file; allowed is the path of a file that is there',
  );
  assert.equal(
    refusedWith({ "a.yaml": child("[base]") }, "a"),
    "F/a.yaml:2: extends: found a list of 1; allowed is the name of a scenario or the path of a file",
  );
});

Deno.test("an unknown name is refused with the nearest; assumptions are no scenario", () => {
  const allowed = "no scenario of this name; allowed are base, or a path that ends in .yaml";
  assert.equal(refusedWith({}, "bas"), `"bas": ${allowed}; did you mean "base"?`);
  assert.equal(refusedWith({}, "assumptions"), `"assumptions": ${allowed}`);
});

Deno.test("a fault in a parent is told in the parent's file", () => {
  assert.equal(
    refusedWith({ "a.yaml": child("b"), "b.yaml": child("base", "demand:\n  leaveBps: 020\n") }, "a"),
    "F/b.yaml:4: demand.leaveBps: found 020, a number with a leading zero; write 20",
  );
  assert.match(
    refusedWith({ "a.yaml": child("b"), "b.yaml": child("base", "demand:\n  leaveBps: many\n") }, "a"),
    /^F\/b\.yaml:4: demand\.leaveBps: found "many"; /,
  );
});

Deno.test("list() gives each scenario's name and title, sorted, without the assumptions", () => {
  withFolder({ "b.yaml": child("base"), "a.yaml": "title: First\nextends: base" }, (folder) => {
    assert.deepEqual(list({ folder }), [
      { name: "a", title: "First" },
      { name: "b", title: "Child" },
      { name: "base", title: "The least of everything" },
    ]);
  });
});
