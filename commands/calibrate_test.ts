import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { load } from "#/scenarios/load.ts";
import { calibrateVerb, inWords } from "#/commands/calibrate.ts";
import { calibrationPage } from "#/server/pages/calibration.tsx";
import { fixtureCalibration } from "#/server/testing/fixture_calibration.ts";
import { overlayYaml } from "#/sim/experiments/calibrate_words.ts";

async function said(...args: string[]): Promise<string> {
  let text = "";
  await calibrateVerb((more) => void (text += more)).exitOverride().configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: "user" });
  return text;
}

Deno.test("hutong calibrate refuses what it cannot search, in one line and before anything is run", async () => {
  const refused = (args: string[], reason: RegExp) => assert.rejects(said(...args), reason);
  await refused(
    ["baseline", "--free", "behaviour.forgetBp"],
    /^ScenarioError: --free: found "behaviour\.forgetBp"; allowed /,
  );
  await refused(
    ["baseline", "--free", "credit.huabei.limitCapCny"],
    /may not be searched: it is one issuer's own term/,
  );
  await refused(
    ["baseline", "--budget", "3"],
    /^ScenarioError: --budget: found 3 runs; allowed is at least 85/,
  );
  await refused(["interop"], /acceptance: found .* open; published figures describe the closed world/);
  await refused(["baseline", "--targets", "./none.yaml"], /none\.yaml: no such file/);
  await refused(
    ["baseline", "--check", "--budget", "300"],
    /--budget: found with --check; allowed is one of the two/,
  );
  await refused(
    ["baseline", "--accept", "./deno.json"],
    /--accept: found \.\/deno\.json; allowed is a path that ends in \.yaml/,
  );
  await refused(
    ["baseline", "--accept", "./scenarios/assumptions.yaml"],
    /which is there already; allowed is a new file/,
  );
  await refused(
    ["baseline", "--replications", "0"],
    /--replications: found 0; allowed is a whole number from 1 to 1,000/,
  );
});

Deno.test("hutong calibrate --check prints the error table, and its exit code says that dates are not reached", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hutong-calibrate-")), before = process.exitCode;
  const small = ["world.merchants=100", "world.history.shoppers=200", "world.history.days=30"];
  try {
    const text = await said(
      ...[
        "baseline",
        "--check",
        "--shoppers",
        "200",
        "--days",
        "20",
        "--replications",
        "2",
        "--workers",
        "1",
      ],
      ...["--out", folder, "--store", join(folder, "runs.sqlite"), "--json"],
      ...small.flatMap((setting) => ["--set", setting]),
    );
    const found = JSON.parse(text);
    assert.equal(found.kind, "check");
    assert.equal(found.ok, false);
    assert.equal(process.exitCode, 1);
    assert.deepEqual(
      new Set(found.rows.map(({ inside }: { inside: boolean | null }) => inside)),
      new Set([null]),
    );
    assert.match(readFileSync(join(folder, "report.html"), "utf8"), /12 not reached/);
    assert.ok(!existsSync(join(folder, "proposal.yaml")));
  } finally {
    process.exitCode = before;
    rmSync(folder, { recursive: true });
  }
});

Deno.test("a search in words says the errors, the proposal, what identifies what, and how to have it again", () => {
  const text = inWords(fixtureCalibration(), "deno task hutong calibrate baseline");
  assert.match(text, /OUTSIDE, close/);
  assert.match(text, /Close: its 95 % interval crosses an end of the range/);
  assert.match(
    text,
    /^Ant-like book, 30\+ dpd +2019-12-31 +1\.00 % to 1\.80 % +1\.50 % +1\.40 % to 1\.60 % +inside +yes$/m,
  );
  assert.match(text, /behaviour\.hardshipPerYearBps: 650 → 700 bps; one tolerance 600 to 820/);
  assert.match(text, /behaviour\.hardshipPerYearBps: identified by Ant-like book, 30\+ dpd/);
  assert.match(text, /behaviour\.burdenMissBps: not identified: no searched target moves/);
  assert.match(
    text,
    /Spring 2020.*: lies above its range\. It is compared only; hardshipPerYearBps moves it/,
  );
  assert.match(text, /condition number without bound/);
  assert.match(text, /again: deno task hutong calibrate baseline$/);
});

Deno.test("the page of a calibration is one file with its charts, and the same bytes for the same result", () => {
  const html = calibrationPage(fixtureCalibration(), { command: "deno task hutong calibrate baseline" });
  assert.match(html, /outside, close.*Close: its 95 % interval crosses an end of the range/s);
  assert.equal(
    html,
    calibrationPage(fixtureCalibration(), { command: "deno task hutong calibrate baseline" }),
  );
  assert.ok(!html.includes("<script") && !/https?:\/\/(?!www\.w3\.org)/.test(html));
  for (const id of ["figure-errors", "figure-sensitivity", "figure-vintages"]) {
    assert.ok(html.includes(`id="${id}"`), id);
  }
  assert.match(html, /2 of 3 targets are within their range; outside: Spring 2020/);
});

Deno.test("an accepted proposal is a scenario that loads, with the values in its history too", () => {
  const folder = mkdtempSync(join(tmpdir(), "hutong-accept-"));
  try {
    const file = join(folder, "accepted.yaml"), found = fixtureCalibration();
    Deno.writeTextFileSync(file, overlayYaml(found));
    const text = readFileSync(file, "utf8");
    assert.doesNotMatch(text, /burdenMissBps/, "what does not change is not said");
    // Named scenarios are found from the shipped folder; a path is said from the file.
    const { scenario, history } = load(file);
    assert.equal(scenario.behaviour.hardshipPerYearBps, 700);
    assert.equal(history.behaviour.hardshipPerYearBps, 700);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
