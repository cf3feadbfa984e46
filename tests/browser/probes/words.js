// The words of the page, but for the controls that a script adds; nothing else may be hidden by one.
() => {
  const said = document.querySelector("main").cloneNode(true);
  said.querySelectorAll("script, [hidden], [role=search], [role=group], [role=status]")
    .forEach(e => e.remove());
  return said.textContent.replace(/\s+/g, "");
}
