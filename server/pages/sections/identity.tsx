// Identity and fraud: who is recognised and what is used of people, what they agreed to, what fraud tried, took and cost.

import { consentKinds } from "#/model/identity/consents.ts";
import { paired, summed } from "#/server/facts/consents.ts";
import { columnsOf, sumOf, type World } from "#/server/facts/days.ts";
import { identity } from "#/server/facts/findings.ts";
import { type FraudRow, fraudRows } from "#/server/facts/frauds.ts";
import { type Pair, pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { refusals } from "#/server/facts/refusals.ts";
import { count, inFull, money } from "#/server/format.ts";
import { BothRuns, type Column, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import { byLayer, refusalColumns } from "#/server/pages/sections/purchases.tsx";
import type { Comparison } from "#/server/reports/shape.ts";
import { typologyWord } from "#/server/words.ts";

/** The section. */
export function identitySection(report: Comparison): Section {
  const stopped = refusals(report, "plotsRefused"), frauds = fraudRows(report);
  return {
    id: "identity",
    topic: "Identity and fraud",
    heading: identity(report),
    body: (
      <>
        {proofs(report)}
        <Figures
          report={report}
          names={[
            "fraud-taken",
            "fraud-attempts",
            "fraud-by-layer",
            "exposure",
            "data-uses",
            "attributes-disclosed",
            "consents",
            "challenged",
          ]}
        />
        {frauds.length > 0 && (
          <div class="block">
            <Table
              caption="Fraud by typology, whole period: attempts, those that a rule or a challenge stopped, and what was taken"
              columns={fraudColumns(frauds)}
              rows={frauds.filter(({ world }) => world === "closed")}
            />
            <BothRuns report={report} />
          </div>
        )}
        {stopped.length > 0 && (
          <div class="block">
            <Table
              caption="What stopped fraud: refused attempts by the layer and the reason that refused them"
              columns={refusalColumns}
              rows={stopped}
              group={byLayer}
            />
            <BothRuns report={report} />
          </div>
        )}
        <Pairs
          report={report}
          caption="Screening: how much fraud it stops, whom it stops by mistake, who bears the rest"
          pairs={[
            "fraudRecall",
            "fraudPrecision",
            "insultedShare",
            "fraudBorne.issuers",
            "fraudBorne.merchants",
          ]
            .map((name) => pairOf(report, name))}
        />
        <Pairs
          report={report}
          caption="Challenges, explanations and reviews by a person"
          pairs={[
            ...["challenges", "challengesLost"].map((name) => pairOf(report, name)),
            secondsOfChallenge(report),
            ...["explanations", "reviews", "reversals"].map((name) => pairOf(report, name)),
          ]}
        />
        <Pairs
          report={report}
          caption="Recognition, uses of personal data, and what would leak"
          pairs={[
            ...["linkedShare", "matchRate", "falseLinks", "missedLinks", "wrongPersonUses"]
              .map((name) => pairOf(report, name)),
            ...columnsOf(report, "dataUses.").map((name) => summed(report, `dataUses.${name}`, "uses")),
            ...["attributesDisclosed", ...partsOf(report, "exposure").map((name) => `exposure.${name}`)]
              .map((name) => pairOf(report, name)),
            pairOf(report, "identityCost"),
          ]}
        />
        <Pairs
          report={report}
          caption="Consents, credentials and the shared ledger"
          pairs={[
            ...consentKinds.flatMap((kind) =>
              ["consentsGiven", "consentsWithdrawn"].map((name) =>
                summed(report, `${name}.${kind}`, "people")
              )
            ),
            summed(report, "revoked", "people"),
            summed(report, "ledgerBlocks", "blocks"),
            longestQueue(report),
          ]}
        />
      </>
    ),
  };
}

/** How often the protocol ran in full behind a try, and agreed: a run in which it did not agree stops and gives no report. */
function proofs({ a, b }: Comparison) {
  if (!a.proofs && !b.proofs) return null;
  return (
    <p class="facts">
      Behind {inFull(b.proofs ?? 0)} sampled tries of the open run and {inFull(a.proofs ?? 0)}{" "}
      of the closed one, credentials were issued, presented and checked in full, and each verdict agreed with
      the simulation's.
    </p>
  );
}

/** A table of the outcomes that are there, and nothing where there is none. */
function Pairs(
  { report, caption, pairs }: { report: Comparison; caption: string; pairs: (Pair | undefined)[] },
) {
  const rows = pairs.filter((pair) => pair !== undefined);
  if (rows.length === 0) return null;
  return (
    <div class="block">
      <Table caption={caption} columns={pairColumns(report)} rows={rows} />
      <BothRuns report={report} />
    </div>
  );
}

/** Both worlds beside each other; the rows are those of the closed one. */
function fraudColumns(rows: readonly FraudRow[]): Column<FraudRow>[] {
  const side = (world: World, { typology }: FraudRow) =>
    rows.find((row) => row.world === world && row.typology === typology)!;
  const column = (
    head: string,
    key: "tried" | "stopped" | "taken",
    say: (value: number) => string,
  ): Column<FraudRow>[] =>
    (["closed", "open"] as const).map((world) => ({
      head: `${head}, ${world}`,
      number: true,
      cell: (row) => {
        const value = side(world, row)[key];
        return value === null ? "–" : say(value);
      },
    }));
  return [
    { head: "Typology", cell: ({ typology }) => typologyWord(typology) },
    ...column("Tried", "tried", count),
    ...column("Stopped", "stopped", count),
    ...column("Taken", "taken", money),
  ];
}

/** How long a challenge takes on average. */
function secondsOfChallenge(report: Comparison): Pair | undefined {
  const mean = (run: Comparison["a"]) => {
    const seconds = sumOf(run, "challengeSeconds"), challenges = sumOf(run, "challenges");
    return seconds === null || !challenges ? null : seconds / challenges;
  };
  return paired({
    name: "challengeSeconds",
    unit: "seconds",
    closed: mean(report.a),
    open: mean(report.b),
  });
}

/** The most entries that waited for the ledger on any evening, told for everybody. */
function longestQueue(report: Comparison): Pair | undefined {
  const most = ({ daily, world }: Comparison["a"]) => {
    const waiting = daily.columns.ledgerWaiting;
    return waiting?.length ? world.peoplePerShopper * waiting.reduce((x, y) => Math.max(x, y ?? 0), 0) : null;
  };
  return paired({ name: "ledgerWaiting", unit: "people", closed: most(report.a), open: most(report.b) });
}
