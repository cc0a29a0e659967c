// Plot options in, SVG text out: the same bytes for the same options, safe to put beside other charts on a page.

import { plot, type PlotOptions } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Absent, ChartOptions } from "#/server/charts/chart.ts";

/** One entry of a legend of named colours. */
export interface LegendEntry {
  label: string;
  colour: string;
}

/** A drawn chart: its finding, what it shows, and SVG text that stands alone; or why it could not be drawn. */
export type Drawn =
  | { title: string; caption: string; svg: string; legend: LegendEntry[]; ramp?: string }
  | { title: string; absent: string };

/**
 * Draws a chart.
 *
 * Shapes: `id` is unique on its page; it names the clip paths. `ramp` is the SVG of a continuous colour legend.
 * Every chart gets a document of its own, since a shared one grows with each chart.
 *
 * @example
 * ```ts
 * import { draw } from "#/server/charts/draw.ts";
 * import assert from "node:assert/strict";
 * const drawn = draw({ title: "Nothing moved", caption: "An empty frame.", marks: [] }, { id: "empty" });
 * assert.ok("svg" in drawn && drawn.svg.startsWith("<svg"));
 * ```
 */
export function draw(options: ChartOptions | Absent, { id }: { id: string }): Drawn {
  if ("absent" in options) return options;
  const { title, caption, color, ...rest } = options;
  const isNamed = color?.type === "ordinal";
  const document = freshDocument();
  const drawable = { ...rest, document, ariaLabel: title, color: { ...color, legend: false } } as PlotOptions;
  const element = plot(drawable) as unknown as Element;
  return {
    title,
    caption,
    svg: standAlone(element.outerHTML, id),
    legend: color?.legend && isNamed ? namedColours(color) : [],
    ramp: color?.legend && !isNamed ? ramp(element, color, id) : undefined,
  };
}

/** Room at both ends of a continuous legend for the words of a tick that stands there. */
const rampFrame = { width: 300, marginLeft: 28, marginRight: 28 } as const;

/** A continuous colour legend; Plot paints its ramp on a canvas and puts the canvas into the legend as an image. */
function ramp(element: Element, color: object, id: string): string | undefined {
  const legend = element.legend("color", { ...rampFrame, ...color, document: freshDocument() });
  return legend && standAlone(legend.outerHTML, `${id}-ramp`);
}

function namedColours({ domain, range }: { domain?: unknown; range?: unknown }): LegendEntry[] {
  if (!Array.isArray(domain) || !Array.isArray(range)) return [];
  return domain.map((label, i) => ({ label: String(label), colour: String(range[i]) }));
}

/** SVG that may be saved as a file, whose clip paths collide with no other chart's. */
function standAlone(svg: string, id: string): string {
  // Plot counts clip paths over the whole process: number them anew, from one, under this chart's name.
  const seen = new Map<string, string>();
  const renumbered = svg.replace(/plot-(?:clip|ramp)-?\d+/g, (name) => {
    if (!seen.has(name)) seen.set(name, `${id}-clip-${seen.size + 1}`);
    return seen.get(name)!;
  });
  return renumbered.replace(
    /^<svg (?![^>]*xmlns=)/,
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" ',
  );
}

/** What is used of a drawn element; the browser's own types are not loaded on a server. */
interface Element {
  outerHTML: string;
  legend(scale: string, options: object): { outerHTML: string } | undefined;
}

interface Painted {
  x: number;
  y: number;
  width: number;
  height: number;
  colour: string;
}

/** A document of its own for one chart, in which "canvas" means a recorder of filled rectangles. */
function freshDocument(): object {
  const { document } = parseHTML("<!doctype html><html><head></head><body></body></html>") as unknown as {
    document: { createElement(name: string): object };
  };
  const create = document.createElement.bind(document);
  const withCanvas = (name: string) => {
    const element = create(name);
    return name.toLowerCase() === "canvas" ? Object.assign(element, recordingCanvas()) : element;
  };
  Object.defineProperty(document, "createElement", { value: withCanvas });
  return document;
}

/** Stands in for a canvas: it keeps what is filled and hands it back as a small SVG image. */
function recordingCanvas() {
  const painted: Painted[] = [];
  const context = {
    fillStyle: "#000",
    fillRect(x: number, y: number, width: number, height: number) {
      painted.push({ x, y, width, height, colour: String(this.fillStyle) });
    },
  };
  return {
    width: 1,
    height: 1,
    getContext: () => context,
    toDataURL() {
      const right = Math.max(1, ...painted.map(({ x, width }) => x + width));
      const bottom = Math.max(1, ...painted.map(({ y, height }) => y + height));
      const rects = painted.map(({ x, y, width, height, colour }) =>
        `<rect x='${x}' y='${y}' width='${width}' height='${height}' fill='${colour}'/>`
      ).join("");
      const svg =
        `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${right} ${bottom}' preserveAspectRatio='none' ` +
        `shape-rendering='crispEdges'>${rects}</svg>`;
      return `data:image/svg+xml,${svg.replace(/[%#<>]/g, encodeURIComponent)}`;
    },
  };
}
