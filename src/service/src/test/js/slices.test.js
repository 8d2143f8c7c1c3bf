import {test} from 'node:test';
import assert from 'node:assert/strict';
import {planes} from './page/geometry.js';
import {slice} from './page/slices.js';

// [2, 2, 3], value 100 k + 10 j + i
const shape = [2, 2, 3];
const values = Float32Array.from({length: 12}, (_, x) => 100 * Math.floor(x / 6) + 10 * (Math.floor(x / 3) % 2) + x % 3);
const volume = {shape, values};
const steps = [[0, 0, 1], [0, 1, 0], [1, 0, 0]];
const rows = ({width, height, values: v}) => Array.from({length: height}, (_, y) => [...v.slice(y * width, (y + 1) * width)]);

test('cuts each plane of an LPS grid', () => {
  const [axial, coronal, sagittal] = planes({shape, steps});
  assert.deepEqual(rows(slice(volume, [0, 0, 0], axial, 1, -1)), [[100, 101, 102], [110, 111, 112]]);
  assert.deepEqual(rows(slice(volume, [0, 0, 0], coronal, 0, -1)), [[100, 101, 102], [0, 1, 2]]);
  assert.deepEqual(rows(slice(volume, [0, 0, 0], sagittal, 2, -1)), [[102, 112], [2, 12]]);
});

test('turns flipped axes round', () => {
  const [axial] = planes({shape, steps: [[0, 0, 1], [0, -1, 0], [-1, 0, 0]]});
  assert.deepEqual(rows(slice(volume, [0, 0, 0], axial, 0, -1)), [[12, 11, 10], [2, 1, 0]]);
});

test('puts a part where it belongs, also on flipped axes', () => {
  const part = {shape: [1, 1, 2], values: Float32Array.from([7, 8])};
  const [plain] = planes({shape, steps});
  const [flipped] = planes({shape, steps: [[0, 0, 1], [0, -1, 0], [-1, 0, 0]]});
  assert.deepEqual(rows(slice(part, [1, 0, 1], plain, 1, 0)), [[0, 7, 8], [0, 0, 0]]);
  assert.deepEqual(rows(slice(part, [1, 0, 1], flipped, 1, 0)), [[0, 0, 0], [8, 7, 0]]);
  assert.deepEqual(rows(slice(part, [1, 0, 1], plain, 0, 0)), [[0, 0, 0], [0, 0, 0]]);
});

test('finds nothing in an empty part', () => {
  const [axial] = planes({shape, steps});
  assert.deepEqual(rows(slice({shape: [0, 0, 0], values: new Float32Array(0)}, [0, 0, 0], axial, 0, 9)), [[9, 9, 9], [9, 9, 9]]);
});
