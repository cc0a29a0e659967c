// Daily series on their way through Redis: a worker lays a chunk's down before the chunk is done, the coordinator takes them.

import { promisify } from "node:util";
import { gunzipSync, gzip } from "node:zlib";
import type { Redis } from "ioredis";
import type { TaskResult } from "#/sim/experiments/pool.ts";

/** How long Redis keeps series that no coordinator takes: one that was killed is given again long before. */
const keptSeconds = 86_400;

/** Gzip's quickest setting takes off most of what can be taken off columns of numbers. */
const level = 1;

const pressed = promisify(gzip) as (bytes: Uint8Array, options: { level: number }) => Promise<Uint8Array>;

/**
 * Lays the series of a chunk's runs down under a key, by their place in the chunk: all or none, in place of what was there.
 *
 * Gives back how many bytes they are. Errors: Redis' own, as where its memory is used up.
 */
export async function laySeries(
  connection: Redis,
  key: string,
  results: readonly TaskResult[],
): Promise<number> {
  const laid: Record<string, Uint8Array> = {};
  let bytes = 0;
  for (const [place, result] of results.entries()) {
    if (result.status === "failed" || !result.series) continue;
    bytes += (laid[place] = await pressed(result.series, { level })).length;
  }
  if (bytes === 0) return 0;
  const told = await connection.multi().del(key).hset(key, laid).expire(key, keptSeconds).exec();
  for (const [error] of told ?? []) if (error) throw error;
  return bytes;
}

/**
 * The series of a chunk's runs by their place in it; undefined where one of those asked for is not there or not whole.
 *
 * Shapes: `places` are those of runs that were done.
 */
export async function laidSeries(
  connection: Redis,
  key: string,
  places: readonly number[],
): Promise<Map<number, Uint8Array> | undefined> {
  if (places.length === 0) return new Map();
  const laid = await connection.hmgetBuffer(key, ...places.map(String));
  const series = new Map<number, Uint8Array>();
  for (const [k, place] of places.entries()) {
    try {
      series.set(place, gunzipSync(laid[k]!));
    } catch {
      return undefined;
    }
  }
  return series;
}
