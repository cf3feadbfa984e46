// The levels of all headings that assistive technology hears, in order.
() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")]
  .filter(h => !h.closest("[aria-hidden=true]"))
  .map(h => [Number(h.getAttribute("aria-level") || h.tagName[1]), h.textContent.trim()])
