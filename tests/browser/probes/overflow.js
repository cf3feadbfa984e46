// What does not fit: the page being wider than the window, and text that is cut off or lies outside.
// Inner boxes may scroll on their own; then what is in them is reached by scrolling.
() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) found.push(`the page is ${wide} px wide in ${window.innerWidth}`);
  const scrolls = e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
  const cuts = e => ["hidden", "clip"].includes(getComputedStyle(e).overflowX);
  // Words for screen readers alone are cut off on purpose, and say so by clip-path.
  const unseen = e => getComputedStyle(e).clipPath === "inset(50%)";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let left = 0, right = width;
    let box = node.parentElement;
    for (; box && box !== document.body; box = box.parentElement) {
      if (unseen(box) || scrolls(box)) break;
      if (cuts(box)) {
        const edge = box.getBoundingClientRect();
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
      }
    }
    if (box && box !== document.body) continue;
    const rects = [...range.getClientRects()].filter(r => r.width > 0);
    if (rects.some(r => r.right > right + 1 || r.left < left - 1)) {
      found.push(`cut off: ${node.data.trim().slice(0, 40)}`);
    }
  }
  return found;
}
