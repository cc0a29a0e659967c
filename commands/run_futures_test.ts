import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { small } from "#/sim/testing/worlds.ts";
import { chosenFutures, futuresInWords, futuresOut, withoutLines, writeFutures } from "./run_futures.ts";

const supposed = small("baseline", { shoppers: 200, days: 20 });
const call = (choice: Parameters<typeof chosenFutures>[1]) =>
  chosenFutures(supposed, choice, { replication: 0, quiet: true });

Deno.test("futures need a day and a plan, within the run", async () => {
  assert.equal(await call({}), undefined);
  await assert.rejects(call({ forkAt: 5 }), /--fork-at: found no --futures/);
  await assert.rejects(call({ futures: "5" }), /--futures: found no --fork-at/);
  await assert.rejects(call({ forkAt: 20, futures: "5" }), /--fork-at: found 20; allowed is 1 to 19/);
  await assert.rejects(call({ forkAt: 5, futures: "5", outcome: ["gmw"] }), /did you mean "gmv"/);
  await assert.rejects(call({ forkAt: 5, futures: "./no.yaml" }), /no such file/);
  for (const futures of ["0", "-1", "2.5", "10001", ""]) {
    await assert.rejects(call({ forkAt: 5, futures }), {
      name: "ScenarioError",
      message: `--futures: found ${
        futures || "nothing"
      }; allowed is a whole number from 1 to 10,000, or a file`,
    });
  }
  await assert.rejects(call({ workers: 2 }), /--workers: found 2 without --futures/);
  await assert.rejects(call({ shocks: "ranges" }), /--shocks: found ranges without --futures/);
  await assert.rejects(
    call({ forkAt: 5, futures: "spring", shocks: "ranges" }),
    /--futures: found spring; allowed with --shocks is a whole number/,
  );
  await assert.rejects(
    call({ forkAt: 5, futures: "9", shocks: "spring" }),
    /spring: found named futures|spring.*futures: found/,
  );
});

Deno.test("futures are written as a page that asks for nothing from elsewhere, with their record where a folder is named", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const file = join(folder, "two.yaml");
    writeFileSync(
      file,
      "title: two futures\nlucks: 2\nfutures:\n  - { name: calm, shocks: [] }\n" +
        "  - { name: jobs-lost, shocks: [{ event: unemployment-jump, fromDay: 10, untilDay: 20, plusBps: 900 }] }\n",
    );
    const found = (await call({ forkAt: 10, futures: file, workers: 1 }))!, replay = "hutong run again";
    writeFutures(futuresOut(join(folder, "page.html")), { ...found, replay });
    const page = readFileSync(join(folder, "page.html"), "utf8");
    for (const word of ["jobs-lost", "unemployment-jump", "Net loss so far", "Lent", "Late", replay]) {
      assert.ok(page.includes(word), word);
    }
    assert.doesNotMatch(page, /https?:\/\/(?!www\.w3\.org)|<script|NaN|Infinity|undefined/);
    writeFutures(futuresOut(join(folder, "all")), { ...found, replay });
    const kept = JSON.parse(readFileSync(join(folder, "all", "futures.json"), "utf8"));
    assert.equal(kept.runs[3].lines.netLoss.length, 20);
    assert.equal(readFileSync(join(folder, "all", "futures.html"), "utf8"), page);
    assert.ok(!("lines" in (withoutLines(found).runs[0] as object)));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("the table of futures says how sure it is, and of what it cannot speak", () => {
  const row = {
    ...{ future: "a", outcome: "gmv", unit: "CNY", n: 2, mean: 5e9, halfWidth: 1e9, low: 4e9, high: 6e9 },
    ...{ valueAtRisk95: 6e9, expectedShortfall95: 6e9, difference: null, differenceHalfWidth: null },
  };
  const run = { future: "a", hash: "", outcomes: {}, lines: {} };
  const text = futuresInWords({
    ...{
      scenario: "baseline",
      seed: "s",
      replication: 0,
      forkAt: 5,
      days: 20,
      engine: "e",
      title: "two lucks",
      startDate: "2025-01-01",
      plan: [{ name: "a", shocks: [] }],
    },
    runs: [{ ...run, luck: 0 }, { ...run, luck: 1 }],
    table: [row],
  });
  assert.match(text, /frozen on the morning of day 5 of 20/);
  assert.match(text, /CNY 5.00 bn ± CNY 1.00 bn/);
  assert.match(
    text,
    /1 future under 2 lucks: 2 runs; no intervals from fewer than 3; no tails from fewer than 20/,
  );
});
