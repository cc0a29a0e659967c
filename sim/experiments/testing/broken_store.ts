// Breaks a page of a store, for tests: as a disk does that loses a sector.

import { closeSync, openSync, writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const pageBytes = 4_096;

/** The page at which a table or an index begins; it is an inner one where the table has more rows than fit into one. */
export function rootOf(path: string, name: string): number {
  using db = new DatabaseSync(path, { readOnly: true });
  return Number(db.prepare("select rootpage from sqlite_schema where name = ?").get(name)!.rootpage);
}

/** Overwrites a page, from 1 on, with one byte. Nobody may have the store open. */
export function breakPage(path: string, page: number, by: number): void {
  const file = openSync(path, "r+");
  writeSync(file, new Uint8Array(pageBytes).fill(by), 0, pageBytes, (page - 1) * pageBytes);
  closeSync(file);
}
