// Folders that tests make and remove again.

import { rmSync } from "node:fs";

/**
 * Removes a folder and all in it. A thread that was ended a moment ago may still be writing its last file: the folder is
 * then not empty when it is to go, so it is tried again for a while.
 */
export function removeFolder(folder: string): void {
  for (let left = 400;; left--) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (left === 0 || (error as { code?: string }).code !== "ENOTEMPTY") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}
