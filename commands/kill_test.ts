import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { replayVerb } from "#/commands/replay.ts";
import { runVerb } from "#/commands/run.ts";
import { sweepCommand } from "#/commands/sweep.ts";
import { begun, heldBytes, killedWriting } from "#/commands/testing/held.ts";
import { smallWorld, typed } from "#/commands/testing/typed.ts";
import { readGolden } from "#/sim/experiments/goldens.ts";
import { Store } from "#/sim/experiments/store.ts";
import { storeDamage } from "#/sim/experiments/store_damage.ts";
import { killed, until } from "#/sim/experiments/testing/child.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";
import { uniform } from "#/sim/experiments/testing/luck.ts";

const suite = `title: A small suite
shoppers: 200
days: 4
replications: 1
outcomes: { gmv: { relative: 0.01 } }
cases: [{ name: closed, scenario: baseline }]
`;

Deno.test("replay --accept killed in the middle of writing leaves the old golden; given again it ends as if nothing had been", async () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "small.yaml");
  const golden = join(folder, "goldens", "small.json"), draft = `${golden}.part`;
  const words = [file, "--quiet", "--workers", "1", "--store", join(folder, "s.sqlite"), "--accept"];
  try {
    writeFileSync(file, suite);
    await typed(replayVerb(), [...words, "--reason", "the first golden of this suite"]);
    const before = readFileSync(golden, "utf8");
    // A reason so long that a pipe does not hold the golden.
    const again = [...words, "--reason", "a reason as long as a novel. ".repeat(4_000)];
    const written = await killedWriting(draft, ["replay", ...again]);
    assert.ok(written.length > 0 && written.length <= 8_192);
    assert.equal(readFileSync(golden, "utf8"), before);
    assert.equal((await typed(replayVerb(), words.slice(0, -1))).code, 0);
    assert.equal(existsSync(draft), true, "reading takes nothing away");

    await typed(replayVerb(), again);
    assert.deepEqual(readdirSync(join(folder, "goldens")), ["small.json"]);
    const after = readFileSync(golden);
    assert.ok(after.length > heldBytes);
    assert.deepEqual(Buffer.from(written), after.subarray(0, written.length));
    assert.match(readGolden(golden)!.reason, /^a reason as long/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("run --out killed in the middle of writing leaves the old result; given again it is there whole", async () => {
  const folder = Deno.makeTempDirSync(), file = join(folder, "result.json");
  const words = ["baseline", "--shoppers", "200", "--days", "60", ...smallWorld, "--quiet", "--out", folder];
  try {
    writeFileSync(file, '{"old":true}');
    const written = await killedWriting(`${file}.part`, ["run", ...words]);
    assert.equal(readFileSync(file, "utf8"), '{"old":true}');
    assert.equal((await typed(runVerb(), words)).code, 0);
    assert.deepEqual(readdirSync(folder), ["result.json"]);
    assert.ok(statSync(file).size > heldBytes, `${statSync(file).size}`);
    const { daily } = JSON.parse(readFileSync(file, "utf8"));
    assert.equal(daily.columns.gmv?.length ?? Object.values<number[]>(daily.columns)[0].length, 60);
    assert.ok(written.length > 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const key = (n: number) => createHash("sha256").update(String(n)).digest("hex");
const most = 15_000, layout = JSON.stringify(Array.from({ length: 30 }, (_, i) => [`outcome${i}`, "CNY"]));

function filled(path: string): void {
  using store = new Store(path);
  const values = (n: number) => Float64Array.from({ length: 30 }, (_, i) => n / (i + 3));
  store.insert(Array.from({ length: most }, (_, n) => ({
    ...{ id: key(n), point: key(n % 10), replication: n, engine: "e", status: "done" as const },
    ...{ outcomes: { layout, values: values(n) }, runHash: key(n + most) },
    ...{ errorKind: null, errorMessage: null, replay: null },
  })));
}

/** All rows of a store in order of id, as one hash, and how many they are. */
function rowsOf(path: string): { rows: number; hash: string } {
  using store = new Store(path);
  const hash = createHash("sha256");
  let rows = 0;
  for (const row of store.sorted({ size: most, has: () => true })) {
    const { values } = row.outcomes as { values: Float64Array };
    hash.update(JSON.stringify({ ...row, outcomes: [...values] }));
    rows++;
  }
  return { rows, hash: hash.digest("hex") };
}

/** What never ends: a row that comes to be the 7,500th holds its writer in the middle of the second batch. */
const hold = `
  create view endless as with recursive count(x) as (select 1 union all select x + 1 from count) select x from count;
  create trigger hold after insert on jobs when new.n = 7500 begin select sum(x) from endless; end;`;

/** Whether another connection is in the middle of writing. */
function isWriting(db: DatabaseSync): boolean {
  try {
    db.exec("begin immediate; rollback");
    return false;
  } catch (error) {
    assert.match((error as Error).message, /locked/);
    return true;
  }
}

Deno.test("sweep merge killed in the middle of a batch, or at any instant, leaves whole batches; given again it is all there", async () => {
  using fix = fixture();
  const from = fix.path("from.sqlite"), seed = 20_261_122;
  filled(from);
  const whole = rowsOf(from);
  for (let k = 0; k < 3; k++) {
    const into = fix.path(`into${k}.sqlite`);
    new Store(into).close();
    using watch = new DatabaseSync(into, { timeout: 10_000 }), trial = new DatabaseSync(into, { timeout: 0 });
    if (k === 0) watch.exec(hold);
    const count = () => Number(watch.prepare("select count(*) as n from jobs").get()!.n);
    const child = begun(["sweep", "merge", from, "--store", into]);
    await until(child, () => count() > 0);
    if (k === 0) await until(child, () => isWriting(trial));
    else await new Promise((resolve) => setTimeout(resolve, 40 * uniform(seed, k, 0)));
    // It may be through by now, where this is late.
    await killed(child);
    await child.stderr.cancel();
    const left = count();
    assert.ok(k === 0 ? left === 5_000 : left > 0 && left % 5_000 === 0, `${left} rows are left`);
    if (k === 0) watch.exec("drop trigger hold; drop view endless");
    assert.equal(storeDamage(into), undefined);
    await sweepCommand(() => {}).parseAsync(["merge", from, "--store", into], { from: "user" });
    assert.deepEqual(rowsOf(into), whole);
  }
});
