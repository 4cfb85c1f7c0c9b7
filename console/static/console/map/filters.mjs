/** The filters: one query for the map, the list of incidents and every export. */

const NARROW = "(max-width: 60rem)";

export class Filters {
  #changed;

  /**
   * @param {HTMLFormElement} form
   * @param {() => void} changed called after every change
   */
  constructor(form, changed) {
    this.form = form;
    this.#changed = changed;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#take();
    });
    form.addEventListener("change", () => this.#take());
    // A phone shows the map first.
    if (matchMedia(NARROW).matches) form.closest("details").open = false;
    this.#say();
  }

  /** Return what is asked for, without empty filters. */
  query() {
    return new URLSearchParams([...new FormData(this.form)].filter(([, value]) => value !== ""));
  }

  /**
   * Return what a filter asks for; empty where it asks for nothing.
   * @param {string} name
   */
  value(name) {
    return this.form.elements[name].value;
  }

  /**
   * Ask for something else.
   * @param {Record<string, string>} values by the names of filters
   */
  set(values) {
    for (const [name, value] of Object.entries(values)) this.form.elements[name].value = value;
    this.#take();
  }

  /**
   * Return the words in which the form offers a stored value; the value where it offers none.
   * @param {string} name of the filter
   * @param {string} value
   */
  words(name, value) {
    const option = [...this.form.elements[name].options].find((each) => each.value === value);
    return option ? option.textContent : value;
  }

  /** Return each filter that is set, in words. */
  inWords() {
    return [...this.query()].map(([name, value]) => {
      const field = this.form.elements[name];
      const label = field.labels?.[0]?.textContent;
      if (name === "within") return gettext("In the area drawn");
      const said = field instanceof HTMLSelectElement ? this.words(name, value) : value;
      return interpolate(gettext("%(filter)s: %(value)s"), { filter: (label ?? name).trim(), value: said }, true);
    });
  }

  #take() {
    this.#say();
    this.#changed();
  }

  #say() {
    const query = this.query().toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    for (const link of document.querySelectorAll("a[data-asks]")) {
      const [path, more] = link.dataset.asks.split("?");
      const asked = [more, query].filter(Boolean).join("&");
      link.href = asked ? `${path}?${asked}` : path;
    }
    const chips = this.inWords().map((words) => {
      const chip = document.createElement("bdi");
      chip.className = "tag";
      chip.textContent = words;
      return chip;
    });
    document.getElementById("chips").replaceChildren(...chips);
  }
}
