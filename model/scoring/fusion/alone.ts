// Each issuer decides on its own score.

import type { Fusion } from "./registry.ts";

/** The own score, unchanged. */
export const alone: Fusion = {
  title: "each issuer alone",
  data: [],
  crosses: "nothing",
  seesOtherLine: false,
  law: [{ from: "2013-03-15", status: "lawful", source: "own customers' data for the own contract" }],
  fuse: (ownPoints) => ownPoints,
};
