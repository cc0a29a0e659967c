// hutong experiment events [SCENARIO]: what may befall an open project, run with it and without it, and what an audit saves.

import { existsSync } from "node:fs";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import { loadPlan } from "#/scenarios/plans.ts";
import { type ProjectEvent, readProjectEvents, shippedProjectEvents } from "#/scenarios/project_events.ts";
import { readText } from "#/scenarios/read.ts";
import { estimateWords } from "#/server/pages/cells.tsx";
import { money } from "#/server/format.ts";
import { type AuditGain, type EventEffect, projectEvents } from "#/sim/experiments/project_events.ts";
import { type RunsChoice, withRunsOptions } from "../finance/runs.ts";
import { grid } from "../finance/tell.ts";
import { filePath, namedPath, several } from "../options.ts";
import { progress, runsInWords } from "../progress.ts";
import { Verb, wholeOption } from "../verb.ts";
import { inOneLine } from "./sharing.ts";

interface Options extends Omit<RunsChoice, "strategic"> {
  events?: string;
  event?: string[];
  plan?: string[];
  discountBps: number;
  json?: boolean;
}

/** The `experiment events` command. */
export function eventsVerb(): Verb {
  const command = new Verb("events")
    .description(
      "run what may befall an open project, with it and without it: what each event takes from whom, and what an audit saves",
    )
    .argument("[scenario]", "a built-in name or the path of a scenario file", "interop")
    .option("--events <file>", "a file of events (default: those that ship, scenarios/events/project.yaml)")
    .option("--event <name>", "only this event (may be repeated)", several)
    .option("--plan <name>", "also the change of this plan's net present value (may be repeated)", several)
    .addOption(
      wholeOption("--discount-bps <bps>", "rate a year at which gains are discounted", {
        from: 0,
        to: 10_000,
        otherwise: 1_200,
      }),
    )
    .option("--json", "print one JSON object on standard output, amounts in fen")
    .addHelpText(
      "after",
      "\nEach event is a pair of runs more, and one more where an audit finds it early.\n" +
        "Example: deno task hutong experiment events interop --event privacy-breach --plan articles --years 2",
    );
  return withRunsOptions(command, { isFinance: false }).action(async (scenario: string, options: Options) => {
    const events = eventsOf(options);
    const plans = (options.plan ?? []).map((name) => loadPlan(filePath(name)).plan);
    const { set, seed, shoppers, replications, workers, years, opensMonth, apartDays, quiet } = options;
    const store = options.store === undefined
      ? undefined
      : namedPath("--store", options.store, "the path of a file");
    const bar = progress({ quiet });
    try {
      const found = await projectEvents(filePath(scenario), {
        ...{ set, seed, shoppers, replications, workers, store, apartDays, events, plans },
        ...{ months: years * 12, firstMonth: opensMonth, discountRateBps: options.discountBps },
        onRun: ({ done, total, reused }) =>
          bar.tell(
            total === 0 ? 1 : done / total,
            runsInWords({ done, total, reused }),
          ),
        onNote: (note) => quiet || console.error(note),
      });
      console.log(options.json ? JSON.stringify({ scenario, ...found }) : inWords(scenario, found));
    } catch (error) {
      throw inOneLine(error, "experiment events");
    } finally {
      bar.end();
    }
  });
}

function eventsOf({ events: file, event: wanted = [] }: Options): ProjectEvent[] {
  const all = file === undefined ? shippedProjectEvents() : eventsIn(file);
  const names = all.map(({ name }) => name);
  for (const name of wanted) {
    if (!names.includes(name)) {
      refuse("--event", "", `found ${name}; allowed are ${listed(names)}${meant(name, names)}`);
    }
  }
  return wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
}

function eventsIn(file: string): ProjectEvent[] {
  const path = namedPath("--events", file, "the path of a file of events");
  if (!existsSync(path)) {
    refuse("--events", "", `found ${file}, which is not there; allowed is a file of events`);
  }
  const read = readText(path);
  if ("fault" in read) refuse(read.line > 0 ? `${file}:${read.line}` : file, "", read.fault);
  return readProjectEvents(read.text, file);
}

/** The effects for people. */
export function inWords(
  scenario: string,
  { effects, audits }: { effects: readonly EventEffect[]; audits: readonly AuditGain[] },
): string {
  const plans = effects[0]?.plans.map(({ plan }) => plan) ?? [];
  return [
    `${scenario}: what each event changes in what the project changes, discounted`,
    "",
    ...grid([
      [
        "event",
        "crosses the bridge",
        "JD",
        "Ant",
        "operator",
        "project",
        "all who sign",
        ...plans.map((plan) => `NPV of ${plan}`),
      ],
      ...effects.map(({ event, withAudit, bridged, gains, signers, plans }) => [
        withAudit ? `${event}, found by an audit` : event,
        ...[bridged, gains.jd, gains.ant, gains.operator, gains.project].map(({ mean }) => money(mean / 100)),
        estimateWords(signers),
        ...plans.map(({ npvFen }) => money(npvFen / 100)),
      ]),
    ]),
    ...(audits.length === 0 ? [] : ["", "what an audit saves those who sign, when the event happens:"]),
    ...audits.map(({ event, savedFen }) => `  ${event}: ${estimateWords(savedFen)}`),
  ].join("\n");
}
