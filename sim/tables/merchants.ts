// Merchants: what they sell, where, which networks they accept, which bank settles for them.

import { categories, networks } from "#/model/names.ts";
import { draw, lane, process, type Streams, uniform } from "#/sim/streams.ts";
import type { Scenario } from "#/scenarios/schema.ts";

/** The columns of merchants, and the lists that shoppers choose from. */
export interface Merchants {
  count: number;
  category: Uint8Array;
  /** Bit n: accepts network n. */
  networks: Uint8Array;
  bank: Uint8Array;
  /** The network that a debit card takes here: the card network where it is accepted, else one of the others in turn. */
  debitNetwork: Uint8Array;
  /** What the merchant's bank has credited to it since the start, whole fen. */
  takingsFen: Float64Array;
  /** Shops that hand back cash for a fee, in order. */
  complicit: Uint32Array;
  /** Credit purchases so far, and those that were disputed or found to be for cash: what screeners know of a shop. */
  sales: Float64Array;
  bad: Float64Array;
  /** Merchants by venue (0 elsewhere, 1 JD's mall) and category: `list[start[v·C + c]] …`. */
  list: Uint32Array;
  start: Uint32Array;
}

/** Draws the merchants: the same in every scenario of a replication. */
export function makeMerchants(scenario: Scenario, streams: Streams, entity0: number): Merchants {
  const { merchants: terms, world, demand, clearing } = scenario;
  const count = world.merchants, kinds = categories.length;
  const table: Merchants = {
    count,
    category: new Uint8Array(count),
    networks: new Uint8Array(count),
    bank: new Uint8Array(count),
    debitNetwork: new Uint8Array(count),
    takingsFen: new Float64Array(count),
    complicit: new Uint32Array(0),
    sales: new Float64Array(count),
    bad: new Float64Array(count),
    list: new Uint32Array(count),
    start: new Uint32Array(2 * kinds + 1),
  };
  // Every category has a shop in the mall and one outside.
  const mallCount = Math.max(kinds, Math.min(count - kinds, Math.round(count * terms.jdMallBps / 10_000)));
  const acceptance: [number, number][] = [
    [networks.indexOf("jd-flash-pay"), terms.flashPayBps],
    [networks.indexOf("alipay"), terms.alipayBps],
    [networks.indexOf("wechat-pay"), terms.wechatBps],
    [networks.indexOf("union-card"), terms.unionCardBps],
  ];
  const complicit: number[] = [];
  for (let m = 0; m < count; m++) {
    draw(streams, process.merchant, entity0 + m, 0);
    // However few shops a run has, there is one at each venue.
    const isComplicit = uniform(streams, lane.merchant.complicit) < terms.complicitBps / 10_000;
    if (isComplicit || terms.complicitBps > 0 && (m === 0 || m === mallCount)) complicit.push(m);
    table.bank[m] = Math.floor(uniform(streams, lane.merchant.bank) * clearing.banks);
    // Every category has a merchant at every venue; the rest follow the weights of demand in turn.
    const place = m < mallCount ? m : m - mallCount;
    table.category[m] = place < kinds ? place : categoryAt((place * 0.6180339887498949) % 1, demand);
    if (m < mallCount) table.networks[m] = 1 << networks.indexOf("jd-mall");
    else {
      draw(streams, process.merchant, entity0 + m, 1);
      let mask = 0;
      for (const [k, [network, bps]] of acceptance.entries()) {
        if (uniform(streams, k) < bps / 10_000) mask |= 1 << network;
      }
      // A shop that takes no wallet takes cards.
      table.networks[m] = mask || 1 << cardNetwork;
    }
    table.debitNetwork[m] = debitNetworkOf(table.networks[m], m);
  }
  table.complicit = Uint32Array.from(complicit);
  let at = 0;
  for (let venue = 0; venue < 2; venue++) {
    for (let c = 0; c < kinds; c++) {
      table.start[venue * kinds + c] = at;
      for (let m = venue ? 0 : mallCount; m < (venue ? mallCount : count); m++) {
        if (table.category[m] === c) table.list[at++] = m;
      }
    }
  }
  table.start[2 * kinds] = at;
  return table;
}

const cardNetwork = networks.indexOf("union-card");

function debitNetworkOf(mask: number, merchant: number): number {
  if (mask & (1 << cardNetwork)) return cardNetwork;
  const accepted = networks.map((_, n) => n).filter((n) => mask & (1 << n));
  return accepted[merchant % accepted.length];
}

function categoryAt(u: number, demand: Scenario["demand"]): number {
  let sum = 0;
  for (const [c, name] of categories.entries()) {
    sum += demand.categories[name].weightBps / 10_000;
    if (u < sum) return c;
  }
  return categories.length - 1;
}
