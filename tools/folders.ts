// Where a file of the project lies: the first folder under the root decides what a rule asks of it.

import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";

/** The address of the project's root, from this file's own place, so that the working directory does not matter. */
export const root: string = new URL("../", import.meta.url).href;

/** The address of a file that lint names: an absolute path, a `file:` address or a path from the root. */
export function address(filename: string): URL {
  if (filename.startsWith("file:")) return new URL(filename);
  return isAbsolute(filename) ? pathToFileURL(filename) : new URL(filename, root);
}

/** The path of an address under the root, or undefined for what lies outside. */
export function pathUnderRoot(url: URL): string | undefined {
  return url.href.startsWith(root) ? url.href.slice(root.length) : undefined;
}

/** The first folder of a path under the root, or undefined for a file that lies in the root itself. */
export function firstFolder(path: string): string | undefined {
  const slash = path.indexOf("/");
  return slash < 0 ? undefined : path.slice(0, slash);
}
