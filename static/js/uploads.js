// Sends the files of a form one by one, with their progress and a clear answer for each. Without
// this script the form sends them all at once.

const words = document.querySelector("script[data-sending]").dataset;

// Aborted, timed out or refused on the way: status 0.
function send(form, field, file, progress) {
  const body = new FormData(form);
  body.delete(field.name);
  body.append(field.name, file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("loadend", () => resolve(request));
    request.send(body);
  });
}

// What the server says of it: a sentence, and whether it is taken.
function read(request) {
  if (request.status === 413) return { sentence: words.tooLarge, isTaken: false };
  if (request.status === 401 || request.status === 403) return { sentence: words.signedOut, isTaken: false };
  try {
    const { outcomes, faults } = JSON.parse(request.responseText);
    const [outcome] = outcomes;
    return outcome
      ? { sentence: outcome.sentence, isTaken: outcome.is_taken }
      : { sentence: faults.join(" "), isTaken: false };
  } catch {
    return { sentence: request.status ? words.signedOut : words.broken, isTaken: false };
  }
}

function line(list, file) {
  const item = document.createElement("li");
  item.className = "upload";
  const name = document.createElement("strong");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const state = document.createElement("span");
  state.textContent = words.sending;
  item.append(name, " ", bar, " ", state);
  list.append(item);
  return {
    progress(part) {
      bar.value = part;
      if (part === 1) state.textContent = words.checking;
    },
    end({ sentence, isTaken }) {
      bar.remove();
      state.textContent = sentence;
      item.classList.add(isTaken ? "upload-done" : "upload-failed");
    },
  };
}

async function upload(form) {
  const field = form.querySelector('input[type="file"]');
  const list = form.querySelector("[data-uploads-list]");
  const summary = form.querySelector("[data-uploads-summary]");
  const button = form.querySelector('[type="submit"]');
  const files = [...field.files];
  list.hidden = false;
  list.replaceChildren();
  summary.textContent = "";
  button.disabled = true;
  const failed = [];
  for (const file of files) {
    const shown = line(list, file);
    const isTooLarge = file.size > Number(field.dataset.largest);
    const outcome = isTooLarge
      ? { sentence: words.tooLarge, isTaken: false }
      : read(await send(form, field, file, shown.progress));
    shown.end(outcome);
    if (!outcome.isTaken) failed.push(file);
  }
  button.disabled = false;
  if (failed.length === 0) {
    window.location.assign(form.dataset.after || window.location.href.split("#")[0]);
    return;
  }
  summary.textContent = `${words.done} ${files.length - failed.length}. ${words.failed} ${failed.length}.`;
}

for (const form of document.querySelectorAll("form[data-uploads]")) {
  form.addEventListener("submit", (event) => {
    const { length } = form.querySelector('input[type="file"]').files;
    // None, or one title for several: the page says what is wrong with that.
    if (length === 0 || (length > 1 && form.querySelector('[name="title"]')?.value)) return;
    event.preventDefault();
    upload(form);
  });
}
