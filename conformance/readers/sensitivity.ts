// wb/sobol_indices_analytic.json, saltelli_salib.json, morris.json, fast_and_given_data.json: sensitivity indices.

import { preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
import { morrisPaths } from "#/model/statistics/designs/morris.ts";
import { finiteDifferences } from "#/model/statistics/designs/finite_differences.ts";
import { givenDataDelta } from "#/model/statistics/sensitivity/delta.ts";
import { derivativeMeasures } from "#/model/statistics/sensitivity/derivative_measures.ts";
import { elementaryEffects } from "#/model/statistics/sensitivity/elementary_effects.ts";
import { fastDesign, fastIndices, rbdFast } from "#/model/statistics/sensitivity/fast.ts";
import { pawn } from "#/model/statistics/sensitivity/pawn.ts";
import { sobolIndices } from "#/model/statistics/sensitivity/sobol_indices.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

const seed = [7, 11] as const;
type Point = readonly number[];

/** Outcomes of a function at the points of a design over the unit cube. */
function at(points: Float64Array, dims: number, of: (x: Point) => number): Float64Array {
  return Float64Array.from(
    { length: points.length / dims },
    (_, row) => of([...points.subarray(row * dims, (row + 1) * dims)]),
  );
}

const ishigami = (a: number, b: number) => (u: Point) => {
  const [x, y, z] = u.map((value) => Math.PI * (2 * value - 1));
  return Math.sin(x) + a * Math.sin(y) ** 2 + b * z ** 4 * Math.sin(x);
};

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
    if (Array.isArray(entry) || typeof entry !== "object") return [];
    const cases = entry.cases ?? [entry];
    return cases.map((one, i) => {
      const label = entry.cases ? `${name} ${i}` : name, made = functions[name]?.(one);
      if (!made) return unread(label, name);
      return examine(label, () => {
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
      });
    });
  });
}

interface SaltelliFile {
  design_N8_second_order: number[][];
  design_N8_first_order: number[][];
  ishigami_a7_b01: {
    N: number;
    rows: number;
    meanY: number;
    varY: number;
    S1: number[];
    ST: number[];
    S2: [number, number, number][];
    S1_conf_seed1?: number[];
    ST_conf_seed1?: number[];
  }[];
}

/** Reads two designs point by point, and indices to 1e-9. */
export function saltelliCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as SaltelliFile;
  const design = (expected: number[][], isSecondOrder: boolean) =>
    examine(`design of 8 base rows, ${isSecondOrder ? "with" : "without"} pairs`, () => {
      const points = saltelliDesign({ baseRows: 8, dims: 3, isSecondOrder });
      if (points.length !== expected.length * 3) {
        throw new RangeError(`${points.length / 3} rows, expected ${expected.length}`);
      }
      for (const [i, x] of expected.flat().entries()) {
        near(Math.PI * (2 * points[i] - 1), x, { tolerance: 1e-12, what: `number ${i}` });
      }
    });
  return [
    design(file.design_N8_second_order, true),
    design(file.design_N8_first_order, false),
    ...file.ishigami_a7_b01.map((one) =>
      examine(`Ishigami, ${one.N} base rows`, () => {
        const points = saltelliDesign({ baseRows: one.N, dims: 3, isSecondOrder: true });
        const own = sobolIndices(at(points, 3, ishigami(7, 0.1)), {
          dims: 3,
          isSecondOrder: true,
          resamples: 400,
          seed,
        });
        const check = (value: number, expected: number, what: string) =>
          near(value, expected, { tolerance: 1e-9, what });
        if (points.length !== one.rows * 3) {
          throw new RangeError(`${points.length / 3} rows, expected ${one.rows}`);
        }
        check(own.mean, one.meanY, "mean");
        check(own.variance, one.varY, "variance");
        for (let d = 0; d < 3; d++) {
          check(own.first[d].value, one.S1[d], `S1 of ${d}`);
          check(own.total[d].value, one.ST[d], `ST of ${d}`);
          if (one.N < 512 || !one.S1_conf_seed1 || !one.ST_conf_seed1) continue;
          const ratio = (index: { standardError: number }, half: number) =>
            1.959964 * index.standardError / half;
          near(ratio(own.first[d], one.S1_conf_seed1[d]), 1, {
            tolerance: 0.25,
            what: `half-width of S1 of ${d}`,
          });
          near(ratio(own.total[d], one.ST_conf_seed1[d]), 1, {
            tolerance: 0.25,
            what: `half-width of ST of ${d}`,
          });
        }
        for (const [i, j, expected] of one.S2) {
          check(own.second.find((pair) => pair.i === i && pair.j === j)!.value, expected, `S2 of ${i}, ${j}`);
        }
      })
    ),
  ];
}

interface Measures {
  mu: number[];
  mu_star: number[];
  sigma: number[];
}
interface MorrisFile {
  saltelli2008_ex4_p138: { X: number[][]; Y: number[]; expected_book: Measures; salib: Measures };
  ishigami_10_trajectories: { X: number[][]; Y: number[]; salib: Measures };
  ishigami_exact_grid: { levels: number; params: { mu: number; mu_star: number; sigma_pop: number }[] };
}

/** Reads measures of given paths, and of so many own ones that every step of the grid is made. */
export function morrisCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as MorrisFile;
  const agrees = (
    { points, outcomes, dims }: { points: number[]; outcomes: number[]; dims: number },
    expected: Measures,
    tolerance: number,
  ) => {
    const { effects } = elementaryEffects(points, outcomes, { dims, seed });
    for (let d = 0; d < dims; d++) {
      near(effects[d].mu, expected.mu[d], { tolerance, what: `mu of ${d}` });
      near(effects[d].muStar, expected.mu_star[d], { tolerance, what: `mu* of ${d}` });
      near(effects[d].sigma, expected.sigma[d], { tolerance, what: `sigma of ${d}` });
    }
  };
  const book = file.saltelli2008_ex4_p138, paths = file.ishigami_10_trajectories;
  const given = { points: book.X.flat(), outcomes: book.Y, dims: book.X[0].length };
  return [
    examine("the book's example, as the library works it out", () => agrees(given, book.salib, 1e-9)),
    examine("the book's example, as printed", () => agrees(given, book.expected_book, 1e-2)),
    examine("ten given paths", () => {
      const points = paths.X.flat().map((x) => (x / Math.PI + 1) / 2);
      // On the grid again, so that a rounding is no step.
      agrees(
        { points: points.map((u) => Math.round(u * 3) / 3), outcomes: paths.Y, dims: 3 },
        paths.salib,
        1e-9,
      );
    }),
    examine("own paths approach the whole grid", () => {
      const points = morrisPaths({ paths: 20_000, dims: 3, levels: file.ishigami_exact_grid.levels, seed });
      const { effects } = elementaryEffects(points, at(points, 3, ishigami(7, 0.1)), {
        dims: 3,
        resamples: 0,
        seed,
      });
      for (const [d, { mu, mu_star, sigma_pop }] of file.ishigami_exact_grid.params.entries()) {
        const tolerance = 5 * sigma_pop / Math.sqrt(20_000);
        near(effects[d].mu - mu, 0, { tolerance, what: `mu of ${d} less the exact one` });
        near(effects[d].muStar - mu_star, 0, { tolerance, what: `mu* of ${d} less the exact one` });
      }
    }),
  ];
}

interface FastFile {
  fast: {
    N: number;
    M: number;
    Y: number[];
    S1: number[];
    ST: number[];
    N4097: { S1: number[]; ST: number[] };
  };
  given_data: {
    X: number[][];
    Y: number[];
    rbd_fast: { M: number; S1: number[] };
    delta: { delta_balanced: number[]; S1: number[] };
    pawn: { S: number; median: number[]; mean: number[]; maximum: number[]; minimum: number[]; CV: number[] };
  };
  dgsm: {
    N: number;
    vi: number[];
    dgsm: number[];
    exact_vi_ishigami: { a: number; b: number; v1_val: number; v2_val: number; v3_val: number };
  };
}

/** Reads extended FAST, RBD-FAST, PAWN, delta and derivative-based measures. */
export function fastCases(text: string): CaseResult[] {
  const { fast, given_data: data, dgsm } = JSON.parse(text) as FastFile;
  const each = (own: ArrayLike<number>, expected: number[], tolerance: number, what: string) => {
    for (const [d, value] of expected.entries()) near(own[d], value, { tolerance, what: `${what} of ${d}` });
  };
  return [
    examine(`extended FAST, ${fast.N} rows an input`, () => {
      const own = fastIndices(fast.Y, { rows: fast.N, dims: 3, harmonics: fast.M });
      each(own.first, fast.S1, 1e-9, "S1");
      each(own.total, fast.ST, 1e-9, "ST");
    }),
    examine("extended FAST, 4,097 rows an input, own phases", () => {
      const points = fastDesign({ rows: 4_097, dims: 3, seed });
      const own = fastIndices(at(points, 3, ishigami(7, 0.1)), { rows: 4_097, dims: 3 });
      each(own.first, fast.N4097.S1, 0.05, "S1");
      each(own.total, fast.N4097.ST, 0.05, "ST");
    }),
    examine("RBD-FAST", () => {
      each(
        rbdFast(data.X.flat(), data.Y, { dims: 3, harmonics: data.rbd_fast.M }).first,
        data.rbd_fast.S1,
        1e-9,
        "S1",
      );
    }),
    examine("PAWN", () => {
      const { inputs } = pawn(data.X.flat(), data.Y, { dims: 3, slices: data.pawn.S });
      each(inputs.map(({ median }) => median), data.pawn.median, 1e-9, "median");
      each(inputs.map(({ mean }) => mean), data.pawn.mean, 1e-9, "mean");
      each(inputs.map(({ maximum }) => maximum), data.pawn.maximum, 1e-9, "maximum");
      each(inputs.map(({ minimum }) => minimum), data.pawn.minimum, 1e-9, "minimum");
      each(inputs.map(({ variation }) => variation), data.pawn.CV, 1e-9, "variation");
    }),
    examine("delta, its bias taken off", () => {
      const { inputs } = givenDataDelta(data.X.flat(), data.Y, { dims: 3, resamples: 200, seed });
      each(inputs.map(({ delta }) => delta), data.delta.delta_balanced, 0.05, "delta");
      each(inputs.map(({ first }) => first), data.delta.S1, 0.05, "S1");
    }),
    ...derivativeCases(dgsm),
  ];
}

/** Squared derivatives against the closed form from 4,096 base rows, and against the library's from as many as it had. */
function derivativeCases({ N, vi, dgsm, exact_vi_ishigami: exact }: FastFile["dgsm"]): CaseResult[] {
  const { a, b } = exact, range = 2 * Math.PI, of = ishigami(a, b);
  const measured = (baseRows: number, skipped: number) => {
    const points = finiteDifferences({ baseRows: baseRows + skipped, dims: 3, step: 1e-4 }).subarray(
      skipped * 12,
    );
    return derivativeMeasures(points, at(points, 3, of), { dims: 3, resamples: 0, seed });
  };
  return [
    examine("derivative-based measures, closed form", () => {
      const { inputs } = measured(4_096, 0);
      for (const [d, value] of [exact.v1_val, exact.v2_val, exact.v3_val].entries()) {
        near(inputs[d].meanSquare / (range * range) / value, 1, {
          tolerance: 0.01,
          what: `squared derivative by ${d}, of the exact one`,
        });
      }
    }),
    // The library leaves out the first 1,024 points of the sequence and takes another step.
    examine(`derivative-based measures, ${N} base rows`, () => {
      const { inputs } = measured(N, 1_024);
      for (const [d, { meanSquare, totalBound }] of inputs.entries()) {
        near(meanSquare / (range * range), vi[d], { tolerance: 1e-4, what: `squared derivative by ${d}` });
        near(totalBound, dgsm[d], { tolerance: 1e-4, what: `bound of ${d}` });
      }
    }),
  ];
}
