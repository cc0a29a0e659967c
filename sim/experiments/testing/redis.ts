// A Redis of a test's own: on a free port of this machine, with its files in the test's folder, to be killed and started again.

import { mkdirSync } from "node:fs";

/** Whether this machine has a redis-server at all. */
export function hasRedis(): boolean {
  try {
    return new Deno.Command("redis-server", { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync()
      .success;
  } catch {
    return false;
  }
}

/** A running Redis. */
export interface TestRedis {
  address: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Starts a Redis that writes down what it is told, once a second, as the documentation of clusters asks for.
 *
 * Its port lies below those that the system hands out by itself, so that nobody is given it while it is killed; where
 * another process has it nevertheless, another port is tried.
 */
export async function testRedis(
  folder: string,
  { password }: { password?: string } = {},
): Promise<TestRedis> {
  mkdirSync(folder, { recursive: true });
  for (let tries = 20;; tries--) {
    const redis = redisAt(20_000 + Math.floor(Math.random() * 10_000), folder, password);
    try {
      await redis.start();
      return redis;
    } catch (error) {
      await redis.kill();
      if (tries === 0) throw error;
    }
  }
}

const longestStartMilliseconds = 60_000;

function redisAt(port: number, folder: string, password: string | undefined): TestRedis {
  let process: Deno.ChildProcess | undefined;
  return {
    address: `redis://127.0.0.1:${port}`,
    async start() {
      const started = process = new Deno.Command("redis-server", {
        args: [
          ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
          ...["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"],
          ...password === undefined ? [] : ["--requirepass", password],
        ],
        ...{ stdin: "null", stdout: "null", stderr: "null" },
      }).spawn();
      let isGone = false;
      started.status.then(() => isGone = true);
      for (const since = Date.now(); !isGone && Date.now() - since < longestStartMilliseconds;) {
        if (await answeringProcess(port, password) === started.pid) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`redis-server did not start on port ${port}${isGone ? ": it ended" : ""}`);
    },
    async kill() {
      try {
        process?.kill("SIGKILL");
      } catch { /* it has ended */ }
      await process?.status;
      process = undefined;
    },
  };
}

/** The number of the process of the Redis that answers at a port; none where nobody does, or somebody else. */
async function answeringProcess(port: number, password: string | undefined): Promise<number | undefined> {
  try {
    using socket = await Deno.connect({ hostname: "127.0.0.1", port });
    const ask = `${password === undefined ? "" : `AUTH ${password}\r\n`}INFO server\r\nQUIT\r\n`;
    await socket.write(new TextEncoder().encode(ask));
    const answer = await new Response(socket.readable).text();
    return Number(/^process_id:(\d+)/m.exec(answer)?.[1]);
  } catch {
    return undefined;
  }
}
