import assert from "node:assert/strict";
import { told } from "./summary.ts";

Deno.test("an outcome is told with its thousands apart, its scale up to tn, and a minus sign before the currency", () => {
  const said = (value: number, unit: Parameters<typeof told>[0]["unit"]) => told({ value, unit });
  assert.deepEqual(
    [said(1_771, "CNY"), said(600_000, "purchases"), said(-3.85e12, "CNY"), said(-173_950_000, "CNY")],
    ["CNY 1,771", "600,000 purchases", "−CNY 3.85 tn", "−CNY 173.95 m"],
  );
  assert.deepEqual(
    [said(72.44e9, "CNY"), said(48.8e6, "people"), said(0.1234, "share"), said(-0.5, "share")],
    ["CNY 72.44 bn", "48.80 m people", "12.34 %", "−50.00 %"],
  );
  assert.deepEqual(
    [said(1_440, "minutes"), said(0.0077, "index"), said(-0.2, "CNY"), said(12_345, "JPY")],
    ["1,440.0 minutes", "0.0077", "CNY 0", "JPY 12,345"],
  );
});
