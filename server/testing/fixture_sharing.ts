// A result of the sharing experiment for tests of its page: numbers of no meaning, each sign once.

import type { Estimate } from "#/sim/experiments/analyse.ts";
import { issuers, sharingCases, type SharingResult } from "#/sim/experiments/sharing.ts";
import { sharingRules } from "#/model/sharing/rules/registry.ts";

const about = (mean: number, width: number): Estimate => ({
  mean,
  low: mean - width,
  high: mean + width,
  n: 4,
});

/** All rules, both issuers. */
export function fixtureSharing(): SharingResult {
  return {
    stepPoints: 40,
    everywhere: false,
    replications: 4,
    rules: sharingCases.map(({ rule, terms }, k) => ({
      rule,
      title: sharingRules[rule].title,
      terms,
      lossBps: 38 + k,
      unlawful: k === 2 ? 5e8 : 0,
      effects: issuers.map((issuer, i) => ({
        issuer,
        approvalAcross: 0.7 + 0.02 * k,
        approvalChange: k === 0 ? null : about(0.02 * k, 0.01),
        jointCredit: 4e11,
        lossBy: 5e9 + 1e9 * i,
        lossChange: k === 0 ? null : about((i === 0 ? 1 : -1) * 2e8 * k, 1e8),
        resultChange: k === 0 ? null : about((i === 0 ? -1 : 1) * 2e8 * k, 1e8),
        careless: {
          own: about(1e8 * (k - 2 * i), 6e7),
          beyondReference: k === 0 ? null : about(1e8 * k, 6e7),
          partner: about(-5e7, 4e7),
          jointLoss: about(9e7, 2e7),
        },
      })),
    })),
  };
}
