import assert from "node:assert/strict";
import { layers, reason, reasons } from "./reasons.ts";

Deno.test("every code is the place of its reason in the list, under the same name", () => {
  const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  assert.deepEqual(Object.keys(reason).map(dashed), reasons.map((one) => one.name));
  assert.deepEqual(Object.values(reason), reasons.map((_, code) => code));
});

Deno.test("the codes of earlier results stay what they were", () => {
  // Results and daily records hold these numbers: new reasons go to the end.
  assert.deepEqual(reasons.slice(0, 16).map((one) => one.name), [
    "none",
    "not-accepted",
    "no-line",
    "abandoned",
    "no-consent",
    "assurance-too-low",
    "velocity",
    "distance",
    "score-below-cutoff",
    "late-account",
    "limit-exceeded",
    "funding-throttle",
    "adapter-failure",
    "rail-down",
    "bridge-suspended",
    "bridge-liquidity",
  ]);
});

Deno.test("no layer gives two reasons the same name, and every layer can refuse", () => {
  for (const layer of layers) {
    const names = reasons.filter((one) => one.layer === layer && one.name !== "none").map((one) => one.name);
    assert.ok(names.length > 0, layer);
    assert.equal(new Set(names).size, names.length, layer);
  }
  assert.ok(reasons.every((one) => layers.includes(one.layer)));
});

Deno.test("every shopper's text is whole sentences of a length that fits a phone", () => {
  for (const { name, shopperText } of reasons) {
    assert.match(shopperText, /^[A-Z][^]*\.$/, name);
    assert.ok(
      shopperText.length >= 20 && shopperText.length <= 180,
      `${name}: ${shopperText.length} characters`,
    );
  }
});

Deno.test("every refusal tells the shopper something that no other refusal does", () => {
  assert.equal(new Set(reasons.map((one) => one.shopperText)).size, reasons.length);
});

Deno.test("no shopper's text uses the trade's own words", () => {
  const trade =
    /\b(rails?|rtgs|dns|bridge|adapter|api|dpd|bps|pd|throttl\w*|cut-?off|velocity|liquidity|issuer|acquirer|assurance|credential|queue|netting|code|error)\b/i;
  for (const { name, shopperText } of reasons) assert.doesNotMatch(shopperText, trade, name);
});
