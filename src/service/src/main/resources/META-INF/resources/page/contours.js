// Outlines of labels: marching squares between voxel centres, half-way, so that an outline lies within half a voxel of its label.

// For each of the 16 cases of a cell (bit 0 top left, 1 top right, 2 bottom right, 3 bottom left) the edges that are joined:
// 0 top, 1 right, 2 bottom, 3 left. The two saddles keep their corners apart.
const SEGMENTS = [[], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], [[3, 0], [1, 2]], [[0, 2]], [[3, 2]],
  [[2, 3]], [[2, 0]], [[0, 1], [2, 3]], [[2, 1]], [[1, 3]], [[1, 0]], [[0, 3]], []];
const MIDDLES = [[0.5, 0], [1, 0.5], [0.5, 1], [0, 0.5]];

/**
 * @param {{width: number, height: number, values: ArrayLike<number>}} slice
 * @param {number} label
 * @returns {Float32Array} segments as x1, y1, x2, y2; voxel centres have whole coordinates. A label at the border is closed half a voxel
 *     outside.
 */
export function outline({width, height, values}, label) {
  const inside = (x, y) => x >= 0 && y >= 0 && x < width && y < height && values[y * width + x] === label ? 1 : 0;
  const points = [];
  for (let y = -1; y < height; y++) {
    let left = inside(-1, y) | inside(-1, y + 1) << 3;
    for (let x = -1; x < width; x++) {
      const right = inside(x + 1, y) << 1 | inside(x + 1, y + 1) << 2;
      for (const [a, b] of SEGMENTS[left | right]) {
        points.push(x + MIDDLES[a][0], y + MIDDLES[a][1], x + MIDDLES[b][0], y + MIDDLES[b][1]);
      }
      left = (right >> 1 & 1) | (right >> 2 & 1) << 3;
    }
  }
  return Float32Array.from(points);
}
