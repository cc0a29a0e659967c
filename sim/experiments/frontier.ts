// The frontier of joint credit: cut-offs and shares that lend most across the bridge while its losses stay under a bound.
//
// A simulation optimiser with common random numbers: a coarse design over the whole ranges, then a pattern search around the best
// point under each bound, with ever smaller steps and halfway to where the bound is broken. All bounds choose among all points that were run, so that a looser bound is
// never worse.

import type { Case, Evaluate, Values } from "#/sim/experiments/evaluate.ts";
import { meanInterval } from "#/model/statistics/interval.ts";
import { fewestForInterval } from "#/sim/experiments/analyse.ts";

/** What the share is: what both grant together, what the partner bears of each loss, or nothing that is searched. */
export const shareKinds = ["split", "quota", "none"] as const;
/** One of {@link shareKinds}. */
export type ShareKind = typeof shareKinds[number];

/** Where a scenario is run: cut-offs across the bridge in points from its own, and the partner's share. */
export interface FrontierPoint {
  jdPoints: number;
  antPoints: number;
  partnerBps: number;
}

/** A point that was run: means over replications. */
export interface Tried extends FrontierPoint {
  /** Credit lent across the bridge, CNY, net of nothing: what was approved and settled. */
  jointCredit: number;
  /** Net loss of it, in bps, with the 95 % interval over replications where there are enough. */
  lossBps: number;
  lossInterval: [number, number] | null;
  /** Borne without a licence for it, as a share of the joint loss. */
  unlawfulShare: number;
  fundingGapDays: number;
}

/** The bounds that can bind. */
export type Binding =
  | "the loss bound"
  | "the licence rule of credit enhancement"
  | "funding: new credit is throttled"
  | "the range of JD's cut-off"
  | "the range of Ant's cut-off"
  | "the range of the share"
  | "nothing: less care brings no more credit"
  | "the budget of runs: the search was cut short";

/** The best point under one bound; null where no point keeps it. */
export interface FrontierRow {
  boundBps: number;
  best: Tried | null;
  binding: Binding[];
}

/** What was found. */
export interface Frontier {
  boundBps: number;
  shareKind: ShareKind;
  /** How far cut-offs were moved either way, and the least and greatest share. */
  rangePoints: number;
  shareRangeBps: readonly [number, number];
  replications: number;
  /** Runs that were asked for, those of the store included. */
  runs: number;
  chosen: Tried;
  binding: Binding[];
  /** By bound, the tightest first; that which was asked for among them. */
  frontier: FrontierRow[];
  tried: Tried[];
}

/** How to search. */
export interface FrontierOptions {
  /** Most loss, in bps of joint credit. */
  boundBps: number;
  /** Further bounds, for the table. */
  alsoBps?: readonly number[];
  shareKind?: ShareKind;
  rangePoints?: number;
  shareRangeBps?: readonly [number, number];
  /** Most runs, and how many each point takes. */
  budget: number;
  replications: number;
}

/** Below these steps nothing is told apart. */
const leastStep = { points: 5, bps: 250 };
/** Without a licence this much of the joint loss may be rounding and the weeks before a true-up. */
const unlawfulTolerated = 0.01;

/** The settings of a point. */
export function settingsOf({ jdPoints, antPoints, partnerBps }: FrontierPoint, kind: ShareKind): Case {
  const cutoffs = [
    `scoring.cutoffStep.jd.acrossPoints=${jdPoints}`,
    `scoring.cutoffStep.ant.acrossPoints=${antPoints}`,
  ];
  if (kind === "quota") return [...cutoffs, `sharing={ rule: quotaShare, partnerBps: ${partnerBps} }`];
  if (kind === "none") return cutoffs;
  return [
    ...cutoffs,
    // Each bears by its contribution: a rule on top of that would be credit enhancement.
    "sharing={ rule: originator }",
    "credit.jointLimit=split",
    "credit.jointGranting.by=fixed",
    `credit.jointGranting.partnerBps=${partnerBps}`,
  ];
}

/**
 * Searches the frontier.
 *
 * Shapes and units: bounds in bps above 0; `budget` runs, enough for the coarse design. Errors: `RangeError` for a budget that is
 * not, and for a bound that no point keeps: it names the least loss that was reached.
 */
export async function frontier(evaluate: Evaluate, options: FrontierOptions): Promise<Frontier> {
  const { boundBps, shareKind = "split", rangePoints = 120, budget, replications } = options;
  const shareRangeBps = shareKind === "none" ? [0, 0] as const : options.shareRangeBps ?? [0, 7_000] as const;
  const bounds = [...new Set([boundBps, ...options.alsoBps ?? []])].sort((a, b) => a - b);
  const order = [boundBps, ...bounds.filter((bound) => bound !== boundBps)];
  const space = { rangePoints, shareRangeBps };
  const first = coarse(space), needed = first.length * replications;
  if (budget < needed) {
    throw new RangeError(
      `Cannot search with ${budget} runs: the coarse design of ${first.length} points takes ${needed} with ${replications} ` +
        "replications each",
    );
  }
  const tried = new Map<string, Tried>();
  const most = Math.floor(budget / replications);
  const run = async (wished: readonly FrontierPoint[]): Promise<boolean> => {
    const fresh = [...new Map(wished.map((point) => [keyOf(point), point])).entries()]
      .filter(([key]) => !tried.has(key));
    const points = fresh.slice(0, Math.max(0, most - tried.size)).map(([, point]) => point);
    if (points.length > 0) {
      const found = await evaluate(points.map((point) => settingsOf(point, shareKind)));
      for (const [k, point] of points.entries()) tried.set(keyOf(point), readPoint(point, found[k]));
    }
    return points.length === fresh.length;
  };
  await run(first);
  let isWhole = true;
  // The bound that was asked for first; the others with what is left of the budget.
  for (const bound of order) {
    let step = {
      points: Math.round(rangePoints / 2),
      bps: Math.round((shareRangeBps[1] - shareRangeBps[0]) / 4),
    };
    while (isWhole) {
      const before = bestOf([...tried.values()], bound);
      const from = before ?? leastLoss([...tried.values()]);
      isWhole = await run([...towards(from, [...tried.values()], bound), ...neighbours(from, step, space)]);
      const after = bestOf([...tried.values()], bound);
      if ((after?.jointCredit ?? -Infinity) > (before?.jointCredit ?? -Infinity)) continue;
      if (step.points <= leastStep.points && step.bps <= leastStep.bps) break;
      step = {
        points: Math.max(leastStep.points, Math.round(step.points / 2)),
        bps: Math.max(leastStep.bps, Math.round(step.bps / 2)),
      };
    }
  }
  const all = [...tried.values()];
  const chosen = bestOf(all, boundBps);
  if (chosen === null) {
    const least = leastLoss(all);
    const unlawful = isLawful(least) ? "" : ", against the licence rule of credit enhancement";
    throw new RangeError(
      `Cannot keep the loss of joint credit at ${boundBps} bps or less: the least that was reached is ` +
        `${least.lossBps.toFixed(1)} bps, ${pointWords(least, shareKind)}${unlawful}`,
    );
  }
  const rowOf = (bound: number): FrontierRow => {
    const best = bestOf(all, bound);
    return { boundBps: bound, best, binding: best ? bindingOf(best, all, { bound, space, isWhole }) : [] };
  };
  const rows = bounds.map(rowOf);
  return {
    boundBps,
    shareKind,
    rangePoints,
    shareRangeBps,
    replications,
    runs: all.length * replications,
    chosen,
    binding: rows.find((row) => row.boundBps === boundBps)!.binding,
    frontier: rows,
    tried: all,
  };
}

interface Space {
  rangePoints: number;
  shareRangeBps: readonly [number, number];
}

const keyOf = ({ jdPoints, antPoints, partnerBps }: FrontierPoint) =>
  `${jdPoints} ${antPoints} ${partnerBps}`;

/** Both ends and the middle of each range, each with each. */
function coarse({ rangePoints, shareRangeBps: [low, high] }: Space): FrontierPoint[] {
  const cutoffs = [0, -rangePoints, rangePoints];
  const shares = [...new Set([Math.round((low + high) / 2), low, high])];
  return shares.flatMap((partnerBps) =>
    cutoffs.flatMap((jdPoints) => cutoffs.map((antPoints) => ({ jdPoints, antPoints, partnerBps })))
  );
}

/** A step along each range, and a trade of care between the two issuers. */
function neighbours(
  at: FrontierPoint,
  step: { points: number; bps: number },
  { rangePoints, shareRangeBps: [low, high] }: Space,
): FrontierPoint[] {
  const moves = [[-1, 0], [0, -1], [-1, -1], [1, 0], [0, 1], [-1, 1], [1, -1], [1, 1]];
  const clamp = (value: number, from: number, to: number) => Math.max(from, Math.min(to, value));
  const cutoffs = moves.map(([jd, ant]) => ({
    ...bare(at),
    jdPoints: clamp(at.jdPoints + jd * step.points, -rangePoints, rangePoints),
    antPoints: clamp(at.antPoints + ant * step.points, -rangePoints, rangePoints),
  }));
  const shares = [-1, 1].map((sign) => ({
    ...bare(at),
    partnerBps: clamp(at.partnerBps + sign * step.bps, low, high),
  }));
  return [...cutoffs, ...(low < high ? shares : [])].filter((point) => keyOf(point) !== keyOf(at));
}

/** Halfway from the best point to those that lend more and lose too much: the bound runs between them. */
function towards(from: Tried, tried: readonly Tried[], boundBps: number): FrontierPoint[] {
  const half = (a: number, b: number) => Math.round((a + b) / 2);
  return tried.filter((it) => it.jointCredit > from.jointCredit && it.lossBps > boundBps && isLawful(it))
    .sort((a, b) => a.lossBps - b.lossBps || (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, 3)
    .map((it) => ({
      jdPoints: half(from.jdPoints, it.jdPoints),
      antPoints: half(from.antPoints, it.antPoints),
      partnerBps: half(from.partnerBps, it.partnerBps),
    }));
}

const bare = ({ jdPoints, antPoints, partnerBps }: FrontierPoint): FrontierPoint => ({
  jdPoints,
  antPoints,
  partnerBps,
});

function readPoint(point: FrontierPoint, runs: readonly Values[]): Tried {
  const mean = (read: (it: Values) => number) => runs.reduce((sum, it) => sum + read(it), 0) / runs.length;
  const credit = (it: Values) => it["jointCredit.jd"] + it["jointCredit.ant"];
  const loss = (it: Values) => it["jointLoss.jd"] + it["jointLoss.ant"];
  const unlawful = (it: Values) => it["unlawfulEnhancement.jd"] + it["unlawfulEnhancement.ant"];
  const jointCredit = mean(credit), jointLoss = mean(loss);
  const each = runs.map((it) => credit(it) > 0 ? 10_000 * loss(it) / credit(it) : 0);
  const interval = each.length >= fewestForInterval ? meanInterval(each) : null;
  return {
    ...bare(point),
    jointCredit,
    lossBps: jointCredit > 0 ? 10_000 * jointLoss / jointCredit : 0,
    lossInterval: interval && [interval.low, interval.high],
    unlawfulShare: jointLoss > 0 ? mean(unlawful) / jointLoss : 0,
    fundingGapDays: mean((it) => it.fundingGapDays),
  };
}

const isLawful = ({ unlawfulShare }: Tried) => unlawfulShare <= unlawfulTolerated;

/** The most joint credit under a bound; of equals the one that loses less, then the first by place. */
export function bestOf(tried: readonly Tried[], boundBps: number): Tried | null {
  return tried.filter((it) => it.lossBps <= boundBps && isLawful(it)).sort((a, b) =>
    b.jointCredit - a.jointCredit || a.lossBps - b.lossBps || a.jdPoints - b.jdPoints ||
    a.antPoints - b.antPoints || a.partnerBps - b.partnerBps
  )[0] ?? null;
}

/** The least loss of what is lawful, or of all where nothing is. */
function leastLoss(tried: readonly Tried[]): Tried {
  const lawful = tried.filter(isLawful);
  return (lawful.length > 0 ? lawful : tried).reduce((a, b) => b.lossBps < a.lossBps ? b : a);
}

/** What keeps the best point from lending more: what stops the points beside it that would, or the end of a range. */
function bindingOf(
  best: Tried,
  tried: readonly Tried[],
  { bound, space, isWhole }: { bound: number; space: Space; isWhole: boolean },
): Binding[] {
  const found = new Set<Binding>();
  const better = tried.filter((it) => it.jointCredit > best.jointCredit);
  if (better.some((it) => it.lossBps > bound && isLawful(it))) found.add("the loss bound");
  if (better.some((it) => it.lossBps <= bound && !isLawful(it))) {
    found.add("the licence rule of credit enhancement");
  }
  if (best.fundingGapDays > 0) found.add("funding: new credit is throttled");
  const [low, high] = space.shareRangeBps;
  /** Whether the points that differ only in one coordinate lend less than the best one does at its end. */
  const pays = (name: keyof FrontierPoint) => {
    const rest = (Object.keys(bare(best)) as (keyof FrontierPoint)[]).filter((other) => other !== name);
    const inside = tried.filter((it) =>
      it[name] !== best[name] && rest.every((other) => it[other] === best[other])
    );
    return inside.length > 0 && inside.every((it) => it.jointCredit < best.jointCredit);
  };
  if (best.jdPoints === -space.rangePoints && pays("jdPoints")) found.add("the range of JD's cut-off");
  if (best.antPoints === -space.rangePoints && pays("antPoints")) found.add("the range of Ant's cut-off");
  if (low < high && (best.partnerBps === low || best.partnerBps === high) && pays("partnerBps")) {
    found.add("the range of the share");
  }
  if (found.size === 0) {
    found.add(
      isWhole ? "nothing: less care brings no more credit" : "the budget of runs: the search was cut short",
    );
  }
  return [...found];
}

/** A point in words: `JD's cut-off 40 points lower, Ant's as it is, the partner grants 35 %`. */
export function pointWords({ jdPoints, antPoints, partnerBps }: FrontierPoint, kind: ShareKind): string {
  const moved = (points: number) =>
    points === 0 ? "as it is" : `${Math.abs(points)} points ${points < 0 ? "lower" : "higher"}`;
  const share = kind === "none"
    ? ""
    : `, the partner ${kind === "split" ? "grants" : "bears"} ${(partnerBps / 100).toFixed(1)} %`;
  return `JD's cut-off ${moved(jdPoints)}, Ant's ${moved(antPoints)}${share}`;
}
