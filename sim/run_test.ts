import assert from "node:assert/strict";
import { bookOf, runSmall, small } from "#/sim/testing/worlds.ts";
import { AuditedLedger } from "#/sim/testing/audited_ledger.ts";
import { run } from "./run.ts";

const supposed = small("interop");
const { result } = runSmall(supposed);

Deno.test("run() of the same scenario, seed and replication gives the same result but for the clock", () => {
  assert.deepEqual(runSmall(supposed).result, result);
});

Deno.test("run() gives the same hash whether it is handed the opening book or simulates it", () => {
  assert.equal(run(supposed, 0).hash, result.hash);
});

Deno.test("run() of another seed or replication gives another hash", () => {
  const others = [
    runSmall(small("interop", { seed: "other" })).result.hash,
    runSmall(supposed, { replication: 1 }).result.hash,
    runSmall(small("baseline")).result.hash,
  ];
  assert.equal(new Set([result.hash, ...others]).size, 4);
});

Deno.test("run() of another history gives another hash, of another book of the same history the same", () => {
  assert.notEqual(run(supposed, 0, { openingBook: bookOf(supposed, 1) }).hash, result.hash);
  assert.equal(run(supposed, 0, { openingBook: structuredClone(bookOf(supposed)) }).hash, result.hash);
});

Deno.test("run() is moved by nobody who watches: clock, callbacks, an audited ledger, a shopper followed", () => {
  let ticks = 0;
  const days: number[] = [];
  const watched = runSmall(supposed, {
    clock: () => ticks += 7,
    onDay: (day) => days.push(day),
    inspect: (world, day) => assert.equal(world.today.day, day),
    makeLedger: (capacity) => new AuditedLedger(capacity),
    trace: { shopper: 5, day: 3 },
    engine: "watched",
    replay: "again",
  });
  assert.equal(watched.result.hash, result.hash);
  assert.deepEqual(days, Array.from({ length: 20 }, (_, day) => day));
  assert.ok(watched.result.seconds.days > 0);
  assert.equal(watched.result.engine, "watched");
  assert.equal(watched.result.replay, "again");
});

Deno.test("run() leaves the opening book as it was", () => {
  const before = structuredClone(bookOf(supposed));
  runSmall(supposed);
  assert.deepEqual(bookOf(supposed), before);
});

Deno.test("run() gives the same hash on a processor without fused multiply-add and AVX2", async () => {
  const program = `
    import { runSmall, small } from "#/sim/testing/worlds.ts";
    console.log(runSmall(small("interop")).result.hash);
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--no-check", program],
    env: { GLIBC_TUNABLES: "glibc.cpu.hwcaps=-FMA,-AVX2" },
  }).output();
  assert.equal(new TextDecoder().decode(stdout).trim(), result.hash, new TextDecoder().decode(stderr));
});

Deno.test("run() reconciles every day and says so", () => {
  assert.equal(result.money.daysReconciled, 20);
  assert.ok(result.money.checks > 20 * 100);
  assert.ok(result.money.totalFen > 0);
});

Deno.test("run() tells how it is given again", () => {
  assert.match(result.replay, /hutong run interop --seed hutong --replication 0 --shoppers 800 --days 20$/);
});

Deno.test("run() refuses people that are no whole multiple of the shoppers", () => {
  const broken = structuredClone(supposed);
  broken.scenario.world.people += 1;
  assert.throws(() => run(broken, 0, { openingBook: bookOf(supposed) }), {
    name: "RangeError",
    message: /Cannot let 800 shoppers stand for 600000001 people/,
  });
});
