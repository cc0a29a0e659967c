import assert from "node:assert/strict";
import { smallWorld, typed } from "#/commands/testing/typed.ts";
import { inWords, withholdingVerb } from "./withholding.ts";

Deno.test("the withholding game is told with what each pair costs, what neither leaves and where best answers end", () => {
  const each = (jd: number, ant: number): [number, number] => [1_000_000 * (3 - jd), 1_000_000 * (3 - ant)];
  const found = {
    costs: [0, 1, 2].map((jd) => [0, 1, 2].map((ant) => each(jd, ant))),
    delayMinutes: [[1, 2, 3], [4, 5, 6], [7, 8, 900]],
    equilibria: [[2, 2]] as [number, number][],
    fromPrompt: [2, 2] as [number, number],
  };
  const text = inWords("g2", found);
  assert.match(text, /pays at once +pays at once +CNY 3\.00 m +CNY 3\.00 m +CNY 6\.00 m +1 min/);
  assert.match(text, /Neither leaves: JD pays late in the day and Ant pays late in the day\.\n/);
  assert.match(text, /best answers end where JD pays late in the day and Ant pays late in the day\.$/);
  const round = inWords("g2", { ...found, equilibria: [], fromPrompt: null });
  assert.match(round, /No pair of choices is one that neither leaves\.\n.*best answers go round/);
});

Deno.test("every pair of choices of a small world is run, and the table is the game's", async () => {
  const { out } = await typed(withholdingVerb(), [
    ...["--shoppers", "400", "--days", "3", "--json", "--quiet", ...smallWorld],
  ]);
  const { choices, costs, delayMinutes } = JSON.parse(out);
  assert.deepEqual(choices, ["prompt", "untilIncoming", "late"]);
  assert.deepEqual(costs.map((row: unknown[]) => row.length), [3, 3, 3]);
  assert.ok(delayMinutes[2][2] > delayMinutes[0][0] + 60);
});
