// The target column: which of its two labels is bad, and how that is known.

import { listed, meant, refuse, shown } from "#/scenarios/complain.ts";
import { inFull } from "#/server/format.ts";
import { numberOf } from "./typed_columns.ts";
import type { TextTable } from "./text_table.ts";

/** The target, read. */
export interface Target {
  column: string;
  bad: string;
  good: string;
  /** How it is known which one is bad. */
  because: string;
}

/** Labels that say themselves that they are bad, capitals, spaces and signs aside. */
const badWords = new Set(
  "bad b default defaulted defaulter yes y true t chargedoff chargeoff late delinquent overdue positive fraud loss risky risk high fail failed event"
    .split(" "),
);
const bare = (label: string) => label.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The place of a column by its name: as it stands, or but for capitals where that is one column only. */
export function columnIndex(table: TextTable, name: string, option: string): number {
  const exact = table.names.indexOf(name.trim());
  if (exact >= 0) return exact;
  const near = table.names.flatMap((other, i) =>
    other.toLowerCase() === name.trim().toLowerCase() ? [i] : []
  );
  if (near.length === 1) return near[0];
  refuse(
    option,
    "",
    `found no column ${shown(name)} in ${table.file}; allowed are ${listed(table.names)}${
      meant(name, table.names)
    }`,
  );
}

/**
 * Reads the target: 1 for bad, 0 for good a row.
 *
 * Of 0 and 1, or any two numbers, the greater is bad; of two words the one that says so (`default`, `yes`, `bad`, …); else the
 * rarer one. `bad` says it outright.
 *
 * Errors: `ScenarioError` with the place, what was found and what is allowed: no such column, a missing value, one label or
 * more than two, a `bad` that is neither.
 */
export function readTarget(
  table: TextTable,
  { name, bad: said }: { name: string; bad?: string },
): { target: Target; isBad: Uint8Array } {
  const at = columnIndex(table, name, "--target"), column = table.names[at], cells = table.cells[at];
  const counts = new Map<string, number>();
  cells.forEach((cell, row) => {
    if (cell === null || /^(na|n\/a|nan|null|\?)$/i.test(cell)) {
      refuse(
        `${table.file}:${table.lines[row]}`,
        column,
        `found ${cell === null ? "nothing" : shown(cell)}; allowed is one of two labels in every row`,
      );
    }
    const label = labelOf(cell);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  const labels = [...counts.keys()].sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
  const where = `${table.file}`;
  if (labels.length === 1) {
    refuse(
      where,
      column,
      `found only ${shown(labels[0])} in all ${
        inFull(cells.length)
      } rows; allowed is a target with two labels, good and bad`,
    );
  }
  if (labels.length > 2) {
    const some = labels.slice(0, 4).map(shown).join(", ");
    refuse(
      where,
      column,
      `found ${labels.length} different values (${some}${labels.length > 4 ? ", …" : ""}); ` +
        "allowed is a target with two labels, good and bad",
    );
  }
  const [bad, because] = badLabel(labels, { counts, said, column });
  const good = labels.find((label) => label !== bad)!;
  return {
    target: { column, bad, good, because },
    isBad: Uint8Array.from(cells, (cell) => labelOf(cell!) === bad ? 1 : 0),
  };
}

/** Numbers by their value, so that 1 and 1.0 are one label. */
function labelOf(cell: string): string {
  const value = numberOf(cell);
  return Number.isNaN(value) ? cell : String(value);
}

function badLabel(
  labels: readonly string[],
  { counts, said, column }: { counts: ReadonlyMap<string, number>; said?: string; column: string },
): [string, string] {
  if (said !== undefined) {
    const label = labelOf(said.trim());
    const found = labels.find((one) => one === label) ??
      labels.find((one) => one.toLowerCase() === label.toLowerCase());
    if (found === undefined) {
      refuse("--bad", "", `found ${shown(said)}; allowed are the labels of ${column}: ${labels.join(", ")}`);
    }
    return [found, "--bad says so"];
  }
  const [low, high] = labels;
  if (labels.every((label) => !Number.isNaN(numberOf(label)))) return [high, "the greater number is bad"];
  const told = labels.filter((label) => badWords.has(bare(label)));
  if (told.length === 1) return [told[0], "its name says so"];
  const rarer = counts.get(high)! <= counts.get(low)! ? high : low;
  return [rarer, "the rarer label is taken for bad; --bad says otherwise"];
}
