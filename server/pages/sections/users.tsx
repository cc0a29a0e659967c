// Users: how many each platform has, how many both gained together, how many only moved.

import { users } from "#/server/facts/findings.ts";
import { pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { BothRuns, Figures, type Section, Table } from "#/server/pages/parts.tsx";
import { pairColumns } from "#/server/pages/sections/overview.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

/** The section. */
export function usersSection(report: Comparison): Section {
  const names = [
    "usersGained",
    "usersMoved",
    ...["users", "activeUsers"].flatMap((kind) => partsOf(report, kind).map((name) => `${kind}.${name}`)),
    "overIndebtedShare",
  ];
  const rows = names.map((name) => pairOf(report, name)).filter((pair) => pair !== undefined);
  return {
    id: "users",
    topic: "Users gained and moved",
    heading: users(report),
    body: (
      <>
        <p>
          A user is gained who held no line on the first day and holds one on the last, and moved who held one
          line and now holds only the other. Both happen in a closed world too: the difference is what opening
          adds.
        </p>
        <Figures report={report} names={["users-baitiao", "users-huabei"]} />
        <div class="block">
          <Table caption="Users at the end of the period" columns={pairColumns(report)} rows={rows} />
          <BothRuns report={report} />
        </div>
      </>
    ),
  };
}
