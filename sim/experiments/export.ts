// A sweep as one table for other programs: a row a job, read and written by groups of rows, in CSV, Arrow or Parquet.

import type { Axis } from "#/scenarios/sweep_schema.ts";
import { arrowWriter } from "#/sim/experiments/arrow_file.ts";
import { axesOf } from "#/sim/experiments/design.ts";
import type { Settings } from "#/sim/experiments/design_rows.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { entriesOf } from "#/sim/experiments/packed_outcomes.ts";
import type { Design } from "#/sim/experiments/sweep.ts";
import { type JobRow, Store, StoreError } from "#/sim/experiments/store.ts";

/** The formats that a sweep can be written in. */
export const exportFormats = ["csv", "arrow", "parquet"] as const;
/** One of {@link exportFormats}. */
export type ExportFormat = typeof exportFormats[number];

type Value = string | number | boolean | null;

/** One column of a table. */
export interface ExportColumn {
  name: string;
  type: "text" | "whole" | "number" | "flag";
}

/** A table that is read by groups of rows: of each group a list a column, null where there is nothing. */
export interface ExportTable {
  columns: ExportColumn[];
  groups: Iterable<Value[][]>;
}

/** Rows of a group: with some hundred columns a group is a few megabytes. */
const rowsOfGroup = 2_048;

/**
 * The table of a sweep: id, scenario, its axes, replication, status, run hash, every outcome as `name (unit)`, error kind and
 * message; replication by replication, points in design order. Rows that are not there yet are left out; an outcome that a row
 * has not is null in it.
 *
 * Shapes: the store is read twice, once for the names of outcomes; memory grows with the sweep's points, not with its rows. Errors: `StoreError` for an id that the store has not.
 */
export function sweepTable(path: string, id: string): ExportTable {
  using store = new Store(path, { readOnly: true });
  const sweep = store.sweeps().find((sweep) => sweep.id === id);
  if (!sweep) throw new StoreError(`${path}: no sweep of id ${id}`);
  const design: Design = JSON.parse(sweep.design), axes = axesOf(design);
  const points = [...new Map(store.points(id).map((point) => [point.id, point])).values()];
  const { replications, engine } = sweep;
  // Ids are worked out one by one: a list of them all would be larger than a group of rows.
  function* rows(store: Store): Generator<{ row: JobRow; point: typeof points[number] }> {
    for (let replication = 0; replication < replications; replication++) {
      for (const point of points) {
        const row = store.rowNow(jobId(point.id, replication, engine));
        if (row) yield { row, point };
      }
    }
  }
  const units = new Map<string, string>(), layouts = new Set<string>();
  for (const { row: { outcomes } } of rows(store)) {
    if (!outcomes || typeof outcomes === "string" || layouts.has(outcomes.layout)) continue;
    layouts.add(outcomes.layout);
    for (const [name, unit] of entriesOf(outcomes.layout)) if (!units.has(name)) units.set(name, unit);
  }
  const names = [...units.keys()].sort();
  const isSet = ({ actsOn }: Axis, scenario: string) => actsOn?.includes(scenario) ?? true;
  const types = axes.map(() => new Set<string>());
  for (const { scenario, settings } of points) {
    const said = JSON.parse(settings) as Settings;
    for (const [k, axis] of axes.entries()) if (isSet(axis, scenario)) types[k].add(typeof said[axis.name]);
  }
  const cells = (
    row: JobRow,
    point: typeof points[number],
    places: (layout: string) => Int32Array,
  ): Value[] => {
    const said = JSON.parse(point.settings) as Settings;
    const packed = row.outcomes && typeof row.outcomes !== "string" ? row.outcomes : undefined;
    const at = packed && places(packed.layout);
    return [
      ...[row.id, point.scenario],
      ...axes.map((axis) => isSet(axis, point.scenario) ? said[axis.name] ?? null : null),
      ...[row.replication, row.status, row.runHash],
      ...names.map((_, k) => at && at[k] >= 0 ? packed!.values[at[k]] : null),
      ...[row.errorKind, row.errorMessage],
    ];
  };
  const text = (name: string): ExportColumn => ({ name, type: "text" });
  const columns: ExportColumn[] = [
    ...[text("id"), text("scenario")],
    ...axes.map(({ name }, k): ExportColumn => ({ name, type: typeOf(types[k]) })),
    ...[{ name: "replication", type: "whole" } as const, text("status"), text("runHash")],
    ...names.map((name): ExportColumn => ({ name: `${name} (${units.get(name)})`, type: "number" })),
    ...[text("errorKind"), text("errorMessage")],
  ];
  return {
    columns,
    groups: {
      *[Symbol.iterator]() {
        using store = new Store(path, { readOnly: true });
        const places = placesOf(names);
        let group: Value[][] = columns.map(() => []);
        for (const { row, point } of rows(store)) {
          for (const [k, value] of cells(row, point, places).entries()) group[k].push(value);
          if (group[0].length < rowsOfGroup) continue;
          yield group;
          group = columns.map(() => []);
        }
        if (group[0].length > 0) yield group;
      },
    },
  };
}

/** Where the named outcomes stand in a layout, -1 where they do not; worked out once a layout. */
function placesOf(names: readonly string[]): (layout: string) => Int32Array {
  const known = new Map<string, Int32Array>();
  return (layout) => {
    let places = known.get(layout);
    if (!places) {
      const at = new Map(entriesOf(layout).map(([name], i) => [name, i]));
      known.set(layout, places = Int32Array.from(names, (name) => at.get(name) ?? -1));
    }
    return places;
  };
}

function typeOf(types: Set<string>): ExportColumn["type"] {
  if (types.size !== 1) return "text";
  return types.has("number") ? "number" : types.has("boolean") ? "flag" : "text";
}

/**
 * Writes a table group by group, so that no more than one group is in memory.
 *
 * Shapes: `write` takes the next bytes, and says false to end early. CSV follows RFC 4180 (text in quotes where it must be, lines
 * end in CR LF); Arrow is an IPC file with a record batch a group; Parquet, with a row group a group, is written by
 * hyparquet-writer, which is read in only here. Errors: those of `write`.
 *
 * @example
 * ```ts
 * import { writeTable } from "#/sim/experiments/export.ts";
 * import assert from "node:assert/strict";
 * const parts: string[] = [], groups = [[["x, y", null]], [["z"]]];
 * await writeTable({ columns: [{ name: "a", type: "text" }], groups }, "csv", (bytes) => {
 *   parts.push(new TextDecoder().decode(bytes));
 *   return true;
 * });
 * assert.deepEqual(parts, ["a\r\n", '"x, y"\r\n\r\n', "z\r\n"]);
 * ```
 */
export async function writeTable(
  { columns, groups }: ExportTable,
  format: ExportFormat,
  write: (bytes: Uint8Array) => boolean,
): Promise<void> {
  const file = format === "csv"
    ? csvWriter(columns, write)
    : format === "arrow"
    ? arrowWriter(columns, write)
    : await parquetWriter(columns, write);
  for (const group of groups) if (!file.group(asTyped(columns, group))) return;
  file.end();
}

/** Values of mixed kinds are told as text. */
const asTyped = (columns: readonly ExportColumn[], group: Value[][]): Value[][] =>
  group.map((data, k) =>
    columns[k].type === "text" ? data.map((value) => value === null ? null : String(value)) : data
  );

/** What writes a table: a group at a time, false where nobody reads on, and the end. */
export interface TableWriter {
  group(data: readonly Value[][]): boolean;
  end(): void;
}

function csvWriter(columns: readonly ExportColumn[], write: (bytes: Uint8Array) => boolean): TableWriter {
  const encoder = new TextEncoder();
  const cell = (value: Value) => {
    const text = value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  let isOpen = write(encoder.encode(`${columns.map(({ name }) => cell(name)).join(",")}\r\n`));
  return {
    group(data) {
      const lines = Array.from(data[0], (_, i) => data.map((column) => cell(column[i])).join(","));
      return isOpen = isOpen && write(encoder.encode(`${lines.join("\r\n")}\r\n`));
    },
    end: () => {},
  };
}

async function parquetWriter(
  columns: readonly ExportColumn[],
  write: (bytes: Uint8Array) => boolean,
): Promise<TableWriter> {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import("hyparquet-writer");
  const types = { text: "STRING", whole: "INT32", number: "DOUBLE", flag: "BOOLEAN" } as const;
  const bytes = new ByteWriter();
  let isOpen = true;
  const flush = () => {
    isOpen = isOpen && write(bytes.getBytes().slice());
    // Places in the file count on; the buffer begins anew.
    bytes.index = 0;
  };
  const schema = schemaFromColumnData({
    columnData: columns.map(({ name, type }) => ({ name, data: [], type: types[type], nullable: true })),
  });
  const file = new ParquetWriter({ writer: bytes, schema });
  return {
    group(data) {
      file.write({
        columnData: columns.map(({ name }, k) => ({ name, data: [...data[k]] })),
        rowGroupSize: data[0].length,
      });
      flush();
      return isOpen;
    },
    end() {
      file.finish();
      flush();
    },
  };
}
