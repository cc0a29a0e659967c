// A table as people read it: columns named in words, amounts in CNY, numbers in their unit; as HTML and as plain text.

import { type ColumnTable, from } from "arquero";
import { thousands } from "#/model/units/thousands.ts";
import { difference, inFull, inUnit } from "#/server/format.ts";
import { escaped } from "#/server/notebook/picture.ts";

/** What may be shown as a table: one of arquero, or plain records that all have the keys of the first. */
export type Tabular = ColumnTable | readonly Record<string, unknown>[];

/** A table in words. */
interface Words {
  head: string[];
  /** Whether a column holds numbers, which stand to the right. */
  isNumeric: boolean[];
  body: string[][];
  more: number;
}

/** Columns that number things: no separators, no unit. */
const numbering = /^(shopper|shop|day|want|movement|replication|mob|n)$/;

/** Most rows that are shown unless said. */
const mostRows = 50;

/**
 * A table as HTML that looks right in notebook viewers with and without style sheets.
 *
 * Shapes: a column `…Fen` is shown in CNY with two decimals, `minute` as a clock; in a table with a column `unit`, every
 * other number stands in the unit of its row, `difference` with its sign; null and undefined are a dash.
 *
 * @example
 * ```ts
 * import { tableAsHtml } from "#/server/notebook/table.ts";
 * import assert from "node:assert/strict";
 * const html = tableAsHtml([{ shop: "<7>", amountFen: 123_456 }]);
 * assert.match(html, /<th[^>]*>amount, CNY<\/th>.*&lt;7&gt;.*1,234\.56/);
 * ```
 */
export function tableAsHtml(table: Tabular, { rows = mostRows }: { rows?: number } = {}): string {
  const { head, isNumeric, body, more } = inWords(table, rows);
  const cell = (tag: string) => (text: string, i: number) =>
    `<${tag} style="text-align: ${isNumeric[i] ? "right" : "left"}">${escaped(text)}</${tag}>`;
  const lines = body.map((row) => `<tr>${row.map(cell("td")).join("")}</tr>`);
  const rest = more > 0 ? `<p>… and ${inFull(more)} more rows</p>` : "";
  return `<table><thead><tr>${head.map(cell("th")).join("")}</tr></thead><tbody>${
    lines.join("")
  }</tbody></table>${rest}`;
}

/** The same as aligned lines of text. */
export function tableAsText(table: Tabular, { rows = mostRows }: { rows?: number } = {}): string {
  const { head, isNumeric, body, more } = inWords(table, rows);
  const widths = head.map((name, i) => Math.max(name.length, ...body.map((row) => row[i].length)));
  const line = (row: string[]) =>
    row.map((text, i) => isNumeric[i] ? text.padStart(widths[i]) : text.padEnd(widths[i])).join("  ")
      .trimEnd();
  const rest = more > 0 ? [`… and ${inFull(more)} more rows`] : [];
  return [head, ...body].map(line).concat(rest).join("\n");
}

function inWords(given: Tabular, rows: number): Words {
  const table = Array.isArray(given) ? (given.length === 0 ? undefined : from(given)) : given as ColumnTable;
  if (table === undefined) return { head: ["no rows"], isNumeric: [false], body: [], more: 0 };
  const names = table.columnNames();
  const records = table.objects({ limit: rows }) as Record<string, unknown>[];
  const isNumeric = names.map((name) => records.some((record) => typeof record[name] === "number"));
  return {
    head: names.map(headOf),
    isNumeric,
    body: records.map((record) => names.map((name) => cellOf(name, record))),
    more: table.numRows() - records.length,
  };
}

function headOf(name: string): string {
  if (name === "minute") return "time";
  // Words already, or the name of a fact: both stay as they are.
  if (/[ .]/.test(name)) return name;
  const words = (text: string) => text.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return name.endsWith("Fen") ? `${words(name.slice(0, -3))}, CNY` : words(name);
}

function cellOf(name: string, record: Record<string, unknown>): string {
  const value = record[name];
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== "number") return String(value);
  if (numbering.test(name)) return String(value);
  if (name === "minute") return clock(value);
  if (name.endsWith("Fen")) return twoDecimals(value / 100);
  const { unit } = record;
  if (typeof unit === "string") return name === "difference" ? difference(value, unit) : inUnit(value, unit);
  return Number.isInteger(value) ? inFull(value) : String(Number(value.toPrecision(4)));
}

/** A minute of the day as a clock shows it: `13:05`. */
export function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, "0")).join(":");
}

function twoDecimals(cny: number): string {
  const text = thousands(Math.abs(cny), 2);
  return cny < 0 ? `\u2212${text}` : text;
}
