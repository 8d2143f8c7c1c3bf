import {test} from 'node:test';
import assert from 'node:assert/strict';
import {along, letters, planes, patientAxes} from './page/geometry.js';

const plain = {shape: [3, 4, 5], steps: [[0, 0, 2], [0, 1, 0], [1, 0, 0]]};

test('names directions of the patient', () => {
  assert.equal(letters([1, 0, 0]), 'L');
  assert.equal(letters([-3, 0, 0]), 'R');
  assert.equal(letters([0, 1, 0]), 'P');
  assert.equal(letters([0, -1, 0]), 'A');
  assert.equal(letters([0, 0, 1]), 'H');
  assert.equal(letters([0, 0, -1]), 'F');
});

test('names an oblique direction by its nearest axes, the nearest first', () => {
  assert.equal(letters([0.1, -0.5, 0.86]), 'HA');
  assert.equal(letters([0.1, 0.1, 0.99]), 'H');
});

test('lays an LPS grid as radiologists look', () => {
  const [axial, coronal, sagittal] = planes(plain);
  assert.deepEqual(axial.edges, {left: 'R', right: 'L', top: 'A', bottom: 'P'});
  assert.deepEqual(coronal.edges, {left: 'R', right: 'L', top: 'H', bottom: 'F'});
  assert.deepEqual(sagittal.edges, {left: 'A', right: 'P', top: 'H', bottom: 'F'});
  assert.deepEqual([axial.through.axis, axial.across.axis, axial.down.axis], [0, 2, 1]);
  assert.equal(coronal.down.isFlipped, true);
  assert.equal(coronal.down.mm, 2);
});

test('lays all 48 orientations alike', () => {
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
  for (const order of orders) {
    for (let signs = 0; signs < 8; signs++) {
      const steps = order.map((axis, n) => [0, 1, 2].map(a => a === axis ? (signs >> n & 1 ? -1 : 1) : 0));
      for (const [plane, expected] of planes({shape: [3, 4, 5], steps}).map((p, n) => [p, planes(plain)[n]])) {
        assert.deepEqual(plane.edges, expected.edges, `${plane.name} of ${JSON.stringify(steps)}`);
      }
    }
  }
});

test('uses no patient axis twice where two array axes lie near the same', () => {
  const s = Math.SQRT1_2;
  assert.deepEqual([...patientAxes([[s, s, 0.01], [s, -s, 0], [0, 0, 1]])].sort(), [0, 1, 2]);
});

test('turns places into indices and back', () => {
  const line = {isFlipped: true, count: 5};
  assert.equal(along(line, 0), 4);
  assert.equal(along(line, along(line, 3)), 3);
});
