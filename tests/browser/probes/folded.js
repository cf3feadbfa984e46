// What stands in folded parts that are printed: every piece of text of some length.
() => {
  const found = [];
  for (const box of document.querySelectorAll("details")) {
    if (getComputedStyle(box).display === "none" || !box.checkVisibility()) continue;
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.replace(/\s+/g, "");
      const within = walker.currentNode.parentElement;
      if (text.length >= 4 && !within.closest("summary, .vh") && within.checkVisibility()) {
        found.push(text);
      }
    }
  }
  return found;
}
