// Every random stream: its name, its key, its meaning. A draw is a lane of a block that belongs to (process, entity,
// occasion): no state, no order, so that adding a stream, a person or a phase moves nobody else's luck.

// @ts-types="@types/seedrandom"
import seedrandom from "seedrandom";
import { philox, philoxPair, unit } from "#/model/statistics/philox.ts";

/** The processes. Numbers are part of every result: never reuse or renumber, only add. */
export const process = {
  /** Who a person is; occasion = block of attributes (see the lanes below). */
  person: 1,
  /** From whom a person takes the opening state; occasion 0. */
  donor: 2,
  /** How many wants a day: entity = shopper >> 2, lane = shopper & 3; occasion = day. */
  wants: 3,
  /** One want: lanes minute, category, merchant, basket; occasion = day, sub = number of the want on that day. */
  want: 4,
  /** One try to buy: lanes preference, cashier, fallback, instalment; sub as for `want`, plus 64 on return. */
  choice: 5,
  /** The rarer questions of a try: lanes adapter, tenor, throttle, preselected. */
  rare: 6,
  /** Once a month: lanes hardship, its length, a plot, its day. */
  life: 7,
  /** Once a month and product: lanes apply, leave, offer, whether a hardship is seen. */
  adoption: 8,
  /** A due day of a line: entity = line; lanes pay, minimum, reminder, spare. */
  due: 9,
  /** A day in arrears of a line: entity = line; lanes cure, spare, spare, spare. */
  cure: 10,
  /** An attempt of a plot: occasion = day, sub = number, 255 for the whole spree; lanes minute, merchant, basket, place. */
  theft: 11,
  /** Who a merchant is; occasion = block. */
  merchant: 12,
  /** Once a month: whether consents change and the credential is lost; sub 1 for the minutes; lanes the three consents, credential. */
  consent: 13,
  /** A data breach: occasion = day, sub = number of the shock; lanes withdraw, minute. */
  breach: 14,
  /** Customer files: occasion = whose (0 the person, 1 JD's copy, 2 Ant's, 3 a clerk's look), sub = block or other record. */
  record: 16,
  /** Outages of a replica of the shared ledger: entity = replica; occasion = day; lanes begins, minute, length. */
  replica: 17,
  /** Whether a ring strikes: entity = ring; occasion = month. */
  ring: 18,
  /** A challenge: sub as for `choice`; lanes outcome, review, verdict of the review, explanation. */
  challenge: 15,
  /** Seeds of keys, 32 bytes each: entity = person or institution; occasion = kind of key; sub = half. */
  key: 20,
  /** Salts of attributes, 16 bytes each: entity = person; occasion = attribute; sub = kind of credential. */
  salt: 21,
  /** A claim in collection: entity = line; occasion = day; lanes the court's verdict, whether a written-off claim is sold, whether one that was not is paid. */
  collection: 60,
  /** A call to a rail: sub as for `choice`; lane by rail. */
  rail: 70,
  /** Nonces of readers, 16 bytes each: entity = person; occasion = day; sub = number of the want. */
  nonce: 22,
  /** Noise of what is known of a person: occasion = number of the feature >> 2, lane = number & 3. */
  feature: 50,
  /** A person's age. */
  age: 51,
  /** Noise that an owner adds to its part of a joint score: occasion = day, sub = product; lane by owner. */
  privacy: 52,
  /** A purchase that comes back: entity = shopper, occasion = day of purchase, sub = its minute; lanes when, whole, part. */
  refund: 40,
  /** A due day of a plan: entity = line; sub = months left; lane repay. */
  early: 41,
  /** A stage of a course or treatment: entity = shopper; occasion = day; sub = merchant; lane leave. */
  stage: 42,
  /** An application whose terms were shown: occasion = day, sub = product; lanes decline, spare, spare, spare. */
  application: 30,
  /** Messages of a transfer over the bridge: entity = shopper; occasion = day; sub = minute + 2,048 · (number >> 2), lane = number & 3. */
  transfer: 74,
  /** Outages of a participant of clearing: entity = participant; occasion = day; lanes begins, minute, length. */
  outage: 71,
  /** A payee that fails between prepare and fulfil: entity = shopper; occasion = day; sub = minute; lanes fails, second of the minute. */
  failure: 72,
  /** Whether two files disagree on a payment: entity = shopper; occasion = day; sub = minute; lane 0. */
  break: 73,
  /** Whether a shopper's day is in the sample that is written as messages: entity = shopper, occasion = day; lane 0. */
  messageSample: 75,
  /** The co-branded card: occasion = day; sub 0 once a month, lane uptake; sub 1 + attempt at a cashier, lane first. */
  cobrand: 80,
  /** Whether a person buys abroad: occasion 0; lanes buys, agrees that data leave the country. */
  traveller: 85,
  /** A want that may be met abroad: occasion = day, sub = number of the want; lanes abroad, confirm, when, whole (both of a return). */
  abroad: 86,
  /** Steps of the rate of exchange: entity 0; occasion = day; sub = hour, lane = quarter of the hour. */
  exchange: 87,
  /** The introduction experiment: occasion 0; lanes volunteer, arm. */
  introduction: 31,
} as const;

/** The lanes of each block, by name. */
export const lane = {
  person: [
    ["income", "tier", "huabei", "baitiao"],
    ["appetite", "discipline", "proneness", "preference"],
    ["spare", "spare", "spending", "bank"],
    ["consent", "assurance", "boundCard", "spare"],
    ["noiseOfBaitiao", "noiseOfHuabei", "spare", "spare"],
    ["accountConsent", "locationConsent", "invented", "spare"],
  ],
  want: { minute: 0, category: 1, merchant: 2, basket: 3 },
  choice: { preference: 0, cashier: 1, fallback: 2, instalment: 3 },
  rare: { adapter: 0, tenor: 1, throttle: 2, preselected: 3 },
  life: { hardship: 0, hardshipLength: 1, plot: 2, plotDay: 3 },
  adoption: { apply: 0, leave: 1, offer: 2, seen: 3 },
  application: { decline: 0 },
  introduction: { volunteer: 0, arm: 1 },
  cobrand: { uptake: 0, first: 1 },
  due: { pay: 0, minimum: 1, reminder: 2 },
  cure: { cure: 0 },
  collection: { verdict: 0, sale: 1, recovery: 2 },
  theft: { minute: 0, merchant: 1, basket: 2, place: 3 },
  merchant: { bank: 2, complicit: 3 },
  consent: { credential: 3 },
  breach: { withdraw: 0, minute: 1 },
  refund: { when: 0, whole: 1, part: 2 },
  early: { repay: 0 },
  stage: { leave: 0 },
  outage: { begins: 0, minute: 1, length: 2 },
  failure: { fails: 0, second: 1 },
  traveller: { buys: 0, agrees: 1 },
  abroad: { abroad: 0, confirm: 1, when: 2, whole: 3 },
  challenge: { outcome: 0, review: 1, verdict: 2, explanation: 3 },
} as const;

/** The key of one replication, and the block that was drawn last. */
export interface Streams {
  readonly key0: number;
  readonly key1: number;
  /** By process: the first occasion that is drawn with the later key; beyond all occasions in a run of one luck. */
  readonly turnsOn: Int32Array;
  laterKey0: number;
  laterKey1: number;
  /** The four words of the last block. */
  readonly block: Uint32Array;
  /** The words of the last two blocks drawn together: the second from place 4. */
  readonly pair: Uint32Array;
}

/**
 * The streams of a replication: seedrandom turns the scenario's seed phrase into a key.
 *
 * @example
 * ```ts
 * import { draw, lane, openStreams, process } from "#/sim/streams.ts";
 * import assert from "node:assert/strict";
 * const streams = openStreams("hutong", 0);
 * draw(streams, process.life, 17, 3);
 * const first = streams.block[lane.life.hardship];
 * draw(streams, process.life, 18, 3);
 * draw(streams, process.life, 17, 3);
 * assert.equal(streams.block[lane.life.hardship], first);
 * ```
 */
export function openStreams(seed: string, replication: number): Streams {
  const random = seedrandom(`${seed}/${replication}`);
  const key0 = random.int32(), key1 = random.int32();
  return {
    ...{ key0, key1, laterKey0: key0, laterKey1: key1 },
    turnsOn: new Int32Array(processes).fill(neverTurns),
    block: new Uint32Array(4),
    pair: new Uint32Array(8),
  };
}

/** Room for the numbers of processes. */
const processes = 256, neverTurns = 0x7fffffff;

/** What people, shops and documents are: no occasion of theirs is a day, so their luck stays when a run's luck turns. */
const lasting: readonly (keyof typeof process)[] = [
  ...["person", "donor", "merchant", "record", "key", "salt", "feature", "age"] as const,
  ...["traveller", "introduction"] as const,
];

/** Days after which it is drawn anew which rings strike. */
const ringDays = 30;

/**
 * Lets the luck of a run be that of other streams from a day on; who everybody is stays.
 *
 * Shapes: a whole day from 0. What was drawn for an earlier day (a want that comes back, a refund) keeps its luck.
 */
export function turnLuck(streams: Streams, { day, to }: { day: number; to: Streams }): void {
  streams.turnsOn.fill(day);
  for (const name of lasting) streams.turnsOn[process[name]] = neverTurns;
  streams.turnsOn[process.ring] = Math.ceil(day / ringDays);
  streams.laterKey0 = to.key0;
  streams.laterKey1 = to.key1;
}

/** Draws the block of an entity on an occasion into `streams.block`. */
export function draw(streams: Streams, name: number, entity: number, occasion: number, sub = 0): void {
  const turned = occasion >= streams.turnsOn[name];
  const key0 = turned ? streams.laterKey0 : streams.key0, key1 = turned ? streams.laterKey1 : streams.key1;
  philox(name, entity, occasion, sub, key0, key1, streams.block);
}

/** Draws the blocks of two processes of the same entity, occasion and number into `streams.pair`. */
export function drawPair(
  streams: Streams,
  first: number,
  second: number,
  entity: number,
  occasion: number,
  sub: number,
): void {
  const turned = occasion >= streams.turnsOn[first];
  const key0 = turned ? streams.laterKey0 : streams.key0, key1 = turned ? streams.laterKey1 : streams.key1;
  philoxPair(first, second, entity, occasion, sub, key0, key1, streams.pair);
}

/** A lane of the last block as a number strictly between 0 and 1. */
export function uniform(streams: Streams, which: number): number {
  return unit(streams.block[which]);
}
