// What `scenarios show` prints: every number with its origin, and the same scenario when read again.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { annotated } from "#/scenarios/annotate.ts";
import { load } from "#/scenarios/load.ts";
import { withFolder } from "#/scenarios/testing/fixture.ts";

const child = `title: "017: yes & [no] # \\x85"
extends: base
macro: {unemploymentBps: [500, 600], incomeGrowthBps: [-1, 2]}
shocks:
  - {event: rail-outage, rail: rtgs, fromDay: 1, untilDay: 5}
expected:
  - {outcome: gmv, against: base, sign: "0", why: "true"}
world: {history: {set: {behaviour.forgetBps: 5}}}
`;

Deno.test("a shown scenario, read as a file of its own, is the same scenario", () => {
  withFolder({ "child.yaml": child }, (folder) => {
    for (
      const set of [[], ["sharing={rule: marketShare, originatorFloorBps: 9}", "seed=null", "shocks=[]"]]
    ) {
      const shown = load("child", { folder, set });
      writeFileSync(`${folder}/again.yaml`, annotated(shown));
      const again = load("again", { folder });
      assert.deepEqual(again.scenario, shown.scenario);
      assert.deepEqual(again.history, shown.history);
      assert.deepEqual(again.assumptions, {});
    }
  });
});

Deno.test("each number of a shown scenario has its origin behind it", () => {
  withFolder({ "child.yaml": child }, (folder) => {
    const text = annotated(load("child", { folder, set: ["demand.waitDays=9"] })).replaceAll(folder, "F");
    const of = (key: string) =>
      text.split("\n").find((line) => line.trimStart().startsWith(`${key}:`))?.replace(/ +/g, " ");
    assert.equal(
      of("waitBps"),
      " waitBps: 1200 # F/assumptions.yaml:2 (assumed, 300..2000 bps): own estimate (a)",
    );
    assert.equal(of("unemploymentBps"), " unemploymentBps: [500, 600] # F/child.yaml:3");
    assert.equal(of("waitDays"), " waitDays: 9 # --set");
    assert.equal(of("merchants"), " merchants: 50 # F/base.yaml:9");
    for (const line of text.split("\n")) assert.match(line, /^$|^[ -]*\S+:$|: .+ # \S/);
  });
});
