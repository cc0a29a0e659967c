import assert from "node:assert/strict";
import { areaY, cell, text } from "@observablehq/plot";
import { logTicks } from "#/server/charts/chart.ts";
import { draw } from "#/server/charts/draw.ts";

const clipped = {
  title: "Clipped",
  caption: "Two clipped areas.",
  marks: [areaY([1, 2, 3], { clip: true }), areaY([2, 1, 3], { clip: "frame" })],
};

function svgOf(drawn: ReturnType<typeof draw>): string {
  assert.ok("svg" in drawn);
  return drawn.svg;
}

Deno.test("a logarithmic axis labels a narrow band beside one outlier", () => {
  const band = logTicks([240e6, 310e6, 2.1e9]);
  assert.ok(band.filter((at) => at < 400e6).length >= 2, `${band}`);
  assert.deepEqual(logTicks([1, 1_000]), [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]);
});

Deno.test("the same options give the same bytes, however many charts were drawn before", () => {
  const first = svgOf(draw(clipped, { id: "a" }));
  draw(clipped, { id: "b" });
  assert.equal(svgOf(draw(clipped, { id: "a" })), first);
});

Deno.test("clip paths carry the chart's own name, so that two charts may stand on one page", () => {
  const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const a = ids(svgOf(draw(clipped, { id: "a" }))), b = ids(svgOf(draw(clipped, { id: "b" })));
  assert.deepEqual(a, ["a-clip-1"]);
  assert.deepEqual(b, ["b-clip-1"]);
  assert.match(svgOf(draw(clipped, { id: "a" })), /url\(#a-clip-1\)/);
});

Deno.test("a drawn chart stands alone: its namespace is said, and it has a name for readers who listen", () => {
  const svg = svgOf(draw({ title: "All is well", caption: "", marks: [] }, { id: "x" }));
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img"/);
  assert.match(svg, /aria-label="All is well"/);
});

Deno.test("words of the data cannot become markup", () => {
  const rows = [{ x: 0, y: 0, word: '<script>alert("1")</script> & more' }];
  const svg = svgOf(
    draw({ title: "Words", caption: "", marks: [text(rows, { x: "x", y: "y", text: "word" })] }, { id: "x" }),
  );
  assert.ok(!svg.includes("<script"));
  assert.match(svg, /&lt;script&gt;.*&amp; more/);
});

Deno.test("named colours give a legend of words, a continuous scale gives a painted ramp", () => {
  const rows = [{ x: 1, y: 1, v: -3 }, { x: 2, y: 1, v: 4 }];
  const marks = [cell(rows, { x: "x", y: "y", fill: "v" })];
  const named = draw(
    {
      title: "",
      caption: "",
      marks,
      color: { type: "ordinal", legend: true, domain: [-3, 4], range: ["red", "blue"] },
    },
    { id: "x" },
  );
  assert.ok("svg" in named);
  assert.deepEqual(named.legend, [{ label: "-3", colour: "red" }, { label: "4", colour: "blue" }]);
  const painted = draw(
    {
      title: "",
      caption: "",
      marks,
      color: { type: "linear", legend: true, domain: [-4, 4], range: ["red", "blue"] },
    },
    { id: "x" },
  );
  assert.ok("svg" in painted && painted.ramp);
  assert.deepEqual(painted.legend, []);
  assert.match(painted.ramp, /href="data:image\/svg\+xml,%3Csvg/);
  const colours = new Set([...painted.ramp.matchAll(/fill='(rgb\([^']+\))'/g)].map(([, colour]) => colour));
  assert.ok(colours.size > 100, `the ramp has ${colours.size} colours`);
});

Deno.test("a chart that cannot be drawn says why", () => {
  assert.deepEqual(draw({ title: "T", absent: "Not recorded." }, { id: "x" }), {
    title: "T",
    absent: "Not recorded.",
  });
});
