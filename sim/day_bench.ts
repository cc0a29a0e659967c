// The day loop on `interop`, all layers on: wanted purchases a second on one core, share of each phase, bytes a shopper.
// SHOPPERS in the environment replaces the million. The lines are the figures; the table's row is the time of a day.

import { Session } from "node:inspector/promises";
import { runDay } from "./day.ts";
import { figures, oneDay, profiledDays, span, type Warm } from "./testing/bench.ts";

const shoppers = Number(Deno.env.get("SHOPPERS") ?? 1_000_000);

Deno.bench(
  `one day of ${shoppers} shoppers`,
  { n: span.measured, warmup: 0 },
  (bench) =>
    oneDay(bench, shoppers, {
      clock: () => performance.now(),
      tell: async (warm) => {
        console.log(figures(warm).lines.join("\n"));
        console.log(["of a sampled time, by layer:", ...await sharesOfLayers(warm)].join("\n"));
      },
    }),
);

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
async function sharesOfLayers(warm: Warm): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 500 });
  await session.post("Profiler.start");
  for (let i = 0; i < profiledDays; i++) runDay(warm.world, warm.day++, { replay: "" });
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
