// Showing things in a notebook: tables, charts, results and words. Outside a notebook the same as text.

import { Buffer } from "node:buffer";
import type { Drawn } from "#/server/charts/draw.ts";
import { escaped, pictureOf } from "#/server/notebook/picture.ts";
import { tableAsHtml, tableAsText, type Tabular } from "#/server/notebook/table.ts";
import { differences, outcomes } from "#/server/notebook/tables.ts";
import type { ComparisonReport } from "#/sim/experiments/comparison.ts";
import type { RunResult } from "#/sim/result.ts";

/** One thing to be shown, by media type; plain text is always there. */
export interface Bundle {
  "text/plain": string;
  "text/html"?: string;
  "text/markdown"?: string;
}

/**
 * What a notebook would show of a thing.
 *
 * Shapes: tables of arquero and arrays of records as tables; drawn charts as pictures; a run or a comparison as its outcomes
 * with the hash and the line that replays it (never its seconds, which differ each time); text as Markdown; all else as text.
 */
export function bundles(thing: unknown): Bundle[] {
  if (typeof thing === "string") return [{ "text/plain": thing, "text/markdown": thing }];
  if (isTable(thing)) return [tableBundle(thing)];
  if (isDrawn(thing)) return [drawnBundle(thing)];
  if (isComparison(thing)) return [tableBundle(differences(thing)), ...bundles(replays([thing.a, thing.b]))];
  if (isResult(thing)) {
    return [tableBundle(outcomes(thing).select("outcome", "value", "unit")), ...bundles(replays([thing]))];
  }
  return [{ "text/plain": Deno.inspect(thing, { colors: false }) }];
}

/**
 * Shows things, each as an output of its own, in their order; it can stand anywhere in a cell. Outside a notebook the text
 * goes to standard output.
 *
 * Await it: a cell that ends before everything was sent loses the rest.
 *
 * @example
 * ```ts
 * import { show } from "#/server/notebook/show.ts";
 * await show("Two purchases:", [{ shopper: 7, amountFen: 1_999 }, { shopper: 9, amountFen: 250_000 }]);
 * ```
 */
export async function show(...things: unknown[]): Promise<void> {
  const broadcast = kernel();
  for (const bundle of things.flatMap(bundles)) {
    if (broadcast) {
      await broadcast("display_data", { data: bundle, metadata: {}, transient: {} });
      // The kernel resolves before the message has left; a cell that ends at once would take it along.
      await new Promise((resolve) => setTimeout(resolve, leaveMs));
    } else console.log(bundle["text/plain"]);
  }
}

/** How long a message gets to leave the kernel. */
const leaveMs = 150;

/** Sends a message to the notebook's page. */
type Broadcast = (type: string, content: object) => Promise<void>;

function kernel(): Broadcast | undefined {
  try {
    // Deno.jupyter throws outside its kernel.
    return (Deno as unknown as { jupyter: { broadcast: Broadcast } }).jupyter.broadcast;
  } catch {
    return undefined;
  }
}

const tableBundle = (table: Tabular): Bundle => ({
  "text/plain": tableAsText(table),
  "text/html": tableAsHtml(table),
});

function drawnBundle(drawn: Drawn): Bundle {
  if ("absent" in drawn) return { "text/plain": `${drawn.title}: ${drawn.absent}` };
  const svg = pictureOf(drawn);
  // As an image and not as bare SVG: viewers that clean what they show take SVG to pieces, and styles stay inside.
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return {
    "text/plain": `[chart] ${drawn.title}\n${drawn.caption}`,
    "text/html": `<img alt="${escaped(drawn.title)}" src="${source}">`,
  };
}

const replays = (results: readonly RunResult[]) =>
  results.map(({ hash, replay }) => `\`${replay}\`  \nhash \`${hash}\``).join("\n\n");

const has = (thing: unknown, ...keys: string[]): thing is Record<string, unknown> =>
  typeof thing === "object" && thing !== null && keys.every((key) => key in thing);

function isTable(thing: unknown): thing is Tabular {
  if (Array.isArray(thing)) {
    return thing.every((row) => has(row) && !Array.isArray(row) && !isDrawn(row) && !isResult(row));
  }
  return has(thing) && typeof thing.columnNames === "function" && typeof thing.objects === "function";
}

const isDrawn = (thing: unknown): thing is Drawn =>
  has(thing, "title", "svg") || has(thing, "title", "absent");
const isResult = (thing: unknown): thing is RunResult => has(thing, "outcomes", "hash", "replay", "daily");
const isComparison = (thing: unknown): thing is ComparisonReport =>
  has(thing, "kind", "a", "b", "differences") && thing.kind === "comparison";
