// hutong start: the starter comparison, closed and open, same people and same luck; then the report is served.

import { inFull } from "#/server/format.ts";
import { compare, reportFolder } from "#/sim/experiments/comparison.ts";
import { serve } from "#/server/serve.ts";
import { writableFolder } from "./options.ts";
import { progress } from "./progress.ts";
import { bounds, Verb, wholeOption } from "./verb.ts";

/** The `start` command. Errors: `ScenarioError` where its folder cannot be written, before anything is simulated. */
export function startVerb(): Verb {
  return new Verb("start")
    .description("run the starter comparison (baseline closed, interop open) and serve its report")
    .addOption(wholeOption("--shoppers <n>", "simulated shoppers", { ...bounds.shoppers, otherwise: 20_000 }))
    .addOption(wholeOption("--days <d>", "days to simulate", { ...bounds.days, otherwise: 180 }))
    .addOption(
      wholeOption("--port <p>", "where to serve; the next free one when it is taken", {
        ...bounds.port,
        otherwise: 8_787,
      }),
    )
    .option("--no-serve", "store the report and stop")
    .addHelpText("after", "\nExample: deno task hutong start --shoppers 4000 --days 60")
    .action(async (options: { shoppers: number; days: number; port: number; serve: boolean }) => {
      writableFolder("start", reportFolder);
      console.log(
        `Comparing baseline (closed) with interop (open): ${inFull(options.shoppers)} shoppers, ${
          inFull(options.days)
        } days.`,
      );
      const bar = progress();
      const { file, id } = compare(["baseline", "interop"], {
        shoppers: options.shoppers,
        days: options.days,
        onProgress: ({ done, total, doing }) => bar.tell(done / total, `${doing}: ${done} of ${total} days`),
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
