// hutong worker: this machine does runs for a sweep that is given on another one, over Redis, until it is told to stop.

import { refuse } from "#/scenarios/complain.ts";
import { inFull } from "#/server/format.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { QueueError, queueName, shownAddress } from "#/sim/experiments/queue.ts";
import { serveQueue } from "#/sim/experiments/queue_worker.ts";
import { Verb, wholeOption } from "./verb.ts";

/** The `worker` command. Ends with 0 after SIGTERM or SIGINT, when the chunk in work is done, or when Redis has been away for some seconds; with 130 at the second one. Errors: `ScenarioError` (exit code 2). */
export function workerCommand(): Verb {
  return new Verb("worker")
    .description("do runs for `sweep --engine bullmq` of the same version of this program, over Redis")
    .requiredOption("--redis <url>", "the address of the Redis, redis://host:6379")
    .addOption(wholeOption("--workers <n>", "worker threads", { from: 1, to: 256, otherwise: "one a core" }))
    .addHelpText("after", "\nExample: deno task cluster worker --redis redis://10.0.0.5:6379")
    .action(async ({ redis, workers }: { redis: string; workers?: number }) => {
      const stopping = new AbortController(), engine = engineHash();
      const stop = () => {
        // Told twice: at once. Another worker takes up what was in work.
        if (stopping.signal.aborted) Deno.exit(130);
        console.error("stopping after the runs in work");
        stopping.abort();
      };
      for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
      console.error(`waiting for runs at ${shownAddress(redis)} in ${queueName(engine)}`);
      try {
        const done = await serveQueue({
          ...{ redis, engine, workers, signal: stopping.signal },
          onNote: (note) => console.error(note),
        });
        console.error(`${inFull(done)} runs done`);
        // A connection that still looks for a Redis that is gone would keep the process.
        Deno.exit(0);
      } catch (error) {
        if (error instanceof QueueError) refuse("--redis", "", error.message);
        throw error;
      } finally {
        for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stop);
      }
    }) as Verb;
}
