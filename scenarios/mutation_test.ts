// Whatever is done to a file, it loads or is refused in one line; the program never stumbles over it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { withFolder } from "#/scenarios/testing/fixture.ts";

const valid = `# A file that says a bit of everything.
title: Mutant
extends: base
seed: "mutant 1"
world:
  merchants: 60
  history: { days: 90, set: { behaviour.forgetBps: 100, clearing.banks: 3 } }
demand:
  waitBps: 500
  categories:
    electronics: { weightBps: 9000, basketMedianCny: 800 }
    other: { weightBps: 1000 }
acceptance:
  baitiao:
    alipay: { mode: bridged, bridgeFeeBps: 20, failover: true }
macro:
  unemploymentBps: [360, 370]
  incomeGrowthBps:
    - -50
    - 60
sharing: { rule: marketShare, originatorFloorBps: 700 }
shocks:
  - { event: rail-outage, rail: rtgs, fromDay: 10, untilDay: 12 }
  - event: spread-jump
    fromDay: 3
    untilDay: 9
    plusBps: 150
expected:
  - { outcome: gmv, against: base, sign: "+", why: more places }
`;

const strange = [
  ..."& * ! | > % @ ` # - ? : , [ ] { } ' \" \\ ~ << --- ... !!js/function !!binary &a *a <<: %YAML".split(
    " ",
  ),
  ..."__proto__ constructor toString 017 0x1f 1_000 1e999 -0 .inf .nan null true 9007199254740993 5% \ud83d"
    .split(" "),
  ..."acceptance set sharing rule event shocks 0 extends: self mutant.yaml ./ ../ / ../../etc".split(" "),
  " ",
  "\n",
  "\n\n",
  "\t",
  "\r",
  "\u0000",
  "\u2028",
  "\ufeff",
  "  ",
  "- ",
  ": ",
  "{".repeat(50),
  "[".repeat(500),
  "a: ".repeat(30),
];

interface Edit {
  at: number;
  cut: number;
  text: string;
}
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(valid.length),
  cut: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(120) }),
  text: fc.oneof(fc.constantFrom(...strange), fc.string({ unit: "binary", maxLength: 4 }), fc.constant("")),
});
const edited = (edits: readonly Edit[]) =>
  edits.reduce((text, { at, cut, text: put }) => text.slice(0, at) + put + text.slice(at + cut), valid);

/** Loads the mutant; tells what became of it. */
function outcome(folder: string, bytes: string | Uint8Array): "loaded" | "refused" {
  writeFileSync(`${folder}/mutant.yaml`, bytes);
  try {
    load("mutant", { folder });
    return "loaded";
  } catch (error) {
    assert.ok(error instanceof ScenarioError, `not a refusal: ${error}`);
    assert.match(error.message, /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
    return "refused";
  }
}

Deno.test("a file with random edits loads or is refused, and both happen", () => {
  withFolder({}, (folder) => {
    assert.equal(outcome(folder, valid), "loaded");
    const count = { loaded: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        count[outcome(folder, edited(edits))]++;
      }),
      { seed: 20190701, numRuns: 800 },
    );
    assert.ok(count.loaded > 20 && count.refused > 400, JSON.stringify(count));
  });
});

Deno.test("a file with random bytes in it loads or is refused", () => {
  withFolder({}, (folder) => {
    const bytes = new TextEncoder().encode(valid);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (hits) => {
          const mutant = bytes.slice();
          for (const [at, byte] of hits) mutant[at] = byte;
          outcome(folder, mutant);
        },
      ),
      { seed: 20190701, numRuns: 300 },
    );
  });
});

Deno.test("random settings are applied or refused", () => {
  withFolder({ "mutant.yaml": valid }, (folder) => {
    const parts =
      "demand waitBps shocks 0 1 -1 plusBps world history set macro unemploymentBps seed __proto__".split(
        " ",
      );
    const path = fc.array(fc.constantFrom(...parts, ""), { maxLength: 6 }).map((steps) => steps.join("."));
    const value = fc.oneof(
      fc.constantFrom(...strange),
      fc.integer().map(String),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(path, fc.constantFrom("=", "", "=="), value, (path, equals, value) => {
        try {
          load("mutant", { folder, set: [path + equals + value] });
        } catch (error) {
          assert.ok(error instanceof ScenarioError, `not a refusal: ${error}`);
        }
      }),
      { seed: 20190701, numRuns: 500 },
    );
  });
});
