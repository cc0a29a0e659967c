// The one line that refuses: printable, with the nearest name.

import assert from "node:assert/strict";
import fc from "fast-check";
import { nearest, ScenarioError, shown } from "#/scenarios/complain.ts";

Deno.test("a refusal is one printable line, whatever was found", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (path, found) => {
      const error = new ScenarioError([{ place: "my.yaml:1", path, text: `found ${shown(found)}` }]);
      assert.match(error.message, /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
    }),
    { seed: 20190701, numRuns: 300 },
  );
});

Deno.test("a refusal counts what it does not print and keeps it", () => {
  const complaint = (line: number) => ({ place: `my.yaml:${line}`, path: "seed", text: "missing" });
  const error = new ScenarioError([complaint(1), complaint(2), complaint(3)]);
  assert.equal(error.message, "my.yaml:1: seed: missing (and 2 more)");
  assert.equal(error.complaints.length, 3);
  assert.ok(error instanceof SyntaxError);
  const hinted = new ScenarioError(error.complaints, { hint: "--all prints them" });
  assert.equal(hinted.message, "my.yaml:1: seed: missing (and 2 more; --all prints them)");
  const all = new ScenarioError(error.complaints, { all: true });
  assert.deepEqual(all.message.split("\n"), [1, 2, 3].map((line) => `my.yaml:${line}: seed: missing`));
});

Deno.test("nearest() finds a name with a letter dropped, added, changed, swapped or of another case", () => {
  const names = ["jd-mall", "alipay", "wechat-pay"];
  for (const found of ["alpay", "alippay", "alipai", "aliapy", "ALIPAY", "ali-pay"]) {
    assert.equal(nearest(found, names), "alipay", found);
  }
});

Deno.test("nearest() is silent where nothing is near, and when asked about a page of text", () => {
  assert.equal(nearest("paypal", ["jd-mall", "wechat-pay"]), undefined);
  assert.equal(nearest("x".repeat(100_000), ["x".repeat(100_000)]), undefined);
});

Deno.test("shown() cuts long texts and does not unfold groups", () => {
  assert.equal(shown("x".repeat(100)).length, 62);
  assert.equal(shown({ a: { b: 1 } }), "a group of keys");
  assert.equal(shown(-5), "-5");
});
