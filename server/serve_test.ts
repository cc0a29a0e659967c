import assert from "node:assert/strict";
import { join } from "node:path";
import { serve } from "#/server/serve.ts";

const quiet = (lines: string[]) => (line: string) => void lines.push(line);
const folder = join("nowhere", "at", "all");

Deno.test("serve() answers on this machine, says its address and stops when told", async () => {
  const stopping = new AbortController(), lines: string[] = [], heard: unknown[] = [];
  const serving = serve({
    port: 0,
    folder,
    signal: stopping.signal,
    say: quiet(lines),
    onListen: (at) => void heard.push(at),
  });
  assert.deepEqual(heard, [{ url: serving.url, port: serving.port }]);
  assert.match(serving.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.ok(lines.some((line) => line.includes(serving.url)));
  assert.deepEqual(await (await fetch(`${serving.url}/health`)).json(), { status: "ok" });
  stopping.abort();
  await serving.finished;
  await assert.rejects(fetch(`${serving.url}/health`));
});

Deno.test("a port in use is no obstacle: the next free one is taken, and it says so", async () => {
  const stopping = new AbortController(), lines: string[] = [];
  const { signal } = stopping;
  const first = serve({ port: 0, folder, signal, say: () => {} });
  const second = serve({ port: first.port, folder, signal, say: quiet(lines) });
  assert.notEqual(second.port, first.port);
  assert.equal(lines[0], `Port ${first.port} is in use, so port ${second.port} was taken.`);
  assert.equal((await (await fetch(`${second.url}/health`)).json()).status, "ok");
  stopping.abort();
  await Promise.all([first.finished, second.finished]);
});

Deno.test("a signal that was aborted before ends the server at once", async () => {
  const serving = serve({ port: 0, folder, signal: AbortSignal.abort(), say: () => {} });
  await serving.finished;
});
