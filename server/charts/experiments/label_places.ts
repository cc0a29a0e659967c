// Where the words beside dots go, so that none lies on another word or another dot; what finds no room goes without.

/** A dot on a picture in pixels, with its words. The first of a list find their place first. */
export interface Labelled {
  x: number;
  y: number;
  text: string;
}

/** Where words stand beside their dot, as a text mark takes it. */
export interface LabelPlace {
  dx: number;
  dy: number;
  textAnchor: "start" | "middle" | "end";
}

const letter = 6.3, line = 13, near = 8;

const places: readonly LabelPlace[] = [
  { dx: near, dy: 0, textAnchor: "start" },
  { dx: -near, dy: 0, textAnchor: "end" },
  { dx: 0, dy: -12, textAnchor: "middle" },
  { dx: 0, dy: 13, textAnchor: "middle" },
  { dx: near, dy: -10, textAnchor: "start" },
  { dx: near, dy: 11, textAnchor: "start" },
  { dx: -near, dy: -10, textAnchor: "end" },
  { dx: -near, dy: 11, textAnchor: "end" },
];

interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const meet = (a: Area, b: Area) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * The place of each label; undefined where there is no room for it.
 *
 * Shapes: pixels from the top left; labels stay within `area` and off all dots, other labels and `taken`.
 *
 * @example
 * ```ts
 * import { labelPlaces } from "#/server/charts/experiments/label_places.ts";
 * import assert from "node:assert/strict";
 * const area = { left: 0, right: 100, top: 0, bottom: 40 };
 * const [first, second] = labelPlaces([{ x: 10, y: 20, text: "a" }, { x: 90, y: 20, text: "wide" }], { area });
 * assert.deepEqual([first!.textAnchor, second!.textAnchor], ["start", "end"]);
 * ```
 */
export function labelPlaces(
  dots: readonly Labelled[],
  { area, taken = [] }: { area: Area; taken?: readonly Area[] },
): (LabelPlace | undefined)[] {
  const full: Area[] = [
    ...taken,
    ...dots.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 })),
  ];
  return dots.map(({ x, y, text }) => {
    const width = letter * text.length;
    for (const place of places) {
      const middle = x + place.dx, top = y + place.dy - line / 2;
      const left = place.textAnchor === "start"
        ? middle
        : place.textAnchor === "end"
        ? middle - width
        : middle - width / 2;
      const box = { left, right: left + width, top, bottom: top + line };
      const isInside = box.left >= area.left && box.right <= area.right && box.top >= area.top &&
        box.bottom <= area.bottom;
      if (!isInside || full.some((other) => meet(box, other))) continue;
      full.push(box);
      return place;
    }
    return undefined;
  });
}
