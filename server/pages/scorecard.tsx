// The page of a fitted scorecard: how good it is on rows it has not seen, what each variable says, who is approved.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { stoppedWords } from "#/model/scoring/fit/logistic.ts";
import { emptyClassWords, woeFormulas } from "#/model/scoring/fit/woe.ts";
import type { Exclusion } from "#/model/scoring/study/exclusions.ts";
import type { GroupStudy, ScorecardStudy } from "#/model/scoring/study/study.ts";
import type { ChartOptions } from "#/server/charts/chart.ts";
import { scoreCalibration } from "#/server/charts/scorecard/calibration.ts";
import { scoreDistribution } from "#/server/charts/scorecard/distribution.ts";
import { fairnessOf } from "#/server/charts/scorecard/fairness.ts";
import { roc } from "#/server/charts/scorecard/roc.ts";
import { weights } from "#/server/charts/scorecard/weights.ts";
import { inFull, share, signed, unbroken } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { Figure, type Html, type Section, SectionBlock, Table } from "#/server/pages/parts.tsx";

/** What the page is made of. */
export interface ScorecardReport {
  /** The file's path; its last part is shown. */
  file: string;
  target: { column: string; bad: string; good: string; because: string };
  study: ScorecardStudy;
  excluded: readonly Exclusion[];
  notes: readonly string[];
}

const digits = (value: number) => value.toFixed(3);
const orDash = (value: number | null, say: (value: number) => string) => value === null ? "–" : say(value);

/**
 * The whole page as text; nothing is fetched from elsewhere, and the same study gives the same bytes.
 *
 * Errors: none for a study of both classes.
 */
export function scorecardPage(report: ScorecardReport): string {
  const { file, target, study, notes } = report;
  const sections = [
    quality(study),
    variables(study),
    ...(study.card.variables.length > 0 ? [card(study)] : []),
    ...(study.groups.length > 0 ? [fairness(study)] : []),
    method(report),
  ];
  const name = file.split(/[/\\]/).at(-1)!;
  return page({
    title: `Scorecard of ${name}`,
    contents: sections,
    body: (
      <>
        <h1>Scorecard of {name}</h1>
        <p class="facts">
          {inFull(study.rows)} rows · {share(study.badRate)} bad · target <code>{target.column}</code>:{" "}
          {target.bad} is bad, {target.good} is good ({target.because}) · {study.folds} folds · seed{" "}
          {study.seed}
        </p>
        {notes.map((note) => <p class="note">{note}</p>)}
        {sections.map((section) => <SectionBlock section={section} />)}
      </>
    ),
  });
}

function Plain({ id, options }: { id: string; options: ChartOptions }): Html {
  return <Figure id={id} options={options} provenance={<span></span>} />;
}

function quality(study: ScorecardStudy): Section {
  const { auc, ks, gini, brier, badRate, approval, calibration } = study;
  return {
    id: "quality",
    topic: "Quality",
    heading: `On rows it has not seen the card puts a bad below a good in ${
      share(auc.crossValidated)
    } of pairs`,
    body: (
      <>
        <p>
          AUC {digits(auc.crossValidated)} (95 % interval {digits(auc.interval.low)} to{" "}
          {digits(auc.interval.high)}; by fold {auc.byFold.map(digits).join(", ")}); on its own rows{" "}
          {digits(auc.train)}. KS {digits(ks)}, Gini {digits(gini)}, Brier score {brier.toFixed(4)} against
          {" "}
          {(badRate * (1 - badRate)).toFixed(4)} for one probability for all. {unbroken(
            `Approving the best ${share(approval.approvalRate)}, ${
              share(approval.badRate)
            } of them turn bad.`,
          )}
        </p>
        <div class="figures">
          <Plain id="figure-roc" options={roc(study)} />
          <Plain id="figure-calibration" options={scoreCalibration(study)} />
          <Plain id="figure-distribution" options={scoreDistribution(study)} />
        </div>
        <Table
          caption={`Calibration (${calibration.method}) by band of equally many rows, the safest first, out of sample.`}
          columns={[
            { head: "band", cell: ({ place }) => place },
            { head: "rows", cell: ({ rows }) => inFull(rows), number: true },
            { head: "bads", cell: ({ bads }) => inFull(bads), number: true },
            { head: "expected", cell: ({ expected }) => share(expected), number: true },
            { head: "observed", cell: ({ observed }) => share(observed), number: true },
            {
              head: "95 % interval",
              cell: ({ low, high }) => `${share(low)} to ${share(high)}`,
              number: true,
            },
          ]}
          rows={calibration.bands.map((band, i) => ({ ...band, place: String(i + 1) }))}
        />
      </>
    ),
  };
}

function variables(study: ScorecardStudy): Section {
  const [first] = study.variables, used = study.variables.filter(({ isUsed }) => isUsed);
  const drawn = used.length > 0 ? used : study.variables.slice(0, 6);
  return {
    id: "variables",
    topic: "Variables",
    heading: `${first.name} says most by itself: information value ${digits(first.iv)}, AUC ${
      digits(first.auc)
    }`,
    body: (
      <>
        <Table
          caption="Each column by itself, on the rows that the card was fitted on. Information value is that of the fine bins, before merging."
          columns={[
            { head: "column", cell: ({ name }) => name },
            { head: "IV", cell: ({ iv }) => digits(iv), number: true },
            { head: "AUC", cell: ({ auc }) => digits(auc), number: true },
            { head: "KS", cell: ({ ks }) => digits(ks), number: true },
            { head: "bins", cell: ({ bins }) => String(bins.length), number: true },
            { head: "missing", cell: ({ missing }) => inFull(missing), number: true },
            {
              head: "on the card",
              cell: ({ coefficient, notUsed }) =>
                coefficient === null ? `no: ${notUsed}` : coefficient.toFixed(2),
              wide: true,
            },
          ]}
          rows={study.variables}
        />
        <div class="figures">
          {drawn.map((variable, i) => (
            <Plain id={`figure-weights-${i + 1}`} options={weights(variable, study.card.convention)} />
          ))}
        </div>
      </>
    ),
  };
}

function card({ card }: ScorecardStudy): Section {
  const { scale, basePoints } = card;
  const rows = card.variables.flatMap(({ name, table }) =>
    table.filter(({ goods, bads }) => goods + bads > 0).map((bin) => ({ ...bin, name }))
  );
  return {
    id: "card",
    topic: "Card",
    heading: `Everybody starts at ${basePoints} points; ${scale.pointsToDoubleOdds} points double the odds`,
    body: (
      <>
        <p>
          {scale.basePoints} points stand for {scale.baseOdds}{" "}
          goods to one bad. A value never seen while fitting, or missing where nothing was, gets 0 points.
        </p>
        <Table
          caption="Points by bin."
          group={({ name }) => name}
          dense
          columns={[
            { head: "bin", cell: ({ label }) => label },
            {
              head: "points",
              cell: ({ points }) => signed(points),
              number: true,
            },
            { head: "rows", cell: ({ goods, bads }) => inFull(goods + bads), number: true },
            { head: "bad", cell: ({ goods, bads }) => share(bads / (goods + bads)), number: true },
            { head: "weight of evidence", cell: ({ woe }) => signed(woe, 3), number: true },
          ]}
          rows={rows}
        />
      </>
    ),
  };
}

function fairness({ groups, approval }: ScorecardStudy): Section {
  const below = groups.flatMap(({ by, approvals }) =>
    approvals.filter(({ isBelowFourFifths }) => isBelowFourFifths).map(({ group }) => `${by} ${group}`)
  );
  return {
    id: "fairness",
    topic: "Fairness",
    heading: below.length > 0
      ? `Below four fifths of the best group's approval: ${below.join(", ")}`
      : "No group falls below four fifths of the best group's approval",
    body: (
      <>
        <p>
          One cut-off for all approves the best {share(approval.approvalRate)}: a probability of at most{" "}
          {share(approval.mostPd)}. The columns below part people; unless asked for, the card does not look at
          them.
        </p>
        <div class="figures">
          {groups.map((group, i) => <Plain id={`figure-fairness-${i + 1}`} options={fairnessOf(group)} />)}
        </div>
        {groups.map((group) => <GroupTable group={group} />)}
      </>
    ),
  };
}

function GroupTable({ group: { by, approvals, measures } }: { group: GroupStudy }): Html {
  return (
    <Table
      caption={`${by}: approval, outcome and the card's quality in each group, out of sample.`}
      columns={[
        { head: by, cell: ({ group }) => group },
        { head: "rows", cell: ({ rows }) => inFull(rows), number: true },
        { head: "approved", cell: ({ approvalRate }) => share(approvalRate), number: true },
        {
          head: "against best",
          cell: ({ ratioToBest, isSmall }) => isSmall ? "few rows" : ratioToBest.toFixed(2),
          number: true,
        },
        { head: "bad", cell: ({ badRate }) => share(badRate), number: true },
        { head: "expected", cell: ({ expected }) => share(expected), number: true },
        {
          head: "bad of approved",
          cell: ({ badRateOfApproved }) => orDash(badRateOfApproved, share),
          number: true,
        },
        { head: "goods refused", cell: ({ goodsRefused }) => orDash(goodsRefused, share), number: true },
        { head: "AUC", cell: ({ auc }) => orDash(auc, digits), number: true },
      ]}
      rows={approvals.map((row, i) => ({ ...measures[i], ...row }))}
    />
  );
}

function method({ study: { card }, excluded }: ScorecardReport): Section {
  const { isConverged, iterations, gradientNorm, stoppedBy } = card.convergence;
  return {
    id: "method",
    topic: "Method",
    heading: isConverged
      ? `Newton's steps converged after ${iterations}; ${excluded.length} columns were left out by name`
      : `Newton's steps did NOT converge: ${stoppedWords[stoppedBy]}`,
    body: (
      <>
        <p>
          Weight of evidence: {woeFormulas[card.convention]};{" "}
          {emptyClassWords[card.emptyClass]}. Ridge logistic regression on the weights (penalty{" "}
          {card.ridge}), largest part of the gradient {gradientNorm.toExponential(1)}{" "}
          a row. Bins, points and calibration are fitted inside each fold; the calibration of the card above
          on all scores out of sample.
        </p>
        {excluded.length > 0 && (
          <Table
            caption="Columns that were not looked at."
            columns={[
              { head: "column", cell: ({ name }) => name },
              { head: "reason", cell: ({ words }) => words, wide: true },
            ]}
            rows={excluded}
          />
        )}
      </>
    ),
  };
}
