// From month to month: roll matrices, vintages, expected credit loss and what collection brought.

import { lossStages, type RollForward } from "#/model/credit/expected_loss.ts";
import { pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { rollForwardOf } from "#/server/facts/servicing.ts";
import { inUnit, money } from "#/server/format.ts";
import { BothRuns, type Column, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

const stageWords = ["Stage 1", "Stage 2", "Stage 3"];
const movements: { head: string; of: keyof RollForward }[] = [
  { head: "Opening", of: "openingFen" },
  { head: "+ New", of: "newFen" },
  { head: "+ Transfers", of: "transfersFen" },
  { head: "+ Remeasured", of: "remeasurementFen" },
  { head: "− Written off", of: "writeOffsFen" },
  { head: "− Recovered", of: "recoveriesFen" },
  { head: "= Closing", of: "closingFen" },
];

interface Row {
  whose: string;
  stage: string;
  it: RollForward;
}

/** The section. */
export function servicingSection(report: Comparison): Section {
  const rows = (["closed", "open"] as const).flatMap((world) =>
    ["jd", "ant"].flatMap((issuer) =>
      lossStages.flatMap((stage, s): Row[] => {
        const it = rollForwardOf(report, { world, issuer, stage });
        return it ? [{ whose: `${partyWord(issuer)}, ${world}`, stage: stageWords[s], it }] : [];
      })
    )
  );
  const columns: Column<Row>[] = [
    { head: "Stage", cell: ({ stage }) => stage },
    ...movements.map(({ head, of }): Column<Row> => ({
      head,
      number: true,
      cell: ({ it }) => money(it[of] / 100).replace("CNY ", ""),
    })),
  ];
  const outcomes = [
    "rollRate",
    "vintage30",
    "vintage90",
    "lossGivenDefault",
    "impairment",
    "recovered",
    "collected",
    "notices",
  ]
    .flatMap((kind) => partsOf(report, kind).map((name) => pairOf(report, `${kind}.${name}`)!));
  const pair = (issuer: string) => pairOf(report, `lossGivenDefault.${issuer}`);
  const found = pair("ant");
  return {
    id: "servicing",
    topic: "Collection and expected losses",
    heading: found
      ? `Of what was in default at Ant, ${inUnit(found.closed, "share")} was lost closed, ${
        inUnit(found.open, "share")
      } open`
      : "Collection and expected losses",
    body: (
      <>
        <Figures
          report={report}
          names={[
            "roll-matrix-baitiao",
            "roll-matrix-huabei",
            "vintages-baitiao",
            "vintages-huabei",
            "allowances",
          ]}
        />
        {rows.length > 0 && (
          <div class="block">
            <Table
              caption="Loss allowance, rolled forward over the closed months of the run, CNY"
              columns={columns}
              rows={rows}
              group={({ whose }) => whose}
            />
            <BothRuns report={report} />
          </div>
        )}
        {outcomes.length > 0 && (
          <div class="block">
            <Table
              caption="Rolls, vintages, collection and notices"
              columns={pairColumns(report)}
              rows={outcomes}
            />
            <BothRuns report={report} />
          </div>
        )}
      </>
    ),
  };
}
