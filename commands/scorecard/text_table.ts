// A delimited file as columns of text: quoted fields, any line ends, and one clear error for what is no table.

import { readFileSync } from "node:fs";
import { fromCSV } from "arquero";
import { refuse } from "#/scenarios/complain.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";

/** A file as text: a cell is null where it is empty. */
export interface TextTable {
  file: string;
  delimiter: string;
  names: string[];
  /** A list of cells for each name. */
  cells: (string | null)[][];
  /** The line of the file on which each row stands, as long as no quoted field spans lines. */
  lines: number[];
}

const delimiters = [",", ";", "\t", "|"] as const;
const allowed = "a text table with a header line, fields parted by comma, semicolon, tab or |";

/**
 * Reads a file into columns of text.
 *
 * Errors: `ScenarioError` with the file, the line and what is allowed: no such file, nothing in it, no text, a first line of
 * numbers only, one column, two columns of one name, a line with more or fewer fields than the header, an open quote.
 */
export function readTextTable(file: string): TextTable {
  return parseTextTable(file, decoded(file));
}

/** Reads the text of a file that is named in errors. Shapes and errors: as {@link readTextTable}. */
export function parseTextTable(file: string, text: string): TextTable {
  if (text.trim() === "") refuse(file, "", `found an empty file; allowed is ${allowed}`);
  const head = /^[^\r\n]*/.exec(text.trimStart())![0];
  if (/^\s*([[{<]|%PDF)/.test(text)) {
    refuse(`${file}:1`, "", `found ${JSON.stringify(head.trim().slice(0, 30))}; allowed is ${allowed}`);
  }
  const delimiter = delimiterOf(text);
  const wide = rowsOf(text, { delimiter, width: widthOf(text, delimiter) });
  return checked(file, text, { delimiter, rows: wide });
}

/** UTF-8, or else the Chinese or the western code page, whichever the bytes look like. */
function decoded(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    refuse("--data", "", `found ${file}, ${whyUnusable(error, file)}; allowed is ${allowed}`);
  }
  const begin = bytes.subarray(0, 65_536);
  if (begin.includes(0)) {
    const wide = begin[0] === 0xff && begin[1] === 0xfe || begin[0] === 0xfe && begin[1] === 0xff;
    refuse(
      file,
      "",
      `found ${wide ? "text in UTF-16" : "bytes that are no text"}; allowed is ${allowed}, in UTF-8`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(isChinese(bytes) ? "gb18030" : "windows-1252").decode(bytes);
  }
}

/** Whether bytes above 127 mostly come in pairs and more, as in Chinese text, and not one by one between letters. */
function isChinese(bytes: Uint8Array): boolean {
  let single = 0, several = 0, run = 0;
  for (let i = 0; i <= bytes.length; i++) {
    if (bytes[i] > 127) run++;
    else {
      if (run === 1) single++;
      else if (run > 1) several++;
      run = 0;
    }
  }
  return several > single;
}

/** The delimiter that parts the first line most often, quoted text apart. */
function delimiterOf(text: string): string {
  const line = firstLine(text).replace(/"[^"]*"/g, "");
  const counts = delimiters.map((delimiter) => line.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return delimiters[counts.indexOf(most)];
}

const firstLine = (text: string) => text.split(/\r\n|\r|\n/).find((line) => line.trim() !== "")!;

/** One more than the fields of the header: what stands there in a row is too much. */
function widthOf(text: string, delimiter: string): number {
  const [header] = rowsOf(firstLine(text), { delimiter, width: 10_000 });
  return header.filter((cell) => cell !== undefined).length + 1;
}

/** Cells by row; a cell that a line does not have is undefined, an empty one null. */
function rowsOf(
  text: string,
  { delimiter, width }: { delimiter: string; width: number },
): (string | null | undefined)[][] {
  // The first line tells arquero how many columns to keep.
  const ruler = `${"x".concat(delimiter).repeat(width - 1)}x\n`;
  const body = text.replace(/^\ufeff/, "");
  const table = fromCSV(ruler + body + (/[\r\n]$/.test(body) ? "" : "\n"), {
    delimiter,
    header: false,
    autoType: false,
  });
  const columns = table.columnNames().map((name) => table.array(name) as (string | null | undefined)[]);
  return Array.from({ length: table.numRows() - 1 }, (_, i) => columns.map((column) => column[i + 1]));
}

function checked(
  file: string,
  text: string,
  { delimiter, rows }: { delimiter: string; rows: (string | null | undefined)[][] },
): TextTable {
  const isBlank = (row: readonly (string | null | undefined)[]) =>
    row.every((cell) => cell === null || cell === undefined || cell.trim() === "");
  const at = rows.findIndex((row) => !isBlank(row)), width = rows[at].length - 1;
  const names = rows[at].slice(0, width).map((cell, i) => cell?.trim() || `column ${i + 1}`);
  const place = (row: number) => `${file}:${row + 1}`;
  if (names.every((name) => name !== "" && Number.isFinite(Number(name)))) {
    refuse(
      place(at),
      "",
      `found a first line of numbers only (${names.slice(0, 4).join(", ")}${
        width > 4 ? ", …" : ""
      }); allowed is a header line with the columns' names`,
    );
  }
  if (width < 2) {
    refuse(
      place(at),
      "",
      `found one column, ${JSON.stringify(names[0].slice(0, 60))}; allowed is ${allowed}`,
    );
  }
  const twin = names.find((name, i) => names.indexOf(name) < i);
  if (twin !== undefined) {
    refuse(
      place(at),
      "",
      `found two columns named ${JSON.stringify(twin)}; allowed are names of one column each`,
    );
  }
  const cells: (string | null)[][] = names.map(() => []), lines: number[] = [];
  for (let row = at + 1; row < rows.length; row++) {
    const found = rows[row];
    if (isBlank(found)) continue;
    const fields = found.findIndex((cell) => cell === undefined), has = fields < 0 ? width + 1 : fields;
    const isTrailing = has === width + 1 && found[width] === null;
    if (has !== width && !isTrailing) {
      const isOpen = has < width && row === rows.length - 1 && (text.match(/"/g)?.length ?? 0) % 2 === 1;
      refuse(
        place(row),
        "",
        isOpen
          ? "found a quote that is never closed; allowed are quotes in pairs"
          : `found ${fieldsInWords(has, width)}; allowed are ${width}, as in the header`,
      );
    }
    for (let i = 0; i < width; i++) {
      const cell = found[i]!;
      cells[i].push(cell === null || cell.trim() === "" ? null : cell.trim());
    }
    lines.push(row + 1);
  }
  if (lines.length === 0) {
    refuse(file, "", "found a header and no rows; allowed are at least 20 rows");
  }
  return { file, delimiter, names, cells, lines };
}

function fieldsInWords(has: number, width: number): string {
  if (has > width) return `more than ${width} fields`;
  return has === 1 ? "1 field" : `${has} fields`;
}
