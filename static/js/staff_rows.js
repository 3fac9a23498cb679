// One row more of a form, without a visit to the server: what the button does without JavaScript too.

function renamed(text, prefix, number) {
  return text.replace(new RegExp(`(^|-)${prefix}-\\d+-`), `$1${prefix}-${number}-`);
}

function emptied(row, prefix, number) {
  for (const element of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, renamed(value, prefix, number));
    }
    element.removeAttribute("autofocus");
    element.removeAttribute("aria-invalid");
  }
  for (const error of row.querySelectorAll(".error-message, .w-field__errors")) error.remove();
  for (const field of row.querySelectorAll("input, select, textarea")) {
    if (field.type === "checkbox") field.checked = field.name.endsWith("-counts");
    else field.value = "";
  }
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace(/\d+/, number + 1);
  return row;
}

for (const button of document.querySelectorAll("[data-add-row]")) {
  button.addEventListener("click", (event) => {
    const prefix = button.dataset.addRow;
    const total = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = document.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`);
    const number = Number(total.value);
    const rows = button.closest("form").querySelectorAll(`fieldset:has([name^="${prefix}-"])`);
    const last = rows[rows.length - 1];
    if (!last || number >= Number(most.value)) return;
    event.preventDefault();
    const row = emptied(last.cloneNode(true), prefix, number);
    last.after(row);
    total.value = number + 1;
    row.querySelector("input:not([type=hidden]), select").focus();
  });
}
