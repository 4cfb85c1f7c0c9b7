/** What lies on the device: keys under their secrets, and rows that say nothing but whose they are. */
import { Dexie } from "../vendor/dexie.mjs";

export const database = new Dexie("cordon");
database.version(1).stores({ vaults: "vault", records: "id, vault", photos: "id, vault, record" });
