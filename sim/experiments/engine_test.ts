import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { engineHash, hashOf } from "#/sim/experiments/engine.ts";
import { fixture } from "#/sim/experiments/testing/fixture.ts";

Deno.test("the engine's hash moves with sources, the lock and the runtime, not with tests, benchmarks or texts", () => {
  using fix = fixture();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(fix.folder, path)), { recursive: true });
    writeFileSync(join(fix.folder, path), text);
  };
  for (const path of ["deno.lock", "model/a.ts", "model/b/c.ts", "scenarios/schema.ts", "sim/run.ts"]) {
    write(path, path);
  }
  const hash = () => hashOf(fix.folder, "1.2.3");
  const first = hash();
  assert.match(first, /^[0-9a-f]{64}$/);
  for (
    const path of [
      "sim/run_test.ts",
      "sim/day_bench.ts",
      "sim/testing/twin.ts",
      "model/README.md",
      "scenarios/load.ts",
      "server/app.ts",
    ]
  ) {
    write(path, "new");
    assert.equal(hash(), first, path);
  }
  const seen = new Set([first, hashOf(fix.folder, "1.2.4")]);
  for (const path of ["deno.lock", "model/b/c.ts", "scenarios/schema.ts", "sim/run.ts", "sim/terms.json"]) {
    write(path, `${path} changed`);
    seen.add(hash());
  }
  renameSync(join(fix.folder, "model/a.ts"), join(fix.folder, "model/z.ts"));
  seen.add(hash());
  assert.equal(seen.size, 8);
  rmSync(join(fix.folder, "deno.lock"));
  assert.throws(hash, /ENOENT/);
});

Deno.test("the engine's hash is the same whenever it is asked for", () => {
  assert.equal(engineHash(), engineHash());
  assert.match(engineHash(), /^[0-9a-f]{64}$/);
});
