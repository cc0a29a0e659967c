import assert from "node:assert/strict";
import { draw } from "#/server/charts/draw.ts";
import { careless } from "#/server/charts/sharing/careless.ts";
import { shifts } from "#/server/charts/sharing/shifts.ts";
import { estimateWords, sharingPage } from "#/server/pages/sharing.tsx";
import { fixtureSharing } from "#/server/testing/fixture_sharing.ts";

const replay = "deno task hutong experiment sharing interop";

Deno.test("the page of sharing rules needs nothing else, is the same twice, and says which rule needs a licence", () => {
  const html = sharingPage("interop", fixtureSharing(), { replay });
  assert.equal(sharingPage("interop", fixtureSharing(), { replay }), html);
  assert.match(html, /open says that it does not, or that there are fewer than 3/);
  assert.ok(html.startsWith("<!doctype html>") && !html.includes("<script") && html.includes(replay));
  assert.ok(!/\bNaN\b|undefined|Infinity/.test(html));
  assert.ok(html.includes("CNY 500 m") && html.includes("Is it worth while to be careless?"));
});

Deno.test("the chart of carelessness names the rules under which an issuer surely gains, and no other", () => {
  const { title } = careless(fixtureSharing());
  assert.equal(
    title,
    "Who gains by being careless: JD under marketShare, quotaShare, layered, excessOfLoss; Ant under layered, excessOfLoss",
  );
});

Deno.test("charts of sharing are drawn from one replication, too: dots without intervals", () => {
  const one = fixtureSharing();
  for (const { effects } of one.rules) {
    for (const { careless: { own } } of effects) Object.assign(own, { low: null, high: null });
  }
  for (
    const options of [
      careless(one),
      shifts(one, "approvals"),
      shifts(one, "losses"),
      shifts(one, "incentives"),
    ]
  ) {
    const drawn = draw(options, { id: "sharing" });
    assert.ok("svg" in drawn && !/NaN|undefined/.test(drawn.svg));
  }
  assert.match(careless(one).title, /JD under no rule; Ant under no rule/);
  assert.equal(estimateWords({ mean: 1e8, low: null, high: null, n: 1 }, "CNY"), "+CNY 100 m");
});
