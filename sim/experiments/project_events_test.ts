import assert from "node:assert/strict";
import { loadPlan } from "#/scenarios/plans.ts";
import { readProjectEvents, shippedProjectEvents } from "#/scenarios/project_events.ts";
import type { Case } from "#/sim/experiments/evaluate.ts";
import * as monthly from "#/sim/experiments/monthly_runner.ts";
import { eventSettings, projectEvents } from "#/sim/experiments/project_events.ts";
import type { MonthlyRuns } from "#/sim/experiments/project_flows.ts";
import { bookOf, small } from "#/sim/testing/worlds.ts";

const runs: MonthlyRuns = (cases: readonly Case[]) =>
  Promise.resolve(cases.map((set) => {
    const supposed = small("interop", { shoppers: 600, days: 92, set });
    return [monthly.run(supposed, 0, { openingBook: bookOf(supposed) }).outcomes];
  }));
const options = { months: 3, firstMonth: 1, replications: 1, discountRateBps: 0, runs };
const soon = shippedProjectEvents().map((event) => ({
  ...event,
  afterOpeningDays: Math.min(10, event.afterOpeningDays),
}));

Deno.test("every shipped event fits the schema, moves the run, and what hurts the bridge takes volume from it", async () => {
  const { effects, audits } = await projectEvents("interop", {
    ...options,
    events: soon,
    plans: [loadPlan("minimal-pilot").plan],
  });
  const of = (name: string, withAudit = false) =>
    effects.find((one) => one.event === name && one.withAudit === withAudit)!;
  for (const one of effects) {
    const moved = Object.values(one.gains).some(({ mean }) => mean !== 0) || one.bridged.mean !== 0;
    assert.ok(moved, `${one.event} moves nothing`);
    assert.equal(one.plans.length, 1);
  }
  assert.ok(of("adapter-upgrade").bridged.mean < 0);
  assert.ok(of("adapter-upgrade").bridged.mean < of("adapter-upgrade", true).bridged.mean);
  assert.ok(of("bridge-outage").bridged.mean < 0);
  assert.ok(of("privacy-breach").bridged.mean < 0);
  assert.ok(
    of("data-inconsistency").reconciliation.mean > of("data-inconsistency", true).reconciliation.mean,
  );
  assert.deepEqual(audits.map(({ event }) => event), ["adapter-upgrade", "data-inconsistency"]);
});

Deno.test("an event keeps the scenario's own shocks, is dated from the opening, and ends early where an audit finds it", () => {
  const own = small("interop", {
    set: ["shocks=[{ event: spread-jump, fromDay: 1, untilDay: 5, plusBps: 100 }]"],
  }).scenario;
  const [upgrade] = shippedProjectEvents();
  const [set] = eventSettings(own, upgrade, { openingDay: 30, withAudit: true });
  const shocks = JSON.parse(set.slice("shocks=".length));
  assert.deepEqual(shocks[0], { event: "spread-jump", fromDay: 1, untilDay: 5, plusBps: 100 });
  assert.deepEqual(
    shocks.slice(1).map((
      { fromDay, untilDay }: { fromDay: number; untilDay: number },
    ) => [fromDay, untilDay]),
    [[210, 217], [210, 217]],
  );
  const cap = shippedProjectEvents().find(({ name }) => name === "cost-cap")!;
  assert.deepEqual(eventSettings(own, cap, { openingDay: 0, withAudit: false }), [
    "rulebook.allInCostCapBps=1200",
    "rulebook.allInCostCapFrom=2019-12-28",
  ]);
});

Deno.test("a file of events that says what is not there is refused with its line", () => {
  const text = "title: Events\nevents:\n  - { name: x1, title: Some, source: none, afterOpeningDay: 3 }\n";
  assert.throws(() => readProjectEvents(text, "own.yaml"), /own\.yaml:3/);
});
