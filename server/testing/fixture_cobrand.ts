// The made-up part of the co-branded card: what each network sold by what it was paid with, and the card's outcomes.

import { networks, products } from "#/model/names.ts";
import type { Outcome } from "#/sim/result.ts";
import { means } from "#/sim/cobrand.ts";
import type { FixtureTools } from "#/server/testing/fixture_identity.ts";

/** CNY of a want by network and means, in their order. */
const parts: Record<typeof networks[number], number[]> = {
  "jd-mall": [9, 17, 3, 0, 0],
  "jd-flash-pay": [1, 0, 0, 0, 0],
  "alipay": [21, 3, 34, 0, 0],
  "wechat-pay": [12, 0, 0, 0, 0],
  "union-card": [15, 0, 0, 0.5, 0.9],
};

/** Writes the daily columns of the open world; the closed one has no card. */
export function putCobrand({ open, put, wanted, ramp }: FixtureTools): void {
  if (!open) return;
  for (const network of networks) {
    means.forEach((name, k) =>
      put(
        `paid.${network}.${name}`,
        (d) => wanted(d) * parts[network][k] * (name.startsWith("card-") ? ramp(d) : 1),
      )
    );
  }
}

/** The outcomes of the open world. */
export function cobrandOutcomes({ open, sum }: FixtureTools): Record<string, Outcome> {
  if (!open) return {};
  const sales = products.map((product) => sum(`paid.union-card.card-${product}`));
  return {
    cobrandHolders: { value: 9.4e6, unit: "people" },
    cobrandIssued: { value: 9.9e6, unit: "people" },
    cobrandEnded: { value: 5e5, unit: "people" },
    ...Object.fromEntries(products.map((product, p) => [
      `cobrandPurchases.${product}`,
      { value: Math.round(sales[p] / 130), unit: "purchases" },
    ])),
    ...Object.fromEntries(
      products.map((product, p) => [`cobrandSales.${product}`, { value: sales[p], unit: "CNY" }]),
    ),
    "cobrandOver.dns": { value: Math.round((sales[0] + sales[1]) / 130), unit: "purchases" },
    cobrandSwitched: { value: Math.round(sales[0] / 900), unit: "purchases" },
    cobrandCost: { value: 1.7e8, unit: "CNY" },
    cobrandFees: { value: Math.round(sales[1] * 0.0007), unit: "CNY" },
  };
}
