// The day loop on `interop`, all layers on: wanted purchases a second on one core, share of each phase, bytes a shopper.
// SHOPPERS in the environment replaces the million.

import { runDay } from "./day.ts";
import { figures, sharesOfLayers, span, warmWorld } from "./testing/bench.ts";

const shoppers = Number(Deno.env.get("SHOPPERS") ?? 1_000_000);
let warm: ReturnType<typeof warmWorld> | undefined;
let day: number = span.warm;

Deno.bench(`one day of ${shoppers} shoppers`, { n: span.measured, warmup: 0 }, async (b) => {
  warm ??= warmWorld(shoppers);
  if (day >= span.warm + span.measured) return;
  b.start();
  runDay(warm.world, day++, { replay: "", clock: () => performance.now(), spent: warm.spent });
  b.end();
  if (day !== span.warm + span.measured) return;
  console.log(figures(warm).lines.join("\n"));
  console.log(["of a sampled time, by layer:", ...await sharesOfLayers(warm)].join("\n"));
});
