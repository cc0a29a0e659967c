import assert from "node:assert/strict";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { endRows } from "#/server/charts/fraud_by_layer.ts";
import { attemptRows } from "#/server/charts/fraud_attempts.ts";
import { consentRows, summed, usesPerWant } from "#/server/facts/consents.ts";
import { attemptsOf, fraudRows, passedOf } from "#/server/facts/frauds.ts";
import { refusals, total } from "#/server/facts/refusals.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";
import { forgetIdentity } from "#/server/testing/fixture_identity.ts";

const report = fixtureComparison({ days: 30 });

/** As if the run had been told for everybody, but its refusals counted among a tenth of them. */
function counted() {
  const one = structuredClone(report);
  for (const { purchases } of [one.a, one.b]) {
    purchases.wanted /= 10;
    for (const byReason of Object.values(purchases.plotsRefused)) {
      for (const reason of Object.keys(byReason)) byReason[reason] /= 10;
    }
  }
  return one;
}

Deno.test("fraudRows() stand in the order of the registry, both worlds of each, newcomers at the end", () => {
  const one = structuredClone(report);
  one.b.outcomes["fraudTaken.aNewOne"] = { value: 5, unit: "CNY" };
  const rows = fraudRows(one);
  assert.deepEqual(
    rows.filter(({ world }) => world === "open").map(({ typology }) => typology),
    [...typologyNames, "aNewOne"],
  );
  assert.deepEqual(rows.at(-2), {
    typology: "aNewOne",
    world: "closed",
    tried: null,
    stopped: null,
    taken: null,
  });
  assert.equal(rows.at(-1)!.taken, 5);
});

Deno.test("passedOf() is all attempts less all refusals, whether these are told or counted", () => {
  const { tried, passed } = passedOf(report, "open")!;
  assert.equal(tried, attemptsOf(report.b));
  assert.equal(passed, tried - total(refusals(report, "plotsRefused"), "open"));
  assert.ok(passed > 0 && passed < tried);
  assert.ok(Math.abs(passedOf(counted(), "open")!.passed - passed) < 1e-6 * tried);
});

Deno.test("passedOf() is undefined in a run that records no attempts, and nothing when all were refused", () => {
  const old = structuredClone(report);
  forgetIdentity(old.a);
  assert.equal(passedOf(old, "closed"), undefined);
  assert.equal(attemptsOf(old.a), null);
  assert.deepEqual(refusals(old, "plotsRefused").map(({ closed }) => closed > 0).includes(true), false);
  const all = structuredClone(report);
  all.b.purchases.plotsRefused = { screen: { blacklist: attemptsOf(all.b)! } };
  assert.equal(passedOf(all, "open")!.passed, 0);
});

Deno.test("the stretches of both pictures of attempts add up to the attempts", () => {
  for (const world of ["closed", "open"] as const) {
    const tried = attemptsOf(world === "closed" ? report.a : report.b)!;
    const sum = (rows: { world: string; value: number }[]) =>
      rows.filter((row) => row.world === world).reduce((x, { value }) => x + value, 0);
    assert.equal(sum(attemptRows(fraudRows(report))), tried);
    assert.ok(Math.abs(sum(endRows(report)) - tried) < 1e-6 * tried);
  }
});

Deno.test("consentRows() put what was withdrawn below zero and keep a day without a number", () => {
  const one = structuredClone(report);
  (one.b.daily.columns["consentsWithdrawn.account"] as (number | null)[])[3] = null;
  const rows = consentRows(one).filter(({ world, series }) => world === "open" && series === "account");
  const withdrawn = rows.filter(({ change }) => change === "withdrawn").map(({ value }) => value);
  assert.equal(withdrawn[3], null);
  assert.equal(withdrawn[4], -one.b.daily.columns["consentsWithdrawn.account"][4]);
  assert.ok(rows.filter(({ change }) => change === "given").every(({ value }) => value! > 0));
});

Deno.test("usesPerWant() adds both issuers and divides by the day's wants", () => {
  const { columns } = report.b.daily;
  const day = 20;
  const found = usesPerWant(report).filter(({ world, series }) => world === "open" && series === "account");
  const uses = columns["dataUses.account.jd"][day] + columns["dataUses.account.ant"][day];
  assert.equal(found[day].value, uses / columns.wanted[day]);
  assert.ok(usesPerWant(report).every(({ series }) => ["identity", "account", "location"].includes(series)));
});

Deno.test("summed() has no difference where one run lacks the column", () => {
  assert.deepEqual(summed(report, "ledgerBlocks", "blocks"), {
    name: "ledgerBlocks",
    unit: "blocks",
    closed: null,
    open: 30 * 288,
    difference: null,
  });
  assert.equal(summed(report, "noSuchThing", "people"), undefined);
});
