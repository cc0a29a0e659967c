// Every parameter of a source of money must be able to move a result where all sources are used.

import assert from "node:assert/strict";
import { differenceFrom } from "#/sim/testing/first_difference.ts";
import { bookOf, small } from "#/sim/testing/worlds.ts";
import { allSources } from "#/sim/testing/funded.ts";
import { run } from "./run.ts";

/**
 * A called line is repaid where there is cash to repay it with: see phases/treasury_test.ts. What stands behind notes needs
 * income that is left over, or lacks, and a pool that runs out: see phases/trust_test.ts.
 */
const elsewhere = [
  "bankLine.cureDays",
  ...["reserveBps", "liquidityBps", "liquiditySpreadBps", "cleanUpBps"].map((key) => `abs.${key}`),
];

/** Another value of each parameter, by its path below the issuer. */
const others: Record<string, number | string | boolean | number[]> = {
  "bankLine.active": false,
  "bankLine.commitmentCny": 20_000_000_000,
  "bankLine.spreadBps": 300,
  "bankLine.commitmentFeeBps": 50,
  "bankLine.secured": false,
  "bankLine.advanceRateBps": 5_000,
  "bankLine.eligibleDpd": 1,
  "bankLine.late90MaxBps": 10_000,
  "bankLine.netAssetsMinCny": 80_000_000_000_000,
  "uncommittedLine.active": false,
  "uncommittedLine.limitCny": 1_000_000_000,
  "uncommittedLine.spreadBps": 200,
  "uncommittedLine.noticeDays": 2,
  "shareholderLoan.active": false,
  "shareholderLoan.commitmentCny": 1_000_000_000,
  "shareholderLoan.spreadBps": 600,
  "jointLoan.active": false,
  "jointLoan.poolFromBps": 500,
  "jointLoan.poolShareBps": 1_000,
  "jointLoan.contributionBps": 3_000,
  "jointLoan.serviceFeeBps": 1_000,
  "abs.active": false,
  "abs.firstDay": 9,
  "abs.everyDays": 30,
  "abs.issues": 1,
  "abs.poolFromBps": 3_500,
  "abs.poolShareBps": 1_000,
  "abs.investedBps": 6_000,
  "abs.issueMaxCny": 500_000_000,
  "abs.seniorBps": 6_000,
  "abs.mezzanineBps": 500,
  "abs.seniorSpreadBps": 200,
  "abs.mezzanineSpreadBps": 600,
  "abs.issueFeeBps": 150,
  "abs.trusteeFeeBps": 50,
  "abs.revolvingDays": 120,
  // Below or above what the pool of the issuer comes to.
  "abs.defaultMaxBps": [0, 3_000],
  "abs.paymentMinBps": 9_000,
  "abs.structure": "proRata",
  "privatePlacement.active": false,
  "privatePlacement.amountCny": 1_000_000_000,
  "privatePlacement.issueDay": 12,
  "privatePlacement.termDays": 40,
  "privatePlacement.spreadBps": 500,
  "privatePlacement.placementFeeBps": 200,
  "privatePlacement.ticketCny": 5_000_000,
  "privatePlacement.poolFromBps": 2_500,
  "privatePlacement.poolShareBps": 100,
  "privatePlacement.advanceRateBps": 1_000,
  "supplierFinance.active": false,
  "supplierFinance.limitCny": 200_000_000,
  "supplierFinance.uptakeBps": 500,
  "supplierFinance.discountBps": 1_200,
  "supplierFinance.termDays": 30,
};

const fundedSettings = [
  ...(["jd", "ant"] as const).flatMap((issuer) => [
    ...allSources(issuer),
    `funding.${issuer}.bankLine.late90MaxBps=0`,
    `funding.${issuer}.privatePlacement.amountCny=20000000000`,
    `funding.${issuer}.privatePlacement.ticketCny=100000000`,
  ]),
  // As many lines of one issuer as of the other, or too few would be written off.
  "population.baitiaoUsersBps=5000",
  "world.history.set.population.baitiaoUsersBps=5000",
  "credit.baitiao.chargeOffDpd=60",
  "credit.huabei.chargeOffDpd=60",
  "behaviour.forgetBps=1500",
  "behaviour.cureBpsPerDay=100",
  "shocks=[{ event: notice-given, fromDay: 30, untilDay: 80, issuer: jd }, " +
  "{ event: notice-given, fromDay: 30, untilDay: 80, issuer: ant }]",
];

/** Most acts within weeks; what does not is looked for in the longer run. */
const [brief, funded] = [45, 130].map((days) =>
  small("baseline", { shoppers: 400, days, set: fundedSettings })
);

Deno.test("every parameter of every source moves a result where all sources are used", () => {
  const openingBook = bookOf(funded);
  const differsWith = [brief, funded].map((supposed) => {
    const differs = differenceFrom(supposed, { openingBook });
    return (change: (funding: typeof funded.scenario.funding) => void) => {
      const scenario = structuredClone(supposed.scenario);
      change(scenario.funding);
      return differs({ ...supposed, scenario });
    };
  });
  const still: string[] = [];
  for (const issuer of ["jd", "ant"] as const) {
    const sources = Object.entries(funded.scenario.funding[issuer]).filter(([, it]) =>
      typeof it === "object"
    );
    const named = sources.flatMap(([source, it]) => Object.keys(it).map((key) => `${source}.${key}`));
    assert.deepEqual(
      [...Object.keys(others), ...elsewhere].sort(),
      named.sort(),
      "each parameter has another value above",
    );
    for (const [path, value] of Object.entries(others)) {
      const [source, key] = path.split(".");
      const moves = differsWith.some((differs) =>
        (Array.isArray(value) ? value : [value]).some((other) =>
          differs((funding) => {
            // deno-lint-ignore no-explicit-any
            const terms = (funding[issuer] as any)[source];
            assert.notEqual(terms[key], other, path);
            terms[key] = other;
          })
        )
      );
      if (!moves) still.push(`${issuer}.${path}`);
    }
  }
  assert.deepEqual(still, [], "these move nothing");
});

Deno.test("the rail of notes moves a result where there are notes", () => {
  const openingBook = bookOf(funded);
  const hashes = (["atOnce", "dns", "rtgs"] as const).map((rail) => {
    const scenario = structuredClone(funded.scenario);
    scenario.clearing.flows.abs = rail;
    return run({ ...funded, scenario }, 0, { openingBook }).hash;
  });
  assert.equal(new Set(hashes).size, 3);
});
