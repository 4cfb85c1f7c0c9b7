/**
 * Attaching a file to an incident: its digest is reckoned here, so that the server can tell whether it arrived whole.
 */

// A file that does not fit one call is sent in pieces, which the recording page does.
const LARGEST_AT_ONCE_BYTES = 8 * 1024 * 1024;

/**
 * @param {ArrayBuffer} content
 * @returns {Promise<string>} SHA-256 in hexadecimal digits
 */
async function digestOf(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Response} answer
 * @returns {Promise<string>} what went wrong, in the server's words
 */
async function problemOf(answer) {
  const problem = await answer.json().catch(() => ({}));
  return problem.errors?.[0]?.detail ?? problem.detail ?? gettext("The file could not be attached. Try again.");
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 */
async function send(form, file) {
  const body = new FormData(form);
  body.set("sha256", await digestOf(await file.arrayBuffer()));
  const token = body.get("csrfmiddlewaretoken");
  body.delete("csrfmiddlewaretoken");
  const headers = { "X-CSRFToken": String(token), Accept: "application/json" };
  return fetch(form.action, { method: "POST", body, headers });
}

/** @param {HTMLFormElement} form */
function enable(form) {
  const said = form.querySelector("output");
  const button = form.querySelector("button");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    if (file.size > LARGEST_AT_ONCE_BYTES) {
      said.textContent = interpolate(
        gettext("The file is larger than %s MB. Attach it through the recording page, which sends it in pieces."),
        [LARGEST_AT_ONCE_BYTES / 1024 / 1024],
      );
      return;
    }
    button.disabled = true;
    said.textContent = gettext("Sending …");
    try {
      const answer = await send(form, file);
      if (answer.ok) {
        location.hash = "evidence";
        location.reload();
        return;
      }
      said.textContent = await problemOf(answer);
    } catch {
      said.textContent = gettext("There is no connection. Try again.");
    }
    button.disabled = false;
  });
}

for (const form of document.querySelectorAll("form.attach")) enable(form);
