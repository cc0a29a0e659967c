// Reading a scenario file from disk: a small regular file of UTF-8 text, or a refusal that says what it is instead.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** The most that a scenario file may hold. */
export const mostBytes = 1_048_576;

/** A file's text, or why it cannot be had: `fault` in words, `line` where it shows. */
export type FileText = { text: string; sha256: string } | { fault: string; line: number };

const reasons: Record<string, string> = {
  ENOENT: "no such file; allowed is the path of a file that is there",
  ENOTDIR: "no such file, as a part of its path is no folder; allowed is the path of a file that is there",
  ELOOP: "a loop of symbolic links; allowed is a file",
  EACCES: "may not be read by this user; allowed is a file that may be",
  EPERM: "may not be read by this user; allowed is a file that may be",
  ENAMETOOLONG: "the name is too long; allowed is what the file system takes, mostly 255 bytes",
};

const reason = (error: unknown) => {
  const { code, name, message } = error as Error & { code?: string };
  if (name === "NotCapable") {
    return "outside the folders that this program may read (deno's --allow-read); allowed is a file inside them";
  }
  return reasons[code ?? ""] ?? `cannot be read: ${message}`;
};

/**
 * Reads a file. Never throws: what is wrong comes back as `fault`.
 *
 * Shapes: `path` on disk. The file is at most 1 MiB ({@link mostBytes}) of UTF-8; a byte-order mark is dropped.
 */
export function readText(path: string): FileText {
  let bytes: Uint8Array;
  try {
    const status = statSync(path);
    if (status.isDirectory()) return { fault: "a directory; allowed is a file", line: 0 };
    if (!status.isFile()) return { fault: "no regular file; allowed is one", line: 0 };
    if (status.size > mostBytes) return tooLarge(status.size);
    bytes = readFileSync(path);
  } catch (error) {
    return { fault: reason(error), line: 0 };
  }
  if (bytes.length > mostBytes) return tooLarge(bytes.length);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return { text: decoder.decode(bytes), sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch {
    return { fault: "found bytes that are no UTF-8 text; allowed is UTF-8", line: badLine(bytes) };
  }
}

const tooLarge = (size: number) => ({
  fault: `found ${size} bytes; allowed are ${mostBytes} (1 MiB)`,
  line: 0,
});

/** The first line that is no UTF-8; a line feed is never part of a longer character. */
function badLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return 1;
}
