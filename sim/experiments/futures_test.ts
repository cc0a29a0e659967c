import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bookOf, runSmall, small } from "#/sim/testing/worlds.ts";
import { fansOf, futuresPlan, futuresTable, runFutures } from "./futures.ts";
import { batchedDays, firstFailure } from "./futures_runs.ts";

const asked = { day: 30, days: 60, seed: "some" };

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
  refused("title: some\n", /f.yaml:1: title: found neither futures nor drawn/);
});

Deno.test("the first future under the first luck is the run itself, and differences are taken luck by luck", async () => {
  const supposed = small("interop", { shoppers: 300, days: 24 });
  const shock = { event: "unemployment-jump", fromDay: 12, untilDay: 24, plusBps: 3_000 } as const;
  const result = await runFutures(supposed, {
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
    { future: "a", luck, hash: "", lines: {}, outcomes: { netLoss: { value: luck, unit: "CNY" as const } } }
  ));
  const [row, ...rest] = futuresTable(runs, ["netLoss", "gmv"]);
  assert.deepEqual(rest, []);
  assert.equal(row.valueAtRisk95, 94);
  assert.equal(row.expectedShortfall95, 97);
});

Deno.test("futures give the same bytes whoever runs them, and so does their progress", async () => {
  const supposed = small("interop", { shoppers: 300, days: 24 });
  const path = new URL("../../scenarios/futures/spring.yaml", import.meta.url).pathname;
  const late = futuresPlan("spring", { day: 12, days: 90, seed: "s", path }).futures;
  const futures = late.filter((_, k) => k % 2 === 0).map(({ name, shocks }) => ({
    name,
    shocks: shocks.map((shock) => ({ ...shock, fromDay: 12, untilDay: 24 })),
  }));
  const told: number[] = [];
  const by = (workers: number) =>
    runFutures(supposed, {
      plan: { title: "spring", lucks: 2, futures },
      ...{
        day: 12,
        replication: 0,
        engine: "e",
        outcomes: ["netLoss"],
        openingBook: bookOf(supposed),
        workers,
      },
      onDay: (done, total) => void (done === total && told.push(done)),
    });
  const [one, two, three] = [await by(1), await by(2), await by(3)];
  assert.equal(JSON.stringify(two), JSON.stringify(one));
  assert.equal(JSON.stringify(three), JSON.stringify(one));
  const days = 12 + 6 * 12;
  assert.deepEqual(told, [days, days, days]);
});

Deno.test("days are told together, each once, and never none, even where the last one ends a silence", () => {
  const told: number[] = [];
  let now = 0;
  const days = batchedDays((days) => told.push(days), { mostSilentMilliseconds: 30, clock: () => now });
  for (const at of [10, 20, 30, 40, 70]) {
    now = at;
    days.more();
  }
  days.rest();
  assert.deepEqual(told, [3, 2]);
  days.more();
  days.rest();
  assert.deepEqual(told, [3, 2, 1]);
});

Deno.test("of several failures the first in the order asked is told, whoever fails first, and not before it is known", () => {
  const order = firstFailure(), error = (n: number) => new Error(`${n}`);
  for (const n of [0, 1, 2, 3]) order.begun(n);
  order.ended(3, error(3));
  assert.deepEqual([order.hasFailed(), order.told()], [true, undefined]);
  order.ended(1, error(1));
  assert.equal(order.told(), undefined);
  order.ended(0);
  assert.equal(order.told()!.message, "1");
  order.ended(2, error(2));
  assert.equal(order.told()!.message, "1");
});

Deno.test("a future that fails is named with its luck, whoever ran it", async () => {
  const supposed = small("baseline", { shoppers: 200, days: 12 });
  const early = { event: "unemployment-jump", fromDay: 3, untilDay: 9, plusBps: 1 } as const;
  for (const workers of [1, 2]) {
    const failing = runFutures(supposed, {
      plan: {
        title: "t",
        lucks: 2,
        futures: [{ name: "fine", shocks: [] }, { name: "early", shocks: [early] }],
      },
      ...{ day: 6, replication: 0, engine: "e", outcomes: [], openingBook: bookOf(supposed), workers },
    });
    await assert.rejects(
      failing,
      /The future early under luck 0 failed: .*on day 3: the futures begin on day 6/,
    );
  }
});

Deno.test("shocks are drawn from ranges by a Latin hypercube, each beside the same luck without them", async () => {
  const path = new URL("../../scenarios/futures/ranges.yaml", import.meta.url).pathname;
  const plan = futuresPlan("ranges", { day: 30, days: 180, seed: "s", path });
  assert.deepEqual([plan.lucks, plan.futures.map(({ name }) => name)], [50, ["as-supposed", "drawn"]]);
  const drawn = plan.futures[1].drawn!;
  const jumps = drawn.map(({ values }) => values["unemployment-jump.plusBps"]);
  assert.ok(jumps.every((bps) => Number.isInteger(bps) && bps >= 100 && bps <= 900));
  // One in each fiftieth of the range.
  for (const [k, bps] of jumps.toSorted((a, b) => a - b).entries()) {
    assert.ok(bps > 99 + 801 * k / 50 - 1 && bps < 100 + 801 * (k + 1) / 50, `${bps} in place ${k}`);
  }
  assert.ok(
    drawn.every(({ shocks: [, withdrawn] }) => "shareBps" in withdrawn && withdrawn.shareBps % 500 === 0),
  );
  assert.equal(futuresPlan("ranges", { day: 30, days: 180, seed: "s", path, rows: 7 }).lucks, 7);
  assert.notDeepEqual(futuresPlan("ranges", { day: 30, days: 180, seed: "t", path }).futures[1].drawn, drawn);

  const supposed = small("interop", { shoppers: 300, days: 24 });
  const at = (
    plusBps: number,
  ) => [{ event: "unemployment-jump", fromDay: 12, untilDay: 24, plusBps } as const];
  const own = [100, 2_000, 4_000].map((plusBps) => ({ shocks: at(plusBps), values: { plusBps } }));
  const result = await runFutures(supposed, {
    plan: {
      title: "drawn",
      lucks: 3,
      futures: [{ name: "as-supposed", shocks: [] }, { name: "drawn", shocks: [], drawn: own }],
    },
    ...{ day: 12, replication: 0, engine: "e", outcomes: ["gmv"], openingBook: bookOf(supposed) },
  });
  assert.deepEqual(result.runs.filter((run) => run.values).map((run) => run.values!.plusBps), [
    100,
    2_000,
    4_000,
  ]);
  const [base, row] = result.table;
  assert.equal(base.difference, null);
  assert.equal(row.n, 3);
  assert.ok(row.difference! < 0, "people without work buy no less");
});

Deno.test("ranges that cannot be drawn from are refused with their line", () => {
  const file = (shock: string, more = "rows: 4\n") => `title: some\n${more}drawn:\n  - ${shock}\n`;
  const jump = (plusBps: string) =>
    `{ event: unemployment-jump, fromDay: 30, untilDay: 40, plusBps: ${plusBps} }`;
  refused(
    file(jump("{ low: 9, high: 2 }")),
    /f.yaml:4: drawn.0.plusBps: found 9 to 2; allowed is low below high/,
  );
  refused(file(jump("{ low: 0, high: 9000 }")), /f.yaml:4: drawn.0.plusBps: .*5,?000/);
  refused(file(jump("5")), /drawn: found no range/);
  refused(file(jump("{ low: 1, high: 2 }"), ""), /drawn: found no rows/);
  refused(file(jump("{ low: 1, high: 2 }"), "rows: 4\nlucks: 3\n"), /lucks: found beside drawn/);
  refused(
    file("{ event: unemployment-jump, fromDay: { low: 30, high: 50 }, untilDay: 40, plusBps: 5 }"),
    /drawn.0.untilDay: found 40; allowed is more than fromDay/,
  );
});

Deno.test("a fan begins where the futures part, and its edges are in order", async () => {
  const supposed = small("interop", { shoppers: 300, days: 24 });
  const { runs } = await runFutures(supposed, {
    plan: { title: "lucks", lucks: 7, futures: [{ name: "as-supposed", shocks: [] }] },
    ...{ day: 12, replication: 0, engine: "e", outcomes: [], openingBook: bookOf(supposed) },
  });
  const { history, fans: [fan] } = fansOf(runs, { line: "lent", forkAt: 12 })!;
  assert.equal(history.length, 12);
  for (const { lines } of runs) assert.deepEqual(lines.lent.slice(0, 12), history);
  assert.deepEqual([fan.days[0], fan.days.at(-1)], [11, 23]);
  assert.deepEqual(fan.levels.map((level) => level[0]), fan.levels.map(() => history[11]));
  const end = fan.levels.map((level) => level.at(-1)!);
  assert.deepEqual(end, [...end].sort((a, b) => a - b));
  assert.ok(end[4] > end[0], "all lucks are one");
});
