// A verb as it is typed at a prompt, for tests: what it prints, its exit code, and a world small enough to wait for.

import type { Verb } from "#/commands/verb.ts";

/**
 * Runs a verb with words and gives back the lines that it printed, and the exit code that it left.
 *
 * Errors: those of the verb; commander's own for words that it does not know. Nothing is written to standard error.
 */
export async function typed(verb: Verb, words: readonly string[]): Promise<{ code: number; out: string }> {
  const before = console.log, out: string[] = [];
  console.log = (text: string) => void out.push(text);
  Deno.exitCode = 0;
  try {
    await verb.exitOverride().configureOutput({ writeErr: () => {} }).parseAsync(words, { from: "user" });
    return { code: Deno.exitCode, out: out.join("\n") };
  } finally {
    console.log = before;
    Deno.exitCode = 0;
  }
}

/** Settings of a world whose years are run in a second, by an expert's card. */
export const smallWorld: readonly string[] = [
  ...["world.merchants=200", "world.history.shoppers=600", "world.history.days=40"],
  ...["scoring.card=expert", "world.history.set.scoring.card=expert"],
].flatMap((one) => ["--set", one]);
