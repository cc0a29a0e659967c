// The density of a sample on an even grid, by a Gaussian kernel; samples may be weighted, as resamples are.

import { exp, pow } from "#/model/units/elementary.ts";

/** Points at which densities are compared. */
export const gridPoints = 100;
/** Values are gathered in bins that stand this much closer than the points. */
const binsPerStep = 4;
const bins = (gridPoints - 1) * binsPerStep + 1;
/** No kernel is narrower than this part of a step, or the grid would miss it: values that are all the same are a peak. */
const leastWidth = 0.75;
/** So many deviations from a value its kernel is nothing in double precision. */
const reach = 8.5;
const inverseRootTwoPi = 0.3989422804014327;

/** Where values lie on the grid: each is shared by its two bins. */
export interface Placed {
  /** The lower bin of each value. */
  bin: Int32Array;
  /** What the bin above it has of it. */
  upper: Float64Array;
  low: number;
  /** Between two points of the grid. */
  step: number;
}

/** Places values on the grid from the least to the greatest of them. Shapes: finite values, not all the same. */
export function place(values: ArrayLike<number>): Placed {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const bin = new Int32Array(values.length), upper = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const at = (values[i] - low) / (high - low) * (bins - 1);
    bin[i] = Math.min(Math.floor(at), bins - 2);
    upper[i] = at - bin[i];
  }
  return { bin, upper, low, step: (high - low) / (gridPoints - 1) };
}

/** Gathers weighted values and turns them into a density on the grid; used again without allocation. */
export class DensityEstimate {
  readonly #mass = new Float64Array(bins);
  readonly #kernel = new Float64Array(bins);
  readonly #step: number;
  #weight = 0;
  #sum = 0;
  #squares = 0;

  constructor(step: number) {
    this.#step = step;
  }

  /** Begins again without values. */
  clear(): void {
    this.#mass.fill(0);
    this.#weight = this.#sum = this.#squares = 0;
  }

  /** Adds a value as often as its weight says. Shapes: the value as it was placed, and measured from about the middle. */
  add({ bin, upper }: Placed, i: number, { value, weight }: { value: number; weight: number }): void {
    this.#mass[bin[i]] += weight * (1 - upper[i]);
    this.#mass[bin[i] + 1] += weight * upper[i];
    this.#weight += weight;
    this.#sum += weight * value;
    this.#squares += weight * value * value;
  }

  /** How many values it has. */
  get weight(): number {
    return this.#weight;
  }

  /** Their mean. */
  get mean(): number {
    return this.#sum / this.#weight;
  }

  /**
   * Writes the density at the points of the grid. Shapes: at least one value was added.
   *
   * Source: bandwidth by B. W. Silverman (1986): deviation (by n − 1) · (3 n / 4)^(−1/5).
   */
  write(into: Float64Array): void {
    const n = this.#weight, binWidth = this.#step / binsPerStep;
    const variance = n > 1 ? Math.max(0, this.#squares - this.#sum * this.#sum / n) / (n - 1) : 0;
    const width = Math.max(leastWidth * this.#step, Math.sqrt(variance) * pow(0.75 * n, -0.2));
    const far = Math.min(bins - 1, Math.ceil(reach * width / binWidth));
    for (let k = 0; k <= far; k++) {
      const z = k * binWidth / width;
      this.#kernel[k] = exp(-0.5 * z * z) * inverseRootTwoPi / (width * n);
    }
    into.fill(0);
    for (let bin = 0; bin < bins; bin++) {
      const mass = this.#mass[bin];
      if (mass === 0) continue;
      const first = Math.max(0, Math.ceil((bin - far) / binsPerStep));
      const last = Math.min(gridPoints - 1, Math.floor((bin + far) / binsPerStep));
      for (let point = first; point <= last; point++) {
        into[point] += mass * this.#kernel[Math.abs(point * binsPerStep - bin)];
      }
    }
  }
}
