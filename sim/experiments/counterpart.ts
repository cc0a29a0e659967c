// A scenario's project and the same scenario without it: what the project opens, when, and everything that it brings closed again.

import { networks, products } from "#/model/names.ts";
import { chainOf, library } from "#/scenarios/chain.ts";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import type { Case } from "#/sim/experiments/evaluate.ts";

/** Something that the project opens: a cell of the acceptance table, the co-branded card, or shops abroad. */
export interface Opening {
  /** As said to people and on the command line: `baitiao-alipay`, `cobranded-card`, `cross-border`. */
  name: string;
  /** Settings that leave it closed. */
  closed: Case;
  /** Settings that open it on a day; none for what has no day of opening of its own. */
  from: (day: number) => Case;
}

/**
 * What a scenario opens, in the order of the acceptance table, the card and shops abroad last.
 *
 * Shapes: a resolved scenario. A cell counts that is bridged; what is native is there without the project.
 *
 * @example
 * ```ts
 * import { openingsOf } from "#/sim/experiments/counterpart.ts";
 * import { load } from "#/scenarios/load.ts";
 * import assert from "node:assert/strict";
 * const names = openingsOf(load("interop").scenario).map(({ name }) => name);
 * assert.deepEqual(names, ["baitiao-alipay", "huabei-jd-mall"]);
 * ```
 */
export function openingsOf({ acceptance, cobrand, crossBorder }: Scenario): Opening[] {
  const cells = products.flatMap((product) =>
    networks.filter((network) => acceptance[product][network].mode === "bridged").map((network) => {
      const path = `acceptance.${product}.${network}`;
      return {
        name: `${product}-${network}`,
        closed: [`${path}.mode=closed`],
        from: (day: number) => [`${path}.opensDay=${day}`],
      };
    })
  );
  const card = {
    name: "cobranded-card",
    closed: ["cobrand.active=false"],
    from: (day: number) => [`cobrand.opensDay=${day}`],
  };
  const abroad = { name: "cross-border", closed: ["crossBorder.active=false"], from: () => [] };
  return [...cells, ...(cobrand.active ? [card] : []), ...(crossBorder.active ? [abroad] : [])];
}

/** What belongs to the project beside its openings: taken from the root of the scenario's chain for the side without. */
const projectPaths = [
  "identity.policy",
  "fraud.sharedSight",
  "scoring.fusion",
  "credit.jointLimit",
  "credit.jointGranting.by",
  "sharing",
  "project.active",
  "rulebook.joinedLineLatenessStops",
] as const;

/**
 * Settings that take the project out of a scenario: its openings closed, and what it brings for them as it stands in the root of
 * the chain of files. Economy, shocks, people and the rest of the settings stay.
 *
 * Errors: `ScenarioError` for a scenario that cannot be read, and for one that opens nothing.
 */
export function withoutProject(scenario: string, set: Case = []): Case {
  const { scenario: own } = load(scenario, { set });
  const openings = openingsOf(own);
  if (openings.length === 0) {
    refuse(scenario, "acceptance", "found no bridged cell; allowed is a scenario whose project opens one");
  }
  const from = library(), root = chainOf(scenario, from).at(-1)!;
  const { scenario: before } = load(root.path, {});
  return [
    ...openings.flatMap(({ closed }) => closed),
    ...projectPaths.map((path) => `${path}=${JSON.stringify(at(before, path))}`),
  ];
}

const at = (scenario: Scenario, path: string): unknown =>
  path.split(".").reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], scenario);

/** When what a project builds opens. */
export interface OpeningTimes {
  /** Month of the first opening, from 1; where it is not said, the month after the scenario's build. */
  firstMonth?: number;
  /** Days from one opening to the next. */
  apartDays?: number;
}

/** Days of a month of the build, as the project is billed. */
const buildMonthDays = 30;

/**
 * Settings that open a scenario's openings one after the other once they are built, in an order.
 *
 * Shapes: `openings` as of {@link openingsOf}; days count from the start of the run.
 */
export function openedAfterBuild(
  { project }: Scenario,
  openings: readonly Opening[],
  { firstMonth, apartDays = 0 }: OpeningTimes = {},
): Case {
  const months = firstMonth === undefined ? project.capexCurveBps.length : firstMonth - 1;
  return openings.flatMap(({ from }, k) => from(months * buildMonthDays + k * apartDays));
}
