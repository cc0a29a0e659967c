import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalStrict } from "#/model/units/canonical.ts";
import { designRows } from "#/sim/experiments/design_rows.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { Store } from "#/sim/experiments/store.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { discoverVerb } from "./discover.ts";
import { sensitivityVerb } from "./sensitivity.ts";

const axes = ["a", "b"].map((name) => ({
  name,
  title: `Axis ${name}`,
  path: `p.${name}`,
  values: [],
  range: { low: 0, high: 10 },
}));

/** A store with one sweep of a made-up outcome: CNY a + 10 b in both scenarios, 100 more in the open one. */
function withStore(test: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "hutong-read-")), path = join(folder, "s.sqlite");
  try {
    using store = new Store(path);
    for (
      const [name, kind, letters] of [
        ["screen", { kind: "morris", paths: 6 }, "ab"],
        ["drawn", { kind: "sobol", rows: 128 }, "cd"],
        ["steep", { kind: "finiteDifferences", baseRows: 16 }, "ef"],
      ] as const
    ) {
      const base = ["closed", "open"], rows = [...designRows({ axes, design: kind, seed: "s" })];
      const points = rows.flatMap((settings, row) =>
        base.map((scenario) => ({ id: `${name}${row}${scenario}`, scenario, settings }))
      );
      const unique = [
        ...new Map(points.map((point) => [canonicalStrict([point.scenario, point.settings]), point]))
          .values(),
      ];
      const design = {
        name,
        title: name,
        base,
        seed: "s",
        shoppers: 100,
        days: 1,
        replications: 1,
        levers: axes,
        uncertainties: [],
      };
      store.saveSweep(
        {
          id: letters.repeat(32),
          name,
          title: name,
          engine: "e",
          replications: 1,
          design: canonicalStrict({ ...design, design: kind, outcomes: ["gmv"], heatmap: null }),
        },
        unique.map((point) => ({ ...point, settings: canonicalStrict(point.settings) })),
      );
      store.insert(unique.map(({ id, scenario, settings }) => {
        const value = Number(settings.a) + 10 * Number(settings.b) + (scenario === "open" ? 100 : 0);
        return {
          id: jobId(id, 0, "e"),
          point: id,
          replication: 0,
          engine: "e",
          status: "done" as const,
          outcomes: canonicalStrict({ gmv: { value, unit: "CNY" } }),
          runHash: "h",
          errorKind: null,
          errorMessage: null,
          replay: "deno task hutong run",
        };
      }));
    }
    test(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function said(verb: typeof sensitivityVerb, ...args: string[]): string {
  let text = "";
  verb((part) => text += part).exitOverride().parse(args, { from: "user" });
  return text;
}

Deno.test("sensitivity ranks the axes of a stored sweep, by name or by the first letters of its id", () => {
  withStore((path) => {
    const text = said(sensitivityVerb, "screen", "--store", path);
    assert.match(text, /What moves gmv of open: elementary effects, 18 rows/);
    assert.ok(text.indexOf("\nb ") < text.indexOf("\na "), text);
    assert.match(text, /\nb +CNY 100 \[CNY 100, CNY 100\]/);
    assert.equal(said(sensitivityVerb, "ababab", "--store", path), text);
    const json = JSON.parse(
      said(sensitivityVerb, "screen", "--store", path, "--json", "--scenario", "closed"),
    );
    assert.ok(Math.abs(json.axes[0].measures.mu.value - 10) < 1e-6 && json.dropped === 0);
    assert.match(said(sensitivityVerb, "drawn", "--store", path, "--method", "pawn"), /PAWN, 128 rows/);
    const moved = said(sensitivityVerb, "drawn", "--store", path, "--method", "delta", "--resamples", "20");
    assert.match(moved, /Borgonovo's delta, 128 rows.*\n\naxis +density moved +alone\nb +0\.[5-9]\d\d \[/);
    const steep = said(sensitivityVerb, "steep", "--store", path);
    assert.match(steep, /derivative-based measures, 48 rows/);
    assert.match(steep, /\nb +1\.\d\d\d \[\d\.\d+, \d\.\d+\] +CNY 100 +CNY 100\na +0\.01/);
  });
});

Deno.test("discover says the box, how it came back in resamples, the trade-off and a tree", () => {
  withStore((path) => {
    const text = said(discoverVerb, "drawn", "--store", path, "--where", "gmv > 180", "--resamples", "10");
    assert.match(text, /gmv > CNY 180 in open: \d+ of 128 rows/);
    assert.match(text, /Axis b: \S+ to \S+ +\(by chance [\d.e-]+; in resamples: low end in 100/);
    assert.match(text, /→ +\d+ rows +coverage/);
    assert.match(text, /A tree explains 9\d[.\d]* ?% of what gmv varies:\n {2}b up to/);
  });
});

Deno.test("--out writes the reading as one page that ends with the command which gives it again", () => {
  withStore((path) => {
    const file = join(path, "..", "page's.html"), page = () => readFileSync(file, "utf8");
    const plain = said(sensitivityVerb, "screen", "--store", path);
    assert.equal(said(sensitivityVerb, "screen", "--store", path, "--out", file), plain);
    assert.match(page(), /What moves Sales \(GMV\) of open: elementary effects/);
    assert.match(page(), /<svg[^>]*>.*μ\*/s);
    const once = page(), replay = /<pre>.*?<\/pre>/gs.exec(once.slice(once.indexOf('id="again"')))![0];
    const command = replay.replace(/<[^>]+>/g, "");
    assert.match(
      command,
      /^deno task hutong sensitivity abababababab --outcome gmv --method morris --resamples 1000/,
    );
    said(sensitivityVerb, ...command.split(" ").slice(4), "--out", file);
    assert.equal(page(), once);
    const where = ["--where", "gmv > 180", "--resamples", "10", "--difference", "--scenario", "open"];
    assert.throws(
      () => said(discoverVerb, "drawn", "--store", path, ...where, "--out", file),
      /0 of 128 rows/,
    );
    assert.equal(page(), once);
    said(discoverVerb, "drawn", "--store", path, ...where.slice(0, 4), "--out", file);
    assert.match(page(), /Where it happens: Sales \(GMV\) of open above CNY.180/);
    assert.match(
      page().replace(/<[^>]+>/g, ""),
      /hutong discover cdcdcdcdcdcd --where &#39;gmv &gt; 180&#39; --density 0\.8/,
    );
    assert.throws(
      () => said(sensitivityVerb, "screen", "--store", path, "--out", join(path, "no", "p.html")),
      /--out: found .*p\.html.*allowed is a file that can be written/,
    );
  });
});

Deno.test("what does not fit is one line that says what is allowed", () => {
  withStore((path) => {
    const refused = (verb: typeof sensitivityVerb, args: string[], text: RegExp) =>
      assert.throws(() => said(verb, ...args, "--store", path), (error: Error) => {
        assert.ok(error instanceof ScenarioError);
        assert.match(error.message, text);
        return !error.message.includes("\n");
      });
    refused(sensitivityVerb, ["scren"], /found "scren"; allowed are screen, drawn, .*did you mean "screen"/);
    refused(
      sensitivityVerb,
      ["screen", "--method", "sobol"],
      /morris design cannot be read by sobol; allowed are morris/,
    );
    refused(sensitivityVerb, ["screen", "--outcome", "gmw"], /no outcome "gmw"; allowed are gmv/);
    refused(
      sensitivityVerb,
      ["screen", "--scenario", "closed", "--difference"],
      /taken against; allowed are open/,
    );
    refused(discoverVerb, ["drawn", "--where", "gmv ! 3"], /--where: found "gmv ! 3"; allowed is an outcome/);
    refused(discoverVerb, ["drawn", "--where", "gmv > 1e9"], /0 of 128 rows are of interest/);
    assert.throws(
      () => said(sensitivityVerb, "screen", "--store", join(path, "..", "none.sqlite")),
      /no sweep has been run into .*none\.sqlite yet: deno task hutong sweep screen/,
    );
  });
});
