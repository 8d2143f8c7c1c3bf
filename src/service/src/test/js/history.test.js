import {test} from 'node:test';
import assert from 'node:assert/strict';
import {History} from './page/history.js';

const message = (volumeId, acquiredAt, dice) => ({metadata: {volumeId, acquiredAt, structures: [{name: 'a', predictedDice: dice}]}});

test('keeps of one volume the last result', () => {
  const history = new History(60_000, 1e6);
  history.add(message('v1', 1000, null), 10);
  history.add(message('v1', 1000, 0.8), 20);
  assert.deepEqual([history.length, history.bytes], [1, 20]);
  assert.equal(history.at(0).metadata.structures[0].predictedDice, 0.8);
});

test('is bounded in time and in bytes, and keeps the newest whatever its size', () => {
  const history = new History(5000, 100);
  for (let n = 0; n < 50; n++) {
    history.add(message('v' + n, 1000 * n, null), 10);
    assert.ok(history.bytes <= 100);
    assert.ok(history.length <= 6);
  }
  assert.equal(history.at(0).metadata.acquiredAt, 44_000);
  history.add(message('large', 50_000, null), 1000);
  assert.deepEqual([history.length, history.bytes], [1, 1000]);
});

test('finds the place of a time', () => {
  const history = new History(60_000, 1e6);
  [1000, 2000, 3000].forEach(at => history.add(message('v' + at, at, null), 1));
  assert.deepEqual([0, 1000, 2500, 9000].map(at => history.indexAt(at)), [0, 0, 1, 2]);
});

test('collects the predicted Dice where there is one', () => {
  const history = new History(60_000, 1e6);
  [[1000, 0.8], [2000, null], [3000, 0.7]].forEach(([at, dice]) => history.add(message('v' + at, at, dice), 1));
  assert.deepEqual(history.predictedDice('a'), [{at: 1000, value: 0.8}, {at: 3000, value: 0.7}]);
  assert.deepEqual(history.predictedDice('b'), []);
});

test('takes the overlap predicted of a volume that a newer one has followed, as long as it keeps that volume', () => {
  const history = new History(60_000, 1e6);
  [1000, 2000].forEach(at => history.add(message('v' + at, at, null), 1));
  history.assess({volumeId: 'v1000', structures: [{name: 'a', predictedDice: 0.4}]});
  history.assess({volumeId: 'gone', structures: [{name: 'a', predictedDice: 0.1}]});
  assert.deepEqual(history.predictedDice('a'), [{at: 1000, value: 0.4}]);
});
