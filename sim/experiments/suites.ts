// Runs the cases of a stress suite, in threads, through the store of results.

import type { Suite } from "#/scenarios/suite_schema.ts";
import { type EvaluateOptions, evaluator } from "#/sim/experiments/evaluate.ts";
import type { SuiteValues } from "#/sim/experiments/goldens.ts";

/** Runs every case of a suite. Errors: those of `evaluator`. */
export async function runSuite(
  { cases, seed, shoppers, days, replications }: Suite,
  options:
    & Pick<EvaluateOptions, "workers" | "store" | "openings" | "engine" | "runner" | "pool" | "onNote">
    & {
      onRun?: (done: number) => void;
    } = {},
): Promise<SuiteValues> {
  const { onRun, ...rest } = options;
  const values: SuiteValues = {};
  let before = 0;
  for (const scenario of new Set(cases.map((it) => it.scenario))) {
    const own = cases.filter((it) => it.scenario === scenario);
    const evaluate = evaluator(scenario, {
      ...rest,
      ...{ seed, shoppers, days, replications },
      onRun: ({ done }) => onRun?.(before + done),
    });
    const found = await evaluate(own.map(({ set }) => set));
    own.forEach(({ name }, i) => values[name] = found[i]);
    before += own.length * replications;
  }
  return values;
}
