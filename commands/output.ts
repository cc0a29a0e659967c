// Standard output and standard error of the command line: whoever stops reading ends nothing that is under way.

import process from "node:process";
import { whyUnusable } from "#/scenarios/unusable.ts";

const isClosed = { out: false, err: false };

/** Where bytes go; all but the program's own for tests. */
export interface Stream {
  writeSync(bytes: Uint8Array): number;
}

/**
 * Writes all of it.
 *
 * Shapes: true when it is written, false when nobody reads any more. Errors: what the stream throws for other reasons.
 */
export function writeWhole(stream: Stream, data: string | Uint8Array): boolean {
  let bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(stream.writeSync(bytes));
    } catch (error) {
      const { code } = error as { code?: string };
      if (error instanceof Deno.errors.BrokenPipe || code === "EPIPE") return false;
      if (error instanceof Deno.errors.WouldBlock || code === "EAGAIN") {
        // Another program made the pipe one that does not wait: wait for its reader here.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
        continue;
      }
      throw error;
    }
  }
  return true;
}

/**
 * Writes to standard output; false once it takes no more, and from then on nothing is written.
 *
 * A full disk behind it is told once, and {@link isPrinted} says no: what else the verb has to write is still written.
 */
export function print(data: string | Uint8Array): boolean {
  if (isClosed.out) return false;
  try {
    isClosed.out = !writeWhole(Deno.stdout, data);
  } catch (error) {
    isClosed.out = hasFailed = true;
    complain(
      `standard output: cannot be written, ${
        whyUnusable(error, "")
      }; the rest of it is lost: give the command again\n`,
    );
  }
  return !isClosed.out;
}

let hasFailed = false;

/** Whether all that was printed has been taken, or was no longer wanted. */
export const isPrinted = (): boolean => !hasFailed;

/** Writes to standard error as far as it can be: progress that nobody can read is no reason to stop. */
export function complain(data: string): void {
  if (isClosed.err) return;
  try {
    isClosed.err = !writeWhole(Deno.stderr, data);
  } catch {
    isClosed.err = true;
  }
}

/**
 * Lets everything that the program prints go through {@link print} and {@link complain}: a closed pipe then ends printing and
 * not the work, and the exit code stays the verb's own.
 */
export function useStandardStreams(): void {
  const line = (parts: unknown[]) =>
    parts.map((part) => typeof part === "string" ? part : Deno.inspect(part)).join(" ") + "\n";
  console.log = console.info = (...parts: unknown[]) => void print(line(parts));
  console.error = console.warn = (...parts: unknown[]) => complain(line(parts));
  process.stdout.write = (data: unknown) => print(data as string | Uint8Array);
  // The bar of a terminal that is closed.
  process.stderr.on("error", () => {});
}
