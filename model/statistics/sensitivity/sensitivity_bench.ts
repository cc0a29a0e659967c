// How long variance-based indices take, with their resampled intervals.

import { saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
import { sobolPoints } from "#/model/statistics/designs/sobol.ts";
import { sobolIndices } from "./sobol_indices.ts";

const dims = 20;
const design = saltelliDesign({ baseRows: 1_024, dims, isSecondOrder: true });
const outcomes = Float64Array.from({ length: design.length / dims }, (_, row) => {
  let sum = 0;
  for (let d = 0; d < dims; d++) sum += design[row * dims + d] * (d + 1);
  return sum * sum;
});

Deno.bench("Sobol' points: 65,536 rows of 40 dimensions", () => void sobolPoints({ rows: 65_536, dims: 40 }));
Deno.bench("Saltelli design: 20 dimensions, 43,008 rows", () => {
  saltelliDesign({ baseRows: 1_024, dims, isSecondOrder: true });
});
Deno.bench("Sobol' indices: 20 inputs, 1,024 base rows, pairs, 1,000 resamples", () => {
  sobolIndices(outcomes, { dims, isSecondOrder: true, resamples: 1_000, seed: [1, 2] });
});
