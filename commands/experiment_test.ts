import assert from "node:assert/strict";
import type { IntroductionResult } from "#/sim/experiments/introduction.ts";
import { experimentCommand, inWords } from "./experiment.ts";

const uplift = { estimate: 0.08, low: 0.01, high: 0.12 };
const each = {
  purchases: uplift,
  orderSize: uplift,
  amount: uplift,
  purchasesAnywhere: uplift,
  amountAnywhere: uplift,
};
const result: IntroductionResult = {
  product: "baitiao",
  treated: 40,
  control: 44,
  beforeDays: 182,
  afterDays: 182,
  fieldUplift: each,
  pairedUplift: each,
  published: [
    { measure: "purchases", published: 0.09, source: "a journal", isWithin: true, gap: -0.01 },
    { measure: "orderSize", published: 0.2, source: "a journal", isWithin: false, gap: 0.02 },
  ],
};

Deno.test("the introduction is told with both intervals, and how far it is from what is published", () => {
  const text = inWords("baseline", result);
  assert.match(text, /40 people got it after 182 days, 44 had to wait/);
  assert.match(text, /purchases at shops that take it\s+8\.00 % \(1\.00 % to 12\.0 %\)/);
  assert.match(text, /\+9\.00 %, within the field interval; the paired estimate is 1\.0 points below/);
  assert.match(text, /outside the field interval; the paired estimate is 2\.0 points above/);
});

Deno.test("an experiment or a product that does not exist is refused before anything is run", async () => {
  const typed = (...words: string[]) => {
    const command = experimentCommand();
    for (const it of [command, ...command.commands]) {
      it.exitOverride().configureOutput({ writeErr: () => {} });
    }
    return command.parseAsync(words, { from: "user" });
  };
  await assert.rejects(typed("introductions"), /allowed are introduction/);
  await assert.rejects(typed("introduction", "--product", "card"), /baitiao, huabei/);
  await assert.rejects(
    typed("introduction", "--days", "1"),
    /--days: found 1; allowed is a whole number from 2/,
  );
});
