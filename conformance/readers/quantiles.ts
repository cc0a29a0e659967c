// wb/quantiles_hyndman_fan.json: the nine types of sample quantile.

import { quantile, type QuantileType } from "#/model/statistics/quantile.ts";
import { type CaseResult, examine, near, unreadMembers } from "../case.ts";

interface File {
  p: number[];
  sets: { data: number[]; types: Record<string, number[]> }[];
}

/** Reads a case for each sample and type, over all probabilities. */
export function quantileCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as File;
  return file.sets.flatMap(({ data, types, ...rest }, set) => [
    ...unreadMembers(`sample ${set}`, rest, []),
    ...Object.entries(types).map(([type, expected]) =>
      examine(`sample ${set} type ${type}`, () => {
        if (expected.length !== file.p.length) {
          throw new RangeError(`${expected.length} answers for ${file.p.length} probabilities`);
        }
        for (const [i, p] of file.p.entries()) {
          const own = quantile(data, p, { type: Number(type) as QuantileType });
          near(own, expected[i], { tolerance: 1e-12, what: `the quantile at ${p}` });
        }
      })
    ),
  ]).concat(unreadMembers("", file, ["p", "sets"]));
}
