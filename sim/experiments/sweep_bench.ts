// What a sweep costs beside its runs: 98,304 runs of nothing with 30 outcomes, written durably, in one thread and on workers.
// The lines are the figures: microseconds a run, of the design, of the runs, of hash and analysis at the end.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweep } from "#/sim/experiments/sweep.ts";

const rows = 16_384, replications = 6;
const folder = mkdtempSync(join(tmpdir(), "hutong-sweep-bench-"));
addEventListener("unload", () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "sweep.yaml");
const range = (low: number, high: number) => ({ low, high });
writeFileSync(
  file,
  JSON.stringify({
    title: "Nothing, many times",
    base: ["interop"],
    ...{ seed: "nothing", shoppers: 1_000, days: 30, replications, outcomes: ["gmv"] },
    design: { kind: "sobol", rows },
    levers: [
      { name: "prefunding", title: "Prefunding", path: "clearing.prefundingCny", range: range(1e8, 9e8) },
      { name: "hardship", title: "Hardship", path: "behaviour.hardshipPerYearBps", range: range(100, 8_000) },
      { name: "severity", title: "Severity", path: "macro.severityBps", range: range(0, 60_000) },
    ],
  }),
);

let count = 0;
async function whole(workers: number): Promise<void> {
  const began = performance.now();
  let designed = 0, first = 0, last = 0;
  const { jobs } = await sweep(file, {
    workers,
    store: join(folder, `${count++}.sqlite`),
    openings: join(folder, "openings"),
    runner: new URL("./testing/noop_run.ts", import.meta.url).href,
    engine: "engine of the benchmark",
    onBegin: () => void (designed = performance.now()),
    onProgress: ({ rows }) => {
      last = performance.now();
      if (rows === 1) first = last;
    },
  });
  const each = (from: number, to: number) => `${((to - from) * 1_000 / jobs).toFixed(1)} µs`;

  console.log(
    `${workers === 0 ? "in one thread" : `${workers} workers`}: a run ${
      each(first, last)
    } (workers ready after ` +
      `${(first - designed).toFixed(0)} ms), design ${each(began, designed)}, hash and analysis ${
        each(last, performance.now())
      }`,
  );
}

for (const workers of [0, 1, 2]) {
  // Only of an async function the whole time is taken.
  Deno.bench(
    `${rows * replications} runs of nothing, ${workers} workers`,
    { n: 2, warmup: 0 },
    async () => await whole(workers),
  );
}
