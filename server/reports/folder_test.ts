// deno-lint-ignore-file no-explicit-any -- a broken report has no type
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { isReportId, listReports, readReport } from "#/server/reports/folder.ts";
import { parseReport } from "#/server/reports/shape.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const good = JSON.stringify(fixtureComparison({ days: 2 }));

Deno.test("listReports() lists by id, names what cannot be read, and passes over other files", () =>
  withFolder(async (folder) => {
    for (
      const [name, text] of [["b.json", good], ["a.json", good], ["c.json", "{"], [".b.x.draft", "x"], [
        "d.txt",
        "",
      ]]
    ) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    await Deno.mkdir(join(folder, "e.json"));
    const listed = await listReports(folder);
    assert.deepEqual(listed.map(({ id }) => id), ["a", "b", "c"]);
    assert.ok("problem" in listed[2] && /^This is not JSON: /.test(listed[2].problem));
    assert.ok("finding" in listed[0] && /^Opening settles/.test(listed[0].finding));
  }));

Deno.test("a folder that does not exist holds no reports", async () => {
  assert.deepEqual(await listReports(join("nowhere", "at", "all")), []);
  assert.equal((await readReport(join("nowhere", "at", "all"), "x")).state, "absent");
});

Deno.test("no id leads out of the folder", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "reports"));
    await Deno.writeTextFile(join(folder, "secret.json"), good);
    for (
      const id of [
        "../secret",
        "..",
        ".",
        "",
        "a/../../secret",
        "..\\secret",
        "\0",
        "a\0",
        "/etc/passwd",
        ".secret",
      ]
    ) {
      assert.equal((await readReport(join(folder, "reports"), id)).state, "absent", JSON.stringify(id));
    }
  }));

Deno.test("isReportId() takes no separator and no parent, whatever else stands around", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom("/", "\\", "..", "\0", "%2f", ":"),
      fc.string(),
      (before, bad, after) => {
        assert.equal(isReportId(before + bad + after), false);
      },
    ),
    { seed: 7 },
  );
});

Deno.test("parseReport() names the first place that does not fit", () => {
  const broken = (change: (report: Record<string, any>) => void) => {
    const value = JSON.parse(good);
    change(value);
    return JSON.stringify(value);
  };
  assert.throws(() => parseReport("[1,"), { name: "SyntaxError", message: /not JSON/ });
  assert.throws(() => parseReport("null"), { name: "TypeError", message: /^the whole file: / });
  const cases: [(report: Record<string, any>) => void, RegExp][] = [
    [(r) => r.kind = "sweep", /^kind: /],
    [(r) => delete r.a.hash, /^a\.hash: /],
    [(r) => r.b.daily.columns.gmv = "many", /^b\.daily\.columns\.gmv: /],
    [(r) => r.b.outcomes.gmv.value = "many", /^b\.outcomes\.gmv\.value: /],
    [(r) => r.a.world.startDate = "1 July", /^a\.world\.startDate: /],
    [
      (r) => r.b.purchases.plotsRefused = { screen: { velocity: "many" } },
      /^b\.purchases\.plotsRefused\.screen\.velocity: /,
    ],
    [(r) => r.replications = [{ a: { gmv: "much" } }], /^replications\.0\.a\.gmv: /],
    [(r) => r.expected[0].sign = "?", /^expected\.0\.sign: /],
  ];
  for (const [change, message] of cases) {
    assert.throws(() => parseReport(broken(change)), { name: "TypeError", message });
  }
});

Deno.test("parseReport() stands more than it needs, and numbers that were none", () => {
  const value = JSON.parse(good);
  value.replications = [{ replication: 0 }];
  delete value.a.purchases.plotsRefused;
  value.a.outcomes.gmv.value = null;
  value.a.daily.columns.gmv[0] = null;
  assert.equal(parseReport(JSON.stringify(value)).id, "baseline-interop-fixture");
});
