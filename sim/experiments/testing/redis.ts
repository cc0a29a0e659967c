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

/** Starts a Redis that writes down what it is told, once a second, as the documentation of clusters asks for. */
export async function testRedis(
  folder: string,
  { password }: { password?: string } = {},
): Promise<TestRedis> {
  mkdirSync(folder, { recursive: true });
  const probe = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = probe.addr as Deno.NetAddr;
  probe.close();
  let process: Deno.ChildProcess | undefined;
  const redis: TestRedis = {
    address: `redis://127.0.0.1:${port}`,
    async start() {
      process = new Deno.Command("redis-server", {
        args: [
          ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
          ...["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"],
          ...password === undefined ? [] : ["--requirepass", password],
        ],
        ...{ stdin: "null", stdout: "null", stderr: "null" },
      }).spawn();
      for (let i = 0; i < 400; i++) {
        try {
          const socket = await Deno.connect({ hostname: "127.0.0.1", port });
          await socket.write(new TextEncoder().encode("PING\r\n"));
          const answer = new Uint8Array(16);
          await socket.read(answer);
          socket.close();
          // PONG, or that a password is asked for.
          if (answer[0] === 0x2b || password !== undefined && answer[0] === 0x2d) return;
        } catch { /* not up yet */ }
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error("redis-server did not start");
    },
    async kill() {
      process?.kill("SIGKILL");
      await process?.status;
      process = undefined;
    },
  };
  await redis.start();
  return redis;
}
