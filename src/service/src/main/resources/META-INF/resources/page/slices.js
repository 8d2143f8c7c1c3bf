// Planes out of volumes.

/**
 * @param {{shape: number[], values: ArrayLike<number>}} volume [D, H, W] of the part of the grid that starts at `from`
 * @param {number[]} from first index [k, j, i] of the part
 * @param {object} plane of geometry.planes
 * @param {number} index of the slice on the whole grid
 * @param {number} outside value where the part has none
 * @returns {{width: number, height: number, values: Float32Array}} as on the screen, rows from top to bottom
 */
export function slice(volume, from, plane, index, outside) {
  const {across, down, through} = plane;
  const width = across.count;
  const height = down.count;
  const values = new Float32Array(width * height).fill(outside);
  const at = index - from[through.axis];
  if (at < 0 || at >= volume.shape[through.axis]) {
    return {width, height, values};
  }
  const strides = [volume.shape[1] * volume.shape[2], volume.shape[2], 1];
  const columns = span(across, from, volume.shape);
  const rows = span(down, from, volume.shape);
  for (let y = rows.first; y <= rows.last; y++) {
    let source = at * strides[through.axis] + offset(down, from, y) * strides[down.axis]
        + offset(across, from, columns.first) * strides[across.axis];
    const step = across.isFlipped ? -strides[across.axis] : strides[across.axis];
    for (let x = columns.first; x <= columns.last; x++, source += step) {
      values[y * width + x] = volume.values[source];
    }
  }
  return {width, height, values};
}

/** Places on the screen that the part covers. */
function span(line, from, shape) {
  const low = from[line.axis];
  const high = low + shape[line.axis] - 1;
  return line.isFlipped
      ? {first: line.count - 1 - high, last: line.count - 1 - low}
      : {first: low, last: high};
}

function offset(line, from, place) {
  return (line.isFlipped ? line.count - 1 - place : place) - from[line.axis];
}
