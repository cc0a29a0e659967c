// Ways to a shop: each network as a line reaches it by itself, and again as the co-branded card reaches it.

import { networks } from "#/model/names.ts";

/** All ways; a purchase keeps its way in the column `network`. The card's come after the others, in the order of networks. */
export const ways = [...networks, ...networks] as const;

/** The way of the card over a network. */
export const cardWay = (network: number): number => networks.length + network;

/** Whether a way is the card's. */
export const isCardWay = (way: number): boolean => way >= networks.length;

/** The network of a way. */
export const networkOf = (way: number): number => way % networks.length;
