import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import { run } from "#/sim/run.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

Deno.test("the list of outcomes is what runs give: no name too many, none missing, none twice", () => {
  const set = ["world.history.shoppers=200", "world.history.days=40"];
  const asked = [
    ["baseline"],
    ["interop"],
    ["interop", "identity.policy=recordLinkage"],
    ["i2-cobranded-card"],
    ["x1-cross-border"],
  ];
  const given = new Set(asked.flatMap(([name, ...more]) => {
    const supposed = load(name, { shoppers: 200, days: 2, set: [...set, ...more] });
    return Object.keys(run(supposed, 0).outcomes);
  }));
  const unlisted = [...given].filter((name) => !outcomeNames.includes(name));
  const gone = outcomeNames.filter((name) => !given.has(name));
  assert.deepEqual({ unlisted, gone }, { unlisted: [], gone: [] }, "mend the list in outcome_names.ts");
  assert.equal(new Set(outcomeNames).size, outcomeNames.length);
});
