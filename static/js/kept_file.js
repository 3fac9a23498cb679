// A form with a file that is answered on the same page keeps the file that was chosen: it is sent
// once more with the answers, and our server need not keep it. Without it one chooses it again.

function renew(form, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.querySelectorAll("[data-renewed]").forEach((part) => {
    const other = page.querySelector(`[data-renewed="${part.dataset.renewed}"]`);
    if (other) part.innerHTML = other.innerHTML;
  });
  const told = document.querySelector("[data-renewed] [role=alert]");
  if (!told) return;
  told.tabIndex = -1;
  told.focus();
}

async function send(form) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
    });
    if (answer.redirected) window.location.assign(answer.url);
    else renew(form, await answer.text());
  } catch {
    form.submit(); // as without this file, also where the chosen file changed on disk
  } finally {
    button.disabled = false;
  }
}

document.querySelectorAll("form[data-keeps-file]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
});
