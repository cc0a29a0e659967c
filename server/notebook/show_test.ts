import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { table } from "arquero";
import { bundles, show } from "#/server/notebook/show.ts";
import { pictureOf } from "#/server/notebook/picture.ts";
import { draw } from "#/server/charts/draw.ts";
import { frame } from "#/server/charts/chart.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";

const title = "A long title that has to be broken because it is wider than the picture is allowed to be";
const options = {
  title,
  caption: "Nothing & nobody <here>.",
  width: 300,
  color: { type: "ordinal" as const, legend: true, domain: ["one", "two"], range: ["#111111", "#222222"] },
  marks: [],
};

function drawn() {
  const it = draw(frame(options), { id: "test" });
  assert.ok("svg" in it);
  return it;
}

Deno.test("a chart is shown as one image with its words and legend inside", () => {
  const [bundle, ...others] = bundles(drawn());
  assert.equal(others.length, 0);
  assert.equal(bundle["text/plain"], `[chart] ${title}\nNothing & nobody <here>.`);
  const source = /^<img alt="([^"]*)" src="data:image\/svg\+xml;base64,([^"]*)">$/.exec(
    bundle["text/html"]!,
  )!;
  assert.equal(source[1], title);
  assert.equal(Buffer.from(source[2], "base64").toString(), pictureOf(drawn()));
});

Deno.test("a picture breaks long titles, escapes words, and grows by what stands above the drawing", () => {
  const svg = pictureOf(drawn());
  const words = [...svg.matchAll(/<text x="[\d.]+" y="(\d+)"[^>]*>([^<]*)<\/text>/g)].map(([, , text]) =>
    text
  );
  const lines = words.slice(0, words.indexOf("Nothing &amp; nobody &lt;here&gt;."));
  assert.ok(lines.length > 1 && lines.join(" ") === title);
  assert.ok(words.includes("one") && words.includes("two"));
  const heights = [...svg.matchAll(/<svg [^>]*height="(\d+)"/g)].map(([, height]) => Number(height));
  assert.equal(heights.length, 2);
  assert.ok(heights[0] > heights[1] + 3 * 16);
  assert.throws(() => pictureOf({ ...drawn(), svg: "<svg></svg>" }), TypeError);
});

Deno.test("tables, records, words, results and anything else are each shown in their way", () => {
  const kinds = (thing: unknown) => bundles(thing).map((bundle) => Object.keys(bundle).sort().join());
  const asTable = "text/html,text/plain", asWords = "text/markdown,text/plain";
  assert.deepEqual(kinds(table({ a: [1] })), [asTable]);
  assert.deepEqual(kinds([{ a: 1 }]), [asTable]);
  assert.deepEqual(kinds("**Words**"), [asWords]);
  const { a, ...report } = fixtureComparison();
  assert.deepEqual(kinds({ differences: {}, ...report, a }), [asTable, asWords]);
  assert.deepEqual(kinds(a), [asTable, asWords]);
  assert.deepEqual(kinds({ x: 1 }), ["text/plain"]);
  assert.deepEqual(kinds(7), ["text/plain"]);
  assert.equal(
    bundles({ title: "No chart", absent: "Nothing was recorded." })[0]["text/plain"],
    "No chart: Nothing was recorded.",
  );
});

Deno.test("a run is shown with its hash and its replay line, and without the seconds it took", () => {
  const { b } = fixtureComparison();
  const text = JSON.stringify(bundles(b));
  assert.ok(text.includes(b.hash) && text.includes(b.replay));
  assert.ok(!text.includes("perSecond") && !text.includes("setup"));
});

Deno.test("outside a notebook what is shown is printed, in order", async () => {
  const printed: unknown[] = [], { log } = console;
  console.log = (text) => void printed.push(text);
  try {
    await show("first", [{ day: 2 }]);
  } finally {
    console.log = log;
  }
  assert.deepEqual(printed, ["first", "day\n  2"]);
});
