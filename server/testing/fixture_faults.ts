// The made-up part of faults in clearing: transfers by their end, and breaks that are found and worked off.

import type { Outcome } from "#/sim/result.ts";
import type { FixtureTools } from "#/server/testing/fixture_identity.ts";

/** Writes the daily columns; nothing crosses a bridge in the closed world. */
export function putFaults({ put, ramp, wave }: FixtureTools): void {
  const prepared = (d: number) => Math.round(9e5 * ramp(d) * (1 + 0.2 * wave(d, 95)));
  const late = (d: number) => Math.round(prepared(d) * 0.06 * (1 + 0.3 * wave(d, 96)));
  const back = (d: number) => Math.round(prepared(d) * (d % 40 > 33 ? 0.22 : 0.03));
  const unfunded = (d: number) => Math.round(prepared(d) * 0.01);
  put("transfersPrepared", prepared);
  put("transfersInTime", (d) => prepared(d) - late(d) - back(d) - unfunded(d));
  put("transfersLate", late);
  put("transfersTimedOut", back);
  put("transfersUnfunded", unfunded);
  const found = (d: number) => Math.round(4e4 * ramp(d) * (1 + 0.4 * wave(d, 97)) * (d % 60 > 54 ? 6 : 1));
  const open: number[] = [], worked: number[] = [];
  const play = (d: number) => {
    for (let day = open.length; day <= d; day++) {
      const before = (open[day - 1] ?? 0) + found(day);
      worked.push(Math.min(before, 6e4));
      open.push(before - worked[day]);
    }
  };
  put("breaksFound", found);
  put("breaksOpen", (d) => (play(d), open[d]));
  put("breaksWorkedOff", (d) => (play(d), worked[d]));
  put("breakAge", (d) => (play(d), open[d] > 0 ? 1 + open[d] / 6e4 : 0));
  put("reconciliationCost", (d) => found(d) * 30);
}

/** The outcomes that these columns add up to. */
export function faultOutcomes({ sum, open }: FixtureTools): Record<string, Outcome> {
  const names = [
    "transfersPrepared",
    "transfersInTime",
    "transfersLate",
    "transfersTimedOut",
    "transfersUnfunded",
  ];
  return {
    ...Object.fromEntries(
      [...names, "breaksFound", "breaksWorkedOff"].map((
        name,
      ) => [name, { value: sum(name), unit: "purchases" }]),
    ),
    breakDays: { value: open ? 1.4 : 0, unit: "days" },
    reconciliationCost: { value: sum("reconciliationCost"), unit: "CNY" },
  };
}
