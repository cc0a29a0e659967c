// Luck of tests that plan faults: a number in [0, 1) for each seed, case and use.

import { createHash } from "node:crypto";

/** A number in [0, 1) that depends on the words alone. */
export const uniform = (...words: number[]): number =>
  createHash("sha256").update(words.join("/")).digest().readUInt32LE(0) / 2 ** 32;
