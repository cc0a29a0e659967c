// Events that may befall an open project, as a file says them: shocks and settings dated from the first opening, each with its source.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ScenarioError } from "#/scenarios/complain.ts";
import { explain } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import type { Shape } from "#/scenarios/shape.ts";
import { plain } from "#/scenarios/tree.ts";

const days = (low = 0) => z.int().min(low).max(3_650);

/** What a file of events says. A shock's own dates are put in; `dated` is a path of the scenario that takes the date as it is. */
export const projectEventsSchema = z.strictObject({
  title: z.string().min(3).max(160),
  events: z.array(z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
    title: z.string().min(3).max(160),
    source: z.string().min(3).max(400),
    afterOpeningDays: days(),
    lastsDays: days(1).optional(),
    /** Days until an audit finds it, where one does. */
    lastsDaysWithAudit: days(1).optional(),
    shocks: z.array(z.looseObject({ event: z.string() })).max(20).default([]),
    set: z.array(z.string().regex(/^[^=]+=/)).max(20).default([]),
    /** In place of `set` where an audit finds it. */
    setWithAudit: z.array(z.string().regex(/^[^=]+=/)).max(20).optional(),
    dated: z.string().min(3).max(100).optional(),
  })).min(1).max(40),
}).meta({ title: "Events that may befall a Hutong project" });

/** One event of a file. */
export type ProjectEvent = z.infer<typeof projectEventsSchema>["events"][number];

/**
 * Reads events from YAML.
 *
 * Errors: {@link ScenarioError} with file and line for what the schema refuses.
 *
 * @example
 * ```ts
 * import { readProjectEvents } from "#/scenarios/project_events.ts";
 * import assert from "node:assert/strict";
 * const text = `
 * title: One event
 * events:
 *   - { name: outage, title: An outage, source: assumed, afterOpeningDays: 3, lastsDays: 2, shocks: [{ event: rail-outage, rail: rtgs }] }
 * `;
 * assert.equal(readProjectEvents(text, "events.yaml")[0].shocks[0].rail, "rtgs");
 * assert.throws(() => readProjectEvents(text.replace("lastsDays: 2", "lastsDays: 0"), "events.yaml"), /events.yaml:4.*lastsDays/);
 * ```
 */
export function readProjectEvents(text: string, file: string): ProjectEvent[] {
  const tree = parse(text, file);
  const parsed = projectEventsSchema.safeParse(plain(tree));
  if (parsed.success) return parsed.data.events;
  const shape = z.toJSONSchema(projectEventsSchema, { io: "input" }) as Shape;
  throw new ScenarioError(explain(parsed.error.issues, tree, shape));
}

/** Whether an audit changes what an event does. */
export const isFoundByAudit = ({ lastsDaysWithAudit, setWithAudit }: ProjectEvent): boolean =>
  lastsDaysWithAudit !== undefined || setWithAudit !== undefined;

/** The events that ship. */
export function shippedProjectEvents(): ProjectEvent[] {
  const shown = "scenarios/events/project.yaml";
  return readProjectEvents(
    readFileSync(fileURLToPath(new URL("./events/project.yaml", import.meta.url)), "utf8"),
    shown,
  );
}
