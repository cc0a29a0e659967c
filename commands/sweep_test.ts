import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { ScenarioError } from "#/scenarios/complain.ts";
import { seriesFolderOf } from "#/sim/experiments/series.ts";
import { sweep } from "#/sim/experiments/sweep.ts";
import { readSweepFile } from "#/sim/experiments/sweep_file.ts";
import { breakPage, rootOf } from "#/sim/experiments/testing/broken_store.ts";
import { fixture, smallSweep } from "#/sim/experiments/testing/fixture.ts";
import { compareVerb } from "#/commands/compare.ts";
import { discoverVerb } from "#/commands/discover.ts";
import { sensitivityVerb } from "#/commands/sensitivity.ts";
import { sweepCommand, table } from "#/commands/sweep.ts";
import { typed } from "#/commands/testing/typed.ts";
import { tableFromIPC } from "@uwdata/flechette";

async function said(...args: string[]): Promise<string> {
  let text = "";
  await sweepCommand((more) => void (text += more)).exitOverride().configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: "user" });
  return text;
}

Deno.test("hutong sweep --list names the shipped sweeps with their size", async () => {
  assert.match(
    await said("--list"),
    /^bank-line .*\nbreadth .*\ndefault .* \(18 points × 5 replications\)\nfinancing .*\nidentity .*\nliquidity .*\nmix .*\nscoring .*\nscreening .* \(220 points × 1 replication\)\nsharing .*\n$/,
  );
});

Deno.test("hutong sweep refuses a missing file, a wrong number and an unknown sweep", async () => {
  await assert.rejects(said(), /sweep: found no file; allowed is a shipped sweep \(see --list\) or the path/);
  await assert.rejects(
    said("financing", "--workers", "257"),
    /^CommanderError: --workers: found 257; allowed is a whole number from 0 to 256$/,
  );
  await assert.rejects(said("./none.yaml"), /none\.yaml: no such file; allowed is /);
  await assert.rejects(said("financin"), /ScenarioError: financin: no such sweep/);
});

Deno.test("hutong sweep refuses a store that is none, in one line and without a run", async () => {
  using fix = fixture();
  await assert.rejects(
    said(fix.file, "--store", fix.file),
    /ScenarioError: --store: found .*sweep\.yaml: cannot be used as a store of sweeps [^\n]*; allowed is [^\n]*$/,
  );
  await assert.rejects(
    said(fix.file, "--store", fix.folder),
    /ScenarioError: --store: found .*, which is a folder; allowed is a file that this user may read and write/,
  );
  await assert.rejects(
    said(fix.file, "--store", ""),
    /--store: found nothing; allowed is the path of a file/,
  );
  assert.throws(() => readFileSync(fix.path("runs.log")));
});

Deno.test("a sweep's file and store are meant from where the command was given", async () => {
  using fix = fixture();
  const main = new URL("../main.ts", import.meta.url).pathname;
  for (const file of ["sweep.yaml", "./sweep.yaml"]) {
    // The environment is the whole process's, and tests run side by side.
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", main, "sweep", file, "--store", "open.yaml"],
      env: { INIT_CWD: fix.folder },
      stdout: "null",
      stderr: "piped",
    }).output();
    assert.equal(code, 2);
    assert.ok(
      new TextDecoder().decode(stderr).includes(`--store: found ${fix.path("open.yaml")}: cannot be used`),
    );
  }
});

Deno.test("the table writes shares as percentages, differences in points, and axes with their unit", async () => {
  using fix = fixture();
  fix.write({
    levers: [{ ...smallSweep.levers[0], values: [1, 2_000_000], actsOn: ["./open.yaml"] }],
    uncertainties: [{ ...smallSweep.uncertainties[0], values: [5_000] }],
    heatmap: undefined,
    outcomes: ["dpd30Share.ant", "gmv", "matchRate"],
  });
  const result = await sweep(fix.file, { ...fix.options, replications: 3 });
  const asked = readSweepFile(fix.file), text = table(asked, result);
  assert.match(
    text,
    /^scenario +prefunding \(CNY\) +severity \(bps\) +dpd30Share\.ant \(share\) +against \.\/closed\.yaml\n/,
  );
  assert.match(text, /\n\.\/closed\.yaml +– +5,000 +50\.0 % \[50\.0 %, 50\.0 %\] n=3\n/);
  assert.match(
    text,
    /\n\.\/open\.yaml +2,000,000 +5,000 +50\.0 % .* 0\.00 pp \[0\.00 pp, 0\.00 pp\] n=3 \(.*\)\n/,
  );
  assert.equal(text.match(/\.\/closed\.yaml +–/g)?.length, 1);
  assert.match(text, /\nNo run of this sweep has: matchRate\.\n/);
  const two = await sweep(fix.file, { ...fix.options, replications: 2, store: fix.path("two.sqlite") });
  assert.match(table(asked, two), /50\.0 % \[too few replications\]/);
});

Deno.test("of a design that was drawn the table shows ten points and says how to ask what moves them", async () => {
  using fix = fixture();
  fix.write({
    design: { kind: "latinHypercube", rows: 20 },
    levers: [{ ...smallSweep.levers[0], values: undefined, range: { low: 1, high: 100 } }],
    uncertainties: undefined,
    heatmap: undefined,
    replications: 1,
  });
  const text = table(readSweepFile(fix.file), await sweep(fix.file, fix.options));
  assert.equal(text.match(/^\.\/(closed|open)\.yaml/gm)?.length, 10);
  assert.match(text, /\nand 30 more; all are on the sweep's page\n/);
  assert.match(text, /\nWhat moves it: deno task hutong sensitivity sweep\n/);
  assert.match(text, / n=1/);
  assert.doesNotMatch(text, /too few/);
});

const unsensible =
  "hutong sweep refuses a shard, a rule, an engine and an address that make no sense, each in one line";
// The command takes its signal listener away, which the runtime finishes some time later.
Deno.test({ name: unsensible, sanitizeOps: false, sanitizeResources: false }, async () => {
  const cases: [string[], RegExp][] = [
    [["--shard", "4/3"], /--shard: found "4\/3"; allowed is i\/n with i from 1 to n/],
    [["--until", "netLos=1%"], /--until: found "netLos"; allowed are .*did you mean "netLoss/],
    [["--until", "netLoss=0%"], /--until: found "netLoss=0%"; allowed is an outcome and a share above 0/],
    [["--until", "gmv=1%", "--least", "9", "--most", "8"], /--least: found 9; allowed is at most --most, 8/],
    [["--most", "8"], /--most: found without --until; allowed is a rule beside it/],
    [["--until", "gmv=1%", "--shard", "1/2"], /--shard: found with --until; allowed is one of them/],
    [["--until", "gmv=1%", "--replications", "7"], /--replications: found with --until; allowed are --least/],
    [["--engine", "bullmq"], /--redis: found nothing; allowed is the address of a Redis/],
    [["--redis", "redis://127.0.0.1:1"], /--redis: found without --engine bullmq/],
    [
      ["--engine", "bullmq", "--series", "--redis", "redis://127.0.0.1:1"],
      /--redis: no Redis answers at redis:\/\/127\.0\.0\.1:1/,
    ],
  ];
  using fix = fixture();
  for (const [args, message] of cases) {
    await assert.rejects(said(fix.file, "--store", fix.options.store, ...args), message);
  }
});

Deno.test("sweep merge refuses a store that is not there, and one that is damaged, in one line", async () => {
  using fix = fixture();
  const part = fix.path("part.sqlite"), merged = fix.path("merged.sqlite"), missing = fix.path("prat.sqlite");
  await sweep(fix.file, { ...fix.options, store: part });
  await assert.rejects(said("merge", part, missing, "--store", merged), {
    message: `--store: found ${missing}: no such store`,
  });
  assert.deepEqual([missing, merged].map((file) => existsSync(file)), [false, false]);
  const torn = new DatabaseSync(part);
  torn.exec("drop table points");
  torn.close();
  await assert.rejects(said("merge", part, "--store", merged), (error: Error) => {
    assert.ok(error instanceof ScenarioError, String(error));
    assert.match(
      error.message,
      /^--store: found a store that is damaged or lacks a part \(no such table: points\); allowed .*$/,
    );
    return true;
  });
});

Deno.test("a store with broken inner pages is refused by every verb in one line that names it, and merges nothing", async () => {
  using fix = fixture();
  const [sound, broken, into] = ["sound", "broken", "into"].map((name) => fix.path(`${name}.sqlite`));
  // Enough rows that the table's first page is an inner one.
  fix.write({ replications: 20 });
  await sweep(fix.file, { ...fix.options, store: sound, shard: { i: 1, n: 2 } });
  await sweep(fix.file, { ...fix.options, store: broken });
  breakPage(broken, rootOf(broken, "jobs"), 0);
  const refused = (words: string[]) =>
    assert.rejects(said(...words), (error: Error) => {
      assert.ok(error instanceof ScenarioError, String(error));
      assert.match(
        error.message,
        /^--store: found a store that is damaged or lacks a part \([^\n]*\); allowed in place of [^\n]*broken\.sqlite is [^\n]*$/,
      );
      return true;
    });
  await refused(["merge", sound, broken, "--store", into]);
  assert.equal(existsSync(into), false);
  await said("merge", sound, "--store", into);
  const before = readFileSync(into);
  await refused(["merge", broken, "--store", into]);
  assert.deepEqual(readFileSync(into), before);
  await refused(["merge", sound, "--store", broken]);
  await refused([fix.file, "--store", broken]);
  await refused(["export", "sweep", "--store", broken, "--out", fix.path("table.csv")]);
  assert.equal(existsSync(fix.path("table.csv")), false);
  for (const words of [["sensitivity", "sweep"], ["discover", "sweep", "--where", "gmv > 1"]]) {
    const verb = words[0] === "discover" ? discoverVerb(() => {}) : sensitivityVerb(() => {});
    await assert.rejects(
      typed(verb, [...words.slice(1), "--store", broken]),
      /^ScenarioError: --store: found a store that is damaged [^\n]*broken\.sqlite[^\n]*$/,
    );
  }
  await assert.rejects(
    typed(compareVerb(), [`${sound}#sweep`, `${broken}#sweep`]),
    /^ScenarioError: [^\n]*found a store that is damaged [^\n]*broken\.sqlite[^\n]*$/,
  );
});

Deno.test("sweep merge takes daily series along, so that a sweep with --series runs nothing again; a torn one is told", async () => {
  using fix = fixture({ facts: 3 });
  const parts = [1, 2].map((i) => fix.path(`part${i}.sqlite`)), merged = fix.path("merged.sqlite");
  for (const [k, store] of parts.entries()) {
    await sweep(fix.file, { ...fix.options, store, series: true, shard: { i: k + 1, n: 2 } });
  }
  assert.match(
    await said("merge", ...parts, "--store", merged),
    /^36 rows and 36 files of daily series taken over\n/,
  );
  const { reused } = await sweep(fix.file, { ...fix.options, store: merged, series: true });
  assert.equal(reused, 36);
  assert.match(await said("merge", ...parts, "--store", merged), /^0 rows taken over\n/);
  const [torn] = readdirSync(seriesFolderOf(parts[0]), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".arrow"));
  writeFileSync(`${seriesFolderOf(parts[0])}/${torn}`, "ARROW1");
  await assert.rejects(
    said("merge", parts[0], "--store", fix.path("other.sqlite")),
    /^ScenarioError: --store: found .*\.arrow: 6 bytes that are no whole Arrow file; take it out [^\n]*$/,
  );
});

Deno.test("sweep merge puts shards together, and sweep export writes the same table in three formats", async () => {
  using fix = fixture();
  const parts = [1, 2].map((i) => fix.path(`part${i}.sqlite`));
  for (const [k, store] of parts.entries()) {
    await sweep(fix.file, { ...fix.options, store, shard: { i: k + 1, n: 2 } });
  }
  const whole = await sweep(fix.file, { ...fix.options, store: fix.path("whole.sqlite") });
  const merged = fix.path("merged.sqlite");
  const { rows, sweeps } = JSON.parse(await said("merge", ...parts, "--store", merged, "--json"));
  assert.equal(rows, 36);
  const { id, hash } = whole;
  assert.deepEqual(sweeps, [{ id, name: "sweep", jobs: 36, rows: 36, failed: 0, hash }]);

  const file = (format: string) => fix.path(`table.${format}`);
  for (const format of ["csv", "arrow", "parquet"]) {
    await said("export", "sweep", "--store", merged, "--format", format, "--out", file(format));
  }
  const lines = readFileSync(file("csv"), "utf8").trimEnd().split("\r\n");
  assert.equal(lines.length, 37);
  assert.equal(
    lines[0],
    "id,scenario,prefunding,severity,replication,status,runHash,dpd30Share.ant (share),gmv (CNY),errorKind,errorMessage",
  );
  const column = lines.slice(1).map((line) => Number(line.split(",")[8]));
  const arrow = tableFromIPC(readFileSync(file("arrow")));
  assert.deepEqual(Array.from(arrow.getChild("gmv (CNY)")!.toArray()), column);
  const { parquetReadObjects } = await import("hyparquet");
  const bytes = readFileSync(file("parquet"));
  const read = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  });
  assert.deepEqual(read.map((row) => row["gmv (CNY)"]), column);
  await assert.rejects(said("export", "sweeq", "--store", merged), /did you mean "sweep"/);
});
