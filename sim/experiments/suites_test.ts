import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { goldenFile, readSuite, shippedSuites } from "#/scenarios/suite_schema.ts";

const outcomes = outcomeNames;

Deno.test("every shipped suite can be read, and every case of it can be run", () => {
  const names = shippedSuites();
  for (
    const wanted of [
      ...[
        "liquidity",
        "default",
        "outage",
        "abs-market-shut",
        "fraud-ring",
        "consent-withdrawal",
        "regulation",
      ],
      ...["leverage-2020", "spring-2020", "rectification-2020-21", "fed-2025", "pboc-ladder"],
    ]
  ) assert.ok(names.includes(wanted), wanted);
  for (const name of names) assert.ok(readSuite(name, { outcomes }).cases.length >= 2, name);
});

Deno.test("a ladder of the library becomes a case a step, a published path settings of its case", () => {
  const { cases } = readSuite("pboc-ladder", { outcomes });
  assert.deepEqual(cases.map(({ name }) => name), ["hardship", "hardship-x2", "hardship-x3", "hardship-x5"]);
  assert.match(cases[3].set.at(-1)!, /^behaviour.hardshipPerYearBps=3705$/);
  const fed = readSuite("fed-2025", { outcomes }).cases.find(({ name }) => name === "severely-adverse")!;
  assert.ok(
    fed.set.some((setting) => setting.startsWith("macro.unemploymentBps=[510,660,780")),
    String(fed.set),
  );
});

Deno.test("what a suite cannot mean is refused with its line", () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "mine.yaml");
  const read = (text: string) => {
    writeFileSync(file, text);
    return () => readSuite(file, { outcomes });
  };
  const head =
    "title: mine\nshoppers: 200\ndays: 5\nreplications: 1\noutcomes: { gmv: { relative: 0.1 } }\ncases:\n";
  try {
    assert.equal(read(`${head}  - { name: a, scenario: baseline }\n`)().cases.length, 1);
    assert.throws(
      read(head.replace("gmv", "gmw") + "  - { name: a, scenario: baseline }\n"),
      /mine.yaml:5: outcomes.gmw.*did you mean "gmv"/,
    );
    assert.throws(
      read(`${head}  - { name: a, scenario: baseline }\n  - { name: a, scenario: interop }\n`),
      /:8: cases.1.name.*second time/,
    );
    assert.throws(
      read(`${head}  - { name: a, scenario: basline }\n`),
      /mine.yaml:7: cases.0: "basline": no scenario of this name; .*did you mean "baseline"/,
    );
    assert.throws(read(`${head}  - { name: a, scenario: baseline, set: ["demand.waitBp=1"] }\n`), /demand/);
    assert.throws(read(`${head}  - { name: a, scenario: baseline, path: fed-1913 }\n`), /no path "fed-1913"/);
    const ladder = (over: string, name = "pboc-bad-loans") =>
      `${head}  - { name: a, scenario: baseline, ladder: { name: ${name}, over: ${over} } }\n`;
    assert.throws(read(ladder("world.startDate")), /allowed is the path of a number/);
    assert.throws(
      read(ladder("behaviour.hardshipPerYearBps", "imf")),
      /found "imf"; allowed are pboc-bad-loans/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.throws(() => readSuite("liqidity", { outcomes }), /no such suite.*did you mean "liquidity"/);
  assert.match(goldenFile("/a/b/mine.yaml"), /\/a\/b\/goldens\/mine.json$/);
});
