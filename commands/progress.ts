// How far something long is, on standard error: a bar on a terminal, elsewhere a line every tenth of the way or ten seconds.

import cliProgress from "cli-progress";
import { counted, inFull } from "#/server/format.ts";

/** Tells how far something is. */
export interface Progress {
  /** `share` of the whole from 0 to 1; `doing` says in words what is under way and how far. */
  tell(share: number, doing: string): void;
  end(): void;
}

/** Where progress goes; all but `quiet` for tests. */
export interface ProgressOptions {
  quiet?: boolean;
  terminal?: boolean;
  /** Milliseconds since whenever. */
  clock?: () => number;
  write?: (line: string) => void;
}

const quietMilliseconds = 10_000;

/** Makes a {@link Progress}; with `quiet` it says nothing. */
export function progress(options: ProgressOptions = {}): Progress {
  const { quiet = false, terminal = Deno.stderr.isTerminal() } = options;
  const { clock = () => performance.now(), write = (line) => console.error(line) } = options;
  if (quiet) return { tell: () => {}, end: () => {} };
  const show = terminal ? bar() : lines(clock, write);
  let first: { share: number; at: number } | undefined;
  return {
    tell(share, doing) {
      const now = clock();
      first ??= { share, at: now };
      show.tell(share, doing + left(share - first.share, now - first.at, 1 - share));
    },
    end: show.end,
  };
}

/** The time that is left at the speed so far; nothing before there is one to speak of. */
function left(doneShare: number, milliseconds: number, leftShare: number): string {
  if (leftShare <= 0 || milliseconds < 1_000 || doneShare < 0.01) return "";
  const seconds = Math.ceil(milliseconds / 1_000 * leftShare / doneShare);
  return seconds < 120 ? `  about ${seconds} s left` : `  about ${Math.ceil(seconds / 60)} min left`;
}

function lines(clock: () => number, write: (line: string) => void): Progress {
  let tenth = -1, at = -Infinity, last = "", written = "";
  const say = () => {
    if (last !== "" && last !== written) write(last);
    written = last;
  };
  return {
    tell(share, doing) {
      last = `${String(Math.floor(share * 100)).padStart(3)} %  ${doing}`;
      if (Math.floor(share * 10) === tenth && clock() - at < quietMilliseconds) return;
      tenth = Math.floor(share * 10);
      at = clock();
      say();
    },
    end: say,
  };
}

function bar(): Progress {
  const steps = 1_000;
  const drawn = new cliProgress.SingleBar({
    format: "{bar} {percentage} %  {doing}",
    hideCursor: true,
  }, cliProgress.Presets.shades_classic);
  let started = false;
  return {
    tell(share, doing) {
      if (!started) drawn.start(steps, Math.floor(share * steps), { doing });
      else drawn.update(Math.floor(share * steps), { doing });
      started = true;
    },
    end: () => void (started && drawn.stop()),
  };
}

/** How many runs are done, of how many, and how many of them were kept from before. */
export const runsInWords = (
  { done, total, reused }: { done: number; total: number; reused: number },
): string => `${inFull(done)} of ${counted(total, "run")}, ${inFull(reused)} of them there before`;
