/** Digits that check the others: what is typed wrong shows at once. A false one is kept, for hulls carry false ones. */

/** Return whether an IMO number's last digit fits; null while it is no seven digits yet. */
export function imoFits(/** @type {string} */ typed) {
  const digits = typed.toUpperCase().replace(/^IMO/, "").replaceAll(/\D/g, "");
  if (digits.length !== 7) return null;
  const sum = [...digits.slice(0, 6)].reduce((total, digit, n) => total + Number(digit) * (7 - n), 0);
  return sum % 10 === Number(digits[6]);
}

/** Return whether a container number's last digit fits (ISO 6346); null while it is no container number yet. */
export function containerFits(/** @type {string} */ typed) {
  const code = typed.toUpperCase().replaceAll(/[\s./-]/g, "");
  if (!/^[A-Z]{4}\d{7}$/.test(code)) return null;
  const sum = [...code.slice(0, 10)].reduce((total, sign, n) => total + valueOf(sign) * 2 ** n, 0);
  return (sum % 11) % 10 === Number(code[10]);
}

/** Letters count from 10, and the multiples of eleven are left out. */
function valueOf(sign) {
  if (/\d/.test(sign)) return Number(sign);
  const place = sign.charCodeAt(0) - 65 + 10;
  return place + Math.floor((place - 1) / 10);
}
