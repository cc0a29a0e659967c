// The jobs of a sweep: each distinct point once for each replication, all points of a replication before the next one.

import { createHash } from "node:crypto";
import type { Point } from "#/sim/experiments/design.ts";

/** The points that suppose different things, each at its first place: fields that share a run have one id. */
export function distinct(points: readonly Point[]): Point[] {
  return [...new Map(points.toReversed().map((point) => [point.id, point])).values()].reverse();
}

/** One run to do. */
export interface Job {
  /** Hash of point, replication and engine: the key of its row, in whichever sweep it is asked for. */
  id: string;
  point: Point;
  replication: number;
}

/**
 * The id of a job: SHA-256, in hex.
 *
 * Shapes: the point's hash, a whole replication from 0 on, the engine's hash.
 *
 * @example
 * ```ts
 * import { jobId } from "#/sim/experiments/jobs.ts";
 * import assert from "node:assert/strict";
 * assert.notEqual(jobId("a", 1, "x"), jobId("a", 2, "x"));
 * assert.notEqual(jobId("a", 1, "x"), jobId("a", 1, "y"));
 * ```
 */
export function jobId(point: string, replication: number, engine: string): string {
  return createHash("sha256").update(JSON.stringify([point, replication, engine])).digest("hex");
}

/** The order in which ids sort: by code unit. */
export const byId = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0;

/** A part of a sweep for one of several machines: number `i` of `n`, from 1 on. */
export interface Shard {
  i: number;
  n: number;
}

/**
 * Whether a job belongs to a shard: its id decides, so that every machine knows without asking and a wider grid moves nothing.
 *
 * @example
 * ```ts
 * import { inShard, jobId } from "#/sim/experiments/jobs.ts";
 * import assert from "node:assert/strict";
 * const id = jobId("a", 0, "x");
 * assert.equal([1, 2, 3].filter((i) => inShard(id, { i, n: 3 })).length, 1);
 * ```
 */
export const inShard = (id: string, { i, n }: Shard): boolean =>
  Number.parseInt(id.slice(0, 8), 16) % n === i - 1;
