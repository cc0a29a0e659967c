// Note: what is written down of a try while its shopper is being followed; nothing else is ever written.

import { layers, reason, reasons } from "#/model/reasons.ts";
import { route } from "#/model/clearing/routing.ts";
import { ruleNames } from "#/model/fraud/screening/assess.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { billedAt, limitAt, lineCount, openAt, overdueAt, planAt, reservedAt } from "#/sim/tables/lines.ts";
import { ways } from "#/sim/tables/ways.ts";
import type { World } from "#/sim/world.ts";
import { cardSaw } from "./cobrand.ts";
import { factorsOf } from "./explain.ts";
import { onHoldFen } from "./freeze.ts";
import { leastPoints } from "./score.ts";
import type { Want } from "./want.ts";

/** The want itself, before any layer has looked at it. */
export function traceWant(world: World, want: Want, k: number): void {
  const { trace } = world;
  if (!trace || trace.shopper !== want.shopper || trace.day !== world.today.day) return;
  const { minute, amountFen, merchant, returned, plot } = want;
  const saw = {
    minute,
    amountFen,
    merchant,
    returned,
    ...(plot > 0 ? { plot: typologyNames[plot - 1] } : {}),
  };
  trace.events.push({ want: k, layer: "want", saw, verdict: "passed" });
}

/** A step of the followed purchase: nothing is written unless this shopper is being followed today. */
export function note(
  world: World,
  want: Want,
  k: number,
  refused: number,
  saw: Record<string, string | number | boolean>,
): void {
  const { trace } = world;
  if (!trace || trace.shopper !== want.shopper || trace.day !== world.today.day) return;
  const { layer, name, shopperText } = reasons[refused];
  trace.events.push(
    refused === reason.none
      ? { want: k, layer: "accept", saw, verdict: "passed" }
      : { want: k, layer, saw, verdict: name, shopperText },
  );
}

/** Refusals that come of a score, or of the limit that follows it: what weighs against the score is told with them. */
const followsScore = new Set<number>([reason.scoreBelowCutoff, reason.limitExceeded, reason.lateAccount]);

/** The layers of one try, as far as it came. */
export function traceTry(
  world: World,
  want: Want,
  k: number,
  { product, network, refused }: { product: number; network: number; refused: number },
): void {
  const { trace, terms, lines, shoppers, today } = world;
  if (!trace || trace.shopper !== want.shopper || trace.day !== today.day) return;
  const line = want.shopper * lineCount + product, cell = terms.cells[product][network];
  const onHold = onHoldFen(world, line);
  const saw: Record<typeof layers[number], Record<string, string | number | boolean>> = {
    accept: {
      product: terms.products[product].name,
      network: ways[network],
      mode: cell.mode,
      ...cardSaw(world, product, network),
    },
    cashier: { steps: cell.steps, placement: cell.placement },
    identify: {
      assurance: shoppers.assurance[want.shopper],
      required: cell.requiredAssurance,
      amountFen: want.amountFen,
      needed: want.needed,
      linked: want.linked,
    },
    screen: screenSaw(world),
    challenge: { asked: want.challenged || reasons[refused].layer === "challenge", passed: want.challenged },
    score: { points: lines.points[line], cutoffPoints: leastPoints(world, product, network) },
    decide: {
      limitFen: lines.fen[limitAt(line)],
      usedFen: lines.fen[openAt(line)] + lines.fen[planAt(line)] + lines.fen[billedAt(line)] +
        lines.fen[overdueAt(line)],
      reservedFen: lines.fen[reservedAt(line)],
      ...(onHold > 0 ? { onHoldFen: onHold, onHoldUntilDay: lines.frozenUntil[line] } : {}),
      instalments: want.months,
    },
    route: {
      adapterVersion: cell.adapterVersion,
      rail: want.route === route.bridge ? "rtgs" : want.route === route.card ? "card" : "dns",
    },
    clear: {},
  };
  const end = refused === reason.none ? "route" : reasons[refused].layer;
  const factors = followsScore.has(refused) ? factorsOf(world, want.shopper, product) : [];
  const { shopperText } = reasons[refused];
  const said = factors.length > 0 ? { shopperText, factors } : { shopperText };
  for (const layer of layers) {
    const stop = layer === end && refused !== reason.none;
    trace.events.push(
      stop
        ? {
          want: k,
          layer,
          saw: saw[layer],
          verdict: reasons[refused].name,
          ...said,
        }
        : { want: k, layer, saw: saw[layer], verdict: "passed" },
    );
    if (layer === end) break;
  }
}

/** What the fraud rules looked at, and which of them were struck. */
function screenSaw({ desk: { facts, assessment } }: World): Record<string, string | number> {
  const struck = ruleNames.filter((_, place) => assessment.struck & 1 << place);
  return {
    attemptsInWindow: facts.attemptsInWindow,
    distanceKm: facts.hasLocation ? Math.round(facts.distanceKm) : "may not be used",
    newDevice: facts.newDevice,
    accountsOnDevice: facts.accountsOnDevice,
    amountFen: facts.amountFen,
    usualFen: facts.usualFen,
    merchantRiskBps: Math.round(facts.merchantRiskBps),
    points: assessment.points,
    struck: struck.join(" + ") || "none",
  };
}
