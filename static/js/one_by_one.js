// Sends the files of a form one by one, and shows how far it is. Without JavaScript the form sends
// them all at once. What the server says of each stands on the page once all were sent.

const TAKEN = 204;

function send(form, field, file, onProgress) {
  return new Promise((resolve) => {
    const data = new FormData(form);
    data.delete(field.name);
    data.append(field.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => resolve(request.status === TAKEN));
    request.addEventListener("error", () => resolve(false));
    request.send(data);
  });
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

async function sendAll(form, field) {
  const files = [...field.files];
  const sending = form.querySelector(".staff-sending");
  const bar = sending.querySelector("progress");
  const status = sending.querySelector("[role=status]");
  const all = files.reduce((sum, file) => sum + file.size, 0) || 1;
  const failed = [];
  let sent = 0;
  sending.hidden = false;
  for (const [index, file] of files.entries()) {
    const values = { number: index + 1, all: files.length, name: file.name };
    status.textContent = filled(status.dataset.sending, values);
    const isTaken = await send(form, field, file, (loaded) => {
      bar.value = Math.min(1, (sent + Math.min(loaded, file.size)) / all);
    });
    sent += file.size;
    if (!isTaken) failed.push(filled(status.dataset.failed, { name: file.name }));
  }
  return [failed, status];
}

for (const form of document.querySelectorAll("form[data-one-by-one]")) {
  const field = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", async (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    button.disabled = true;
    const [failed, status] = await sendAll(form, field);
    if (failed.length) {
      status.textContent = failed.join(" ");
      button.disabled = false;
      field.value = "";
    } else location.reload();
  });
}
