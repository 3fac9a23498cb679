// On every page of the portal and of the staff: marks of the door that are not sent yet, by account, and whose pages
// this browser keeps. A mark leaves only by its receipt (door.js); who signs out with some is asked
// first. What is stored holds no name.

const PREFIX = "mark:";
const SIGNING_OUT_TAKES = 2000; // milliseconds at most, for wiping

const store = (() => {
  try {
    return window.localStorage;
  } catch {
    return null; // the browser keeps nothing for anybody: marks are sent as forms
  }
})();

const keysOf = (account) =>
  Object.keys(store ?? {}).filter((key) => key.startsWith(account ? `${PREFIX}${account}:` : PREFIX));

globalThis.unsent = {
  // In the order in which they were made.
  of: (account) =>
    keysOf(account)
      .map((key) => ({ key, ...JSON.parse(store.getItem(key)) }))
      .sort((one, other) => one.order - other.order),
  keep: (account, record) => {
    const order = Math.max(0, ...globalThis.unsent.of(account).map((one) => one.order)) + 1;
    store.setItem(`${PREFIX}${account}:${record.mark.id}`, JSON.stringify({ ...record, order }));
  },
  drop: (key) => store.removeItem(key),
  read: (key) => JSON.parse(store?.getItem(key) ?? "null"),
  write: (key, value) => store?.setItem(key, JSON.stringify(value)),
  canKeep: store !== null && Boolean(crypto.randomUUID),
};

const account = document.querySelector("script[data-kept-for]").dataset.keptFor;

// --- Pages belong to one account -----------------------------------------------------------------

async function forgetPages(mine) {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith("kept:") && name !== mine);
  await Promise.all(names.map((name) => caches.delete(name)));
}

forgetPages(`kept:${account}`).catch(() => {}); // a browser that keeps nothing has none

// --- Signing out ---------------------------------------------------------------------------------

async function wipe() {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all([forgetPages(""), ...workers.map((worker) => worker.unregister())]);
  store?.clear();
}

async function signOut(form) {
  const enough = new Promise((resolve) => setTimeout(resolve, SIGNING_OUT_TAKES));
  await Promise.race([wipe().catch(() => {}), enough]);
  form.submit();
}

const question = document.querySelector("dialog[data-unsent]");
const staffForm = question.dataset.signsOutAt; // the address of the menu's form, of staff pages only
const signsOut = (form) =>
  form.matches("[data-signs-out]") || (staffForm && form.getAttribute("action") === staffForm);

// On the document: the staff's menu is drawn later than this runs.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!signsOut(form)) return;
  event.preventDefault();
  const number = keysOf("").length; // of others who used this phone, too: signing out wipes all
  if (!number) {
    signOut(form);
    return;
  }
  question.querySelector("[data-number]").textContent = number;
  question.querySelector("[data-stay]").onclick = () => question.close();
  question.querySelector("[data-wipe]").onclick = () => signOut(form);
  document.getElementById("menu")?.hidePopover?.();
  question.showModal();
});
