// fin/ecl.json: provision matrices as printed, the rule by stage, and what must hold of any expected credit loss.

import {
  blankRollForward,
  exposureAtDefaultFen,
  lossRate,
  provisionRates,
  rollForwardGapFen,
} from "#/model/credit/expected_loss.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

interface Case {
  id: string;
  rollInputs?: { sales: number; paid: number[]; outstanding: number[] };
  expectedLossRates?: number[];
  rates?: number[];
  balances?: number[];
  expectedECL?: number[];
  expectedTotal?: number;
  rule?: string;
}

/** Reads the provision matrices, the rule and the invariants; an invariant that nobody knows fails. */
export function expectedLossCases(text: string): CaseResult[] {
  const { cases, invariants = [] } = JSON.parse(text) as { cases: Case[]; invariants?: string[] };
  return [
    ...cases.map((one) => {
      if (one.rule !== undefined) return examine(one.id, () => checkRule(one.rule!));
      if (!one.balances || !one.expectedECL) return unread(one.id, "a case without balances or a rule");
      return examine(one.id, () => checkMatrix(one));
    }),
    ...invariants.map((said) => {
      const check = known.find(([pattern]) => pattern.test(said))?.[1];
      return check ? examine(said, check) : unread(said, "this invariant");
    }),
  ];
}

/** Whole units are printed; 112.5 is printed as 112. */
const printed = 0.5;

function checkMatrix(
  { rollInputs, expectedLossRates, rates, balances, expectedECL, expectedTotal }: Case,
): void {
  const own = rollInputs ? provisionRates(rollInputs) : rates!;
  for (const [k, rate] of (expectedLossRates ?? []).entries()) {
    near(own[k], rate, { tolerance: 1e-9, what: `the rate of bucket ${k}` });
  }
  let total = 0;
  for (const [k, expected] of expectedECL!.entries()) {
    // The last stage of a debt that is never paid is certain: probability 1, all of it lost.
    const loss = balances![k] * lossRate(1, { pd12m: 0, pdLifetime: 1, lgd: own[k] });
    if (!(Math.abs(loss - expected) <= printed + 1e-9)) {
      throw new RangeError(
        `the expected loss of bucket ${k} is ${loss}, expected ${expected} within ${printed}`,
      );
    }
    total += loss;
  }
  if (expectedTotal !== undefined && !(Math.abs(total - expectedTotal) <= printed)) {
    throw new RangeError(`the sum is ${total}, expected ${expectedTotal} within ${printed}`);
  }
}

const rates = { pd12m: 0.03, pdLifetime: 0.08, lgd: 0.6 };

/** Stage 1: (carrying + undrawn · CCF) · PD12 · LGD; stages 2 and 3 with the lifetime's PD. */
function checkRule(rule: string): void {
  if (
    !/Stage 1: ECL = carrying\*PD12\*LGD \+ undrawn\*CCF\*PD12\*LGD; Stage 2\/3\/POCI: same with lifetime PD/
      .test(rule)
  ) {
    throw new RangeError(`the rule is another one: ${rule}`);
  }
  const carrying = 80_000, undrawn = 20_000, ccf = 0.1;
  const exposure = exposureAtDefaultFen({
    carryingFen: carrying,
    undrawnFen: undrawn,
    conversionBps: ccf * 10_000,
  });
  for (const [stage, pd] of [rates.pd12m, rates.pdLifetime, rates.pdLifetime].entries()) {
    const expected = carrying * pd * rates.lgd + undrawn * ccf * pd * rates.lgd;
    near(exposure * lossRate(stage, rates), expected, { tolerance: 1e-9, what: `stage ${stage + 1}` });
  }
}

const grid = [0, 0.01, 0.2, 0.7, 1];
const holds = (claim: boolean) => {
  if (!claim) throw new RangeError("it does not hold");
};

const eachRate = (check: (rates: { pd12m: number; pdLifetime: number; lgd: number }) => void) => {
  for (const lgd of grid) {
    for (const pd12m of grid) {
      for (const more of grid) check({ pd12m, lgd, pdLifetime: Math.max(pd12m, more) });
    }
  }
};

const known: [RegExp, () => void][] = [
  [/^stage 1 ECL <= lifetime ECL/, () => eachRate((it) => holds(lossRate(0, it) <= lossRate(1, it)))],
  [
    /^moving an account from stage 1 to 2 never lowers/,
    () => eachRate((it) => holds(lossRate(1, it) - lossRate(0, it) >= 0)),
  ],
  [/^ECL is linear in EAD/, () => {
    const exposure = (carryingFen: number) =>
      exposureAtDefaultFen({ carryingFen, undrawnFen: 0, conversionBps: 1_000 });
    eachRate((it) =>
      near(exposure(30) * lossRate(0, it), 3 * exposure(10) * lossRate(0, it), {
        tolerance: 1e-12,
        what: "three times the exposure",
      })
    );
  }],
  [/^sum of stage movements = change in balances/, () => {
    const moved = { ...blankRollForward(), openingFen: 70, newFen: 9, transfersFen: -4, remeasurementFen: 6 };
    holds(rollForwardGapFen({ ...moved, writeOffsFen: 11, recoveriesFen: 3, closingFen: 67 }) === 0);
    holds(rollForwardGapFen({ ...moved, writeOffsFen: 11, recoveriesFen: 3, closingFen: 68 }) !== 0);
  }],
];
