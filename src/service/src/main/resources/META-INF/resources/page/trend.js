// How a figure develops.

const RECENT = 5;
const NOTABLE = 0.02;

/**
 * @param {Array<{value: number}>} points oldest first
 * @returns {'rising'|'falling'|'steady'|'unknown'} the last five against all before them; unknown where the newest says the opposite
 */
export function trend(points) {
  if (points.length < 2 * RECENT) {
    return 'unknown';
  }
  const before = mean(points.slice(0, -RECENT));
  const difference = mean(points.slice(-RECENT)) - before;
  if (Math.abs(difference) < NOTABLE) {
    return 'steady';
  }
  const isConfirmed = (points.at(-1).value - before) * difference > 0;
  return !isConfirmed ? 'unknown' : difference > 0 ? 'rising' : 'falling';
}

function mean(points) {
  return points.reduce((sum, point) => sum + point.value, 0) / points.length;
}

/** @returns {string} points of an SVG polyline in a box of the given size; values lie in [0, 1] of its height from the bottom */
export function sparkline(points, width, height, from, to) {
  const span = Math.max(1, to - from);
  return points.map(({at, value}) =>
    `${((at - from) / span * width).toFixed(1)},${((1 - value) * height).toFixed(1)}`).join(' ');
}
