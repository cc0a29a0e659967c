// A run that costs nothing for tests of calibrations: figures that are plain functions of four assumptions and of luck.

import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario, Supposition } from "#/scenarios/schema.ts";
import type { Outcome } from "#/sim/result.ts";

/** The address of this module; `log` is a folder in which every run leaves a line, `fails` a value of `forgetBps` that throws. */
export function fakeTargets(asked: Record<string, string> = {}): string {
  const address = new URL(import.meta.url);
  address.search = new URLSearchParams(asked).toString();
  return address.href;
}

const asked = new URL(import.meta.url).searchParams;

/** No history is needed; its key still depends on seed and replication. */
export function buildOpeningBook() {
  return { balancesFen: new Float64Array(1) };
}

/** The figures of some values: each replication has the same luck whatever the values are; their mean over two is none. */
export function figures(
  { hardshipPerYearBps: a, hardshipMeanDays: b, forgetBps: c }: Pick<
    Scenario["behaviour"],
    "hardshipPerYearBps" | "hardshipMeanDays" | "forgetBps"
  >,
  replication: number,
): Record<string, number> {
  const luck = replication % 2 === 0 ? 1.1 : 0.9;
  return {
    stock: luck * a * b / 1e6,
    flow: luck * (a + 2 * c) / 1e4,
    age: b + 0.1 * Math.sqrt(a),
    slips: luck * (c + 50) / 1e3,
    never: luck * a / c,
  };
}

/** Figures as outcomes. */
export function run({ scenario, history }: Supposition, replication: number) {
  const { behaviour } = scenario;
  if (behaviour.hardshipPerYearBps !== history.behaviour.hardshipPerYearBps) {
    throw new Error("the history has another value");
  }
  if (asked.get("fails") === String(behaviour.forgetBps)) throw new RangeError("Cannot close day 3");
  const log = asked.get("log");
  if (log !== null) appendFileSync(join(log, "runs.log"), `${replication} ${JSON.stringify(behaviour)}\n`);
  const outcomes: Record<string, Outcome> = {};
  for (const [name, value] of Object.entries(figures(behaviour, replication))) {
    outcomes[name] = { value, unit: "share" };
  }
  return { outcomes, hash: createHash("sha256").update(JSON.stringify(outcomes)).digest("hex") };
}
