// Who paid with what in the open world: each network's sales on credit, by a line alone and by a line of the co-branded card.

import { barX, ruleX, text } from "@observablehq/plot";
import { products } from "#/model/names.ts";
import { type Absent, absent, type ChartOptions, colours, frame, halo } from "#/server/charts/chart.ts";
import { meansColours } from "#/server/colours.ts";
import { type Paid, paidRows } from "#/server/facts/cobrand.ts";
import { money, share, shareTick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { meansWord, networkWord, productWord } from "#/server/words.ts";

/** From the axis: the card's two lines, then the lines alone. */
const order = Object.keys(meansColours).map(meansWord);

/** One bar a network, the card's parts first, and at its end what the card has of all its sales, debit cards included. */
export function paidWith(report: Comparison): ChartOptions | Absent {
  const rows = paidRows(report);
  if (rows.length === 0) return absent("Who paid with what", ["paid.<network>.<means>"]);
  const byCard = (is: (row: Paid) => boolean) =>
    rows.filter((row) => row.means.startsWith("card-") && is(row)).reduce((sum, { cny }) => sum + cny, 0);
  const all = byCard(() => true);
  const parts = products.map((product) => {
    const part = byCard(({ means }) => means === `card-${product}`);
    return `${share(all === 0 ? 0 : part / all)} on ${productWord(product)}`;
  });
  const networks = [...new Set(rows.map(({ network }) => network))];
  const ends = networks.map((network) => {
    const own = rows.filter((row) => row.network === network && row.means.startsWith("card-"));
    const onCredit = rows.some((row) => row.network === network && row.creditShare > 0);
    const card = own.reduce((sum, row) => sum + row.share, 0);
    return {
      network: networkWord(network),
      words: card > 0 ? `card ${share(card)}` : onCredit ? "no card" : "debit only",
    };
  });
  return frame({
    title: all === 0
      ? "Nothing is bought with the co-branded card"
      : `The co-branded card sells ${money(all)}: ${parts.join(", ")}`,
    caption:
      "Sales on credit of each network by what they were paid with, whole period, open world. At the end of each row: " +
      "the co-branded card's share of all sales there, those by debit card included.",
    marginLeft: 104,
    marginRight: 92,
    marginTop: 8,
    height: 50 + 34 * networks.length,
    x: {
      label: "share of the network's sales on credit →",
      labelArrow: "none",
      tickFormat: shareTick,
      domain: [0, 1],
      ticks: 5,
    },
    y: { label: null, tickSize: 0, domain: networks.map(networkWord), padding: 0.3 },
    color: colours(meansColours, Object.keys(meansColours), meansWord),
    marks: [
      barX(rows.filter(({ means }) => means !== "debit"), {
        x: "creditShare",
        y: ({ network }: Paid) => networkWord(network),
        fill: ({ means }: Paid) => meansWord(means),
        order,
      }),
      text(ends, {
        x: 1,
        y: "network",
        text: "words",
        textAnchor: "start",
        dx: 6,
        ...halo,
      }),
      ruleX([0]),
    ],
  });
}
