// A page that a command writes: tried before anything long begins, replaced whole when it is done.

import { renameSync, rmSync, writeFileSync } from "node:fs";
import { refuse } from "#/scenarios/complain.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";
import { namedPath } from "./options.ts";

/** The file that `--out` names, if it does; refused where it cannot be written. */
export function pageFile(out: string | undefined): string | undefined {
  if (out === undefined) return undefined;
  const file = namedPath("--out", out, "the path of a file");
  attempt(file, () => {
    writeFileSync(`${file}.part`, "");
    rmSync(`${file}.part`);
  });
  return file;
}

/** Writes a page whole. */
export function writePage(file: string, html: string): void {
  attempt(file, () => {
    writeFileSync(`${file}.part`, html);
    renameSync(`${file}.part`, file);
  });
}

function attempt(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    refuse("--out", "", `found ${file}, ${whyUnusable(error, file)}; allowed is a file that can be written`);
  }
}
