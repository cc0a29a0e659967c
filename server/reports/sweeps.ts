// The sweeps of a store as the first page lists them: how large each is, and what it found. Reads only.

import { listSweeps, readSweep, type SweepEntry } from "#/sim/experiments/read.ts";
import { sampledFinding } from "#/server/facts/sampled.ts";
import { mapChoice, mapFinding } from "#/server/facts/sweeps.ts";

/** One line of the list of sweeps. `finding` is that of its map, or of its sample. */
export interface ListedSweep extends SweepEntry {
  base: string[];
  shoppers: number;
  days: number;
  replications: number;
  finding: string;
}

/** A lister that reads a sweep in full only when rows came to it since it was read last. */
export function sweepLister(path: string): () => ListedSweep[] {
  const kept = new Map<string, ListedSweep>();
  return () =>
    listSweeps(path).map((entry) => {
      const { id, rows, jobs, failed } = entry;
      const key = `${id} ${rows} ${jobs} ${failed}`;
      const found = kept.get(key) ?? listed(path, entry);
      kept.set(key, found);
      return found;
    });
}

function listed(path: string, entry: SweepEntry): ListedSweep {
  const table = readSweep(path, entry.id);
  const { base, shoppers, days, replications } = table.design, choice = mapChoice(table);
  const finding = choice ? mapFinding(table, choice) : sampledFinding(table);
  return { ...entry, base, shoppers, days, replications, finding };
}
