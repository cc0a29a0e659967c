// Cost of a wanted purchase from 100 thousand to 3 million shoppers; each size in its own world, 30 days after day 60. The
// lines are the figures; the table's rows are the time of a day. SHOPPERS in the environment (`1000 2000`) replaces them.

import { figures, oneDay, span } from "./testing/bench.ts";

const sizes = (Deno.env.get("SHOPPERS") ?? "100000 1000000 3000000").split(" ").map(Number);
let base: number | undefined;

for (const shoppers of sizes) {
  Deno.bench(
    `one day of ${shoppers} shoppers`,
    { n: span.measured, warmup: 0 },
    (bench) =>
      oneDay(bench, shoppers, {
        clock: () => performance.now(),
        tell: (warm) => {
          const { nsPerWant, lines } = figures(warm);
          base ??= nsPerWant;
          console.log(`${lines[0]}; ${(nsPerWant / base).toFixed(2)} times the cost at ${sizes[0]}`);
        },
      }),
  );
}
