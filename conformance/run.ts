// Runs every known-answer set of a folder and says, set by set, what passed, what failed and what waits for its layer.

import { type CaseResult, type FolderReader, lacking, unread } from "./case.ts";
import type { Treatment } from "./sets.ts";

/** Where the sets lie. */
export interface Vectors {
  /** The paths of all files, from the folder, with "/" between. */
  paths: readonly string[];
  /** The text of one file; throws where there is none. */
  read(path: string): string;
}

/** One set and its cases. */
export interface SetResult {
  /** Its path under the folder. */
  set: string;
  /** What became of each case. */
  cases: CaseResult[];
}

/**
 * Reads each set with the reader that the registry names; the folder may also be one above that of all sets, or that of one kind.
 *
 * A file that the registry does not know fails ("no reader"), and so does a set without cases or one that cannot be
 * read; a set is skipped only where the registry says which layer is lacking. README files are no sets.
 */
export function runSets(vectors: Vectors, registry: Record<string, Treatment>): SetResult[] {
  const results = new Map<string, SetResult>();
  for (const path of [...vectors.paths].sort()) {
    if (/(^|\/)README\.md$/.test(path)) continue;
    const found = placeOf(path, registry), set = found?.set ?? path;
    if (results.has(set)) continue;
    const treatment = found && registry[found.key];
    if (treatment && "partOf" in treatment) continue;
    const files = () => filesOf(vectors, set);
    const beside = (other: string) => {
      try {
        return vectors.read(found!.root(other));
      } catch {
        return undefined;
      }
    };
    results.set(set, { set, cases: casesOf(treatment, { read: () => vectors.read(path), files, beside }) });
  }
  return [...results.values()];
}

/** Where a file has its place in the registry, and how paths of the registry are reached from the folder that was given. */
interface Place {
  key: string;
  /** The set's path from the given folder: of a set that is a folder its own, else the file's. */
  set: string;
  root(path: string): string;
}

/**
 * The given folder may be that of all sets, one above it (`vectors/wb/x.json`), or that of one kind (`x.json` of `wb/`); a set that
 * is a folder may not be given by itself.
 */
function placeOf(path: string, registry: Record<string, Treatment>): Place | undefined {
  for (const key of Object.keys(registry)) {
    const isFolder = key.endsWith("/"),
      [kind, name] = [key.slice(0, key.indexOf("/") + 1), key.slice(key.indexOf("/") + 1)];
    const ends = (own: string, from: number) =>
      isFolder ? path.startsWith(own, from) : path.slice(from) === own;
    const above = isFolder ? path.indexOf(`/${key}`) + 1 : path.length - key.length;
    if (ends(key, 0) || above > 0 && path[above - 1] === "/" && ends(key, above)) {
      const prefix = ends(key, 0) ? "" : path.slice(0, above);
      return { key, set: isFolder ? prefix + key : path, root: (other) => prefix + other };
    }
    if (name !== "" && ends(name, 0)) {
      return {
        key,
        set: isFolder ? name : path,
        root: (other) => other.startsWith(kind) ? other.slice(kind.length) : `../${other}`,
      };
    }
  }
  return undefined;
}

/** The files of a set that is a folder, by their paths within it. */
function filesOf({ paths, read }: Vectors, folder: string): Map<string, string> {
  const inside = [...paths].sort().filter((path) => path.startsWith(folder));
  return new Map(inside.map((path) => [path.slice(folder.length), read(path)]));
}

function casesOf(
  treatment: Treatment | undefined,
  { read, files, beside }: {
    read: () => string;
    files: () => Map<string, string>;
    beside: (path: string) => string | undefined;
  },
): CaseResult[] {
  if (treatment === undefined) return [unread("the set", "this file")];
  if (typeof treatment === "object" && "lacks" in treatment) return [lacking("the set", treatment.lacks)];
  try {
    const cases = typeof treatment === "function"
      ? treatment(read(), beside)
      : (treatment as { folder: FolderReader }).folder(files());
    return cases.length > 0
      ? cases
      : [{ name: "the set", status: "failed", reason: "the file holds no cases" }];
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    return [{ name: "the set", status: "failed", reason: `cannot be read: ${name}: ${message}` }];
  }
}

/** How many cases of a kind. */
export function countOf(cases: readonly CaseResult[], status: CaseResult["status"]): number {
  return cases.filter((one) => one.status === status).length;
}

/** The report: a line a set with passed/failed/skipped and the reasons, then a line of totals. */
export function reportLines(results: readonly SetResult[]): string[] {
  const width = Math.max(3, ...results.map(({ set }) => set.length));
  const line = (set: string, counts: string, reason: string) =>
    `${set.padEnd(width)}  ${counts.padEnd(21)}  ${reason}`.trimEnd();
  const all = results.flatMap(({ cases }) => cases);
  return [
    line("set", "passed/failed/skipped", "reason"),
    ...results.map(({ set, cases }) => line(set, counts(cases), reasons(cases))),
    `${countOf(all, "passed")} passed, ${countOf(all, "failed")} failed, ${countOf(all, "skipped")} skipped`,
  ];
}

function counts(cases: readonly CaseResult[]): string {
  return (["passed", "failed", "skipped"] as const).map((status) => countOf(cases, status)).join("/");
}

/** Failures first, each with its case; then what is lacking, once each. */
function reasons(cases: readonly CaseResult[]): string {
  const failed = cases.filter((one) => one.status === "failed").map(({ name, reason }) =>
    `${name}: ${reason}`
  );
  const lacking = new Set(cases.filter((one) => one.status === "skipped").map(({ reason }) => reason));
  const shown = failed.length > 3 ? [...failed.slice(0, 3), `and ${failed.length - 3} more`] : failed;
  return [...shown, ...lacking].join("; ");
}
