// The hash of a supposition: what changes it and what does not.

import assert from "node:assert/strict";
import { scenarioHash } from "#/scenarios/hash.ts";
import { load, type LoadOptions } from "#/scenarios/load.ts";
import { withFolder } from "#/scenarios/testing/fixture.ts";

Deno.test("scenarioHash() is one name for one supposition, whatever file says it", () => {
  const files = {
    "a.yaml": "title: The least of everything\nextends: base\n",
    "b.yaml": "title: The least of everything\nextends: a\ndemand: {leaveBps: 0}\n",
  };
  withFolder(files, (folder) => {
    const of = (name: string, options: LoadOptions = {}) => scenarioHash(load(name, { folder, ...options }));
    assert.match(of("base"), /^[0-9a-f]{64}$/);
    assert.equal(of("a"), of("base"));
    assert.equal(of("b"), of("base"));
    assert.notEqual(of("a", { seed: "other" }), of("a"));
    assert.notEqual(of("a", { set: ["demand.leaveBps=1"] }), of("a"));
    assert.notEqual(of("a", { set: ["world.history.set.demand.leaveBps=1"] }), of("a"));
  });
});
