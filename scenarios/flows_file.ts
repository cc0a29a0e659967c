// Monthly flows as a file brings them: streams by counterparty in CNY or fen, and the rail's peaks, each with its line.

import { z } from "zod";
import { type ProjectFlows, streamNames } from "#/model/project/flows.ts";
import { refuse, ScenarioError } from "#/scenarios/complain.ts";
import { explain } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import type { Shape } from "#/scenarios/shape.ts";
import { originOf, placeOf, plain } from "#/scenarios/tree.ts";

const most = 90_000_000_000_000;
const peak = () => z.int().min(0).max(900_000_000_000);

/** What a file of flows says. Streams have one number a month; CNY are whole where fen do not matter. */
export const flowsSchema = z.strictObject({
  title: z.string().min(3).max(160),
  months: z.int().min(1).max(600),
  streams: z.array(z.strictObject({
    stream: z.enum(streamNames),
    counterparty: z.string().min(1).max(60),
    monthlyCny: z.array(z.int().min(-most / 100).max(most / 100)).max(600).optional(),
    monthlyFen: z.array(z.int().min(-most).max(most)).max(600).optional(),
  })).min(1).max(400),
  peaks: z.strictObject({ prefundingCny: peak(), collateralCny: peak(), guaranteeFundCny: peak() }),
}).meta({ title: "Monthly flows of a Hutong project" });

/** Flows with the words of their file. */
export interface LoadedFlows {
  title: string;
  flows: ProjectFlows;
}

/**
 * Reads flows from YAML or JSON.
 *
 * Errors: {@link ScenarioError} with file and line for what the schema refuses, a stream in both units or in none, one that has
 * not a number for each month, a negative amount where there can be none, and a stream that a counterparty has twice.
 *
 * @example
 * ```ts
 * import { readFlows } from "#/scenarios/flows_file.ts";
 * import assert from "node:assert/strict";
 * const text = `
 * title: Two months
 * months: 2
 * peaks: { prefundingCny: 0, collateralCny: 0, guaranteeFundCny: 0 }
 * streams:
 *   - { stream: bridgeFees, counterparty: jd, monthlyCny: [1, 2] }
 * `;
 * assert.equal(readFlows(text, "flows.yaml").flows.streams[0].monthlyFen[1], 200);
 * assert.throws(() => readFlows(text.replace("[1, 2]", "[1]"), "flows.yaml"), /flows.yaml:6: .*found 1 months/);
 * ```
 */
export function readFlows(text: string, file: string): LoadedFlows {
  const tree = parse(text, file);
  const parsed = flowsSchema.safeParse(plain(tree));
  if (!parsed.success) throw new ScenarioError(explain(parsed.error.issues, tree, flowsShape()));
  const { title, months, streams, peaks } = parsed.data;
  const stop = (path: string, words: string): never =>
    refuse(placeOf(originOf(tree, path.split("."))), path, words);
  const seen = new Set<string>();
  return {
    title,
    flows: {
      months,
      streams: streams.map(({ stream, counterparty, monthlyCny, monthlyFen }, i) => {
        const at = `streams.${i}`, key = monthlyFen === undefined ? "monthlyCny" : "monthlyFen";
        if ((monthlyCny === undefined) === (monthlyFen === undefined)) {
          stop(at, "found neither or both of monthlyCny and monthlyFen; allowed is one of the two");
        }
        const which = `${stream} of ${counterparty}`;
        if (seen.has(which)) stop(`${at}.stream`, `found ${which} a second time; allowed is once`);
        seen.add(which);
        const fen = Float64Array.from(monthlyFen ?? monthlyCny!.map((cny) => cny * 100));
        if (fen.length !== months) {
          stop(`${at}.${key}`, `found ${fen.length} months; allowed are ${months}, one number each`);
        }
        const bad = stream === "bridgedVolume" || stream === "bridgeFees"
          ? fen.findIndex((one) => one < 0)
          : -1;
        if (bad >= 0) {
          stop(
            `${at}.${key}.${bad}`,
            `found ${fen[bad] / 100} CNY; allowed is 0 or more, as ${stream} only comes in`,
          );
        }
        return { stream, counterparty, monthlyFen: fen };
      }),
      peaks: {
        prefundingFen: peaks.prefundingCny * 100,
        collateralFen: peaks.collateralCny * 100,
        guaranteeFundFen: peaks.guaranteeFundCny * 100,
      },
    },
  };
}

let shape: Shape | undefined;
const flowsShape = (): Shape => shape ??= z.toJSONSchema(flowsSchema, { io: "input" }) as Shape;
