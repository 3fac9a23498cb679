// <pluc-agenda>: the meetings of PLUC! in somebody else's page. See docs/api.md.
//
// One file, without a library. It makes elements and never markup, and its styles are a sheet that a
// script constructs, so that it works where the page allows neither inline style nor inline script,
// and asks for Trusted Types. It keeps nothing and asks one address only.

const HOME = new URL("/", import.meta.url);
const SOURCE = new URL("/api/offer/meetings/", HOME);
const ZONE = "Europe/Amsterdam";
const PATIENCE = 15_000; // milliseconds
const FILTERS = ["partner", "course", "format", "region", "subject", "language"];

const WORDS = {
  nl: {
    tag: "nl-NL",
    heading: "Bijeenkomsten",
    loading: "De bijeenkomsten worden opgehaald…",
    none: "Er staan nu geen bijeenkomsten gepland. Nieuwe data komen hier vanzelf te staan.",
    failed: "De bijeenkomsten konden niet worden opgehaald.",
    again: "Probeer het nog eens",
    more: "Meer bijeenkomsten",
    all: "Alle bijeenkomsten van PLUC!",
    shown: (n) => (n === 1 ? "1 bijeenkomst" : `${n} bijeenkomsten`),
    until: (start, end) => `${start} tot ${end} uur`,
    offer: "bijeenkomsten/",
  },
  en: {
    tag: "en-GB",
    heading: "Meetings",
    loading: "Fetching the meetings…",
    none: "There are no meetings planned at the moment. New dates will appear here.",
    failed: "The meetings could not be fetched.",
    again: "Try again",
    more: "More meetings",
    all: "All meetings of PLUC!",
    shown: (n) => (n === 1 ? "1 meeting" : `${n} meetings`),
    until: (start, end) => `${start} to ${end}`,
    offer: "en/meetings/",
  },
};

const STYLE = `
:host {
  --ink: var(--pluc-ink, light-dark(#2b1022, #f7f1e8));
  --ink-soft: var(--pluc-ink-soft, light-dark(#553a4c, #cbbfb6));
  --surface: var(--pluc-surface, light-dark(#fdf6ea, #1e1018));
  --line: var(--pluc-line, light-dark(#c9d2d8, #4a3f4e));
  --accent: var(--pluc-accent, light-dark(#f0862c, #f5953f));
  --focus: var(--pluc-focus, currentcolor);
  display: block;
  box-sizing: border-box;
  container-type: inline-size;
  padding: var(--pluc-padding, 1.25rem);
  background: var(--surface);
  color: var(--ink);
  font-family: var(--pluc-font, inherit);
  line-height: 1.45;
  overflow-wrap: break-word;
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
h1, h2, h3, h4, h5, h6 { font-family: var(--pluc-heading-font, inherit); line-height: 1.2; }
.heading { font-size: 1.4em; }
.heading:focus { outline: none; }
.status { color: var(--ink-soft); }
ol { padding: 0; margin-block: 0.75rem; border-block-start: 1px solid var(--line); list-style: none; }
li {
  position: relative;
  display: grid;
  grid-template-columns: 3.5rem minmax(0, 1fr);
  gap: 0.15rem 0.75rem;
  padding-block: 0.75rem;
  border-block-end: 1px solid var(--line);
}
time { display: grid; grid-row: span 3; align-content: start; line-height: 1.05; }
time b { font-size: 1.8em; }
time span, .facts { color: var(--ink-soft); font-size: 0.92em; }
.title { font-size: 1.1em; }
.facts { display: flex; flex-wrap: wrap; gap: 0 0.9rem; }
.facts b { color: var(--ink); }
a { color: inherit; text-underline-offset: 0.2em; }
.title a { text-decoration-color: var(--accent); text-decoration-thickness: 2px; }
.title a::after { content: ""; position: absolute; inset: 0; }
a:hover { text-decoration-thickness: 3px; }
button {
  min-height: 2.75rem;
  padding: 0.4rem 1rem;
  border: 2px solid currentcolor;
  border-radius: var(--pluc-corner, 2px);
  background: none;
  color: inherit;
  font: inherit;
  font-weight: 700;
  cursor: pointer;
}
button:hover { background: var(--ink); color: var(--surface); }
.ways { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; }
.ways:empty { display: none; }
slot { display: block; padding-block: 0.6rem; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
[hidden] { display: none; }
@container (min-width: 40rem) { li { grid-template-columns: 4.5rem minmax(0, 1fr); } }
@media (prefers-reduced-motion: no-preference) {
  button { transition: background-color 120ms ease-out, color 120ms ease-out; }
}
`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

/** An element with its class, which is its part as well, attributes, and what is in it. */
function make(name, { part, ...properties } = {}, ...children) {
  const element = document.createElement(name);
  if (part) {
    element.className = part;
    element.part = part;
  }
  Object.assign(element, properties);
  element.append(...children.filter(Boolean));
  return element;
}

/** An address of ours or a partner's: nothing else becomes a link. */
function safe(address) {
  const url = new URL(address, HOME);
  return ["http:", "https:"].includes(url.protocol) ? url.href : HOME.href;
}

/** The day of a meeting as a block: "do 12 mei". */
function dayOf(meeting, words) {
  const day = new Date(meeting.starts_at);
  const part = (options) => new Intl.DateTimeFormat(words.tag, { timeZone: ZONE, ...options }).format(day);
  const element = make("time", { part: "date", dateTime: meeting.starts_at });
  element.setAttribute("aria-hidden", "true"); // the facts say it in full
  element.append(
    make("span", {}, part({ weekday: "short" })),
    make("b", {}, part({ day: "numeric" })),
    make("span", {}, part({ month: "short" }).replace(".", "")),
  );
  return element;
}

class Agenda extends HTMLElement {
  static observedAttributes = [...FILTERS, "locale", "limit", "heading", "heading-level"];

  #root = this.attachShadow({ mode: "open" });
  #asking = null; // what ends the request under way
  #list = make("ol", { part: "list" });
  #status = make("p", { part: "status" });
  #ways = make("p", { part: "ways" });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#list.setAttribute("role", "list"); // without bullets Safari takes it for none
    this.#status.setAttribute("role", "status");
  }

  connectedCallback() {
    this.#start();
  }

  disconnectedCallback() {
    this.#asking?.abort();
  }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && before !== after) this.#start();
  }

  get #words() {
    const asked = this.getAttribute("locale") ?? this.closest("[lang]")?.lang ?? "nl";
    return WORDS[asked.slice(0, 2).toLowerCase()] ?? WORDS.nl;
  }

  get #level() {
    const asked = Number(this.getAttribute("heading-level"));
    return asked >= 1 && asked <= 5 ? Math.trunc(asked) : 2;
  }
}
