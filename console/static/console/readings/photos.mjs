/** One photograph at a time: closer, turned, moved and changed by keys, buttons and a finger. */
import { say } from "../record/words.mjs";

const [CLOSER, NEAREST] = [1.5, 12];
const STEP = 60;
const KEYS = {
  ...{ "+": "closer", "=": "closer", "-": "farther", "0": "whole", r: "turn", R: "turn_back", n: "next", p: "previous" },
  ...{ ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" },
};

/** How a photograph is looked at. */
const whole = () => ({ scale: 1, turned: 0, x: 0, y: 0 });

for (const root of document.querySelectorAll("[data-photos]")) open(root);

function open(/** @type {Element} */ root) {
  const stage = /** @type {HTMLElement} */ (root.querySelector(".stage"));
  const figures = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-photo]")]);
  if (figures.length === 0) return;
  const looks = figures.map(whole);
  let at = 0;
  stage.classList.add("one");
  root.querySelector(".tools").hidden = figures.length === 0;

  const acts = {
    next: () => (at = (at + 1) % figures.length),
    previous: () => (at = (at + figures.length - 1) % figures.length),
    closer: () => scale(CLOSER),
    farther: () => scale(1 / CLOSER),
    turn: () => (looks[at].turned += 90),
    turn_back: () => (looks[at].turned -= 90),
    whole: () => Object.assign(looks[at], whole()),
    left: () => (looks[at].x += STEP),
    right: () => (looks[at].x -= STEP),
    up: () => (looks[at].y += STEP),
    down: () => (looks[at].y -= STEP),
  };

  function scale(/** @type {number} */ by) {
    const look = looks[at];
    const to = Math.min(NEAREST, Math.max(1, look.scale * by));
    Object.assign(look, { x: (look.x * to) / look.scale, y: (look.y * to) / look.scale, scale: to });
    if (to === 1) Object.assign(look, { x: 0, y: 0 });
  }

  function draw() {
    figures.forEach((figure, n) => (figure.hidden = n !== at));
    const { scale: near, turned, x, y } = looks[at];
    const picture = figures[at].querySelector("img");
    if (picture) picture.style.transform = `translate(${x}px, ${y}px) scale(${near}) rotate(${turned}deg)`;
    stage.classList.toggle("near", near > 1);
    document.dispatchEvent(new CustomEvent("photo", { detail: figures[at].dataset.photo }));
  }

  function act(/** @type {string} */ name) {
    acts[name]();
    draw();
    const { scale: near, turned } = looks[at];
    const blanks = { name: figures[at].querySelector("img")?.alt ?? at + 1, times: near.toFixed(1), degrees: ((turned % 360) + 360) % 360 };
    root.querySelector("[data-said]").textContent = say(gettext("%(name)s – %(times)s times as large, turned by %(degrees)s°"), blanks);
  }

  stage.addEventListener("keydown", (event) => {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(name);
  });
  for (const button of root.querySelectorAll("[data-act]")) button.addEventListener("click", () => act(button.dataset.act));
  stage.addEventListener("dblclick", () => act(looks[at].scale > 1 ? "whole" : "closer"));
  drag(stage, () => looks[at], draw);
  draw();
}

function drag(stage, look, draw) {
  let from = null;
  stage.addEventListener("pointerdown", (event) => {
    if (look().scale === 1) return;
    from = { x: event.clientX - look().x, y: event.clientY - look().y };
    stage.classList.add("moving");
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (from === null) return;
    Object.assign(look(), { x: event.clientX - from.x, y: event.clientY - from.y });
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, () => ((from = null), stage.classList.remove("moving")));
  }
}
