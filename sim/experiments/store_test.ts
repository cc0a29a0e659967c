import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type JobRow, Store, StoreError } from "#/sim/experiments/store.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

const row = (id: string, changes: Partial<JobRow> = {}): JobRow => ({
  ...{ id, point: "p", replication: 0, engine: "e", status: "done", outcomes: "[]", runHash: "h" },
  ...{ errorKind: null, errorMessage: null, replay: null },
  ...changes,
});
const outcomes = (value: number) => `{"x":{"unit":"CNY","value":${value}}}`;
const failed: Partial<JobRow> = {
  status: "failed",
  outcomes: null,
  runHash: null,
  errorKind: "error",
  errorMessage: "no",
};

Deno.test("a row is written once: the first one stays", () => {
  using fix = fixture();
  using store = new Store(fix.options.store);
  store.insert([row("b"), row("a", { outcomes: outcomes(1) })]);
  store.insert([row("a", { outcomes: outcomes(2) }), row("c")]);
  assert.deepEqual([...store.rows(["c", "none", "a"])].map(({ id }) => [id, store.row(id)?.outcomes]), [
    ["c", "[]"],
    ["a", outcomes(1)],
  ]);
  assert.deepEqual(store.row("b"), row("b"));
  assert.equal(store.status("none"), undefined);
});

Deno.test("a done row takes the place of one that failed, whoever came first; a failed one never that of a done one", () => {
  using fix = fixture();
  const ids = ["aa", "bb"].map((pair) => pair.repeat(32));
  const done = ids.map((id) => row(id, { point: id, runHash: id, outcomes: outcomes(1) }));
  const lost = ids.map((id) => row(id, { ...failed, point: id, replay: "again" }));
  // Alone, by column, and both ways round.
  for (const rows of [done, done.slice(0, 1)]) {
    using store = new Store(fix.path(`${rows.length}.sqlite`));
    store.insert(lost);
    store.insert(rows);
    for (const one of rows) assert.deepEqual(store.row(one.id), one);
    store.insert(lost);
    for (const one of rows) assert.deepEqual(store.row(one.id), one);
    assert.equal(store.count(), 2);
  }
});

Deno.test("rows that share a layout, written together, are what they are one by one", () => {
  using fix = fixture();
  using together = new Store(fix.options.store), single = new Store(fix.path("single.sqlite"));
  const key = (n: number) => createHash("sha256").update(String(n)).digest("hex");
  const layouts = ['[["gmv","CNY"],["netLoss","CNY"]]', '[["gmv","CNY"]]', "[]"];
  const rows = Array.from({ length: 60 }, (_, n) => {
    const layout = layouts[n < 40 ? 0 : n % 3], size = [2, 1, 0][layouts.indexOf(layout)];
    // Some keys are no hashes; some runs failed; some ids come twice.
    const id = n === 20 ? key(3) : n % 17 === 5 ? `odd ${n}` : key(n);
    const values = Float64Array.from({ length: size }, (_, i) => (n - 30) / (i + 3));
    return {
      ...row(id, n % 13 === 7 ? failed : { outcomes: { layout, values }, runHash: key(n + 1_000) }),
      ...{ point: key(n % 5), replication: n, engine: n < 50 ? "e" : "other" },
    };
  });
  together.insert(rows);
  for (const each of rows) single.insert([each]);
  const all = (store: Store) => [...store.sorted({ size: 60, has: () => true })];
  assert.deepEqual(all(together), all(single));
  assert.equal(together.count(), 59);
  assert.deepEqual(together.rowNow(key(3)), rows[3]);
});

Deno.test("a failed row that another process takes out while rows are read is left out, and the others come", () => {
  using fix = fixture();
  using store = new Store(fix.options.store), other = new Store(fix.options.store);
  store.insert([row("a"), row("b", failed), row("c")]);
  const read = store.results({ has: () => true });
  const first = read.next().value?.id;
  other.forgetFailed(["b"]);
  assert.deepEqual([first, ...[...read].map(({ id }) => id)], ["a", "c"]);
});

Deno.test("a store that lost its version says so", () => {
  using fix = fixture();
  new Store(fix.options.store).close();
  {
    using db = new DatabaseSync(fix.options.store);
    db.exec("delete from catalogue");
  }
  assert.throws(
    () => new Store(fix.options.store),
    /StoreError: .*does not say its version; name another file/,
  );
});

Deno.test("a batch is written whole or not at all", () => {
  using fix = fixture();
  using store = new Store(fix.options.store);
  assert.throws(() => store.insert([row("a"), row("b", { status: "lost" as "done" })]), /constraint/i);
  assert.equal(store.status("a"), undefined);
  store.insert([row("a")]);
  assert.equal(store.status("a"), "done");
});

Deno.test("forgetFailed() takes out failed rows among those named, and no others", () => {
  using fix = fixture();
  using store = new Store(fix.options.store);
  store.insert([row("a"), row("b", failed), row("c", failed)]);
  assert.equal(store.forgetFailed(["a", "b", "none"]), 1);
  assert.deepEqual(["a", "b", "c"].map((id) => store.status(id)), ["done", undefined, "failed"]);
});

Deno.test("a sweep and its points are saved once and come back in order", () => {
  using fix = fixture();
  using store = new Store(fix.options.store);
  const sweep = (id: string) => ({ id, name: "n", title: "t", engine: "e", replications: 2, design: "{}" });
  const points = ["p9", "p1"].map((id) => ({ id, scenario: "s", settings: "{}" }));
  store.saveSweep(sweep("z"), points);
  store.saveSweep(sweep("a"), []);
  store.saveSweep(sweep("z"), points);
  assert.deepEqual(store.sweeps().map(({ id }) => id), ["z", "a"]);
  assert.deepEqual(store.points("z"), points);
});

Deno.test("several connections see each other's rows, and one that only reads writes nothing", () => {
  using fix = fixture();
  using first = new Store(fix.options.store);
  using second = new Store(fix.options.store);
  using reader = new Store(fix.options.store, { readOnly: true });
  first.insert([row("a")]);
  second.insert([row("b")]);
  assert.deepEqual(["a", "b"].map((id) => reader.status(id)), ["done", "done"]);
  assert.throws(() => reader.insert([row("c")]), /readonly/);
});

Deno.test("a file of another version, of another program, or no database is refused by name", () => {
  using fix = fixture();
  const refused = (path: string, message: RegExp, options = {}) =>
    assert.throws(
      () => new Store(path, options),
      (error: Error) =>
        error instanceof StoreError && error.message.startsWith(path) && message.test(error.message),
    );
  const old = fix.path("old.sqlite");
  new Store(old).close();
  const db = new DatabaseSync(old);
  db.exec("update catalogue set version = 3");
  db.close();
  refused(
    old,
    /written as version 3, this program reads version 2; take the program that wrote it, or name another file with --store/,
  );
  const other = new DatabaseSync(fix.path("other.sqlite"));
  other.exec("create table albums (name text)");
  other.close();
  refused(fix.path("other.sqlite"), /is a database but no store of sweeps/);
  writeFileSync(
    fix.path("text.sqlite"),
    "no database at all, only text that is long enough to have a header",
  );
  refused(fix.path("text.sqlite"), /cannot be used as a store of sweeps \(.*not a database\); allowed is /);
  refused(fix.path("none.sqlite"), /no such store/, { readOnly: true });
  refused(fix.folder, /, which is a folder; allowed is a file that this user may read and write/);
  refused(fix.path("text.sqlite/sweeps.sqlite"), /, a part of whose path is a file; allowed is /);
});

/** A catalogue as version 1 wrote it. */
function versionOne(path: string): void {
  using db = new DatabaseSync(path);
  db.exec(`
    create table catalogue (version integer not null) strict;
    create table sweeps (
      place integer primary key, id text not null unique, name text not null, title text not null,
      engine text not null, replications integer not null, design text not null
    ) strict;
    create table points (
      sweep text not null, place integer not null, id text not null, scenario text not null, settings text not null,
      primary key (sweep, place)
    ) strict, without rowid;
    create table jobs (
      id text primary key, point text not null, replication integer not null, engine text not null,
      status text not null check (status in ('done', 'failed')), outcomes text, runHash text,
      errorKind text, errorMessage text, replay text not null
    ) strict, without rowid;
    insert into catalogue values (1);
    insert into sweeps (id, name, title, engine, replications, design) values ('s', 'n', 't', 'e', 1, '{}');
    insert into points values ('s', 0, 'p', 'interop', '{}');
  `);
  const add = db.prepare("insert into jobs values (?, 'p', ?, 'e', ?, ?, ?, ?, ?, 'again')");
  db.exec("begin");
  for (let i = 0; i < 2_500; i++) {
    const id = i.toString(16).padStart(64, "0");
    if (i === 7) add.run(id, i, "failed", null, null, "error", "no");
    else add.run(id, i, "done", outcomes(i), "ab".repeat(32), null, null);
  }
  db.exec("commit");
}

Deno.test("a file of version 1 becomes one of version 2 with every row, and reading alone asks for that", () => {
  using fix = fixture();
  const path = fix.path("old.sqlite");
  versionOne(path);
  assert.throws(
    () => new Store(path, { readOnly: true }),
    /written as version 1, .*sweep merge --store NEW OLD/,
  );
  for (let time = 0; time < 2; time++) {
    using store = new Store(path);
    assert.equal(store.count(), 2_500);
    const id = (i: number) => i.toString(16).padStart(64, "0");
    const done = {
      ...row(id(2_499), { outcomes: outcomes(2_499), runHash: "ab".repeat(32) }),
      replication: 2_499,
    };
    assert.deepEqual(store.row(id(2_499)), done);
    const { errorMessage, replay } = store.row(id(7))!;
    assert.deepEqual([errorMessage, replay], ["no", "again"]);
    assert.deepEqual(store.points("s"), [{ id: "p", scenario: "interop", settings: "{}" }]);
  }
});

Deno.test("a row whose outcomes are cut short is refused by name, before they are read", () => {
  using fix = fixture();
  using store = new Store(fix.options.store);
  store.insert([row("a", { outcomes: outcomes(1) })]);
  using db = new DatabaseSync(fix.options.store);
  db.exec("update jobs set outcomes = x'00'");
  assert.throws(
    () => store.row("a"),
    /row of job a is broken: 1 bytes of outcomes where its layout has 1 values of 8/,
  );
});

Deno.test("stores are merged row by row; a done row wins over a failed one", () => {
  using fix = fixture();
  using one = new Store(fix.path("one.sqlite"));
  using two = new Store(fix.path("two.sqlite"));
  one.insert([row("a", failed), row("b", { outcomes: outcomes(1) })]);
  two.insert([row("a"), row("c"), row("b", failed)]);
  assert.equal(one.merge(two).rows, 2);
  assert.deepEqual(["a", "b", "c"].map((id) => one.status(id)), ["done", "done", "done"]);
  assert.equal(one.merge(two).rows, 0);
});
