// The cache of opening books: a seasoned history is simulated once for each world and replication, then read from disk.

import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { canonicalStrict } from "#/model/units/canonical.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";
import { buildOpeningBook } from "#/sim/run.ts";
import { bookIn, encodeBook } from "#/sim/experiments/book_bytes.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { recallScorecards } from "#/sim/experiments/scorecard_cache.ts";

/** The folder of opening books, unless another is named. */
export const openingFolder = ".hutong/opening";
const mostFiles = 200, mostBytes = 2 ** 31;

/** How to get a book; every part may be left out. */
export interface OpeningOptions {
  /** Folder of the cache, made where it is missing. */
  folder?: string;
  /** Hash of the sources; {@link engineHash} where the caller does not know it yet. */
  engine?: string;
  /** The {@link openingKey}, where the caller has it. */
  key?: string;
  /** What simulates a history; another one in tests. */
  build?: typeof buildOpeningBook;
  /** Told of each simulated day of a history that has to be built. */
  onDay?: (day: number, days: number) => void;
  /** Told in words when the cache could not be used or a file was broken. */
  onNote?: (note: string) => void;
  /** The caller's last book, kept here between calls: it spares the disk, and the building where no folder can be written. */
  memory?: { key?: string; read?: () => object; cards?: unknown[] };
}

/**
 * The name of an opening book: SHA-256, in hex, of what a history depends on. Levers act from day 1, so all scenarios of
 * one world share it.
 *
 * Shapes: a supposition, a whole replication, the engine's hash.
 */
export function openingKey(
  supposed: Supposition,
  replication: number,
  engine: string = engineHash(),
): string {
  const { seed, world } = supposed.scenario;
  // Design points share their history object; its text is written once.
  let known = histories.get(supposed.history);
  if (!known || known.seed !== seed || known.people !== world.people) {
    const text = canonicalStrict({ history: supposed.history, people: world.people });
    known = { seed, people: world.people, engine: "", keys: [], text };
    histories.set(supposed.history, known);
  }
  if (known.engine !== engine) [known.engine, known.keys] = [engine, []];
  return known.keys[replication] ??= createHash("sha256").update(known.text)
    .update(canonicalStrict([seed, replication])).update("\n").update(engine).digest("hex");
}

interface KnownHistory {
  seed: string;
  people: unknown;
  engine: string;
  /** By replication. */
  keys: string[];
  text: string;
}

const histories = new WeakMap<object, KnownHistory>();

/**
 * The opening book of a supposition and a replication, from the cache where it holds a sound one, else simulated and kept.
 *
 * A file that is cut short, changed, or answers another key is never trusted: it is built again and replaced. Files
 * appear under their name in one step, so that a killed process leaves no half of one. A folder that cannot be written
 * costs time, not the run: it is said through `onNote`, once a folder. At most 200 files and 2 GiB are kept, those
 * used longest ago are removed first. Every call returns arrays of its own.
 *
 * Errors: those of the simulation itself.
 */
export function cachedOpeningBook(
  supposed: Supposition,
  replication: number,
  options: OpeningOptions = {},
): OpeningBook {
  const { folder = openingFolder, build = buildOpeningBook, onDay, onNote, memory = {} } = options;
  const { engine = engineHash() } = options;
  const { history, scenario: { scoring, seed, world: { people } } } = supposed;
  // The cards at hand are those of the call before where what they follow from is the same object.
  const cards = [history, scoring, seed, people];
  if (!memory.cards?.every((part, i) => part === cards[i])) {
    recallScorecards(supposed, { folder, engine, onDay, onNote });
    memory.cards = cards;
  }
  const key = options.key ?? openingKey(supposed, replication, engine);
  if (memory.key === key && memory.read) return memory.read() as OpeningBook;

  const file = join(folder, `${key}.book`);
  let bytes = readWhole(file);
  let read = bytes && bookIn(bytes, key);
  if (bytes && !read) onNote?.(`the opening book ${file} is broken; it is built again`);
  if (read) touch(file);
  else {
    bytes = encodeBook(build(supposed, replication, { onDay }), key);
    keep(folder, file, bytes, onNote);
    // Read back also when just built: a run must not see whether its book came from the cache.
    read = bookIn(bytes, key, { checked: true })!;
  }
  memory.key = key;
  memory.read = read;
  return read() as OpeningBook;
}

/** Whether the cache holds a file of a key; whether it is sound is seen when it is read. */
export const hasOpeningBook = (folder: string, key: string): boolean =>
  existsSync(join(folder, `${key}.book`));

function readWhole(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

const complained = new Set<string>();

function keep(folder: string, file: string, bytes: Uint8Array, onNote?: (note: string) => void): void {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, bytes, { flush: true });
    renameSync(draft, file);
    trim(folder);
  } catch (error) {
    try {
      rmSync(draft, { force: true });
    } catch { /* the folder is not ours to tidy */ }
    if (complained.has(folder)) return;
    complained.add(folder);
    const why = (error as { code?: string }).code ?? (error as Error).message;
    onNote?.(`opening books cannot be kept in ${folder} (${why}); each is simulated again when it is needed`);
  }
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch { /* a folder that is only readable serves as well */ }
}

function trim(folder: string): void {
  const files = readdirSync(folder).filter((name) => /\.(book|cards\.json|draft)$/.test(name)).flatMap(
    (name) => {
      // Another worker may have removed it since the listing.
      const status = statSync(join(folder, name), { throwIfNoEntry: false });
      return status ? [{ name, mtimeMs: status.mtimeMs, size: status.size }] : [];
    },
  );
  files.sort((a, b) => b.mtimeMs - a.mtimeMs || (a.name < b.name ? -1 : 1));
  let bytes = 0;
  for (const [i, { name, size }] of files.entries()) {
    bytes += size;
    // The newest stays whatever its size: it is the one in use.
    if (i > 0 && (i >= mostFiles || bytes > mostBytes)) rmSync(join(folder, name), { force: true });
  }
}
