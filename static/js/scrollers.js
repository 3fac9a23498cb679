// A wide table scrolls within its frame, which the keyboard reaches. A frame in which everything
// fits is no stop on the way.

const frames = document.querySelectorAll(".table[tabindex], .staff-wide[tabindex]");
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const frame = target.closest(".table, .staff-wide");
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  }
});
for (const frame of frames) {
  watch.observe(frame);
  watch.observe(frame.firstElementChild); // it may grow by itself
}
