// One day, top to bottom.

import { age } from "./phases/age.ts";
import { authorise } from "./phases/authorise.ts";
import { book } from "./phases/book.ts";
import { clear } from "./phases/clear.ts";
import { close } from "./phases/close.ts";
import { fund } from "./phases/fund.ts";
import { live } from "./phases/live.ts";
import { lose } from "./phases/lose.ts";
import { openDay } from "./phases/open.ts";
import { refund } from "./phases/refund.ts";
import { provide } from "./phases/provide.ts";
import { repay } from "./phases/repay.ts";
import { match } from "./phases/match.ts";
import { share } from "./phases/share.ts";
import type { World } from "./world.ts";

/** The phases in their order. `authorise` walks want → identify → screen → score → decide → route for each shopper. */
export const phases = {
  open: openDay,
  live,
  authorise,
  clear,
  book,
  refund,
  repay,
  age,
  lose,
  share,
  match,
  provide,
  fund,
  close,
} as const;

/** Runs one day. `timed` is told how long each phase took, when a clock is given. */
export function runDay(
  world: World,
  day: number,
  { replay, clock, spent }: { replay: string; clock?: () => number; spent?: Record<string, number> },
): void {
  let before = clock?.() ?? 0;
  const lap = (phase: string) => {
    if (!clock || !spent) return;
    const now = clock();
    spent[phase] = (spent[phase] ?? 0) + now - before;
    before = now;
  };
  openDay(world, day);
  lap("open");
  live(world);
  lap("live");
  authorise(world);
  lap("authorise");
  clear(world);
  lap("clear");
  book(world);
  lap("book");
  refund(world);
  lap("refund");
  repay(world);
  lap("repay");
  age(world);
  lap("age");
  lose(world);
  lap("lose");
  share(world);
  lap("share");
  match(world);
  lap("match");
  provide(world);
  lap("provide");
  fund(world);
  lap("fund");
  close(world, replay);
  lap("close");
}
