import assert from "node:assert/strict";
import { noticeKinds, noticeText } from "./late_notices.ts";

Deno.test("every kind of notice has a text of its own that names the product and the amount", () => {
  const texts = noticeKinds.map((kind) =>
    noticeText(kind, { product: "Baitiao", amountFen: 123_456, dpd: 1 })
  );
  assert.equal(new Set(texts).size, noticeKinds.length);
  for (const text of texts) assert.ok(/Baitiao/.test(text) && /CNY 1,234\.56/.test(text), text);
  for (const text of texts.slice(1)) assert.match(text, /\b1 day\b/);
});
