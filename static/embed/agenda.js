// <pluc-agenda>: the meetings of PLUC! in somebody else's page. What it takes: docs/api.md, Embed.
//
// One file, without a library. It makes elements and never markup, and its style is a sheet that a
// script constructs: so it works where a page allows no inline style, no inline script, and asks
// for Trusted Types. It keeps nothing, and asks one address only.

const HOME = new URL("/", import.meta.url);
const SOURCE = new URL("/api/offer/meetings/", HOME);
const ZONE = "Europe/Amsterdam";
const PATIENCE = 15_000; // milliseconds
const USUAL = 5; // meetings at a time
const MOST = 50;
const FILTERS = ["partner", "course", "format", "region", "subject", "month", "language", "places"];

const WORDS = {
  nl: {
    tag: "nl-NL",
    heading: "Bijeenkomsten",
    loading: "De bijeenkomsten worden opgehaald…",
    none: "Er staan nu geen bijeenkomsten gepland. Nieuwe data verschijnen hier vanzelf.",
    failed: "De bijeenkomsten konden niet worden opgehaald.",
    again: "Probeer het opnieuw",
    more: "Meer bijeenkomsten",
    all: "Alle bijeenkomsten van PLUC!",
    count: (shown, total) =>
      shown < total
        ? `${shown} van ${total} bijeenkomsten`
        : total === 1 ? "1 bijeenkomst" : `${total} bijeenkomsten`,
    offer: "bijeenkomsten/",
  },
  en: {
    tag: "en-GB",
    heading: "Meetings",
    loading: "Fetching the meetings…",
    none: "No meetings are planned at the moment. New dates will appear here.",
    failed: "The meetings could not be fetched.",
    again: "Try again",
    more: "More meetings",
    all: "All meetings of PLUC!",
    count: (shown, total) =>
      shown < total
        ? `${shown} of ${total} meetings`
        : total === 1 ? "1 meeting" : `${total} meetings`,
    offer: "en/meetings/",
  },
};

const LOOKS = `
:host {
  --ink: var(--pluc-ink, light-dark(#2b1022, #f7f1e8));
  --ink-soft: var(--pluc-ink-soft, light-dark(#553a4c, #cbbfb6));
  --surface: var(--pluc-surface, light-dark(#fdf6ea, #1e1018));
  --line: var(--pluc-line, light-dark(#c9d2d8, #4a3f4e));
  --accent: var(--pluc-accent, light-dark(#f0862c, #f5953f));
  display: block;
  container-type: inline-size;
  padding: var(--pluc-padding, 1.25rem);
  background: var(--surface);
  color: var(--ink);
  font-family: var(--pluc-font, inherit);
  line-height: 1.45;
  overflow-wrap: break-word;
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; margin: 0; }
.heading { font-size: 1.5em; line-height: 1.15; }
.heading:focus { outline: none; }
.status { color: var(--ink-soft); }
.list { margin-block: 0.75rem; padding: 0; border-top: 1px solid var(--line); list-style: none; }
.meeting {
  position: relative;
  display: grid;
  grid-template-columns: 3.5rem minmax(0, 1fr);
  gap: 0 0.75rem;
  padding-block: 0.75rem;
  border-bottom: 1px solid var(--line);
}
.date { display: grid; grid-row: 1 / span 2; align-content: start; line-height: 1; color: var(--ink-soft); font-size: 0.9em; }
.date b { margin-block: 0.1em; color: var(--ink); font-size: 2em; }
.title { font-size: 1.1em; line-height: 1.25; }
.facts {
  display: flex;
  flex-wrap: wrap;
  gap: 0 1rem;
  margin-top: 0.15rem;
  padding: 0;
  color: var(--ink-soft);
  font-size: 0.95em;
  list-style: none;
}
.when { flex-basis: 100%; color: var(--ink); }
.places { color: var(--ink); font-weight: 700; }
a { color: inherit; text-underline-offset: 0.2em; }
.link { text-decoration: underline 2px var(--accent); }
.link::after { content: ""; position: absolute; inset: 0; }
a:hover { text-decoration-thickness: 4px; }
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
.ways:empty { display: none; }
.ways { margin-block: 0.75rem; }
slot { display: block; }
.all, ::slotted(a) { display: inline-block; padding-block: 0.6rem; }
:focus-visible { outline: 3px solid var(--pluc-focus, currentcolor); outline-offset: 3px; }
@container (min-width: 44rem) {
  .meeting { grid-template-columns: 4.5rem minmax(0, 1fr); }
}
@media (prefers-reduced-motion: no-preference) {
  button { transition: background-color 120ms ease-out, color 120ms ease-out; }
}
`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(LOOKS);

/** An element with what is in it; its part, by which a page styles it, is its class too. */
function make(name, { part = "", ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  if (part) element.className = element.part = part;
  element.append(...children.filter((one) => one !== ""));
  return element;
}

/** What an address answers. Throws for whatever is no good answer, and after `PATIENCE`. */
async function fetched(address, signal) {
  const answer = await fetch(address, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    headers: { Accept: "application/json" },
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.detail);
  return content;
}

/** A fact that stands by itself, with a capital. */
function begun(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The day as a block, "do 12 mei", for the eye: the facts say it in full. */
function dayBlock(meeting, tag) {
  const day = new Date(meeting.starts_at);
  const part = (options) => new Intl.DateTimeFormat(tag, { timeZone: ZONE, ...options }).format(day);
  return make(
    "p",
    { part: "date", ariaHidden: "true" },
    make("span", {}, part({ weekday: "short" })),
    make("b", {}, part({ day: "numeric" })),
    make("span", {}, part({ month: "short" }).replace(".", "")),
  );
}

/** A meeting as a line of the list. */
function line(meeting, words, level) {
  const { course, place, places, price } = meeting;
  const hours = meeting.pe_hours.map((one) => one.text).join(", ");
  const when = make("time", { dateTime: meeting.starts_at }, begun(meeting.when));
  const facts = [meeting.format_name, place.text, hours, price.text].filter((one) => one !== "");
  const link = make("a", { part: "link", href: meeting.url }, course.title);
  return make(
    "li",
    { part: "meeting" },
    dayBlock(meeting, words.tag),
    make(`h${level}`, { part: "title" }, link),
    make(
      "ul",
      { part: "facts", role: "list" },
      make("li", { part: "when" }, when),
      ...facts.map((one) => make("li", { part: "fact" }, begun(one))),
      places.text && make("li", { part: "places" }, begun(places.text)),
    ),
  );
}

class Agenda extends HTMLElement {
  static observedAttributes = [...FILTERS, "locale", "limit", "heading", "heading-level"];

  #asking = new AbortController(); // ends the request under way
  #isDue = false;
  #list = make("ol", { part: "list", role: "list" }); // a role: Safari takes one without bullets for none
  #status = make("p", { part: "status", role: "status" });
  #ways = make("p", { part: "ways" });
  #heading = make("h2");

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    this.#startOnce();
  }

  disconnectedCallback() {
    this.#asking.abort();
  }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && before !== after) this.#startOnce();
  }

  /** Several attributes that come at once, as when the page is read, are one start. */
  #startOnce() {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.isConnected) this.#start();
    });
  }

  get #words() {
    const asked = this.getAttribute("locale") ?? this.closest("[lang]")?.lang ?? "";
    return WORDS[asked.slice(0, 2).toLowerCase()] ?? WORDS.nl;
  }

  /** Of its own heading; those of the meetings are one below. */
  get #level() {
    const asked = Math.trunc(this.getAttribute("heading-level"));
    return asked >= 1 && asked <= 5 ? asked : 2;
  }

  /** Shows the first page. What the page's author wrote in the element stands below, whatever comes. */
  #start() {
    const words = this.#words;
    const title = this.getAttribute("heading") ?? words.heading;
    this.#heading = make(`h${this.#level}`, { part: "heading", tabIndex: -1, hidden: !title }, title);
    this.#list.replaceChildren();
    this.#list.hidden = true;
    const all = make("a", { part: "all", href: new URL(words.offer, HOME).href }, words.all);
    const parts = [this.#heading, this.#status, this.#list, this.#ways, make("slot", {}, all)];
    const frame = make("section", { part: "agenda", lang: words.tag.slice(0, 2) }, ...parts);
    frame.ariaLabel = title || words.heading;
    this.shadowRoot.replaceChildren(frame);
    this.#ask(this.#address(words));
  }

  #address(words) {
    const address = new URL(SOURCE);
    const limit = Math.trunc(this.getAttribute("limit")) || USUAL;
    address.searchParams.set("locale", words.tag.slice(0, 2));
    address.searchParams.set("limit", Math.min(Math.max(limit, 1), MOST));
    for (const name of FILTERS) {
      const value = this.getAttribute(name);
      if (value) address.searchParams.set(name, value);
    }
    return address;
  }

  /** Fetches a page of the list and adds it; says in words that it does, and if it cannot. */
  async #ask(address, pressed = false) {
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    const words = this.#words;
    this.#status.textContent = words.loading;
    if (!pressed) this.#ways.replaceChildren();
    try {
      const page = await fetched(address, signal);
      if (!signal.aborted) this.#show(page, words, pressed);
    } catch (error) {
      if (signal.aborted) return;
      console.warn(`pluc-agenda: ${error.message}`);
      this.#say(words.failed, words.again, address);
      if (pressed) this.#ways.firstChild.focus();
    }
  }

  #show({ meta, items }, words, pressed) {
    const lines = items.map((one) => line(one, words, this.#level + 1));
    this.#list.append(...lines);
    const shown = this.#list.children.length;
    this.#list.hidden = !shown;
    const told = shown ? words.count(shown, Math.max(meta.total_count, shown)) : words.none;
    this.#say(told, meta.next && words.more, meta.next);
    // Who pressed a button goes on at what it brought.
    if (pressed) (lines[0]?.querySelector("a") ?? this.#heading).focus();
  }

  /** What a screen reader hears too, and the button to go on with, if there is one. */
  #say(told, label = "", address = "") {
    this.#status.textContent = told;
    this.#ways.replaceChildren();
    if (!label) return;
    const button = make("button", { part: "button", type: "button" }, label);
    button.addEventListener("click", () => this.#ask(address, true));
    this.#ways.append(button);
  }
}

customElements.get("pluc-agenda") ?? customElements.define("pluc-agenda", Agenda);
