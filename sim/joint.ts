// What the two issuers keep between days of the loans across the bridge: the treaty of each lender, and the guarantee fund.

import { fundLayer, layerCount, remainderLayer } from "#/model/sharing/layers.ts";
import { products } from "#/model/names.ts";

/** The joint loans of one lender; pairs are lender first, partner second. Whole fen. */
export interface Treaty {
  /** The joint book at the day's opening, and what was granted since. */
  openFen: number;
  grantedFen: number;
  /** Of that, what the partner granted, and what it pays for it: its part less its part of the margin. */
  partGrantedFen: number;
  partPriceFen: number;
  /** The partner's claim on the joint book. */
  participationFen: number;
  /** Losses of the joint book not yet recovered, and the partner's part of them by contribution. */
  lostFen: number;
  partLostFen: number;
  /** The period's joint credit: owed when it began, and granted since. */
  jointCreditFen: number;
  /** By layer, and by party, in the period. */
  usedFen: number[];
  partyUsedFen: number[];
  /** By layer and party: borne and not been repaid, whenever it was lost. */
  borneFen: number[][];
  /** What market weights of the month were used for, by party, until they are trued up. */
  provisionalFen: number[];
  /** The month's retained losses, and the partner's contribution to them by provisional weights. */
  monthFen: number[];
  /** Over the run: what each has borne of the retained joint losses, and what its contribution would have been. */
  sharedFen: number[];
  contributedFen: number[];
  /** Share of an expected loss that the lender bears, as it reckons itself today. */
  shareBorne: number;
}

/** All treaties, the fund, and sums over the run. */
export interface Joint {
  treaties: Treaty[];
  /** Trade of the two platforms when the month began. */
  tradeBeforeFen: number[];
  fund: {
    /** What each has in it. */
    fen: number[];
    /** What each issuer still has to pay in: by payer, then by whose part it is. */
    dueFen: number[][];
    paidUpFrontFen: number;
    peakFen: number;
    drawnFen: number;
    shortFen: number;
    dryDays: number;
  };
  /** By issuer (JD, Ant): what it has borne as the named remainder, and net of what came back. */
  remainderFen: number[];
  /** What true-ups have moved, either way. */
  truedUpFen: number;
  /** By lender: joint credit granted and joint losses, what funding partners bore included. */
  grantedFen: number[];
  lossFen: number[];
}

const pair = () => [0, 0];

/** Nothing lent, nothing lost. */
export function openJoint(): Joint {
  return {
    treaties: products.map(() => ({
      openFen: 0,
      grantedFen: 0,
      partGrantedFen: 0,
      partPriceFen: 0,
      participationFen: 0,
      lostFen: 0,
      partLostFen: 0,
      jointCreditFen: 0,
      usedFen: Array(layerCount).fill(0),
      partyUsedFen: pair(),
      borneFen: Array.from({ length: layerCount }, pair),
      provisionalFen: pair(),
      monthFen: pair(),
      sharedFen: pair(),
      contributedFen: pair(),
      shareBorne: 1,
    })),
    tradeBeforeFen: pair(),
    fund: {
      fen: pair(),
      dueFen: [pair(), pair()],
      paidUpFrontFen: 0,
      peakFen: 0,
      drawnFen: 0,
      shortFen: 0,
      dryDays: 0,
    },
    remainderFen: pair(),
    truedUpFen: 0,
    grantedFen: pair(),
    lossFen: pair(),
  };
}

/** The morning: the joint book as it stands, nothing granted yet. */
export function openTreaties({ treaties }: Joint, bookFen: (product: number) => number): void {
  for (const [p, treaty] of treaties.entries()) {
    treaty.openFen = bookFen(p);
    treaty.grantedFen = treaty.partGrantedFen = treaty.partPriceFen = 0;
  }
}

/** Adds rows of layers to a treaty: `sign` 1 for a loss, −1 for what goes back. Room that is given back never passes what was used. */
export function enter(treaty: Treaty, rows: readonly (readonly number[])[], sign: 1 | -1): void {
  for (let k = 0; k < layerCount; k++) {
    const row = rows[k];
    treaty.usedFen[k] = Math.max(0, treaty.usedFen[k] + sign * (row[0] + row[1]));
    for (let i = 0; i < 2; i++) {
      treaty.borneFen[k][i] += sign * row[i];
      treaty.sharedFen[i] += sign * row[i];
      if (k < fundLayer) treaty.partyUsedFen[i] = Math.max(0, treaty.partyUsedFen[i] + sign * row[i]);
    }
  }
}

/** What a party pays or gets of some rows through clearing: all but what the fund pays. */
export function throughClearingFen(rows: readonly (readonly number[])[], party: number): number {
  return rows.reduce((sum, row, k) => k === fundLayer ? sum : sum + row[party], 0);
}

/** What the named remainder took of some rows, by party. */
export const remainderOf = (rows: readonly (readonly number[])[]): readonly number[] => rows[remainderLayer];
