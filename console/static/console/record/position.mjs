/** The position of the device, and what makes it doubtful: it may be old, guessed or false. */

// Faster than any aircraft that a post meets.
const FASTEST_M_S = 300;
const OLD_MS = 60_000;
const COARSE_M = 1_000;
const EARTH_M = 6_371_008.8;
// A receiver trembles in the sixth decimal; one that never does is being told what to say.
const SAME_READINGS = 3;
const MOMENTS_MS = 2_500;

/**
 * @typedef {{latitude: number, longitude: number, accuracy_m: number | null, at: number}} Reading
 * `at` in milliseconds since 1970, as the receiver says.
 */

/** Return what the receiver says within a few moments; raises what the device answers where it has no position. */
export function readings(count = SAME_READINGS) {
  const found = /** @type {Reading[]} */ ([]);
  return new Promise((resolve, reject) => {
    const end = (/** @type {() => void} */ how) => {
      navigator.geolocation.clearWatch(watch);
      how();
    };
    const watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        if (found.length === 0) setTimeout(() => end(() => resolve(found)), MOMENTS_MS);
        found.push({
          latitude: Number(coords.latitude.toFixed(7)),
          longitude: Number(coords.longitude.toFixed(7)),
          accuracy_m: Number.isFinite(coords.accuracy) && coords.accuracy > 0 ? Math.ceil(coords.accuracy) : null,
          at: timestamp,
        });
        if (found.length === count) end(() => resolve(found));
      },
      (error) => found.length === 0 && end(() => reject(error)),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    );
  });
}

/**
 * Return what is doubtful of readings taken in a row, by name, weighed against where the device was last.
 * @param {Reading[]} taken
 * @param {Reading | null} earlier
 * @param {number} now
 * @returns {string[]}
 */
export function doubts(taken, earlier, now) {
  const last = taken[taken.length - 1];
  const named = {
    no_accuracy: last.accuracy_m === null,
    coarse: last.accuracy_m !== null && last.accuracy_m > COARSE_M,
    old: now - last.at > OLD_MS,
    ahead: last.at - now > OLD_MS,
    jump: earlier !== null && last.at > earlier.at && speed(earlier, last) > FASTEST_M_S,
    unchanging:
      (taken.length >= SAME_READINGS && taken.every((each) => isSame(each, last))) ||
      (earlier !== null && earlier.at !== last.at && isSame(earlier, last)),
    nowhere: last.latitude === 0 && last.longitude === 0,
  };
  return Object.keys(named).filter((name) => named[name]);
}

function isSame(one, other) {
  return one.latitude === other.latitude && one.longitude === other.longitude;
}

function speed(one, other) {
  return (distance_m(one, other) - (one.accuracy_m ?? 0) - (other.accuracy_m ?? 0)) / ((other.at - one.at) / 1000);
}

/** Return the distance of two positions on a sphere, in metres. */
export function distance_m(/** @type {Reading} */ one, /** @type {Reading} */ other) {
  const [north, south] = [radians(one.latitude), radians(other.latitude)];
  const [up, across] = [south - north, radians(other.longitude - one.longitude)];
  const chord = Math.sin(up / 2) ** 2 + Math.cos(north) * Math.cos(south) * Math.sin(across / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
