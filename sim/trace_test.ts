import assert from "node:assert/strict";
import { layers, reasons } from "#/model/reasons.ts";
import { runSmall, small } from "#/sim/testing/worlds.ts";
import type { TraceEvent } from "./trace.ts";

/** All events of a day, everybody followed in turn, want by want. */
function followAll(set: string[], { people = 400, day = 0 } = {}): TraceEvent[][] {
  const supposed = small("interop", { shoppers: people, days: day + 1, set });
  const wants: TraceEvent[][] = [];
  for (let shopper = 0; shopper < people; shopper++) {
    const { trace } = runSmall(supposed, { trace: { shopper, day } });
    for (const want of new Set(trace.map(({ want }) => want))) {
      wants.push(trace.filter((event) => event.want === want));
    }
  }
  return wants;
}
const strict = [
  "identity.consents.recogniseBps=0",
  "identity.unlinkedCapCny=20",
  "fraud.velocityMaxInWindow=1",
  "fraud.velocityWindowMinutes=1440",
  "fraud.points.velocity=100",
  "scoring.cutoffPoints=540",
  "acceptance.huabei.jd-mall.failurePpm=500000",
  "demand.abandonPerStepBps=1000",
];
const wants = followAll(strict, { people: 300 });

Deno.test("a followed want begins with itself and passes the layers in their order", () => {
  assert.ok(wants.length > 100);
  for (const events of wants) {
    assert.equal(events[0].layer, "want");
    assert.equal(events[0].verdict, "passed");
    assert.deepEqual(Object.keys(events[0].saw), ["minute", "amountFen", "merchant", "returned"]);
  }
});

Deno.test("a want that reaches the layers of credit has a step for each up to the one that refuses, and what each saw", () => {
  let refused = 0, whole = 0;
  for (const events of wants) {
    const from = events.findIndex(({ layer, saw }) => layer === "accept" && "mode" in saw);
    if (from < 0) continue;
    const end = events.findIndex(({ verdict }, k) => k >= from && verdict !== "passed");
    const steps = events.slice(from, end < 0 ? undefined : end + 1);
    const inOrder = layers.slice(0, steps.length);
    assert.deepEqual(steps.slice(0, inOrder.length).map(({ layer }) => layer), inOrder);
    for (const { saw } of steps) assert.ok(Object.keys(saw).length > 0);
    // Each other step of the want stands after these: another line tried, or a debit card.
    assert.equal(events.slice(1, from).filter(({ layer }) => layer !== "accept").length, 0);
    if (end < 0) whole++;
    else refused++;
  }
  assert.ok(refused > 10 && whole > 5, `${refused} refused, ${whole} passed`);
});

Deno.test("every refusal is one of the closed list, of its layer, with the text that the shopper is shown", () => {
  const seen = new Set<string>();
  for (const { layer, verdict, shopperText } of wants.flat()) {
    if (verdict === "passed") {
      assert.equal(shopperText, undefined);
      continue;
    }
    const known = reasons.find(({ name }) => name === verdict);
    assert.equal(layer, known?.layer, verdict);
    assert.equal(shopperText, known?.shopperText, verdict);
    seen.add(verdict);
  }
  for (
    const name of ["not-accepted", "no-line", "abandoned", "no-consent", "velocity", "score-below-cutoff"]
  ) {
    assert.ok(seen.has(name), `nobody was refused for ${name}`);
  }
});

Deno.test("nothing is written of other shoppers or other days", () => {
  const supposed = small("interop", { shoppers: 400, days: 3 });
  const { trace, world } = runSmall(supposed, { trace: { shopper: 7, day: 9 } });
  assert.deepEqual(trace, []);
  assert.equal(world.trace?.shopper, 7);
  assert.deepEqual(runSmall(supposed).trace, []);
});
