// Points at one box of the drawing: what it is joined to stays, the rest steps back.

/** @param {SVGElement} graph */
function follow(graph) {
  const nodes = [...graph.querySelectorAll(".node")];
  const edges = [...graph.querySelectorAll(".edge")];

  /** @param {Element | null} node */
  function light(node) {
    const key = node?.getAttribute("data-key");
    const near = new Set(key ? [key] : []);
    for (const edge of edges) {
      const ends = [edge.getAttribute("data-one"), edge.getAttribute("data-other")];
      const isLit = Boolean(key) && ends.includes(key);
      edge.classList.toggle("lit", isLit);
      if (isLit) ends.forEach((end) => near.add(end));
    }
    for (const each of nodes) each.classList.toggle("lit", near.has(each.getAttribute("data-key")));
    graph.classList.toggle("pointed", Boolean(key));
  }

  for (const node of nodes) {
    node.addEventListener("pointerenter", () => light(node));
    node.addEventListener("focus", () => light(node));
    node.addEventListener("pointerleave", () => light(null));
    node.addEventListener("blur", () => light(null));
  }
}

document.querySelectorAll("svg.graph").forEach(follow);
