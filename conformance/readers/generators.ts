// wb/seeds_rng.json: random number generators. Hutong draws from Philox4x32-10 alone; the file's other generators
// (numpy's SeedSequence, Philox4x64-10, PCG64, MT19937) are layers that it does not have.

import assert from "node:assert/strict";
import { philox } from "#/model/statistics/philox.ts";
import { type CaseResult, examine, lacking, unread } from "../case.ts";

type Words = string | (number | string)[];

const otherGenerators: Record<string, string> = {
  state8: "SeedSequence",
  children: "SeedSequence",
  philox4x64_10: "Philox4x64-10",
  pcg64: "PCG64",
  mt19937: "MT19937",
};

/** Reads the known answers of generators. */
export function generatorCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as Record<string, unknown>;
  return Object.entries(file).flatMap(([part, content]): CaseResult[] => {
    if (part === "note" || part === "entropy") return [];
    if (part === "philox4x32_10") {
      return (content as { ctr: Words; key: Words; out: Words }[]).map(({ ctr, key, out }, i) =>
        examine(`${part} ${i}`, () => {
          const own = new Uint32Array(4);
          const [c0, c1, c2, c3] = words(ctr), [key0, key1] = words(key);
          philox(c0, c1, c2, c3, key0, key1, own);
          assert.deepEqual([...own], words(out));
        })
      );
    }
    const other = Object.keys(otherGenerators).find((name) => part.startsWith(name));
    if (!other) return [unread(part, `part "${part}"`)];
    return [lacking(part, `${otherGenerators[other]} (streams are Philox4x32-10)`)];
  });
}

/** Words as a list, or as hexadecimal numbers with blanks between them. */
function words(given: Words): number[] {
  if (typeof given === "string") return given.trim().split(/\s+/).map((word) => Number.parseInt(word, 16));
  return given.map(Number);
}
