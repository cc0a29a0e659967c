// What a sharing rule does to each issuer against today's rule: approvals across the bridge, the loss that it bears, the gain from carelessness.

import { type ChartOptions, frame } from "#/server/charts/chart.ts";
import { byRule } from "#/server/charts/sharing/by_rule.ts";
import { shareTick, tick } from "#/server/format.ts";
import { partyWord } from "#/server/words.ts";
import { issuers, type RuleEffect, type SharingResult } from "#/sim/experiments/sharing.ts";

const kinds = {
  approvals: {
    read: ({ approvalChange }: RuleEffect) => approvalChange,
    label: "approved of wants across, share →",
    tickFormat: shareTick,
    caption: "Change of the share of credit wants across the bridge that an issuer approves",
    title: (most: string) => `Who bears less approves more: most under ${most}`,
  },
  losses: {
    read: ({ lossChange }: RuleEffect) => lossChange,
    label: "loss borne, CNY →",
    tickFormat: tick,
    caption: "Change of the loss that an issuer bears",
    title: (most: string) => `Losses move most under ${most}`,
  },
  incentives: {
    read: ({ careless }: RuleEffect) => careless.beyondReference,
    label: "gain from carelessness beyond today's rule, CNY →",
    tickFormat: tick,
    caption: "What the same loosening of the cut-off does more to an issuer's own result",
    title: (most: string) => `Carelessness is rewarded or punished most under ${most}`,
  },
} as const;

/** A dot and an interval for each rule but the reference, and each issuer. */
export function shifts({ rules }: SharingResult, kind: keyof typeof kinds): ChartOptions {
  const { read, label, tickFormat, caption, title } = kinds[kind];
  const compared = rules.slice(1);
  const rows = compared.flatMap(({ rule, effects }) =>
    effects.map((effect) => {
      const { mean, low, high } = read(effect)!;
      return { rule, issuer: partyWord(effect.issuer), mean, low: low ?? mean, high: high ?? mean };
    })
  );
  const most = rows.reduce((a, b) => Math.abs(b.mean) > Math.abs(a.mean) ? b : a).rule;
  return frame({
    title: title(most),
    caption: `${caption}, against today's rule (${
      rules[0].rule
    }); paired over replications, lines are 95 % intervals.`,
    ...byRule(rows, compared),
    x: { label, labelArrow: "none", tickFormat, ticks: 4, grid: true, nice: true },
    y: { label: null, domain: issuers.map(partyWord), axis: null },
  });
}
