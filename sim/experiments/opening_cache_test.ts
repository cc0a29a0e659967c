import assert from "node:assert/strict";
import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "#/scenarios/load.ts";
import { bookIn, encodeBook } from "#/sim/experiments/book_bytes.ts";
import { cachedOpeningBook, openingKey } from "#/sim/experiments/opening_cache.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

// The real book has a type of its own; the cache asks only that it be plain data.
// deno-lint-ignore no-explicit-any
const asBook = (book: object): any => book;

function counted(folder: string) {
  let builds = 0;
  const notes: string[] = [];
  const open = (path: string, replication = 0, engine = "e") =>
    cachedOpeningBook(load(path), replication, {
      folder,
      engine,
      build: () => asBook({ serial: ++builds, columns: { balancesFen: Float64Array.of(1.5, -2) } }),
      onNote: (note) => notes.push(note),
    }) as unknown as { serial: number; columns: { balancesFen: Float64Array } };
  return { open, notes, builds: () => builds };
}

Deno.test("a book is built once and read back with arrays of its own", () => {
  using fix = fixture();
  const { open, builds } = counted(fix.options.openings);
  const first = open(fix.path("closed.yaml"));
  first.columns.balancesFen[0] = 99;
  assert.deepEqual(open(fix.path("closed.yaml")), {
    serial: 1,
    columns: { balancesFen: Float64Array.of(1.5, -2) },
  });
  assert.equal(builds(), 1);
});

Deno.test("scenarios of one world share a book; replication, seed, history and engine each have another", () => {
  using fix = fixture();
  const key = (name: string, options = {}, replication = 0, engine = "e") =>
    openingKey(load(fix.path(name), options), replication, engine);
  const closed = key("closed.yaml");
  assert.equal(key("open.yaml"), closed);
  assert.equal(key("open.yaml", { days: 60, set: ["clearing.prefundingCny=5"] }), closed);
  const others = [
    key("closed.yaml", {}, 1),
    key("closed.yaml", { seed: "another" }),
    key("closed.yaml", { set: ["world.history.set.demand.waitDays=9"] }),
    key("closed.yaml", {}, 0, "another"),
  ];
  assert.equal(new Set([closed, ...others]).size, 5);
});

Deno.test("a file that is cut short, changed or of another key is built again and replaced", () => {
  using fix = fixture();
  const { open, notes, builds } = counted(fix.options.openings);
  open(fix.path("closed.yaml"));
  const file = join(fix.options.openings, readdirSync(fix.options.openings)[0]);
  const whole = readFileSync(file);
  const harms: [string, () => void][] = [
    ["cut in the arrays", () => truncateSync(file, whole.length - 3)],
    ["cut in the header", () => truncateSync(file, 20)],
    ["empty", () => writeFileSync(file, "")],
    ["one bit changed", () => writeFileSync(file, whole.with(whole.length - 1, whole[whole.length - 1] ^ 1))],
    ["another key", () => writeFileSync(file, encodeBook({ serial: 0 }, "another key"))],
  ];
  for (const [i, [what, harm]] of harms.entries()) {
    harm();
    assert.equal(open(fix.path("closed.yaml")).serial, i + 2, what);
    assert.equal(open(fix.path("closed.yaml")).serial, i + 2, what);
  }
  assert.equal(builds(), 6);
  assert.equal(notes.length, 5);
});

Deno.test("at most 200 books are kept; those used longest ago go first", () => {
  using fix = fixture();
  const { open } = counted(fix.options.openings);
  open(fix.path("closed.yaml"));
  for (let i = 0; i < 205; i++) {
    const old = join(fix.options.openings, `${String(i).padStart(3, "0")}.book`);
    writeFileSync(old, "");
    utimesSync(old, 1_000 + i, 1_000 + i);
  }
  open(fix.path("closed.yaml"), 1);
  const left = readdirSync(fix.options.openings).sort();
  assert.equal(left.length, 200);
  assert.equal(left[0], "007.book");
  assert.equal(left.filter((name) => name.length > 20).length, 2);
});

Deno.test("encodeBook() and bookIn() give every kind of array and plain value back", () => {
  const book = {
    text: "胡同",
    none: null,
    flag: true,
    list: [1, [2.5, "x"], { deep: Int8Array.of(-1) }],
    empty: new Float32Array(0),
    arrays: [
      Uint8Array.of(255),
      Uint8ClampedArray.of(7),
      Int16Array.of(-300),
      Uint16Array.of(65_535),
      Int32Array.of(-5),
      Uint32Array.of(2 ** 32 - 1),
      Float64Array.of(NaN, -0, Infinity),
      BigInt64Array.of(-1n),
      BigUint64Array.of(1n),
    ],
    part: new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  };
  const give = bookIn(encodeBook(book, "k"), "k")!, first = give() as typeof book;
  assert.deepEqual(first, book);
  // Each call gives arrays of its own.
  first.list.length = 0;
  first.arrays[0][0] = 1;
  assert.deepEqual(give(), book);
});

Deno.test("encodeBook() refuses what it could not give back, by its path", () => {
  assert.throws(() => encodeBook({ a: { b: new Map() } }, "k"), /TypeError: .*a\.b is a Map/);
  assert.throws(() => encodeBook({ a: [() => 1] }, "k"), /TypeError: .*a\[0\] is a function/);
  assert.throws(() => encodeBook({ a: { $array: 0 } }, "k"), /TypeError: .*a is a Object/);
  assert.throws(() => encodeBook({ a: NaN }, "k"), /RangeError: .*a is NaN/);
});
