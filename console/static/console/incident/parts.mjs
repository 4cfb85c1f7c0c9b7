/**
 * The parts of an incident's page: folded on a phone, open on paper, and the one in sight marked in the contents.
 */

const NARROW = matchMedia("(max-width: 34rem)");
// What a phone shows unfolded: the answer to "what is it, and why".
const OPEN_ON_A_PHONE = new Set(["facts", "findings", "questions"]);

/** @returns {HTMLDetailsElement[]} */
const parts = () => [...document.querySelectorAll("details.part")];

/** Unfold whatever hides the place that the address names, and go there. */
function unfoldTarget() {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target) return;
  for (let each = target.closest("details"); each; each = each.parentElement?.closest("details")) each.open = true;
  target.scrollIntoView();
}

function foldOnPhone() {
  if (!NARROW.matches) return;
  for (const part of parts()) part.open = OPEN_ON_A_PHONE.has(part.id);
}

/** Print all of it, and leave it as it was. */
function unfoldOnPaper() {
  /** @type {HTMLDetailsElement[]} */
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });
}

/** Mark in the contents which part is being read. */
function markPartInSight() {
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target.id);
      const first = parts().find((part) => seen.has(part.id));
      for (const [id, link] of links) {
        if (id === first?.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-10% 0px -60% 0px" },
  );
  const watch = () => parts().forEach((part) => watcher.observe(part));
  watch();
  // A screening that has finished replaces some of the parts.
  document.addEventListener("htmx:after:settle", watch);
}

foldOnPhone();
unfoldTarget();
addEventListener("hashchange", unfoldTarget);
unfoldOnPaper();
markPartInSight();
