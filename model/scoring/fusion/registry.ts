// Score fusions: whose data and whose scores enter the score that decides, and since when that is lawful. A new fusion is a
// file and a line here.

import { alone } from "./alone.ts";
import { bureau } from "./bureau.ts";
import { federated } from "./federated.ts";
import type { FeatureOwner } from "./owners.ts";
import { pooled } from "./pooled.ts";
import { stacked } from "./stacked.ts";

/** What the law says of a fusion from a day on. `ungoverned`: no rule named it yet. */
export interface Lawfulness {
  /** ISO date from which it holds. */
  from: string;
  status: "lawful" | "ungoverned" | "unlawful";
  /** The rule that says so, with its number or date. */
  source: string;
}

/** Joins what the parties know. */
export interface Fusion {
  /** In words, for reports. */
  title: string;
  /** Owners beside the issuer itself whose data enter the fitted score. */
  readonly data: readonly FeatureOwner[];
  /** What comes from the other issuer: nothing, its score, sums that are masked, or its raw data. */
  readonly crosses: "nothing" | "score" | "maskedSums" | "rawData";
  /** Whether the burden and lateness on the other line are seen. */
  seesOtherLine: boolean;
  /** By date, the first from before anything here happens. */
  readonly law: readonly Lawfulness[];
  /** Joins expert scores, which are not fitted: `ownPoints` of the issuer that decides, `otherPoints`, NaN where there is none. */
  fuse(ownPoints: number, otherPoints: number): number;
}

/** All fusions, by the name a scenario says. */
export const fusions = { alone, bureau, stacked, federated, pooled } satisfies Record<string, Fusion>;
/** The name of a fusion. */
export type FusionName = keyof typeof fusions;

/**
 * What the law says of a fusion on a day.
 *
 * Shapes: an ISO date. Errors: none; before the first entry the first holds.
 *
 * @example
 * ```ts
 * import { lawOf } from "#/model/scoring/fusion/registry.ts";
 * import assert from "node:assert/strict";
 * assert.equal(lawOf("stacked", "2019-07-01").status, "ungoverned");
 * assert.equal(lawOf("stacked", "2022-01-01").status, "lawful");
 * assert.equal(lawOf("pooled", "2022-01-01").status, "unlawful");
 * ```
 */
export function lawOf(name: FusionName, date: string): Lawfulness {
  const { law }: Fusion = fusions[name];
  return law.findLast(({ from }) => from <= date) ?? law[0];
}

/** What a report says of an unlawful or ungoverned fusion; nothing of a lawful one. */
export function lawMark(name: FusionName, date: string): string {
  const { status, source } = lawOf(name, date);
  if (status === "lawful") return "";
  return `${fusions[name].title}: ${status} on ${date} (${source})`;
}
