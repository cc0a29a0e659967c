// The page of the sharing experiment: approvals, losses and carelessness under each rule.

import { careless } from "#/server/charts/sharing/careless.ts";
import { shifts } from "#/server/charts/sharing/shifts.ts";
import { counted, difference, money, share } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Figure, Table } from "#/server/pages/parts.tsx";
import { partyWord } from "#/server/words.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import { gainWord, type RuleEffect, type RuleResult, type SharingResult } from "#/sim/experiments/sharing.ts";

/** An estimate with its interval, in a unit; a dash where there is none. */
export function estimateWords(it: Estimate | null, unit: "CNY" | "share"): string {
  if (it === null) return "–";
  const at = (value: number) => difference(value, unit);
  return it.low === null || it.high === null
    ? at(it.mean)
    : `${at(it.mean)} (${at(it.low)} to ${at(it.high)})`;
}

type Row = RuleEffect & Pick<RuleResult, "rule" | "terms" | "lossBps" | "unlawful">;

const effects: Column<Row>[] = [
  { head: "Rule", cell: ({ rule }) => rule },
  { head: "Issuer", cell: ({ issuer }) => partyWord(issuer) },
  { head: "Approved across", number: true, cell: ({ approvalAcross }) => share(approvalAcross) },
  { head: "Change", number: true, cell: ({ approvalChange }) => estimateWords(approvalChange, "share") },
  { head: "Loss borne", number: true, cell: ({ lossBy }) => money(lossBy) },
  { head: "Change", number: true, cell: ({ lossChange }) => estimateWords(lossChange, "CNY") },
  { head: "Result, change", number: true, cell: ({ resultChange }) => estimateWords(resultChange, "CNY") },
];

const incentives: Column<Row>[] = [
  { head: "Rule", cell: ({ rule }) => rule },
  { head: "Careless", cell: ({ issuer }) => partyWord(issuer) },
  { head: "Its own result", number: true, cell: ({ careless }) => estimateWords(careless.own, "CNY") },
  { head: "So it", cell: ({ careless }) => gainWord(careless.own) },
  {
    head: "Beyond today's rule",
    number: true,
    cell: ({ careless }) => estimateWords(careless.beyondReference, "CNY"),
  },
  { head: "Its partner's", number: true, cell: ({ careless }) => estimateWords(careless.partner, "CNY") },
  { head: "Joint losses", number: true, cell: ({ careless }) => estimateWords(careless.jointLoss, "CNY") },
];

/** The whole page as text; nothing is fetched from elsewhere, and the same result gives the same bytes. */
export function sharingPage(scenario: string, result: SharingResult, { replay }: { replay: string }): string {
  const { rules, replications, stepPoints, everywhere } = result;
  const rows: Row[] = rules.flatMap(({ rule, terms, lossBps, unlawful, effects }) =>
    effects.map((effect) => ({ ...effect, rule, terms, lossBps, unlawful }))
  );
  const none = <span></span>;
  return page({
    title: `Sharing losses in ${scenario}`,
    body: (
      <>
        <h1>Sharing losses in {scenario}</h1>
        <p class="facts">
          {rules.length} rules ·{" "}
          {counted(replications, "replication")}, the same people and luck under each · cut-off lowered by
          {" "}
          {stepPoints} points {everywhere ? "everywhere" : "across the bridge"}
        </p>
        <div class="figures">
          <Figure id="careless" options={careless(result)} provenance={none} />
          <Figure id="incentives" options={shifts(result, "incentives")} provenance={none} />
          <Figure id="approvals" options={shifts(result, "approvals")} provenance={none} />
          <Figure id="losses" options={shifts(result, "losses")} provenance={none} />
        </div>
        <Table
          caption="The rules"
          columns={[
            { head: "Rule", cell: ({ rule }: RuleResult) => rule },
            { head: "In words", wide: true, cell: ({ title, terms }: RuleResult) => `${title}: ${terms}` },
            { head: "Joint loss, bps", number: true, cell: ({ lossBps }: RuleResult) => lossBps.toFixed(1) },
            {
              head: "Credit enhancement without a licence",
              number: true,
              cell: ({ unlawful }: RuleResult) => unlawful === 0 ? "none" : money(unlawful),
            },
          ]}
          rows={rules}
        />
        <Table caption="What each rule does, against today's" columns={effects} rows={rows} dense />
        <Table caption="Is it worth while to be careless?" columns={incentives} rows={rows} dense />
        <p class="note">
          An issuer gains or loses by being careless where the whole 95 % interval lies on one side of
          nothing; open says that it does not, or that there are fewer than 3 replications. An issuer's
          cut-off across the bridge follows the share of loss that it bears. Loans late for 90 days are
          written off; what is late for less when the run ends is no loss yet. Replay: <code>{replay}</code>
        </p>
      </>
    ),
  });
}
