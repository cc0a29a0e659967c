import assert from "node:assert/strict";
import { compare } from "#/mod.ts";
import * as story from "#/notebooks/one_purchase.ts";
import * as pictures from "#/notebooks/one_purchase_charts.ts";

const asked = { shoppers: 4_000, set: { "world.history.shoppers": 200, "world.history.days": 40 } };
const until = 15;

/** The first day of a small world that has such a purchase. */
function anyStory(): story.Story {
  for (let day = 2; day < 12; day++) {
    try {
      return story.findStory(asked, { day, until });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new Error("no day of the small world has a story");
}

Deno.test("the same want is refused for want of acceptance closed, and settles over the bridge open", () => {
  const { closed, open } = anyStory();
  assert.equal(closed.purchase.fate, "lost");
  assert.equal(closed.purchase.steps.at(-1)!.verdict, "not-accepted");
  assert.equal(open.purchase.fate, "on credit");
  assert.ok(open.purchase.isBridged);
  for (const key of ["minute", "amountFen", "shop", "category"] as const) {
    assert.equal(open.purchase[key], closed.purchase[key]);
  }
  assert.equal(open.day.person["monthly income"], closed.day.person["monthly income"]);
  assert.deepEqual(open.days.map(({ day }) => day), Array.from({ length: until + 1 }, (_, day) => day));
});

Deno.test("the story tells every layer once, then the books, to the fen", () => {
  const told = anyStory(), { open, closed } = told;
  assert.deepEqual(
    story.layersOf(open).map(({ layer }) => layer),
    ["accept", "cashier", "identify", "screen", "challenge", "score", "decide", "route", "clear", "book"],
  );
  for (const { asks, saw } of story.layersOf(open)) assert.ok(asks.length > 10 && saw.length > 2);
  const before = story.linesOf(told).filter(({ world, when }) => world === "open" && when === "morning");
  const after = story.linesOf(told).filter(({ world, when }) => world === "open" && when === "evening");
  const bridged = (rows: Record<string, unknown>[]) =>
    rows.reduce((sum, { bridgedFen }) => sum + Number(bridgedFen), 0);
  assert.ok(bridged(after) - bridged(before) >= open.purchase.amountFen);
  assert.deepEqual(
    story.ledgerOf(open).map(({ meaning }) => meaning).slice(0, 2),
    ["the issuer lends, the shopper owes", "the issuer pays the acquirer at once"],
  );
  assert.deepEqual(story.ledgerOf(closed), []);
  assert.match(story.ending(closed), /^\*\*Lost: .*The shopper reads: “This shop does not accept/);
  assert.match(story.inWords(told), /The shopper holds (Baitiao|Huabei|Baitiao and Huabei)\.$/);
});

Deno.test("the first table names the two cells that the open world opens", () => {
  const opened = story.whereLinesWork().flatMap((row) =>
    ["Baitiao", "Huabei"].filter((line) => row[`${line}, closed`] !== row[`${line}, open`])
      .map((line) => `${line} ${row["shop takes"]}: ${row[`${line}, open`]}`)
  );
  assert.deepEqual(opened, ["Huabei jd-mall: bridged", "Baitiao alipay: bridged"]);
});

Deno.test("every picture is drawn, and the day's refusals add up to the daily record", () => {
  const told = anyStory();
  const report = compare(["baseline", "interop"], { ...asked, days: until + 1 });
  for (
    const drawn of [
      pictures.weeks(told),
      pictures.debt(told),
      pictures.bridgeMoney(told),
      pictures.refusedThatDay(report, told),
    ]
  ) assert.ok("svg" in drawn && drawn.svg.length > 1_000, drawn.title);
  const rows = pictures.refusedRows(report, told);
  for (
    const [world, { daily, world: { peoplePerShopper } }] of [["closed", report.a], [
      "open",
      report.b,
    ]] as const
  ) {
    const lost = rows.filter(({ row }) => row === `lost, ${world}`).reduce(
      (sum, { count }) => sum + count,
      0,
    );
    assert.ok(Math.abs(lost - daily.columns.lost[told.open.day.day] / peoplePerShopper) < 1e-6);
  }
  const reasons = story.reasonsOf(report).map(({ layer, reason }) => `${layer}/${reason}`);
  assert.equal(new Set(reasons).size, reasons.length);
  assert.ok(reasons.includes("accept/not-accepted") && reasons.includes("identify/no-consent"));
});

Deno.test("a day without such a purchase says so", () => {
  assert.throws(
    () => story.findStory({ ...asked, shoppers: 100 }, { day: 0, until: 1 }),
    /^RangeError: Cannot tell the story of day 0: none of its \d+ new bridge purchases was lost before/,
  );
});
