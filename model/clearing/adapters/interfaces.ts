// What networks ask for and what adapters can do, by version, as data. All of it is assumed (a): no platform publishes it.

import type { Network } from "#/model/names.ts";

/** How a network wants a payment to be told, in one version of its interface. */
export interface NetworkInterface {
  /** Digits of an order number. */
  orderDigits: number;
  /** The largest payment of one order, in CNY. */
  mostCny: number;
  /** Refunds of a part have a status of their own. */
  tellsPartialRefunds: boolean;
  /** The minute of the day at which the day's file ends. */
  fileEndsMinute: number;
  /** Words for how a payment stands. */
  statuses: readonly string[];
}

/** What an adapter of a version can translate; what it cannot must be the same on both sides. */
export interface Adapter {
  /** The latest version of a network's interface that it speaks. */
  speaks: number;
  mapsOrders: boolean;
  splitsPayments: boolean;
  marksPartialRefunds: boolean;
  movesFileEnd: boolean;
  mapsStatuses: boolean;
}

const paid = ["waiting", "paid", "closed"] as const;
const refunding = [...paid, "refunding"] as const;

/** Interfaces by network, oldest version first; later versions than these are as the last one. */
export const interfaces: Readonly<Record<Network, readonly NetworkInterface[]>> = {
  "jd-mall": [
    {
      orderDigits: 12,
      mostCny: 10_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_440,
      statuses: paid,
    },
    {
      orderDigits: 18,
      mostCny: 10_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_440,
      statuses: refunding,
    },
  ],
  "jd-flash-pay": [
    {
      orderDigits: 12,
      mostCny: 3_000,
      tellsPartialRefunds: false,
      fileEndsMinute: 1_440,
      statuses: paid,
    },
    {
      orderDigits: 18,
      mostCny: 3_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_440,
      statuses: refunding,
    },
  ],
  "alipay": [
    {
      orderDigits: 28,
      mostCny: 3_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_380,
      statuses: refunding,
    },
    {
      orderDigits: 32,
      mostCny: 1_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_380,
      statuses: refunding,
    },
  ],
  "wechat-pay": [
    {
      orderDigits: 28,
      mostCny: 3_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_440,
      statuses: refunding,
    },
    {
      orderDigits: 32,
      mostCny: 1_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_410,
      statuses: refunding,
    },
  ],
  "union-card": [
    {
      orderDigits: 6,
      mostCny: 10_000,
      tellsPartialRefunds: false,
      fileEndsMinute: 1_380,
      statuses: paid,
    },
    {
      orderDigits: 12,
      mostCny: 10_000,
      tellsPartialRefunds: true,
      fileEndsMinute: 1_380,
      statuses: paid,
    },
  ],
};

/** Adapters, oldest version first; later versions than these can do what the last one can, and speak their own number. */
export const adapters: readonly Adapter[] = [
  {
    ...{ speaks: 1, mapsOrders: false, splitsPayments: false },
    ...{ marksPartialRefunds: false, movesFileEnd: false, mapsStatuses: false },
  },
  {
    ...{ speaks: 2, mapsOrders: true, splitsPayments: false },
    ...{ marksPartialRefunds: true, movesFileEnd: true, mapsStatuses: false },
  },
  {
    ...{ speaks: 3, mapsOrders: true, splitsPayments: true },
    ...{ marksPartialRefunds: true, movesFileEnd: true, mapsStatuses: true },
  },
];

/** The entry of a version, counted from 1; of versions that are not listed yet, the last. */
export const ofVersion = <T>(listed: readonly T[], version: number): T =>
  listed[Math.min(version, listed.length) - 1];

/** The adapter of a version. */
export const adapterOf = (version: number): Adapter => ({
  ...ofVersion(adapters, version),
  speaks: version,
});
