import {test} from 'node:test';
import assert from 'node:assert/strict';
import {outline} from './page/contours.js';

const grid = rows => ({width: rows[0].length, height: rows.length, values: rows.flat()});

/** How often each point is an end: 2 everywhere on closed lines. */
function ends(segments) {
  const count = new Map();
  for (let s = 0; s < segments.length; s += 2) {
    const point = `${segments[s]},${segments[s + 1]}`;
    count.set(point, (count.get(point) ?? 0) + 1);
  }
  return count;
}

test('draws a diamond around a single voxel, half-way to its neighbours', () => {
  const points = ends(outline(grid([[0, 0, 0], [0, 5, 0], [0, 0, 0]]), 5));
  assert.deepEqual([...points.keys()].sort(), ['0.5,1', '1,0.5', '1,1.5', '1.5,1']);
});

test('closes lines at the border and at saddles', () => {
  for (const rows of [[[1, 1], [1, 1]], [[1, 0], [0, 1]], [[0, 1], [1, 0]], [[1, 1, 1], [1, 0, 1], [1, 1, 1]]]) {
    for (const [point, n] of ends(outline(grid(rows), 1))) {
      assert.equal(n, 2, `${point} of ${JSON.stringify(rows)}`);
    }
  }
});

test('separates inside from outside: every line crosses between a voxel of the label and one that is not', () => {
  const rows = Array.from({length: 9}, (_, y) => Array.from({length: 11}, (_, x) => (x * 7 + y * 5 + x * y) % 3));
  const at = (x, y) => rows[y]?.[x] === 1;
  const segments = outline(grid(rows), 1);
  assert.ok(segments.length > 0);
  for (let s = 0; s < segments.length; s += 2) {
    const [x, y] = [segments[s], segments[s + 1]];
    const [a, b] = Number.isInteger(x) ? [at(x, y - 0.5), at(x, y + 0.5)] : [at(x - 0.5, y), at(x + 0.5, y)];
    assert.notEqual(a, b, `${x},${y}`);
  }
});

test('draws nothing where the label is not', () => {
  assert.equal(outline(grid([[2, 2], [2, 2]]), 1).length, 0);
});
