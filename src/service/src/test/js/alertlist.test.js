import {test} from 'node:test';
import assert from 'node:assert/strict';
import {AlertList, FAREWELL_MS} from './page/alertlist.js';

const event = (code, priority, more = {}) => ({code, priority, phase: 'RAISED', state: 'ACTIVE', alertId: code,
  since: '2026-11-21T08:00:00Z', sentence: code + ' happened.', ...more});

test('puts the most urgent unseen alert first, acknowledged ones behind, those that are over last', () => {
  const list = new AlertList();
  list.accept(event('A', 'LOW'), 0);
  list.accept(event('B', 'HIGH', {acknowledgement: {by: 'x', until: '2026-11-21T09:00:00Z'}}), 0);
  list.accept(event('C', 'MEDIUM'), 0);
  list.accept(event('D', 'HIGH'), 0);
  list.accept(event('D', 'HIGH', {state: 'INACTIVE', phase: 'CLEARED'}), 1);
  assert.deepEqual(list.sorted().map(a => a.code), ['C', 'A', 'B', 'D']);
});

test('speaks of what is new, not of repeats', () => {
  const list = new AlertList();
  assert.equal(list.accept(event('A', 'HIGH'), 0), 'High priority: A happened.');
  assert.equal(list.accept(event('A', 'HIGH', {phase: 'CONTINUED'}), 1), '');
  assert.equal(list.accept(event('A', 'HIGH', {phase: 'ESCALATED'}), 2), 'High priority: A happened.');
  assert.equal(list.accept(event('A', 'HIGH', {state: 'INACTIVE'}), 3), 'Over: A happened.');
});

test('tells a late joiner of an alert that only continues', () => {
  assert.equal(new AlertList().accept(event('A', 'HIGH', {phase: 'CONTINUED'}), 0), 'High priority: A happened.');
});

test('lets go of an alert some time after its end, and of an end without a beginning at once', () => {
  const list = new AlertList();
  list.accept(event('A', 'LOW', {state: 'INACTIVE'}), 0);
  assert.equal(list.sorted().length, 0);
  list.accept(event('A', 'LOW'), 0);
  list.accept(event('A', 'LOW', {state: 'INACTIVE'}), 1000);
  list.sweep(1000 + FAREWELL_MS);
  assert.equal(list.sorted().length, 1);
  list.sweep(1001 + FAREWELL_MS);
  assert.equal(list.sorted().length, 0);
});

test('keeps a latched alert', () => {
  const list = new AlertList();
  list.accept(event('A', 'HIGH'), 0);
  list.accept(event('A', 'HIGH', {state: 'LATCHED', phase: 'UPDATED'}), 1);
  list.sweep(1e9);
  assert.equal(list.sorted()[0].overSince, null);
});

test('keeps the same code of two structures apart', () => {
  const list = new AlertList();
  list.accept(event('A', 'LOW', {structure: 'left'}), 0);
  list.accept(event('A', 'LOW', {structure: 'right'}), 0);
  assert.equal(list.sorted().length, 2);
});
