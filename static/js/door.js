// The door's list, made quick: search as one types, a press that answers at once, and a queue that
// waits while there is no connection. A mark is stored before it is sent, and goes by its receipt
// only. Without this file the same buttons send a form each.

const door = document.querySelector("[data-door]");
const { account, send: address, session, csrfCookie, signIn } = door.dataset;
const words = door.dataset; // what rows and messages say: data-said-in, data-said-out, ...
const rows = new Map(Array.from(door.querySelectorAll("[data-of]"), (row) => [row.dataset.of, row]));
const search = document.getElementById("door-search");
const EVERY = 20_000; // milliseconds between two tries
const UNDO = 10_000; // in which a slip is undone
const TWICE = 700; // in which a second press on one person is the same press
const MOST = 50; // marks in one request
const STATES = `states:${account}:${session}`;
const REFUSED = `refused:${account}`;

const mine = () => globalThis.unsent.of(account);
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const nameOf = (row) => row?.querySelector(".door-name").textContent ?? words.somebody;
const bare = (key) => key.replaceAll("-", "");

const clock = (moment) =>
  new Intl.DateTimeFormat("nl", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" })
    .format(moment)
    .replace(":", words.separator);

// --- Rows ----------------------------------------------------------------------------------------

const NOT_YET = { state: "", said: "", own: null };
const known = new Map(); // what the server said last, by person
let unlisted = Number(words.unlisted);

for (const [of, row] of rows) {
  const { state, own: id, ownKind: kind, ownTime: time, without } = row.dataset;
  const own = id ? { id, kind, time, without } : null;
  known.set(of, { state, said: row.querySelector(".door-said").textContent.trim(), own });
}

const shown = (of, waiting) => {
  const last = waiting.filter((one) => one.of === of).at(-1);
  return last ? { ...last.shows, isWaiting: true } : { ...known.get(of), isWaiting: false };
};

function drawRow(of, waiting) {
  const row = rows.get(of);
  const { state, said, own, isWaiting } = shown(of, waiting);
  const button = row.querySelector("[data-deed]");
  const label = own ? words.confirm : state === "in" ? words.out : words.in;
  row.dataset.state = state;
  row.querySelector(".door-said").textContent = said;
  row.querySelector(".door-waits").hidden = !isWaiting;
  row.querySelector(".door-undo")?.remove();
  row.querySelector("[data-reject]").hidden = !own;
  button.dataset.kind = own?.kind ?? (state === "in" ? "out" : "in");
  button.textContent = label;
  button.setAttribute("aria-label", `${label}: ${nameOf(row)}`);
}

function draw() {
  const waiting = mine();
  for (const of of rows.keys()) drawRow(of, waiting);
  const number = [...rows.values()].filter((row) => row.dataset.state === "in").length + unlisted;
  document.getElementById("door-number").textContent = number;
  const note = document.getElementById("door-unsent");
  note.hidden = waiting.length === 0;
  note.textContent = fill(words.unsent, { n: waiting.length });
  filter();
}

// --- Search --------------------------------------------------------------------------------------

const only = document.getElementById("door-only");

function filter() {
  const asked = globalThis.wordsOf(search.value);
  let found = 0;
  for (const row of rows.values()) {
    const is = ` ${row.dataset.words}`;
    const fits = asked.every((word) => is.includes(` ${word}`));
    const chosen = only.value === "all" || (row.dataset.state === "in") === (only.value === "in");
    row.hidden = !(fits && chosen);
    found += fits && chosen;
  }
  document.getElementById("door-nobody").hidden = found > 0;
  document.getElementById("door-found").textContent = asked.length ? fill(words.found, { n: found }) : "";
}

// --- Marking -------------------------------------------------------------------------------------

let toast = null; // the mark that can be undone now
const pressedAt = new Map();

function keep(of, kind, shows, supersedes) {
  const mark = { id: crypto.randomUUID(), of, kind, at: Date.now(), supersedes };
  mark.walk_in = rows.get(of).dataset.walkIn === "true";
  globalThis.unsent.keep(account, { url: address, of, mark, shows });
  return mark;
}

// What a row says after a press. What is confirmed keeps the time that they gave themselves.
function after(kind, { state, own }) {
  if (kind === "void") return { state, said: own.without, own: null };
  const time = (own?.kind === kind && own.time) || clock(Date.now());
  return { state: kind, said: fill(kind === "in" ? words.saidIn : words.saidOut, { time }), own: null };
}

function press(of, kind) {
  if (Date.now() - (pressedAt.get(of) ?? 0) < TWICE) return;
  pressedAt.set(of, Date.now());
  const before = shown(of, mine());
  const mark = keep(of, kind, after(kind, before), before.own?.id ?? null);
  if (kind !== "void") offerUndo({ of, mark, before, sentence: kind === "in" ? words.isIn : words.isOut });
  if (search.value) {
    search.value = "";
    search.focus();
  }
  draw();
  (kind === "void" ? goOn : send)(); // once something is rejected the server says what is left
}

function offerUndo(done) {
  const box = document.getElementById("door-toast");
  clearTimeout(toast?.timer);
  toast = { ...done, timer: setTimeout(closeToast, UNDO) };
  box.querySelector("p").textContent = fill(done.sentence, { name: nameOf(rows.get(done.of)) });
  box.hidden = false;
}

function closeToast() {
  document.getElementById("door-toast").hidden = true;
  toast = null;
}

function undo() {
  if (!toast) return;
  const { of, mark, before } = toast;
  const { isWaiting, ...shows } = before;
  keep(of, "void", shows, mark.id);
  clearTimeout(toast.timer);
  closeToast();
  rows.get(of).querySelector("[data-deed]").focus();
  pressedAt.delete(of);
  draw();
  send();
}

// --- Sending -------------------------------------------------------------------------------------

const cookie = (name) =>
  document.cookie
    .split("; ")
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";

async function ask(url, body) {
  const headers = { Accept: "application/json" };
  if (body) Object.assign(headers, { "Content-Type": "application/json", "X-CSRFToken": cookie(csrfCookie) });
  const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const answer = await fetch(url, { headers, redirect: "error", ...sent });
  sayState({ signedOut: answer.status === 401 || answer.status === 403, closed: answer.status === 404 });
  return answer.ok ? answer.json() : null;
}

function sayState({ signedOut = false, closed = false, offline = false }) {
  document.getElementById("door-signed-out").hidden = !signedOut;
  document.getElementById("door-closed").hidden = !closed;
  document.getElementById("door-offline").hidden = !offline;
}

// True once each of these marks has a receipt.
async function sendSome(url, records) {
  const marks = records.map((one) => one.mark);
  const { receipts, now } = (await ask(url, { account, sent: Date.now(), marks })) ?? {};
  if (!Array.isArray(receipts) || receipts.length !== records.length) return false;
  const settled = records.map((record, at) => settle(record, receipts[at]));
  remember(now);
  return settled.every(Boolean);
}

function settle(record, receipt) {
  if (receipt.id !== null && receipt.id !== record.mark.id) return false; // not its own: it waits
  if (receipt.taken) known.set(record.of, record.shows);
  else refuse(record, receipt.sentence);
  globalThis.unsent.drop(record.key);
  return true;
}

let isSending = false;

async function send() {
  if (isSending) return;
  isSending = true;
  try {
    for (const url of new Set(mine().map((one) => one.url))) await sendAll(url);
  } catch {
    sayState({ offline: true });
  } finally {
    isSending = false;
    draw();
  }
}

async function sendAll(url) {
  for (;;) {
    const waiting = mine().filter((one) => one.url === url).slice(0, MOST);
    if (!waiting.length || !(await sendSome(url, waiting))) return;
  }
}

// --- What was refused ----------------------------------------------------------------------------

function refuse({ of }, sentence) {
  globalThis.unsent.write(REFUSED, [...(globalThis.unsent.read(REFUSED) ?? []), { of, sentence }]);
  drawRefused();
}

function drawRefused() {
  const all = globalThis.unsent.read(REFUSED) ?? [];
  const box = document.getElementById("door-refused");
  box.hidden = all.length === 0;
  const lines = all.map(({ of, sentence }) => {
    const line = document.createElement("li");
    line.textContent = `${nameOf(rows.get(of))}: ${sentence}`;
    return line;
  });
  box.querySelector("ul").replaceChildren(...lines);
}

// --- What others marked --------------------------------------------------------------------------

function take({ now, in: number, states }) {
  for (const of of rows.keys()) known.set(of, states[bare(of)] ?? NOT_YET);
  unlisted = number - [...known.values()].filter(({ state }) => state === "in").length;
  remember(now);
  draw();
}

// What is known is kept, without names: a page that opens without a connection may be older.
const remember = (now) =>
  globalThis.unsent.write(STATES, { now, unlisted, states: Object.fromEntries(known) });

function recall() {
  const stored = globalThis.unsent.read(STATES);
  if (!stored || stored.now <= Number(words.now)) return;
  for (const of of rows.keys()) known.set(of, stored.states[of] ?? NOT_YET);
  unlisted = stored.unlisted;
}

async function refresh() {
  if (document.hidden) return;
  try {
    const told = await ask(address);
    if (told) take(told);
  } catch {
    sayState({ offline: true });
  }
}

async function goOn() {
  await send();
  await refresh();
}

// --- Begin ---------------------------------------------------------------------------------------

if (globalThis.unsent.canKeep) {
  recall();
  door.querySelectorAll(".door-scripted").forEach((part) => (part.hidden = false));
  door.addEventListener("submit", (event) => {
    const row = event.submitter?.closest("[data-of]");
    if (!row) return;
    try {
      press(row.dataset.of, event.submitter.dataset.kind);
    } catch {
      return; // the browser is full: the form itself is sent
    }
    event.preventDefault();
  });
  document.getElementById("door-undo").addEventListener("click", undo);
  document.getElementById("door-read").addEventListener("click", () => {
    globalThis.unsent.write(REFUSED, []);
    drawRefused();
    search.focus();
  });
  search.addEventListener("input", filter);
  only.addEventListener("change", filter);
  document.getElementById("door-add").addEventListener("click", () => {
    document.getElementById("door-walk-in").open = true;
    const name = document.getElementById("walk-in-name");
    name.value = search.value;
    name.focus();
  });
  window.addEventListener("online", goOn);
  window.addEventListener("pageshow", goOn);
  window.addEventListener("offline", () => sayState({ offline: true }));
  document.addEventListener("visibilitychange", goOn);
  setInterval(goOn, EVERY);
  drawRefused();
  draw();
}
