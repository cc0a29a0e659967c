import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Store, StoreError } from "#/sim/experiments/store.ts";
import { storeDamage } from "#/sim/experiments/store_damage.ts";
import { breakPage, rootOf } from "#/sim/experiments/testing/broken_store.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

const key = (n: number) => createHash("sha256").update(String(n)).digest("hex");
const layout = JSON.stringify(Array.from({ length: 30 }, (_, i) => [`outcome${i}`, "CNY"]));
const most = 3_000;

function filled(path: string): void {
  using store = new Store(path);
  store.insert(Array.from({ length: most }, (_, n) => ({
    ...{ id: key(n), point: key(n % 10), replication: n, engine: "e", status: "done" as const },
    outcomes: { layout, values: Float64Array.from({ length: 30 }, (_, i) => n / (i + 3)) },
    ...{ runHash: key(n + most), errorKind: null, errorMessage: null, replay: null },
  })));
}

const readings: Record<string, (store: Store) => number> = {
  count: (store) => store.count(),
  sorted: (store) => [...store.sorted({ size: most, has: () => true })].length,
  results: (store) => [...store.results({ has: () => true })].length,
  statuses: (store) => [...store.statuses()].length,
  "one by one": (store) => [...store.rows(Array.from({ length: most }, (_, n) => key(n)))].length,
  status: (store) => Array.from({ length: most }, (_, n) => store.status(key(n))).filter(Boolean).length,
};

Deno.test("a store whose inner pages are broken gives all of its rows or is told by name, and never fewer", () => {
  using fix = fixture();
  const whole = fix.path("whole.sqlite"), path = fix.path("broken.sqlite");
  filled(whole);
  assert.equal(storeDamage(whole), undefined);
  for (const [name, read] of Object.entries(readings)) {
    using store = new Store(whole, { readOnly: true });
    assert.equal(read(store), most, name);
  }
  const pages = readFileSync(whole).length / 4_096, told = new Set<string>();
  const roots = ["jobs", "sqlite_autoindex_jobs_1"].map((table) => rootOf(whole, table));
  for (const page of [...roots, Math.floor(pages / 3), Math.floor(pages / 2), pages]) {
    for (const by of [0, 255]) {
      writeFileSync(path, readFileSync(whole));
      breakPage(path, page, by);
      assert.match(
        storeDamage(path)!,
        /^(Tree|database disk image|wrong #|row \d+ missing).*$/,
        `page ${page}`,
      );
      for (const [name, read] of Object.entries(readings)) {
        using store = new Store(path, { readOnly: true });
        try {
          assert.equal(read(store), most, `${name} of page ${page}`);
        } catch (error) {
          assert.ok(error instanceof StoreError, String(error));
          assert.ok(
            error.message.includes(`(database disk image is malformed); allowed in place of ${path} is one`),
          );
          told.add(name);
        }
      }
    }
  }
  assert.deepEqual([...told].sort(), Object.keys(readings).sort());
});

Deno.test("rows without their engine or the names of their outcomes are damage, and none is left out in silence", () => {
  using fix = fixture();
  const path = fix.path("lost.sqlite");
  for (const table of ["engines", "layouts"]) {
    writeFileSync(path, "");
    filled(path);
    {
      using db = new DatabaseSync(path);
      db.exec(`delete from ${table}`);
    }
    assert.equal(storeDamage(path), "3000 rows lack their engine or the names of their outcomes");
    using store = new Store(path, { readOnly: true });
    assert.throws(() => readings.sorted(store), /StoreError: .*the row of job [0-9a-f]{64} is broken: /);
  }
});

Deno.test("what is no store or is not there is no damage; a table that is gone is", () => {
  using fix = fixture();
  const path = fix.path("a.sqlite");
  assert.equal(storeDamage(path), undefined);
  writeFileSync(path, "a text that is longer than what stands at the head of a database: ".repeat(4));
  assert.equal(storeDamage(path), undefined);
  writeFileSync(path, "");
  filled(path);
  using db = new DatabaseSync(path);
  db.exec("drop table points");
  assert.equal(storeDamage(path), "no such table: points");
});
