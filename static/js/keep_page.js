// Lets the worker keep this page, and says so on it (`data-kept`).

const { worker, scope } = document.querySelector("script[data-worker]").dataset;

const filesOfPage = () => {
  const named = document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon], script[src]");
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const all = [...Array.from(named, (one) => one.href || one.src), ...loaded];
  const folder = new URL(worker, window.location).href.replace(/js\/[^/]*$/, "");
  return [...new Set(all)].filter((address) => address.startsWith(folder));
};

async function keep() {
  await navigator.serviceWorker.register(worker, { scope });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    const note = document.querySelector("[data-kept]");
    if (note) note.hidden = !data;
  };
  active.postMessage({ address: window.location.href, files: filesOfPage() }, [port2]);
}

if ("serviceWorker" in navigator) {
  window.addEventListener("load", () => keep().catch(() => {})); // it works without as well
}
