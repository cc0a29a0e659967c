// Sweeps in processes of their own, for tests that kill them: started, watched through their store, killed.

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Fixture } from "#/sim/experiments/testing/fixture.ts";

/** The module of such a process. */
export const sweepChild = new URL("./sweep_child.ts", import.meta.url).href;

/** A process that sweeps the fixture's file. */
export function begun({ file, options }: Fixture): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", sweepChild, file, JSON.stringify(options)],
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  }).spawn();
}

/** Kills a process with -9, unless it has ended by itself, and waits for its end. */
export async function killed(process: Deno.ChildProcess): Promise<void> {
  try {
    process.kill("SIGKILL");
  } catch { /* it has ended */ }
  await process.status;
}

/** Rows of a store, which another process may be writing; none while it is not there. */
export function rowsIn(path: string): number {
  try {
    using db = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
    return Number(db.prepare("select count(*) as n from jobs").get()!.n);
  } catch {
    return 0;
  }
}

/** Waits until something is so. Errors: an `AssertionError` where a process that it needs ends before, or after five minutes. */
export async function until(
  process: Deno.ChildProcess | undefined,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  let end: Deno.CommandStatus | undefined;
  process?.status.then((status) => end = status);
  for (const since = Date.now(); !await isSo();) {
    assert.ok(end === undefined, `the process ended before, with ${JSON.stringify(end)}`);
    assert.ok(Date.now() - since < 300_000, "it did not become so within five minutes");
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}
