// Each issuer decides on its own score.

import type { Fusion } from "./registry.ts";

/** The own score, unchanged. */
export const alone: Fusion = {
  title: "each issuer alone",
  seesOtherLine: false,
  fuse: (ownPoints) => ownPoints,
};
