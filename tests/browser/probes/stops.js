// Notes what the Tab key will pass: gives every stop its number, and remembers how it looks.
() => {
  const look = e => {
    const s = getComputedStyle(e);
    return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.backgroundColor, s.clipPath].join(" ");
  };
  const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]",
  )].filter(e => e.tabIndex >= 0 && !e.disabled
    && e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
  window.tabbed = { looks: new Map(stops.map(e => [e, look(e)])), passed: [] };
  document.addEventListener("focusin", event => {
    const e = event.target;
    const box = e.getBoundingClientRect();
    window.tabbed.passed.push({
      stop: stops.indexOf(e),
      name: e.outerHTML.slice(0, 90),
      marked: look(e) !== window.tabbed.looks.get(e),
      shown: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    });
  });
  return stops.length;
}
