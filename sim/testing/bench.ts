// What the benchmarks of the day loop share: a world that has run its first days, and a page of figures.

import { Session } from "node:inspector/promises";
import { load } from "#/scenarios/load.ts";
import { phases, runDay } from "#/sim/day.ts";
import { memoryOf } from "#/sim/memory.ts";
import { openWorld } from "#/sim/run.ts";
import type { World } from "#/sim/world.ts";

const mebi = 1_048_576;

/** The days that are measured, after the days that warm up. */
export const span = { warm: 60, measured: 30 } as const;
/** Days after those that are measured, in which a profiler looks where the time goes. */
const profiledDays = 8;

/** A world of `interop` at the default want rate, on the morning of day 60, and what is measured from there. */
export function warmWorld(shoppers: number): { world: World; spent: Record<string, number>; before: Counts } {
  const world = openWorld(load("interop", { shoppers, days: span.warm + span.measured + profiledDays }), 0);
  for (let day = 0; day < span.warm; day++) runDay(world, day, { replay: "" });
  return { world, spent: {}, before: countsOf(world) };
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
  { world, spent, before }: ReturnType<typeof warmWorld>,
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

/** Files whose functions are shared by many layers, and what they are called in the table of shares. */
const shared: [RegExp, string][] = [
  [/model\/statistics\//, "luck"],
  [/sim\/ledger\//, "ledger"],
  [/sim\/tables\//, "tables"],
  [/model\//, "rules"],
];

/**
 * Where the time of the next days goes, by layer and phase: shares of samples, largest first. A layer is a file of
 * `sim/phases`; what all of them call (luck, ledger, tables, rules) is told apart.
 */
export async function sharesOfLayers({ world }: ReturnType<typeof warmWorld>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 500 });
  await session.post("Profiler.start");
  const from = span.warm + span.measured;
  for (let day = from; day < from + profiledDays; day++) runDay(world, day, { replay: "" });
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const samples = new Map<string, number>();
  let total = 0;
  for (const { callFrame: { url }, hitCount = 0 } of profile.nodes) {
    const phase = /sim\/phases\/(\w+)\.ts$/.exec(url)?.[1];
    const name = phase ?? shared.find(([path]) => path.test(url))?.[1];
    if (!name) continue;
    samples.set(name, (samples.get(name) ?? 0) + hitCount);
    total += hitCount;
  }
  return [...samples].sort((a, b) => b[1] - a[1]).map(([name, hits]) =>
    `  ${name.padEnd(10)} ${(100 * hits / total).toFixed(1).padStart(5)} %`
  );
}
