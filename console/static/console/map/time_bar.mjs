/** A slider over time: a year or a month at once, by hand, step by step, or playing. */

const PAUSE_MS = 1200;
const LAST_YEARS = 25;

export class TimeBar {
  #form = document.getElementById("time");
  #filters;
  #timer = 0;
  #isPlaying = false;
  #isOwnChange = false;

  /**
   * @param {import("./filters.mjs").Filters} filters
   */
  constructor(filters) {
    this.#filters = filters;
    const { step, back, play, on, moment, all } = this.#form.elements;
    this.#form.hidden = false;
    // Who wants no motion steps by hand.
    play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scale();
    this.show();
    step.addEventListener("change", () => this.#scale());
    moment.addEventListener("change", () => this.#ask());
    moment.addEventListener("input", () => this.#say(this.#period()));
    back.addEventListener("click", () => this.#move(-1));
    on.addEventListener("click", () => this.#move(1));
    all.addEventListener("click", () => this.#set("", ""));
    play.addEventListener("click", () => (this.#isPlaying ? this.#stop() : this.#play()));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Show the days that the filters ask for; what another hand chose ends the playing. */
  show() {
    const [first, last] = ["occurred_after", "occurred_before"].map((name) => this.#filters.value(name));
    if (!this.#isOwnChange) this.#stop();
    const periods = this.#periods();
    if (first === last && periods.includes(first)) this.#form.elements.moment.value = periods.indexOf(first);
    this.#say(first === last ? first : [first || "…", last || "…"].join(" – "));
  }

  /** Go on to the next period, once the map shows this one. */
  shown() {
    if (!this.#isPlaying) return;
    clearTimeout(this.#timer);
    const { moment } = this.#form.elements;
    if (Number(moment.value) >= Number(moment.max)) this.#stop();
    else this.#timer = setTimeout(() => this.#move(1), PAUSE_MS);
  }

  #play() {
    const { moment, play } = this.#form.elements;
    if (Number(moment.value) >= Number(moment.max)) moment.value = 0;
    this.#isPlaying = true;
    play.setAttribute("aria-pressed", "true");
    play.textContent = gettext("Pause");
    this.#ask();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#isPlaying = false;
    this.#form.elements.play.setAttribute("aria-pressed", "false");
    this.#form.elements.play.textContent = gettext("Play");
  }

  #move(steps) {
    const { moment } = this.#form.elements;
    moment.value = Number(moment.value) + steps;
    this.#ask();
  }

  #scale() {
    const { moment } = this.#form.elements;
    moment.max = this.#periods().length - 1;
    moment.value = moment.max;
  }

  #periods() {
    const today = new Date();
    const isByMonth = this.#form.elements.step.value === "month";
    const years = Array.from({ length: LAST_YEARS }, (_, back) => today.getUTCFullYear() - LAST_YEARS + 1 + back);
    if (!isByMonth) return years.map(String);
    const months = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, "0"));
    const thisMonth = today.toISOString().slice(0, 7);
    return years.flatMap((year) => months.map((month) => `${year}-${month}`)).filter((each) => each <= thisMonth);
  }

  #period() {
    return this.#periods()[Number(this.#form.elements.moment.value)];
  }

  #ask() {
    this.#set(this.#period(), this.#period());
  }

  #set(first, last) {
    this.#isOwnChange = first !== "";
    this.#filters.set({ occurred_after: first, occurred_before: last });
    this.#isOwnChange = false;
  }

  #say(period) {
    this.#form.elements.all.hidden = period === "";
    const words = period === "" ? gettext("All time") : period;
    this.#form.elements.period.value = words;
    this.#form.elements.moment.setAttribute("aria-valuetext", words);
  }
}
