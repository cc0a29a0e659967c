// Freeze: frequent large purchases raise an alarm, and part of the limit is on hold for some days.

import { frozenFen, largeInWindow } from "#/model/credit/freeze.ts";
import { limitAt } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { notify } from "./notify.ts";

/** Looks at a purchase that was just authorised. */
export function watchLarge(world: World, line: number, amountFen: number): void {
  const { lines, terms, today } = world, { limits } = terms;
  if (amountFen * 10_000 < lines.fen[limitAt(line)] * limits.largeFromShareBps) return;
  const since = lines.largeSince[line], day = today.day;
  const count = largeInWindow(lines.largeCount[line], { since, day, windowDays: limits.largeWindowDays });
  if (count === 1) lines.largeSince[line] = day;
  lines.largeCount[line] = Math.min(255, count);
  if (count < limits.largePurchases || limits.freezeDays === 0) return;
  const onHoldBps = day <= lines.frozenUntil[line] ? lines.frozenBps[line] : 0;
  lines.frozenBps[line] = Math.min(10_000, onHoldBps + limits.freezeShareBps);
  lines.frozenUntil[line] = day + limits.freezeDays;
  lines.largeCount[line] = 0;
  lines.largeSince[line] = never;
  notify(world, "freeze", line);
}

/** What is on hold of a line's limit today, whole fen. */
export function onHoldFen({ lines, today }: World, line: number): number {
  const frozenUntil = lines.frozenUntil[line];
  if (frozenUntil < today.day) return 0;
  return frozenFen(lines.fen[limitAt(line)], {
    frozenBps: lines.frozenBps[line],
    frozenUntil,
    day: today.day,
  });
}
