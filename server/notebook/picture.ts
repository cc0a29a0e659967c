// A drawn chart as one picture: title, legend, drawing and caption in a single SVG that any notebook viewer shows.

import type { Drawn, LegendEntry } from "#/server/charts/draw.ts";
import { ink } from "#/server/colours.ts";

/** A chart that was drawn, not one that is absent. */
type Drawing = Extract<Drawn, { svg: string }>;

const soft = "#5b6672", margin = 8;
/** Height of a line and mean width of a letter, in px, of the sans-serif fonts that viewers fall back to. */
const title = { size: 15, line: 20, letter: 8.3 };
const small = { size: 12, line: 16, letter: 6.5 };

/**
 * One SVG of a drawn chart.
 *
 * Shapes: pixels as drawn; the picture is as wide as the chart and grows in height with the words around it.
 *
 * @example
 * ```ts
 * import { draw } from "#/server/charts/draw.ts";
 * import { pictureOf } from "#/server/notebook/picture.ts";
 * import assert from "node:assert/strict";
 * const drawn = draw({ title: "Up & away", caption: "Nothing.", width: 300, marks: [] }, { id: "up" });
 * assert.ok("svg" in drawn);
 * assert.match(pictureOf(drawn), /^<svg xmlns=[^>]* width="316"[^]*>Up &amp; away<\/text>/);
 * ```
 */
export function pictureOf(drawn: Drawing): string {
  const { width, height } = sizeOf(drawn.svg);
  const parts: string[] = [];
  let y = margin;
  const write = (words: string, style: typeof title, look: string) => {
    for (const line of wrapped(words, Math.floor(width / style.letter))) {
      y += style.line;
      parts.push(
        `<text x="${margin}" y="${y - 4}" font-size="${style.size}" ${look}>${escaped(line)}</text>`,
      );
    }
  };
  write(drawn.title, title, `font-weight="600" fill="${ink.rule}"`);
  write(drawn.caption, small, `fill="${soft}"`);
  y += 4;
  for (const row of rowsOf(drawn.legend, width)) {
    y += small.line + 2;
    for (const { x, label, colour } of row) {
      parts.push(
        `<rect x="${x}" y="${
          y - 13
        }" width="10" height="10" rx="2" fill="${colour}" stroke="#00000026"></rect>`,
        `<text x="${x + 15}" y="${y - 4}" font-size="${small.size}" fill="${ink.rule}">${
          escaped(label)
        }</text>`,
      );
    }
  }
  if (drawn.ramp) {
    parts.push(placed(drawn.ramp, y));
    y += sizeOf(drawn.ramp).height;
  }
  parts.push(placed(drawn.svg, y));
  const all = { width: width + 2 * margin, height: y + height + margin };
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" ` +
    `aria-label="${escaped(drawn.title)}" width="${all.width}" height="${all.height}" ` +
    `viewBox="0 0 ${all.width} ${all.height}" font-family="system-ui, sans-serif">` +
    `<rect width="${all.width}" height="${all.height}" fill="#ffffff"></rect>${parts.join("")}</svg>`;
}

function sizeOf(svg: string): { width: number; height: number } {
  const tag = /^<svg [^>]*>/.exec(svg)?.[0] ?? "";
  const read = (name: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1]);
  const size = { width: read("width"), height: read("height") };
  if (!(size.width > 0 && size.height > 0)) {
    throw new TypeError("Cannot place a drawing: its <svg> says no width and height in px");
  }
  return size;
}

const placed = (svg: string, y: number) =>
  svg.replace(/^<svg /, `<svg x="${margin}" y="${y}" overflow="visible" `);

/** Lays the entries of a legend out in rows. */
function rowsOf(legend: readonly LegendEntry[], width: number): (LegendEntry & { x: number })[][] {
  const rows: (LegendEntry & { x: number })[][] = [];
  let x = margin;
  for (const entry of legend) {
    const needs = 15 + entry.label.length * small.letter + 14;
    if (rows.length === 0 || x + needs > width + margin) {
      rows.push([]);
      x = margin;
    }
    rows.at(-1)!.push({ ...entry, x });
    x += needs;
  }
  return rows;
}

function wrapped(words: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it may stand in HTML or SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => escapes[letter]);
}
