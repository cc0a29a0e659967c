// Score fusions: how one issuer's score is joined with what the other side knows. A new fusion is a file and a line here.

import { alone } from "./alone.ts";
import { stacked } from "./stacked.ts";

/** Joins scores in points. A missing partner is NaN and must be stood. */
export interface Fusion {
  /** In words, for reports. */
  title: string;
  /** Whether the burden and lateness on the other line are seen. */
  seesOtherLine: boolean;
  /** `ownPoints` of the issuer that decides; `otherPoints` of the other issuer, NaN where there is none. */
  fuse(ownPoints: number, otherPoints: number): number;
}

/** All fusions, by the name a scenario says. */
export const fusions = { alone, stacked } satisfies Record<string, Fusion>;
