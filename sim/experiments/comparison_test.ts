import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { compare, type ComparisonProgress } from "#/sim/experiments/comparison.ts";
import { type Fixture, fixture } from "#/sim/experiments/testing/fixture.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { RunResult } from "#/sim/result.ts";
import * as fake from "#/sim/experiments/testing/fake_run.ts";

// The fake gives outcomes only; the report keeps whatever a run gives.
const runner = {
  buildOpeningBook: fake.buildOpeningBook,
  run(supposed: Supposition, replication: number, options: Record<string, unknown>) {
    const made = fake.run(supposed, replication, options as Parameters<typeof fake.run>[2]);
    (options.onDay as (day: number, days: number) => void)(29, 30);
    return {
      ...made,
      scenario: supposed.name,
      replay: options.replay,
      perDay: [1, NaN],
    } as unknown as RunResult;
  },
  // deno-lint-ignore no-explicit-any
} as any;
const options = (fix: Fixture) => ({ runner, folder: fix.path("reports"), openings: fix.options.openings });
const sides = (fix: Fixture) => [fix.path("closed.yaml"), fix.path("open.yaml")] as const;

Deno.test("a comparison is stored in one step and reads back as it was returned", () => {
  using fix = fixture();
  const { id, file, report } = compare(sides(fix), options(fix));
  assert.match(id, /^closed-open-[0-9a-f]{12}$/);
  assert.deepEqual(readdirSync(fix.path("reports")), [`${id}.json`]);
  assert.equal(file, fix.path(`reports/${id}.json`));
  assert.deepEqual(JSON.parse(readFileSync(file!, "utf8")), report);
  assert.equal(report.title, "open compared with closed");
  assert.match(
    report.b.replay,
    /^deno task hutong run \S+open\.yaml --seed fixture --replication 0 --shoppers 1000 --days 30 --json$/,
  );
});

Deno.test("an expectation of an outcome that no run has is refused by its name, before anything runs", () => {
  using fix = fixture();
  const file = fix.path("hopeful.yaml");
  writeFileSync(
    file,
    JSON.stringify({
      extends: "./open.yaml",
      title: "Hopeful",
      expected: [{ outcome: "gmw", against: "./closed.yaml", sign: "+", why: "a slip of the pen" }],
    }),
  );
  let runs = 0;
  const counting = { ...runner, run: () => runs++ };
  assert.throws(
    () => compare([fix.path("closed.yaml"), file], { ...options(fix), runner: counting }),
    /expected\.0\.outcome: found "gmw"; allowed are the outcomes of a run: .*did you mean "gmv"\?/,
  );
  assert.equal(runs, 0);
});

Deno.test("one replication gives differences without an interval, several give one each", () => {
  using fix = fixture();
  const one = compare(sides(fix), options(fix)).report;
  assert.deepEqual([one.differences.gmv.n, one.differences.gmv.low], [1, null]);
  assert.ok(Math.abs(one.differences.gmv.mean - 10) < 1e-9);
  const three = compare(sides(fix), { ...options(fix), replications: 3 }).report;
  const { n, mean, low, high } = three.differences.gmv;
  assert.equal(n, 3);
  for (const value of [mean, low!, high!]) assert.ok(Math.abs(value - 10) < 1e-9, `${value}`);
  assert.deepEqual(three.replications.map(({ replication }) => replication), [0, 1, 2]);
  assert.equal(three.replications[0].b.gmv, three.b.outcomes.gmv.value);
  assert.notEqual(three.id, one.id);
});

Deno.test("both sides get the same opening book, which is simulated once", () => {
  using fix = fixture();
  let builds = 0;
  const counting = {
    ...runner,
    buildOpeningBook: (supposed: Supposition, replication: number) => {
      builds++;
      return fake.buildOpeningBook(supposed, replication);
    },
  };
  compare(sides(fix), { ...options(fix), runner: counting, replications: 2 });
  assert.equal(builds, 2);
});

Deno.test("progress counts simulated days up to all of them", () => {
  using fix = fixture();
  const told: ComparisonProgress[] = [];
  compare(sides(fix), { ...options(fix), onProgress: (progress) => told.push(progress) });
  // 60 days of history, 30 days of each side.
  assert.deepEqual(told.map(({ done, total }) => [done, total]), [[90, 120], [120, 120], [120, 120]]);
  assert.deepEqual(told.map(({ doing }) => doing), ["closed", "open", "the report"]);
});

Deno.test("a number that is not finite is stored as null", () => {
  using fix = fixture();
  const { report } = compare(sides(fix), options(fix));
  assert.deepEqual((report.a as unknown as { perDay: unknown }).perDay, [1, null]);
});
