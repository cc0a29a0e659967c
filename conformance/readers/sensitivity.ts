// wb/sobol_indices_analytic.json and saltelli_salib.json: Sobol' indices.

import { preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
import { sobolIndices } from "#/model/statistics/sensitivity/sobol_indices.ts";
import { type CaseResult, examine, leftOut, near, unread, unreadMembers } from "../case.ts";
import { at, ishigami, type Point, seed } from "./test_functions.ts";

interface AnalyticCase {
  S1?: number[];
  ST?: number[];
  S2?: Record<string, number>;
  mean?: number;
  variance?: number;
  a?: number | number[];
  b?: number;
  c?: number[];
  mu?: number[];
  sigma?: number[];
  /** Squared coefficients of variation of the factors of a product. */
  cv2?: number[];
  /** Variances that single inputs, or several together, explain: V1, V13. */
  [part: `V${number}`]: number;
}

const normal = (u: number) => preciseNormalQuantile(Math.min(Math.max(u, 1e-9), 1 - 1e-9));

/** The functions of the set by its names. */
const functions: Record<
  string,
  (one: AnalyticCase) => { dims: number; of: (u: Point) => number } | undefined
> = {
  ishigami: ({ a = 7, b = 0.1 }) => ({ dims: 3, of: ishigami(Number(a), b) }),
  sobol_g: ({ a }) =>
    Array.isArray(a)
      ? {
        dims: a.length,
        of: (u) => a.reduce((all, ai, i) => all * (Math.abs(4 * u[i] - 2) + ai) / (1 + ai), 1),
      }
      : undefined,
  linear_uniform: ({ c = [] }) => ({
    dims: c.length,
    of: (u) => c.reduce((sum, weight, i) => sum + weight * u[i], 0),
  }),
  product2: () => ({ dims: 2, of: ([x, y]) => x * y }),
  product_normal: ({ mu = [], sigma = [] }) => ({
    dims: 2,
    of: (u) => (mu[0] + sigma[0] * normal(u[0])) * (mu[1] + sigma[1] * normal(u[1])),
  }),
  additive_exp: () => ({ dims: 2, of: ([x, y]) => Math.exp(x) + y }),
  bnpl_expected_loss: () => ({
    dims: 3,
    of: ([ead, pd, lgd]) => (80 + 40 * ead) * (0.01 + 0.04 * pd) * (0.3 + 0.4 * lgd),
  }),
};

/** Holds when an own index lies within its own interval, made three times as wide, or within 0.01. */
function covers(own: { value: number; standardError: number }, expected: number, what: string): void {
  const room = Math.max(0.01, 4 * own.standardError);
  if (!(Math.abs(own.value - expected) <= room)) {
    throw new RangeError(`${what} is ${own.value} ± ${own.standardError}, expected ${expected}`);
  }
}

/** The deviation of a variance of one outcome, as a share of it: large where an outcome has rare heights. */
function varianceError(y: Float64Array, { mean, variance }: { mean: number; variance: number }): number {
  const fourth = y.reduce((sum, value) => sum + (value - mean) ** 4, 0) / y.length;
  return Math.sqrt(fourth / variance ** 2 - 1);
}

/** Reads closed forms: our estimate from 8,192 base rows must agree within its own error. */
export function analyticIndexCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as Record<string, AnalyticCase & { cases?: AnalyticCase[] }>;
  return Object.entries(file).flatMap(([name, entry]) => {
    if (Array.isArray(entry) || typeof entry !== "object") return unreadMembers("", { [name]: entry }, []);
    const cases = entry.cases ?? [entry];
    return cases.flatMap((one, i) => {
      const label = entry.cases ? `${name} ${i}` : name, made = functions[name]?.(one);
      if (!made) return unread(label, name);
      const strange = unreadMembers(label, one, [
        ...["S1", "ST", "S2", "mean", "variance", "a", "b", "c", "mu", "sigma", "cv2", /^V[1-9]{1,2}$/],
      ]);
      return [
        examine(label, () => {
          const points = saltelliDesign({ baseRows: 8_192, dims: made.dims, isSecondOrder: true, seed });
          const y = at(points, made.dims, made.of);
          const own = sobolIndices(y, {
            dims: made.dims,
            isSecondOrder: true,
            resamples: 200,
            seed,
          });
          for (const [d, expected] of (one.S1 ?? []).entries()) {
            covers(own.first[d], expected, `S1 of input ${d + 1}`);
          }
          for (const [d, expected] of (one.ST ?? []).entries()) {
            covers(own.total[d], expected, `ST of input ${d + 1}`);
          }
          for (const [pair, expected] of Object.entries(one.S2 ?? {})) {
            const [x, y] = pair.split(":").map((input) => Number(input.slice(1)) - 1);
            const found = own.second.find(({ i, j }) => i === x && j === y);
            if (!found) throw new RangeError(`no index of the pair ${pair}`);
            covers(found, expected, `S2 of ${pair}`);
          }
          if (one.mean !== undefined) {
            near((own.mean - one.mean) / Math.sqrt(own.variance), 0, {
              tolerance: 0.02,
              what: "mean less the exact one, in deviations",
            });
          }
          if (one.variance !== undefined) {
            near(own.variance / one.variance, 1, {
              tolerance: Math.max(0.02, 4 * varianceError(y, own) / Math.sqrt(8_192)),
              what: "variance over the exact one",
            });
          }
        }),
        ...closedParts(label, one),
        ...strange,
      ];
    });
  });
}

/** What a case says of its own parts: explained variances are indices times the variance, and so are squared variations. */
function closedParts(label: string, one: AnalyticCase): CaseResult[] {
  const { S1 = [], S2 = {}, ST = [], variance = NaN, mean = NaN } = one;
  const parts = Object.entries(one).filter(([key]) => /^V[1-9]{1,2}$/.test(key));
  const meets = (own: number, expected: number, what: string) =>
    near(own, expected, { tolerance: 1e-9, what });
  return [
    ...parts.map(([key, value]) =>
      examine(`${label} ${key}`, () => {
        const [, i, j] = key, index = j === undefined ? S1[Number(i) - 1] : S2[`x${i}:x${j}`];
        meets(index * variance, value, "its index times the variance");
      })
    ),
    ...one.cv2 === undefined ? [] : [examine(`${label} cv2`, () => {
      // Of a product each factor's variance multiplies with the others' squares.
      const whole = one.cv2!.reduce((all, part) => all * (1 + part), 1);
      meets((whole - 1) * mean * mean, variance, "the variance");
      for (const [i, part] of one.cv2!.entries()) {
        meets(part / (whole - 1), S1[i], `S1 of input ${i + 1}`);
        meets(part / (whole - 1) * whole / (1 + part), ST[i], `ST of input ${i + 1}`);
      }
    })],
  ];
}

interface SaltelliRun {
  N: number;
  rows: number;
  meanY: number;
  varY: number;
  S1: number[];
  ST: number[];
  S2: [number, number, number][];
  S1_conf_seed1?: number[];
  ST_conf_seed1?: number[];
}

/** Fewest base rows of which a hundred resamples tell a half-width to a quarter. */
const halfWidthRowsMin = 64;

/** Reads designs point by point, of any number of base rows and inputs, and indices of Ishigami's function to 1e-9. */
export function saltelliCases(text: string): CaseResult[] {
  const { bounds_pi: isTurned = true, ...file } = JSON.parse(text) as Record<string, unknown>;
  return Object.entries(file).flatMap(([part, given]): CaseResult[] => {
    const [, baseRows, order] = /^design_N(\d+)_(first|second)_order$/.exec(part) ?? [];
    if (baseRows) {
      return [saltelliPoints(given as number[][], { baseRows: Number(baseRows), order, isTurned })];
    }
    const [, a, b] = /^ishigami_a(\d+(?:\.\d+)?)_b(0\d*|\d+\.\d+)$/.exec(part) ?? [];
    if (a === undefined || !Array.isArray(given)) return unreadMembers("", { [part]: given }, []);
    // "b01" is 0.1.
    const of = ishigami(Number(a), Number(b.replace(/^0(?=\d)/, "0.")));
    return (given as SaltelliRun[]).flatMap((one) => saltelliRun(one, of));
  });
}

function saltelliPoints(
  expected: number[][],
  { baseRows, order, isTurned }: { baseRows: number; order: string; isTurned: unknown },
): CaseResult {
  const isSecondOrder = order === "second", dims = expected[0].length;
  return examine(`design of ${baseRows} base rows, ${isSecondOrder ? "with" : "without"} pairs`, () => {
    const points = saltelliDesign({ baseRows, dims, isSecondOrder });
    if (points.length !== expected.length * dims) {
      throw new RangeError(`${points.length / dims} rows, expected ${expected.length}`);
    }
    for (const [i, x] of expected.flat().entries()) {
      const own = isTurned === false ? points[i] : Math.PI * (2 * points[i] - 1);
      near(own, x, { tolerance: 1e-12, what: `number ${i}` });
    }
  });
}

function saltelliRun(one: SaltelliRun, of: (u: Point) => number): CaseResult[] {
  const name = `Ishigami, ${one.N} base rows`, hasWidths = one.S1_conf_seed1 && one.ST_conf_seed1;
  return [
    examine(name, () => {
      const isSecondOrder = one.S2 !== undefined;
      const points = saltelliDesign({ baseRows: one.N, dims: 3, isSecondOrder });
      const resamples = one.N > 1_024 ? 400 : 2_000;
      const own = sobolIndices(at(points, 3, of), { dims: 3, isSecondOrder, resamples, seed });
      const check = (value: number, expected: number, what: string) =>
        near(value, expected, { tolerance: 1e-9, what });
      if (points.length !== one.rows * 3) {
        throw new RangeError(`${points.length / 3} rows, expected ${one.rows}`);
      }
      check(own.mean, one.meanY, "mean");
      check(own.variance, one.varY, "variance");
      const width = ({ standardError }: { standardError: number }, half: number, what: string) =>
        near(1.959964 * standardError / half, 1, { tolerance: 0.25, what: `half-width of ${what}` });
      for (let d = 0; d < 3; d++) {
        check(own.first[d].value, one.S1[d], `S1 of ${d}`);
        check(own.total[d].value, one.ST[d], `ST of ${d}`);
        if (one.N < halfWidthRowsMin || !hasWidths) continue;
        width(own.first[d], one.S1_conf_seed1![d], `S1 of ${d}`);
        width(own.total[d], one.ST_conf_seed1![d], `ST of ${d}`);
      }
      for (const [i, j, expected] of one.S2 ?? []) {
        check(own.second.find((pair) => pair.i === i && pair.j === j)!.value, expected, `S2 of ${i}, ${j}`);
      }
    }),
    ...hasWidths && one.N < halfWidthRowsMin
      ? [
        leftOut(
          `${name}, half-widths`,
          `resamples of fewer than ${halfWidthRowsMin} base rows differ by more`,
        ),
      ]
      : [],
    ...unreadMembers(name, one, [
      ...["N", "rows", "meanY", "varY", "S1", "ST", "S2", "S1_conf_seed1", "ST_conf_seed1"],
    ]),
  ];
}
