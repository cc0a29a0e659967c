// A page that a command writes: tried before anything long begins, replaced whole when it is done.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { refuse } from "#/scenarios/complain.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";
import { namedPath } from "./options.ts";

/** What is written where a file is tried: an empty file can be made on a disk that is full. */
const probe = new Uint8Array(65_536);

/** The file that `--out` names, if it does; refused where it cannot be written. */
export function pageFile(out: string | undefined): string | undefined {
  return out === undefined ? undefined : newFile("--out", out);
}

/** The file that an option names, tried before anything long begins; its folder is made where it is missing. Errors: `ScenarioError`. */
export function newFile(place: string, text: string): string {
  const file = namedPath(place, text, "the path of a file");
  tryFile(place, file);
  return file;
}

/** Tries whether a file can be written; what stands there stays. Errors: `ScenarioError` with the file, why, and what is allowed. */
export function tryFile(place: string, file: string, { makesFolder = true } = {}): void {
  attempt(file, () => {
    if (makesFolder) mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(`${file}.part`, probe);
    } finally {
      rmSync(`${file}.part`, { force: true });
    }
    if (existsSync(file) && statSync(file).isDirectory()) {
      throw Object.assign(new Error(), { code: "EISDIR" });
    }
  }, place);
}

/** Writes a page whole. Errors: as {@link writeFile}. */
export function writePage(file: string, html: string): void {
  writeFile("--out", file, html);
}

/**
 * Writes a file whole: it appears under its name in one step, and what stood there stays where that fails.
 *
 * Shapes: `place` is the option that named it. Errors: `ScenarioError` with the file, why, and what is allowed.
 */
export function writeFile(place: string, file: string, content: string | Uint8Array): void {
  attempt(file, () => {
    try {
      writeFileSync(`${file}.part`, content);
      renameSync(`${file}.part`, file);
    } catch (error) {
      rmSync(`${file}.part`, { force: true });
      throw error;
    }
  }, place);
}

/**
 * Writes a file part by part; it appears under its name when it is whole, and not at all where that fails.
 *
 * Shapes: `make` is given what takes the next bytes. Errors: as {@link writeFile}; those of `make`.
 */
export async function writeParts(
  file: string,
  make: (write: (bytes: Uint8Array) => boolean) => Promise<void>,
  { place = "--out" } = {},
): Promise<void> {
  const draft = `${file}.part`;
  let to: number | undefined;
  try {
    attempt(file, () => void (to = openSync(draft, "w")), place);
    await make((bytes) => {
      attempt(file, () => {
        for (let rest = bytes; rest.length > 0;) rest = rest.subarray(writeSync(to!, rest));
      }, place);
      return true;
    });
    attempt(file, () => {
      fsyncSync(to!);
      closeSync(to!);
      to = undefined;
      renameSync(draft, file);
    }, place);
  } catch (error) {
    if (to !== undefined) closeSync(to);
    rmSync(draft, { force: true });
    throw error;
  }
}

function attempt(file: string, write: () => void, place = "--out"): void {
  try {
    write();
  } catch (error) {
    refuse(place, "", `found ${file}, ${whyUnusable(error, file)}; allowed is a file that can be written`);
  }
}
