// Why a file or a folder cannot be used, in the words of a user and not of a system call.

import { statSync } from "node:fs";

const reasons: Record<string, string> = {
  ENOENT: "which is not there",
  EISDIR: "which is a folder",
  ELOOP: "which is a loop of symbolic links",
  EACCES: "which this user may not use",
  EPERM: "which this user may not use",
  EROFS: "which lies on a read-only file system",
  ENOSPC: "where there is no space left",
  EDQUOT: "where this user's share of the disk is used up",
  EIO: "on a disk that fails",
  EFBIG: "which would be larger than a file may be here",
  ENAMETOOLONG: "whose name is too long",
};

/**
 * What hinders, to stand after the path: `which is a file`.
 *
 * Shapes: what was thrown when `path` was to be read, written or made; any thrown value will do.
 *
 * @example
 * ```ts
 * import { whyUnusable } from "#/scenarios/unusable.ts";
 * import assert from "node:assert/strict";
 * assert.equal(whyUnusable(Object.assign(new Error(), { code: "EACCES" }), "/root"), "which this user may not use");
 * ```
 */
export function whyUnusable(error: unknown, path: string): string {
  const { name, message } = error as Error, code = codeOf(error);
  if (code === "EEXIST" || code === "ENOTDIR") {
    return isFile(path) ? "which is a file" : "a part of whose path is a file";
  }
  if (name === "NotCapable") {
    return "which lies outside the folders that this program may use (deno's --allow-read, --allow-write)";
  }
  return reasons[code] ?? `which cannot be used (${code || message || name})`;
}

/** What the system said: writing to an open file tells it by its number only, at the end of the message. */
function codeOf(error: unknown): string {
  const { code, message = "" } = error as Error & { code?: string };
  return code ?? numbers[/\(os error (\d+)\)/.exec(message)?.[1] ?? ""] ?? "";
}

const numbers: Record<string, string> = { "5": "EIO", "27": "EFBIG", "28": "ENOSPC", "122": "EDQUOT" };

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
