import assert from "node:assert/strict";
import { progress } from "./progress.ts";

/** What is written when `tell` is called with each share, `step` milliseconds apart. */
function written(shares: readonly number[], step: number): string[] {
  const lines: string[] = [];
  let now = 0;
  const bar = progress({ terminal: false, clock: () => now, write: (line) => lines.push(line) });
  for (const share of shares) {
    bar.tell(share, "interop");
    now += step;
  }
  bar.end();
  return lines;
}

const hundredths = Array.from({ length: 101 }, (_, i) => i / 100);

Deno.test("away from a terminal a line is written for every tenth of the way, the first and the last included", () => {
  const lines = written(hundredths, 1);
  assert.deepEqual(
    lines.map((line) => line.slice(0, 5)),
    [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((percent) => `${String(percent).padStart(3)} %`),
  );
});

Deno.test("what takes long is told every ten seconds", () => {
  assert.equal(written([0, 0.01, 0.02, 0.03, 0.04], 4_000).length, 3);
});

Deno.test("no time is said to be left before anything is done, and at the end none is", () => {
  const lines = written(hundredths, 100);
  assert.equal(lines[0], "  0 %  interop");
  assert.equal(lines[5], " 50 %  interop  about 5 s left");
  assert.equal(lines.at(-1), "100 %  interop");
  assert.ok(written([0, 0.1, 0.2], 600_000).at(-1)!.endsWith("about 80 min left"));
});

Deno.test("what was done before the first word does not count as speed", () => {
  assert.equal(written([0.5, 0.6, 0.75], 5_000).at(-1), " 75 %  interop  about 10 s left");
});

Deno.test("a quiet one says nothing", () => {
  const lines: string[] = [];
  const bar = progress({ quiet: true, terminal: false, write: (line) => lines.push(line) });
  bar.tell(0.5, "interop");
  bar.end();
  assert.deepEqual(lines, []);
});
