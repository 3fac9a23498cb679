// A password can be looked at while one types it: a button in each field that holds one.

const { show, hide } = document.querySelector("script[data-show]").dataset;

function name(button, word, input) {
  button.textContent = word;
  button.setAttribute("aria-label", `${word}: ${input.labels[0]?.textContent.trim()}`);
}

for (const input of document.querySelectorAll('input[type="password"]')) {
  const frame = document.createElement("div");
  const button = document.createElement("button");
  frame.className = "password";
  button.type = "button";
  button.className = "password-show";
  input.replaceWith(frame);
  frame.append(input, button);
  name(button, show, input);
  button.addEventListener("click", () => {
    const seen = input.type === "text";
    input.type = seen ? "password" : "text";
    name(button, seen ? show : hide, input);
  });
  // Sent as a password, so that no browser remembers it as a text.
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
}
