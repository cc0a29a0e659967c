// A worker process of a test's queue, which can be killed: its options as JSON. SIGTERM ends it after its chunk.

import { serveQueue } from "#/sim/experiments/queue_worker.ts";

const stopping = new AbortController();
Deno.addSignalListener("SIGTERM", () => stopping.abort());
const done = await serveQueue({ ...JSON.parse(Deno.args[0]), signal: stopping.signal });
console.log(done);
Deno.exit(0);
