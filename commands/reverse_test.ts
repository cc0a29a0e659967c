import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { load } from "#/scenarios/load.ts";
import { run } from "#/sim/run.ts";
import { reverseVerb } from "./reverse.ts";
import { typed as typedTo } from "./testing/typed.ts";
import { correlationsOf, dimensionOf, lawInto } from "./reverse_words.ts";

const { scenario } = load("baseline");
const over = (text: string) => () => dimensionOf(text, scenario);

Deno.test("dimensions are paths of numbers with a range around where the scenario stands", () => {
  const one = dimensionOf("behaviour.hardshipPerYearBps=100..8000:log", scenario);
  assert.deepEqual(one.axis.range, { low: 100, high: 8000, scale: "log", step: 1 });
  assert.equal(one.base, scenario.behaviour.hardshipPerYearBps);
  assert.throws(over("behaviour.hardshipPerYearBps"), /allowed is path=low..high/);
  assert.throws(over("behaviour.hardship=1..2"), /is the path of no number/);
  assert.throws(over("world.startDate=1..2"), /is the path of no number/);
  assert.throws(over("behaviour.hardshipPerYearBps=9..3"), /a lower number before a higher one/);
  assert.throws(over("behaviour.hardshipPerYearBps=1..90000"), /allowed are 0 to 10000/);
  assert.throws(over("behaviour.hardshipPerYearBps=5000..8000"), /the scenario stands at/);
  assert.throws(over("macro.severityBps=0..20000:log"), /logarithmic/);
});

Deno.test("laws and correlations belong to dimensions, and are laws", () => {
  const dimensions = ["behaviour.hardshipPerYearBps=100..8000", "macro.severityBps=0..60000"].map((it) =>
    over(it)()
  );
  lawInto("macro.severityBps=10000,5000", dimensions);
  assert.deepEqual(dimensions[1].law, { middle: 10000, sd: 5000 });
  assert.throws(() => lawInto("macro.severityBps=10000", dimensions), /allowed is path=middle,sd/);
  assert.throws(() => lawInto("macro.severityBps=10000,0", dimensions), /a deviation of 0/);
  assert.throws(() => lawInto("macro.severityBps=70000,1", dimensions), /a middle of 70000/);
  const text = "macro.severityBps,behaviour.hardshipPerYearBps=0.4";
  assert.deepEqual(correlationsOf([text], dimensions), [[1, 0.4], [0.4, 1]]);
  assert.throws(() => correlationsOf([text.replace("0.4", "1.4")], dimensions), /between -1 and 1/);
});

const typed = async (...words: string[]) => (await typedTo(reverseVerb(), words)).out;

Deno.test("reverse brackets what breaks a run's condition, the same when asked again, with a page", async () => {
  const folder = Deno.makeTempDirSync();
  const small = [
    "world.merchants=200",
    "world.history.shoppers=200",
    "world.history.days=40",
    "scoring.card=expert",
  ];
  const supposed = load("baseline", {
    shoppers: 200,
    days: 5,
    set: [...small, "world.history.set.scoring.card=expert"],
  });
  const call = (...more: string[]) =>
    typed(
      ...["baseline", "--quiet", "--shoppers", "200", "--days", "5", "--workers", "1", "--json"],
      ...[...small, "world.history.set.scoring.card=expert"].flatMap((set) => ["--set", set]),
      ...["--store", join(folder, "s.sqlite"), "--budget", "80", "--replications", "6", ...more],
    );
  try {
    const asked = ["--over", "demand.wantsPerThousandDays=500..3000", "--out", join(folder, "p.html")];
    const before = JSON.parse(await call("--break", "gmv>0", ...asked)).searches[0];
    assert.equal(before.ended, "broken as it stands");
    const sales = before.origin.values[0];
    const { searches: [found], replay } = JSON.parse(await call("--break", "gmv<1", ...asked));
    assert.equal(found.ended, "nothing breaks");
    assert.ok(sales > 0 && replay.includes("--over demand.wantsPerThousandDays=500..3000"));
    assert.ok(existsSync(join(folder, "p.html")));
    assert.match(readFileSync(join(folder, "p.html"), "utf8"), /Nothing in the ranges breaks gmv/);
    // Wanting more sells more: the bracket closes, and the same question has the same answer without a run.
    const more = ["--break", `gmv>${1.5 * run(supposed, 0).outcomes.gmv.value}`];
    const closed = JSON.parse(await call(...more, ...asked, "--budget", "400"));
    const { ended, lastPass, firstFail } = closed.searches[0];
    assert.equal(ended, "found");
    assert.ok(lastPass.values[0] < firstFail.values[0] && lastPass.values[0] > sales);
    assert.deepEqual([lastPass.by, firstFail.by], ["test", "test"]);
    assert.deepEqual(JSON.parse(await call(...more, ...asked, "--budget", "400")), closed);
    const proposed = JSON.parse(
      await call("--break", "insolvency", "--dimensions", "1", "--search", "likeliest"),
    );
    assert.deepEqual(proposed.paths, ["shocks.0.plusBps"]);
    assert.deepEqual(proposed.searches.map((it: { metric: string }) => it.metric), ["plausibility"]);
    assert.ok(proposed.dimensions[0].source.includes("unemployment"));
    assert.match(proposed.replay, /--dimensions 1 /);
    await assert.rejects(
      call("--break", "insolvency", "--law", "macro.severityBps=1,1"),
      /found without --over/,
    );
    await assert.rejects(
      call("--break", "gmv<1", ...asked, ...asked.slice(0, 2)),
      /wantsPerThousandDays twice/,
    );
    await assert.rejects(
      call(
        "--break",
        "gmv<1",
        ...asked,
        "--over",
        "macro.severityBps=0..60000",
        "--law",
        "macro.severityBps=10000,5000",
      ),
      /found none for demand.wantsPerThousandDays/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
