// A run that costs nothing and misbehaves on demand, for tests of sweeps. Its address says how: `fake_run.ts?log=…&slow=…`.

import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import type { Supposition } from "#/scenarios/schema.ts";
import type { WorkerData } from "#/sim/experiments/pool.ts";
import type { Outcome } from "#/sim/result.ts";

/** What `clearing.queueMinutes` makes a fake run do; any other number is no mischief. */
export const mischief = {
  throw: 1_001,
  hang: 1_002,
  fillMemory: 1_003,
  exit: 1_004,
  notFinite: 1_005,
} as const;

// `log`: a folder in which every run and every history leaves a line; `slow`: milliseconds a run takes; `held`: no more
// runs are ended than the file `allowed` of that folder says; `facts`: how many columns of a daily record it has.
const asked = new URL(import.meta.url).searchParams;

const sleep = (milliseconds: number) =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** The text of a file of the log; empty where it is not there yet. */
function noted(file: string): string {
  try {
    return readFileSync(join(asked.get("log")!, file), "utf8");
  } catch {
    return "";
  }
}

/** Waits while more runs have begun than are allowed: a test that looks too late still finds the sweep in the middle. */
function hold(): void {
  const begun = noted("runs.log").split("\n").length - 1;
  while (begun > Number(noted("allowed"))) sleep(3);
}

function note(file: string, line: string): void {
  const folder = asked.get("log");
  if (folder !== null) appendFileSync(join(folder, file), `${line}\n`);
}

/** A number in [0, 1) that depends on the words alone. */
function luck(...words: unknown[]): number {
  return createHash("sha256").update(words.join("/")).digest().readUInt32LE(0) / 2 ** 32;
}

/** A book of one number and one array; its luck belongs to seed and replication. */
export function buildOpeningBook(supposed: Supposition, replication: number) {
  note("books.log", String(replication));
  const openingLuck = luck("book", supposed.scenario.seed, replication);
  return { openingLuck, balancesFen: Float64Array.from({ length: 4 }, (_, i) => openingLuck * i) };
}

/** Outcomes made of two levers, the book and the luck of the replication; better by 10 where a cell is open. */
export function run(
  { scenario }: Supposition,
  replication: number,
  { openingBook }: { openingBook: ReturnType<typeof buildOpeningBook> },
) {
  note("runs.log", `${replication} ${scenario.title} ${scenario.clearing.prefundingCny}`);
  misbehave(scenario.clearing.queueMinutes);
  if (asked.has("held")) hold();
  if (asked.has("slow")) sleep(Number(asked.get("slow")));
  const open = scenario.acceptance.huabei["jd-mall"].mode === "bridged";
  const common = openingBook.balancesFen[2] + luck(scenario.seed, replication);
  const gmv = common + scenario.clearing.prefundingCny + (open ? 10 : 0);
  // The book is spoilt on purpose: no later run may see it.
  openingBook.balancesFen.fill(-1);
  const lateness = scenario.clearing.queueMinutes === mischief.notFinite
    ? NaN
    : scenario.macro.severityBps / 10_000;
  const outcomes: Record<string, Outcome> = {
    gmv: { value: gmv, unit: "CNY" },
    "dpd30Share.ant": { value: lateness, unit: "share" },
  };
  const hash = createHash("sha256").update(JSON.stringify(outcomes)).digest("hex");
  const days = Array.from({ length: scenario.world.days }, (_, day) => day);
  const columns = Object.fromEntries(
    Array.from({ length: Number(asked.get("facts")) }, (_, i) => [
      `fact${i}`,
      days.map((day) => luck(scenario.seed, replication, i, day) * (gmv + scenario.macro.severityBps)),
    ]),
  );
  return { outcomes, hash, daily: { columns } };
}

function misbehave(minutes: number): void {
  if (minutes === mischief.throw) throw new RangeError("Cannot close day 3: account bridge is off by 1 fen");
  if (minutes === mischief.exit) Deno.exit(7);
  if (minutes === mischief.hang) {
    pretendToHaveHung();
    for (;;);
  }
  const kept: unknown[] = [];
  while (minutes === mischief.fillMemory) kept.push(new Array(10_000).fill(1.5));
}

/**
 * Puts the clock that the pool looks at back by a day: a run that hangs is past any limit at once, so that tests can allow
 * so much time that no slow machine makes an honest run late.
 */
function pretendToHaveHung(): void {
  const { clock } = workerData as WorkerData;
  new Float64Array(clock)[1] -= 86_400_000;
}
