// Boxes that scroll on their own and that the keyboard does not reach, or that have no name.
() => [...document.querySelectorAll("body *")]
  .filter(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
    && e.checkVisibility() && e.scrollWidth > e.clientWidth)
  .filter(e => !(e.tabIndex === 0 && e.getAttribute("role")
    && (e.getAttribute("aria-label") || e.getAttribute("aria-labelledby"))))
  .map(e => `${e.tagName.toLowerCase()}.${e.className}`)
