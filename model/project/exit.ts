// Who is paid what when the company is sold or wound up: liquidation preferences, latest round first, then all shares alike.

/** A class of shares at an exit. `rank` orders preferences, the highest first; ordinary shares have no preference. */
export interface ShareClass {
  name: string;
  shares: number;
  preferenceFen: number;
  isParticipating: boolean;
  rank: number;
}

/** What a class receives, and whether it gave up its preference for ordinary shares. */
export interface ExitShare {
  name: string;
  fen: number;
  isConverted: boolean;
}

/**
 * Splits the value of the equity among its classes.
 *
 * A participating class takes its preference and then shares with the others; another takes its preference or converts,
 * whichever is more. Classes convert in order of preference per share, since who gives up least converts first.
 * Shapes and units: `valueFen` whole fen, zero or more; shares need not be whole. The parts sum to the value.
 * Errors: `RangeError` where there is value and no share.
 * Source: the usual terms of venture capital (NVCA model charter); the order of conversion is checked against all others by a test.
 *
 * @example
 * ```ts
 * import { exitShares } from "#/model/project/exit.ts";
 * import assert from "node:assert/strict";
 * const founders = { name: "founders", shares: 60, preferenceFen: 0, isParticipating: false, rank: 0 };
 * const venture = { name: "venture", shares: 40, preferenceFen: 500, isParticipating: false, rank: 1 };
 * assert.deepEqual(exitShares(800, [founders, venture]).map(({ fen }) => fen), [300, 500]);
 * assert.deepEqual(exitShares(2_000, [founders, venture]).map(({ fen }) => fen), [1_200, 800]);
 * assert.deepEqual(
 *   exitShares(800, [founders, { ...venture, isParticipating: true }]).map(({ fen }) => fen),
 *   [180, 620],
 * );
 * ```
 */
export function exitShares(valueFen: number, classes: readonly ShareClass[]): ExitShare[] {
  const all = classes.reduce((sum, { shares }) => sum + shares, 0);
  if (valueFen > 0 && !(all > 0)) throw new RangeError(`Cannot split ${valueFen} fen among no shares`);
  const converted = convertedAt(valueFen, classes);
  const found = classes.map(({ name }, i) => ({ name, fen: 0, isConverted: converted[i] }));
  let left = valueFen;
  const order = classes.map((_, i) => i).sort((a, b) => classes[b].rank - classes[a].rank || a - b);
  for (const i of order) {
    if (converted[i]) continue;
    const fen = Math.min(left, classes[i].preferenceFen);
    found[i].fen += fen;
    left -= fen;
  }
  let shares = 0;
  const joins = (i: number) => converted[i] || classes[i].isParticipating || classes[i].preferenceFen === 0;
  for (let i = 0; i < classes.length; i++) if (joins(i)) shares += classes[i].shares;
  for (let i = 0; i < classes.length && shares > 0; i++) {
    if (!joins(i)) continue;
    const fen = Math.round(left * (classes[i].shares / shares));
    found[i].fen += fen;
    left -= fen;
    shares -= classes[i].shares;
    if (shares < 1e-9) break;
  }
  if (left > 0) found[order[0]].fen += left;
  return found;
}

/** Which preferred classes convert: one after the other, the least preference per share first, while that pays. */
function convertedAt(valueFen: number, classes: readonly ShareClass[]): boolean[] {
  const converted = classes.map(() => false);
  const may = classes.map((_, i) => i).filter((i) =>
    classes[i].preferenceFen > 0 && !classes[i].isParticipating && classes[i].shares > 0
  ).sort((a, b) =>
    classes[a].preferenceFen / classes[a].shares - classes[b].preferenceFen / classes[b].shares || a - b
  );
  let preferences = classes.reduce((sum, { preferenceFen }) => sum + preferenceFen, 0);
  let shares = 0;
  for (const { shares: own, preferenceFen, isParticipating } of classes) {
    if (preferenceFen === 0 || isParticipating) shares += own;
  }
  for (const i of may) {
    const { preferenceFen, shares: own } = classes[i];
    const perShare = (valueFen - preferences + preferenceFen) / (shares + own);
    if (perShare * own <= preferenceFen) break;
    converted[i] = true;
    preferences -= preferenceFen;
    shares += own;
  }
  return converted;
}
