// The folder of stored reports: which there are, and one of them by its id. Reads only.

import { join } from "node:path";
import { overview } from "#/server/facts/findings.ts";
import { type Comparison, parseReport } from "#/server/reports/shape.ts";

/** A stored report, or what is wrong with its file. */
export type Stored =
  | { state: "read"; id: string; report: Comparison; text: string }
  | { state: "malformed"; id: string; file: string; problem: string }
  | { state: "absent"; id: string };

/** One line of the list of reports. */
export type Listed =
  | { id: string; title: string; finding: string; from: string; to: string; shoppers: number; days: number }
  | { id: string; problem: string };

const legalId = /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/;

/**
 * Whether a text can be the id of a report: letters, digits, `-`, `_` and single dots, so that it can name no other
 * folder.
 *
 * @example
 * ```ts
 * import { isReportId } from "#/server/reports/folder.ts";
 * import assert from "node:assert/strict";
 * assert.ok(isReportId("baseline-interop-3f9a"));
 * assert.ok(!isReportId("../secret"));
 * ```
 */
export function isReportId(id: string): boolean {
  return id.length <= 200 && legalId.test(id);
}

/** The report `id` of a folder; absent when there is no such file or the id could name a file elsewhere. */
export async function readReport(folder: string, id: string): Promise<Stored> {
  if (!isReportId(id)) return { state: "absent", id };
  const file = `${id}.json`;
  let text: string;
  try {
    text = await Deno.readTextFile(join(folder, file));
  } catch (error) {
    if (isAbsent(error)) return { state: "absent", id };
    return { state: "malformed", id, file, problem: `cannot be read: ${(error as Error).message}` };
  }
  try {
    return { state: "read", id, report: parseReport(text), text };
  } catch (error) {
    return { state: "malformed", id, file, problem: (error as Error).message };
  }
}

/** All reports of a folder, by id; a folder that does not exist holds none. */
export async function listReports(folder: string): Promise<Listed[]> {
  const ids: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      const id = entry.name.replace(/\.json$/, "");
      if (entry.isFile && entry.name.endsWith(".json") && isReportId(id)) ids.push(id);
    }
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  ids.sort();
  return await Promise.all(ids.map(async (id) => {
    const stored = await readReport(folder, id);
    if (stored.state !== "read") {
      return { id, problem: stored.state === "malformed" ? stored.problem : "went away while it was read" };
    }
    const { title, a, b } = stored.report;
    return {
      id,
      title,
      finding: overview(stored.report),
      from: a.scenario,
      to: b.scenario,
      shoppers: b.world.shoppers,
      days: b.world.days,
    };
  }));
}

function isAbsent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.IsADirectory;
}
