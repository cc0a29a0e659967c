import assert from "node:assert/strict";
import { ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { samples } from "#/sim/experiments/design_rows.ts";
import { axesOf, designPoints } from "#/sim/experiments/design.ts";
import { distinct } from "#/sim/experiments/jobs.ts";
import { pointCount, readSweepFile, shippedSweeps } from "#/sim/experiments/sweep_file.ts";
import { buildOpeningBook, run } from "#/sim/run.ts";
import { fixture, smallSweep } from "#/sim/experiments/testing/fixture.ts";

const lever = smallSweep.levers[0];

Deno.test("every shipped sweep compares scenarios over a size that an evening is enough for", () => {
  assert.deepEqual(shippedSweeps(), [
    "bank-line",
    "breadth",
    "default",
    "financing",
    "identity",
    "liquidity",
    "mix",
    "scoring",
    "screening",
    "sharing",
  ]);
  const bases: Record<string, string[]> = {
    breadth: [
      "baseline",
      "s0-baitiao-on-alipay",
      "s0-huabei-on-jd",
      "s1-baitiao-on-wechat",
      "s2-baitiao-on-cards",
      "s4-baitiao-on-flash-pay",
      "interop",
      "i2-cobranded-card",
    ],
    liquidity: ["g1-gridlock", "g1-gridlock-saving"],
    mix: ["interop", "l1-funding-mix"],
    sharing: ["interop", "j2-quota"],
  };
  for (const name of shippedSweeps()) {
    const sweep = readSweepFile(name), isSampled = samples(sweep.design);
    assert.deepEqual(sweep.base, bases[name] ?? ["baseline", "interop"], name);
    if (!isSampled) {
      assert.ok(pointCount(sweep) <= 18 && sweep.replications >= 3, name);
      assert.ok(sweep.heatmap || axesOf(sweep).length === 0, name);
      assert.equal(distinct(designPoints(sweep)).length, pointCount(sweep));
    } else {assert.ok(
        distinct(designPoints(sweep)).length <= pointCount(sweep) && pointCount(sweep) <= 300,
        name,
      );}
  }
});

Deno.test("an axis that a shipped sweep keeps from a scenario would do nothing there, or cannot be said there", () => {
  const small = ["world.history.shoppers=200", "world.history.days=40"];
  const asked = (name: string, set: string[]) =>
    load(name, { shoppers: 200, days: 40, set: [...small, ...set] });
  let kept = 0, unsaid = 0;
  for (const sweep of shippedSweeps().map((name) => readSweepFile(name))) {
    for (
      const { actsOn, path, values, range } of axesOf(sweep).filter(({ actsOn }) => actsOn !== undefined)
    ) {
      for (const name of sweep.base.filter((name) => !actsOn!.includes(name))) {
        const openingBook = () => buildOpeningBook(asked(name, []), 0);
        const hashOf = (set: string[]) => run(asked(name, set), 0, { openingBook: openingBook() }).hash;
        try {
          const tried = range ? [range.low, range.high] : values;
          const hashes = [[], ...tried.map((value) => [`${path}=${value}`])].map(hashOf);
          assert.equal(new Set(hashes).size, 1, `${sweep.name}: ${path} acts on ${name}`);
          kept++;
        } catch (error) {
          if (!(error instanceof ScenarioError)) throw error;
          unsaid++;
        }
      }
    }
  }
  assert.deepEqual([kept, unsaid], [6, 1]);
});

Deno.test("options replace what the file says, and no other option reaches the sweep", () => {
  using fix = fixture();
  const options = { days: 60, replications: 7, seed: "mine", shoppers: 2_000, workers: 9 };
  const sweep = readSweepFile(fix.file, options);
  assert.deepEqual([sweep.days, sweep.replications, sweep.seed, sweep.shoppers], [60, 7, "mine", 2_000]);
  assert.ok(!("workers" in sweep));
  assert.deepEqual(Object.keys(sweep.files), ["./closed.yaml", "./open.yaml"]);
});

Deno.test("a sweep file that does not fit is refused with its line, its path and the nearest name", () => {
  using fix = fixture();
  const drawn = { design: { kind: "sobol", rows: 8 }, heatmap: undefined };
  const steps = {
    design: { kind: "finiteDifferences", baseRows: 8 },
    heatmap: undefined,
    uncertainties: undefined,
  };
  const ranged = (range: Record<string, unknown>) => ({ ...lever, values: undefined, range });
  const refused: [Record<string, unknown>, RegExp][] = [
    [
      { replicatons: 3 },
      /sweep\.yaml:\d+: replicatons: unknown key; allowed are title, base, .*did you mean "replications"/,
    ],
    [{ seed: undefined }, /sweep\.yaml:1: seed: missing/],
    [{ days: "120" }, /: days: found "120"; allowed is a whole number from 1 to 3650/],
    [{ replications: 0 }, /: replications: found 0; allowed is a whole number from 1 to 10000/],
    [{ base: ["./open.yaml", "./open.yaml"] }, /: base\.1: found "\.\/open\.yaml" a second time/],
    [{ outcomes: [] }, /: outcomes: found a list of 0/],
    [
      { outcomes: ["gmv", "bridgedGmw"], heatmap: undefined },
      /sweep\.yaml:\d+: outcomes\.1: found "bridgedGmw"; allowed are the outcomes of a run: .*did you mean "bridgedGmv"\?$/,
    ],
    [
      { levers: [{ ...lever, actsOn: ["./opn.yaml"] }] },
      /sweep\.yaml:\d+: levers\.0\.actsOn\.0: found "\.\/opn\.yaml"; allowed are the scenarios of base: .*did you mean "\.\/open\.yaml"\?$/,
    ],
    [
      { levers: [{ ...lever, actsOn: ["./open.yaml", "./open.yaml"] }] },
      /: levers\.0\.actsOn\.1: found "\.\/open\.yaml" a second time/,
    ],
    [{ levers: [{ ...lever, values: [1, 1] }] }, /: levers\.0\.values\.1: found 1 a second time/],
    [
      { levers: [{ ...lever, values: [[1]] }] },
      /: levers\.0\.values\.0: found a list of 1; allowed is a number or a text or true or false/,
    ],
    [
      { levers: [{ ...lever, path: "clearing.prefundingCn" }] },
      /sweep\.yaml:\d+: levers\.0\.path: found "clearing\.prefundingCn", which no scenario has: .*did you mean "prefundingCny"/,
    ],
    [
      { levers: [{ ...lever, path: "clearing.prefundingFen" }] },
      /: levers\.0\.path: .*wrong unit, the schema has "prefundingCny" \(CNY\)/,
    ],
    [
      { levers: [{ ...lever, path: "clearing" }] },
      /: levers\.0\.path: found "clearing", which is no single value/,
    ],
    [{ levers: [{ ...lever, path: "clearing.windowMinutes" }] }, /which is no single value/],
    [
      { levers: [{ ...lever, path: "world.days" }] },
      /found "world\.days"; it is said at the top of the sweep, as "days"/,
    ],
    [
      { levers: [lever, { ...lever, name: "other" }] },
      /: levers\.1\.path: found "clearing\.prefundingCny", which levers\.0 has already/,
    ],
    [
      { levers: [{ ...lever, name: "severity" }] },
      /: uncertainties\.0\.name: found "severity", which levers\.0 has already/,
    ],
    [
      { levers: [{ ...lever, name: "scenario" }] },
      /: levers\.0\.name: found "scenario", which names what is compared/,
    ],
    [
      { heatmap: { ...smallSweep.heatmap, x: "prefundin" } },
      /: heatmap\.x: found "prefundin".*did you mean "prefunding"/,
    ],
    [
      { heatmap: { ...smallSweep.heatmap, outcome: "gmw" } },
      /: heatmap\.outcome: found "gmw".*did you mean "gmv"/,
    ],
    [{ base: ["./open.yaml"], levers: [], uncertainties: [], heatmap: undefined }, /nothing is varied/],
    [
      { replications: 9_000 },
      /found 12 design points × 9,000 replications = 108,000 runs, about \d+ minutes on one core; allowed are 100,000/,
    ],
    [
      { design: { kind: "sobol", rows: 100_000 }, heatmap: undefined },
      /found 200,000 design points × .* about \d+ hours on one core/,
    ],
    [{ design: { kind: "sobl", rows: 8 } }, /design/],
    [
      { design: { kind: "morris", paths: 4, levels: 5 }, heatmap: undefined },
      /design\.levels: found 5; allowed are even numbers/,
    ],
    [
      { ...steps, levers: [ranged({ low: 0, high: 40 })] },
      /levers\.0: found a range of 40 steps in a finiteDifferences design; allowed is a range of 50 steps or more/,
    ],
    [
      { ...steps, levers: undefined, uncertainties: smallSweep.uncertainties },
      /uncertainties\.0: found a list of values in a finiteDifferences design/,
    ],
    [
      { ...steps, levers: [ranged({ low: 1, high: 1_000, scale: "log" })] },
      /levers\.0\.range\.step: found 1; a design's step of 0\.05 of the range is shorter somewhere/,
    ],
    [
      { design: { kind: "sobol", rows: 8 } },
      /heatmap: found a heatmap of a sobol design; allowed is one of a factorial/,
    ],
    [{ levers: [ranged({ low: 1, high: 2 })] }, /levers\.0\.range: found a range in a factorial design/],
    [
      { ...drawn, levers: [{ ...lever, range: { low: 1, high: 2 } }] },
      /levers\.0: found values and a range; allowed is one/,
    ],
    [{ ...drawn, levers: [{ ...lever, values: undefined }] }, /levers\.0: found neither values nor a range/],
    [
      { ...drawn, levers: [ranged({ low: 2, high: 2 })] },
      /levers\.0\.range\.high: found 2; allowed is more than low, 2/,
    ],
    [
      { ...drawn, levers: [ranged({ low: 0, high: 2, scale: "log" })] },
      /range\.low: found 0; .*more than 0 on a log/,
    ],
    [{ ...drawn, levers: [ranged({ low: -5, high: 2 })] }, /range\.low: found -5; allowed is 0 or more/],
    [
      { ...drawn, levers: [ranged({ low: 1.5, high: 9 })] },
      /range\.low: found 1\.5; allowed is a whole number/,
    ],
    [
      { ...drawn, levers: [ranged({ low: 1, high: 9, step: 0 })] },
      /range\.step: found 0; allowed is a number above 0$/,
    ],
    [
      { ...drawn, levers: [ranged({ low: 1, high: 9, step: 20 })] },
      /range\.step: found 20; allowed is at most 8/,
    ],
    [
      { design: { kind: "list", points: [{ prefundin: 1 }] }, heatmap: undefined },
      /design\.points\.0\.prefundin: found "prefundin"; allowed are the axes: .*did you mean "prefunding"/,
    ],
    [
      { design: { kind: "list", points: [{ prefunding: 1 }] }, heatmap: undefined },
      /points\.0: severity is not said/,
    ],
    // Every object has that name, said or not.
    [
      { heatmap: undefined, levers: [{ ...smallSweep.levers[0], name: "constructor" }] },
      /levers\.0\.name: found "constructor", a word of the language/,
    ],
    [
      { heatmap: undefined, levers: [{ ...smallSweep.levers[0], name: "status" }] },
      /levers\.0\.name: found "status", a column that every row of a sweep has; allowed is any other name than id,/,
    ],
  ];
  for (const [changes, message] of refused) {
    fix.write(changes);
    assert.throws(
      () => readSweepFile(fix.file),
      (error: Error) => {
        assert.ok(error instanceof ScenarioError, String(error.stack));
        assert.match(error.message, message);
        assert.ok(!error.message.includes("\n"));
        return true;
      },
    );
  }
});

Deno.test("a scenario of base that is not there is told with the sweep's file and line", () => {
  using fix = fixture();
  fix.write({ base: ["interop", "baselin"] });
  assert.throws(
    () => designPoints(readSweepFile(fix.file)),
    (error: Error) => {
      assert.match(
        error.message,
        /sweep\.yaml:\d+: base: found "baselin"; no scenario of this name; allowed .*did you mean/,
      );
      return error instanceof ScenarioError;
    },
  );
});

Deno.test("an unknown sweep, a missing file and an option out of bounds are refused", () => {
  using fix = fixture();
  assert.throws(
    () => readSweepFile("finance"),
    /no such sweep; shipped are bank-line, breadth, default, financing, identity, liquidity, mix, scoring, screening, sharing; did you mean "financing"\?/,
  );
  assert.throws(() => readSweepFile(fix.path("none.yaml")), /none\.yaml: no such file/);
  assert.throws(
    () => readSweepFile(fix.file, { days: 0 }),
    /--days: found 0; allowed is a whole number from 1 to 3650/,
  );
});

Deno.test("a lever may set the history, or the scenario alone may be varied", () => {
  using fix = fixture();
  fix.write({
    levers: [{
      name: "wait",
      title: "Waiting before day 1",
      path: "world.history.set.demand.waitDays",
      values: [3, 9],
    }],
    uncertainties: undefined,
    heatmap: { x: "wait", y: "scenario", outcome: "gmv" },
  });
  const points = designPoints(readSweepFile(fix.file));
  assert.deepEqual(points.map(({ supposition }) => supposition.history.demand.waitDays), [3, 3, 9, 9]);
  fix.write({ levers: undefined, uncertainties: undefined, heatmap: undefined });
  assert.equal(designPoints(readSweepFile(fix.file)).length, 2);
});
