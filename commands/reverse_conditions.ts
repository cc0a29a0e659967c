// The conditions that a reverse stress test can be asked to break: outcomes against bounds, joined or by name.

import { capitalParties } from "#/model/names.ts";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import type { Values } from "#/sim/experiments/evaluate.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

/** A condition with a name. */
export interface NamedCondition {
  /** Any of these breaks it: names of others, or comparisons. */
  any: readonly string[];
  /** What it is, exactly. */
  means: string;
  /** Why it cannot break in a scenario; nothing where it can. */
  absent?: (scenario: Scenario) => string | undefined;
}

const issuers = ["jd", "ant"] as const;
/** Classes that others hold; the originator's own bears the first of every loss. */
const noteClasses = ["senior", "mezzanine"] as const;
const each = (name: string) => issuers.map((issuer) => `${name}.${issuer}`);
const byIssuer = (of: (issuer: typeof issuers[number]) => [string, NamedCondition][]) =>
  Object.fromEntries(issuers.flatMap(of));
const noNotes = (issuer: typeof issuers[number]) => ({ funding }: Scenario) =>
  funding[issuer].abs.active
    ? undefined
    : `${issuer} has no notes; --set funding.${issuer}.abs.active=true issues some, and so does l1-funding-mix`;

/** Every condition that has a name, with its exact definition. */
export const namedConditions: Record<string, NamedCondition> = {
  covenant: { any: each("covenant"), means: "a covenant of either lender's bank line is broken on some day" },
  ...byIssuer((issuer) => [[`covenant.${issuer}`, {
    any: [`covenantDays.${issuer}>0`],
    means:
      `on some day ${issuer}'s bank line has more of the balance 90 days late, or less net assets, than its covenants allow`,
    absent: ({ funding }) => {
      const { active, late90MaxBps, netAssetsMinCny } = funding[issuer].bankLine;
      if (active && (late90MaxBps < 10_000 || netAssetsMinCny > 0)) return undefined;
      return `${issuer}'s bank line has no covenant; --set funding.${issuer}.bankLine.late90MaxBps=300 gives it one`;
    },
  }]]),
  earlyAmortisation: {
    any: ["earlyAmortisations>0"],
    means:
      "the notes of some trust begin to be paid down before their revolving period ends, as a trigger of the deal has fired",
    absent: (scenario) => noNotes("jd")(scenario) && noNotes("ant")(scenario),
  },
  survival: {
    any: each("survival"),
    means: "either lender's money lasts fewer than 30 days under its stress, on some day",
  },
  ...byIssuer((issuer) => [[`survival.${issuer}`, {
    any: [`survivalLeast.${issuer}<30`],
    means:
      `on some evening ${issuer}'s cash and lines, under the stress of its treasury, are gone within fewer than 30 days`,
  }]]),
  fundingGap: {
    any: ["fundingGapDays>0"],
    means: "on some day a lender's money does not reach for the credit that is asked",
  },
  tranche: {
    any: each("tranche"),
    means: "a senior or mezzanine class of either issuer's notes takes a loss",
  },
  ...byIssuer((issuer) => [
    [`tranche.${issuer}`, {
      any: [`tranche.${issuer}.senior`, `tranche.${issuer}.mezzanine`],
      means: `the senior or the mezzanine class of ${issuer}'s notes takes a loss`,
    }],
    ...noteClasses.map((tranche): [string, NamedCondition] => [`tranche.${issuer}.${tranche}`, {
      any: [`trancheUncovered.${issuer}.${tranche}>0`],
      means:
        `on some day a trust's money and receivables, less what the issuer's allowance expects to be lost of such, cover less than is owed on ${issuer}'s ${tranche} class and those before it`,
      absent: noNotes(issuer),
    }]),
  ]),
  insolvency: {
    any: capitalParties.map((party) => `insolvency.${party}`),
    means: "the capital of either lender is below zero at some close of day",
  },
  ...Object.fromEntries(
    capitalParties.map((party): [string, NamedCondition] => [`insolvency.${party}`, {
      any: [`capitalLeast.${party}<0`],
      means:
        `at some close of day ${party} owns less than it owes and is expected to lose of its loans (the allowance of the last month's end)`,
    }]),
  ),
  "insolvency.project": {
    any: ["projectUnpaidDays>0"],
    means: "on some day the project cannot pay its bills, all committed equity having been called",
    absent: ({ project }) => project.active ? undefined : "there is no project; interop has one",
  },
  "insolvency.fund": {
    any: ["fundDryDays>0"],
    means: "on some day the guarantee fund has no money for a loss that it should pay",
    absent: ({ jointLosses: { fund } }) =>
      fund.contributionBps > 0 || fund.upFrontCny > 0
        ? undefined
        : "there is no guarantee fund; --set jointLosses.fund.contributionBps=50 makes one",
  },
};

/** The definition of a named condition in comparisons. */
export function definitionOf(name: string): string {
  const own = namedConditions[name];
  return own ? own.any.map(definitionOf).join(" or ") : name;
}

/** A condition on the outcomes of a run. */
export interface Condition {
  /** As it was asked, and what it says in comparisons. */
  name: string;
  text: string;
  /** By comparison how far beyond its bound a run is, above 0 where it broke, joined: the most of any, the least of all. */
  margin(values: Values, scale?: (at: number, margin: number) => number): number;
}

/** Text that breaks where any of several does, each where all comparisons joined by `&` do. Errors: `ScenarioError`. */
export function conditionOf(texts: string | readonly string[], scenario?: Scenario): Condition {
  const asked = typeof texts === "string" ? [texts] : texts;
  let count = 0;
  const alternatives = asked.flatMap((text) => partsOf(text, scenario)).map((text) =>
    text.split("&").map((part) => ({ at: count++, ...comparisonOf(part, text) }))
  );
  return {
    name: asked.join(" or "),
    text: alternatives.map((all) => all.map(({ said }) => said).join(" & ")).join(" or "),
    margin: (values, scale = (_, margin) => margin) =>
      Math.max(
        ...alternatives.map((all) =>
          Math.min(...all.map(({ at, margin }) => signed(margin(values), at, scale)))
        ),
      ),
  };
}

/** A margin on its scale; one that broke stays above 0, one that did not stays at most 0. */
function signed(margin: number, at: number, scale: (at: number, margin: number) => number): number {
  const on = scale(at, margin);
  return margin > 0 ? Math.max(on, Number.EPSILON) : Math.min(on, 0);
}

/**
 * Margins made comparable: each comparison's by its size in the first run that is seen, so that a margin begins near −1 and
 * breaks at 0 whatever its unit.
 */
export function scaledMargins(condition: Condition): (values: Values) => number {
  const first: number[] = [];
  return (values) =>
    condition.margin(values, (at, margin) => margin / ((first[at] ??= Math.abs(margin)) || 1));
}

/** The comparisons that a named condition stands for in a scenario; those that cannot break there are left out. */
function partsOf(text: string, scenario?: Scenario): string[] {
  const own = Object.hasOwn(namedConditions, text.trim()) ? namedConditions[text.trim()] : undefined;
  if (!own) return [text];
  const why: string[] = [];
  const walk = (name: string): string[] => {
    const it = Object.hasOwn(namedConditions, name) ? namedConditions[name] : undefined;
    if (!it) return [name];
    const absent = scenario && it.absent?.(scenario);
    if (absent) why.push(absent);
    return absent ? [] : it.any.flatMap(walk);
  };
  const parts = walk(text.trim());
  if (parts.length === 0) {
    refuse(
      "--break",
      "",
      `found ${text.trim()}, which nothing here can break: ${[...new Set(why)].join("; ")}`,
    );
  }
  return parts;
}

function comparisonOf(part: string, whole: string): { said: string; margin: (values: Values) => number } {
  const [, outcome = "", sign, bound] =
    /^\s*([A-Za-z][\w.-]*)\s*(>=|<=|>|<)\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*$/i.exec(part) ?? [];
  const limit = Number(bound);
  if (!sign || !Number.isFinite(limit)) {
    refuse(
      "--break",
      "",
      `found ${
        JSON.stringify(whole)
      }; allowed is an outcome, > or <, and a number, such as netLoss>2e9, several of them joined by &, or ${
        listed(Object.keys(namedConditions))
      }`,
    );
  }
  if (!outcomeNames.includes(outcome)) {
    refuse(
      "--break",
      "",
      `found the outcome "${outcome}"; allowed are outcomes of a run, such as netLoss${
        meant(outcome, outcomeNames)
      }`,
    );
  }
  return {
    said: part.trim(),
    margin(values) {
      if (!(outcome in values)) {
        refuse(
          "--break",
          "",
          `found the outcome "${outcome}", which this scenario's runs do not have; allowed is one that they have`,
        );
      }
      const beyond = sign.startsWith(">") ? values[outcome] - limit : limit - values[outcome];
      return beyond === 0 && sign.endsWith("=") ? Number.EPSILON : beyond;
    },
  };
}
