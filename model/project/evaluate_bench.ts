// How long plans take on given flows: 1,000 evaluations in at most 2 s are asked for.

import { planDesk } from "./evaluate.ts";
import { plainPlan } from "./testing.ts";

const [plan, flows] = plainPlan();
const bonds = {
  ...{
    kind: "projectBonds" as const,
    name: "bonds",
    amountFen: 900_000_000,
    at: { month: 1 },
    rateBps: 600,
    feeBps: 100,
  },
  ...{ tenorMonths: 50, graceMonths: 9, isInterestCapitalisedInGrace: false, isRingFenced: false },
  ...{
    repayment: { shape: "sculpted" as const, targetDscrBps: 13_000 },
    issuer: "project" as const,
    placement: "private" as const,
  },
};
const desk = planDesk({ ...plan, sources: [...plan.sources, bonds] }, flows);

Deno.bench("evaluate a plan with equity and sculpted bonds 1,000 times, each on other revenue", () => {
  for (let i = 0; i < 1_000; i++) desk.evaluate({ revenueFactor: 0.8 + i / 2_500 });
});
