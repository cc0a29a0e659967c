// Cost of a wanted purchase from 100 thousand to 3 million shoppers; each size in its own world, 30 days after day 60.

import { runDay } from "./day.ts";
import { figures, span, warmWorld } from "./testing/bench.ts";

const perWant = new Map<number, number>();
for (const shoppers of [100_000, 1_000_000, 3_000_000]) {
  Deno.bench(`30 days of ${shoppers} shoppers`, { n: 1, warmup: 0 }, (b) => {
    if (perWant.has(shoppers)) return;
    const warm = warmWorld(shoppers);
    b.start();
    for (let day = span.warm; day < span.warm + span.measured; day++) {
      runDay(warm.world, day, { replay: "", clock: () => performance.now(), spent: warm.spent });
    }
    b.end();
    const { nsPerWant, lines } = figures(warm);
    perWant.set(shoppers, nsPerWant);
    const base = perWant.get(100_000) ?? nsPerWant;
    console.log(`${lines[0]}; ${(nsPerWant / base).toFixed(2)} times the cost at 100,000`);
  });
}
