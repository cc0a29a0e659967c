import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type JobRow, Store, StoreError } from "#/sim/experiments/store.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

const row = (id: string, changes: Partial<JobRow> = {}): JobRow => ({
  ...{ id, point: "p", replication: 0, engine: "e", status: "done", outcomes: "{}", runHash: "h" },
  ...{ errorKind: null, errorMessage: null, replay: "run" },
  ...changes,
});
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
  store.insert([row("b"), row("a", { outcomes: '{"x":1}' })]);
  store.insert([row("a", { outcomes: '{"x":2}' }), row("c")]);
  assert.deepEqual([...store.rows(["c", "none", "a"])].map(({ id, outcomes }) => [id, outcomes]), [
    ["c", "{}"],
    ["a", '{"x":1}'],
  ]);
  assert.deepEqual(store.row("b"), row("b"));
  assert.equal(store.status("none"), undefined);
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
  db.exec("update catalogue set version = 2");
  db.close();
  refused(
    old,
    /written as version 2, this program reads version 1; move the file away, or name another with --store/,
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
