// What a calibration gives back: plain data, the same bytes for the same question.

import { createHash } from "node:crypto";
import { canonicalJson } from "#/model/units/canonical.ts";
import type { Fitted, SearchStep } from "#/model/statistics/least_squares.ts";
import type { Identification } from "#/model/statistics/identification.ts";
import type { Free } from "#/sim/experiments/calibrate_free.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";

/** What was run, for readers and for a repetition. */
export interface Ran {
  world: string;
  engine: string;
  seed: string;
  shoppers: number;
  days: number;
  startDate: string;
  replications: number;
  set: readonly string[];
  targets: { file: string; title: string; sha256: string };
}

/** The error table of a world as it is. */
export interface Check extends Ran {
  kind: "check";
  rows: ErrorRow[];
  /** Means over replications of what is no target: the roll matrix and the vintage curves. */
  pictures: Record<string, number>;
  /** Whether every target was reached and lies in its range. */
  ok: boolean;
  /** SHA-256 over all of the above but the engine. */
  hash: string;
}

/** One searched assumption after a search. */
export interface FoundParameter extends Free {
  /** The value that is proposed. */
  proposed: number;
  /** From where to where it may go for one tolerance, the others giving way; whole range: nothing holds it. */
  from: number;
  to: number;
  /** The same for the error that a limited number of replications leaves, 95 %. */
  luckFrom: number;
  luckTo: number;
  atBound: "low" | "high" | null;
}

/** What a search found. */
export interface Calibration extends Ran {
  kind: "calibration";
  parameters: FoundParameter[];
  before: ErrorRow[];
  after: ErrorRow[];
  pictures: Record<string, number>;
  /** Half the sum of squared misses of the searched targets, in tolerances. */
  cost: { before: number; after: number };
  steps: SearchStep[];
  ended: Fitted["ended"];
  method: string;
  /** Points tried, runs that they took, runs that were allowed. */
  trials: number;
  runs: number;
  budget: number;
  /** Row a target (all of them, in file order), column a parameter: tolerances over the whole range of the parameter. */
  slopes: number[][];
  halfWidths: number[][];
  /** What the searched targets identify; `by` counts searched targets. */
  identification: Identification;
  ok: boolean;
  hash: string;
}

/** The hash of a result, in hex. The engine does not count: the same figures from other sources are the same figures. */
export function hashOf(
  { engine: _engine, ...told }: Omit<Check, "hash"> | Omit<Calibration, "hash">,
): string {
  return createHash("sha256").update(canonicalJson(told)).digest("hex");
}
