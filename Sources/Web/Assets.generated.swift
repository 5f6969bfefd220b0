// swift-format-ignore-file
// Made by bin/assets from Assets/. Change those files, not this one.

import Markup

extension Asset {
  /// The style sheet.
  public static let css = Asset(path: "/assets/app.c783dc1f6b68.css", mediaType: "text/css; charset=utf-8", text: #"""
/* Homeroom. One style sheet, written by hand.
   Light is paper, dark is slate. Petrol ink is the only accent.
   The margin line (--margin) divides index from record: what stands before it
   (number, time, tick box, state) finds a row; what stands after it is the row.
   Only logical properties: right-to-left needs no second sheet.
   Sections: 1 tokens  2 base  3 shell  4 page  5 controls  6 forms  7 small parts
   8 tables  9 lists and cards  10 overlays  11 charts  12 pages  13 print */

/* 1 Tokens ------------------------------------------------------------- */
:root {
  color-scheme: light dark;
  --paper: light-dark(#f5f3ee, #0f1516);
  --surface: light-dark(#fffefc, #161e20);
  --sunken: light-dark(#f1eee7, #1c2628);
  --raised: light-dark(#ffffff, #212c2f);
  --ink: light-dark(#1b2124, #e8ebe6);
  --muted: light-dark(#575e60, #a5b0ae);
  --line: light-dark(#e4e0d7, #2a3538);
  --line-strong: light-dark(#cbc6ba, #3c494c);
  --control: light-dark(#82868a, #76847f);
  --accent: light-dark(#0b5a66, #84cdd2);
  --accent-deep: light-dark(#07434c, #a9dfe2);
  --accent-wash: light-dark(#e4f0f0, #17333a);
  --on-accent: light-dark(#ffffff, #06262b);
  --margin: light-dark(#e5aaa0, #7a4a45);
  --sign-line: light-dark(#f4b1a5, #a33c2e);
  --ok: light-dark(#2f691c, #a0d083);
  --ok-wash: light-dark(#e9f2e0, #1d301b);
  --warn: light-dark(#7a4a00, #f0c368);
  --warn-wash: light-dark(#fbf0d6, #352b12);
  --danger: light-dark(#ae241c, #ff9f95);
  --danger-wash: light-dark(#fbe9e5, #3c1f1d);
  --on-danger: light-dark(#ffffff, #37100c);
  --shadow: light-dark(rgb(40 34 20 / .14), rgb(0 0 0 / .5));
  --scrim: light-dark(rgb(32 30 24 / .38), rgb(4 8 9 / .62));

  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2rem; --s7: 3rem;
  --t12: .75rem; --t13: .8125rem; --t14: .875rem; --t16: 1rem; --t20: 1.25rem; --t24: 1.5rem; --t32: 2rem;
  --radius: 4px; --radius-card: 8px;
  --row: 40px; --hit: 32px; --bar: 52px; --rail: 208px; --gutter: var(--s6);
  --z-sticky: 1; --z-shell: 2; --z-float: 3; --z-toast: 4;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace;
  --ease: 120ms ease-out;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
:root[data-density="compact"] { --row: 32px; }
@media (width < 1200px) { :root { --rail: 88px; --gutter: var(--s5); } }
/* A name of one long word makes no page wider; on a phone it breaks wherever it must. */
body { overflow-wrap: break-word; }
@media (width < 640px) { .main { overflow-wrap: anywhere; } html { scroll-padding-block-end: 11rem; } :root { --rail: 0px; --gutter: var(--s4); --row: 48px; } }
@media (pointer: coarse) { :root { --hit: 44px; --row: 56px; } }

/* 2 Base --------------------------------------------------------------- */
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-block: calc(var(--bar) + var(--s4)) 6rem; -webkit-text-size-adjust: none; text-size-adjust: none; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 var(--t14)/1.5 var(--sans); }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset, blockquote { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: var(--t24); line-height: 1.3; font-weight: 600; letter-spacing: -.012em; text-wrap: balance; }
h2 { font-size: var(--t16); line-height: 1.3; font-weight: 600; letter-spacing: -.004em; }
h3 { font-size: var(--t14); line-height: 1.4; font-weight: 600; }
p { max-inline-size: 70ch; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
a:hover { color: var(--accent-deep); text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: var(--radius); }
code, .code { font: var(--t13)/1.5 var(--mono); }
svg { display: block; }
hr { border: 0; border-block-start: 1px solid var(--line); margin: var(--s5) 0; }
[hidden] { display: none !important; }
time, .figure { font-variant-numeric: tabular-nums; }
.muted { color: var(--muted); }
.small { font-size: var(--t13); }
.strong { font-weight: 600; }
.nowrap { white-space: nowrap; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
[dir="rtl"] .icon.turns, [dir="rtl"] .bar { transform: scaleX(-1); }
@media (prefers-reduced-motion: no-preference) {
  a, button, .button, .table tr, .slot, .person-card { transition: background-color var(--ease), border-color var(--ease), color var(--ease); }
  .toast { animation: rise 120ms ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
  @view-transition { navigation: auto; }
  ::view-transition-group(root) { animation-duration: 120ms; }
}

/* 3 Shell: rail, top bar, bottom bar ----------------------------------- */
.shell { display: grid; grid-template: "rail top" var(--bar) "rail main" 1fr / var(--rail) minmax(0, 1fr); min-block-size: 100dvh; }
.skip { position: fixed; inset-block-start: -4rem; inset-inline-start: var(--s4); z-index: var(--z-toast); padding: var(--s2) var(--s4); background: var(--accent); color: var(--on-accent); border-radius: var(--radius); }
.skip:focus { inset-block-start: var(--s2); color: var(--on-accent); }
.rail { grid-area: rail; position: sticky; inset-block-start: 0; block-size: 100dvh; display: flex; flex-direction: column; gap: 2px; padding-inline: var(--s3); padding-block-end: var(--s3); overflow-y: auto; scrollbar-width: none; }
.wordmark { display: flex; align-items: center; gap: var(--s2); block-size: var(--bar); padding-inline: var(--s2); flex: none; color: var(--ink); text-decoration: none; }
.wordmark .sign { inline-size: 24px; block-size: 24px; color: var(--accent); }
.wordmark .letters { inline-size: 94px; block-size: 20px; }
.rail a.place { display: flex; align-items: center; gap: var(--s3); min-block-size: var(--hit); padding-inline: var(--s2); border-radius: var(--radius); color: var(--muted); text-decoration: none; font-weight: 500; }
.rail a.place:hover { background: color-mix(in srgb, var(--ink) 6%, transparent); color: var(--ink); }
.rail a.place[aria-current] { background: color-mix(in srgb, var(--accent) 12%, transparent); color: var(--accent-deep); font-weight: 600; }
.rail .count { margin-inline-start: auto; }
.rail .within { margin-inline-start: 17px; padding-inline-start: var(--s4); border-inline-start: 1px solid var(--line-strong); margin-block: 2px var(--s2); }
.rail .within a { display: flex; align-items: center; min-block-size: 28px; padding-inline: var(--s2); border-radius: var(--radius); color: var(--muted); text-decoration: none; font-size: var(--t13); }
.rail .within a:hover { color: var(--ink); }
.rail .within a[aria-current] { color: var(--accent-deep); font-weight: 600; }
.rail .last { margin-block-start: auto; display: grid; gap: 2px; }
.topbar { grid-area: top; position: sticky; inset-block-start: 0; z-index: var(--z-shell); display: flex; align-items: center; gap: var(--s2); padding-inline: var(--s2) var(--gutter); background: var(--paper); }
.topbar > .switch-menu { margin-inline-end: auto; }
.topbar > .palette-button { margin-inline-end: auto; }
.topbar > .menu:last-child { margin-inline-end: calc(-1 * var(--s2)); }
.topbar a { text-decoration: none; }
.inbox-link { position: relative; }
.inbox-link .count { position: absolute; inset-block-start: 1px; inset-inline-end: 1px; min-inline-size: 17px; padding-inline: 4px; line-height: 17px; font-size: 11px; pointer-events: none; }
.switch { display: flex; align-items: center; gap: var(--s2); min-block-size: var(--hit); padding-inline: var(--s2); border: 0; border-radius: var(--radius); background: none; color: inherit; font: inherit; cursor: pointer; text-align: start; list-style: none; }
.switch:hover { background: color-mix(in srgb, var(--ink) 6%, transparent); }
.switch b { font-weight: 600; }
.switch .icon { color: var(--muted); inline-size: 1em; block-size: 1em; }
.palette-button { display: flex; align-items: center; gap: var(--s2); inline-size: min(22rem, 34vw); min-block-size: var(--hit); padding-inline: var(--s3) 6px; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--surface); color: var(--muted); font: inherit; cursor: pointer; text-align: start; }
.palette-button:hover { border-color: var(--control); }
.palette-button .keys { margin-inline-start: auto; }
.main { grid-area: main; min-inline-size: 0; background: var(--surface); border: 1px solid var(--line); border-inline-end: 0; border-block-end: 0; border-start-start-radius: var(--radius-card); padding: var(--s5) var(--gutter) var(--s7); container: page / inline-size; }
.bottom-bar { display: none; }
@media (width < 1200px) {
  .rail { padding-inline: var(--s2); }
  .rail .within, .wordmark .letters, .rail .count { display: none; }
  .wordmark { justify-content: center; }
  .rail a.place { flex-direction: column; justify-content: center; gap: 2px; min-block-size: 52px; padding-inline: 0; font-size: var(--t12); line-height: 1.3; }
}
@media (width < 640px) {
  .shell { grid-template: "top" var(--bar) "main" 1fr / minmax(0, 1fr); }
  .rail { display: none; }
  .topbar { padding-inline: var(--s2); gap: 0; }
  .main { border-inline: 0; border-radius: 0; padding-block: var(--s4) 6.5rem; }
  .topbar > .palette-button:not(:first-child) { margin-inline-end: 0; }
  .topbar > .menu:last-child { margin-inline-end: 0; }
  .palette-button { inline-size: auto; border: 0; background: none; padding: 0; min-inline-size: 44px; justify-content: center; }
  .palette-button .keys, .palette-button .words { display: none; }
  .switch { line-height: 1.25; } .switch .year { display: block; font-size: var(--t13); }
  .bottom-bar { position: fixed; inset: auto 0 0; z-index: var(--z-shell); display: grid; grid-template-columns: repeat(4, 1fr); background: var(--paper); border-block-start: 1px solid var(--line-strong); padding-block-end: env(safe-area-inset-bottom); }
  .bottom-bar a { display: grid; justify-items: center; align-content: center; gap: 2px; min-block-size: 56px; color: var(--muted); font-size: var(--t12); font-weight: 500; text-decoration: none; }
  .bottom-bar a[aria-current] { color: var(--accent-deep); font-weight: 600; box-shadow: inset 0 2px var(--accent); }
  .bottom-bar .icon { inline-size: 22px; block-size: 22px; }
}

/* 4 Page: header, columns, sections ------------------------------------ */
.breadcrumb { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s2); margin-block-end: var(--s2); font-size: var(--t13); color: var(--muted); }
.breadcrumb li { display: flex; gap: var(--s2); align-items: center; }
.breadcrumb li:not(:last-child)::after { content: "/"; color: var(--control); }
.breadcrumb a { color: inherit; }
.page-header { display: flex; flex-wrap: wrap; align-items: flex-start; gap: var(--s3) var(--s5); margin-block-end: var(--s5); }
.page-header > :first-child { flex: 1 1 20rem; min-inline-size: 0; }
.about { color: var(--muted); margin-block-start: 2px; max-inline-size: 90ch; }
.page-header h1:has(.figure) { display: flex; gap: var(--s2); }
.page-header h1 .figure { font-weight: 400; color: var(--muted); }
.actions { max-inline-size: none; display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; }
.columns { display: grid; gap: var(--s6) var(--s7); }
@container page (width >= 900px) { .columns { grid-template-columns: minmax(0, 1fr) 20rem; } }
@container page (width >= 1150px) { .columns { grid-template-columns: minmax(0, 1fr) 23rem; } }
form:has(> .field):not([class]) { display: grid; gap: var(--s4); justify-items: start; grid-template-columns: minmax(0, 1fr); }
form:has(> .field):not([class]) > .field { inline-size: 100%; }
.stack { display: grid; gap: var(--s6); align-content: start; grid-template-columns: minmax(0, 1fr); }
.section > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: var(--s1) var(--s3); margin-block-end: var(--s3); }
.section > header .actions, .section > header > a { margin-inline-start: auto; }
.section > header .muted { font-size: var(--t13); }
:not(.stack) > .table + .section { margin-block-start: var(--s6); }

/* 5 Controls: buttons, keys, chips, tabs, menus ------------------------ */
.button { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-block-size: var(--hit); padding: 0 var(--s3); border: 1px solid var(--control); border-radius: var(--radius); background: var(--surface); color: var(--ink); font: 500 var(--t14)/1.2 var(--sans); text-decoration: none; cursor: pointer; white-space: nowrap; list-style: none; }
.button:hover { background: var(--sunken); color: var(--ink); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.button.primary:hover { background: var(--accent-deep); border-color: var(--accent-deep); }
.button.quiet { border-color: transparent; background: none; color: var(--accent); }
.button.quiet:hover { background: var(--accent-wash); }
.button.danger { color: var(--danger); border-color: currentColor; }
.button.danger:hover { background: var(--danger-wash); }
.button.square { inline-size: var(--hit); padding: 0; color: var(--muted); }
.button.large { min-block-size: 44px; padding-inline: var(--s5); font-size: var(--t16); }
.button:is([disabled], [aria-disabled="true"]) { background: var(--sunken); border-color: var(--line-strong); color: var(--muted); cursor: not-allowed; }
.button[aria-busy="true"]::before { content: ""; inline-size: 1em; block-size: 1em; border: 2px solid currentColor; border-inline-end-color: transparent; border-radius: 50%; animation: turn .8s linear infinite; }
@keyframes turn { to { rotate: 1turn; } }
@media (prefers-reduced-motion: reduce) { .button[aria-busy="true"]::before { animation: none; } }
.keys { display: inline-flex; gap: 3px; direction: ltr; }
kbd { display: inline-block; min-inline-size: 20px; padding: 0 5px; border: 1px solid var(--line-strong); border-block-end-width: 2px; border-radius: var(--radius); background: var(--surface); color: var(--muted); font: 500 var(--t12)/18px var(--sans); text-align: center; white-space: nowrap; }
.button.primary kbd { border-color: color-mix(in srgb, currentColor 45%, transparent); background: none; color: inherit; }
@media (pointer: coarse), (width < 640px) { .keys, .button kbd, .key-hints { display: none !important; } }
.key-hints { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); color: var(--muted); font-size: var(--t13); }
.key-hints li { display: flex; align-items: center; gap: 6px; }
.chip { display: inline-flex; align-items: center; gap: var(--s1); min-block-size: 28px; padding-inline: 10px 2px; border: 1px solid color-mix(in srgb, var(--accent) 35%, transparent); border-radius: 14px; background: var(--accent-wash); color: var(--accent-deep); font-size: var(--t13); }
.chip b { font-weight: 600; }
.chip a { display: grid; place-items: center; inline-size: 24px; block-size: 24px; border-radius: 50%; color: inherit; }
.chip a:hover { background: color-mix(in srgb, var(--accent) 18%, transparent); }
.chip .icon { inline-size: 14px; block-size: 14px; }
.tabs { display: flex; gap: var(--s5); margin-block-end: var(--s5); border-block-end: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
.tabs a { position: relative; display: flex; align-items: center; gap: 6px; min-block-size: 40px; color: var(--muted); text-decoration: none; font-weight: 500; white-space: nowrap; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -2px var(--accent); }
.tabs a:focus-visible { outline-offset: -2px; }
.menu { position: relative; }
.menu > summary::-webkit-details-marker { display: none; }
.menu > .sheet { max-inline-size: calc(100vw - var(--s6)); position: absolute; inset-block-start: calc(100% + 4px); inset-inline-end: 0; z-index: var(--z-float); min-inline-size: 15rem; }
.menu.start > .sheet { inset-inline: 0 auto; }
.sheet { padding: var(--s2); background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius-card); box-shadow: 0 8px 28px var(--shadow); }
.sheet .title { padding: var(--s1) var(--s2); color: var(--muted); font-size: var(--t13); font-weight: 500; }
.sheet :is(a, button, label).choice { display: flex; align-items: center; gap: var(--s2); inline-size: 100%; min-block-size: var(--hit); padding-inline: var(--s2); border: 0; border-radius: var(--radius); background: none; color: var(--ink); font: inherit; text-align: start; text-decoration: none; cursor: pointer; }
.sheet .choice:hover, .sheet .choice[aria-selected="true"] { background: var(--accent-wash); }
.sheet .choice > :is(.keys, .aside) { margin-inline-start: auto; color: var(--muted); font-size: var(--t13); }
.sheet hr { margin: var(--s2) 0; }

/* 6 Forms -------------------------------------------------------------- */
.field { display: grid; gap: var(--s1); justify-items: start; max-inline-size: 28rem; grid-template-columns: minmax(0, 1fr); }
.field > label:not(.tick), .field > .label { font-weight: 600; }
fieldset.field > legend { float: inline-start; padding: 0; }
.field .hint { color: var(--muted); font-size: var(--t13); }
.field .error { display: flex; gap: 6px; color: var(--danger); font-weight: 600; }
.field.wrong { padding-inline-start: var(--s3); border-inline-start: 3px solid var(--danger); }
.input { inline-size: 100%; min-block-size: 36px; padding: 6px 10px; border: 1px solid var(--control); border-radius: var(--radius); background: var(--surface); color: var(--ink); font: inherit; }
textarea.input { min-block-size: 5rem; }
.input::placeholder { color: var(--muted); opacity: 1; }
.input:hover { border-color: var(--ink); }
.input:focus-visible { outline-offset: 0; border-color: var(--accent); }
.input[aria-invalid="true"] { border: 2px solid var(--danger); padding: 5px 9px; }
.input:disabled { background: var(--sunken); color: var(--muted); border-color: var(--line-strong); }
.input[readonly] { background: none; border-color: transparent; padding-inline: 0; }
.input.short { inline-size: 8.5rem; } .input.moment { inline-size: 14rem; max-inline-size: 100%; } .field:has(> .input.wide) { max-inline-size: 40rem; }
.input.tight { min-block-size: 32px; padding-block: 3px; }
select.input { appearance: none; padding-inline-end: 2rem; background: linear-gradient(45deg, transparent 50%, var(--muted) 50%) calc(100% - 16px) 55% / 5px 5px no-repeat, linear-gradient(-45deg, transparent 50%, var(--muted) 50%) calc(100% - 11px) 55% / 5px 5px no-repeat, var(--surface); }
[dir="rtl"] select.input { background-position: 11px 55%, 16px 55%; }
input:is([type="checkbox"], [type="radio"]) { inline-size: 16px; block-size: 16px; margin: 0; accent-color: var(--accent); flex: none; }
.tick .also, .table :is(th, td) > .also { display: block; color: var(--muted); font-size: var(--t13); line-height: 1.3; }
.tick { display: inline-grid; grid-template-columns: auto 1fr; align-items: center; gap: var(--s2); min-block-size: var(--hit); }
.toggle { appearance: none; position: relative; inline-size: 36px !important; block-size: 20px !important; border: 1px solid var(--control); border-radius: 10px; background: var(--sunken); cursor: pointer; }
.toggle::after { content: ""; position: absolute; inset-block-start: 2px; inset-inline-start: 2px; inline-size: 14px; block-size: 14px; border-radius: 50%; background: var(--control); }
.toggle:checked { background: var(--accent); border-color: var(--accent); }
.toggle:checked::after { inset-inline: auto 2px; background: var(--on-accent); }
.error-summary { padding: var(--s4) var(--s5); border: 2px solid var(--danger); border-radius: var(--radius); max-inline-size: 44rem; }
.error-summary h2 { color: var(--danger); margin-block-end: var(--s2); }
.error-summary li { margin-block-start: var(--s1); }
.error-summary a { color: var(--danger); font-weight: 600; }
.search { position: relative; flex: 1 1 14rem; max-inline-size: 22rem; }
.search .icon { position: absolute; inset-block: 0; inset-inline-start: 9px; margin-block: auto; color: var(--muted); pointer-events: none; }
.search .input { padding-inline-start: 34px; }

/* 7 Small parts: badge, mark, avatar, notice, toast, progress ----------- */
.badge { display: inline-flex; align-items: center; gap: var(--s1); padding: 0 7px; border-radius: var(--radius); background: var(--sunken); color: var(--ink); font-size: var(--t13); line-height: 22px; font-weight: 500; white-space: nowrap; }
.badge .icon { inline-size: 14px; block-size: 14px; }
.badge.ok { background: var(--ok-wash); color: var(--ok); }
.badge.warn { background: var(--warn-wash); color: var(--warn); }
.badge.danger { background: var(--danger-wash); color: var(--danger); }
.badge.info { background: var(--accent-wash); color: var(--accent-deep); }
.badge.plain { background: none; padding-inline: 0; color: var(--muted); }
.count { min-inline-size: 20px; padding-inline: 6px; border-radius: 10px; background: color-mix(in srgb, var(--ink) 9%, transparent); color: var(--ink); font-size: var(--t12); line-height: 20px; font-weight: 600; text-align: center; font-variant-numeric: tabular-nums; }
.count.due { background: var(--danger); color: var(--on-danger); }
/* A mark is letter + shape + colour: P ring, A solid square, L leaning pill, E dashed ring, blank dot. */
.mark { display: inline-grid; place-items: center; inline-size: 20px; block-size: 20px; border: 1.5px solid transparent; font-size: 11px; line-height: 1; font-weight: 700; font-style: normal; }
.mark.present { color: var(--ok); border-color: color-mix(in srgb, currentColor 50%, transparent); border-radius: 50%; }
.mark.absent { background: var(--danger); color: var(--on-danger); border-radius: 3px; }
.mark.late { background: var(--warn-wash); color: var(--warn); border-color: currentColor; border-start-start-radius: 10px; border-end-end-radius: 10px; }
.mark.excused { color: var(--accent); border-color: currentColor; border-style: dashed; border-radius: 50%; }
.mark.blank { color: var(--muted); }
.marks { display: inline-flex; gap: 3px; }
.state { display: inline-flex; align-items: baseline; gap: 6px; }
.table .state { vertical-align: middle; }
.state .icon { align-self: center; inline-size: 18px; block-size: 18px; }
.state.ok .icon { color: var(--ok); } .state.warn .icon { color: var(--warn); } .state.danger .icon { color: var(--danger); } .state.waits .icon { color: var(--muted); }
.avatar { display: inline-grid; place-items: center; flex: none; inline-size: 28px; block-size: 28px; border-radius: 50%; background: light-dark(#e6e3da, #2d393b); color: light-dark(#43484a, #d3dad6); font-size: 11px; font-weight: 600; line-height: 1; letter-spacing: 0; }
.avatar[data-tone="1"] { background: light-dark(#dbe8e6, #1f3d40); color: light-dark(#1d4a4c, #b5dfde); }
.avatar[data-tone="2"] { background: light-dark(#f1dfd9, #45302b); color: light-dark(#6a3526, #edc5b8); }
.avatar[data-tone="3"] { background: light-dark(#ece5c9, #3c3820); color: light-dark(#574812, #e2d79f); }
.avatar[data-tone="4"] { background: light-dark(#e2e0ee, #34324a); color: light-dark(#443c71, #cfcaee); }
.avatar.large { inline-size: 56px; block-size: 56px; font-size: var(--t20); }
.person { display: flex; align-items: center; gap: var(--s3); min-inline-size: 0; }
.person > :last-child { min-inline-size: 0; }
.person a { font-weight: 500; color: var(--ink); text-decoration: none; }
.person a:hover { text-decoration: underline; color: var(--accent-deep); }
.message-text { max-inline-size: 42rem; overflow-wrap: anywhere; }
.person .also { display: block; color: var(--muted); font-size: var(--t13); line-height: 1.3; }
.notice { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s1) var(--s3); padding: var(--s3) var(--s4); border-inline-start: 3px solid var(--accent); border-radius: var(--radius); background: var(--accent-wash); }
.main > .notice { margin-block-end: var(--s5); }
.notice > .icon { margin-block-start: 2px; color: var(--accent); }
.notice > :not(.icon) { grid-column: 2; }
.notice.warn { background: var(--warn-wash); border-color: var(--warn); } .notice.warn > .icon { color: var(--warn); }
.notice.danger { background: var(--danger-wash); border-color: var(--danger); } .notice.danger > .icon { color: var(--danger); }
.notice.ok { background: var(--ok-wash); border-color: var(--ok); } .notice.ok > .icon { color: var(--ok); }
.toast { display: flex; align-items: center; gap: var(--s4); inline-size: fit-content; max-inline-size: min(34rem, 100vw - 2rem); padding-block: var(--s2); padding-inline: var(--s4) var(--s2); border-radius: var(--radius-card); background: light-dark(#1f2829, #e8ebe6); color: light-dark(#f5f3ee, #161e20); box-shadow: 0 8px 28px var(--shadow); }
.toast .button { border-color: transparent; background: none; color: light-dark(#8fd5da, #0b5a66); font-weight: 600; }
.toast .button:hover { background: rgb(128 128 128 / .22); }
.toast kbd { background: none; color: inherit; border-color: currentColor; opacity: .8; }
.toasts { position: fixed; inset-inline: var(--s4); inset-block-end: var(--s4); z-index: var(--z-toast); display: grid; gap: var(--s2); justify-items: center; pointer-events: none; }
.toasts > * { pointer-events: auto; }
.shell:has(.submit-bar, .finish) .toasts { inset-block-end: 5.5rem; }
@media (width < 640px) { .toasts { inset-block-end: 72px; } .shell:has(.submit-bar, .finish) .toasts { inset-block-end: 11rem; } }
.job { display: grid; gap: var(--s2); max-inline-size: 44rem; } .job .job-line { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s1) var(--s2); margin: 0; } .job .button { justify-self: start; }
.progress { appearance: none; display: block; inline-size: 100%; block-size: 6px; border: 0; border-radius: 3px; background: var(--line); overflow: hidden; }
.progress::-webkit-progress-bar { background: var(--line); }
.progress::-webkit-progress-value { background: var(--accent); }
.progress::-moz-progress-bar { background: var(--accent); }
.empty { display: grid; justify-items: center; gap: var(--s2); padding: var(--s7) var(--s4); border: 1px dashed var(--line-strong); border-radius: var(--radius-card); text-align: center; color: var(--muted); }
.empty h2 { color: var(--ink); font-size: var(--t16); }
.empty .button { margin-block-start: var(--s2); }
.skeleton { display: grid; gap: var(--s3); }
.skeleton i { block-size: 12px; border-radius: var(--radius); background: var(--sunken); }
.skeleton i:nth-child(2n) { inline-size: 72%; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--s1) var(--s4); }
.facts dt { color: var(--muted); }
.command { display: flex; align-items: center; gap: var(--s2); inline-size: fit-content; max-inline-size: 100%; padding-inline: var(--s3) 2px; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--surface); }
.command code { overflow-x: auto; white-space: nowrap; }
.command code::before { content: "$ "; color: var(--muted); }
.command .button { min-block-size: 28px; border: 0; }

/* 8 Tables: index tables, filter bar, bulk bar, pager -------------------- */
.table { inline-size: 100%; border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
.table :is(th, td) { block-size: var(--row); padding: 4px var(--s3); border-block-end: 1px solid var(--line); text-align: start; vertical-align: middle; }
.table :is(th, td):first-child { padding-inline-start: var(--s2); }
.table thead th { block-size: 36px; color: var(--muted); font-size: var(--t13); font-weight: 500; white-space: nowrap; border-block-end-color: var(--line-strong); background: var(--surface); }
.table thead a { display: inline-flex; align-items: center; gap: 2px; min-block-size: 24px; color: inherit; text-decoration: none; }
.table thead a:hover, .table thead [aria-sort] a { color: var(--ink); }
.table thead .icon { inline-size: 14px; block-size: 14px; }
.table tbody th { font-weight: 500; }
.table tbody tr:hover { background: color-mix(in srgb, var(--accent-wash) 45%, transparent); }
.table tbody tr:has(input:checked) { background: var(--accent-wash); }
.table .num { text-align: end; }
.table .margin { inline-size: 40px; padding-inline: var(--s2); border-inline-end: 1px solid var(--margin); text-align: center; color: var(--muted); }
.table .margin label { display: grid; place-items: center; min-block-size: 24px; }
.table .margin + * { padding-inline-start: var(--s4); }
.table .group th { block-size: 36px; padding-block-start: var(--s4); background: none; color: var(--muted); font-size: var(--t13); font-weight: 600; vertical-align: bottom; }
.table .do { inline-size: 1%; padding-inline-end: 0; text-align: end; white-space: nowrap; }
.table.pinned thead th { position: sticky; inset-block-start: var(--bar); z-index: var(--z-sticky); }
.table-scroll { overflow-x: auto; margin-inline: calc(-1 * var(--gutter)); padding-inline: var(--gutter); scrollbar-width: thin; }
.filter-bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2); padding-block-end: var(--s3); }
.filter-bar .push { margin-inline-start: auto; }
.filter-bar select.input { inline-size: auto; max-inline-size: 16rem; }
.filters { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2); padding-block-end: var(--s3); color: var(--muted); font-size: var(--t13); }
.bulk-bar { position: sticky; inset-block-end: var(--s4); z-index: var(--z-sticky); display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); inline-size: fit-content; max-inline-size: 100%; margin: var(--s4) auto 0; padding-block: var(--s2); padding-inline: var(--s4) var(--s2); background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius-card); box-shadow: 0 8px 28px var(--shadow); }
.bulk-bar .actions { padding-inline-start: var(--s3); border-inline-start: 1px solid var(--margin); gap: var(--s1); }
form:not(:has(tbody .margin :checked)) > .bulk-bar { display: none; }
.pager { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s4); padding-block-start: var(--s4); color: var(--muted); font-size: var(--t13); }
.pager .actions { margin-inline-start: auto; }
@container page (width < 1000px) { .table .extra { display: none; } }
@container page (width < 640px) {
  .disclosure > summary { flex-wrap: wrap; gap: var(--s1) var(--s3); padding-block: var(--s2); } .disclosure > summary > :nth-child(2) { flex: 1; } .disclosure > summary .aside { flex-basis: 100%; padding-inline-start: 30px; }
  .table.cards, .table.cards tbody { display: block; }
  .table.cards thead { display: none; }
  .table.cards tr { position: relative; display: flex; flex-wrap: wrap; gap: 2px var(--s3); align-items: center; padding: var(--s3) 0; border-block-end: 1px solid var(--line); }
  .table.cards tr:has(> .margin) { padding-inline-start: 48px; }
  .table.cards :is(th, td) { display: flex; align-items: baseline; gap: var(--s1); block-size: auto; padding: 0 !important; border: 0; font-size: var(--t13); color: var(--muted); }
  .table.cards .lead { display: block; flex: 1 0 100%; font-size: var(--t14); color: var(--ink); }
  .table.cards .margin { align-items: center; position: absolute; inset-block: 0; inset-inline-start: 0; inline-size: 36px; justify-content: center; border-inline-end: 1px solid var(--margin); }
  .table.cards .margin label, .table.cards .margin input { min-inline-size: 24px; min-block-size: 24px; }
  .table.cards td[data-label]::before { content: attr(data-label); color: var(--muted); }
  .table.cards .away { display: none; }
  .table.cards tr:has(> .do:not(.away)) { padding-inline-end: 7rem; }
  .table.cards .do { align-items: center; position: absolute; inset-block: 0; inset-inline-end: 0; inline-size: auto; }
  .table.cards .group { padding-inline-start: 0; }
  .filter-bar .word { display: none; } .filter-bar .search { flex-basis: 0; min-inline-size: 11rem; max-inline-size: none; }
  .bulk-bar { white-space: nowrap; inset-block-end: 64px; inline-size: auto; flex-wrap: nowrap; overflow-x: auto; border-radius: var(--radius); }
  .bulk-bar .actions { flex-wrap: nowrap; }
}

/* 9 Lists and cards ------------------------------------------------------ */
.card { padding: var(--s4); border-radius: var(--radius-card); background: var(--paper); }
.card > header, .card > h2, .card > h3 { display: flex; align-items: baseline; justify-content: space-between; gap: var(--s3); margin-block-end: var(--s3); }
.card h2 { font-size: var(--t14); font-weight: 600; }
.card > header a { font-size: var(--t13); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); border-block: 1px solid var(--line); }
.figures > * { padding: var(--s3) var(--s4); border-inline-start: 1px solid var(--line); }
.figures > :first-child { padding-inline-start: 0; border: 0; }
.figures dt, .figures .what { color: var(--muted); font-size: var(--t13); }
.figures .value { font-size: var(--t24); line-height: 1.3; font-weight: 600; letter-spacing: -.012em; font-variant-numeric: tabular-nums; }
.figures .value small { font-size: var(--t14); font-weight: 400; color: var(--muted); letter-spacing: 0; }
.figures .more { font-size: var(--t13); color: var(--muted); }
@container page (width < 640px) { .figures { grid-template-columns: 1fr 1fr; } .figures > * { padding-inline: 0 var(--s3); border: 0; } .figures > :nth-child(even) { padding-inline: var(--s3) 0; border-inline-start: 1px solid var(--line); } .figures > :nth-child(n+3) { border-block-start: 1px solid var(--line); } }
.tasks > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px var(--s3); align-items: center; padding-block: var(--s3); border-block-end: 1px solid var(--line); }
.tasks > li:first-child { border-block-start: 1px solid var(--line); }
.tasks .what { font-weight: 500; }
.tasks .why { grid-column: 1; color: var(--muted); font-size: var(--t13); }
.tasks .actions { grid-row: 1 / span 2; grid-column: 2; }
.card li:has(> form) { display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--s2); } .card li > form { margin-inline-start: auto; }
.card .tasks > li { border-color: var(--line-strong); } .card .tasks > li:first-child { border-block-start: 0; padding-block-start: 0; } .card .tasks > li:last-child { border-block-end: 0; padding-block-end: 0; }
/* Day: time, margin line, what happens. Timeline: the same, for the past. */
.day > li, .timeline > li { position: relative; display: grid; grid-template-columns: 5.75rem minmax(0, 1fr) auto; align-items: center; gap: 0 var(--s4); min-block-size: 52px; padding-block: var(--s2); }
.day > li::before, .timeline > li::before { content: ""; position: absolute; inset-block: 0; inset-inline-start: 6.25rem; border-inline-start: 1px solid var(--margin); }
.day > li + li::after, .timeline > li + li::after { content: ""; position: absolute; inset-block-start: 0; inset-inline: 6.25rem 0; border-block-start: 1px solid var(--line); }
.day .when, .timeline .when { color: var(--muted); font-size: var(--t13); font-variant-numeric: tabular-nums; line-height: 1.35; }
.day .when b, .timeline .when b { display: block; white-space: nowrap; color: var(--ink); font-size: var(--t14); font-weight: 500; }
.day .what, .timeline .what { padding-inline-start: var(--s4); min-inline-size: 0; }
.day .what b, .timeline .what b { font-weight: 600; }
.day .also, .timeline .also { color: var(--muted); font-size: var(--t13); display: block; }
.day > .rest { min-block-size: 36px; } .day > .rest .what b { font-weight: 400; color: var(--muted); }
.day > .done .what b { font-weight: 500; }
.day > .now { background: linear-gradient(90deg, transparent 6.25rem, var(--accent-wash) 6.25rem); padding-inline-end: var(--s3); }
[dir="rtl"] .day > .now { background: linear-gradient(-90deg, transparent 6.25rem, var(--accent-wash) 6.25rem); }
.day > .now::before { border-inline-start: 3px solid var(--accent); margin-inline-start: -1px; }
.day > .now .when b { color: var(--accent-deep); font-weight: 600; }
.timeline > li { align-items: start; grid-template-columns: 5.75rem minmax(0, 1fr); min-block-size: 44px; padding-block: var(--s3); }
.timeline .what { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 var(--s3); }
.timeline .what > :not(:first-child) { grid-column: 2; }
.timeline .what > .icon { inline-size: 18px; block-size: 18px; margin-block-start: 1px; color: var(--muted); }
/* Notices: the day stands before the margin line, what is to be read after it */
.noticeboard { max-inline-size: 60rem; margin-block-end: var(--s5); }
.noticeboard > li { position: relative; display: grid; grid-template-columns: 5.75rem minmax(0, 1fr); padding-block: var(--s5); }
.noticeboard > li::before { content: ""; position: absolute; inset-block: 0; inset-inline-start: 6.25rem; border-inline-start: 1px solid var(--margin); }
.noticeboard > li + li::after { content: ""; position: absolute; inset-block-start: 0; inset-inline: 6.25rem 0; border-block-start: 1px solid var(--line); }
.noticeboard .when { color: var(--muted); font-size: var(--t13); font-variant-numeric: tabular-nums; }
.noticeboard .when b { display: block; color: var(--ink); font-size: var(--t16); font-weight: 600; line-height: 1.35; white-space: nowrap; }
.noticeboard > li > :last-child { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s2); padding-inline-start: var(--s5); }
.noticeboard h2 { font-size: var(--t20); letter-spacing: -.01em; text-wrap: balance; } .noticeboard h2 a { color: var(--ink); text-decoration: none; } .noticeboard h2 a:hover { text-decoration: underline; }
.noticeboard.brief { max-inline-size: none; margin-block-end: 0; } .noticeboard.brief > li { padding-block: var(--s3); } .noticeboard.brief > li > :last-child { gap: 2px; padding-inline-start: var(--s4); } .noticeboard.brief .when b { font-size: var(--t14); font-weight: 500; line-height: 1.5; }
.kicker { display: flex; flex-wrap: wrap; gap: 2px var(--s3); color: var(--muted); font-size: var(--t13); }
.pin { display: inline-flex; vertical-align: text-bottom; align-items: center; gap: var(--s1); color: var(--accent-deep); font-size: var(--t13); font-weight: 600; white-space: nowrap; } .pin .icon { inline-size: 1.15em; block-size: 1.15em; }
.words { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s2); max-inline-size: 40rem; }
.prose { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); font-size: var(--t16); line-height: 1.6; } .prose p { max-inline-size: none; }
.byline { color: var(--muted); font-size: var(--t13); }
.notice-leaf { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); } .kicker .state { color: var(--ink); } .notice-leaf h1 { font-size: var(--t32); line-height: 1.2; letter-spacing: -.018em; margin-block-end: var(--s2); }
.said { margin-block-start: var(--s2); padding-inline-start: var(--s3); border-inline-start: 3px solid var(--line-strong); white-space: pre-line; }
.standing { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); max-inline-size: 40rem; padding-block: var(--s4); border-block: 1px solid var(--line); } .standing .said { margin-block: 0; }
.step-forms { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); } .step-forms .disclosure { border-block-end: 0; } .step-forms .disclosure > summary { min-block-size: var(--hit); color: var(--accent); font-weight: 500; }
.picks { display: flex; flex-wrap: wrap; gap: var(--s1); margin-block-end: var(--s4); } .picks a { display: flex; align-items: center; min-block-size: var(--hit); padding-inline: var(--s3); border-radius: var(--radius); color: var(--muted); font-size: var(--t13); text-decoration: none; } .picks a:hover { background: var(--sunken); color: var(--ink); } .picks a[aria-current] { background: var(--accent-wash); color: var(--accent-deep); font-weight: 600; }
@container page (width < 640px) { .noticeboard > li { display: block; padding-block: var(--s4); padding-inline-start: var(--s4); } .noticeboard > li::before { inset-inline-start: 0; } .noticeboard > li + li::after { inset-inline: 0; } .noticeboard > li > :last-child { padding-inline-start: 0 !important; } .noticeboard .when b { display: inline; margin-inline-end: var(--s1); font-size: var(--t13); } .notice-leaf h1 { font-size: var(--t24); } }
@container page (width < 640px) {
  .day > li, .timeline > li { grid-template-columns: 3.5rem minmax(0, 1fr); gap: var(--s1) var(--s3); }
  .day > li::before, .timeline > li::before { inset-inline-start: 3.9rem; }
  .day > li + li::after, .timeline > li + li::after { inset-inline-start: 3.9rem; }
  .day > li > .actions { grid-column: 2; padding-inline-start: var(--s3); justify-content: start !important; }
  .day .what, .timeline .what { padding-inline-start: var(--s3); } .timeline .when b { font-size: var(--t13); white-space: normal; line-height: 1.3; }
  .day > .now { background: linear-gradient(90deg, transparent 3.9rem, var(--accent-wash) 3.9rem); }
  [dir="rtl"] .day > .now { background: linear-gradient(-90deg, transparent 3.9rem, var(--accent-wash) 3.9rem); }
}
.day > li > .actions { justify-content: end; }
.steps { display: flex; gap: var(--s2); margin-block-end: var(--s5); counter-reset: step; }
.steps li { flex: 1; display: grid; gap: 0; padding-block-start: var(--s2); border-block-start: 3px solid var(--line-strong); color: var(--muted); font-size: var(--t13); counter-increment: step; }
.steps li b { color: var(--ink); font-size: var(--t14); font-weight: 600; }
.steps li b::before { content: counter(step) " "; color: var(--muted); font-weight: 400; }
.steps .done { border-color: var(--accent); }
.steps [aria-current] { border-color: var(--accent); } .steps [aria-current] b { color: var(--accent-deep); }
.steps [aria-current] b::before { color: inherit; }
.disclosure { border-block-end: 1px solid var(--line); }
.disclosure > summary { display: flex; align-items: center; gap: var(--s3); min-block-size: 44px; cursor: pointer; font-weight: 600; list-style: none; }
.disclosure > summary::-webkit-details-marker { display: none; }
.disclosure > summary > .icon:first-child { color: var(--muted); transition: rotate var(--ease); }
.disclosure[open] > summary > .icon:first-child { rotate: 90deg; }
[dir="rtl"] .disclosure:not([open]) > summary > .icon:first-child { transform: scaleX(-1); }
.disclosure > summary .aside { margin-inline-start: auto; font-weight: 400; color: var(--muted); font-size: var(--t13); }
.disclosure > :not(summary) { margin-block-end: var(--s4); }

/* 10 Overlays: dialog, drawer, palette, tooltip --------------------------- */
.dialog { inline-size: min(30rem, 100vw - 2rem); padding: var(--s5); border: 1px solid var(--line-strong); border-radius: var(--radius-card); background: var(--raised); color: var(--ink); box-shadow: 0 16px 48px var(--shadow); }
.dialog::backdrop { background: var(--scrim); }
.dialog > * + * { margin-block-start: var(--s3); }
.dialog .actions { margin-block-start: var(--s5); justify-content: end; }
.drawer { inset-block: 0; inset-inline: auto 0; block-size: 100dvh; max-block-size: none; margin: 0; border-radius: 0; border-block: 0; border-inline-end: 0; }
.palette { inline-size: min(40rem, 100vw - 2rem); padding: 0; overflow: hidden; }
.palette > * + * { margin-block-start: 0; } dialog.palette { margin-block-start: 14dvh; }
.palette .input { border: 0; border-block-end: 1px solid var(--line); border-radius: 0; padding: var(--s4); font-size: var(--t16); background: none; }
.palette .input:focus-visible { outline: 0; border-color: var(--accent); box-shadow: inset 0 -1px var(--accent); }
.palette .found { padding: var(--s2); }
.palette .found .choice { max-inline-size: none; display: flex; align-items: center; gap: var(--s3); min-block-size: 40px; padding-inline: var(--s2); border-radius: var(--radius); }
.palette .found .choice[aria-selected="true"] { background: var(--accent-wash); border-inline-start: 2px solid var(--accent); }
.palette .found .choice > :nth-child(3) { margin-inline-start: auto; color: var(--muted); font-size: var(--t13); }
.palette .found { max-block-size: min(26rem, 60dvh); overflow-y: auto; } .palette .found a.choice { color: inherit; text-decoration: none; }
.palette .found [aria-selected="true"] > .choice { background: var(--accent-wash); box-shadow: inset 2px 0 var(--accent); } [dir="rtl"] .palette .found [aria-selected="true"] > .choice { box-shadow: inset -2px 0 var(--accent); } .palette .found .choice:hover { background: var(--sunken); }
.key-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: var(--s2) var(--s4); } .key-list li { display: flex; gap: var(--s2); align-items: baseline; }
.palette .found .title { padding: var(--s2) var(--s2) var(--s1); color: var(--muted); font-size: var(--t13); font-weight: 500; }
.palette .foot { max-inline-size: none; padding: var(--s2) var(--s4); border-block-start: 1px solid var(--line); }
.tip { position: relative; }
.tip > [role="tooltip"] { position: absolute; inset-block-end: calc(100% + 6px); inset-inline-start: 50%; translate: -50% 0; padding: 2px var(--s2); border-radius: var(--radius); background: var(--ink); color: var(--surface); font-size: var(--t13); white-space: nowrap; }
[dir="rtl"] .tip > [role="tooltip"] { translate: 50% 0; }

/* 11 Charts: server-made SVG, ink only ------------------------------------ */
.spark { inline-size: 100%; block-size: 40px; overflow: visible; }
.spark .line { fill: none; stroke: var(--accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.spark .area { fill: color-mix(in srgb, var(--accent) 10%, transparent); }
.spark .limit { stroke: var(--danger); stroke-width: 1; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
.bar { inline-size: 56px; block-size: 4px; border-radius: 2px; overflow: hidden; flex: none; background: var(--line); }
.bar rect { fill: var(--control); } .bar.warn rect { fill: var(--warn); } .bar.danger rect { fill: var(--danger); }
.chart { inline-size: 100%; block-size: auto; }
.chart text { fill: var(--muted); font: 500 12px var(--sans); font-variant-numeric: tabular-nums; }
.chart .grid { stroke: var(--line); } .chart .column { fill: color-mix(in srgb, var(--accent) 55%, var(--surface)); } .chart .column.now { fill: var(--accent); } .chart .column.low { fill: var(--danger); }
@container page (width < 640px) { .chart text { font-size: 19px; } }
.heat rect { fill: var(--line); } .heat .off { fill: none; stroke: var(--line); } .heat .ok { fill: color-mix(in srgb, var(--ok) 38%, var(--surface)); } .heat .absent { fill: var(--danger); } .heat .late { fill: var(--warn); }

@media (forced-colors: active) { .badge, .mark, .button, .slot, .notice, .card { border: 1px solid; } .tabs a[aria-current], .rail a[aria-current] { border: 2px solid Highlight; } .bar rect, .spark .line, .chart .column { fill: CanvasText; stroke: CanvasText; } }

/* 12 Pages ---------------------------------------------------------------- */
/* Sign in: one leaf of paper; the date stands before the margin line. */
.door { display: grid; grid-template-rows: auto 1fr auto; min-block-size: 100dvh; padding-inline: var(--gutter); }
.door .wordmark .letters { display: block; }
.door > header { display: flex; align-items: center; justify-content: space-between; block-size: 64px; }
.door > footer { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); align-items: center; justify-content: space-between; padding-block: var(--s4); font-size: var(--t13); }
.tongues { display: flex; flex-wrap: wrap; gap: 0 var(--s4); }
.tongues a { display: inline-block; padding-block: 3px; color: var(--muted); text-decoration: none; } .tongues a[aria-current] { color: var(--ink); font-weight: 600; }
.leaf { display: grid; grid-template-columns: 6rem minmax(0, 1fr); inline-size: min(32rem, 100%); margin: auto; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius-card); box-shadow: 0 1px 2px var(--shadow), 0 12px 40px -24px var(--shadow); }
.leaf .before { padding: 40px var(--s4) 0; border-inline-end: 1px solid var(--margin); text-align: end; color: var(--muted); font-size: var(--t13); line-height: 1.4; }
.leaf .before b { display: block; color: var(--ink); font-size: var(--t24); line-height: 1.2; font-weight: 600; }
.leaf .after > p { margin-block-start: var(--s3); overflow-wrap: anywhere; }
.leaf .after { padding-block: 40px 32px; padding-inline: var(--s5) 40px; }
.leaf .stack { gap: var(--s4); margin-block: var(--s5); font-size: var(--t16); }
.leaf .field { max-inline-size: none; font-size: var(--t14); } .leaf .input { min-block-size: 44px; font-size: var(--t16); }
.leaf .tick { font-size: var(--t14); }
.both { display: flex; justify-content: space-between; gap: var(--s3); inline-size: 100%; } .both label { font-weight: 600; }
.ways { display: grid; gap: var(--s2); } .ways .button { min-block-size: 44px; }
.or { display: flex; align-items: center; gap: var(--s3); max-inline-size: none; color: var(--muted); font-size: var(--t13); } .or::before, .or::after { content: ""; flex: 1; border-block-start: 1px solid var(--line); }
@media (width < 640px) { .leaf { grid-template-columns: minmax(0, 1fr); } .leaf .before { display: none; } .leaf .after { padding: var(--s5) var(--s4); } }
/* Today */
.next-lesson { display: grid; grid-template-columns: 5.25rem minmax(0, 1fr) auto; align-items: center; gap: var(--s3) var(--s4); padding-block: var(--s4); padding-inline: 0 var(--s5); border-radius: var(--radius-card); background: var(--accent-wash); }
.next-lesson > :nth-child(2) { align-self: stretch; padding-inline-start: var(--s4); border-inline-start: 1px solid var(--margin); }
.next-lesson .in { text-align: end; font-size: var(--t13); line-height: 1.3; color: var(--accent-deep); padding-inline-end: var(--s1); } .next-lesson .in b { display: block; font-size: var(--t32); line-height: 1; font-weight: 600; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.next-lesson h2 { font-size: var(--t20); margin-block: 0 var(--s1); } .next-lesson .muted { color: var(--ink); }
.next-lesson .actions { flex-direction: column; align-items: stretch; gap: var(--s1); }
.health-line { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s2); align-items: center; max-inline-size: none; margin-block: calc(-1 * var(--s2)) var(--s4); }
.figures { margin-block-end: var(--s6); } .stack > .figures { margin: 0; }
.table.bare :is(th, td) { block-size: 32px; border-color: var(--line-strong); } .table.bare tbody tr:last-child > * { border: 0; } .table.bare thead th { block-size: 24px; padding-block: 0; background: none; } .table.bare :is(th, td):first-child { padding-inline-start: 0; } .table.bare :is(th, td):last-child { padding-inline-end: 0; }
.table.bare tbody tr:hover { background: none; } .card .table.bare { margin-block-end: -8px; }
.steps .icon { inline-size: 14px; block-size: 14px; display: inline-block; vertical-align: -2px; color: var(--accent); }
.table .name { color: var(--ink); text-decoration: none; } .table .name:hover { text-decoration: underline; }
@container page (width < 760px) { .next-lesson { grid-template-columns: 3.5rem minmax(0, 1fr); gap: var(--s3); padding-inline-end: var(--s4); } .next-lesson .in b { font-size: var(--t24); } .next-lesson .actions { grid-column: 1 / -1; flex-direction: row; padding-inline-start: var(--s4); } .next-lesson .actions .primary { flex: 1; } .next-lesson > :nth-child(2) { padding-inline-start: var(--s3); } }
/* Students, student */
.level { display: inline-grid; grid-template-columns: 56px 4rem; align-items: center; gap: var(--s1); vertical-align: middle; text-align: end; }
.filter-bar .word { display: inline-flex; align-items: center; gap: 6px; overflow-wrap: normal; }
.person.head { gap: var(--s4); align-items: flex-start; } .badges { display: flex; flex-wrap: wrap; gap: var(--s2); margin-block-start: var(--s2); }
.guardians .person { align-items: flex-start; } .guardians > li > a { display: inline-block; margin-block-start: var(--s2); margin-inline-start: 40px; }
.guardians { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: var(--s5); margin-block-start: var(--s4); } .guardians .facts { margin-block-start: var(--s3); margin-inline-start: 40px; }
.legend { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); margin-block-start: var(--s3); } .legend li { display: flex; align-items: center; gap: 6px; }
.heat { inline-size: 100%; }
/* Register: number, margin line, pupil, last five, choice. Two columns when wide. */
.register { columns: 2; column-gap: var(--s7); margin-block: var(--s4); border-block-start: 1px solid var(--line-strong); }
/* inline-grid: a grid that columns may cut is laid out again and again, for seconds; one that stands in a line is not. */
.register li { display: inline-grid; inline-size: 100%; vertical-align: top; grid-template-columns: 36px minmax(0, 1fr) auto auto 28px; align-items: center; gap: 0 var(--s4); min-block-size: var(--row); padding-inline-end: 6px; break-inside: avoid; border-block-end: 1px solid var(--line); }
.register .number { align-self: stretch; display: grid; place-items: center end; padding-inline-end: 10px; border-inline-end: 1px solid var(--margin); color: var(--muted); font-size: var(--t13); font-variant-numeric: tabular-nums; }
.register .name { display: grid; justify-items: start; line-height: 1.3; } .register .name a { padding-block: 3px; color: var(--ink); font-weight: 500; text-decoration: none; } .register .name a:hover { text-decoration: underline; }
.register .name a + .also { margin-block-start: -4px; }
.register .also { display: inline-flex; align-items: center; gap: 4px; color: var(--muted); font-size: var(--t13); } .register .also .icon { inline-size: 14px; block-size: 14px; }
.register .marks { opacity: .95; } .register .marks .mark { inline-size: 16px; block-size: 16px; font-size: 9.5px; border-width: 1px; } .register .marks .present { border-color: transparent; color: var(--muted); font-weight: 500; }
.register > li > :is(.marks, .minutes) { grid-column: 3; } .register > li > .choices { grid-column: 4; } .register > li > .note { grid-column: 5; }
/* Minutes stand where the last marks were; the note opens beside its row. Neither moves another row. */
.register .minutes { display: none; align-items: center; gap: var(--s1); color: var(--muted); font-size: var(--t13); } .register .minutes .input { inline-size: 4.25rem; text-align: end; }
.register li:has(.late > :checked) .minutes { display: inline-flex; } .register li:has(.late > :checked) > .marks { display: none; }
.register .note { margin-inline-start: -10px; } .register .note > summary { inline-size: 28px; min-block-size: 28px; } .register .note > summary .icon { inline-size: 16px; block-size: 16px; } .register .note > summary:not(.written):not(:focus-visible) { opacity: .55; } .register .note > summary:hover { opacity: 1; } .register .note > .written { color: var(--accent); } .register .note .sheet { inline-size: min(18rem, 80vw); padding: var(--s3); }
.register .trouble { grid-column: 2 / -1; display: flex; gap: 6px; align-items: center; max-inline-size: none; padding-block-end: var(--s2); color: var(--warn); font-size: var(--t13); font-weight: 500; } .register .trouble .icon { inline-size: 16px; block-size: 16px; } .register .disputed .number { grid-row: 1 / span 3; }
.choices { display: inline-flex; gap: 2px; padding: 2px; border-radius: 6px; background: var(--sunken); }
.choices label { position: relative; display: grid; place-items: center; inline-size: 34px; block-size: 28px; border: 1.5px solid transparent; border-radius: var(--radius); color: var(--muted); font-size: var(--t13); font-weight: 600; cursor: pointer; }
.choices input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; opacity: 0; cursor: pointer; }
.choices label:hover { background: var(--surface); color: var(--ink); } .choices label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.choices .present:has(:checked) { background: var(--ok-wash); color: var(--ok); border-color: currentColor; border-radius: 14px; }
.choices .absent:has(:checked) { background: var(--danger); color: var(--on-danger); border-color: var(--danger); border-radius: 3px; }
.choices .late:has(:checked) { background: var(--warn-wash); color: var(--warn); border-color: currentColor; border-start-start-radius: 14px; border-end-end-radius: 14px; }
.choices .excused:has(:checked) { background: var(--accent-wash); color: var(--accent-deep); border: 1.5px dashed currentColor; border-radius: 14px; }
.register .here { background: var(--accent-wash); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--accent) 40%, transparent); } .register .here .number { color: var(--accent-deep); font-weight: 600; }
.submit-bar { position: sticky; inset-block-end: 0; z-index: var(--z-sticky); display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--s2) var(--s5); margin-inline: calc(-1 * var(--gutter)); padding: var(--s3) var(--gutter); background: var(--surface); border-block-start: 1px solid var(--line-strong); }
.tally { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s5); } .tally span { display: inline-flex; align-items: center; gap: 6px; } .tally b { font-variant-numeric: tabular-nums; }
.main:has(.submit-bar) { padding-block-end: 0; }
@container page (width < 1000px) { .register { columns: auto; } }
@container page (width < 640px) {
  .register { margin-inline: calc(-1 * var(--gutter)); margin-block-end: 0; }
  .register li { grid-template-columns: 36px minmax(0, 1fr) auto 28px; gap: 0 var(--s3); min-block-size: 56px; padding-inline-end: var(--s1); } .register .marks { display: none; }
  .register li > :is(.number, .name, .choices, .note) { grid-row: 1 / span 2; } .register .number { cursor: pointer; } .register li:has(.late > :checked) > .name { grid-row: 1; } .register > li > .choices { grid-column: 3; } .register > li > .note { grid-column: 4; } .register > li > .minutes { grid-column: 2; grid-row: 2; padding-block-end: 2px; } .register .minutes .input { min-block-size: 28px; }
  .register .note { visibility: hidden; margin-inline: -12px 0; } .register li:has(:checked) .note, .register .note:has(.written) { visibility: visible; }
  .choices label { inline-size: 38px; block-size: 44px; } .choices { padding: 0; gap: 0; }
  .submit-bar { inset-block-end: 57px; padding-block: var(--s2); } .tally { font-size: var(--t13); gap: 0 var(--s4); } .submit-bar .button { inline-size: 100%; }
  .main:has(.submit-bar) { padding-block-end: 57px; }
}
/* Gradebook: frozen name, computed column sunken, conflict in place */
.grid-frame { overflow: auto; margin-inline: calc(-1 * var(--gutter)); padding-inline: var(--gutter); scrollbar-width: thin; }
.gradebook { border-collapse: separate; border-spacing: 0; min-inline-size: 100%; font-variant-numeric: tabular-nums; }
.gradebook :is(th, td) { block-size: 36px; padding: 0 10px; border-block-end: 1px solid var(--line); border-inline-end: 1px solid var(--line); text-align: end; font-weight: 400; white-space: nowrap; }
.gradebook thead th { padding-block: var(--s2); vertical-align: bottom; border-block-end-color: var(--line-strong); min-inline-size: 76px; line-height: 1.35; white-space: normal; font-size: var(--t13); color: var(--muted); }
.gradebook thead th b { display: block; color: var(--ink); font-weight: 600; }
.gradebook .frozen { position: sticky; inset-inline-start: calc(-1 * var(--gutter)); z-index: var(--z-sticky); background: var(--surface); text-align: start; min-inline-size: 13rem; border-inline-end: 1px solid var(--margin); padding-inline: var(--s2) var(--s4); }
.gradebook .frozen a { color: var(--ink); font-weight: 500; text-decoration: none; } .gradebook .frozen a:hover { text-decoration: underline; }
.gradebook .frozen .n { display: inline-block; min-inline-size: 1.6rem; color: var(--muted); font-size: var(--t13); }
.gradebook .computed { background: var(--sunken); font-weight: 600; } .gradebook thead .computed .icon { display: inline-block; inline-size: 14px; block-size: 14px; vertical-align: -2px; }
.gradebook tbody tr:hover > * { background: color-mix(in srgb, var(--accent-wash) 55%, var(--surface)); }
.gradebook td:focus-visible, .gradebook .editing { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: 0; background: var(--surface); }
.gradebook .wrong { box-shadow: inset 0 0 0 2px var(--danger); color: var(--danger); font-weight: 600; }
.gradebook .none { color: var(--muted); } .gradebook .differs { background: var(--warn-wash); box-shadow: inset 0 0 0 2px var(--warn); color: var(--warn); font-weight: 600; }
.gradebook .aside-row td { padding: 0; text-align: start; white-space: normal; background: var(--warn-wash) !important; border-inline-end: 0; }
.gradebook tfoot :is(th, td) { border-block-end: 0; color: var(--muted); font-size: var(--t13); block-size: 32px; } .gradebook tfoot svg { inline-size: 64px; block-size: 24px; margin-inline-start: auto; } .gradebook tfoot rect { fill: color-mix(in srgb, var(--accent) 45%, var(--surface)); }
.conflict { position: sticky; inset-inline-start: 0; display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s5); inline-size: fit-content; max-inline-size: calc(100cqi - var(--s4)); padding: var(--s3) var(--s4); }
.conflict .sides { display: flex; gap: var(--s2); } .conflict .side { display: grid; grid-template-columns: auto auto; gap: 0 var(--s3); align-items: center; padding-block: var(--s1); padding-inline: var(--s3) var(--s2); border: 1px solid var(--control); border-radius: var(--radius); background: var(--surface); }
.conflict .side b { font-size: var(--t20); grid-row: span 2; } .conflict .side span { white-space: nowrap; font-size: var(--t13); line-height: 1.3; color: var(--muted); }
.conflict-form { display: grid; gap: var(--s5); max-inline-size: 52rem; } .conflict-form .field { max-inline-size: none; } .conflict-form .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: var(--s2); inline-size: 100%; } .conflict-form .side { padding: var(--s2) var(--s3); border: 1px solid var(--control); border-radius: var(--radius); cursor: pointer; } .conflict-form .side:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--accent-wash); } .conflict-form .side b { font-weight: 600; }
.keys-above { margin-block-end: var(--s4); } .grid-error { margin-block-start: var(--s3); } .papers-due { margin-block-end: var(--s4); } .papers-due p { max-inline-size: none; }
/* Weekly slots */
.week + .week { margin-block-start: var(--s6); }
.week > header { display: flex; align-items: baseline; gap: var(--s3); margin-block-end: var(--s2); } .week > header .muted { font-size: var(--t13); }
.week .days { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); border: 1px solid var(--line); border-radius: var(--radius-card); overflow: clip; }
.week .days > li { display: flex; flex-direction: column; gap: var(--s2); min-block-size: 15rem; padding: var(--s2); border-inline-start: 1px solid var(--line); } .week .days > li:first-child { border: 0; }
.week .days > .off { background: var(--paper); } .week .days > .today { background: color-mix(in srgb, var(--accent-wash) 55%, transparent); box-shadow: inset 0 2px var(--accent); }
.week h3 { display: flex; align-items: baseline; justify-content: space-between; font-weight: 500; color: var(--muted); font-size: var(--t13); padding-block-end: var(--s1); } .week h3 b { color: var(--ink); font-size: var(--t16); font-weight: 600; font-variant-numeric: tabular-nums; }
.slot { display: grid; gap: 2px; padding: var(--s2); padding-inline-start: 10px; border: 1px solid var(--line-strong); border-inline-start: 3px solid var(--accent); border-radius: var(--radius); background: var(--surface); color: var(--ink); font-size: var(--t13); line-height: 1.35; text-decoration: none; }
a.slot:hover { border-color: var(--control); border-inline-start-color: var(--accent); color: var(--ink); } .slot b { font-weight: 600; font-size: var(--t14); } .slot time { color: var(--muted); } .slot .badge { justify-self: start; margin-block-start: var(--s1); white-space: normal; line-height: 18px; padding-block: 2px; }
.slot.changed { border-inline-start-color: var(--warn); } .slot.cancelled { background: none; border-style: dashed; border-inline-start-color: var(--control); color: var(--muted); } .slot.cancelled s { text-decoration-thickness: 1px; }
.slot.pending { border-style: dashed; border-color: var(--accent); background: none; } .slot small { font-size: var(--t13); color: var(--muted); } .slot small a { white-space: nowrap; }
.add-slot { margin-block-start: auto; inline-size: 100%; min-block-size: 32px; border: 1px dashed var(--line-strong); border-radius: var(--radius); background: none; color: var(--muted); font: 500 var(--t13)/1.2 var(--sans); cursor: pointer; } .add-slot:hover { color: var(--accent-deep); border-color: var(--accent); } .add-slot[aria-disabled] { border-color: transparent; cursor: not-allowed; }
@container page (width < 900px) { .week .days { grid-template-columns: minmax(0, 1fr); } .week .days > li { position: relative; min-block-size: 72px; padding: var(--s3); padding-inline-start: 5.5rem; border-inline-start: 0; border-block-start: 1px solid var(--line); } .week .days > li::before { content: ""; position: absolute; inset-block: 0; inset-inline-start: 4.6rem; border-inline-start: 1px solid var(--margin); } .week .days > li > h3 { position: absolute; inset-block-start: var(--s3); inset-inline-start: var(--s3); display: grid; inline-size: 3.6rem; line-height: 1.3; } .week h3 b { order: -1; font-size: var(--t20); } .add-slot { margin: 0; min-block-size: 44px; } .add-slot[aria-disabled] { min-block-size: 24px; text-align: start; padding: 0; } }
/* Recruitment board */
.board { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(212px, 1fr); gap: var(--s3); overflow-x: auto; margin-inline: calc(-1 * var(--gutter)); padding-inline: var(--gutter); padding-block-end: var(--s4); scroll-snap-type: x proximity; scroll-padding-inline: var(--gutter); scrollbar-width: thin; }
.lane { display: flex; flex-direction: column; gap: var(--s2); padding: var(--s2); border-radius: var(--radius-card); background: var(--paper); scroll-snap-align: start; min-block-size: 24rem; }
.lane > header { display: flex; align-items: center; gap: var(--s2); padding-block: var(--s1); padding-inline: var(--s2) 0; } .lane h2 { font-size: var(--t14); } .lane > header .button { margin-inline-start: auto; min-block-size: 28px; inline-size: 28px; } .lane ul { display: grid; gap: var(--s2); }
.person-card { display: grid; gap: var(--s2); padding: var(--s3); border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); } .person-card:hover { border-color: var(--control); }
.person-card .top { display: flex; gap: var(--s2); align-items: flex-start; } .person-card .top > div { flex: 1; min-inline-size: 0; line-height: 1.35; } .person-card .top a:not(.button) { color: var(--ink); font-weight: 600; text-decoration: none; } .person-card .top a:hover { text-decoration: underline; } .person-card .button { min-block-size: 24px; inline-size: 24px; margin: -2px; margin-inline-end: -6px; }
.person-card .also { display: block; color: var(--muted); font-size: var(--t13); } .person-card .badges { margin: 0; gap: var(--s1); } .lane .rest { padding: var(--s1) var(--s2); font-size: var(--t13); }
.person-card > .also { margin-block-start: -6px; line-height: 1.4; }
@container page (width < 640px) { .gradebook .frozen { min-inline-size: 9.5rem; max-inline-size: 9.5rem; white-space: normal; line-height: 1.25; } .gradebook .frozen .n { display: none; } .gradebook :is(th, td) { block-size: 44px; } .board { grid-auto-columns: 84%; } }
/* Operations */
.verdict { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: var(--s2) var(--s4); margin-block-end: var(--s5); } .verdict > .icon { inline-size: 40px; block-size: 40px; color: var(--ok); stroke-width: 1.2; } .verdict.warn > .icon { color: var(--warn); }
.alerts > li { display: grid; grid-template-columns: 40px minmax(0, 1fr) auto; gap: var(--s1) 0; padding-block: var(--s4); border-block-end: 1px solid var(--line); } .alerts > li:first-child { border-block-start: 1px solid var(--line-strong); }
.alerts > li > .icon { justify-self: center; } .alerts .warn > .icon { color: var(--warn); } .alerts .danger > .icon { color: var(--danger); } .alerts > li > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s1); padding-inline: var(--s4); border-inline-start: 1px solid var(--margin); } .alerts > li > .actions { align-self: start; } .alerts .command { margin-block-start: var(--s1); }
.measures { display: grid; grid-template-columns: repeat(auto-fill, minmax(max(9rem, 28%), 1fr)); gap: var(--s5); } .measures li { display: grid; gap: var(--s1); } .measures .what { color: var(--muted); font-size: var(--t13); } .measures .value { font-size: var(--t16); font-weight: 600; font-variant-numeric: tabular-nums; } .measures .value small { display: block; color: var(--muted); font-size: var(--t13); font-weight: 400; }
.proofs { inline-size: 100%; } .proofs rect { fill: color-mix(in srgb, var(--ok) 60%, var(--surface)); } .proofs .late { fill: var(--warn); } .proofs .today { fill: var(--ok); } .proofs text { fill: var(--muted); font: 500 11px var(--sans); }
@container page (width < 640px) { .verdict { grid-template-columns: auto minmax(0, 1fr); align-items: start; } .verdict > .icon { inline-size: 32px; block-size: 32px; } .verdict > .actions { grid-column: 1 / -1; } .alerts > li { grid-template-columns: 32px minmax(0, 1fr); } .alerts > li > .actions { grid-column: 2; padding-inline-start: var(--s4); } .alerts > li > div { padding-inline-end: 0; } }
.proof-age b { font-size: var(--t24); font-weight: 600; letter-spacing: -.012em; font-variant-numeric: tabular-nums; } .card .proofs { margin-block: var(--s4); }
.procedures { margin-block-start: var(--s6); } .procedures th .also { display: block; color: var(--muted); font-weight: 400; line-height: 1.3; } .procedures th code { font-size: var(--t12); } .procedures .proof { color: var(--muted); } .procedures td { white-space: nowrap; } .procedures .proof { white-space: normal; }
/* Import check */
.import-errors { display: grid; gap: var(--s6); margin-block-start: var(--s6); grid-template-columns: minmax(0, 1fr); } .import-errors .input { max-inline-size: 12rem; } .disclosure .rule { margin-block-end: var(--s2); } .rule p { max-inline-size: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: var(--s2); margin-block-end: var(--s5); }
.tile { display: grid; gap: 2px; padding: var(--s3) var(--s4); border: 1px solid var(--line-strong); border-radius: var(--radius-card); color: var(--ink); text-decoration: none; } .tile:hover { border-color: var(--control); color: var(--ink); } .tile .state { font-size: var(--t13); } .tile b { font-size: var(--t24); line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; } .tile[aria-current] { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); } .tile small { color: var(--muted); font-size: var(--t13); }
.rule { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s3); align-items: center; padding: var(--s3) var(--s4); border-radius: var(--radius); background: var(--paper); } .rule p { flex: 1 1 18rem; }
.value-was { font: var(--t13)/1.5 var(--mono); background: var(--danger-wash); color: var(--danger); padding: 1px 5px; border-radius: 3px; }
.finish { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s3); margin-inline: calc(-1 * var(--gutter)); padding: var(--s3) var(--gutter); position: sticky; inset-block-end: 0; z-index: var(--z-sticky); background: var(--surface); border-block-start: 1px solid var(--line-strong); } .finish p { flex: 1 1 20rem; max-inline-size: none; } .main:has(.finish) { padding-block-end: 0; }
@media (width < 640px) { .finish { inset-block-end: 57px; } .finish p { flex-basis: 100%; } .main:has(.finish) { padding-block-end: 57px; } }
/* Components */
.example { display: grid; grid-template: auto 1fr / 11rem minmax(0, 1fr); gap: var(--s3) var(--s5); padding-block: var(--s5); border-block-start: 1px solid var(--line); } .example > h2 + p { grid-column: 1; } .example > h2 { grid-column: 1; } .example > .show { grid-column: 2; grid-row: 1 / span 2; display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s4); min-inline-size: 0; } .example .row { display: flex; flex-wrap: wrap; gap: var(--s3); align-items: center; } .example .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: var(--s5); align-items: start; }
.swatches { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: var(--s3); font-size: var(--t13); } .swatches i { display: block; block-size: 40px; margin-block-end: var(--s1); border: 1px solid var(--line-strong); border-radius: var(--radius); }
.swatches .paper { background: var(--paper); } .swatches .surface { background: var(--surface); } .swatches .sunken { background: var(--sunken); } .swatches .ink { background: var(--ink); } .swatches .muted i { background: var(--muted); } .swatches .accent { background: var(--accent); } .swatches .accent-wash { background: var(--accent-wash); } .swatches .margin { background: var(--margin); } .swatches .ok { background: var(--ok); } .swatches .warn { background: var(--warn); } .swatches .danger { background: var(--danger); } .swatches .control { background: var(--control); }
.example .dialog { position: static; margin: 0; inline-size: min(30rem, 100%); } .example .palette { inline-size: min(40rem, 100%); } .example .sheet { inline-size: 16rem; } .example .tip { inline-size: fit-content; margin-block-start: 32px; margin-inline-start: 40px; }
.sample-h1 { font-size: var(--t24); line-height: 1.3; font-weight: 600; letter-spacing: -.012em; } .sample-h2 { font-size: var(--t16); font-weight: 600; } .title-danger { color: var(--danger); font-size: var(--t16); } .example .top { align-items: flex-start; } fieldset.plain { border: 0; min-inline-size: 0; } fieldset.plain .tick { display: grid; } .slots-row { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: var(--s3); align-items: start; } .job-line { margin-block-end: var(--s2); }
mark { background: light-dark(#f6e6b4, #57481a); color: inherit; border-radius: 2px; } .palette .choice[data-chosen] { background: var(--accent-wash); border-inline-start: 2px solid var(--accent); } .icons { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: var(--s2) var(--s3); font-size: var(--t13); color: var(--muted); } .icons li { display: flex; gap: var(--s2); align-items: center; } .icons .icon { inline-size: 20px; block-size: 20px; color: var(--ink); }
.focused { outline: 2px solid var(--accent); outline-offset: 2px; }
@container page (width < 760px) { .example { grid-template: none / minmax(0, 1fr); } .example > .show { grid-column: 1; grid-row: auto; } }
/* Report card: an A4 leaf on screen, the page itself in print */
.a4 { inline-size: min(210mm, 100%); margin-inline: auto; padding: 16mm 16mm 14mm; background: #fff; color: #1b2124; color-scheme: light; border: 1px solid var(--line-strong); box-shadow: 0 12px 40px -24px var(--shadow); font-size: 10pt; line-height: 1.4; }
.a4 .letterhead { display: flex; align-items: center; gap: 4mm; padding-block-end: 5mm; border-block-end: 1.5pt solid #1b2124; } .a4 .crest { inline-size: 14mm; block-size: 14mm; flex: none; } .a4 .letterhead p { font-size: 9pt; color: #575e60; } .a4 .letterhead b { display: block; font-size: 13pt; color: #1b2124; } .a4 .letterhead > :last-child { margin-inline-start: auto; text-align: end; }
.a4 h1 { font-size: 18pt; margin-block: 6mm 1mm; } .a4 h2 { font-size: 11pt; margin-block: 6mm 2mm; } .a4 .facts { grid-template-columns: max-content 1fr max-content 1fr; margin-block: 3mm 5mm; gap: 1mm 5mm; }
.a4 .marks-table { inline-size: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; } .a4 .marks-table :is(th, td) { padding: 1.9mm 2.5mm; border-block-end: .5pt solid #cbc6ba; text-align: start; vertical-align: top; } .a4 .marks-table thead th { font-size: 8.5pt; font-weight: 600; color: #575e60; border-block-end: 1pt solid #1b2124; vertical-align: bottom; } .a4 .marks-table tbody th { font-weight: 600; border-inline-end: .75pt solid #e5aaa0; inline-size: 32mm; } .a4 .marks-table :is(th, td):first-child { padding-inline-start: 0; } .a4 .marks-table small { display: block; font-weight: 400; font-size: 8.5pt; color: #575e60; } .a4 .marks-table .num { text-align: end; white-space: nowrap; } .a4 .marks-table tfoot :is(th, td) { border-block-end: 1pt solid #1b2124; font-weight: 600; }
.a4 .said { display: grid; grid-template-columns: 32mm 1fr; gap: 0 5mm; } .a4 .said p { max-inline-size: none; } .a4 .signs { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8mm; margin-block-start: 14mm; font-size: 8.5pt; color: #575e60; } .a4 .signs li { border-block-start: .5pt solid #1b2124; padding-block-start: 1.5mm; } .a4 .colophon { display: flex; justify-content: space-between; gap: 6mm; margin-block-start: 8mm; padding-block-start: 3mm; border-block-start: .5pt solid #cbc6ba; font-size: 8pt; color: #575e60; } .a4 .colophon p { max-inline-size: none; } .a4 .colophon p:last-child { text-align: end; }
.a4 svg.attendance { inline-size: 100%; block-size: 5mm; }
@media (width < 640px) { .a4 { padding: var(--s4); } .a4 .facts { grid-template-columns: max-content 1fr; } .a4 .said { grid-template-columns: 1fr; } .a4 .letterhead > :last-child { display: none; } .a4 .colophon { flex-direction: column; } .a4 .wide { display: none !important; } .a4 .marks-table thead { display: none; } .a4 .marks-table tr { display: grid; grid-template-columns: minmax(0, 1fr) 3rem 2.5rem; } .a4 .marks-table :is(th, td) { border: 0 !important; inline-size: auto !important; padding: 0; } .a4 .marks-table tr { padding-block: var(--s3); border-block-end: 1px solid #cbc6ba; } .a4 .marks-table td:last-child { grid-column: 1 / -1; padding-block-start: var(--s1); } .a4 .colophon p:last-child { text-align: start; } .a4 .signs { gap: var(--s3); } }

/* Letters of the outbox */
.letter a { overflow-wrap: anywhere; } .letter-test { margin-block-start: var(--s7); }
.letter-languages { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); }

/* 13 Print: black on white, no chrome, table heads repeat ------------------- */
.print-only { display: none; }
@page { size: A4; margin: 14mm 14mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print {
  :root { color-scheme: light !important; --paper: #fff; --surface: #fff; --ink: #000; --muted: #333; --line: #bbb; --line-strong: #888; --gutter: 0px; --row: 7.5mm; }
  body { font-size: 10pt; background: #fff; }
  .rail, .topbar, .bottom-bar, .skip, .page-header .actions, .tabs, .breadcrumb, .filter-bar, .filters, .picks, .step-forms, .bulk-bar, .pager, .submit-bar, .key-hints, .do, .finish, .steps, .no-print, .toasts, .register :is(.marks, .note) { display: none !important; }
  .print-only { display: block; } .shell { display: block; } .main { border: 0; padding: 0; } .columns { display: block; }
  a { color: inherit; text-decoration: none; } thead { display: table-header-group; } tr, li, article, .card { break-inside: avoid; } h1, h2, h3 { break-after: avoid; }
  .print-line { margin-block-end: 6mm; padding-block-end: 2mm; border-block-end: .75pt solid #000; font-size: 8.5pt; max-inline-size: none; } .table .margin:has(input), .table .avatar, .table .bar { display: none; } .table tr, .register .here { background: none !important; box-shadow: none; } .table :is(th, td) { white-space: nowrap; }
  .register { columns: auto; } .register li { min-block-size: 7.5mm; grid-template-columns: 36px minmax(0, 1fr) auto auto 0; } .register .minutes .input { min-block-size: 0; padding: 0; border: 0; inline-size: 3rem; } .choices { background: none; } .choices label { border: .5pt solid #888; inline-size: 7mm; block-size: 5.5mm; } .choices label:has(:checked) { background: #000 !important; color: #fff !important; print-color-adjust: exact; }
  .a4 { inline-size: auto; padding: 0; border: 0; box-shadow: none; }
}

"""#)

  /// The script.
  public static let js = Asset(path: "/assets/app.fbddcb3d2473.js", mediaType: "text/javascript; charset=utf-8", text: #"""
// dom
// What the other modules share: finding, listening, making, and saying.

const root = document.documentElement

const all = (selector, within = document) => [...within.querySelectorAll(selector)]

/** Listens once for the whole page, so that parts which come later are heard too. */
function on(type, selector, act, options) {
  document.addEventListener(type, event => {
    const found = event.target.closest?.(selector)
    if (found) act(event, found)
  }, options)
}

/** An element with text and elements inside; never parses a string. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** Says whether keys pressed here are letters of a text. */
const isTyping = element =>
  element.matches?.("textarea, select, [contenteditable], input") && !element.matches("[type=radio], [type=checkbox]")

/** Single keys do things only where the person has not switched them off, and no window waits for keys itself. */
const keysAreOn = event =>
  root.dataset.shortcuts !== "off" && !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.metaKey
  && !event.altKey && !isTyping(event.target) && !document.querySelector("dialog[open]")

/** A message at the foot of the page; `act` makes a button of `label`. */
function toast(message, label, act) {
  const parts = [make("span", {}, message)]
  if (act) {
    const button = make("button", { class: "button", type: "button" }, label)
    button.addEventListener("click", () => { act(); button.closest(".toast").remove() })
    parts.push(button)
  }
  document.getElementById("toasts")?.append(make("div", { class: "toast" }, ...parts))
}

/** Runs `act` once, a moment after the last call. */
function afterPause(milliseconds, act) {
  let timer
  return (...values) => {
    clearTimeout(timer)
    timer = setTimeout(() => act(...values), milliseconds)
  }
}

// chrome
// What belongs to the frame: menus, toasts, the theme, dialogs, and small buttons.

function startMenus() {
  const opened = () => all("details.menu[open]")
  document.addEventListener("click", event => {
    for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener("keydown", event => {
    const menu = opened().at(-1)
    if (!menu || event.ctrlKey || event.metaKey || event.altKey) return
    const choices = all(".choice", menu)
    const at = choices.indexOf(document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape") {
      event.preventDefault()
      menu.open = false
      menu.querySelector("summary").focus()
    } else if (step && choices.length && menu.contains(document.activeElement)) {
      event.preventDefault()
      choices.at((Math.max(at, step > 0 ? -1 : 0) + step) % choices.length).focus()
    }
  })
}

/** A toast goes after ten seconds in which nobody pointed at it or had the focus in it. */
function startToasts() {
  const place = document.getElementById("toasts")
  if (!place) return
  const watched = new WeakSet()
  const watch = () => {
    for (const shown of all(".toast", place)) {
      if (watched.has(shown)) continue
      watched.add(shown)
      let left = 10
      const tick = setInterval(() => {
        if (document.hidden || shown.matches(":hover, :focus-within")) return
        left -= 1
        if (left > 0) return
        clearInterval(tick)
        shown.remove()
      }, 1000)
    }
  }
  new MutationObserver(watch).observe(place, { childList: true })
  watch()
  document.addEventListener("keydown", event => {
    if (event.key !== "F6") return
    const button = place.querySelector("button")
    if (!button) return
    event.preventDefault()
    button.focus()
  })
}

/** The form changes the theme without scripts; here the page turns at once and the server is told. */
function startTheme() {
  on("submit", "[data-theme-form]", async (event, form) => {
    event.preventDefault()
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
    root.dataset.theme = form.elements.theme.value = dark ? "light" : "dark"
    const body = new URLSearchParams(new FormData(form))
    try {
      await fetch(form.action, { method: "POST", body, redirect: "manual" })
    } catch {
      toast("The theme was not kept: this device is offline.")
    }
  })
}

function startSmallButtons() {
  on("click", "[data-copy]", async (event, button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
      toast("Copied.")
    } catch {
      toast("Copying is not allowed here. Mark the text and copy it.")
    }
  })
  on("click", "[data-print]", () => print())
  if (!("commandForElement" in HTMLButtonElement.prototype)) {
    on("click", "button[commandfor]", (event, button) => {
      const dialog = document.getElementById(button.getAttribute("commandfor"))
      if (button.getAttribute("command") === "show-modal") dialog?.showModal()
      if (button.getAttribute("command") === "close") dialog?.close()
    })
  }
}

// register
// Taking a register by keys and taps. The radio buttons are the truth; this only presses them faster.

function startRegister() {
  const list = document.querySelector("[data-register]")
  const form = list?.closest("form")
  if (!form || list.querySelector("input:disabled")) return
  const rows = [...list.children]
  const radios = row => all("input[type=radio]", row)
  const chosen = row => radios(row).find(radio => radio.checked) ?? null
  const minutes = row => row.querySelector(".minutes input")
  const rest = form.querySelector("[data-tally-rest]")?.dataset.tallyRest

  let here = -1
  let number = { text: "", at: 0 }
  let late = null
  const known = new Map(rows.map(row => [row, chosen(row)]))
  const steps = []

  function go(index, focus = true) {
    if (!rows[index]) return
    rows[here]?.classList.remove("here")
    here = index
    const row = rows[here]
    row.classList.add("here")
    if (!focus) return
    const target = chosen(row) ?? radios(row)[0]
    target.focus({ preventScroll: true })
    row.scrollIntoView({ block: "nearest" })
  }

  /** Takes note of what changed since the last call, as one step to undo. */
  function changed() {
    const step = rows.filter(row => known.get(row) !== chosen(row)).map(row => [row, known.get(row)])
    for (const [row] of step) known.set(row, chosen(row))
    if (step.length) steps.push(step)
    count()
    keepDraft(form, rows)
  }

  function undo() {
    const step = steps.pop()
    if (!step) return false
    for (const [row, before] of step) {
      const now = chosen(row)
      if (before) before.checked = true
      else if (now) now.checked = false
      known.set(row, before)
    }
    count()
    keepDraft(form, rows)
    go(rows.indexOf(step[0][0]))
    return true
  }

  function count() {
    const marks = rows.map(row => chosen(row)?.value)
    for (const place of all("[data-tally]", form)) {
      place.textContent = marks.filter(mark => mark === place.dataset.tally).length
    }
    for (const place of all("[data-tally-rest]", form)) {
      place.textContent = marks.filter(mark => !mark || mark === rest).length
    }
  }

  function mark(radio) {
    radio.checked = true
    const row = rows[here]
    late = radio.closest("label").classList.contains("late") ? { row, text: "", at: Date.now() } : null
    changed()
    if (here < rows.length - 1) go(here + 1)
  }

  function digit(key) {
    const now = Date.now()
    if (late && now - late.at < 3000) {
      late.text = (late.text + key).slice(0, 3)
      late.at = now
      minutes(late.row).value = late.text
      return keepDraft(form, rows)
    }
    number.text = (now - number.at < 900 ? number.text : "") + key
    number.at = now
    go(Number(number.text) - 1)
  }

  function fillBlanks() {
    for (const row of rows) {
      if (!chosen(row)) radios(row).filter(radio => radio.value === rest).forEach(radio => { radio.checked = true })
    }
    changed()
  }

  function press(event) {
    const inList = list.contains(event.target)
    const key = event.key
    if (/^[0-9]$/.test(key)) return digit(key), true
    number.text = ""
    late = null
    const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[key]
    if (step) return key.length === 1 || inList ? (go(Math.max(0, here + step)), true) : false
    if (key === "Enter" && event.target.type === "radio") return go(here + 1), true
    if (key === "P" && rest) return fillBlanks(), true
    if (key === "z") return undo()
    if (key === "n" && rows[here]) {
      const note = rows[here].querySelector(".note")
      note.open = true
      note.querySelector("input").focus()
      return true
    }
    const radio = radios(rows[Math.max(0, here)]).find(found => found.dataset.letter === key)
    if (!radio) return false
    if (here < 0) go(0)
    mark(radio)
    return true
  }

  document.addEventListener("keydown", event => {
    const isInNote = event.target.closest?.(".note .sheet")
    if ((isInNote || event.target.closest?.(".minutes")) && event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (isInNote) event.target.closest(".note").open = false
      return go(here)
    }
    if (keysAreOn(event) && press(event)) event.preventDefault()
  })
  on("change", "[data-register] input", changed)
  on("focusin", "[data-register] li", (event, row) => go(rows.indexOf(row), false))
  on("click", "[data-register] .number", (event, number) => {
    const row = number.closest("li")
    const order = ["absent", "late", "present"]
    const now = order.findIndex(shape => chosen(row)?.closest("label").classList.contains(shape))
    const next = row.querySelector(`.choices .${order[(now + 1) % order.length]} input`)
    if (!next) return
    next.checked = true
    changed()
  })
  if (restoreDraft(form, rows)) toast("Marks that were not sent yet are back.")
  changed()
  steps.length = 0
}

const draftName = form => `register ${form.action}`
const fields = row => all("input[name]:not([type=hidden])", row)
const version = row => row.querySelector("input[type=hidden]")?.value

const isRadio = field => field.type === "radio"
const isTouched = field =>
  isRadio(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue

/** Keeps in this tab what is not sent yet, with the version each mark was read at, so that nothing newer is lost. */
function keepDraft(form, rows) {
  const draft = rows.map(row => ({
    version: version(row),
    fields: fields(row).filter(isTouched)
      .map(field => isRadio(field) ? [field.name, field.value, field.checked] : [field.name, null, field.value]),
  }))
  try {
    if (draft.some(entry => entry.fields.length)) sessionStorage.setItem(draftName(form), JSON.stringify(draft))
    else sessionStorage.removeItem(draftName(form))
  } catch {
    // No room or not allowed: the form itself still holds the marks.
  }
}

function restoreDraft(form, rows) {
  let draft
  try {
    draft = JSON.parse(sessionStorage.getItem(draftName(form)) ?? "[]")
    sessionStorage.removeItem(draftName(form))
  } catch {
    return false
  }
  let isRestored = false
  rows.forEach((row, index) => {
    const entry = draft[index]
    if (!entry || entry.version !== version(row)) return
    for (const [name, value, now] of entry.fields) {
      const field = fields(row).find(found => found.name === name && (value === null || found.value === value))
      if (!field) continue
      if (value === null) {
        isRestored ||= field.value !== now
        field.value = now
      } else {
        isRestored ||= field.checked !== now
        field.checked = now
      }
    }
  })
  return isRestored
}

// palette
// The palette: one field to go, find and do. A native dialog with a combobox (APG), filled by the server.

function startPalette() {
  const opener = document.querySelector("[data-palette]")
  if (!opener) return
  const open = () => { if (!document.querySelector("dialog[open]")) show(opener) }
  on("click", "[data-palette]", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open()
  })
  document.addEventListener("keydown", event => {
    const isPlain = !event.shiftKey && !event.altKey
    const isChord = (event.ctrlKey || event.metaKey) && isPlain && event.key.toLowerCase() === "k"
    if (!isChord && !(event.key === "/" && keysAreOn(event))) return
    event.preventDefault()
    open()
  })
}

function show(opener) {
  const field = make("input", {
    class: "input", type: "text", role: "combobox", "aria-label": "Search or do something", "aria-expanded": "true",
    "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
    placeholder: "A name, a number, a place, or something to do",
  })
  const found = make("ul", { class: "found", id: "found", role: "listbox", "aria-label": "Found" })
  const hint = (key, words) => make("span", {}, make("kbd", {}, key), ` ${words}`)
  const foot = make("p", { class: "foot" }, make("span", { class: "key-hints" },
    hint("Enter", "open"), hint(">", "only actions"), hint("@", "people"), hint("#", "sections")))
  const dialog = make("dialog", { class: "dialog palette", "aria-label": "Search or do something" }, field, found, foot)

  let at = 0
  let running
  const options = () => all("[role=option]", found)
  const choose = index => {
    const list = options()
    at = list.length ? (index + list.length) % list.length : 0
    list.forEach((option, place) => {
      option.id = `found-${place}`
      option.setAttribute("aria-selected", `${place === at}`)
    })
    if (list[at]) {
      field.setAttribute("aria-activedescendant", list[at].id)
      list[at].scrollIntoView({ block: "nearest" })
    } else field.removeAttribute("aria-activedescendant")
  }
  const ask = async () => {
    running?.abort()
    running = new AbortController()
    const address = new URL(opener.dataset.palette, location.href)
    address.searchParams.set("q", field.value)
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: running.signal })
      if (!answer.ok) throw new Error(`${answer.status}`)
      const list = new DOMParser().parseFromString(await answer.text(), "text/html").body
      found.replaceChildren(...list.children)
      choose(0)
    } catch (error) {
      if (error.name !== "AbortError") {
        found.replaceChildren(make("li", { class: "title" }, "No answer. Press Enter for the search page."))
      }
    }
  }

  field.addEventListener("input", afterPause(80, ask))
  field.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      choose(at + step)
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault()
      const link = options()[at]?.querySelector("a")
      const everything = new URL(opener.href)
      everything.searchParams.set("q", field.value)
      if (event.ctrlKey || event.metaKey) window.open(link?.href ?? everything, "_blank", "noopener")
      else location.assign(link?.href ?? everything)
      dialog.close()
    }
  })
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close() })
  dialog.addEventListener("close", () => {
    running?.abort()
    dialog.remove()
  })
  document.body.append(dialog)
  dialog.showModal()
  field.focus()
  ask()
}

// hotkeys
// Single keys: an element with data-key is pressed by that key, and ? lists them all.

function startHotkeys() {
  document.addEventListener("keydown", event => {
    if (!keysAreOn(event)) return
    if (event.key === "?") {
      event.preventDefault()
      return showKeys()
    }
    const key = event.key.toLowerCase()
    if (key.length > 1) return
    const target = all(`[data-key="${CSS.escape(key)}"]`).filter(found => found.checkVisibility?.() ?? true).at(-1)
    if (!target || target.disabled) return
    event.preventDefault()
    if (target.matches("input, textarea, select")) target.focus()
    else target.click()
  })
}

function showKeys() {
  const lines = all(".key-hints li").map(line => line.cloneNode(true))
  for (const target of all("[data-key]")) {
    const shown = target.querySelector("kbd")?.textContent ?? ""
    const words = target.getAttribute("aria-label") ?? target.textContent.replace(shown, "")
    lines.push(make("li", {}, make("kbd", {}, target.dataset.key.toUpperCase()), words.trim()))
  }
  const chord = make("span", { class: "keys" }, make("kbd", {}, "Ctrl"), make("kbd", {}, "K"))
  lines.push(make("li", {}, chord, "search or do something"))
  lines.push(make("li", {}, make("kbd", {}, "F6"), "to the last message"))
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "keys-title" },
    make("h2", { id: "keys-title" }, "Keys on this page"),
    make("ul", { class: "key-list" }, ...lines),
    make("p", { class: "small muted" }, "Single keys can be switched off on your account page."),
    make("form", { method: "dialog", class: "actions" }, make("button", { class: "button" }, "Close")))
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

// table
// Selecting rows of an index table: all on the page, a range with Shift, and the count in the bulk bar.

const boxes = table => all("tbody .margin input[type=checkbox]", table)

function startTables() {
  let last = null
  on("click", "[data-rows] tbody .margin input", (event, box) => {
    const table = box.closest("table")
    const list = boxes(table)
    const from = list.indexOf(last)
    if (event.shiftKey && from >= 0) {
      const ends = [from, list.indexOf(box)].sort((a, b) => a - b)
      for (const between of list.slice(ends[0], ends[1] + 1)) between.checked = box.checked
    }
    last = box
    count(table)
  })
  on("change", "[data-select-all]", (event, whole) => {
    const table = whole.closest("table")
    for (const box of boxes(table)) box.checked = whole.checked
    count(table)
  })
  document.addEventListener("reset", event => {
    const table = event.target.querySelector("[data-rows]")
    if (table) setTimeout(() => {
      for (const box of boxes(table)) box.checked = false
      count(table)
    })
  })
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return
    const bar = document.querySelector("[data-bulk]")
    if (bar?.checkVisibility?.()) bar.closest("form")?.reset()
  })
  const greet = () => {
    for (const whole of all("[data-select-all]")) whole.hidden = false
    for (const table of all("[data-rows]")) count(table)
  }
  document.addEventListener("swapped", greet)
  addEventListener("pageshow", greet)
}

function count(table) {
  const list = boxes(table)
  const chosen = list.filter(box => box.checked).length
  const whole = table.querySelector("[data-select-all]")
  if (whole) {
    whole.checked = chosen > 0 && chosen === list.length
    whole.indeterminate = chosen > 0 && chosen < list.length
  }
  const words = table.closest("form")?.querySelector("[data-selected]")
  if (words) words.textContent = `${chosen} selected`
}

// swap
// Parts of a page that change without loading the whole: the address is asked for one region, which is put in place.
// Whatever goes wrong, the browser simply goes there.

/** Fetches `address` and puts the element with this id in place of the one here. */
async function swap(address, id, { history: keeps = "push", signal } = {}) {
  const old = document.getElementById(id)
  const waiting = setTimeout(() => old?.setAttribute("aria-busy", "true"), 400)
  try {
    const answer = await fetch(address, { headers: { "X-Fragment": id, Accept: "text/html" }, signal })
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/html")) throw new Error(`${answer.status}`)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.getElementById(id)
    if (!old?.isConnected || !fresh) throw new Error(`no ${id}`)
    put(document.adoptNode(fresh), old)
    all(`form[data-swap="${id}"]`).forEach(form => follow(form, new URL(address, location.href).searchParams))
    if (page.title) document.title = page.title
    if (keeps === "push") {
      history.replaceState({ swap: id }, "")
      history.pushState({ swap: id }, "", address)
    } else if (keeps === "replace") history.replaceState({ swap: id }, "", address)
    document.dispatchEvent(new CustomEvent("swapped", { detail: fresh }))
  } finally {
    clearTimeout(waiting)
    old?.removeAttribute("aria-busy")
  }
}

/** Replaces an element; the focus stays on the control of the same id, or of the same name and value. */
function put(fresh, old) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  old.replaceWith(fresh)
  if (!focused) return
  const isSame = other => focused.name
    ? other.name === focused.name && other.value === focused.value
    : other.textContent === focused.textContent
  const same = focused.id
    ? document.getElementById(focused.id)
    : [...fresh.querySelectorAll(focused.localName)].find(isSame)
  same?.focus({ preventScroll: true })
  if (same?.setSelectionRange && focused.selectionStart !== null) {
    same.setSelectionRange(focused.selectionStart, focused.selectionEnd)
  }
}

/** A bar of filters says what its region shows, also when a link has changed that; but for the field typed in. */
function follow(form, asked) {
  for (const field of form.elements) {
    if (field.name && field !== document.activeElement) field.value = asked.get(field.name) ?? ""
  }
  for (const [name, value] of asked) {
    if (name !== "after" && !form.elements[name]) form.prepend(make("input", { type: "hidden", name, value }))
  }
}

function startSwapping() {
  let running
  const visit = (address, id, keeps) => {
    running?.abort()
    running = new AbortController()
    return swap(address, id, { history: keeps, signal: running.signal }).catch(error => {
      if (error.name !== "AbortError") location.assign(address)
    })
  }

  on("click", "a[href]", (event, link) => {
    if (event.defaultPrevented || event.button) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const id = link.dataset.swap ?? link.closest("[data-swap-links]")?.dataset.swapLinks
    const here = link.origin === location.origin && link.pathname === location.pathname
    if (!id || !document.getElementById(id) || (!link.dataset.swap && (!here || link.hash))) return
    event.preventDefault()
    visit(link.href, id, "push")
  })

  const asked = form => {
    const address = new URL(form.action)
    address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""))
    return address.href
  }
  const ask = (form, keeps) => visit(asked(form), form.dataset.swap, keeps)
  on("submit", "form[data-swap]", (event, form) => {
    if (form.method !== "get" || !document.getElementById(form.dataset.swap)) return
    event.preventDefault()
    ask(form, "push")
  })
  const askSoon = afterPause(200, form => ask(form, "replace"))
  on("input", "form[data-swap][data-live]", (event, form) => {
    // A choice may change what else there is to choose from: then the whole page comes.
    if (event.target.localName === "select") location.assign(asked(form))
    else askSoon(form)
  })

  addEventListener("popstate", event => {
    const id = event.state?.swap
    if (id) swap(location.href, id, { history: "keep" }).catch(() => location.reload())
  })
}

// forms
// What every form can do: lead to its faults, send once, send by Ctrl+Enter, and not lose what was typed.
// A form whose answer is a file says data-download, because the page stays and the form may be sent again.

function startForms() {
  document.querySelector("[data-focus]")?.focus()

  on("click", ".error-summary a[href^='#']", (event, link) => {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!field) return
    event.preventDefault()
    const whole = field.closest(".field") ?? field
    whole.scrollIntoView({ block: "center" })
    field.focus({ preventScroll: true })
  })

  document.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return
    const form = event.target.closest?.("form") ?? document.querySelector("form:has(.submit-bar)")
    if (form?.method !== "post") return
    event.preventDefault()
    form.requestSubmit()
  })

  document.addEventListener("submit", event => {
    const form = event.target
    if (event.defaultPrevented || form.method !== "post") return
    if (form.dataset.sending !== undefined) return event.preventDefault()
    if (!navigator.onLine) {
      event.preventDefault()
      return toast("This device is offline. What you wrote stays here; send it when you are back.")
    }
    if (form.dataset.download !== undefined) return
    form.dataset.sending = ""
    event.submitter?.setAttribute("aria-busy", "true")
  })
  addEventListener("pageshow", event => {
    if (!event.persisted) return
    for (const form of all("form[data-sending]")) delete form.dataset.sending
    for (const button of all("button[aria-busy]")) button.removeAttribute("aria-busy")
  })

  startGuard()
}

/** `data-guard` on a form asks before unsaved changes are left behind. */
function startGuard() {
  let changed = false
  on("input", "form[data-guard]", () => { changed = true })
  on("submit", "form[data-guard]", () => { changed = false })
  addEventListener("beforeunload", event => { if (changed) event.preventDefault() })
}

// live
// Regions with news: data-events names a stream of server-sent events; whatever it says, the region is fetched again.
// A page that no longer has the region tells of something else by now, so it is loaded as a whole.

const kinds = ["message", "progress", "state", "done"]
const sources = new Map()

function startLive() {
  tune()
  document.addEventListener("swapped", tune)
  addEventListener("pagehide", () => { for (const source of sources.values()) source.stop() })
}

/** Listens to the streams that the page names now, and to no others. */
function tune() {
  const wanted = new Set(all("[data-events][id]").map(region => region.dataset.events))
  for (const [address, source] of sources) {
    if (wanted.has(address)) continue
    source.stop()
    sources.delete(address)
  }
  for (const address of wanted) if (!sources.has(address)) sources.set(address, listen(address))
}

function listen(address) {
  let timer, poll, last = 0
  const refresh = () => {
    if (timer) return
    timer = setTimeout(async () => {
      const region = all("[data-events][id]").find(found => found.dataset.events === address)
      try {
        if (region) await swap(location.href, region.id, { history: "keep" })
      } catch (error) {
        if (error.message === `no ${region.id}`) return location.reload()
        // Otherwise the next piece of news, or the poll below, tries again.
      }
      last = Date.now()
      timer = undefined
    }, Math.max(0, 700 - (Date.now() - last)))
  }
  const stream = new EventSource(address)
  for (const kind of kinds) stream.addEventListener(kind, refresh)
  stream.addEventListener("error", () => {
    refresh()
    if (stream.readyState === EventSource.CLOSED) poll ??= setInterval(refresh, 2000)
  })
  return {
    stop() {
      stream.close()
      clearTimeout(timer)
      clearInterval(poll)
    },
  }
}

// inbox
// The number of new messages, kept true while the page is looked at: a stream of server-sent events tells of changes.
// A page that nobody looks at does not listen, so a hundred tabs cost no more than one.

function startInbox() {
  const link = document.querySelector("[data-inbox]")
  if (!link) return
  let stream
  const listen = () => {
    if (document.hidden) {
      stream?.close()
      stream = undefined
    } else if (!stream || stream.readyState === EventSource.CLOSED) {
      stream = new EventSource(link.dataset.inbox)
      stream.addEventListener("unread", event => showUnread(link, JSON.parse(event.data).unread))
    }
  }
  listen()
  document.addEventListener("visibilitychange", listen)
  addEventListener("pageshow", listen)
  addEventListener("pagehide", () => {
    stream?.close()
    stream = undefined
  })
}

/** Puts the number into every badge; an inbox on the page shows what came. */
function showUnread(link, unread) {
  const figure = unread > 99 ? "99+" : `${unread}`
  const isNews = all("[data-unread]").some(badge => (badge.hidden ? "0" : badge.firstChild.data) !== figure)
  if (!isNews) return
  for (const badge of all("[data-unread]")) {
    badge.firstChild.data = figure
    badge.hidden = !unread
  }
  link.setAttribute("aria-label", `Messages, ${figure} unread`)
  const list = document.querySelector("[data-inbox-list][id]")
  // If it cannot be fetched, the next piece of news tries again.
  if (list) swap(location.href, list.id, { history: "keep" }).catch(() => {})
}

// main
// Starts everything. All of it is a comfort: every page works as plain links and forms.

startToasts()
startMenus()
startTheme()
startSmallButtons()
startRegister()
startPalette()
startHotkeys()
startTables()
startSwapping()
startForms()
startLive()
startInbox()

"""#)

  /// The sign, for the tab of a browser.
  public static let sign = Asset(path: "/assets/sign.184097bd7d9b.svg", mediaType: "image/svg+xml", text: #"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#0b5a66"/><path d="M8.25 4.5v15" fill="none" stroke="#f4b1a5" stroke-width="2"/><path d="M8.25 14.5a3.9 4.1 0 0 1 7.8 0v5" fill="none" stroke="#fff" stroke-width="2"/></svg>

"""#)

  /// The icons.
  public static let icons = Asset(path: "/assets/icons.a863e60264fc.svg", mediaType: "image/svg+xml", text: #"""
<svg xmlns="http://www.w3.org/2000/svg">
<!-- Homeroom line icons: 20 by 20, stroke 1.5, round joins, drawn for this product. Use: <svg class="icon" aria-hidden="true"><use href="icons.svg#bell"/></svg> -->
<symbol id="sign" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="currentColor" stroke="none"/><path d="M8.250 4.500v15" fill="none" stroke="var(--sign-line,#f4b1a5)" stroke-width="2"/><path d="M8.250 14.500a3.900 4.100 0 0 1 7.800 0v5" fill="none" stroke="var(--on-accent,#fff)" stroke-width="2"/></symbol>
<symbol id="letters" viewBox="0 0 114 24"><g fill="none" stroke="currentColor" stroke-width="2.300"><path d="M2 4v16.500M2 15a4.500 4.700 0 0 1 9 0v5.500"/><circle cx="19.700" cy="15.300" r="5"/><path d="M28.300 10v10.500M28.300 14.500a4 4.200 0 0 1 8 0v6M36.300 14.500a4 4.200 0 0 1 8 0v6"/><path d="M48.200 15.200H58A5 5 0 1 0 56.500 19"/><path d="M61.800 10v10.500M61.800 15c0-3 2-4.900 5-4.700"/><circle cx="74" cy="15.300" r="5"/><circle cx="86.800" cy="15.300" r="5"/><path d="M95.400 10v10.500M95.400 14.500a4 4.200 0 0 1 8 0v6M103.400 14.500a4 4.200 0 0 1 8 0v6"/></g></symbol>
<symbol id="today" viewBox="0 0 20 20"><circle cx="10" cy="10" r="3.2"/><path d="M10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M15.3 4.7 14 6M6 14l-1.3 1.3"/></symbol>
<symbol id="people" viewBox="0 0 20 20"><circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 4.5a2.8 2.8 0 0 1 0 5.2M14.5 12c2 .5 3 2.2 3 4.5"/></symbol>
<symbol id="attendance" viewBox="0 0 20 20"><path d="m3 5.5 1.3 1.3L6.8 4M3 11.5l1.3 1.3L6.8 10M9.5 5.5H17M9.5 11.5H17M9.5 16H17M3.5 16h2.5"/></symbol>
<symbol id="timetable" viewBox="0 0 20 20"><rect x="3" y="4" width="14" height="13" rx="1.5"/><path d="M3 8h14M7.7 8v9M12.4 8v9M6.5 2.5V4M13.5 2.5V4M3 12.5h14"/></symbol>
<symbol id="learning" viewBox="0 0 20 20"><path d="M10 5.5C8.5 4.3 6 3.8 3 4v11.5c3-.2 5.5.3 7 1.5 1.5-1.2 4-1.7 7-1.5V4c-3-.2-5.5.3-7 1.5zM10 5.5V17"/></symbol>
<symbol id="messages" viewBox="0 0 20 20"><path d="M3 4.5h14v9.5H9l-3.5 3v-3H3z"/><path d="M6.5 8h7M6.5 10.8h4"/></symbol>
<symbol id="reports" viewBox="0 0 20 20"><path d="M3 17h14M5.5 14v-4M10 14V4M14.5 14V7.5"/></symbol>
<symbol id="admin" viewBox="0 0 20 20"><path d="M3 6h7M14 6h3M3 14h3M10 14h7"/><circle cx="12" cy="6" r="2"/><circle cx="8" cy="14" r="2"/></symbol>
<symbol id="help" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.2"/><path d="M7.8 7.8a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.8M10 14.2v.1"/></symbol>
<symbol id="search" viewBox="0 0 20 20"><circle cx="8.8" cy="8.8" r="5.3"/><path d="m12.8 12.8 4.2 4.2"/></symbol>
<symbol id="bell" viewBox="0 0 20 20"><path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17h3M10 2.5V4"/></symbol>
<symbol id="jobs" viewBox="0 0 20 20"><path d="M16.5 8A7 7 0 0 0 4 6.5M3.5 12A7 7 0 0 0 16 13.5M4 3v3.5h3.5M16 17v-3.5h-3.5"/></symbol>
<symbol id="plus" viewBox="0 0 20 20"><path d="M10 4v12M4 10h12"/></symbol>
<symbol id="check" viewBox="0 0 20 20"><path d="m4 10.5 4 4 8-9"/></symbol>
<symbol id="cross" viewBox="0 0 20 20"><path d="m5 5 10 10M15 5 5 15"/></symbol>
<symbol id="tick-round" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.2"/><path d="m6.8 10.3 2.2 2.2 4.2-4.7"/></symbol>
<symbol id="alert" viewBox="0 0 20 20"><path d="M10 3 2.5 16.5h15zM10 8.5v3.5M10 14.3v.1"/></symbol>
<symbol id="stop" viewBox="0 0 20 20"><path d="M6.9 2.8h6.2l4.1 4.1v6.2l-4.1 4.1H6.9l-4.1-4.1V6.9zM10 6.5v4.5M10 13.5v.1"/></symbol>
<symbol id="info" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.2"/><path d="M10 9v5M10 6.3v.1"/></symbol>
<symbol id="down" viewBox="0 0 20 20"><path d="m5 7.5 5 5 5-5"/></symbol>
<symbol id="up" viewBox="0 0 20 20"><path d="m5 12.5 5-5 5 5"/></symbol>
<symbol id="next" viewBox="0 0 20 20"><path d="m7.5 5 5 5-5 5"/></symbol>
<symbol id="back" viewBox="0 0 20 20"><path d="m12.5 5-5 5 5 5"/></symbol>
<symbol id="right" viewBox="0 0 20 20"><path d="M3.5 10h13M11.5 5l5 5-5 5"/></symbol>
<symbol id="more" viewBox="0 0 20 20"><path d="M4.5 10h.1M10 10h.1M15.5 10h.1" stroke-width="2.4"/></symbol>
<symbol id="filter" viewBox="0 0 20 20"><path d="M3 5h14M5.5 10h9M8 15h4"/></symbol>
<symbol id="columns" viewBox="0 0 20 20"><rect x="3" y="4" width="14" height="12" rx="1.5"/><path d="M8 4v12M12.5 4v12"/></symbol>
<symbol id="download" viewBox="0 0 20 20"><path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"/></symbol>
<symbol id="upload" viewBox="0 0 20 20"><path d="M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13"/></symbol>
<symbol id="undo" viewBox="0 0 20 20"><path d="M4 8h8a4.5 4.5 0 0 1 0 9H8M4 8l4-4M4 8l4 4"/></symbol>
<symbol id="clock" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.2"/><path d="M10 5.8V10l2.8 2"/></symbol>
<symbol id="shield" viewBox="0 0 20 20"><path d="M10 2.5 4 5v4.5c0 4 2.5 6.5 6 8 3.5-1.5 6-4 6-8V5z"/></symbol>
<symbol id="disk" viewBox="0 0 20 20"><ellipse cx="10" cy="5.5" rx="6.5" ry="2.5"/><path d="M3.5 5.5v9c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5v-9M3.5 10c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5"/></symbol>
<symbol id="key" viewBox="0 0 20 20"><circle cx="6.5" cy="13.5" r="3.5"/><path d="m9 11 7.5-7.5M13.5 6.5l2.5 2.5"/></symbol>
<symbol id="document" viewBox="0 0 20 20"><path d="M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13.5h5"/></symbol>
<symbol id="phone" viewBox="0 0 20 20"><path d="M4 3.5h3l1.5 4-2 1.5c1 2 2.5 3.5 4.5 4.5l1.5-2 4 1.5v3c0 .6-.5 1-1 1C9 17 3 11 3 4.5c0-.5.5-1 1-1z"/></symbol>
<symbol id="mail" viewBox="0 0 20 20"><rect x="2.5" y="4.5" width="15" height="11" rx="1.5"/><path d="m3 6 7 5 7-5"/></symbol>
<symbol id="lock" viewBox="0 0 20 20"><rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9"/></symbol>
<symbol id="edit" viewBox="0 0 20 20"><path d="m3.5 16.5.8-3.3L13.5 4l2.5 2.5-9.2 9.2zM11.5 6l2.5 2.5"/></symbol>
<symbol id="trash" viewBox="0 0 20 20"><path d="M3.5 5.5h13M8 5.5V3.5h4v2M5.5 5.5l.7 11.5h7.6l.7-11.5M8.5 8.5v5.5M11.5 8.5v5.5"/></symbol>
<symbol id="grip" viewBox="0 0 20 20"><path d="M7.5 5h.1M7.5 10h.1M7.5 15h.1M12.5 5h.1M12.5 10h.1M12.5 15h.1" stroke-width="2.2"/></symbol>
<symbol id="eye" viewBox="0 0 20 20"><path d="M2 10c2-3.7 4.7-5.5 8-5.5s6 1.8 8 5.5c-2 3.7-4.7 5.5-8 5.5S4 13.7 2 10z"/><circle cx="10" cy="10" r="2.5"/></symbol>
<symbol id="theme" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7"/><path d="M10 3v14a7 7 0 0 0 0-14z" fill="currentColor" stroke="none"/></symbol>
<symbol id="print" viewBox="0 0 20 20"><path d="M5.5 7.5v-5h9v5M5.5 14.5H3v-7h14v7h-2.5M5.5 12h9v5.5h-9z"/></symbol>
<symbol id="room" viewBox="0 0 20 20"><path d="M5 17.5V3h10v14.5M3 17.5h14M12 10.5v.1"/></symbol>
<symbol id="copy" viewBox="0 0 20 20"><rect x="7" y="7" width="10" height="10" rx="1.5"/><path d="M13 7V4.5A1.5 1.5 0 0 0 11.5 3h-7A1.5 1.5 0 0 0 3 4.5v7A1.5 1.5 0 0 0 4.5 13H7"/></symbol>
<symbol id="play" viewBox="0 0 20 20"><path d="M6 4v12l10-6z"/></symbol>
<symbol id="hand" viewBox="0 0 20 20"><path d="M3 17.5h14M5 17.5V8l5-4.5L15 8v9.5M8.5 17.5V12h3v5.5"/></symbol>
<symbol id="heart" viewBox="0 0 20 20"><path d="M10 16.5S3 12.5 3 7.8C3 5.5 4.7 4 6.5 4c1.5 0 2.8.9 3.5 2.2C10.7 4.9 12 4 13.5 4 15.3 4 17 5.5 17 7.8c0 4.7-7 8.7-7 8.7z"/></symbol>
<symbol id="function" viewBox="0 0 20 20"><path d="M13.5 3.5c-3-1-4.2.5-4.5 3l-1 7c-.3 2.5-1.5 4-4 3M5.5 8.5h7"/></symbol>
<symbol id="passkey" viewBox="0 0 20 20"><circle cx="8" cy="6.5" r="3"/><path d="M2.5 16.5c0-3.2 2.3-5.5 5.5-5.5 1 0 1.8.2 2.5.6"/><circle cx="14.5" cy="10.5" r="2.3"/><path d="M14.5 12.8v4.7l1.7-1.2"/></symbol>
<symbol id="flag" viewBox="0 0 20 20"><path d="M5 17.5v-14M5 4c4-2 6 2 10 0v7.5c-4 2-6-2-10 0"/></symbol>
<symbol id="board" viewBox="0 0 20 20"><path d="M4 5.5h12v11H4zM7 9.5h6M7 12.7h4"/><circle cx="10" cy="4" r="1.5"/></symbol>
<symbol id="pin" viewBox="0 0 20 20"><path d="M7 3h6M8 3v5l-2.5 3.5h9L12 8V3M10 11.5V17"/></symbol>
</svg>

"""#)

  /// Every asset there is.
  public static let all: [Asset] = [css, js, sign, icons]
}
