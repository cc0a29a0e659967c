// The story of 01_one_purchase: a purchase that the closed world refuses and the open world settles, found and told.

import { networks, products } from "#/model/names.ts";
import { type Layer, layers } from "#/model/reasons.ts";
import { clock } from "#/server/notebook/table.ts";
import { productWord } from "#/server/words.ts";
import {
  type Asked,
  type ComparisonReport,
  load,
  purchases,
  refusals,
  trace,
  type TracedDay,
} from "#/mod.ts";
import type { TracedPurchase } from "#/sim/experiments/trace.ts";
import { factsInWords } from "#/sim/experiments/trace_words.ts";

/** The two worlds, in the order in which they are told. */
export const worlds = { closed: "baseline", open: "interop" } as const;

/** One world's part of the story. */
export interface Side {
  /** The followed day and the purchase on it. */
  day: TracedDay;
  purchase: TracedPurchase;
  /** The shopper's days from the first to the last one followed. */
  days: TracedDay[];
}

/** The same shopper, the same want, the same luck, in both worlds. */
export interface Story {
  asked: Asked;
  closed: Side;
  open: Side;
}

/** How many of the dearest candidates are looked at before giving up. */
const mostTried = 25;

/**
 * Finds the dearest purchase of a day that was lost in the closed world because the shop does not take the line, and that
 * settles over the bridge in the open world; then follows its shopper up to day `until` in both.
 *
 * Errors: `RangeError` when the day has no such purchase.
 */
export function findStory(asked: Asked, { day, until }: { day: number; until: number }): Story {
  const want = ["shopper", "minute", "shop", "amountFen"];
  const candidates = purchases(worlds.open, { ...asked, day })
    .filter((it: Record<string, unknown>) =>
      it.isBridged && it.end === "settled" && !it.isReturned && it.plot === ""
    )
    .antijoin(purchases(worlds.closed, { ...asked, day }), [want, want])
    .objects() as { shopper: number; minute: number; amountFen: number }[];
  candidates.sort((a, b) => b.amountFen - a.amountFen || a.shopper - b.shopper || a.minute - b.minute);
  for (const { shopper, minute, amountFen } of candidates.slice(0, mostTried)) {
    const isIt = (it: TracedPurchase) => it.minute === minute && it.amountFen === amountFen;
    const [then] = trace(worlds.closed, { ...asked, shopper, day });
    const refused = then.purchases.find(isIt);
    if (refused?.fate !== "lost" || refused.steps.at(-1)?.verdict !== "not-accepted") continue;
    const follow = (world: keyof typeof worlds): Side => {
      const days = trace(worlds[world], { ...asked, shopper, day: 0, to: until });
      return { days, day: days[day], purchase: days[day].purchases.find(isIt)! };
    };
    return { asked, closed: follow("closed"), open: follow("open") };
  }
  throw new RangeError(
    `Cannot tell the story of day ${day}: none of its ${candidates.length} new bridge purchases was lost before; ` +
      "try another day or more shoppers",
  );
}

/** The story's first paragraph, as Markdown: who wants what, where, and what stands in the way. */
export function inWords({ closed: { day, purchase } }: Story): string {
  const held = products.filter((product) => day.person[product] !== "not held").map(productWord);
  return `On **${day.date}** at **${
    clock(purchase.minute)
  }** shopper **${day.shopper}** wants to buy something in ` +
    `*${purchase.category}* for **CNY ${(purchase.amountFen / 100).toFixed(2)}** at shop ${purchase.shop}, ` +
    `which takes *${purchase.takes.join(", ")}*. The shopper holds ${held.join(" and ")}.`;
}

/** The shopper in the morning, a row a fact, the two worlds side by side. */
export function whoItIs({ closed, open }: Story): Record<string, string>[] {
  return Object.keys(closed.day.person).map((fact) => ({
    fact: productWord(fact),
    closed: closed.day.person[fact],
    open: open.day.person[fact],
  }));
}

/** Where each line works, a row a network, in both worlds. */
export function whereLinesWork(): Record<string, string>[] {
  const cells = Object.entries(worlds).map(([world, name]) => ({
    world,
    cells: load(name).scenario.acceptance,
  }));
  return networks.map((network) =>
    Object.fromEntries([
      ["shop takes", network],
      ...products.flatMap((product) =>
        cells.map(({ world, cells }) => [`${productWord(product)}, ${world}`, cells[product][network].mode])
      ),
    ])
  );
}

const asks: Record<string, string> = {
  accept: "Does the shop take the line that the shopper prefers?",
  cashier: "Does the shopper stay until the payment is confirmed?",
  identify: "Is the shopper known well enough, and recognised across platforms?",
  screen: "Does it look like fraud?",
  challenge: "Does the shopper have to prove, there and then, to be the holder?",
  score: "Is the score good enough today?",
  decide: "Is there room under the limit, is nothing overdue, is there money to lend?",
  route: "Over which rail does the money go, and does the adapter hold?",
  clear: "Is the money there, and when is it final?",
  book: "What does the shopper owe now, and when?",
};

/** The layers that a purchase passed, up to the one that refused it: what each asks, saw and said. */
export function layersOf({ purchase }: Side): Record<string, string>[] {
  return purchase.steps.map(({ layer, saw, verdict }) => ({
    layer,
    asks: asks[layer] ?? "",
    saw: factsInWords(saw),
    says: verdict,
  }));
}

/** How it ended and what the shopper reads, as Markdown. */
export function ending({ purchase }: Side): string {
  const end = purchase.end.replace(/\b(baitiao|huabei)\b/g, productWord);
  return `**${end[0].toUpperCase()}${end.slice(1)}.** The shopper reads: “${purchase.told}”`;
}

/** The lines in the morning and in the evening, amounts that are zero everywhere left out. */
export function linesOf(story: Story): Record<string, unknown>[] {
  const rows = (["closed", "open"] as const).flatMap((world) =>
    story[world].day.lines.map(({ product, when, amountsFen }) => ({ world, product, when, amountsFen }))
  );
  type Amount = keyof typeof rows[number]["amountsFen"];
  const names = Object.keys(rows[0]?.amountsFen ?? {}) as Amount[];
  const told = names.filter((name) => rows.some(({ amountsFen }) => amountsFen[name] !== 0));
  return rows.map(({ amountsFen, product, ...row }) => ({
    ...row,
    line: productWord(product),
    ...Object.fromEntries(told.map((name) => [`${name}Fen`, amountsFen[name]])),
  }));
}

const meanings: Record<string, string> = {
  loan: "the issuer lends, the shopper owes",
  bridge: "the issuer pays the acquirer at once",
  bridgeFee: "the issuer pays the bridge's operator",
  obligation: "owed until the window's net is settled",
  deposit: "the bank puts it on the account",
  goods: "goods against money",
};

/** What the purchase moved in the ledger: from the credited account to the debited one. */
export function ledgerOf({ purchase }: Side): Record<string, unknown>[] {
  return purchase.postings.map(({ phase, what, credit, debit, amountFen, dayFen, how }) => ({
    phase,
    meaning: meanings[what] ?? what,
    from: credit,
    to: debit,
    thisPurchaseFen: amountFen,
    allOfTheDayFen: dayFen,
    how,
  }));
}

/** Where each participant of clearing stood on the day; zeros are left blank. */
export function positionsOf({ day }: Side): Record<string, unknown>[] {
  const blank = ([name, value]: [string, unknown]) => [name, value === 0 ? null : value];
  return day.positions.map((position) => Object.fromEntries(Object.entries(position).map(blank)));
}

/** Every reason that occurred, in the order of the chain: what the shopper reads, and how often in both worlds. */
export function reasonsOf({ a, b }: ComparisonReport): Record<string, unknown>[] {
  const key = ({ layer, reason }: Refused) => `${layer}/${reason}`;
  const [closed, open] = [a, b].map((result) =>
    new Map((refusals(result).objects() as Refused[]).map((row) => [key(row), row]))
  );
  const all = new Map([...closed, ...open]);
  const inChain = [...all.values()].sort((x, y) => layers.indexOf(x.layer) - layers.indexOf(y.layer));
  return inChain.map(({ layer, reason, shopperReads }) => {
    const then = closed.get(key({ layer, reason })), now = open.get(key({ layer, reason }));
    return {
      layer,
      reason,
      "the shopper reads": shopperReads,
      "lost, closed": then?.lost ?? 0,
      "lost, open": now?.lost ?? 0,
      "paid otherwise, closed": then?.paidOtherwise ?? 0,
      "paid otherwise, open": now?.paidOtherwise ?? 0,
    };
  });
}

/** A row of `refusals`. */
interface Refused {
  layer: Layer;
  reason: string;
  lost?: number;
  paidOtherwise?: number;
  shopperReads?: string;
}

/** The commands that give both runs of a comparison again, with their hashes, as Markdown. */
export function replays({ a, b }: ComparisonReport): string {
  return [a, b].map(({ replay, hash }) => `\`${replay}\`  \nhash \`${hash}\``).join("\n\n");
}
