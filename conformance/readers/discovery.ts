// wb/prim_cart.json with bryant_lempert_2010.csv: scenario discovery.

import { prim } from "#/model/statistics/discovery/prim.ts";
import { type CaseResult, examine, near } from "../case.ts";

interface File {
  settings: { peel_alpha: number; paste_alpha: number; mass_min: number };
  box21: {
    coverage: number;
    density: number;
    id: number;
    mass: number;
    n: number;
    res_dim: number;
    limits: Record<string, [number, number]>;
  };
}

const table = "wb/bryant_lempert_2010.csv";

/** Reads a step of the peeling of the published sample, and a lattice whose box is known. */
export function primCases(text: string, beside?: (path: string) => string | undefined): CaseResult[] {
  const { settings, box21 } = JSON.parse(text) as File, csv = beside?.(table);
  const terms = {
    peelShare: settings.peel_alpha,
    pasteShare: settings.paste_alpha,
    massMin: settings.mass_min,
  };
  const lattice = examine("lattice of 20 by 20", () => {
    const cell = (i: number) => 0.025 + i * 0.05;
    const a = Array.from({ length: 400 }, (_, row) => cell(Math.floor(row / 20)));
    const b = Array.from({ length: 400 }, (_, row) => cell(row % 20));
    const { trajectory } = prim(
      [{ name: "a", values: a }, { name: "b", values: b }],
      a.map((x, i) => x > 0.5 && b[i] < 0.3),
      terms,
    );
    const exact = trajectory.find(({ coverage, density }) => coverage === 1 && density === 1);
    if (!exact) throw new RangeError("no box has coverage and density 1");
  });
  if (csv === undefined) {
    return [lattice, { name: `step ${box21.id}`, status: "skipped", reason: `${table} is not there` }];
  }
  return [
    lattice,
    examine(`step ${box21.id}`, () => {
      const [head, ...lines] = csv.trim().split(/\r?\n/), names = head.split(",");
      const rows = lines.map((line) => line.split(",").map(Number));
      const columns = names.slice(0, -1).map((name, i) => ({ name, values: rows.map((row) => row[i]) }));
      const { trajectory } = prim(columns, rows.map((row) => row[names.length - 1] === 1), terms);
      const box = trajectory[box21.id];
      near(box.coverage, box21.coverage, { tolerance: 1e-12, what: "coverage" });
      near(box.density, box21.density, { tolerance: 1e-12, what: "density" });
      near(box.mass, box21.mass, { tolerance: 1e-12, what: "mass" });
      near(box.rows, box21.n, { tolerance: 0, what: "rows" });
      near(box.limits.filter(Boolean).length, box21.res_dim, { tolerance: 0, what: "restricted inputs" });
      for (const [name, [low, high]] of Object.entries(box21.limits)) {
        const limit = box.limits[columns.findIndex((column) => column.name === name)];
        if (!limit) throw new RangeError(`${name} is not restricted`);
        near(limit.low, low, { tolerance: 1e-9, what: `the lower end of ${name}` });
        near(limit.high, high, { tolerance: 1e-9, what: `the upper end of ${name}` });
      }
    }),
  ];
}
