// What the page of a sweep shows of a sampled design: analyses that fit into a request, and a sentence where they do not.

import type { Child } from "hono/jsx";
import {
  conditionWords,
  ranked,
  type SampledRows,
  sampledRows,
  tailCondition,
} from "#/server/facts/sampled.ts";
import { inFull } from "#/server/format.ts";
import { Command, type Section } from "#/server/pages/parts.tsx";
import { boxSection, treeSection } from "#/server/pages/sampled/boxes.tsx";
import { indexSection } from "#/server/pages/sampled/moves.tsx";
import { rowsSection } from "#/server/pages/sampled/rows.tsx";
import { outcomeWord } from "#/server/outcome_words.ts";
import { axesOf } from "#/sim/experiments/design.ts";
import { rowCount, samples } from "#/sim/experiments/design_rows.ts";
import { type Condition, discover, type Discovery, readCondition } from "#/sim/experiments/discover.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { word } from "#/sim/experiments/replay.ts";
import { methodsFor, type Sensitivity, sensitivityOf, type Wanted } from "#/sim/experiments/sensitivity.ts";

/** What a request may take: rows of a design, and rows times axes times resamples of densities and of a discovery. */
export const budget = {
  rows: 12_000,
  resamples: 300,
  densities: 4_000_000,
  discovery: 200_000,
  fewest: 5,
  density: 0.8,
} as const;

/** What a reader asks for on the page's address. */
export interface Asked {
  outcome?: string;
  scenario?: string;
  isDifference?: boolean;
  /** A condition, as `hutong discover --where` takes it. */
  where?: string;
}

/** The sections; none for designs that do not sample. */
export function sampledSections(table: SweepTable, asked: Asked): Section[] {
  const { design, id } = table;
  if (!samples(design.design)) return [];
  const wanted = wantedOf(table, asked), size = rowCount({ axes: axesOf(design), design: design.design });
  const lead = <Choice table={table} wanted={wanted} where={asked.where} />;
  const again = commandsOf(id, wanted);
  if (size > budget.rows) {
    return [
      sentence("moves", {
        topic: "What moves it",
        why: `The design has ${inFull(size)} rows, more than the ${
          inFull(budget.rows)
        } that this page works through at once. The command writes a page of its own.`,
        ...{ lead, command: `${again.sensitivity} --out sensitivity.html` },
      }),
    ];
  }
  const rows = sampledRows(table, wanted), told = { table, rows, provenance: <Behind /> };
  if (table.rows < table.jobs) {
    const why = `Indices and boxes are worked out when all runs are there: ${inFull(table.rows)} of ${
      inFull(table.jobs)
    } are.`;
    return [sentence("moves", { topic: "What moves it", why, lead }), rowsSection(told, {})];
  }
  const results = methodsFor(design.design).map((method) => {
    // Densities are the one thing here that takes its time.
    const most = method === "delta" ? Math.floor(budget.densities / (size * rows.axes.length)) : Infinity;
    if (most < 20) return { why: `${inFull(size)} rows are more than this page makes densities of.` };
    return attempt(() =>
      sensitivityOf(table, { ...wanted, method, resamples: Math.min(budget.resamples, most) })
    );
  });
  const found = results.flatMap((one) => "found" in one ? [one.found] : []);
  const why = results.flatMap((one) => "why" in one ? [one.why] : []);
  const [condition, discovery] = discovered(table, { wanted, rows, where: asked.where });
  return [
    found.length > 0
      ? indexSection(found, { ...told, lead })
      : sentence("moves", { topic: "What moves it", why: why[0], lead }),
    ...boxSections(discovery, {
      ...told,
      lead: <Tails rows={rows} table={table} asked={asked} wanted={wanted} />,
    }, {
      command: condition && `${again.discover(condition)} --out discover.html`,
    }),
    rowsSection(told, {
      order: orderOf(found[0]),
      // A condition on another outcome is no line through this one.
      condition: condition?.outcome === wanted.outcome && "found" in discovery ? condition : undefined,
    }),
  ];
}

const orderOf = (found: Sensitivity | undefined) => found && ranked(found).map(({ name }) => name);

type Result<T> = { found: T } | { why: string };

/** A result, or in a sentence why there is none. */
function attempt<T>(work: () => T): Result<T> {
  try {
    return { found: work() };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return { why: error.message };
    throw error;
  }
}

/** What is looked at: what is asked for where the sweep has it, else its first outcome in its last scenario. */
function wantedOf({ design: { outcomes, base } }: SweepTable, asked: Asked): Wanted {
  const outcome = asked.outcome !== undefined && outcomes.includes(asked.outcome)
    ? asked.outcome
    : outcomes[0];
  const scenario = asked.scenario !== undefined && base.includes(asked.scenario)
    ? asked.scenario
    : base.at(-1)!;
  return { outcome, scenario, isDifference: (asked.isDifference ?? false) && scenario !== base[0] };
}

/** The condition that is asked for, or the highest fifth of rows; and what was found for it. */
function discovered(
  table: SweepTable,
  { wanted, rows, where }: { wanted: Wanted; rows: SampledRows; where?: string },
): [condition: Condition | undefined, result: Result<Discovery>] {
  const said = where === undefined ? undefined : attempt(() => readCondition(where));
  if (said && "why" in said) return [undefined, said];
  const condition = said?.found ?? tailCondition(wanted.outcome, rows.values, "high");
  if (!condition) {
    return [undefined, {
      why: "The outcome is the same in every row, or no row has one: there is nothing to tell apart.",
    }];
  }
  const work = rows.values.length * rows.axes.length;
  const resamples = Math.min(50, Math.floor(budget.discovery / work) - 1);
  if (resamples < budget.fewest) {
    return [condition, {
      why: `${inFull(rows.values.length)} rows of ${
        inFull(rows.axes.length)
      } axes are more than this page looks for boxes in.`,
    }];
  }
  const { scenario, isDifference } = wanted;
  return [
    condition,
    attempt(() =>
      discover(table, { condition, scenario, isDifference, resamples, densityMin: budget.density })
    ),
  ];
}

function boxSections(
  result: Result<Discovery>,
  told: Parameters<typeof boxSection>[1],
  { command }: { command?: string },
): Section[] {
  if ("why" in result) {
    return [sentence("boxes", { topic: "Where it happens", why: result.why, lead: told.lead, command })];
  }
  // The reader may have asked for a condition on another outcome than the one that is ranked.
  const { found } = result, isOwn = found.outcome === told.rows.wanted.outcome;
  const own = isOwn ? told : { ...told, rows: sampledRows(told.table, found) };
  return [boxSection(found, own), treeSection(found, own)];
}

/** The commands that say the same, and more, without a budget. */
function commandsOf(id: string, { outcome, scenario, isDifference }: Wanted) {
  const rest = ["--scenario", scenario, ...isDifference ? ["--difference"] : []];
  const line = (...words: string[]) => ["deno task hutong", ...words.map(word)].join(" ");
  return {
    sensitivity: line("sensitivity", id.slice(0, 12), "--outcome", outcome, ...rest),
    discover: ({ outcome, comparison, bound }: Condition) =>
      line("discover", id.slice(0, 12), "--where", `${outcome} ${comparison} ${bound}`, ...rest),
  };
}

/** A section that says why it has nothing to show. */
function sentence(
  id: string,
  { topic, why, lead, command }: { topic: string; why: string; lead?: Child; command?: string },
): Section {
  return {
    id,
    topic,
    heading: "Not worked out here",
    body: (
      <>
        {lead}
        <p class="empty">{/[.!?]$/.test(why) ? why : `${why}.`}</p>
        {command && (
          <pre>
            <Command text={command} />
          </pre>
        )}
      </>
    ),
  };
}

function Behind() {
  return (
    <div class="provenance">
      <a href="#runs">the runs behind it, each with its command</a>
    </div>
  );
}

/** The address of the page for another choice. */
function href(asked: { [name: string]: string | undefined }): string {
  const said = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `?${said.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}

/** Which outcome, and of which scenario: links to the others. */
function Choice({ table, wanted, where }: { table: SweepTable; wanted: Wanted; where?: string }) {
  const { outcomes, base } = table.design, { outcome, scenario, isDifference } = wanted;
  const now = { scenario, difference: isDifference ? "1" : undefined };
  const sides = base.flatMap((one, i) => [
    { words: one, scenario: one, isDifference: false },
    ...(i > 0 ? [{ words: `${one} less ${base[0]}`, scenario: one, isDifference: true }] : []),
  ]);
  const isNow = (one: typeof sides[number]) =>
    one.scenario === scenario && one.isDifference === (isDifference ?? false);
  return (
    <p>
      Outcome: {outcomes.map((name, i) => (
        <>
          {i > 0 && " · "}
          {name === outcome
            ? <strong>{outcomeWord(name)}</strong>
            : <a href={href({ outcome: name, ...now })}>{outcomeWord(name)}</a>}
        </>
      ))}
      <br />
      Of: {sides.map((one, i) => (
        <>
          {i > 0 && " · "}
          {isNow(one) ? <strong>{one.words}</strong> : (
            <a
              href={href({
                outcome,
                scenario: one.scenario,
                difference: one.isDifference ? "1" : undefined,
                where: one.isDifference === isDifference ? where : undefined,
              })}
            >
              {one.words}
            </a>
          )}
        </>
      ))}
    </p>
  );
}

/** Conditions to look for: both tails of the outcome, and how to say another. */
function Tails(
  { rows, table, asked, wanted }: { rows: SampledRows; table: SweepTable; asked: Asked; wanted: Wanted },
) {
  const { outcome, scenario, isDifference } = wanted;
  const tails = (["high", "low"] as const).flatMap((side) => {
    const condition = tailCondition(outcome, rows.values, side);
    return condition ? [condition] : [];
  });
  return (
    <p>
      {asked.where === undefined && tails.length > 0 && (
        <>Without a condition of yours: the highest fifth of the rows.{" "}</>
      )}
      Look for {tails.map((condition, i) => (
        <>
          {i > 0 && " · "}
          <a
            href={href({
              ...{ outcome, scenario, difference: isDifference ? "1" : undefined },
              where: `${outcome} ${condition.comparison} ${condition.bound}`,
            })}
          >
            {conditionWords(condition, { wanted, unit: rows.unit, reference: table.design.base[0] })}
          </a>
        </>
      ))}
      {tails.length > 0 && "; "}
      another is said on the page's address: <code>?where={outcome} &lt; 0</code>
    </p>
  );
}
