// What each rail carried in the open world, by hour of the day.

import type { Comparison } from "#/server/reports/shape.ts";
import { railWord } from "#/server/words.ts";

/** One rail in one hour: money a day, in CNY. */
export interface RailHour {
  rail: string;
  hour: number;
  value: number;
}

/** One rail over the whole period. */
export interface RailSum {
  rail: string;
  payments: number;
  value: number;
  delayMinutes: number;
  failed: number;
  /** The most of any hour; reports of before do not say. */
  queuePeak: number;
  liquidityPeak: number;
  liquidityCost: number;
  /** Over its hours, weighted by value; undefined where nothing was carried. */
  nettingRatio: number | undefined;
  gridlockMinutes: number;
}

/** One rail in one hour, in full. */
export interface RailHourRow extends RailSum {
  hour: number;
}

/** Every hour of each rail on which something happened. */
export function railHourRows(report: Comparison): RailHourRow[] {
  return (report.b.clearing?.rails ?? []).flatMap(({ rail, hours }) =>
    hours.flatMap((own, hour): RailHourRow[] =>
      own.payments + own.failed + (own.queuePeakCny ?? 0) + (own.liquidityPeakCny ?? 0) === 0 ? [] : [{
        ...{ rail: railWord(rail), hour, payments: own.payments, value: own.valueCny },
        ...{ delayMinutes: own.delayMinutes, failed: own.failed, gridlockMinutes: own.gridlockMinutes ?? 0 },
        queuePeak: own.queuePeakCny ?? 0,
        liquidityPeak: own.liquidityPeakCny ?? 0,
        liquidityCost: own.liquidityCostCny ?? 0,
        nettingRatio: own.valueCny > 0 ? own.nettingRatio : undefined,
      }]
    )
  );
}

/** Value a day by rail and hour; rails that carried nothing are left out. */
export function railHours({ b }: Comparison): RailHour[] {
  return (b.clearing?.rails ?? []).filter(({ hours }) => hours.some(({ valueCny }) => valueCny > 0)).flatMap((
    { rail, hours },
  ) => hours.map(({ valueCny }, hour) => ({ rail: railWord(rail), hour, value: valueCny / b.world.days })));
}

/** Each rail's sums; those that carried nothing and failed nothing are left out. */
export function railSums({ b }: Comparison): RailSum[] {
  return (b.clearing?.rails ?? []).map(({ rail, hours }) => {
    const sum = (of: (hour: typeof hours[number]) => number) =>
      hours.reduce((all, hour) => all + of(hour), 0);
    const value = sum(({ valueCny }) => valueCny);
    const most = (of: (hour: typeof hours[number]) => number) => Math.max(0, ...hours.map(of));
    const waited = sum(({ valueCny, delayMinutes }) => valueCny * delayMinutes);
    return {
      rail: railWord(rail),
      payments: sum(({ payments }) => payments),
      value,
      delayMinutes: value === 0 ? 0 : waited / value,
      failed: sum(({ failed }) => failed),
      queuePeak: most(({ queuePeakCny }) => queuePeakCny ?? 0),
      liquidityPeak: most(({ liquidityPeakCny }) => liquidityPeakCny ?? 0),
      liquidityCost: sum(({ liquidityCostCny }) => liquidityCostCny ?? 0),
      nettingRatio: value === 0
        ? undefined
        : sum(({ valueCny, nettingRatio }) => valueCny * (nettingRatio ?? 0)) / value,
      gridlockMinutes: sum(({ gridlockMinutes }) => gridlockMinutes ?? 0),
    };
  }).filter(({ payments, failed }) => payments + failed > 0);
}
