import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { canonicalJson } from "#/model/units/canonical.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { type JobRow, Store } from "#/sim/experiments/store.ts";
import { compareVerb } from "./compare.ts";
import { typed } from "./testing/typed.ts";

const compared = (...words: string[]) => typed(compareVerb(), words);

const world = { shoppers: 1, peoplePerShopper: 1, startDate: "2019-07-01", days: 20, calibration: "c" };
const run = (outcomes: Record<string, number>, more = {}) => ({
  ...{
    scenario: "baseline",
    seed: "s",
    replication: 0,
    engine: "x",
    replay: "again",
    hash: JSON.stringify(outcomes),
    world,
  },
  outcomes: Object.fromEntries(
    Object.entries(outcomes).map(([name, value]) => [name, { value, unit: "CNY" }]),
  ),
  ...more,
});

interface MadeSweep {
  engine?: string;
  seed?: string;
  severities?: number[];
  gmv: (severity: number, replication: number) => number;
  name?: string;
}

/** A store with a sweep of three replications a point. */
function putSweep(
  path: string,
  { engine = "e1", seed = "s", severities = [1, 2], gmv, name = "grid" }: MadeSweep,
): void {
  using store = new Store(path);
  const axis = { name: "severity", title: "severity", path: "macro.severityBps", values: severities };
  const design = canonicalJson({
    ...{
      base: ["baseline"],
      levers: [axis],
      uncertainties: [],
      outcomes: ["gmv"],
      seed,
      shoppers: 100,
      days: 5,
    },
    ...{ heatmap: null, replications: 3 },
  });
  const points = severities.map((severity) => ({
    // Another engine may well suppose something else under the same settings.
    id: `${engine} ${seed} ${severity}`,
    scenario: "baseline",
    settings: canonicalJson({ severity }),
  }));
  store.saveSweep({
    id: `${name}${engine}${seed}`.padEnd(64, "0"),
    name,
    title: name,
    engine,
    replications: 3,
    design,
  }, points);
  store.insert(points.flatMap(({ id }, i) =>
    [0, 1, 2].map((replication): JobRow => ({
      ...{
        id: jobId(id, replication, engine),
        point: id,
        replication,
        engine,
        status: "done",
        runHash: null,
        replay: null,
      },
      outcomes: canonicalJson({ gmv: { value: gmv(severities[i], replication), unit: "CNY" } }),
      ...{ errorKind: null, errorMessage: null },
    }))
  ));
}

function place(): Disposable & {
  at: (name: string) => string;
  put: (name: string, what: unknown) => string;
} {
  const folder = mkdtempSync(join(tmpdir(), "hutong-compare-")), at = (name: string) => join(folder, name);
  return {
    at,
    put: (name, what) => {
      writeFileSync(at(name), typeof what === "string" ? what : JSON.stringify(what));
      return at(name);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

Deno.test("of single runs the largest change beside its own size stands first, and that there are no intervals is said", async () => {
  using it = place();
  const a = it.put("a.json", run({ big: 1_000, small: 10, none: 0, same: 5 }));
  const b = it.put("b.json", run({ big: 1_100, small: 5, none: 2, same: 5 }, { engine: "y" }));
  const { code, out } = await compared(a, b);
  assert.equal(code, 1);
  assert.match(
    out,
    / {2}none: 0 → 2 \(from nothing\).*\n {2}small: 10 → 5 \(−50.00 %\).*\n {2}big: 1000 → 1100 \(\+10.00 %\)/,
  );
  assert.match(
    out,
    /Single runs have no intervals for outcomes: whether luck alone made these differences cannot be told/,
  );
  assert.equal((await compared(a, a)).code, 0);
});

Deno.test("sweeps of two engines are compared point by point, replication by replication", async () => {
  using it = place();
  const noise = [0, 40, -30];
  putSweep(it.at("a.sqlite"), { gmv: (severity, r) => 1_000 / severity + noise[r] });
  putSweep(it.at("b.sqlite"), {
    engine: "e2",
    severities: [2, 1, 3],
    gmv: (severity, r) => 1_000 / severity + noise[r] + (severity === 2 ? 9 + r : [2, -3, 1][r]),
  });
  const { code, out } = await compared(it.at("a.sqlite"), it.at("b.sqlite"));
  assert.equal(code, 1);
  assert.match(
    out,
    /2 points coincide; seed, shoppers and days are the same, so differences are taken replication by/,
  );
  assert.match(out, /Only in b: baseline severity=3/);
  assert.match(out, /0 equal, 1 differ, 1 cannot be told apart/);
  assert.match(
    out,
    /baseline severity=2: gmv: 503.333 → 513.333 \(\+1.99 %\), difference 10 ± 2.48\d*; differs, over replications/,
  );
  assert.equal((await compared(it.at("a.sqlite"), it.at("a.sqlite#grid"))).code, 0);

  putSweep(it.at("c.sqlite"), { seed: "t", gmv: (severity, r) => 1_000 / severity + noise[r] + 9 + r });
  const unpaired = await compared(it.at("a.sqlite"), it.at("c.sqlite"));
  assert.equal(unpaired.code, 0, "separate luck hides ten");
  assert.match(unpaired.out, /seed, shoppers or days differ, so means are compared by Welch's intervals/);
});

Deno.test("what cannot be compared is refused in one line that says what is allowed", async () => {
  using it = place();
  const good = it.put("good.json", run({ gmv: 1 })), store = it.at("s.sqlite"), other = it.at("other.sqlite");
  putSweep(store, { gmv: () => 1 });
  putSweep(store, { gmv: () => 1, name: "second" });
  putSweep(other, { severities: [8], gmv: () => 1 });
  const old = it.at("old.sqlite"), empty = it.at("empty.sqlite");
  putSweep(old, { gmv: () => 1 });
  {
    using db = new DatabaseSync(old);
    db.exec("update catalogue set version = 99");
    using _store = new Store(empty);
  }
  mkdirSync(it.at("folder"));
  for (
    const [b, why] of [
      [it.at("none.json"), /none.json: no such file or folder; allowed is/],
      [it.put("broken.json", "{ no"), /broken.json: is no JSON/],
      [it.put("empty.json", ""), /empty.json: is no JSON/],
      [it.put("list.json", [1, 2]), /list.json: is no result of a run; allowed is/],
      [it.put("null.json", null), /null.json: is no result of a run/],
      [
        it.put("golden.json", { format: 1, cases: {} }),
        /golden.json: is a golden of a suite.*hutong replay compares with it/,
      ],
      [
        it.put("sweep.json", { analysis: {} }),
        /sweep.json: is what `hutong sweep --json` prints.*FILE.sqlite#NAME/,
      ],
      [
        it.put("odd.json", { ...run({}), outcomes: { gmv: { value: "5" } } }),
        /odd.json: outcomes.gmv.value: found .*finite number/,
      ],
      [it.at("folder"), /folder: found no .json file in it/],
      ["", /compare: found nothing/],
      [
        `${store}#grid`,
        /compare: found .*s.sqlite#grid, a sweep, and .*good.json; allowed are two sweeps, or two results of runs/,
      ],
    ] as const
  ) {
    await assert.rejects(
      compared(good, b),
      (error: Error) => why.test(error.message) && !error.message.includes("\n"),
      b,
    );
    await assert.rejects(compared(b, good), why);
  }
  for (
    const [b, why] of [
      [store, /s.sqlite: found 2 sweeps; allowed is .*s.sqlite#grid, .*s.sqlite#second/],
      [`${store}#grit`, /found no such sweep; allowed is/],
      [it.at("none.sqlite"), /none.sqlite: found .*no such store/],
      [old, /old.sqlite: found .*written as version 99, this program reads version \d/],
      [empty, /found no such sweep; allowed is a store with a sweep/],
      [other, /other.sqlite: found 1 points, none of which is among the 2/],
      [it.put("text.sqlite", "no database"), /text.sqlite: found .*cannot be used as a store/],
    ] as const
  ) await assert.rejects(compared(`${store}#grid`, b), why, b);
});
