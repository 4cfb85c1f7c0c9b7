/** Who opens what is kept on the device, and by what. */
import * as vaults from "./vault.mjs";
import { byId, say } from "./words.mjs";

/**
 * Ask until an officer's key is open.
 * @param {string} signedIn The user name, or nothing where no line says who it is.
 * @param {boolean} needsPassphrase
 * @returns {Promise<{vault: vaults.Vault, officer: string}>}
 */
export async function pass(signedIn, needsPassphrase) {
  const officer = signedIn || (await answered("gate-name", () => byId("gate-officer").value.trim()));
  const name = await vaults.vaultOf(officer);
  for (;;) {
    const kind = await vaults.kindOf(name);
    if (kind === null) return { officer, vault: await vaults.make(name, ...(await chosen(needsPassphrase))) };
    const opened = await opening(name, kind);
    if (opened === null) continue;
    const { vault, secret } = opened;
    if (needsPassphrase && kind === "pin") await vaults.change(name, secret, ...(await chosen(true)));
    return { officer, vault };
  }
}

async function opening(name, kind) {
  const secret = await answered("gate-open", () => byId("gate-key").value, kind);
  try {
    return { vault: await vaults.open(name, secret), secret };
  } catch (error) {
    byId("gate-key").value = "";
    if (error instanceof vaults.WrongSecret) {
      const sentence = ngettext("That is not it. %(left)s entry is left.", "That is not it. %(left)s entries are left.", error.left);
      trouble(say(sentence, { left: error.left }));
    } else if (error instanceof vaults.KeyGone) {
      trouble(gettext("Too many wrong entries: the key is gone, and with it what had not been sent. Choose a new one."));
    } else throw error;
    return null;
  }
}

/** Return a new secret that is long enough and was written twice the same, and its kind. */
async function chosen(needsPassphrase) {
  const kind = needsPassphrase ? "passphrase" : "pin";
  for (;;) {
    const entries = () => [byId("gate-secret").value, byId("gate-again").value];
    const [secret, again] = await answered("gate-new", entries, kind);
    if (!vaults.isFit(secret, kind)) {
      trouble(say(gettext("Take at least %(number)s signs, not all the same."), { number: vaults.SHORTEST[kind] }));
    } else if (secret !== again) trouble(gettext("The two entries are not the same."));
    else {
      trouble("");
      return /** @type {const} */ ([secret, kind]);
    }
  }
}

/** Show one form of the gate and return what it was answered with. */
function answered(id, read, kind = "pin") {
  byId("gate").dataset.kind = kind;
  for (const form of byId("gate").querySelectorAll("form")) form.hidden = form.id !== id;
  const secrets = byId(id).querySelectorAll("[type=password]");
  for (const field of secrets) field.inputMode = kind === "pin" ? "numeric" : "text";
  byId("gate").hidden = false;
  byId(id).querySelector("input").focus();
  return new Promise((resolve) => {
    const answer = (event) => {
      event.preventDefault();
      resolve(read());
    };
    byId(id).addEventListener("submit", answer, { once: true });
  });
}

function trouble(text) {
  byId("gate-trouble").textContent = text;
}
