import assert from "node:assert/strict";
import { type CaseResult, examine, lacking, near } from "./case.ts";
import { junitXml } from "./junit.ts";
import { reportLines, runSets } from "./run.ts";
import { sets, type Treatment } from "./sets.ts";

const registry: Record<string, Treatment> = {
  "fin/good.json": (text) =>
    (JSON.parse(text) as number[]).map((n) => examine(`n ${n}`, () => assert.ok(n > 0, `n is ${n}`))),
  "fin/empty.json": () => [],
  "fin/broken.json": (text) => [examine(text, () => {})].concat(JSON.parse(text)),
  "pay/later.json": { lacks: "credential" },
  "pay/folder/": { lacks: "payment messages" },
  "wb/rows.csv": { partOf: "wb/rows.json" },
};
const files: Record<string, string> = {
  "README.md": "words",
  "fin/good.json": "[1, -1, 2]",
  "fin/empty.json": "[]",
  "fin/broken.json": "{",
  "pay/later.json": "{}",
  "pay/folder/a.xml": "<a/>",
  "pay/folder/deep/b.xml": "<b/>",
  "wb/rows.csv": "1,2",
  "wb/new.json": "{}",
};
const results = runSets({ paths: Object.keys(files), read: (path) => files[path] }, registry);
const outcome = (set: string) => results.find((one) => one.set === set)?.cases;

Deno.test("each set is read once, in order of its path; data of another set and README files are none", () => {
  assert.deepEqual(results.map(({ set }) => set), [
    "fin/broken.json",
    "fin/empty.json",
    "fin/good.json",
    "pay/folder/",
    "pay/later.json",
    "wb/new.json",
  ]);
});

Deno.test("a case fails with what was found, and the others of its set still run", () => {
  assert.deepEqual(outcome("fin/good.json"), [
    { name: "n 1", status: "passed" },
    { name: "n -1", status: "failed", reason: "n is -1" },
    { name: "n 2", status: "passed" },
  ]);
});

Deno.test("an unknown file, a set without cases and one that cannot be read fail; only a missing layer is skipped", () => {
  assert.deepEqual(outcome("wb/new.json"), [{
    name: "the set",
    status: "failed",
    reason: "no reader for this file",
  }]);
  assert.equal(outcome("fin/empty.json")![0].reason, "the file holds no cases");
  assert.match(outcome("fin/broken.json")![0].reason!, /^cannot be read: SyntaxError/);
  assert.deepEqual(outcome("pay/later.json"), [{
    name: "the set",
    status: "skipped",
    reason: "no layer credential",
  }]);
  assert.deepEqual(outcome("pay/folder/"), [{
    name: "the set",
    status: "skipped",
    reason: "no layer payment messages",
  }]);
});

Deno.test("a file named like a member of every object is unknown, not found in the registry", () => {
  const [one] = runSets({ paths: ["constructor"], read: () => "" }, registry);
  assert.equal(one.cases[0].status, "failed");
});

Deno.test("the sets of one kind may be given alone, and all of them further down; what lies beside is found from there", () => {
  const told: string[] = [];
  const own: Record<string, Treatment> = {
    "wb/rows.json": (
      text,
      beside,
    ) => [examine(text, () => told.push(`${beside!("wb/rows.csv")} ${beside!("../data/t.csv")}`))],
    "wb/rows.csv": { partOf: "wb/rows.json" },
    "pay/folder/": { folder: (all) => [...all.keys()].map((name) => examine(name, () => {})) },
  };
  const run = (tree: Record<string, string>) =>
    runSets({
      paths: Object.keys(tree).filter((path) => !path.includes("..")),
      read: (path) =>
        tree[path] ?? (() => {
          throw new Error(path);
        })(),
    }, own).map(({ set, cases }) => [set, ...cases.map(({ name }) => name)]);
  assert.deepEqual(
    run({ "rows.json": "[1]", "rows.csv": "2", "folder/a.xml": "", "../../data/t.csv": "3" }),
    [
      ["folder/", "a.xml"],
      ["rows.json", "[1]"],
    ],
  );
  assert.deepEqual(
    run({
      "deep/wb/rows.json": "[1]",
      "deep/wb/rows.csv": "2",
      "deep/pay/folder/a.xml": "",
      "deep/../data/t.csv": "3",
    }),
    [
      ["deep/pay/folder/", "a.xml"],
      ["deep/wb/rows.json", "[1]"],
    ],
  );
  assert.deepEqual(told, ["2 3", "2 3"]);
  // Another name that only ends alike is no set.
  assert.deepEqual(run({ "wb/more_rows.json": "[1]" }), [["wb/more_rows.json", "the set"]]);
});

Deno.test("the report has a line a set, with counts and reasons, and ends in the totals", () => {
  const lines = reportLines(results);
  assert.equal(lines.length, results.length + 2);
  assert.match(lines[0], /^set +passed\/failed\/skipped +reason$/);
  assert.match(
    lines.find((line) => line.startsWith("fin/good"))!,
    /^fin\/good\.json +2\/1\/0 +n -1: n is -1$/,
  );
  assert.match(lines.find((line) => line.startsWith("pay/later"))!, / 0\/0\/1 +no layer credential$/);
  assert.equal(lines.at(-1), "2 passed, 4 failed, 2 skipped");
});

Deno.test("many failures are told by the first three and the number of the rest", () => {
  const cases = Array.from(
    { length: 5 },
    (_, i): CaseResult => ({ name: `c${i}`, status: "failed", reason: "bad" }),
  );
  assert.match(reportLines([{ set: "s", cases }])[1], /c0: bad; c1: bad; c2: bad; and 2 more$/);
});

Deno.test("JUnit XML carries each case with its status, whatever signs a name holds", () => {
  const cases: CaseResult[] = [
    { name: `<a> & "b"`, status: "passed" },
    { name: "bell \u0007 and \ud800", status: "failed", reason: "1 < 2\nnext" },
    lacking("later", "credential"),
  ];
  const xml = junitXml([{ set: "pay/x.json", cases }]);
  assert.ok(xml.includes(`<testsuite name="pay/x.json" tests="3" failures="1" errors="0" skipped="1">`));
  assert.ok(xml.includes(`<testcase name="&lt;a&gt; &amp; &quot;b&quot;" classname="pay/x.json" time="0"/>`));
  assert.ok(xml.includes(`name="bell U+0007 and \ufffd"`));
  assert.ok(xml.includes(`<failure message="1 &lt; 2 next"/>`));
  assert.ok(xml.includes(`<skipped message="no layer credential"/>`));
});

Deno.test("near() is absolute below one, relative above, and refuses what is no number", () => {
  near(0.1 + 1e-11, 0.1, { tolerance: 1e-10, what: "x" });
  near(1e6 + 1e-5, 1e6, { tolerance: 1e-10, what: "x" });
  assert.throws(() => near(1e-9, 0, { tolerance: 1e-10, what: "x" }), {
    name: "RangeError",
    message: /x is 1e-9, expected 0/,
  });
  assert.throws(() => near(NaN, 1, { tolerance: 1, what: "x" }), RangeError);
  assert.throws(() => near(1, undefined as unknown as number, { tolerance: 1, what: "x" }), TypeError);
});

Deno.test("every set of the project's registry names a reader, a lacking layer or the set that it belongs to", () => {
  for (const [set, treatment] of Object.entries(sets)) {
    assert.match(set, /^(fin|pay|wb)\/[\w.]+(\.json|\.csv|\/)$/);
    if (typeof treatment === "function") continue;
    if ("partOf" in treatment) assert.ok(treatment.partOf in sets, treatment.partOf);
    else if ("folder" in treatment) assert.match(set, /\/$/);
    else assert.ok(treatment.lacks.length > 3);
  }
});
