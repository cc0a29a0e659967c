// Verbs that use a store of sweeps: what is wrong with it becomes one line of bad input.

import { refuse } from "#/scenarios/complain.ts";
import { StoreError } from "#/sim/experiments/store.ts";

/** Throws what became of a store: its own errors as one line of bad input, any other as it is. */
export function refusedStore(error: unknown): never {
  if (error instanceof StoreError) refuse("--store", "", `found ${error.message}`);
  throw error;
}

/** Does something with a store. Errors: as {@link refusedStore}. */
export function stored<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return refusedStore(error);
  }
}
