/** Shapes on the sphere, as GeoJSON coordinates. The map is read by eye: the ellipsoid would change no pixel. */

const RADIUS_M = 6_371_008.8;
const CORNERS = 64;
const LOOP_M = 120_000;
const LOOP_DEGREES = 1.08;
const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (angle) => (angle * 180) / Math.PI;

/** @typedef {[number, number]} Position longitude and latitude */

/**
 * Return the ring of all that lies so far from a position.
 * @param {Position} centre
 * @param {number} radius_m
 * @returns {Position[]}
 */
export function ringAround([longitude, latitude], radius_m) {
  // Beyond a quarter of the Earth a ring closes on the other side.
  const angle = Math.min(radius_m / RADIUS_M, Math.PI / 2);
  const from = radians(latitude);
  return Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const bearing = (2 * Math.PI * corner) / CORNERS;
    const sine = Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(bearing);
    const east = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(from),
      Math.cos(angle) - Math.sin(from) * sine,
    );
    return [longitude + degrees(east), degrees(Math.asin(Math.max(-1, Math.min(1, sine))))];
  });
}

/**
 * Return a line that leaves the straight one to its right, so that the way there and the way back lie apart.
 * @param {Position} from
 * @param {Position} to
 * @returns {Position[]}
 */
export function bow(from, to) {
  // The shorter way round, over the antimeridian where that is it.
  const turn = to[0] - from[0] > 180 ? -360 : to[0] - from[0] < -180 ? 360 : 0;
  const end = [to[0] + turn, to[1]];
  const [dx, dy] = [end[0] - from[0], end[1] - from[1]];
  // Within one State there is no line; a loop says that there is a way.
  if (dx === 0 && dy === 0) return ringAround([from[0], from[1] + LOOP_DEGREES], LOOP_M);
  const middle = [from[0] + dx / 2 + dy * 0.2, from[1] + dy / 2 - dx * 0.2];
  const steps = Math.max(8, Math.min(48, Math.round(Math.hypot(dx, dy))));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const t = step / steps;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    const latitude = a * from[1] + b * middle[1] + c * end[1];
    return [a * from[0] + b * middle[0] + c * end[0], Math.max(-85, Math.min(85, latitude))];
  });
}
