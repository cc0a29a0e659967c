// Notify: notices are counted; their words are made only for the shopper who is being followed.

import { notice, type NoticeKind, noticeTexts } from "#/model/notices.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";

/** Sends a notice about a line; `more` says what belongs to this case, and is asked only where somebody reads it. */
export function notify(world: World, kind: NoticeKind, line: number, more?: () => string): void {
  world.counts.notices[notice[kind]]++;
  const { trace, today, terms } = world;
  if (!trace || trace.day !== today.day || trace.shopper !== Math.floor(line / lineCount)) return;
  const text = [noticeTexts[kind], more?.()].filter(Boolean).join(" ");
  trace.notices.push({ kind, product: terms.products[line % lineCount].name, text });
}

/** A notice that makes use likelier: it is in mind for some days. */
export function prompt({ lines, today, terms }: World, line: number): void {
  lines.promptedUntil[line] = today.day + terms.notices.promptDays;
}

/** Whether a notice about any line of a person is still in mind. */
export function isPrompted({ lines, today }: World, first: number): boolean {
  for (let line = first; line < first + lineCount; line++) {
    if (today.day <= lines.promptedUntil[line]) return true;
  }
  return false;
}
