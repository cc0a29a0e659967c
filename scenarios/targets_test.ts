import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { list } from "#/scenarios/load.ts";
import { readTargets, searchedOf, whyForbidden } from "#/scenarios/targets.ts";

const shipped = readFileSync(fileURLToPath(new URL("./targets.yaml", import.meta.url)), "utf8");

function changed(from: string | RegExp, to: string): () => unknown {
  const text = shipped.replace(from, to);
  assert.notEqual(text, shipped, `${from} stands in the file`);
  return () => {
    const folder = mkdtempSync(join(tmpdir(), "hutong-targets-")), file = join(folder, "my.yaml");
    try {
      writeFileSync(file, text);
      return readTargets(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

Deno.test("a third of the shipped targets or more is never searched: rolls, vintages and the spring of 2020", () => {
  const { targets, free } = readTargets();
  const compared = targets.filter(({ searched }) => !searched);
  assert.ok(compared.length * 3 >= targets.length);
  assert.deepEqual([...new Set(compared.map(({ reads }) => reads))], [
    "lateRise",
    "roll",
    "vintage",
    "vintageSlope",
  ]);
  assert.ok(free.length < searchedOf(targets).length);
});

Deno.test("every target has a value in its range, a denominator and a source, and a mixture where it has several books", () => {
  for (const { name, value, low, high, denominator, source } of readTargets().targets) {
    assert.ok(low <= value && value <= high, name);
    assert.ok(denominator.length > 3 && source.length > 3, name);
  }
});

Deno.test("what acts on one issuer is refused, by the file or by its own name; what acts on people is not", () => {
  const targets = readTargets();
  for (
    const path of [
      "credit.baitiao.limitCapCny",
      "funding.ant.bankLine.spreadBps",
      "population.prefersBaitiaoBps",
      "population.huabeiUsersBps",
      "behaviour.activityDays",
      "world.people",
    ]
  ) assert.ok(whyForbidden(path, targets), path);
  assert.match(whyForbidden("fees.huabei.lateBps", { forbidden: [] })!, /belongs to huabei alone/);
  for (const path of targets.free) assert.equal(whyForbidden(path, targets), undefined, path);
});

Deno.test("a file of targets is refused with its line, what was found and what is allowed", () => {
  const refused = (from: string | RegExp, to: string, reason: RegExp) =>
    assert.throws(changed(from, to), reason);
  refused(
    "reads: lateShare",
    "reads: latShare",
    /my\.yaml:\d+: targets\.0\.reads: found "latShare"; allowed is /,
  );
  refused(
    "of: [huabei]",
    "of: [jiebei]",
    /targets\.0\.of\.0: found "jiebei"; allowed is one of baitiao, huabei/,
  );
  refused("dpd: 30", "dpd: 45", /targets\.0\.dpd: found 45/);
  refused(
    "value: 0.0156",
    "value: 0.02",
    /targets\.0\.value: found 0\.02; allowed is its range 0\.01 to 0\.018/,
  );
  refused("low: 0.010", "low: 0.3", /targets\.0\.low: found 0\.3 to 0\.018; the low end must be below/);
  refused("name: ant90", "name: ant30", /targets\.1\.name: found "ant30" a second time; allowed is once/);
  refused(
    'on: "2019-12-31"',
    'on: "2019-13-31"',
    /targets\.0\.on: found "2019-13-31"; allowed is a day of the calendar/,
  );
  refused(
    'since: "2020-01-31"',
    'since: "2020-06-30"',
    /since: found 2020-06-30; allowed is a day before 2020-05-31/,
  );
  refused("monthsOnBook: [4, 8]", "monthsOnBook: [8, 4]", /found 8 to 4; allowed are months that rise/);
  refused('path: "credit.*"', 'path: "cre*dit"', /found "cre\*dit"; allowed is one \* at the end/);
  refused("title: Published", "titel: Published", /titel/);
  refused(/ {4}source: "Ant prospectus, by way of press: 1\.08.*\n/, "", /targets\.0\.source: missing/);
});

Deno.test("the file of targets is no scenario", () => {
  assert.ok(!list().some(({ name }) => name === "targets"));
});
