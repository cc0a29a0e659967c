// The page of the articles' claim: its parts against arithmetic and runs, the break-even, the contract, waiting and adoption. One file.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import type { ContractCase } from "#/model/project/contracts.ts";
import type { TornadoBar } from "#/model/project/evidence.ts";
import { tornadoChart } from "#/server/charts/finance/tornado.ts";
import {
  breakEvenWords,
  claimFinding,
  type ClaimPart,
  claimParts,
  type ClaimReport,
  notSupported,
  supportWords,
} from "#/server/facts/claim.ts";
import { fenWords, findingWords } from "#/server/facts/finance.ts";
import { count, inFull, share } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Command, Figure, type Section, SectionBlock, Table } from "#/server/pages/parts.tsx";
import type { Varied } from "#/sim/experiments/claim.ts";

/** What each varied assumption is, for people. */
const variedWords: Record<string, string> = {
  "demand.waitBps": "Who cannot pay waits and comes back",
  "demand.leaveBps": "Who cannot pay leaves without buying",
  "adoption.applyPerMonthBps": "People apply of their own accord",
  "adoption.perMissBps": "A missed want makes people apply",
  "adoption.friendsBps": "Friends who hold a line make people apply",
  "adoption.leavePerMonthBps": "Holders leave their line",
};

/** The page as text; the same report gives the same bytes. `replay` is the line that gives it again. */
export function claimPage(report: ClaimReport, { replay }: { replay: string }): string {
  const sections = [partsSection(report), contractSection(report), variedSection(report)];
  return page({
    title: "The articles' claim",
    contents: sections.map(({ id, topic }) => ({ id, topic })),
    body: (
      <>
        <h1>{claimFinding(report)}</h1>
        <p class="facts">
          Claim: 10 % more users and CNY 5 bn more revenue a year on CNY 300.3 m · plan {report.plan.name} ·
          {" "}
          {report.flowsTitle} · {inFull(report.replications)}{" "}
          {report.replications === 1 ? "replication" : "replications"}
        </p>
        {sections.map((section) => <SectionBlock section={section} />)}
        <p class="note">
          Replay: <Command text={replay} />
        </p>
      </>
    ),
  });
}

function partsSection(report: ClaimReport): Section {
  const columns: Column<ClaimPart>[] = [
    { head: "Claimed", cell: ({ said }) => said },
    { head: "By runs", cell: ({ support }) => support },
    { head: "Arithmetic", wide: true, cell: ({ arithmetic }) => arithmetic },
    { head: "Runs and plan", wide: true, cell: ({ runs }) => runs },
  ];
  return {
    id: "parts",
    topic: "The claim",
    heading: "The claim, part by part",
    body: (
      <>
        <Table
          caption="What is claimed, and what stands behind it"
          columns={columns}
          rows={claimParts(report)}
          dense
        />
        <p class="facts">{supportWords}</p>
        <p>{breakEvenWords(report).join(" ")}</p>
        <ul>{notSupported.map((text) => <li>{text}</li>)}</ul>
      </>
    ),
  };
}

function contractSection({ contracts: { cases } }: ClaimReport): Section {
  const columns: Column<ContractCase>[] = [
    { head: "Contract", cell: ({ name }) => name },
    { head: "Pays in the last year", number: true, cell: ({ paidLastYearFen }) => fenWords(paidLastYearFen) },
    { head: "NPV", number: true, cell: ({ npvFen }) => fenWords(npvFen) },
    {
      head: "Least DSCR",
      number: true,
      cell: ({ minimumDscr }) => minimumDscr === null ? "no debt" : minimumDscr.toFixed(2),
    },
    { head: "Verdict", cell: ({ verdict }) => findingWords[verdict.kind] },
  ];
  const npvs = cases.map(({ npvFen }) => npvFen), worth = npvs.filter((fen) => fen >= 0).length;
  return {
    id: "contract",
    topic: "The contract",
    heading: `Under ${worth} of ${cases.length} contracts the plan is worth its cost, from ${
      fenWords(Math.min(...npvs))
    } to ${fenWords(Math.max(...npvs))}`,
    body: <Table caption="The same flows under other contracts" columns={columns} rows={cases} dense />,
  };
}

function variedSection({ varied, base, plan }: ClaimReport): Section {
  const heading = "What it hangs on: waiting, leaving, adoption";
  if (varied.length === 0) {
    return {
      id: "people",
      topic: "Waiting and adoption",
      heading,
      body: <p class="empty">Not run: these are assumptions of runs, and none were varied here.</p>,
    };
  }
  const bars = varied.map(({ path, source, low, high }): TornadoBar => ({
    name: path,
    title: variedWords[path] ?? path,
    isAssumed: source.startsWith("assumed (a)"),
    lowFen: low.npvFen,
    highFen: high.npvFen,
    usualFen: base.worth.npvFen,
    ends: ["at its low end", "at its high end"],
  }));
  const columns: Column<Varied>[] = [
    { head: "Assumption", cell: ({ path }) => variedWords[path] ?? path },
    { head: "Path", cell: ({ path }) => <code>{path}</code> },
    { head: "Range", number: true, cell: ({ low, high, unit }) => `${low.value} to ${high.value} ${unit}` },
    {
      head: "Users gained by both",
      number: true,
      cell: ({ low, high }) =>
        `${count(low.gained)} to ${count(high.gained)} (${share(low.gainedShare)} to ${
          share(high.gainedShare)
        })`,
    },
    {
      head: "NPV",
      number: true,
      cell: ({ low, high }) => `${fenWords(low.npvFen)} to ${fenWords(high.npvFen)}`,
    },
    { head: "Source", wide: true, cell: ({ source }) => source },
  ];
  return {
    id: "people",
    topic: "Waiting and adoption",
    heading,
    body: (
      <>
        <Figure
          id="figure-varied"
          options={tornadoChart(bars, {
            plan: plan.name,
            caption:
              "NPV in CNY from runs at both ends of an assumption's range, all others at their base; the line is NPV at " +
              "all bases.",
          })}
          provenance={<span></span>}
          alone
        />
        <Table
          caption="Runs at both ends of each range, the same people and luck"
          columns={columns}
          rows={varied}
          dense
        />
      </>
    ),
  };
}
