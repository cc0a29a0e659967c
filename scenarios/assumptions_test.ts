// The table of uncertain numbers: strict about units, ranges, sources and paths.

import assert from "node:assert/strict";
import { parseAssumptions } from "#/scenarios/assumptions.ts";
import { refusal } from "#/scenarios/testing/fixture.ts";
import { plain } from "#/scenarios/tree.ts";

const line = (path: string, changes = "") =>
  `${path}: { ${changes || "unit: bps, base: 1000, range: [300, 2000], source: own estimate (a)"} }`;
const refused = (...lines: string[]) =>
  refusal("", () => parseAssumptions(lines.join("\n"), "assumptions.yaml"));

Deno.test("assumptions fill the scenario at their dotted paths", () => {
  const text = [
    line("demand.waitBps"),
    line("world.people", "unit: count, base: 5, range: [5, 5], source: census"),
  ];
  const { tree, byPath } = parseAssumptions(text.join("\n"), "assumptions.yaml");
  assert.deepEqual(plain(tree), { demand: { waitBps: 1_000 }, world: { people: 5 } });
  assert.deepEqual(byPath.get("world.people"), {
    unit: "count",
    base: 5,
    range: [5, 5],
    source: "census",
    assumed: false,
  });
  assert.equal(byPath.get("demand.waitBps")?.assumed, true);
});

const wrong: [what: string, line: string, message: string | RegExp][] = [
  [
    "a unit that the key does not say",
    line("demand.waitBps", "unit: ppm, base: 1, range: [0, 2], source: book"),
    "assumptions.yaml:1: demand.waitBps.unit: found ppm; allowed is bps, as the key says",
  ],
  [
    "a unit that is none",
    line("demand.waitBps", "unit: percent, base: 1, range: [0, 2], source: book"),
    'assumptions.yaml:1: demand.waitBps.unit: found "percent"; ' +
    "allowed is one of bps, ppm, CNY, days, day of month, minutes, points, steps, km, fen, seconds, count",
  ],
  [
    "a base outside its range",
    line("demand.waitBps", "unit: bps, base: 9, range: [1, 8], source: book"),
    "assumptions.yaml:1: demand.waitBps.base: found 9; allowed is its range 1..8",
  ],
  [
    "a range upside down",
    line("demand.waitBps", "unit: bps, base: 5, range: [8, 1], source: book"),
    /^assumptions\.yaml:1: demand\.waitBps\.range: found 8\.\.1; the low end must not be above the high end/,
  ],
  [
    "a range beyond the schema",
    line("demand.waitDays", "unit: days, base: 5, range: [0, 90], source: book"),
    "assumptions.yaml:1: demand.waitDays.range: found 0..90; " +
    "allowed is a whole number from 1 to 60 (days) at both ends",
  ],
  [
    "a range of one end",
    line("demand.waitBps", "unit: bps, base: 5, range: [8], source: book"),
    "assumptions.yaml:1: demand.waitBps.range: found a list of 1; allowed is a list of 2, each a number (bps)",
  ],
  [
    "an empty source",
    line("demand.waitBps", 'unit: bps, base: 5, range: [1, 8], source: "  "'),
    /^assumptions\.yaml:1: demand\.waitBps\.source: found " {2}"; allowed is a text/,
  ],
  [
    "a missing source",
    line("demand.waitBps", "unit: bps, base: 5, range: [1, 8]"),
    /^assumptions\.yaml:1: demand\.waitBps\.source: missing; /,
  ],
  [
    "a further key",
    line("demand.waitBps", "unit: bps, base: 5, range: [1, 8], source: book, note: so"),
    "assumptions.yaml:1: demand.waitBps.note: unknown key; allowed are unit, base, range, source",
  ],
  [
    "a path that is none",
    line("demand.wiatBps"),
    /^assumptions\.yaml:1: demand\.wiatBps: unknown key; allowed are .*; did you mean "waitBps"\?$/,
  ],
  [
    "a path of no number",
    line("world.startDate"),
    "assumptions.yaml:1: world.startDate: found an ISO date such as 2019-07-01 at this path; " +
    "allowed are paths of single numbers outside lists",
  ],
  [
    "a place in a list",
    line("macro.unemploymentBps.0"),
    /^assumptions\.yaml:1: macro\.unemploymentBps\.0: found .* outside lists$/,
  ],
];
for (const [what, text, expected] of wrong) {
  Deno.test(`parseAssumptions() refuses ${what}`, () => {
    const found = refused(text);
    typeof expected === "string" ? assert.equal(found, expected) : assert.match(found, expected);
  });
}

Deno.test("an assumption said twice is refused with both lines", () => {
  assert.equal(
    refused(line("demand.waitBps"), line("demand.leaveBps"), line("demand.waitBps")),
    "assumptions.yaml:3: demand.waitBps: duplicate key, first said in line 1; allowed is once",
  );
});
