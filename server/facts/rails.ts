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
    const waited = sum(({ valueCny, delayMinutes }) => valueCny * delayMinutes);
    return {
      rail: railWord(rail),
      payments: sum(({ payments }) => payments),
      value,
      delayMinutes: value === 0 ? 0 : waited / value,
      failed: sum(({ failed }) => failed),
    };
  }).filter(({ payments, failed }) => payments + failed > 0);
}
