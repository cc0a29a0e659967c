// Offer: once a month the issuer looks at orders and repayments, and makes an offer to people who look good.

import { offerKinds, offerTo } from "#/model/credit/offers.ts";
import { feesAt, limitAt, lineCount, lineState, principalFen } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { lawfulLimitFen } from "#/sim/rulebook.ts";
import { fusedPoints } from "#/sim/scoring/points.ts";
import { isTightened } from "#/sim/treasury.ts";
import { setLimit } from "./live.ts";
import { notify, prompt } from "./notify.ts";
import type { Want } from "./want.ts";

const higherLimit = offerKinds.indexOf("higherLimit");
const instalments = offerKinds.indexOf("instalments");
const invitation = offerKinds.indexOf("invitation");

/** Whether a person without the line is invited to it this month and follows; `u` one uniform. */
export function followsInvitation(world: World, line: number, u: number): boolean {
  const { lines, today, terms, counts, shoppers } = world, { loop } = terms;
  if (!loop.retargets || lines.misses[line] < loop.invitationOrders) return false;
  const i = Math.floor(line / lineCount);
  const kind = offerTo({
    held: false,
    points: fusedPoints(world, i, line % lineCount),
    cutoffPoints: today.cutoffPoints,
    late: false,
    orders: lines.misses[line],
    utilisation: 0,
    usualOverInstalment: 0,
  }, loop);
  if (kind !== "invitation") return false;
  counts.offersSent[invitation]++;
  notify(world, "offer", line, () => "You can open this line: your orders speak for you.");
  const taken = u < loop.invitationAcceptBps / 10_000 * (shoppers.appetite[i] / 255);
  if (taken) counts.offersTaken[invitation]++;
  return taken;
}

/** Makes an offer to a person who holds the line; `u` one uniform. The score is the one just renewed. */
export function offerToHolder(world: World, line: number, u: number): void {
  const { lines, today, terms, counts } = world, { loop } = terms;
  if (!loop.retargets || isTightened(world, line % lineCount)) return;
  const product = terms.products[line % lineCount], limitFen = lines.fen[limitAt(line)];
  const owedFen = principalFen(lines, line) + lines.fen[feesAt(line)];
  const kind = offerTo({
    held: true,
    points: lines.points[line],
    cutoffPoints: today.cutoffPoints,
    late: lines.oldestDue[line] !== never,
    orders: 0,
    utilisation: limitFen > 0 ? owedFen / limitFen : 0,
    usualOverInstalment: lines.usualFen[line] / Math.max(1, product.instalmentFromFen),
  }, loop);
  if (kind === "higherLimit") {
    const raised = limitFen * (1 + loop.higherLimitBps / 10_000);
    const askedFen = Math.min(product.limits.limitCapFen, Math.floor(raised / 100) * 100);
    const higherFen = lawfulLimitFen(world, line, askedFen, limitFen);
    if (higherFen <= limitFen) return;
    counts.offersSent[higherLimit]++;
    notify(world, "offer", line, () => `Your limit can be CNY ${higherFen / 100}.`);
    prompt(world, line);
    if (u >= loop.higherLimitAcceptBps / 10_000) return;
    counts.offersTaken[higherLimit]++;
    setLimit(world, line, higherFen);
  } else if (kind === "instalments") {
    counts.offersSent[instalments]++;
    notify(world, "offer", line, () => "You can pay your next large purchase in instalments.");
    prompt(world, line);
    lines.offeredUntil[line] = lines.promptedUntil[line];
  }
}

/** Whether a large purchase is parted only because instalments were offered. */
export function takesOfferedInstalments({ lines, today, terms }: World, want: Want, line: number): boolean {
  if (lines.state[line] !== lineState.active || lines.offeredUntil[line] < today.day) return false;
  const { instalmentShareBps } = terms.products[line % lineCount];
  return want.instalment < (instalmentShareBps + terms.loop.instalmentOfferBps) / 10_000;
}
