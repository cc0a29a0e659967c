// hutong start: the starter comparison, closed and open, same people and same luck; then the report is served.

import { Command } from "commander";
import { compare } from "#/sim/experiments/comparison.ts";
import { serve } from "#/server/serve.ts";
import { progress, whole } from "./options.ts";

/** The `start` command. */
export function startVerb(): Command {
  return new Command("start")
    .description("run the starter comparison (baseline closed, interop open) and serve its report")
    .option("--shoppers <n>", "simulated shoppers", whole(100, 50_000_000), 20_000)
    .option("--days <d>", "days to simulate", whole(1, 3_650), 180)
    .option("--port <p>", "where to serve; the next free one when it is taken", whole(1, 65_535), 8787)
    .option("--no-serve", "store the report and stop")
    .action(async (options: { shoppers: number; days: number; port: number; serve: boolean }) => {
      console.log(
        `Comparing baseline (closed) with interop (open): ${options.shoppers} shoppers, ${options.days} days.`,
      );
      const bar = progress(false);
      const { file, id } = compare(["baseline", "interop"], {
        shoppers: options.shoppers,
        days: options.days,
        onProgress: ({ done, total, doing }) => bar.tell(done, total, doing),
        onNote: (note) => console.error(note),
      });
      bar.end();
      console.log(file === null ? "The report is kept in memory." : `Stored: ${file}`);
      if (!options.serve) return;
      const { finished } = serve({
        port: options.port,
        onListen: ({ url }) => console.log(`The comparison: ${url}/reports/${id}`),
      });
      await finished;
    });
}
