import assert from "node:assert/strict";
import { join } from "node:path";
import type { Frontier, Tried } from "#/sim/experiments/frontier.ts";
import { frontierPage } from "#/server/pages/frontier.tsx";
import { frontierChart } from "#/server/charts/sharing/frontier.ts";
import { draw } from "#/server/charts/draw.ts";
import { frontierVerb, inWords } from "./frontier.ts";

const tried = (jdPoints: number, antPoints: number, jointCredit: number, lossBps: number): Tried => ({
  ...{ jdPoints, antPoints, partnerBps: 3_000, jointCredit, lossBps },
  ...{ lossInterval: [lossBps - 1, lossBps + 1], unlawfulShare: 0, fundingGapDays: 0 },
});
const chosen = tried(-40, 20, 4e11, 19);
const found: Frontier = {
  ...{
    boundBps: 20,
    shareKind: "split",
    rangePoints: 120,
    shareRangeBps: [0, 7_000],
    replications: 3,
    runs: 12,
  },
  chosen,
  binding: ["the loss bound"],
  frontier: [
    { boundBps: 10, best: null, binding: [] },
    { boundBps: 20, best: chosen, binding: ["the loss bound"] },
    { boundBps: 40, best: tried(-120, -120, 6e11, 35), binding: ["the range of JD's cut-off"] },
  ],
  tried: [chosen, tried(0, 0, 3.5e11, 22), tried(120, 120, 3e11, 15), tried(-120, -120, 6e11, 35)],
};

Deno.test("frontier: the result names the setting, what was lent and lost, and what binds, by bound", () => {
  const text = inWords("interop", found);
  assert.match(text, /JD's cut-off 40 points lower, Ant's 20 points higher, the partner grants 30\.0 %/);
  assert.match(text, /lent across CNY 400 bn, loss 19\.0 \(18\.0 to 20\.0\) bps/);
  assert.match(text, /what binds: the loss bound/);
  assert.match(text, /10 +none keeps it/);
  assert.match(text, /4 settings, 12 runs, 3 replications each; intervals are 95 %/);
});

Deno.test("frontier: the page needs nothing else, and is the same twice; the chart says the finding", () => {
  const html = frontierPage("interop", found, {
    replay: "deno task hutong frontier interop --loss-bound 20",
  });
  assert.equal(
    frontierPage("interop", found, { replay: "deno task hutong frontier interop --loss-bound 20" }),
    html,
  );
  assert.ok(html.startsWith("<!doctype html>") && !html.includes("<script"));
  assert.ok(!/\bNaN\b|undefined|Infinity/.test(html));
  const drawn = draw(frontierChart(found), { id: "frontier" });
  assert.match(
    drawn.title,
    /At most 20 bps lost: CNY 400 bn lent across, 19\.0 bps of it lost; the loss bound binds/,
  );
});

Deno.test("frontier: a bound that is missing or none, and a share that does not exist, are refused before anything is run", async () => {
  const typed = (...words: string[]) =>
    frontierVerb().exitOverride().configureOutput({ writeErr: () => {} }).parseAsync(words, { from: "user" });
  await assert.rejects(typed("interop"), /--loss-bound/);
  for (const bad of ["0", "-3", "x", "10001"]) {
    await assert.rejects(
      typed("interop", "--loss-bound", bad),
      /allowed is a number of bps above 0, at most 10,000|--loss-bound/,
    );
  }
  await assert.rejects(typed("interop", "--loss-bound", "20", "--share", "halves"), /split, quota, none/);
  await assert.rejects(
    typed("interop", "--loss-bound", "20", "--budget", "80"),
    /--budget: found 80; allowed is 81 or more: the coarse design has 27 points, and --replications is 3/,
  );
  await assert.rejects(
    typed("baseline", "--loss-bound", "20"),
    /^ScenarioError: frontier: found baseline, where nothing is open across; allowed is a scenario that opens a cell$/,
  );
  await assert.rejects(
    typed("interop", "--loss-bound", "20", "--out", join(import.meta.filename!, "a.html")),
    /--out/,
  );
});
