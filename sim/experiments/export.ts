// A sweep as one table for other programs: a row a job, in CSV, Arrow or Parquet.

import { columnFromArray, float64, int32, tableFromColumns, tableToIPC, utf8 } from "@uwdata/flechette";
import { axesOf } from "#/sim/experiments/design.ts";
import type { Settings } from "#/sim/experiments/design_rows.ts";
import { availableBytes, MemoryError } from "#/sim/experiments/memory.ts";
import { entriesOf } from "#/sim/experiments/packed_outcomes.ts";
import type { Design } from "#/sim/experiments/sweep.ts";
import { JobIndex } from "#/sim/experiments/sweep_rows.ts";
import { Store, StoreError } from "#/sim/experiments/store.ts";

/** The formats that a sweep can be written in. */
export const exportFormats = ["csv", "arrow", "parquet"] as const;
/** One of {@link exportFormats}. */
export type ExportFormat = typeof exportFormats[number];

/** One column of a table; an entry a row, null where there is nothing. */
export interface ExportColumn {
  name: string;
  type: "text" | "whole" | "number" | "flag";
  data: (string | number | boolean | null)[];
}

/**
 * The table of a sweep: id, scenario, its axes, replication, status, run hash, every outcome as `name (unit)`, error kind and
 * message; replication by replication, points in design order. Rows that are not there yet are left out.
 *
 * Errors: `StoreError` for an id that the store has not; `MemoryError`, before anything is allocated, for a table that does
 * not fit.
 */
export function exportColumns(path: string, id: string): ExportColumn[] {
  using store = new Store(path, { readOnly: true });
  const sweep = store.sweeps().find((sweep) => sweep.id === id);
  if (!sweep) throw new StoreError(`${path}: no sweep of id ${id}`);
  const design: Design = JSON.parse(sweep.design), axes = axesOf(design);
  const points = new Map(store.points(id).map((point) => [point.id, point]));
  const once = [...points.values()];
  const jobs = new JobIndex(once, sweep.replications, sweep.engine);
  const layouts = new Set<string>();
  for (const { outcomes } of store.rows(jobs.ids)) {
    if (outcomes && typeof outcomes !== "string") layouts.add(outcomes.layout);
  }
  const outcomes = new Map([...layouts].sort().flatMap((text) => entriesOf(text)));
  const bytes = jobs.size * (outcomes.size + axes.length + 7) * 16, available = availableBytes();
  if (bytes > available * 0.9) {
    throw new MemoryError(
      `Cannot export ${jobs.size} rows × ${outcomes.size} outcomes: they need about ${bytes} bytes and ${available} are ` +
        `available; allowed is a smaller sweep`,
    );
  }
  const column = (name: string, type: ExportColumn["type"]): ExportColumn => ({ name, type, data: [] });
  const [job, scenario, replication, status, runHash, errorKind, errorMessage] = [
    ...[column("id", "text"), column("scenario", "text"), column("replication", "whole")],
    ...[column("status", "text"), column("runHash", "text"), column("errorKind", "text")],
    column("errorMessage", "text"),
  ];
  const settings = axes.map(({ name, actsOn }) => ({ actsOn, ...column(name, "text") }));
  const names = [...outcomes.keys()].sort();
  const values = names.map((name) => column(`${name} (${outcomes.get(name)})`, "number"));
  for (const row of store.rows(jobs.ids)) {
    const point = once[jobs.numbers.get(row.id)! % once.length];
    const said = JSON.parse(point.settings) as Settings;
    job.data.push(row.id);
    scenario.data.push(point.scenario);
    replication.data.push(row.replication);
    status.data.push(row.status);
    runHash.data.push(row.runHash);
    errorKind.data.push(row.errorKind);
    errorMessage.data.push(row.errorMessage);
    for (const { name, actsOn, data } of settings) {
      data.push(actsOn?.includes(point.scenario) ?? true ? said[name] : null);
    }
    const packed = row.outcomes && typeof row.outcomes !== "string" ? row.outcomes : undefined;
    const at = new Map(packed && entriesOf(packed.layout).map(([name], i) => [name, i]));
    for (const [k, name] of names.entries()) {
      const place = at.get(name);
      values[k].data.push(place === undefined ? null : packed!.values[place]);
    }
  }
  return [
    ...[job, scenario],
    ...settings.map(({ name, data }) => ({ name, type: typeOf(data), data })),
    ...[replication, status, runHash, ...values, errorKind, errorMessage],
  ];
}

function typeOf(data: ExportColumn["data"]): ExportColumn["type"] {
  const types = new Set(data.filter((value) => value !== null).map((value) => typeof value));
  if (types.size !== 1) return "text";
  return types.has("number") ? "number" : types.has("boolean") ? "flag" : "text";
}

/**
 * A table as the bytes of a file.
 *
 * Shapes: columns of equal length. CSV follows RFC 4180 (text in quotes where it must be, lines end in CR LF); Arrow is an
 * IPC file; Parquet is written by hyparquet-writer, which is read in only here.
 *
 * @example
 * ```ts
 * import { exported } from "#/sim/experiments/export.ts";
 * import assert from "node:assert/strict";
 * const bytes = await exported([{ name: "a", type: "text", data: ["x, y", null] }], "csv");
 * assert.equal(new TextDecoder().decode(bytes), 'a\r\n"x, y"\r\n\r\n');
 * ```
 */
export async function exported(columns: readonly ExportColumn[], format: ExportFormat): Promise<Uint8Array> {
  if (format === "csv") return new TextEncoder().encode(csv(columns));
  const asText = ({ type, data }: ExportColumn) =>
    type === "text" ? data.map((value) => value === null ? null : String(value)) : data;
  if (format === "arrow") {
    const types = { text: utf8(), whole: int32(), number: float64(), flag: undefined };
    return tableToIPC(
      tableFromColumns(
        columns.map((column) => [column.name, columnFromArray(asText(column), types[column.type])]),
      ),
      { format: "file" },
    )!;
  }
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const types = { text: "STRING", whole: "INT32", number: "DOUBLE", flag: "BOOLEAN" } as const;
  return new Uint8Array(parquetWriteBuffer({
    columnData: columns.map((column) => ({
      name: column.name,
      data: asText(column),
      type: types[column.type],
      nullable: true,
    })),
  }));
}

function csv(columns: readonly ExportColumn[]): string {
  const cell = (value: ExportColumn["data"][number]) => {
    const text = value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = columns[0]?.data.length ?? 0;
  const lines = [columns.map(({ name }) => cell(name)).join(",")];
  for (let i = 0; i < rows; i++) lines.push(columns.map(({ data }) => cell(data[i])).join(","));
  return lines.join("\r\n") + "\r\n";
}
