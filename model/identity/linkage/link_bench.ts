// Record linkage in bulk: two customer files over one population, every person in both. PEOPLE in the environment replaces
// the million; beside the time of each part stands what was linked and the memory of the process.

import { twoFiles } from "./fixture.ts";
import { link } from "./link.ts";
import { measure } from "./measure.ts";

for (const count of [100_000, Number(Deno.env.get("PEOPLE") ?? 1_000_000)]) {
  let files: ReturnType<typeof twoFiles> | undefined;
  Deno.bench(`draw ${count} people and write two files`, { n: 1, warmup: 0 }, () => {
    files = twoFiles(count, { shares: [1, 1] });
  });

  Deno.bench(`link ${count} records with ${count}`, { n: 1, warmup: 0 }, (bench) => {
    const { a, b } = files ??= twoFiles(count, { shares: [1, 1] });
    bench.start();
    const { linkOf, candidates } = link(a, b, { falseLinkTargetBps: 50, missedLinkTargetBps: 200 });
    bench.end();
    const { links, falseLinks, missedLinks } = measure(linkOf, a, b), mib = Deno.memoryUsage().rss / 2 ** 20;
    console.log(
      `${candidates} pairs, ${links} links, ${falseLinks} false, ${missedLinks} missed; ${
        Math.round(mib)
      } MiB`,
    );
    files = undefined;
  });
}
