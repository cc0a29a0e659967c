// The engine's hash: which sources made a result. The cache needs it equal, a replay prints it.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const parts = ["deno.lock", "model", "scenarios/schema.ts", "sim"];

let known: string | undefined;

/**
 * SHA-256, in hex, of everything that can change a result: the sources of `model` and `sim`, the scenario schema, deno.lock
 * and the Deno version. Tests, benchmarks, their `testing` folders, snapshots and pages of text do not count.
 *
 * Computed once a process; a few milliseconds. Errors: those of the file system, when the sources cannot be read.
 */
export function engineHash(): string {
  known ??= hashOf(root, Deno.version.deno);
  return known;
}

/**
 * The hash for one root folder and one runtime: paths in code-unit order, each with its length and its bytes, so that
 * neither a rename nor a moved line goes unseen.
 */
export function hashOf(root: string, version: string): string {
  const hash = createHash("sha256").update(`deno ${version}\n`);
  for (const path of parts.flatMap((part) => filesUnder(root, part)).sort()) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

function filesUnder(root: string, path: string): string[] {
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if ((error as { code?: string }).code === "ENOTDIR") return counts(path) ? [path] : [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) {
      return /^(testing|__snapshots__)$/.test(entry.name) ? [] : filesUnder(root, below);
    }
    return counts(below) ? [below] : [];
  });
}

const counts = (path: string) => !/(_test\.tsx?|_bench\.tsx?|\.md)$/.test(path) && !/\/\.[^/]*$/.test(path);
