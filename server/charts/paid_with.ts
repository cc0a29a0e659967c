// Who paid with what in the open world: each network's sales by debit card, by a line alone and by a line of the co-branded card.

import { barX, ruleX, text } from "@observablehq/plot";
import { products } from "#/model/names.ts";
import { type Absent, absent, type ChartOptions, colours, frame, halo } from "#/server/charts/chart.ts";
import { meansColours } from "#/server/colours.ts";
import { type Paid, paidRows } from "#/server/facts/cobrand.ts";
import { money, share, shareTick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { meansWord, networkWord, productWord } from "#/server/words.ts";

/** From the axis: the card's two lines, the lines alone, debit cards. */
const order = Object.keys(meansColours).map(meansWord);

/** One bar a network, the card's parts first, and at its end what the card has of it. */
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
    return { network: networkWord(network), card: own.reduce((sum, row) => sum + row.share, 0) };
  });
  return frame({
    title: all === 0
      ? "Nothing is bought with the co-branded card"
      : `The co-branded card sells ${money(all)}: ${parts.join(", ")}`,
    caption:
      "Sales of each network by what they were paid with, whole period, open world. At the end of each bar: the card's share.",
    marginLeft: 104,
    marginRight: 62,
    marginTop: 8,
    height: 50 + 34 * networks.length,
    x: {
      label: "share of the network's sales →",
      labelArrow: "none",
      tickFormat: shareTick,
      domain: [0, 1],
      ticks: 5,
    },
    y: { label: null, tickSize: 0, domain: networks.map(networkWord), padding: 0.3 },
    color: colours(meansColours, Object.keys(meansColours), meansWord),
    marks: [
      barX(rows, {
        x: "share",
        y: ({ network }: Paid) => networkWord(network),
        fill: ({ means }: Paid) => meansWord(means),
        order,
      }),
      text(ends, {
        x: 1,
        y: "network",
        text: ({ card }: typeof ends[number]) => card === 0 ? "no card" : `card ${share(card)}`,
        textAnchor: "start",
        dx: 6,
        ...halo,
      }),
      ruleX([0]),
    ],
  });
}
