// The made-up part of identity, consent and fraud: daily columns, outcomes and refused attempts that agree with one another.

import { type TypologyName, typologyNames } from "#/model/fraud/typologies/registry.ts";
import { consentKinds, dataOf } from "#/model/identity/consents.ts";
import type { Outcome, RunResult } from "#/sim/result.ts";

/** What the rest of the made-up run hands over: its day's tools and whether the cells are opened. */
export interface FixtureTools {
  open: boolean;
  put: (name: string, at: (day: number) => number) => void;
  sum: (name: string) => number;
  /** From 0 closed to 1 fully open, by day. */
  ramp: (day: number) => number;
  wave: (day: number, lane: number) => number;
  wanted: (day: number) => number;
}

/** Attempts a day, the share that a rule or a challenge stops, closed and open, and CNY taken by each of the others. */
const plots: Record<TypologyName, { tried: number; closed: number; open: number; takes: number }> = {
  stolenAccount: { tried: 2_600, closed: 0.68, open: 0.61, takes: 690 },
  syntheticIdentity: { tried: 1_200, closed: 0.04, open: 0.22, takes: 510 },
  friendlyFraud: { tried: 3_000, closed: 0.02, open: 0.02, takes: 130 },
  cashOut: { tried: 9_500, closed: 0.05, open: 0.08, takes: 440 },
  bustOut: { tried: 990, closed: 0, open: 0.35, takes: 1_450 },
  deviceRing: { tried: 2_700, closed: 0.81, open: 0.86, takes: 380 },
  kiting: { tried: 360, closed: 0, open: 0, takes: 620 },
};
/** Of the attempts that neither rule nor challenge stops, the share that a later layer refuses. */
const refusedLater = 0.12;
/** The day on which a breach becomes known, and people take consents back. */
const breachDay = 75;

/** Writes the daily columns. */
export function putIdentity({ open, put, ramp, wave, wanted }: FixtureTools): void {
  const luck = (d: number, lane: number) => 1 + 0.1 * wave(d, lane);
  typologyNames.forEach((name, lane) => {
    const { tried, closed, open: opened, takes } = plots[name];
    const many = (d: number) => Math.round(tried * (1 + 0.3 * ramp(d)) * luck(d, 80 + lane));
    const stopped = (d: number) => Math.round(many(d) * (open ? opened : closed));
    put(`plotsTried.${name}`, many);
    put(`plotsStopped.${name}`, stopped);
    put(`plotted.${name}`, (d) => (many(d) - stopped(d)) * (1 - refusedLater) * takes);
  });
  consentKinds.forEach((kind, lane) => {
    put(`consentsGiven.${kind}`, (d) => Math.round(1.1e5 * (1 - 0.2 * lane) * luck(d, 90 + lane)));
    put(
      `consentsWithdrawn.${kind}`,
      (d) => Math.round(6.5e4 * (1 + 0.2 * lane) * luck(d, 93 + lane) * (d === breachDay ? 40 : 1)),
    );
    for (const [issuer, part] of [["jd", 0.05], ["ant", 0.32]] as const) {
      put(
        `dataUses.${dataOf[kind]}.${issuer}`,
        (d) => Math.round(wanted(d) * part * [0.12 * ramp(d), 0.7 * ramp(d), 0.9 + 0.1 * ramp(d)][lane]),
      );
    }
  });
  put("attributesDisclosed", (d) => Math.round(wanted(d) * (0.33 + 1.7 * ramp(d))));
  put("challenges", (d) => Math.round(wanted(d) * 0.0014 * (1 + 0.25 * ramp(d)) * luck(d, 100)));
  put("challengesLost", (d) => Math.round(wanted(d) * 0.00012 * (1 + 0.3 * ramp(d)) * luck(d, 101)));
  put("challengeSeconds", (d) => Math.round(wanted(d) * 0.0296 * (1 + 0.25 * ramp(d)) * luck(d, 100)));
  put("explained", (d) => Math.round(1.6e5 * (1 + 0.2 * ramp(d)) * luck(d, 102)));
  put("reviews", (d) => Math.round(4.1e4 * (1 + 0.2 * ramp(d)) * luck(d, 103)));
  put("reversals", (d) => Math.round(3.3e4 * (1 + 0.2 * ramp(d)) * luck(d, 104)));
  put("identityCost", (d) => open ? (d === 0 ? 3.1e8 : 1.6e6) : 1.0e6);
  put("fraudBorne.issuers", (d) => 1.1e6 * (1 + 0.3 * ramp(d)) * luck(d, 105));
  put("fraudBorne.merchants", (d) => 2.4e5 * (1 + 0.1 * ramp(d)) * luck(d, 106));
  if (!open) return;
  put("revoked", (d) => Math.round(3.3e4 * luck(d, 107)));
  put("ledgerBlocks", () => 288);
  put("ledgerWaiting", (d) => d === breachDay ? 2 : 0);
}

/** The outcomes that follow from the columns, and a few that do not. */
export function identityOutcomes({ open, sum }: FixtureTools): Record<string, Outcome> {
  const outcomes: Record<string, Outcome> = {};
  const say = (name: string, unit: Outcome["unit"], value: number) => outcomes[name] = { value, unit };
  for (const name of typologyNames) say(`fraudTaken.${name}`, "CNY", sum(`plotted.${name}`));
  for (const who of ["issuers", "merchants"]) say(`fraudBorne.${who}`, "CNY", sum(`fraudBorne.${who}`));
  const all = (prefix: string) => typologyNames.reduce((x, name) => x + sum(`${prefix}.${name}`), 0);
  say("fraudRecall", "share", all("plotsStopped") / Math.max(1, all("plotsTried")));
  say("fraudPrecision", "share", open ? 0.0102 : 0.0121);
  for (const name of ["challenges", "challengesLost", "reviews", "reversals"]) {
    say(name, "purchases", sum(name));
  }
  say("explanations", "purchases", sum("explained"));
  say("insultedShare", "share", open ? 0.0031 : 0.0028);
  say("linkedShare", "share", open ? 0.671 : 0);
  for (const data of Object.values(dataOf)) {
    say(`dataUses.${data}`, "uses", sum(`dataUses.${data}.jd`) + sum(`dataUses.${data}.ant`));
  }
  say("attributesDisclosed", "attributes", sum("attributesDisclosed"));
  say("exposure.jd", "attributes", open ? 8.7e8 : 0);
  say("exposure.ant", "attributes", open ? 1.84e9 : 0);
  say("wrongPersonUses", "uses", 0);
  say("identityCost", "CNY", sum("identityCost"));
  return outcomes;
}

/** Attempts that were refused, by layer and reason: all that rules and challenges stopped, and what later layers refused. */
export function refusedPlots({ open, sum }: FixtureTools): RunResult["purchases"]["plotsRefused"] {
  const all = (prefix: string) => typologyNames.reduce((x, name) => x + sum(`${prefix}.${name}`), 0);
  const stopped = all("plotsStopped"), later = Math.round((all("plotsTried") - stopped) * refusedLater);
  const lost = Math.round(stopped * 0.18), far = Math.round(stopped * 0.14), unlike = Math.round(lost / 2);
  const score = Math.round(later * 0.3), unlinked = open ? Math.round(later * 0.2) : 0;
  return {
    ...(open ? { identify: { "no-consent": unlinked } } : {}),
    screen: { blacklist: stopped - lost - far, distance: far },
    challenge: { "challenge-failed": lost - unlike, "challenge-abandoned": unlike },
    score: { "score-below-cutoff": score },
    decide: { "late-account": later - score - unlinked },
  };
}

/** Takes all of this out of a run again, as a report from before it was told holds it. */
export function forgetIdentity(run: RunResult): void {
  const columns: string[] = [];
  const tools: FixtureTools = {
    open: true,
    put: (name) => columns.push(name),
    sum: () => 0,
    ramp: () => 0,
    wave: () => 0,
    wanted: () => 0,
  };
  putIdentity(tools);
  for (const name of columns) delete run.daily.columns[name];
  for (const name of Object.keys(identityOutcomes(tools))) {
    // How many good shoppers were refused as fraud was told before.
    if (name !== "insultedShare") delete run.outcomes[name];
  }
  delete (run.purchases as Partial<RunResult["purchases"]>).plotsRefused;
  delete (run as Partial<RunResult>).proofs;
}
