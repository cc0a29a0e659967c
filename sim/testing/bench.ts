// What the benchmarks of the day loop share: a world that has run its first days, and a page of figures.

import { load } from "#/scenarios/load.ts";
import { phases, runDay } from "#/sim/day.ts";
import { memoryOf } from "#/sim/memory.ts";
import { openWorld } from "#/sim/run.ts";
import type { World } from "#/sim/world.ts";

const mebi = 1_048_576;

/** The days that are measured, after the days that warm up. */
export const span = { warm: 60, measured: 30 } as const;
/** Days after those that are measured, in which a profiler looks where the time goes. */
export const profiledDays = 8;
/** Days after those: `deno bench` calls a benchmark a few times more often than it is told to. */
const spareDays = 8;

const afterMeasured = span.warm + span.measured;

/** A world, the day that it has to run next, and what is measured from the morning of day 60 on. */
export interface Warm {
  world: World;
  day: number;
  spent: Record<string, number>;
  before: Counts;
}

/** A world of `interop` at the default want rate, on the morning of day 60. */
export function warmWorld(shoppers: number): Warm {
  const world = openWorld(load("interop", { shoppers, days: afterMeasured + profiledDays + spareDays }), 0);
  for (let day = 0; day < span.warm; day++) runDay(world, day, { replay: "" });
  return { world, day: span.warm, spent: {}, before: countsOf(world) };
}

let open: { warm: Warm; shoppers: number } | undefined;

/**
 * One day of a world of so many shoppers at each call, timed; the world is made at the first, and let go when another
 * number is asked for. Every call runs a day, also those after the measured ones, so that the table of `deno bench` has
 * no empty rows. `clock` gives milliseconds; `tell` is called once, after the last measured day.
 */
export async function oneDay(
  bench: Deno.BenchContext,
  shoppers: number,
  { clock, tell }: { clock: () => number; tell: (warm: Warm) => void | Promise<void> },
): Promise<void> {
  if (open?.shoppers !== shoppers) {
    open = undefined;
    open = { warm: warmWorld(shoppers), shoppers };
  }
  const { warm } = open, day = warm.day++;
  const spent = day < afterMeasured ? warm.spent : {};
  bench.start();
  runDay(warm.world, day, { replay: "", clock, spent });
  bench.end();
  if (warm.day === afterMeasured) await tell(warm);
}

/** Counts at one moment. */
export interface Counts {
  wanted: number;
  onCredit: number;
}

/** The counts of a world now. */
export function countsOf({ counts }: World): Counts {
  return { wanted: counts.wanted, onCredit: counts.settledOnCredit };
}

/** The figures of a measured span in words, a line each: speed, share of each phase, memory. */
export function figures(
  { world, spent, before }: Warm,
): { perSecond: number; nsPerWant: number; lines: string[] } {
  const now = countsOf(world), wanted = now.wanted - before.wanted;
  const total = Object.values(spent).reduce((sum, ms) => sum + ms, 0);
  const { bytesPerShopper, purchaseBytes, loanBytes } = memoryOf(world);
  const perSecond = wanted / (total / 1000);
  const share = (now.onCredit - before.onCredit) / wanted;
  return {
    perSecond,
    nsPerWant: total * 1e6 / wanted,
    lines: [
      `${world.shoppers.count} shoppers, days ${span.warm} to ${span.warm + span.measured - 1}: ` +
      `${(perSecond / 1e6).toFixed(2)} m wanted purchases a second, ${
        (total * 1e6 / wanted).toFixed(0)
      } ns each, ` +
      `${(share * 100).toFixed(1)} % settled on credit`,
      ...Object.keys(phases).map((phase) =>
        `  ${phase.padEnd(10)} ${(100 * spent[phase] / total).toFixed(1).padStart(5)} %  ` +
        `${(spent[phase] * 1e6 / wanted).toFixed(0).padStart(4)} ns`
      ),
      `  state ${bytesPerShopper} bytes a shopper; purchase rows ${(purchaseBytes / mebi).toFixed(0)} MiB, ` +
      `open debts ${(loanBytes / mebi).toFixed(0)} MiB`,
    ],
  };
}
