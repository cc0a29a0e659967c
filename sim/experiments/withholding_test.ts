import assert from "node:assert/strict";
import { withholdingChoices, withholdingGame } from "#/sim/experiments/withholding.ts";
import { assertMoves, bookOf, small } from "#/sim/testing/worlds.ts";

const town = { shoppers: 2_000, days: 8 };
const prompt = withholdingChoices.indexOf("prompt"), late = withholdingChoices.indexOf("late");

function play(set: string[]) {
  const supposed = small("g2-withholding", { ...town, set });
  return withholdingGame(supposed, 0, { openingBook: bookOf(supposed) });
}

Deno.test("where credit has a price and delay next to none, both paying late is an equilibrium that costs both together more", () => {
  const { costs, delayMinutes, equilibria } = play([]);
  const isIn = (first: number, second: number) => equilibria.some(([a, b]) => a === first && b === second);
  assert.ok(isIn(late, late), `equilibria ${JSON.stringify(equilibria)}`);
  assert.ok(!isIn(prompt, prompt));
  const together = (at: number) => costs[at][at][0] + costs[at][at][1];
  assert.ok(together(late) > together(prompt));
  assert.ok(delayMinutes[late][late] > 200 && delayMinutes[prompt][prompt] < 5);
});

Deno.test("a tariff that rises at noon makes paying at once the equilibrium, where best responses end", () => {
  const { equilibria, fromPrompt } = play(["clearing.lateTariff={fromMinute: 720, chargePpm: 300}"]);
  assert.ok(equilibria.some(([a, b]) => a === prompt && b === prompt));
  assert.ok(!equilibria.some(([a, b]) => a === late && b === late));
  assert.deepEqual(fromPrompt, [prompt, prompt]);
});

Deno.test("withholding moves delay and money in use; a larger allowance shortens the wait for incoming payments", () => {
  const under = ["clearing.withholding.jd.policy=prompt", "clearing.withholding.ant.policy=prompt"];
  assertMoves("g2-withholding", ["clearing.withholding.jd.policy=late"], { bridgeDelay: "+" }, {
    ...town,
    under,
  });
  assertMoves("g2-withholding", ["clearing.withholding.ant.allowanceBps=100000"], { bridgeDelay: "-" }, {
    ...town,
    under: [...under, "clearing.withholding.ant.policy=untilIncoming", "clearing.prefundingCny=500000000"],
  });
  assertMoves("g2-withholding", ["clearing.withholding.jd.untilMinute=800"], { bridgeDelay: "-" }, town);
  assertMoves("g2-withholding", ["clearing.lateTariff={fromMinute: 720, chargePpm: 300}"], {
    "clearingCost.jd": "+",
    "resultOf.operator": "+",
  }, town);
});
