// A program that is killed in the middle of writing a file: its draft is a pipe that takes a few bytes and no more.

import { rmSync, writeFileSync } from "node:fs";

const main = new URL("../../main.ts", import.meta.url).pathname;

/** Begins the program with words of its command line. */
export const begun = (words: readonly string[]): Deno.ChildProcess =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", main, ...words],
    ...{ stdin: "null", stdout: "null", stderr: "piped" },
  }).spawn();

/** What a pipe holds on Linux before its writer has to wait. */
const pipeBytes = 65_536;

/**
 * Begins the program, waits until it has begun to write the draft, and kills it there with -9.
 *
 * Gives back the bytes that it had written at that moment; they stand in the draft, as a kill leaves them. What is written must be
 * longer than a pipe holds by 8 KiB. Errors: an `Error` with what it said, where it ends without writing.
 */
export async function killedWriting(draft: string, words: readonly string[]): Promise<Uint8Array> {
  new Deno.Command("mkfifo", { args: [draft] }).outputSync();
  // Open at both ends, so that opening waits for nobody.
  using pipe = await Deno.open(draft, { read: true, write: true });
  const child = begun(words), said = new Response(child.stderr).text();
  const bytes = new Uint8Array(8_192), began = pipe.read(bytes);
  const which = await Promise.race([began, child.status]);
  if (which !== null && typeof which === "object") {
    // Lets the read end.
    await pipe.write(Uint8Array.of(0));
    await began;
    throw new Error(`It ended with ${which.code} without writing: ${await said}`);
  }
  child.kill("SIGKILL");
  await child.status;
  await said;
  const written = bytes.slice(0, which ?? 0);
  rmSync(draft);
  writeFileSync(draft, written);
  return written;
}

/** The least length of a text whose writing {@link killedWriting} can hold. */
export const heldBytes = pipeBytes + 8_192;
