import assert from "node:assert/strict";
import { run } from "#/sim/run.ts";
import { differenceFrom } from "./first_difference.ts";
import { bookOf, small } from "./worlds.ts";

Deno.test("differenceFrom() says of every setting what the hashes of whole runs say, whenever it begins to act", () => {
  const supposedWith = (...set: string[]) => small("interop", { shoppers: 200, days: 24, set });
  const base = supposedWith(), openingBook = bookOf(base);
  const differs = differenceFrom(base, { openingBook });
  const { hash } = run(base, 0, { openingBook });
  const settings = [
    ["demand.wantsPerThousandDays=2000"],
    ["shocks=[{ event: unemployment-jump, fromDay: 20, untilDay: 23, plusBps: 4000 }]"],
    ["clearing.rails.dns.opensMinute=1"],
    ["identity.credentials.sampledProofsPpm=0"],
    ["credit.huabei.dueDays=5"],
    ["scoring.cutoffPoints=900"],
  ];
  const said = settings.map((set) => differs(supposedWith(...set)));
  assert.deepEqual(said, settings.map((set) => run(supposedWith(...set), 0, { openingBook }).hash !== hash));
  assert.ok(said.includes(true) && said.includes(false));
  assert.equal(differs(base), false);
});
