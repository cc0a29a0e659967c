import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bookOf, runSmall, small } from "#/sim/testing/worlds.ts";
import { futuresPlan, futuresTable, runFutures } from "./futures.ts";

const asked = { day: 30, days: 60 };

function refused(text: string, why: RegExp): void {
  const folder = Deno.makeTempDirSync();
  try {
    const file = join(folder, "f.yaml");
    writeFileSync(file, text);
    assert.throws(() => futuresPlan("f.yaml", { ...asked, path: file }), why);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

Deno.test("a number of futures is the run as it is under so many lucks", () => {
  assert.deepEqual(futuresPlan("50", asked).lucks, 50);
  assert.throws(() => futuresPlan("0", asked), /from 1 to 10,000/);
});

Deno.test("the shipped futures can be run, and files that cannot are refused with their line", () => {
  const path = new URL("../../scenarios/futures/spring.yaml", import.meta.url).pathname;
  assert.equal(futuresPlan("spring", { ...asked, path }).futures.length, 5);
  const jump = (from: number, until: number) =>
    `{ event: unemployment-jump, fromDay: ${from}, untilDay: ${until}, plusBps: 1 }`;
  const file = (...shocks: string[]) =>
    `title: some\nfutures:\n${shocks.map((it) => `  - { name: a, shocks: [${it}] }\n`).join("")}`;
  refused(file(jump(29, 40)), /f.yaml:3: futures.0.shocks.0.fromDay: found 29; allowed are days 30 to 59/);
  refused(file(jump(40, 40)), /untilDay: found 40; allowed is more than fromDay/);
  refused(file("", ""), /f.yaml:4: futures.1.name: found "a" a second time/);
  refused("title: some\nfuturs: []\n", /f.yaml/);
});

Deno.test("the first future under the first luck is the run itself, and differences are taken luck by luck", () => {
  const supposed = small("interop", { shoppers: 300, days: 24 });
  const shock = { event: "unemployment-jump", fromDay: 12, untilDay: 24, plusBps: 3_000 } as const;
  const result = runFutures(supposed, {
    plan: { title: "two", lucks: 3, futures: [{ name: "a", shocks: [] }, { name: "b", shocks: [shock] }] },
    ...{
      day: 12,
      replication: 0,
      engine: "e",
      outcomes: ["gmv", "creditGmv"],
      openingBook: bookOf(supposed),
    },
  });
  assert.equal(result.runs[0].hash, runSmall(supposed).result.hash);
  assert.equal(result.runs.length, 6);
  const [a, , b] = result.table;
  assert.equal(a.difference, null);
  assert.ok(Math.abs(b.difference! - (b.mean - a.mean)) < 1e-3 * Math.abs(b.mean));
  assert.ok(b.differenceHalfWidth! < Math.hypot(a.halfWidth, b.halfWidth), "sharing the luck gave nothing");
});

Deno.test("the table tells tails of the futures, and leaves out what no run has", () => {
  const runs = Array.from({ length: 100 }, (_, luck) => (
    { future: "a", luck, hash: "", outcomes: { netLoss: { value: luck, unit: "CNY" as const } } }
  ));
  const [row, ...rest] = futuresTable(runs, ["netLoss", "gmv"]);
  assert.deepEqual(rest, []);
  assert.equal(row.valueAtRisk95, 94);
  assert.equal(row.expectedShortfall95, 97);
});
