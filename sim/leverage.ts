// What of a draw, an issue or a bank's part of a loan the rule book lets pass: trimmed to the room that is left, and counted.

import { roomFen } from "#/model/rulebook/leverage.ts";
import { type Fen, mulDiv } from "#/model/units/units.ts";
import { jointFen, leverageOf } from "./funding_position.ts";
import { binds, breachOf, ruleAt } from "./rulebook.ts";
import type { World } from "./world.ts";

/** The classes of money that the two leverage rules know: of banks and shareholders, and of notes. */
export type MoneyClass = "bank" | "bond";
const ruleOfClass = { bank: "bankLeverage", bond: "bondLeverage" } as const;

/**
 * What of a draw is lawful: the wish, or the room that the leverage rule of its class leaves; what was trimmed is counted under
 * the rule.
 *
 * Shapes: whole fen; `counts` is false for a question that draws nothing.
 */
export function lawfulDrawFen(
  world: World,
  k: number,
  { wishFen, money, counts = true }: { wishFen: Fen; money: MoneyClass; counts?: boolean },
): Fen {
  const name = ruleOfClass[money];
  if (wishFen <= 0 || !binds(world, name, k)) return wishFen;
  const { mostBps } = world.terms.scenario.rulebook.rules[name];
  const { bankFen, bondFen, netAssetsFen } = leverageOf(world, k);
  const owedFen = money === "bank" ? bankFen : bondFen;
  const drawFen = Math.min(wishFen, roomFen({ owedFen, baseFen: netAssetsFen, mostBps }));
  if (counts) world.rules.trimmedFen[ruleAt(name)] += wishFen - drawFen;
  return drawFen;
}

/**
 * The banks' part of the day's new joint loans as far as it is lawful, in bps: trimmed by the platform's least contribution and
 * by the room that the banks' own limits leave; nothing new while a breach of these stops it.
 */
export function lawfulBankPartBps(
  world: World,
  k: number,
  { lentFen, wishBps }: { lentFen: Fen; wishBps: number },
): number {
  const { rules, terms } = world, book = terms.scenario.rulebook.rules;
  let partBps = wishBps;
  const trim = (name: "platformContribution" | "partnerShare" | "jointLoanShare", mostBps: number) => {
    if (mostBps >= partBps) return;
    rules.trimmedFen[ruleAt(name)] += mulDiv(lentFen, partBps - mostBps, 10_000);
    partBps = mostBps;
  };
  if (binds(world, "platformContribution", k)) {
    trim("platformContribution", 10_000 - book.platformContribution.leastBps);
  }
  if (lentFen <= 0) return partBps;
  const both = jointFen(world, 0) + jointFen(world, 1), { partnerBanks } = terms.rulebook;
  for (
    const [name, owedFen, baseFen] of [
      ["partnerShare", jointFen(world, k), partnerBanks.tierOneFen],
      ["jointLoanShare", both, partnerBanks.loansFen],
    ] as const
  ) {
    if (!binds(world, name, k)) continue;
    const leftFen = breachOf(world, name, k).isStopped
      ? 0
      : roomFen({ owedFen, baseFen, mostBps: book[name].mostBps });
    trim(name, Math.floor(Math.min(1, leftFen / lentFen) * 10_000));
  }
  return partBps;
}
