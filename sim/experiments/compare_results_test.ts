import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareResults, readSide, type Side } from "./compare_results.ts";

const world = { shoppers: 1, peoplePerShopper: 1, startDate: "2019-07-01", days: 20, calibration: "c" };
const one = (replication: number, gmv: number, { engine = "x", seed = "s", add = 0 } = {}) => ({
  ...{ scenario: "baseline", seed, replication, engine, replay: "again", hash: `${engine}${gmv}`, world },
  outcomes: { gmv: { value: gmv, unit: "CNY" as const } },
  daily: { columns: { sales: Array.from({ length: 20 }, (_, day) => add + (day * 7) % 5) } },
});
const side = (...results: Side["results"]): Side => ({ path: "p", results });
const verdicts = (a: Side, b: Side) =>
  compareResults(a, b).rows.map(({ name, verdict }) => `${name} ${verdict}`);

Deno.test("one run with itself is equal, and with another number differs however little", () => {
  assert.deepEqual(verdicts(side(one(0, 5)), side(one(0, 5))), ["gmv equal"]);
  const found = compareResults(side(one(0, 5)), side(one(0, 5.1)));
  assert.ok(found.isExact && !found.isEqual);
  assert.deepEqual(found.rows.map(({ verdict }) => verdict), ["differs", "equal"]);
});

Deno.test("replications of two engines differ only where the interval of paired differences does not cover zero", () => {
  const runs = (shift: number[], engine: string) =>
    side(...shift.map((by, r) => one(r, 100 * r + by, { engine })));
  assert.deepEqual(verdicts(runs([0, 0, 0, 0], "x"), runs([1, -1, 1, -1], "y")), [
    "gmv cannot be told apart",
  ]);
  assert.deepEqual(verdicts(runs([0, 0, 0, 0], "x"), runs([5, 6, 5, 6], "y")), ["gmv differs"]);
  const otherLuck = side(...[0, 1, 2, 3].map((r) => one(r, 100 * r + 5, { engine: "y", seed: "t" })));
  assert.deepEqual(verdicts(runs([0, 0, 0, 0], "x"), otherLuck), ["gmv cannot be told apart"]);
});

Deno.test("of single runs the daily record is compared in batches of days", () => {
  const found = compareResults(side(one(0, 5)), side(one(0, 6, { engine: "y", add: 1 })));
  assert.deepEqual(found.rows.map(({ name, verdict, over }) => [name, verdict, over]), [
    ["gmv", "differs", "one run"],
    ["daily sales", "differs", "days"],
  ]);
});

Deno.test("an outcome that one side lacks is told", () => {
  const bare = { ...one(0, 5), outcomes: {}, hash: "z" };
  assert.equal(compareResults(side(one(0, 5)), side(bare)).rows[0].verdict, "on one side only");
});

Deno.test("sides are files or folders of replications; what is no result of a run is refused", () => {
  const folder = Deno.makeTempDirSync();
  const put = (name: string, what: unknown) => writeFileSync(join(folder, name), JSON.stringify(what));
  try {
    assert.throws(() => readSide(folder), /no .json file/);
    put("b.json", one(0, 1));
    put("a.json", one(1, 2));
    assert.deepEqual(readSide(folder).results.map(({ replication }) => replication), [0, 1]);
    assert.equal(readSide(join(folder, "a.json")).results.length, 1);
    put("c.json", one(1, 2));
    assert.throws(() => readSide(folder), /replication 1 twice/);
    put("c.json", one(2, 2, { engine: "y" }));
    assert.throws(() => readSide(folder), /beside baseline of engine x/);
    put("c.json", { cases: {} });
    assert.throws(() => readSide(folder), /no result of a run/);
    assert.throws(() => readSide(join(folder, "none")), /no such file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
