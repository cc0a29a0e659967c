import assert from "node:assert/strict";
import { table } from "arquero";
import { clock, tableAsHtml, tableAsText } from "#/server/notebook/table.ts";

Deno.test("amounts in fen are CNY, minutes a clock, numbering plain, nothing a dash", () => {
  const rows = [
    { shopper: 12_345, minute: 605, amountFen: -123_456, isBridged: true, note: null, date: new Date(0) },
    { shopper: 7, minute: 0, amountFen: 5, isBridged: false, note: "late", date: new Date(86_400_000) },
  ];
  assert.equal(
    tableAsText(rows),
    [
      "shopper   time  amount, CNY  is bridged  note  date",
      "  12345  10:05    \u22121,234.56  yes         –     1970-01-01",
      "      7  00:00         0.05  no          late  1970-01-02",
    ].join("\n"),
  );
});

Deno.test("numbers stand in the unit of their row, differences with their sign", () => {
  const text = tableAsText([
    { outcome: "gmv", open: 2_500_000, difference: 1_000, unit: "CNY" },
    { outcome: "approvalRate", open: 0.5, difference: -0.01, unit: "share" },
  ]);
  assert.match(text, /gmv +CNY 2\.50 m +\+CNY 1,000 +CNY/);
  assert.match(text, /approvalRate +50\.0 % +\u22121\.00 pp +share/);
});

Deno.test("a long table is cut and says by how much; an empty one says that it is", () => {
  const long = table({ day: Array.from({ length: 1_000 }, (_, day) => day) });
  assert.equal(tableAsText(long, { rows: 2 }), "day\n  0\n  1\n… and 998 more rows");
  assert.match(tableAsHtml(long), /<\/table><p>… and 950 more rows<\/p>$/);
  assert.equal(tableAsText([]), "no rows");
});

Deno.test("names of facts and words stay as they are, other names become words", () => {
  const html = tableAsHtml([{ "dpd.huabei.M4+": 1, "Baitiao, open": "x", netDebitCap: 2, "<i>": "&" }]);
  assert.deepEqual(
    [...html.matchAll(/<th [^>]*>(.*?)<\/th>/g)].map(([, name]) => name),
    ["dpd.huabei.M4+", "Baitiao, open", "net debit cap", "&lt;i&gt;"],
  );
  assert.match(html, /<td style="text-align: left">&amp;<\/td>/);
});

Deno.test("a clock shows hours and minutes", () => {
  assert.deepEqual([0, 59, 60, 1_439].map(clock), ["00:00", "00:59", "01:00", "23:59"]);
});
