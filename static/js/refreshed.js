// Fetches a part of a staff screen anew every few seconds, for as long as somebody looks at it.
// Without it the screen says the same, once it is opened again.
const EVERY = 5000;

async function refresh(part) {
  if (document.hidden) return true;
  const answer = await fetch(part.dataset.refreshedFrom, { credentials: "same-origin" });
  if (answer.status === 205) {
    location.reload();
    return false;
  }
  if (answer.ok && !answer.redirected) part.innerHTML = await answer.text();
  return answer.ok;
}

function watch(part) {
  setTimeout(async () => {
    const goes = await refresh(part).catch(() => true); // offline for a moment
    if (goes) watch(part);
  }, EVERY);
}

document.querySelectorAll("[data-refreshed-from]").forEach(watch);
