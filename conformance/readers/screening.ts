// wb/morris.json and fast_and_given_data.json: elementary effects, Fourier, density, distribution and derivative measures.

import { morrisPaths } from "#/model/statistics/designs/morris.ts";
import { finiteDifferences } from "#/model/statistics/designs/finite_differences.ts";
import { givenDataDelta } from "#/model/statistics/sensitivity/delta.ts";
import { derivativeMeasures } from "#/model/statistics/sensitivity/derivative_measures.ts";
import { elementaryEffects } from "#/model/statistics/sensitivity/elementary_effects.ts";
import { fastDesign, fastIndices, rbdFast } from "#/model/statistics/sensitivity/fast.ts";
import { pawn } from "#/model/statistics/sensitivity/pawn.ts";
import { type CaseResult, examine, leftOut, near, unreadMembers } from "../case.ts";
import { at, ishigami, seed } from "./test_functions.ts";

interface Measures {
  mu: number[];
  mu_star: number[];
  sigma: number[];
}
interface Paths {
  /** Levels of the grid; where they are not said, steps are taken as they stand. */
  levels?: number;
  X: number[][];
  Y: number[];
  expected_book?: Measures;
  salib?: Measures;
}
interface Grid {
  levels: number;
  delta: number;
  params: { mu: number; mu_star: number; sigma_pop: number; n: number }[];
}

/** Reads measures of given paths, and those of every step of a grid. */
export function morrisCases(text: string): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(
    ([part, given]): CaseResult[] => {
      if (part === "ishigami_exact_grid") return wholeGrid(given as Grid);
      const paths = given as Paths;
      if (!Array.isArray(paths?.X)) return unreadMembers("", { [part]: given }, []);
      const dims = paths.X[0].length, isTurned = part.startsWith("ishigami");
      const points = paths.X.flat().map((x) => {
        const u = isTurned ? (x / Math.PI + 1) / 2 : x;
        // On the grid again, so that a rounding is no step.
        return paths.levels === undefined ? u : Math.round(u * (paths.levels - 1)) / (paths.levels - 1);
      });
      const agrees = (expected: Measures, tolerance: number) => {
        const { effects } = elementaryEffects(points, paths.Y, { dims, seed });
        for (let d = 0; d < dims; d++) {
          near(effects[d].mu, expected.mu[d], { tolerance, what: `mu of ${d}` });
          near(effects[d].muStar, expected.mu_star[d], { tolerance, what: `mu* of ${d}` });
          near(effects[d].sigma, expected.sigma[d], { tolerance, what: `sigma of ${d}` });
        }
      };
      return [
        ...paths.salib
          ? [examine(`${part}, as the library works it out`, () => agrees(paths.salib!, 1e-9))]
          : [],
        ...paths.expected_book
          ? [examine(`${part}, as printed`, () => agrees(paths.expected_book!, 1e-2))]
          : [],
        ...unreadMembers(part, paths, ["levels", "delta", "X", "Y", "salib", "expected_book"]),
      ];
    },
  );
}

/** Every step of the grid as a path of one step, exactly; and own paths, whose means come near. */
function wholeGrid({ levels, delta, params }: Grid): CaseResult[] {
  const dims = params.length, of = ishigami(7, 0.1), step = Math.round(delta * (levels - 1));
  return [
    examine("every step of the whole grid", () => {
      for (const [d, expected] of params.entries()) {
        const effects: number[] = [];
        for (let cell = 0; cell < levels ** dims; cell++) {
          const from = Array.from({ length: dims }, (_, k) => Math.floor(cell / levels ** k) % levels);
          if (from[d] + step > levels - 1) continue;
          const points = [from, from.with(d, from[d] + step)].map((one) => one.map((k) => k / (levels - 1)));
          effects.push((of(points[1]) - of(points[0])) / delta);
        }
        const mean = effects.reduce((sum, effect) => sum + effect, 0) / effects.length;
        const away = effects.reduce((sum, effect) => sum + (effect - mean) ** 2, 0) / effects.length;
        const size = effects.reduce((sum, effect) => sum + Math.abs(effect), 0) / effects.length;
        near(effects.length, expected.n, { tolerance: 0, what: `steps along ${d}` });
        near(mean, expected.mu, { tolerance: 1e-9, what: `mu of ${d}` });
        near(size, expected.mu_star, { tolerance: 1e-9, what: `mu* of ${d}` });
        near(Math.sqrt(away), expected.sigma_pop, { tolerance: 1e-9, what: `sigma of ${d}` });
      }
    }),
    examine("own paths approach the whole grid", () => {
      const paths = 20_000, points = morrisPaths({ paths, dims, levels, seed });
      const { effects } = elementaryEffects(points, at(points, dims, of), { dims, resamples: 0, seed });
      for (const [d, { mu, mu_star, sigma_pop }] of params.entries()) {
        const tolerance = 5 * sigma_pop / Math.sqrt(paths);
        near(effects[d].mu - mu, 0, { tolerance, what: `mu of ${d} less the exact one` });
        near(effects[d].muStar - mu_star, 0, { tolerance, what: `mu* of ${d} less the exact one` });
        near(effects[d].sigma - sigma_pop, 0, { tolerance, what: `sigma of ${d} less the exact one` });
      }
    }),
  ];
}

interface FastPart {
  N: number;
  M: number;
  Y: number[];
  S1: number[];
  ST: number[];
  /** Runs with another number of rows, of which only the indices are given: N4097. */
  [rows: `N${number}`]: { S1: number[]; ST: number[] };
}
interface Slices {
  S: number;
  median: number[];
  mean: number[];
  maximum: number[];
  minimum: number[];
  CV: number[];
}
interface GivenData {
  X: number[][];
  Y: number[];
  rbd_fast?: { M: number; S1: number[] };
  delta?: { delta_balanced: number[]; delta_raw?: number[]; S1: number[] };
  pawn?: Slices;
}
interface Derivatives {
  N: number;
  vi: number[];
  dgsm: number[];
  exact_vi_ishigami: { a: number; b: number; v1_val: number; v2_val: number; v3_val: number };
}
interface FastFile {
  fast?: FastPart;
  given_data?: GivenData;
  dgsm?: Derivatives;
}

const each = (own: ArrayLike<number>, expected: number[], tolerance: number, what: string) => {
  for (const [d, value] of expected.entries()) near(own[d], value, { tolerance, what: `${what} of ${d}` });
};

/** Reads extended FAST, RBD-FAST, PAWN, delta and derivative-based measures. */
export function fastCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as FastFile, { fast, given_data: data, dgsm } = file;
  return [
    ...fast ? fourierCases(fast) : [],
    ...data ? givenDataCases(data) : [],
    ...dgsm ? derivativeCases(dgsm) : [],
    ...unreadMembers("", file, ["fast", "given_data", "dgsm"]),
  ];
}

function fourierCases(fast: FastPart): CaseResult[] {
  const dims = fast.Y.length / fast.N;
  const others = Object.keys(fast).filter((key) => /^N\d+$/.test(key)) as `N${number}`[];
  return [
    examine(`extended FAST, ${fast.N} rows an input`, () => {
      const own = fastIndices(fast.Y, { rows: fast.N, dims, harmonics: fast.M });
      each(own.first, fast.S1, 1e-9, "S1");
      each(own.total, fast.ST, 1e-9, "ST");
    }),
    // Of Ishigami's function, each with its own phases.
    ...others.map((key) =>
      examine(`extended FAST, ${key.slice(1)} rows an input, own phases`, () => {
        const rows = Number(key.slice(1)), points = fastDesign({ rows, dims: 3, harmonics: fast.M, seed });
        const own = fastIndices(at(points, 3, ishigami(7, 0.1)), { rows, dims: 3, harmonics: fast.M });
        each(own.first, fast[key].S1, 0.05, "S1");
        each(own.total, fast[key].ST, 0.05, "ST");
      })
    ),
    ...unreadMembers("extended FAST", fast, ["N", "M", "X", "Y", "S1", "ST", /^N\d+$/]),
  ];
}

function givenDataCases(data: GivenData): CaseResult[] {
  const dims = data.X[0].length, x = data.X.flat(), { rbd_fast: fourier, pawn: slices, delta } = data;
  return [
    ...fourier
      ? [examine("RBD-FAST", () => {
        each(rbdFast(x, data.Y, { dims, harmonics: fourier.M }).first, fourier.S1, 1e-9, "S1");
      })]
      : [],
    ...slices
      ? [examine("PAWN", () => {
        const { inputs } = pawn(x, data.Y, { dims, slices: slices.S });
        each(inputs.map(({ median }) => median), slices.median, 1e-9, "median");
        each(inputs.map(({ mean }) => mean), slices.mean, 1e-9, "mean");
        each(inputs.map(({ maximum }) => maximum), slices.maximum, 1e-9, "maximum");
        each(inputs.map(({ minimum }) => minimum), slices.minimum, 1e-9, "minimum");
        each(inputs.map(({ variation }) => variation), slices.CV, 1e-9, "variation");
      })]
      : [],
    ...delta
      ? [examine("delta, its bias taken off", () => {
        const { inputs } = givenDataDelta(x, data.Y, { dims, resamples: 200, seed });
        each(inputs.map(({ delta }) => delta), delta.delta_balanced, 0.05, "delta");
        each(inputs.map(({ first }) => first), delta.S1, 0.05, "S1");
      })]
      : [],
    ...delta?.delta_raw
      ? [leftOut(
        "delta, unbalanced",
        "the library does not say how it is made; it is not the raw number of equation 26",
      )]
      : [],
    ...unreadMembers("given data", data, ["X", "Y", "rbd_fast", "pawn", "delta"]),
    ...unreadMembers("RBD-FAST", fourier ?? {}, ["M", "S1"]),
    ...unreadMembers("PAWN", slices ?? {}, ["S", "median", "mean", "maximum", "minimum", "CV"]),
    ...unreadMembers("delta", delta ?? {}, ["delta_balanced", "delta_raw", "S1"]),
  ];
}

/** Squared derivatives against the closed form from 4,096 base rows, and against the library's from as many as it had. */
function derivativeCases({ N, vi, dgsm, exact_vi_ishigami: exact }: Derivatives): CaseResult[] {
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
