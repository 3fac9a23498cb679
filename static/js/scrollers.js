// A wide table scrolls within its frame, which the keyboard reaches. A frame in which everything
// fits is no stop on the way.

const frames = document.querySelectorAll(".table[tabindex], .staff-wide[tabindex]");
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const frame of frames) watch.observe(frame);
