// Copying and printing recovery codes. Downloading them is a plain link, and needs no script.

const copy = document.querySelector("button[data-copy]");
const print = document.querySelector("button[data-print]");

if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const codes = document.getElementById(copy.dataset.copy).children;
    await navigator.clipboard.writeText(Array.from(codes, (code) => code.textContent).join("\n"));
    copy.textContent = copy.dataset.done;
  });
}
print.hidden = false;
print.addEventListener("click", () => window.print());
