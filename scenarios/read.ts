// Reading a scenario file from disk: a small regular file of UTF-8 text, or a refusal that says what it is instead.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** The most that a scenario file may hold. */
export const mostBytes = 1_048_576;

/** A file's text, or why it cannot be had: `fault` in words, `line` where it shows. */
export type FileText = { text: string; sha256: string } | { fault: string; line: number };

const reasons: Record<string, string> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file, as a part of its path is no folder",
  ELOOP: "a loop of symbolic links",
  EACCES: "may not be read",
  EPERM: "may not be read",
  ENAMETOOLONG: "the name is too long",
};

const reason = (error: unknown) => {
  const { code, name, message } = error as Error & { code?: string };
  if (name === "NotCapable") return "may not be read: it is outside the folders that this program was given";
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
    if (status.isDirectory()) return { fault: "a directory; a scenario file is due", line: 0 };
    if (!status.isFile()) return { fault: "no regular file", line: 0 };
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
    return { fault: "found bytes that are no UTF-8 text", line: badLine(bytes) };
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
