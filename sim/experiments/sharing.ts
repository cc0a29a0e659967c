// The sharing experiment: what each rule does to each issuer's approvals and losses, and whether an issuer gains by being careless.

import { type SharingRuleName, sharingRules } from "#/model/sharing/rules/registry.ts";
import { type Estimate, pairedEstimate } from "#/sim/experiments/analyse.ts";
import type { Case, Evaluate, Values } from "#/sim/experiments/evaluate.ts";

/** The two issuers. */
export const issuers = ["jd", "ant"] as const;
/** One of them. */
export type Issuer = typeof issuers[number];

/** The rules as they are compared, each with terms of its own; the first is the reference. */
export const sharingCases: readonly { rule: SharingRuleName; terms: string; set: Case }[] = [
  { rule: "originator", terms: "today's rule", set: ["sharing={ rule: originator }"] },
  {
    rule: "marketShare",
    terms: "no floor, true-up monthly",
    set: ["sharing={ rule: marketShare, originatorFloorBps: 0 }", "jointLosses.trueUp=monthly"],
  },
  {
    rule: "quotaShare",
    terms: "partner 50 %",
    set: ["sharing={ rule: quotaShare, partnerBps: 5000 }"],
  },
  {
    rule: "layered",
    terms: "first 10 bps the lender, to 60 bps the market, above it a fund of 10 bps, then the market",
    set: [
      "sharing={ rule: layered, attachmentBps: 10, detachmentBps: 60, originatorFloorBps: 0 }",
      "jointLosses.fund.contributionBps=10",
      "jointLosses.remainder=marketShare",
    ],
  },
  {
    rule: "excessOfLoss",
    terms: "partner above 10 bps, up to 60 bps more",
    set: ["sharing={ rule: excessOfLoss, retentionBps: 10, limitBps: 60 }"],
  },
];

/** Loans late for 90 days are written off, so that their loss shows within the run. */
export const writtenOffEarly: Case = ["credit.baitiao.chargeOffDpd=90", "credit.huabei.chargeOffDpd=90"];

/** Settings of every side: cut-offs follow the loss borne, and losses show in time. */
export const sharingSettings: Case = ["jointLosses.lossResponseBps=10000", ...writtenOffEarly];

/** What a rule does to one issuer. Differences are paired, replication by replication. */
export interface RuleEffect {
  issuer: Issuer;
  /** Level of its approvals across the bridge, and against the reference rule; shares. */
  approvalAcross: number;
  approvalChange: Estimate | null;
  /** Lent across, CNY; loss that it bears, CNY, and against the reference. */
  jointCredit: number;
  lossBy: number;
  lossChange: Estimate | null;
  /** Its own result, against the reference, CNY. */
  resultChange: Estimate | null;
  /** Its cut-off lowered by the step: its own result, its partner's, and the loss of the joint book, against the same rule without. */
  careless: {
    own: Estimate;
    /** Its own result again, less what the same step does to it under the reference rule: what the rule itself invites to. */
    beyondReference: Estimate | null;
    partner: Estimate;
    jointLoss: Estimate;
  };
}

/** One rule. */
export interface RuleResult {
  rule: SharingRuleName;
  title: string;
  terms: string;
  /** Loss of the joint book in bps of joint credit. */
  lossBps: number;
  /** Borne beyond contributions without a licence for it, both issuers, CNY. */
  unlawful: number;
  effects: RuleEffect[];
}

/** What the experiment found. */
export interface SharingResult {
  stepPoints: number;
  /** Whether cut-offs were lowered at home, too. */
  everywhere: boolean;
  replications: number;
  rules: RuleResult[];
}

const lowered = (issuer: Issuer, stepPoints: number, everywhere: boolean): Case => [
  `scoring.cutoffStep.${issuer}.acrossPoints=${-stepPoints}`,
  ...(everywhere ? [`scoring.cutoffStep.${issuer}.ownPoints=${-stepPoints}`] : []),
];

/**
 * Runs every rule as it is, with JD less careful and with Ant less careful.
 *
 * Shapes and units: `stepPoints` whole, above 0; `evaluate` of a scenario with {@link sharingSettings}. Errors: `RangeError` for a step that is not, those of `evaluate`.
 */
export async function sharingExperiment(
  evaluate: Evaluate,
  { stepPoints, everywhere = false }: { stepPoints: number; everywhere?: boolean },
): Promise<SharingResult> {
  if (!Number.isSafeInteger(stepPoints) || stepPoints < 1) {
    throw new RangeError(`Cannot lower a cut-off by ${stepPoints} points: a whole number above 0 is needed`);
  }
  const cases = sharingCases.flatMap(({ set }) => [
    set,
    ...issuers.map((issuer) => [...set, ...lowered(issuer, stepPoints, everywhere)]),
  ]);
  const found = await evaluate(cases);
  const at = (k: number) => found.slice(3 * k, 3 * k + 3);
  const [reference] = at(0);
  const rules = sharingCases.map(({ rule, terms }, k): RuleResult => {
    const [base, ...careless] = at(k);
    return {
      rule,
      title: sharingRules[rule].title,
      terms,
      lossBps: 10_000 * meanOf(base, jointLoss) / Math.max(1, meanOf(base, jointCredit)),
      unlawful: meanOf(base, (it) => it["unlawfulEnhancement.jd"] + it["unlawfulEnhancement.ant"]),
      effects: issuers.map((issuer, i) =>
        effectOf(issuer, {
          ...{ base, careless: careless[i], reference, isFirst: k === 0 },
          carelessReference: at(0)[1 + i],
        })
      ),
    };
  });
  return { stepPoints, everywhere, replications: reference.length, rules };
}

function effectOf(
  issuer: Issuer,
  { base, careless, reference, carelessReference, isFirst }: {
    base: Values[];
    careless: Values[];
    reference: Values[];
    carelessReference: Values[];
    isFirst: boolean;
  },
): RuleEffect {
  const of = (name: string) => (it: Values) => it[`${name}.${issuer}`];
  const gainsOf = (loose: Values[], strict: Values[]) =>
    loose.map((it, k) => of("resultOf")(it) - of("resultOf")(strict[k]));
  const partner = issuers[1 - issuers.indexOf(issuer)];
  const change = (read: (it: Values) => number) => isFirst ? null : paired(base, reference, read);
  return {
    issuer,
    approvalAcross: meanOf(base, of("approvalRateAcross")),
    approvalChange: change(of("approvalRateAcross")),
    jointCredit: meanOf(base, of("jointCredit")),
    lossBy: meanOf(base, of("lossBy")),
    lossChange: change(of("lossBy")),
    resultChange: change(of("resultOf")),
    careless: {
      own: paired(careless, base, of("resultOf")),
      beyondReference: isFirst
        ? null
        : pairedEstimate(gainsOf(careless, base), gainsOf(carelessReference, reference))!,
      partner: paired(careless, base, (it) => it[`resultOf.${partner}`]),
      jointLoss: paired(careless, base, jointLoss),
    },
  };
}

const jointLoss = (it: Values): number => it["jointLoss.jd"] + it["jointLoss.ant"];
const jointCredit = (it: Values): number => it["jointCredit.jd"] + it["jointCredit.ant"];
const meanOf = (runs: Values[], read: (it: Values) => number): number =>
  runs.reduce((sum, it) => sum + read(it), 0) / runs.length;
const paired = (compared: Values[], base: Values[], read: (it: Values) => number): Estimate =>
  pairedEstimate(compared.map(read), base.map(read))!;

/** What an estimate says of a gain: no is as certain as yes, and without an interval nothing is. */
export function gainWord({ low, high }: Estimate): "gains" | "loses" | "open" {
  if (low === null || high === null) return "open";
  return low > 0 ? "gains" : high < 0 ? "loses" : "open";
}
