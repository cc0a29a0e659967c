import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "#/model/units/canonical.ts";
import type { Target, Targets } from "#/scenarios/targets.ts";
import { calibrate, type CalibrateOptions, check, leastRuns } from "#/sim/experiments/calibrate.ts";
import {
  identifiedInWords,
  missedInWords,
  overlayYaml,
  proposalYaml,
} from "#/sim/experiments/calibrate_words.ts";
import type { Runner } from "#/sim/experiments/calibrate_trials.ts";
import * as fake from "#/sim/experiments/testing/fake_targets.ts";
import { fakeTargets, figures } from "#/sim/experiments/testing/fake_targets.ts";

const truth = { hardshipPerYearBps: 910, hardshipMeanDays: 150, forgetBps: 700 };
const paths = Object.keys(truth).map((key) => `behaviour.${key}`);

/** Targets whose figures are those of the truth, without luck. */
function targetsOf(changes: Partial<Record<string, Partial<Target>>> = {}): Targets {
  const [up, down] = [figures(truth, 0), figures(truth, 1)];
  return {
    title: "Figures made up",
    world: "world2019",
    file: "made-up.yaml",
    sha256: "0".repeat(64),
    free: paths,
    forbidden: [{ path: "behaviour.activityDays", why: "it is the denominator" }],
    targets: Object.keys(up).map((name) => {
      const value = (up[name] + down[name]) / 2;
      return {
        name,
        title: `Figure ${name}`,
        reads: "outcome",
        outcome: name,
        value,
        low: value / 1.2,
        high: value * 1.2,
        denominator: "nothing",
        source: "made up",
        searched: name !== "never",
        ...changes[name],
      } as Target;
    }),
  };
}

function inFolder<T>(
  work: (folder: string, options: CalibrateOptions & { free: string[] }) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "hutong-calibrate-"));
  return work(folder, {
    targets: targetsOf(),
    free: paths,
    replications: 2,
    shoppers: 600,
    days: 30,
    // No score is fitted for a model that is made up.
    set: ["scoring.card=expert", "world.history.set.scoring.card=expert"],
    workers: 1,
    store: null,
    openings: join(folder, "openings"),
    loaded: fake as unknown as Runner,
    engine: "made-up",
  }).finally(() => rmSync(folder, { recursive: true }));
}

Deno.test("the search finds the parameters of a small model exactly, and says what each is identified by", () =>
  inFolder(async (_, options) => {
    const found = await calibrate("baseline", options);
    assert.deepEqual(found.parameters.map(({ proposed }) => proposed), Object.values(truth));
    assert.ok(found.cost.after < 1e-6 && found.cost.before > 1);
    assert.equal(found.ok, true);
    assert.ok(found.runs <= found.budget);
    assert.deepEqual(found.identification.parameters.map(({ verdict }) => verdict), [
      "alone",
      "alone",
      "alone",
    ]);
    const words = identifiedInWords(found).map(({ text }) => text);
    assert.match(words[1], /^identified by .*Figure age/);
    assert.match(words[2], /^identified by Figure slips/);
    for (const { value, proposed, from, to } of found.parameters) {
      assert.ok(from <= proposed && proposed <= to && to - from < value);
    }
    // The target that is never searched moves too, so its slopes are told; it has no say.
    assert.ok(Math.abs(found.slopes[4][0]) > 1);
    assert.match(
      proposalYaml(found),
      /^behaviour\.hardshipPerYearBps:\n {2}unit: bps\n {2}base: 910 # was \d+\n {2}range: \[100, 2000\]/m,
    );
    assert.match(
      overlayYaml(found),
      /\nextends: baseline\nbehaviour:\n {2}hardshipPerYearBps: 910\n[^]*history:\n {4}set:\n {6}behaviour\.hardshipPerYearBps: 910\n/,
    );
  }));

Deno.test("common random numbers: another number of workers or a store half full give the same bytes", () =>
  inFolder(async (folder, options) => {
    const once = canonicalJson(await calibrate("baseline", options));
    const store = join(folder, "runs.sqlite"), runner = fakeTargets({ log: folder });
    const pooled = { ...options, loaded: undefined, runner, workers: 2, store };
    assert.equal(canonicalJson(await calibrate("baseline", pooled)), once);
    const runs = () => readFileSync(join(folder, "runs.log"), "utf8").split("\n").length;
    const before = runs();
    assert.equal(canonicalJson(await calibrate("baseline", { ...pooled, workers: 1 })), once);
    assert.equal(runs(), before, "every run stood in the store");
    const other = await calibrate("baseline", { ...options, replications: 4 });
    assert.deepEqual(other.parameters.map(({ proposed }) => proposed), Object.values(truth));
  }));

Deno.test("a parameter that moves no searched target is named as not identified", () =>
  inFolder(async (_, options) => {
    const free = [paths[0], "behaviour.burdenMissBps", paths[2]];
    const targets = targetsOf({ age: { searched: false }, stock: { value: 0.2, low: 0.15, high: 0.3 } });
    targets.targets.push({ ...targets.targets[1], name: "flow2", outcome: "flow" } as Target);
    const found = await calibrate("baseline", { ...options, free, targets }).catch((
      e,
    ) => e);
    assert.match(String(found), /flow2/, "a figure that no run gives is named");
    targets.targets.pop();
    const enough = targetsOf();
    const sound = await calibrate("baseline", { ...options, free, targets: enough });
    const [, idle] = identifiedInWords(sound);
    assert.equal(idle.verdict, "no");
    assert.equal(idle.text, "not identified: no searched target moves with it by more than its interval.");
    assert.equal(sound.parameters[1].proposed, sound.parameters[1].value);
    assert.deepEqual([sound.parameters[1].from, sound.parameters[1].to], [
      sound.parameters[1].low,
      sound.parameters[1].high,
    ]);
    assert.equal(sound.identification.condition, null);
  }));

Deno.test("what cannot be met is said with the reason: the end of a range, or nothing that moves it", () =>
  inFolder(async (_, options) => {
    const beyond = targetsOf({ age: { value: 900, low: 800, high: 1000 } });
    const found = await calibrate("baseline", { ...options, targets: beyond });
    assert.equal(found.ok, false);
    const missed = missedInWords(found);
    assert.match(
      missed.find(({ name }) => name === "age")!.text,
      /below its range\. hardshipMeanDays stands at the high end of its range, 480 days|takes Figure stock further away/,
    );
    const unmoved = targetsOf({ age: { value: 900, low: 800, high: 1000, searched: false } });
    const other = await calibrate("baseline", { ...options, targets: unmoved, free: [paths[0], paths[2]] });
    assert.match(missedInWords(other).find(({ name }) => name === "age")!.text, /No free parameter moves it/);
  }));

Deno.test("a search is refused with its reason before anything is run", () =>
  inFolder(async (folder, options) => {
    const refused = async (
      changes: Partial<typeof options> & { budget?: number },
      reason: RegExp,
      world = "baseline",
    ) => {
      await assert.rejects(calibrate(world, { ...options, ...changes }), reason);
    };
    await refused(
      { free: [...paths, "behaviour.cureBpsPerDay"] },
      /--free: found 4 free parameters for 4 searched targets; allowed are fewer/,
    );
    await refused(
      { free: ["behaviour.forgetBp"] },
      /found "behaviour\.forgetBp"; allowed are the assumptions: .*did you mean "behaviour\.forgetBps"/,
    );
    await refused(
      { free: ["credit.huabei.chargeOffDpd"] },
      /credit\.huabei\.chargeOffDpd: may not be searched: it belongs to huabei alone/,
    );
    await refused({ free: ["behaviour.activityDays"] }, /may not be searched: it is the denominator/);
    await refused(
      { free: ["behaviour.forgetBps=0..9000"] },
      /found 0\.\.9000; allowed are bounds inside its range 0\.\.2000/,
    );
    await refused(
      { free: ["behaviour.forgetBps=900..1000"] },
      /this world has 500; allowed is a start inside 900\.\.1000/,
    );
    await refused({ free: [paths[0], paths[0]] }, /found a second time; allowed is once/);
    await refused({ free: [] }, /--free: found nothing/);
    await refused(
      { budget: leastRuns(3, 2) - 1 },
      /--budget: found 21 runs; allowed is at least 22: a start, 3 derivatives/,
    );
    await refused({ replications: 1 }, /--replications: found 1; allowed for a search are 2 or more/);
    await refused(
      {},
      /baseline2025: world\.calibration: found uncalibrated; the targets of made-up\.yaml are of world2019/,
      "baseline2025",
    );
    await refused(
      {},
      /interop: acceptance: found baitiao at alipay.* open; published figures describe the closed world/,
      "interop",
    );
    const dated = targetsOf({
      age: { reads: "activeUsers", of: ["huabei"], on: "2020-06-30" } as Partial<Target>,
    });
    await refused(
      { targets: dated },
      /--days: found 30 days from 2019-07-01, which do not reach 2020-06-30, the date of .* age/,
    );
    assert.throws(() => readdirSync(join(folder, "openings")), "no history was made");
  }));

Deno.test("the least budget is enough, and the best point so far is always kept and told", () =>
  inFolder(async (_, options) => {
    const costs: number[] = [];
    const budget = leastRuns(3, 2);
    const found = await calibrate("baseline", {
      ...options,
      budget,
      onBest: (_values, cost) => costs.push(cost),
    });
    assert.ok(found.runs <= budget);
    assert.deepEqual(costs, costs.toSorted((a, b) => b - a));
    assert.ok(Math.abs(found.cost.after - costs.at(-1)!) < 1e-12);
    assert.ok(found.cost.after < found.cost.before);
  }));

Deno.test("a run that fails ends the calibration with its reason and the line that replays it", () =>
  inFolder((_, options) =>
    assert.rejects(
      check("baseline", { ...options, loaded: undefined, runner: fakeTargets({ fails: "500" }) }),
      /A run of the calibration failed: RangeError: Cannot close day 3 \(error\); again: deno task hutong run baseline .*--seed hutong --replication 0/,
    )
  ));

Deno.test("a check says which targets hold, with intervals over replications, and which its dates do not reach", () =>
  inFolder(async (_, options) => {
    const targets = targetsOf({
      slips: { value: 0.55, low: 0.5, high: 0.6 },
      stock: { value: 90, low: 80, high: 100 },
    });
    targets.targets.push({ ...targets.targets[0], name: "gone", outcome: "gone" } as Target);
    const found = await check("baseline", { ...options, targets });
    const rows = Object.fromEntries(found.rows.map((row) => [row.name, row]));
    assert.equal(found.ok, false);
    assert.equal(rows.slips.inside, true);
    assert.equal(rows.slips.close, true, "two replications with luck of a tenth say little");
    assert.ok(rows.slips.from! < rows.slips.mean! && rows.slips.mean! < rows.slips.to!);
    assert.equal(rows.stock.inside, false);
    assert.deepEqual([rows.gone.mean, rows.gone.inside], [null, null]);
  }));
