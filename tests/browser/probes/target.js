// The cell that the address points to: how it looks beside its neighbour, and whether it is in sight.
() => {
  const cell = document.querySelector(":target");
  const beside = [...cell.parentElement.querySelectorAll("td")]
    .find(td => td !== cell && !td.className);
  const look = e => [getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth,
    getComputedStyle(e).backgroundColor];
  const box = cell.getBoundingClientRect();
  const above = document.elementFromPoint(box.left + box.width / 2, box.top + 4);
  return {
    id: cell.id,
    look: look(cell),
    beside: look(beside),
    inside: box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
    uncovered: cell.contains(above),
  };
}
