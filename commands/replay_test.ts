import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { parse as parseYaml } from "yaml";
import { Store } from "#/sim/experiments/store.ts";
import { breakPage, rootOf } from "#/sim/experiments/testing/broken_store.ts";
import { inOneLine, replayInWords, replayJunit, replayVerb } from "./replay.ts";
import { typed as typedTo } from "./testing/typed.ts";

const typed = (...words: string[]) => typedTo(replayVerb(), words);

const suite = `title: A small suite
shoppers: 200
days: 4
replications: 1
outcomes: { gmv: { relative: 0.01 }, netLoss: { relative: 0.1 } }
cases:
  - { name: closed, scenario: baseline }
  - { name: opened, scenario: interop }
`;

Deno.test("a suite is accepted with a reason, replays as accepted, and says what moved", async () => {
  const folder = Deno.makeTempDirSync(),
    file = join(folder, "small.yaml"),
    golden = join(folder, "goldens", "small.json");
  const call = (...words: string[]) =>
    typed(file, "--quiet", "--workers", "1", "--store", join(folder, "s.sqlite"), ...words);
  try {
    writeFileSync(file, suite);
    const first = await call();
    assert.equal(first.code, 1);
    assert.match(first.out, /has no golden yet/);
    await assert.rejects(call("--accept"), /--reason: found nothing; allowed with --accept is why/);
    await assert.rejects(call("--reason", "results moved"), /found no --accept/);
    const accepted = await call("--accept", "--reason", "a first golden of this suite");
    assert.deepEqual([accepted.code, existsSync(golden)], [0, true]);
    assert.match(accepted.out, /Accepted: 1 suite/);
    assert.equal((await call()).code, 0);

    const its = JSON.parse(readFileSync(golden, "utf8"));
    const change = (by: object) => writeFileSync(golden, JSON.stringify({ ...its, ...by }));
    const halved = {
      ...its.cases,
      opened: { ...its.cases.opened, gmv: its.cases.opened.gmv.map((x: number) => x / 2) },
    };
    change({ engine: "another", cases: halved });
    const moved = await call("--junit", join(folder, "deep", "j.xml"));
    assert.equal(moved.code, 1);
    assert.match(moved.out, /golden of engine another, run by engine/);
    assert.match(moved.out, / {2}opened\n {4}gmv: .*\(\+100.00 %\), allowed ±/);
    assert.match(
      readFileSync(join(folder, "deep", "j.xml"), "utf8"),
      /<testsuites name="replay" tests="4" failures="1"/,
    );
    change({ engine: "another" });
    assert.equal((await call()).code, 0);

    // An outcome that the suite no longer reads is a difference, in words, in JSON and in JUnit.
    change({});
    writeFileSync(file, suite.replace(", netLoss: { relative: 0.1 }", ""));
    const dropped = await call("--junit", join(folder, "j.xml"));
    assert.equal(dropped.code, 1);
    assert.match(
      dropped.out,
      / {4}netLoss: .* → none: is in the golden .*small\.json, and the suite small no longer reads it; run .*--accept/,
    );
    assert.match(readFileSync(join(folder, "j.xml"), "utf8"), /tests="4" failures="2"[^]*no longer reads it/);
    const { failed, suites } = JSON.parse((await call("--json")).out);
    assert.deepEqual(
      [
        failed,
        suites[0].checked.map((it: { outcome: string; status: string }) => `${it.outcome} ${it.status}`),
      ],
      [2, ["gmv passed", "netLoss failed", "gmv passed", "netLoss failed"]],
    );
    await call("--accept", "--reason", "losses are read elsewhere");
    assert.equal((await call()).code, 0);
    change({ cases: { gone: {} } });
    await assert.rejects(call(), /names a case that the suite small no longer has/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("--accept tries every golden before the first run, and tells in one line which cannot be kept", async () => {
  const folder = Deno.makeTempDirSync(), store = join(folder, "s.sqlite");
  const files = ["first", "second"].map((name) => join(folder, `${name}.yaml`));
  try {
    for (const file of files) writeFileSync(file, suite);
    mkdirSync(join(folder, "goldens", "second.json"), { recursive: true });
    const reason = ["--accept", "--reason", "a first golden of these suites"];
    await assert.rejects(
      typed(...files, "--quiet", "--workers", "1", "--store", store, ...reason),
      /^ScenarioError: [^\n]*goldens\/second\.json: cannot be kept, which is a folder; allowed is a file that [^\n]*$/,
    );
    // A store that is damaged is bad input, not something that moved.
    const damaged = join(folder, "d.sqlite");
    new Store(damaged).close();
    breakPage(damaged, rootOf(damaged, "jobs"), 0);
    await assert.rejects(
      typed(files[0], "--quiet", "--workers", "1", "--store", damaged),
      /^ScenarioError: --store: found a store that is damaged [^\n]*d\.sqlite is one [^\n]*$/,
    );
    // Nothing was run, so there is no store, and no golden of the suite before it.
    assert.deepEqual([store, join(folder, "goldens", "first.json")].map((it) => existsSync(it)), [
      false,
      false,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

Deno.test("a check is told in one line, with what was allowed", () => {
  const it = {
    case: "a",
    outcome: "gmv",
    golden: 100,
    found: 90,
    allowed: 5,
    status: "failed" as const,
    reason: "is further",
  };
  assert.equal(inOneLine(it), "gmv: 100 → 90 (−10.00 %), allowed ± 5: is further");
  const all = [{
    suite: "s",
    said: "my/s.yaml",
    title: "t",
    engine: "e",
    goldenEngine: null,
    accepted: null,
    checked: [it],
  }];
  assert.match(
    replayInWords(all),
    /^MOVED s \(t\): 0 of 1; no golden yet\n {2}a\n {4}gmv.*\nIf the change is meant: deno task hutong replay my\/s\.yaml --accept/,
  );
  assert.match(replayJunit(all), /a: gmv/);
});

Deno.test("the ready workflow for a CI service gives a command that this program takes, by the Deno that the gate uses", () => {
  const workflow = readFileSync(new URL("../docs/replay-workflow.yaml", import.meta.url), "utf8");
  const { jobs } = parseYaml(workflow) as {
    jobs: Record<string, { steps: { run?: string; with?: { path?: string } }[] }>;
  };
  const { steps } = jobs.replay, [command] = steps.flatMap(({ run }) => run ?? []);
  const [, version, words] = /^npx -y deno@([\d.]+) task hutong replay (.*)$/.exec(command)!;
  assert.match(
    readFileSync(new URL("../.ci/run", import.meta.url), "utf8"),
    new RegExp(`npx -y deno@${version}\\)`),
  );
  const { operands, unknown } = replayVerb().parseOptions(words.split(" "));
  assert.deepEqual([operands, unknown], [[], []]);
  assert.ok(steps.some((step) => step.with?.path === words.split(" ").at(-1)), "the report is kept");
});

Deno.test("checks are JUnit whose counts and names are those of the checks, whatever a reason says", () => {
  const checked = ['a <b> & "c"', "plain"].map((reason, i) => ({
    ...{ case: `case ${i}`, outcome: "gmv", golden: 1, found: 2, allowed: 0, reason },
    status: i === 0 ? "failed" as const : "passed" as const,
  }));
  const xml = replayJunit([{
    suite: "s",
    said: "s",
    title: "t",
    engine: "e",
    goldenEngine: "g",
    accepted: "r",
    checked,
  }]);
  const root = parseXml(xml).root!;
  assert.deepEqual([root.name, root.attributes.tests, root.attributes.failures], ["testsuites", "2", "1"]);
  const suites = root.children.filter((it) => it instanceof XmlElement);
  const cases = suites.flatMap((it) => it.children).filter((it) => it instanceof XmlElement);
  assert.deepEqual(cases.map(({ attributes }) => attributes.name), ["case 0: gmv", "case 1: gmv"]);
  const [failure] = cases[0].children.filter((it) => it instanceof XmlElement);
  assert.match(failure.attributes.message, /gmv: 1 → 2 \(\+100.00 %\): a <b> & "c"$/);
});
