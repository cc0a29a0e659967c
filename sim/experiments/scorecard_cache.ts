// The cache of scorecards: fitted once for each training population and fusion, then read from disk.

import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario, Supposition } from "#/scenarios/schema.ts";
import { pastOf } from "#/sim/past.ts";
import type { Scorecards } from "#/sim/scoring/cards.ts";
import {
  rememberScorecards,
  remembersScorecards,
  scorecardKey,
  scorecardsOf,
} from "#/sim/scoring/scorecards.ts";

/** How to get cards; every part may be left out. */
export interface ScorecardOptions {
  /** Folder of the cache, made where it is missing. */
  folder: string;
  /** Hash of the sources. */
  engine: string;
  /** Told of each simulated day of a training population. */
  onDay?: (day: number, days: number) => void;
  /** Told in words when the cache could not be used or a file was broken. */
  onNote?: (note: string) => void;
}

/**
 * Has the cards of a supposition and of its history at hand: as remembered, else as read from the cache, else fitted and kept.
 * Nothing where the expert card decides. A file that is cut short or changed is never trusted: it is made again.
 */
export function recallScorecards(supposed: Supposition, options: ScorecardOptions): void {
  const past = pastOf(supposed).scenario, { scoring } = supposed.scenario;
  for (const each of [past.scoring, scoring]) if (each.card === "fitted") recall(past, each, options);
}

function recall(
  past: Scenario,
  scoring: Scenario["scoring"],
  { folder, engine, onDay, onNote }: ScorecardOptions,
): void {
  const key = scorecardKey(past, scoring, scoring.fusion);
  if (remembersScorecards(key)) return;
  const file = join(folder, `${key}.${engine.slice(0, 16)}.cards.json`);
  const read = readCards(file, onNote);
  if (read) return rememberScorecards(key, read);
  keep(folder, file, scorecardsOf(past, scoring, scoring.fusion, { onDay }), onNote);
}

const sealOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The cards of a file, whose first line is the hash of the second; nothing where there is no such file, or where it was changed,
 * which is said.
 */
export function readCards(file: string, onNote?: (note: string) => void): Scorecards | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const [seal, body = ""] = text.split("\n");
  if (sealOf(body) === seal) return JSON.parse(body);
  onNote?.(`the scorecards ${file} are broken; they are fitted again`);
  return undefined;
}

const complained = new Set<string>();

function keep(folder: string, file: string, cards: Scorecards, onNote?: (note: string) => void): void {
  const draft = `${file}.${randomUUID()}.draft`, body = JSON.stringify(cards);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, `${sealOf(body)}\n${body}\n`, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    try {
      rmSync(draft, { force: true });
    } catch { /* the folder is not ours to tidy */ }
    if (complained.has(folder)) return;
    complained.add(folder);
    const why = (error as { code?: string }).code ?? (error as Error).message;
    onNote?.(`scorecards cannot be kept in ${folder} (${why}); they are fitted again when they are needed`);
  }
}
