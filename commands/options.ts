// What several verbs need of the machine: paths as the user meant them, folders that can be used, and how bad input ends.

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { refuse, ScenarioError } from "#/scenarios/complain.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";
import { MemoryError } from "#/sim/experiments/memory.ts";

/** Collects an option that may be given several times. */
export function several(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** A path as the user meant it: tasks run in the project's folder, so it is resolved where the command was given. */
export function userPath(text: string, from = Deno.env.get("INIT_CWD")): string {
  return from === undefined || isAbsolute(text) ? text : join(from, text);
}

/** The path that an option names, as the user meant it. Errors: `ScenarioError` for a text that names nothing. */
export function namedPath(place: string, text: string, allowed: string): string {
  if (text.trim() === "") refuse(place, "", `found nothing; allowed is ${allowed}`);
  return userPath(text);
}

/** A name as it is (a scenario's, a sweep's), or the path of such a file as the user meant it. */
export function filePath(text: string, from = Deno.env.get("INIT_CWD")): string {
  if (!/[/\\]|\.ya?ml$/.test(text)) return text;
  const meant = userPath(text, from);
  return existsSync(meant) ? meant : text;
}

/** Whether an error is the user's to mend: it is told in one line. */
export function isBadInput(error: unknown): error is Error {
  return error instanceof ScenarioError || error instanceof MemoryError;
}

/**
 * Makes a folder and tries it, before anything long begins.
 *
 * Shapes: `place` is the option that named it. Errors: `ScenarioError` with the folder, why, and what is allowed.
 */
export function writableFolder(place: string, folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `.hutong-probe-${crypto.randomUUID()}`);
    // An empty file can be made on a disk that is full.
    try {
      writeFileSync(probe, new Uint8Array(1_024));
    } finally {
      rmSync(probe, { force: true });
    }
    readdirSync(folder);
  } catch (error) {
    unusable(place, folder, { error, allowed: "a folder that can be read and written, or a new one" });
  }
  return folder;
}

/** The same for a folder that is only read and must be there. */
export function readableFolder(place: string, folder: string): string {
  try {
    readdirSync(folder);
  } catch (error) {
    unusable(place, folder, { error, allowed: "a folder that can be read" });
  }
  return folder;
}

function unusable(
  place: string,
  path: string,
  { error, allowed }: { error: unknown; allowed: string },
): never {
  refuse(place, "", `found ${path}, ${whyUnusable(error, path)}; allowed is ${allowed}`);
}
