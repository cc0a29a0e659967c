import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Queue } from "bullmq";
import { connected, queueDispatch, QueueError, queueName } from "#/sim/experiments/queue.ts";
import { seriesFolderOf } from "#/sim/experiments/series.ts";
import { sweep } from "#/sim/experiments/sweep.ts";
import { killed, until } from "#/sim/experiments/testing/child.ts";
import { type Fixture, fixture, smallSweep } from "#/sim/experiments/testing/fixture.ts";
import { mischief } from "#/sim/experiments/testing/fake_run.ts";
import { hasRedis, testRedis } from "#/sim/experiments/testing/redis.ts";

const ignore = !hasRedis();
if (ignore) console.error("no redis-server on this machine: the tests of the queue on Redis are left out");

/** Every file of a folder of series by its name, as text. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(".")).sort()
      .map((name) => [name, readFileSync(join(folder, name)).toString("base64")]),
  );

const child = new URL("./testing/queue_child.ts", import.meta.url).href;
const patienceMilliseconds = 300_000;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A signal that ends a sweep which would never end by itself: its rows are then too few. */
function patient(): Disposable & { signal: AbortSignal } {
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(), patienceMilliseconds);
  return { signal: stopping.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}

/** Waits until so many workers listen to the queue of an engine, and so do hear when they are told to stop. */
async function listening(redis: string, engine: string, count: number): Promise<void> {
  const client = await connected(redis), queue = new Queue(queueName(engine), { connection: client });
  try {
    await until(undefined, async () => await queue.getWorkersCount() >= count);
  } finally {
    await queue.close();
    client.disconnect();
  }
}

function worker({ options: { engine, runner, openings } }: Fixture, redis: string): Deno.ChildProcess {
  const said = { redis, engine, runner, openings, workers: 1 };
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", child, JSON.stringify(said)],
    ...{ stdin: "null", stdout: "piped", stderr: "null" },
  }).spawn();
}

async function ended(workers: Iterable<Deno.ChildProcess>): Promise<[code: number, done: string][]> {
  const all = [...workers];
  for (const one of all) {
    try {
      one.kill("SIGTERM");
    } catch { /* gone already */ }
  }
  // One that does not end by itself is ended, and so told by its code.
  const patience = setTimeout(() => all.forEach((one) => void killed(one)), patienceMilliseconds);
  const outputs = await Promise.all(all.map((one) => one.output())).finally(() => clearTimeout(patience));
  return outputs.map(({ code, stdout }) => [code, new TextDecoder().decode(stdout).trim()]);
}

Deno.test({
  name:
    "three workers on Redis, one killed, Redis killed and restarted, one added: the rows of threads, each once",
  ignore,
  fn: async () => {
    using fix = fixture({ slow: 40 });
    fix.write({ replications: 16 });
    const redis = await testRedis(fix.path("redis"));
    const workers = [1, 2, 3].map(() => worker(fix, redis.address)), { engine } = fix.options;
    try {
      await listening(redis.address, engine!, 3);
      const happened: string[] = [];
      let rows = 0;
      using patience = patient();
      const done = sweep(fix.file, {
        ...fix.options,
        signal: patience.signal,
        store: fix.path("queue.sqlite"),
        dispatch: queueDispatch(redis.address),
        onProgress: (at) => void (rows = at.rows),
      });
      const reached = async (count: number) => {
        await until(undefined, () => rows >= count);
        assert.ok(rows < 192, `${rows} rows`);
      };
      await reached(15);
      workers[0].kill("SIGKILL");
      await workers[0].output();
      happened.push("a worker was killed");
      await reached(40);
      await redis.kill();
      await wait(300);
      await redis.start();
      happened.push("Redis was killed and restarted");
      workers[0] = worker(fix, redis.address);
      const queued = await done;
      const threads = await sweep(fix.file, fix.options);
      assert.equal(happened.length, 2);
      assert.deepEqual([queued.rows, queued.failed, queued.interrupted], [192, 0, false]);
      assert.equal(queued.hash, threads.hash);
      assert.deepEqual(queued.analysis, threads.analysis);
      await listening(redis.address, engine!, 3);
      // Two that were told to stop, and one that came later, end by themselves.
      const ends = await ended(workers.splice(0));
      assert.deepEqual(ends.map(([code]) => code), [0, 0, 0]);
      // What was lost with the killed ones was done again, what they had done was not: no run is missing.
      assert.ok(ends.filter(([, done]) => Number(done) > 0).length >= 2, `${ends}`);
    } finally {
      await ended(workers);
      await redis.kill();
    }
  },
});

Deno.test({
  name:
    "threads and queue keep the same daily series, byte by byte, whatever is lost on the way; Redis holds none at the end",
  ignore,
  fn: async () => {
    using fix = fixture({ slow: 20, facts: 40 });
    fix.write({ replications: 8 });
    const redis = await testRedis(fix.path("redis"));
    const workers = [1, 2].map(() => worker(fix, redis.address));
    const { engine } = fix.options, store = fix.path("queue.sqlite");
    const client = await connected(redis.address);
    try {
      // Without series first, and stopped on the way: results that were laid down without series are not taken for ones with.
      using patience = patient();
      const { signal } = patience, stopping = new AbortController();
      const early = { ...fix.options, signal, store, dispatch: queueDispatch(redis.address) };
      const part = await sweep(fix.file, {
        ...early,
        signal: AbortSignal.any([signal, stopping.signal]),
        // In the first round there are chunks of one run, and 48 of the 96 at most.
        onProgress: ({ rows }) => rows >= 1 && stopping.abort(),
      });
      assert.ok(part.interrupted && part.rows < 96, `${part.rows}`);
      // What lies ready is lost twice, as where a Redis makes room.
      let lost = 0, isOver = false;
      const thief = (async () => {
        while (lost < 2 && !isOver) {
          const [key] = await client.keys("bull:*:series:*");
          if (key !== undefined) lost += await client.del(key);
          await wait(2);
        }
      })();
      const queued = await sweep(fix.file, {
        ...{ ...early, series: true },
        onProgress: ({ rows }) => rows === 20 && workers[0].kill("SIGKILL"),
      }).finally(() => isOver = true);
      await thief;
      assert.equal(lost, 2);
      assert.deepEqual([queued.rows, queued.failed], [96, 0]);
      const threads = await sweep(fix.file, { ...fix.options, series: true });
      assert.equal(queued.hash, threads.hash);
      const [ours, theirs] = [store, fix.options.store].map((path) => filesIn(seriesFolderOf(path)));
      assert.equal(Object.keys(theirs).length, 96);
      assert.ok(new Set(Object.values(theirs)).size > 90, "series differ from each other");
      assert.deepEqual(ours, theirs);
      assert.deepEqual(await client.keys(`bull:${queueName(engine!)}:series:*`), []);
      // One file that is gone is made again by one run, and no other.
      rmSync(join(seriesFolderOf(store), Object.keys(ours)[7]));
      const again = await sweep(fix.file, { ...early, series: true });
      assert.deepEqual([again.reused, again.rows], [95, 96]);
      assert.deepEqual(filesIn(seriesFolderOf(store)), theirs);
    } finally {
      client.disconnect();
      await ended(workers);
      await redis.kill();
    }
  },
});

Deno.test({
  name:
    "runs whose series are never found in Redis are asked for four times and then failed rows that say so",
  ignore,
  fn: async () => {
    using fix = fixture();
    fix.write({ replications: 1 });
    const redis = await testRedis(fix.path("redis")), store = fix.path("queue.sqlite");
    const connection = await connected(redis.address), { Worker } = await import("bullmq");
    const asked = new Map<string, number>();
    // A worker that forgets to lay series down.
    const forgetful = new Worker(queueName(fix.options.engine!), (job) => {
      const tasks = job.data.tasks as { id: string }[];
      for (const { id } of tasks) asked.set(id, (asked.get(id) ?? 0) + 1);
      const done = { status: "done", layout: 0, values: [1], runHash: "ab".repeat(32) };
      return Promise.resolve({
        ...{ milliseconds: 1, seriesBytes: 0, layouts: ['[["gmv","CNY"]]'] },
        results: tasks.map(() => done),
      });
    }, { connection });
    try {
      using patience = patient();
      const { rows, failed, failures } = await sweep(fix.file, {
        ...{
          ...fix.options,
          signal: patience.signal,
          store,
          series: true,
          dispatch: queueDispatch(redis.address),
        },
      });
      assert.deepEqual([rows, failed], [12, 12]);
      assert.deepEqual([
        ...new Set(failures.map(({ errorKind, errorMessage }) => `${errorKind}: ${errorMessage}`)),
      ], [
        "crash: its daily series were not found in Redis 4 times",
      ]);
      assert.deepEqual([...new Set(asked.values())], [4]);
    } finally {
      await forgetful.close();
      connection.disconnect();
      await redis.kill();
    }
  },
});

Deno.test({
  name:
    "over Redis too a run that throws, hangs or kills its thread is a row; another version's worker takes none",
  ignore,
  fn: async () => {
    using fix = fixture();
    const { throw: throws, hang, exit } = mischief;
    fix.write({
      ...{ replications: 1, heatmap: undefined, base: ["./open.yaml"] },
      levers: [{ ...smallSweep.levers[0], values: [1] }],
      uncertainties: [{
        ...smallSweep.uncertainties[0],
        path: "clearing.queueMinutes",
        values: [5, throws, hang, exit],
      }],
    });
    const redis = await testRedis(fix.path("redis"));
    const stranger = worker(
      { ...fix, options: { ...fix.options, engine: "of other sources" } },
      redis.address,
    );
    const own = worker(fix, redis.address);
    try {
      // A stranger that is not there yet would prove nothing.
      await listening(redis.address, "of other sources", 1);
      using patience = patient();
      const options = { ...fix.options, timeoutSeconds: 600, signal: patience.signal };
      const store = fix.path("queue.sqlite");
      const queued = await sweep(fix.file, { ...options, store, dispatch: queueDispatch(redis.address) });
      const kinds = queued.failures.map(({ errorKind }) => errorKind);
      assert.deepEqual([...new Set(kinds)].sort(), ["crash", "error", "timeout"]);
      assert.deepEqual([queued.rows, queued.failed], [4, 3]);
      assert.equal(queued.hash, (await sweep(fix.file, options)).hash);
      const [[, byStranger]] = await ended([stranger, own]);
      assert.equal(byStranger, "0");
    } finally {
      for (const one of [stranger, own]) await killed(one);
      await redis.kill();
    }
  },
});

Deno.test({
  name: "a Redis that asks for a password, or refuses it, is told at once; so is something that is no Redis",
  ignore,
  fn: async () => {
    using fix = fixture();
    const store = fix.path("queue.sqlite");
    const redis = await testRedis(fix.path("redis"), { password: "right" });
    const mute = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const talk = (async () => {
      for await (const socket of mute) {
        await socket.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n"));
        socket.close();
      }
    })();
    try {
      const elsewhere = `redis://127.0.0.1:${(mute.addr as Deno.NetAddr).port}`;
      for (
        const [address, said] of [
          [redis.address, /^the Redis at redis:\/\/127.* \(NOAUTH .*allowed is its user and password/],
          [redis.address.replace("//", "//:wrong@"), /\(WRONGPASS .*allowed is its user and password/],
          [elsewhere, /^what answers at redis:\/\/127.* is no Redis that can be used/],
        ] as const
      ) {
        await assert.rejects(
          sweep(fix.file, { ...fix.options, store, dispatch: queueDispatch(address) }),
          (error: Error) => {
            assert.ok(error instanceof QueueError, String(error));
            assert.match(error.message, said);
            return !/wrong@/.test(error.message);
          },
        );
      }
    } finally {
      mute.close();
      await talk.catch(() => {});
      await redis.kill();
    }
  },
});

Deno.test({
  name: "a worker that is told to stop while Redis is gone ends by itself",
  ignore,
  fn: async () => {
    using fix = fixture();
    const redis = await testRedis(fix.path("redis")), one = worker(fix, redis.address);
    try {
      await listening(redis.address, fix.options.engine!, 1);
      await redis.kill();
      await wait(300);
      const [[code, done]] = await ended([one]);
      assert.deepEqual([code, done], [0, "0"]);
    } finally {
      await killed(one);
      await redis.kill();
    }
  },
});

Deno.test("an address without a Redis, or that is none, is refused at once", async () => {
  using fix = fixture();
  const store = fix.path("queue.sqlite");
  for (
    const [address, said] of [["redis://user:secret@127.0.0.1:1", /no Redis answers at redis:\/\/127/], [
      "x",
      /found "x"/,
    ]] as const
  ) {
    await assert.rejects(
      sweep(fix.file, { ...fix.options, store, dispatch: queueDispatch(address) }),
      (error: Error) =>
        error instanceof QueueError && said.test(error.message) && !/secret/.test(error.message),
    );
  }
});
