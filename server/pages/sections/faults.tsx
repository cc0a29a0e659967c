// When clearing goes wrong: transfers that met a fault, breaks between files, outages.

import { breakSums, transferSums } from "#/server/facts/faults.ts";
import { count, share } from "#/server/format.ts";
import { Figures, type Section } from "#/server/pages/parts.tsx";
import { Outcomes } from "#/server/pages/sections/flows.tsx";
import type { Comparison } from "#/server/reports/shape.ts";

/** Faults of clearing and what they left behind. */
export function faultsSection(report: Comparison): Section {
  return {
    id: "faults",
    topic: "When clearing goes wrong",
    heading: finding(report),
    body: (
      <>
        <Figures report={report} names={["transfers-by-fate", "breaks-by-day"]} />
        <Outcomes
          report={report}
          names={[
            ...[
              "transfersPrepared",
              "transfersInTime",
              "transfersLate",
              "transfersTimedOut",
              "transfersUnfunded",
            ],
            ...["transferRetries", "messagesAgain", "outageMinutes", "heldByOutage"],
          ]}
          caption="Transfers that met a fault, and outages"
        />
        <Outcomes
          report={report}
          names={[
            "breaksFound",
            "breaksWorkedOff",
            "breaksOpen",
            "breakDays",
            "disputed",
            "reconciliationCost",
          ]}
          caption="Breaks between the platforms' files"
        />
      </>
    ),
  };
}

/** What went wrong, in one sentence. */
function finding(report: Comparison): string {
  const transfers = transferSums(report), breaks = breakSums(report);
  if (!transfers || !breaks) return "When clearing goes wrong";
  const back = transfers.ends["given back"];
  const met = transfers.all === 0
    ? "No transfer meets a fault"
    : `${count(transfers.all)} transfers meet a fault, ${share(back / transfers.all)} of them are given back`;
  return `${met}; ${
    breaks.found === 0 ? "no" : count(breaks.found)
  } payments disagree in the platforms' files`;
}
