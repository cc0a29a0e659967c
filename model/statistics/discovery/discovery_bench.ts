// How long boxes and trees take to be found in a sample of many rows.

import { sobolPoints } from "#/model/statistics/designs/sobol.ts";
import { prim } from "./prim.ts";
import { growTree } from "./tree.ts";

const rows = 5_000, dims = 20, points = sobolPoints({ rows, dims, seed: [1, 2] });
const columns = Array.from({ length: dims }, (_, d) => ({
  name: `x${d}`,
  values: Float64Array.from({ length: rows }, (_, row) => points[row * dims + d]),
}));
const value = Float64Array.from(
  { length: rows },
  (_, row) => points[row * dims] + points[row * dims + 1] ** 2,
);
const isOfInterest = Uint8Array.from(value, (y) => y > 1.3 ? 1 : 0);

Deno.bench("PRIM: 5,000 rows of 20 inputs", () => void prim(columns, isOfInterest));
Deno.bench("tree: 5,000 rows of 20 inputs", () => void growTree(columns, value));
