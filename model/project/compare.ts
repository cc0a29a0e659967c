// Plans under the same draws and replications: what each is worth, how often it breaks and when, and what choosing it costs.

import { wilsonInterval } from "#/model/statistics/interval.ts";
import { quantileSorted } from "#/model/statistics/quantile.ts";
import { type Evaluation, planDesk } from "./evaluate.ts";
import type { ProjectFlows } from "./flows.ts";
import { meanFlows } from "./mean_flows.ts";
import type { Sample } from "./sample.ts";
import type { Circumstances, Plan } from "./terms.ts";
import { type TwoWay, twoWay } from "./two_way.ts";
import { circumstancesOf, luckOf, type Uncertainty } from "./uncertainty.ts";

/** A world that a plan is held against: its flows, one a replication. */
export interface FlowCase {
  name: string;
  title: string;
  replications: readonly ProjectFlows[];
}

/** How often something happens: the share of draws with its 95 % interval, and the standard error that the replications leave. */
export interface Frequency {
  share: number;
  low: number;
  high: number;
  simulationError: number | null;
  /** Months (from 1) by which 5, 50 and 95 % of the cases have happened, of those in which it happens. */
  months: readonly [number, number, number] | null;
}

/** The levels of a fan. */
export const fanLevels = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Quantiles over draws, a row a level, a number a month or period (NaN where nothing is measured), with the median's error. */
export interface Fan {
  levels: Float64Array[];
  /** Standard error of the median over replications; nothing with one. */
  medianError: Float64Array | null;
}

/** A plan in a case. */
export interface ProjectField {
  plan: string;
  of: string;
  /** Under given circumstances, on the mean of the replications: columns are the field's own. */
  base: Evaluation;
  npv: TwoWay;
  owners: TwoWay;
  /** How often the project is worth its cost, and the owners' money theirs. */
  worthIt: Frequency;
  breach: Frequency;
  cashOut: Frequency;
  unfunded: Frequency;
  defaulted: Frequency;
  /** In fen by month, and as a ratio by period. */
  fans: { cash: Fan; dscr: Fan };
  /** Results in fen, replication × draws. */
  tables: { npv: Float64Array; owners: Float64Array };
}

/** Plans × cases. */
export interface ProjectComparison {
  plans: string[];
  cases: string[];
  draws: number;
  replications: number[];
  /** By plan, then case. */
  fields: ProjectField[][];
}

/**
 * Holds plans against cases under draws of what may happen.
 *
 * Draw k is the same luck for all plans, cases and replications. Debt that is sculpted is agreed once, on the mean of the
 * replications and given circumstances, so lenders know no more than anybody.
 * Shapes and units: results in fen; `seed` two 32-bit words. Errors: `RangeError` below two draws, and as of `planDesk`.
 */
export function compareProjects(
  plans: readonly Plan[],
  cases: readonly FlowCase[],
  { uncertainties, draws, seed }: {
    uncertainties: readonly Uncertainty[];
    draws: number;
    seed: readonly [number, number];
  },
): ProjectComparison {
  if (!Number.isInteger(draws) || draws < 2 || draws > 1_000_000) {
    throw new RangeError(`Cannot compare plans over ${draws} draws: from 2 to 1,000,000 are needed`);
  }
  const luck = Array.from({ length: draws }, (_, k) => luckOf(k, uncertainties, { seed }));
  return {
    plans: plans.map(({ name }) => name),
    cases: cases.map(({ name }) => name),
    draws,
    replications: cases.map(({ replications }) => replications.length),
    fields: plans.map((plan) => {
      const auditsEveryMonths = plan.uses.audits.everyMonths, byMonths = new Map<number, Circumstances[]>();
      return cases.map((one) => {
        const { months } = meanFlows(one.replications);
        const known = byMonths.get(months) ??
          luck.map((own) => circumstancesOf(uncertainties, own, { months, auditsEveryMonths }));
        byMonths.set(months, known);
        return fieldOf(plan, one, known);
      });
    }),
  };
}

function fieldOf(
  plan: Plan,
  { name, replications }: FlowCase,
  circumstances: readonly Circumstances[],
): ProjectField {
  const base = planDesk(plan, meanFlows(replications)).evaluate(), { months } = base;
  const draws = circumstances.length, n = replications.length, cells = n * draws;
  const npv = new Float64Array(cells), owners = new Float64Array(cells);
  const samples: Sample[] = [], cash: Fan[] = [], dscr: Fan[] = [];
  for (let r = 0; r < n; r++) {
    const desk = planDesk(plan, replications[r]), periods = desk.periods.dscr.length;
    const byMonth = Array.from({ length: months }, () => new Float64Array(draws));
    const byPeriod = Array.from({ length: periods }, () => new Float64Array(draws));
    for (let k = 0; k < draws; k++) {
      const one = desk.sample(circumstances[k], base.statements.issued), { columns } = desk;
      samples.push(one);
      npv[r * draws + k] = one.npvFen;
      owners[r * draws + k] = one.ownersFen;
      for (let m = 0; m < months; m++) {
        byMonth[m][k] = columns.freeCash[m] + columns.reserveCash[m] + columns.ringFencedCash[m] -
          columns.gap[m];
      }
      for (let p = 0; p < periods; p++) byPeriod[p][k] = desk.periods.dscr[p];
    }
    cash.push(fanOf(byMonth));
    dscr.push(fanOf(byPeriod));
  }
  const often = (month: (one: Sample) => number | null | false) =>
    frequencyOf(samples.map(month), { replications: n, draws });
  const table = { replications: n, draws };
  return {
    plan: plan.name,
    of: name,
    base,
    npv: twoWay(npv, table),
    owners: twoWay(owners, table),
    worthIt: often(({ npvFen }) => npvFen >= 0 && 0),
    breach: often(({ breachMonth }) => breachMonth),
    cashOut: often(({ cashOutMonth }) => cashOutMonth),
    unfunded: often(({ isUnfunded, cashOutMonth }) => isUnfunded && cashOutMonth),
    defaulted: often(({ isDefaulted, cashOutMonth }) => isDefaulted && cashOutMonth),
    fans: { cash: meanFan(cash), dscr: meanFan(dscr) },
    tables: { npv, owners },
  };
}

/** Quantiles over the draws, by month; what is no number is left out, and a month of which half the draws say nothing is empty. */
function fanOf(byMonth: readonly Float64Array[]): Fan {
  const levels = fanLevels.map(() => new Float64Array(byMonth.length).fill(NaN));
  for (const [m, values] of byMonth.entries()) {
    const known = values.filter(Number.isFinite).sort();
    if (known.length * 2 < values.length) continue;
    for (const [i, level] of fanLevels.entries()) levels[i][m] = quantileSorted(known, level);
  }
  return { levels, medianError: null };
}

/** Fans of replications as one: the mean of each quantile, and the standard error of the median's mean. */
function meanFan(fans: readonly Fan[]): Fan {
  const n = fans.length,
    mean = (i: number, m: number) => fans.reduce((sum, { levels }) => sum + levels[i][m], 0) / n;
  const levels = fanLevels.map((_, i) => fans[0].levels[i].map((_, m) => mean(i, m)));
  if (n === 1) return { levels, medianError: null };
  const medianError = levels[2].map((middle, m) => {
    let squares = 0;
    for (const one of fans) squares += (one.levels[2][m] - middle) * (one.levels[2][m] - middle);
    return Math.sqrt(squares / (n - 1) / n);
  });
  return { levels, medianError };
}

/** How often a month is said, over a table of replications × draws. */
function frequencyOf(
  said: readonly (number | null | false)[],
  { replications, draws }: { replications: number; draws: number },
): Frequency {
  const happens = (month: number | null | false) => month !== null && month !== false;
  const shares = Array.from({ length: replications }, (_, r) => {
    let count = 0;
    for (let k = 0; k < draws; k++) if (happens(said[r * draws + k])) count++;
    return count / draws;
  });
  const share = shares.reduce((sum, one) => sum + one, 0) / replications;
  const months = Float64Array.from(said.filter((month): month is number => happens(month) && month !== 0))
    .sort();
  let squares = 0;
  for (const one of shares) squares += (one - share) * (one - share);
  return {
    share,
    ...wilsonInterval(Math.round(share * draws), draws),
    simulationError: replications < 2 ? null : Math.sqrt(squares / (replications - 1) / replications),
    months: months.length === 0
      ? null
      : [quantileSorted(months, 0.05), quantileSorted(months, 0.5), quantileSorted(months, 0.95)],
  };
}
