import assert from "node:assert/strict";
import { costOf } from "#/model/funding/sources/quote.ts";
import { internalRate } from "#/model/finance/irr.ts";
import { sources } from "#/model/funding/sources/registry.ts";
import { code } from "#/sim/ledger/chart.ts";
import { assertMoves, runSmall, small } from "#/sim/testing/worlds.ts";

const size = { shoppers: 600, days: 70 };
const placed = ["funding.jd.privatePlacement.active=true", "funding.jd.privatePlacement.termDays=60"];
const early = ["funding.jd.supplierFinance.active=true", "funding.jd.supplierFinance.termDays=20"];

Deno.test("privatePlacement: the run's flows of the notes have the stated cost as their internal rate", () => {
  const supposed = small("baseline", { ...size, set: placed });
  const flows: { day: number; fen: number }[] = [];
  let lentFen = 0, costFen = 0, repaidFen = 0;
  const { world } = runSmall(supposed, {
    inspect: ({ ledger, chart, funding }, day) => {
      const { held } = chart.debts[0].privatePlacement!;
      const lent = ledger.debitsPosted[held], repaid = ledger.creditsPosted[held];
      const cost = funding.issuers[0].costFen[Object.keys(sources).indexOf("privatePlacement")];
      const fen = lent - lentFen - (repaid - repaidFen) - (cost - costFen);
      if (fen !== 0) flows.push({ day, fen });
      [lentFen, repaidFen, costFen] = [lent, repaid, cost];
    },
  });
  const terms = supposed.scenario.funding.jd.privatePlacement;
  const quote = sources.privatePlacement.quote(terms, world.today.rateBps)!;
  const found = internalRate(flows.map(({ day, fen }) => ({ years: day / 365, amount: fen })));
  assert.deepEqual(flows.map(({ day }) => day - flows[0].day), [0, 30, 60]);
  assert.ok(found.kind === "one");
  assert.ok(Math.abs(found.rate - costOf(quote)) < 1e-4, `${found.rate} is not ${costOf(quote)}`);
  assert.ok(world.ledger.turnoverFen[code.fundingInterest] > 0);
});

Deno.test("privatePlacement: notes replace the line while they run, and give the accounts back", () => {
  assertMoves("baseline", placed, {
    "sourceOwed.jd.privatePlacement": "+",
    "sourceOwed.jd.bankLine": "-",
    "resultOf.investors": "+",
    "last.sourceOwed.jd.privatePlacement": "0",
  }, size);
  const of = "funding.jd.privatePlacement.";
  for (
    const less of [
      "amountCny=500000000",
      "advanceRateBps=1000",
      "poolShareBps=100",
      "issueDay=30",
      "ticketCny=2000000",
    ]
  ) {
    assertMoves("baseline", [of + less], { "sourceOwed.jd.privatePlacement": "-" }, {
      ...size,
      under: placed,
    });
  }
  for (const dearer of ["spreadBps=800", "placementFeeBps=300"]) {
    assertMoves("baseline", [of + dearer], { "sourceCost.jd.privatePlacement": "+" }, {
      ...size,
      under: placed,
    });
  }
});

Deno.test("supplierFinance: banks pay the shops early, the issuer keeps its cash until the term is over", () => {
  assertMoves("baseline", early, {
    "sourceOwed.jd.supplierFinance": "+",
    "sourceOwed.jd.bankLine": "-",
    "sourceCost.jd.supplierFinance": "+",
  }, size);
  const of = "funding.jd.supplierFinance.";
  for (const less of ["limitCny=100000000", "uptakeBps=100", "termDays=7"]) {
    assertMoves("baseline", [of + less], { "sourceOwed.jd.supplierFinance": "-" }, { ...size, under: early });
  }
  assertMoves("baseline", [`${of}discountBps=1500`], {
    "sourceCost.jd.supplierFinance": "+",
    "resultOf.jd": "-",
  }, { ...size, under: early });
});
