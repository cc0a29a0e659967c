import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "@uwdata/flechette";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { canonicalJson } from "#/model/units/canonical.ts";
import {
  type ExportFormat,
  exportFormats,
  type ExportTable,
  sweepTable,
  writeTable,
} from "#/sim/experiments/export.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { type JobRow, Store } from "#/sim/experiments/store.ts";

async function written(table: ExportTable, format: ExportFormat): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  await writeTable(table, format, (bytes) => {
    parts.push(bytes.slice());
    return true;
  });
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** A table as it reads back: by column. */
async function readBack(table: ExportTable, format: ExportFormat): Promise<Record<string, unknown[]>> {
  const bytes = await written(table, format), names = table.columns.map(({ name }) => name);
  if (format === "arrow") {
    const read = tableFromIPC(bytes);
    return Object.fromEntries(names.map((name) => [name, [...read.getChild(name)!]]));
  }
  if (format === "parquet") {
    const rows = await parquetReadObjects({ file: bytes.buffer as ArrayBuffer });
    return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
  }
  const [, ...lines] = new TextDecoder().decode(bytes).trimEnd().split("\r\n").map((line) => line.split(","));
  return Object.fromEntries(table.columns.map(({ name, type }, k) => [
    name,
    lines.map((cells) =>
      cells[k] === ""
        ? null
        : type === "number" || type === "whole"
        ? Number(cells[k])
        : type === "flag"
        ? cells[k] === "true"
        : cells[k]
    ),
  ]));
}

const columns = [
  { name: "id", type: "text" },
  { name: "n", type: "whole" },
  { name: "x", type: "number" },
  { name: "on", type: "flag" },
] as const;

Deno.test("whatever the groups, every format reads back as what was written", async () => {
  const row = fc.tuple(
    fc.stringMatching(/^[a-zé]{1,9}$/),
    fc.option(fc.integer({ min: -1_000, max: 1_000 })),
    fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)),
    fc.option(fc.boolean()),
  );
  const groups = fc.array(fc.array(row, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(groups, fc.constantFrom(...exportFormats), async (groups, format) => {
      const turned = groups.map((rows) => columns.map((_, k) => rows.map((row) => row[k])));
      const table = { columns: [...columns], groups: turned };
      const all = Object.fromEntries(
        columns.map(({ name }, k) => [name, groups.flat().map((row) => row[k])]),
      );
      assert.deepEqual(await readBack(table, format), all);
    }),
    { seed: 8, numRuns: 60 },
  );
});

Deno.test("a table without rows has its columns in every format", async () => {
  for (const format of exportFormats) {
    const bytes = await written({ columns: [...columns], groups: [] }, format);
    if (format === "arrow") assert.deepEqual(tableFromIPC(bytes).names, columns.map(({ name }) => name));
    else if (format === "csv") assert.equal(new TextDecoder().decode(bytes), "id,n,x,on\r\n");
    else assert.deepEqual(await parquetReadObjects({ file: bytes.buffer as ArrayBuffer }), []);
  }
});

Deno.test("writing ends with the reader: no further group is made", async () => {
  let made = 0;
  const groups = {
    *[Symbol.iterator]() {
      for (; made < 100; made++) yield [["a"], [1], [0.5], [true]];
    },
  };
  for (const format of exportFormats) {
    made = 0;
    let calls = 0;
    await writeTable({ columns: [...columns], groups }, format, () => ++calls < 3);
    assert.ok(made < 5, `${format}: ${made} groups were made for nobody`);
  }
});

Deno.test("rows with differing outcomes stand in one table, and more rows than a group are all there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hutong-export-"));
  try {
    const path = join(folder, "s.sqlite"), count = 4_500;
    {
      using store = new Store(path);
      const points = ["p", "q"].map((id) => ({
        id,
        scenario: id === "p" ? "baseline" : "interop",
        settings: '{"a":2,"b":true}',
      }));
      const axis = (name: string, more = {}) => ({ name, title: name, path: name, values: [2], ...more });
      const design = canonicalJson({
        ...{
          base: ["baseline", "interop"],
          uncertainties: [],
          levers: [axis("a"), axis("b", { actsOn: ["interop"] })],
        },
      });
      store.saveSweep(
        { id: "s", name: "s", title: "s", engine: "e", replications: count / 2, design },
        points,
      );
      const rows = Array.from({ length: count }, (_, i): JobRow => {
        const point = points[i % 2].id, replication = Math.floor(i / 2);
        const netLoss = { value: i / 8, unit: "CNY" },
          own = i % 3 === 0 ? { days: { value: i, unit: "days" } } : {};
        const outcomes = i === 7 ? null : canonicalJson({ netLoss, ...own });
        return {
          ...{
            id: jobId(point, replication, "e"),
            point,
            replication,
            engine: "e",
            outcomes,
            runHash: null,
            replay: null,
          },
          ...i === 7
            ? { status: "failed", errorKind: "error", errorMessage: 'no, "none"' }
            : { status: "done", errorKind: null, errorMessage: null },
        };
      });
      store.insert(rows);
    }
    for (const format of ["arrow", "parquet"] as const) {
      const read = await readBack(sweepTable(path, "s"), format);
      assert.equal(read.id.length, count, format);
      assert.deepEqual(
        read["netLoss (CNY)"],
        Array.from({ length: count }, (_, i) => i === 7 ? null : i / 8),
      );
      assert.deepEqual(
        read["days (days)"],
        Array.from({ length: count }, (_, i) => i % 3 === 0 ? i : null),
      );
      assert.deepEqual(read.b.slice(0, 4), [null, true, null, true]);
      assert.deepEqual([read.a[0], read.replication[4_499], read.errorMessage[7]], [2, 2_249, 'no, "none"']);
    }
    const [group] = sweepTable(path, "s").groups;
    assert.ok(group[0].length < count / 2, "a group is the whole table");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
