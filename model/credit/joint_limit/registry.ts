// Limit rules: whether the lines that a person holds with two issuers have one limit each, or share one.

import type { Fen } from "#/model/units/units.ts";
import { joint } from "./joint.ts";
import { separate } from "./separate.ts";
import { split } from "./split.ts";

/** One line as a limit rule sees it, whole fen. */
export interface LineRoom {
  limitFen: Fen;
  /** What cannot move away: everything owed, promised earlier today or on hold. */
  heldFen: Fen;
}

/** How the limits of a person's two lines are split between their issuers. */
export interface LimitRule {
  /** Whether the limit of one line may serve the other: only then is the other side asked at all. */
  joins: boolean;
  /** Whether a loan across the bridge is granted in parts by both issuers, as a rule of joint granting divides it. */
  grantsTogether: boolean;
  /**
   * The limits of both lines when line `asks` is to carry `amountFen` more.
   *
   * The sum never changes, no limit falls below what is held on its line (or below itself, where it is below already), and
   * what the asking line needs comes whole or not at all.
   */
  split(lines: readonly [LineRoom, LineRoom], ask: { asks: 0 | 1; amountFen: Fen }): [Fen, Fen];
}

/** All limit rules by name. */
export const limitRules = { separate, joint, split } satisfies Record<string, LimitRule>;
