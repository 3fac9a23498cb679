// Turns and enlarges the photograph of a page by buttons. The frame around it scrolls.

const QUARTER = 90;
const LARGEST = 6;

function quarterOf(degrees) {
  return (degrees / QUARTER) % 2;
}

for (const box of document.querySelectorAll("[data-picture]")) {
  const frame = box.querySelector(".staff-picture-frame");
  const picture = box.querySelector("img");
  let zoom = 1;
  let degrees = 0;

  const show = () => {
    const wide = frame.clientWidth * zoom;
    const ratio = picture.naturalHeight / picture.naturalWidth || 1;
    const lies = quarterOf(degrees) === 1;
    // Lying down, its height is what fills the frame.
    const width = lies ? wide / ratio : wide;
    picture.style.width = `${width}px`;
    picture.style.transform = `rotate(${degrees}deg)`;
    const shift = lies ? (width * ratio - width) / 2 : 0;
    picture.style.marginInline = `${shift}px`;
    picture.style.marginBlock = `${-shift}px`;
  };

  for (const button of box.querySelectorAll("[data-zoom]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      zoom = Math.min(LARGEST, Math.max(1, zoom * Number(button.dataset.zoom)));
      show();
    });
  }
  const turn = box.querySelector("[data-turn]");
  turn.hidden = false;
  turn.addEventListener("click", () => {
    degrees = (degrees + QUARTER) % (4 * QUARTER);
    show();
  });
}
