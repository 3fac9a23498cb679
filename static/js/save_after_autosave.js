// In Wagtail's editor, a save that is asked for while an autosave is under way waits for it to end.
// Otherwise the first save of a new page goes to the address for new pages a second time, which makes
// the page twice, or says that its address is taken.
"use strict";

const LONGEST_WAIT = 15_000; // milliseconds; after that the editor's own save goes all the same

for (const form of document.querySelectorAll("form[data-controller~=w-autosave]")) {
  let underWay = false;
  let waiting = null;

  const end = () => {
    underWay = false;
    if (!waiting) return;
    const { submitter, timer } = waiting;
    clearTimeout(timer);
    waiting = null;
    submitAs(form, submitter);
  };

  form.addEventListener("w-autosave:save", (event) => {
    underWay = !event.defaultPrevented;
  });
  form.addEventListener("w-autosave:success", end);
  form.addEventListener("w-autosave:error", end);
  form.addEventListener(
    "submit",
    (event) => {
      if (!underWay) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting ??= { submitter: event.submitter, timer: setTimeout(end, LONGEST_WAIT) };
    },
    { capture: true },
  );
}

// Wagtail disables the button that was pressed, and a disabled button tells no name: a hidden field does.
function submitAs(form, submitter) {
  if (submitter?.name) {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(pressed);
  }
  form.requestSubmit();
}
