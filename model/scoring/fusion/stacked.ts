// Scores meet at a licensed bureau: the mean of both, where both exist.

import type { Fusion } from "./registry.ts";

/** The mean of both scores; a missing partner leaves the own score as it is. */
export const stacked: Fusion = {
  title: "scores meet at a licensed bureau",
  seesOtherLine: true,
  fuse: (ownPoints, otherPoints) => otherPoints === otherPoints ? (ownPoints + otherPoints) / 2 : ownPoints,
};
