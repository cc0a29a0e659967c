// Will it fit? What the runs of a sweep need at once, said before anything is allocated.

import { thousands } from "#/model/units/thousands.ts";

// Allocated for a run through 11 November: 150 bytes of a shopper's own columns, 220 of a festival day's purchases, 60 of the
// ledger's ids, 40 of open debts, and some room. A worker itself, its code and its opening book take a fixed part.
const bytesPerShopper = 520;
const bytesPerWorker = 160 * 2 ** 20;

/** A run that this machine cannot hold: the message says how much it needs, how much there is, and what would fit. */
export class MemoryError extends RangeError {
  override name = "MemoryError";
}

/** Bytes that one run is expected to need, the worker included. */
export const runBytes = (shoppers: number): number => bytesPerWorker + shoppers * bytesPerShopper;

/**
 * How many of the wished workers fit into memory at once.
 *
 * Shapes: `shoppers` of one run, `workers` wished, `available` bytes; nine tenths of them are used.
 * Errors: {@link MemoryError}, a `RangeError`, when not even one fits.
 *
 * @example
 * ```ts
 * import { fittingWorkers } from "#/sim/experiments/memory.ts";
 * import assert from "node:assert/strict";
import { thousands } from "#/model/units/thousands.ts";
 * assert.equal(fittingWorkers({ shoppers: 1_000_000, workers: 8, available: 2 * 2 ** 30 }), 2);
 * assert.throws(() => fittingWorkers({ shoppers: 50_000_000, workers: 1, available: 2 ** 30 }), RangeError);
 * ```
 */
export function fittingWorkers(
  { shoppers, workers, available }: { shoppers: number; workers: number; available: number },
): number {
  const each = runBytes(shoppers);
  const fit = Math.floor(available * 0.9 / each);
  if (fit < 1) {
    throw new MemoryError(
      `Cannot run ${thousands(shoppers)} shoppers: one run needs about ${mib(each)} MiB and ${
        mib(available)
      } MiB of memory are ` +
        `available; allowed are about ${
          thousands(Math.max(0, Math.floor((available * 0.9 - bytesPerWorker) / bytesPerShopper)))
        } shoppers`,
    );
  }
  return Math.min(workers, fit);
}

/** Bytes of memory that this machine can still give. */
export const availableBytes = (): number => Deno.systemMemoryInfo().available;

const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
