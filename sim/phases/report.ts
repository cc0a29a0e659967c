// Report: from a day past due on an issuer tells the credit bureau, and every issuer can read it without a link.

import { bucketOf } from "#/model/credit/delinquency.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { incur, notify } from "./collect.ts";

/** Reports a line in arrears where its day has come: at once, and again when its bucket is worse than what is on file. */
export function reportToBureau(world: World, line: number, dpd: number): void {
  const { lines, terms: { bureau, collections }, today } = world;
  if (!bureau.active || dpd < collections.issuers[line % lineCount].reportFromDpd) return;
  const bucket = bucketOf(dpd);
  if (bucket > worstReported(world, line)) {
    lines.worstReported[line] = bucket;
    incur(world, line % lineCount, collections.reportCostFen);
    notify(world, "reported", line);
  }
  // The file's memory begins when the lateness ends.
  lines.reportedOn[line] = today.day;
}

/**
 * The worst bucket of a line that the bureau has on file: 0 none, 1 to 4 as `buckets`; 24 months by default. Everybody who may
 * ask the bureau reads the same.
 */
export function worstReported({ lines, terms: { bureau }, today }: World, line: number): number {
  const on = lines.reportedOn[line];
  if (!bureau.active || on === never || today.day - on > bureau.memoryDays) return 0;
  return lines.worstReported[line];
}
