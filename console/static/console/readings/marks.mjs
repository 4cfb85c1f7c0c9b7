/** Marks as they are typed: what may be read as another sign is said at once, and each names the photograph looked at. */
import { doubtsOf } from "../record/look_alikes.mjs";

let photo = document.querySelector("[data-photo]")?.getAttribute("data-photo") ?? "";
document.addEventListener("photo", (event) => (photo = event.detail));

for (const form of document.querySelectorAll(".marks-form")) {
  form.addEventListener("input", (event) => typed(event.target));
  for (const field of form.querySelectorAll(".mark-text")) hint(field);
  offerMore(form);
}

function typed(field) {
  if (!field.classList.contains("mark-text")) return;
  hint(field);
  const row = field.closest(".mark-read");
  const source = row.querySelector("[name=photo]");
  // Read from what is looked at, unless the reader says otherwise.
  if (source && source.value === "" && field.value !== "") source.value = photo;
  const other = field.closest(".stands")?.querySelector("[type=radio][value=other]");
  if (other && field.value !== "") other.checked = true;
}

function hint(field) {
  const said = doubtsOf(field.value);
  field.closest(".mark-read").querySelector(".look-alikes").textContent = said ? `${gettext("Look again:")} ${said}` : "";
}

function offerMore(form) {
  const more = form.querySelector("[data-more]");
  if (!more) return;
  more.hidden = false;
  more.addEventListener("click", () => {
    const row = form.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    form.querySelector("[data-rows]").append(row);
    row.querySelector(".mark-text").focus();
  });
}
