// Options that several verbs share, and how bad input ends: one line on standard error, exit code 2, nothing written.

import { InvalidArgumentError } from "commander";
import cliProgress from "cli-progress";
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { ScenarioError } from "#/scenarios/complain.ts";
import { MemoryError } from "#/sim/experiments/memory.ts";

/** A reader of a whole number between two bounds, for commander. */
export function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`found ${text}; a whole number from ${low} to ${high} is needed.`);
    }
    return value;
  };
}

/** Collects an option that may be given several times. */
export function several(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** A path as the user meant it: tasks run in the project's folder, so it is resolved where the command was given. */
export function userPath(text: string): string {
  const from = Deno.env.get("INIT_CWD");
  return from === undefined || isAbsolute(text) ? text : join(from, text);
}

/** A scenario's name as it is, or the path of a scenario file as the user meant it. */
export function scenarioPath(text: string): string {
  if (!/[/\\]|\.ya?ml$/.test(text)) return text;
  const meant = userPath(text);
  return existsSync(meant) ? meant : text;
}

/** Whether an error is the user's to mend: it is told in one line. */
export function isBadInput(error: unknown): error is Error {
  return error instanceof ScenarioError || error instanceof MemoryError;
}

/** A bar on standard error while something long runs; sparse lines where standard error is no terminal; `quiet` nothing. */
export function progress(
  quiet: boolean,
): { tell(done: number, total: number, doing: string): void; end(): void } {
  if (quiet) return { tell: () => {}, end: () => {} };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {percentage} %  {doing}  {value}/{total} days  {eta} s left",
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    clearOnComplete: false,
    hideCursor: true,
    etaBuffer: 200,
  }, cliProgress.Presets.shades_classic);
  let started = false;
  return {
    tell(done, total, doing) {
      if (!started) bar.start(total, done, { doing });
      else bar.update(done, { doing });
      started = true;
    },
    end() {
      if (started) bar.stop();
    },
  };
}
