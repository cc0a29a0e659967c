// The one style sheet of all pages, written into each page so that a saved page needs nothing else.

/** Text of the style sheet: screen from 320 px up, and print. */
export const style: string = `
:root { --ink: #1f2933; --soft: #5b6672; --line: #d8dee6; --ground: #ffffff; --wash: #f4f6f9; --link: #1d4ed8; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: var(--ground);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
a { color: var(--link); text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; z-index: 2; }
.shell { max-width: 1320px; margin: 0 auto; padding: 0 1.25rem 4rem; }
.shell.with-contents { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 2.5rem; }
header.top { border-bottom: 1px solid var(--line); }
header.top div { max-width: 1320px; margin: 0 auto; padding: .8rem 1.25rem; display: flex; gap: 1.25rem;
  align-items: baseline; flex-wrap: wrap; }
header.top .name { font-weight: 700; text-decoration: none; color: var(--ink); }
header.top .what { color: var(--soft); font-size: .9rem; }
nav.contents { font-size: .88rem; line-height: 1.35; padding-top: 1.75rem; }
nav.contents > div { position: sticky; top: 1.25rem; max-height: calc(100vh - 2.5rem); overflow-y: auto; }
nav.contents ol { list-style: none; margin: 0; padding: 0; border-left: 2px solid var(--line); }
nav.contents li { padding: .22rem 0 .22rem .8rem; }
nav.contents a { color: var(--soft); text-decoration: none; }
nav.contents a:hover { color: var(--link); text-decoration: underline; }
main { padding-top: 1.5rem; min-width: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .1rem 0 .6rem; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .9rem; text-wrap: pretty; max-width: 46rem; }
h3 { font-size: 1rem; line-height: 1.35; margin: 0 0 .15rem; text-wrap: pretty; }
p { margin: 0 0 .8rem; max-width: 46rem; }
section { border-top: 1px solid var(--line); padding: 1.6rem 0 .6rem; }
.topic { color: var(--soft); font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; margin: 0 0 .15rem;
  font-weight: 600; }
.facts { color: var(--soft); font-size: .92rem; }
.note { background: #fff7e6; border-left: 4px solid #b45309; padding: .6rem .9rem; margin: 0 0 1rem; max-width: 46rem; }
.loud { font-weight: 700; }
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.4rem 2rem; margin: 0 0 1.2rem;
  align-items: start; }
figure { margin: 0; min-width: 0; display: flex; flex-direction: column; }
figure.alone { max-width: 40rem; }
figure.tall { grid-row: span 2; }
figcaption p { color: var(--soft); font-size: .85rem; line-height: 1.4; margin: 0 0 .35rem; }
figure svg.plot, figure .drawing > svg { display: block; width: 100%; height: auto; max-width: 640px; overflow: visible; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem 1rem; margin: 0 0 .3rem; padding: 0;
  font-size: .85rem; }
.legend span { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 2px;
  vertical-align: -.05em; border: 1px solid rgba(0, 0, 0, .15); }
.ramp svg { max-width: 100%; height: auto; }
.empty { color: var(--soft); border: 1px dashed var(--line); padding: 1rem; font-size: .9rem; }
.provenance { color: var(--soft); font-size: .78rem; margin: .3rem 0 0; display: flex; flex-wrap: wrap; gap: 0 .9rem;
  align-items: baseline; }
.provenance details[open] { flex-basis: 100%; }
summary { cursor: pointer; color: var(--link); }
.command span { display: inline-block; max-width: 100%; }
code { font: .92em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { background: var(--wash); border: 1px solid var(--line); border-radius: 4px; padding: .6rem .75rem; margin: .35rem 0;
  overflow-x: auto; user-select: all; white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 0 0 .4rem;
  background: linear-gradient(to right, #fff 40%, #fff0) left / 3.5rem 100% no-repeat local,
    linear-gradient(to left, #fff 40%, #fff0) right / 3.5rem 100% no-repeat local,
    linear-gradient(to right, #1f293355, #1f293300) left / 1rem 100% no-repeat scroll,
    linear-gradient(to left, #1f293355, #1f293300) right / 1rem 100% no-repeat scroll, #fff; }
table { border-collapse: collapse; font-size: .88rem; line-height: 1.35; width: 100%; }
caption { text-align: left; color: var(--soft); font-size: .85rem; padding: .6rem 0 .4rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: min(46rem, calc(100vw - 2.5rem)); }
th, td { text-align: left; vertical-align: top; padding: .34rem .7rem .34rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--line); white-space: nowrap; }
tbody th { font-weight: 500; }
th.group { background: var(--wash); font-weight: 600; padding-left: .5rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.wide { min-width: 14rem; } td.tight { white-space: nowrap; } tbody th[scope="row"] { min-width: 7.5rem; }
table.dense { font-size: .8rem; } table.dense td.number { white-space: normal; } table.dense td.wide { min-width: 10rem; }
table.dense th, table.dense td { padding-top: .22rem; padding-bottom: .22rem; }
tfoot th, tfoot td { border-top: 2px solid var(--line); font-weight: 600; }
.raw { color: var(--soft); font-size: .85em; overflow-wrap: anywhere; }
.mark { display: inline-block; padding: 0 .45em; border-radius: 999px; font-size: .85em; white-space: nowrap;
  border: 1px solid currentColor; }
.mark.good { color: #15803d; } .mark.bad { color: #b45309; } .mark.none { color: var(--soft); }
.block { margin: 0 0 1.4rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; padding: 0;
  list-style: none; }
.cards li { border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1rem; }
.cards p { margin: .2rem 0 0; font-size: .88rem; color: var(--soft); overflow-wrap: anywhere; }
.cards p.finding { color: var(--ink); }
.cards a { font-weight: 600; }
@media (max-width: 1000px) {
  .shell.with-contents { display: block; }
  nav.contents { padding-top: 1rem; }
  nav.contents > div { position: static; max-height: none; }
  nav.contents ol { columns: 2; border-left: 0; }
  nav.contents li { padding: .2rem 0; break-inside: avoid; }
}
@media (max-width: 820px) { .figures { grid-template-columns: minmax(0, 1fr); } figure.tall { grid-row: auto; } }
@media (max-width: 480px) {
  body { font-size: 15px; } h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; }
  .shell, header.top div { padding-left: .9rem; padding-right: .9rem; }
  table { font-size: .82rem; } th, td { padding-right: .5rem; } tbody th code.raw { display: none; }
  thead th, thead th.number { white-space: normal; vertical-align: bottom; }
  tbody th[scope="row"] { min-width: 5.8rem; max-width: 8rem; overflow-wrap: break-word; }
  td.wide { min-width: 11rem; } td.number .raw { display: inline-block; max-width: 6.2rem; white-space: normal; }
}
@media print {
  nav.contents, header.top, .skip { display: none; }
  .shell.with-contents { display: block; } .shell { max-width: none; padding: 0; }
  body { font-size: 10.5pt; } figure, tr, .block > p { break-inside: avoid; } section { break-inside: auto; }
  table { font-size: 8pt; } td.number, th.number, thead th { white-space: normal; } td.wide { min-width: 0; }
  tbody th code.raw { display: none; } th, td { padding-right: .4rem; }
  h2, h3, figcaption { break-after: avoid; } .scroll { overflow: visible; } a { color: inherit; text-decoration: none; }
}
`;
