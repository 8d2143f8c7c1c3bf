import {test} from 'node:test';
import assert from 'node:assert/strict';
import {ageLevel, ageText, isBelowLimit, isDistrusted, SILENCE_MS, situation} from './page/situation.js';

const sure = {name: 'left', predictedDice: 0.9, minPredictedDice: 0.7};
const result = {source: 'ENSEMBLE', acquiredAt: 1000, validUntil: 11_000, structures: [sure]};
const good = {isConnected: true, silentMs: 100, result, withdrawn: null, alerts: [], isEnded: false, serviceNow: 3000, replayed: null};
const of = change => situation({...good, ...change});

test('shows labels of a valid result, and says which network they come from', () => {
  assert.deepEqual([of({}).name, of({}).showsLabels, of({}).headline, of({}).ageMs], ['live', true, 'Checked', 2000]);
  assert.equal(of({result: {...result, source: 'STUDENT'}}).headline, 'First look');
});

test('shows no labels without connection, after silence, when ended, withdrawn, stale, or before the first result', () => {
  const cases = {
    lost: [{isConnected: false}, {silentMs: SILENCE_MS + 1}, {silentMs: Infinity}],
    ended: [{isEnded: true}, {isEnded: true, result: null}],
    invalid: [{withdrawn: {code: 'NO_VALID_REGISTRATION', sentence: 's'}}],
    stale: [{serviceNow: 11_001}, {withdrawn: {code: 'STALE', sentence: 's'}}],
    waiting: [{result: null}],
  };
  for (const [name, changes] of Object.entries(cases)) {
    for (const change of changes) {
      const now = of(change);
      assert.deepEqual([now.name, now.showsLabels, now.isCurrent], [name, false, false], JSON.stringify(change));
    }
  }
});

test('puts a lost connection before everything that it makes doubtful', () => {
  assert.equal(of({isConnected: false, isEnded: true, withdrawn: {code: 'STALE'}, result: null}).name, 'lost');
});

test('says why there is no valid registration, that the picture behind is old, and lets its age grow', () => {
  const withdrawn = {code: 'NO_VALID_REGISTRATION', sentence: 'They do not overlap.'};
  const now = of({withdrawn, serviceNow: 9000});
  assert.deepEqual([now.headline, now.ageMs], ['No valid registration', 8000]);
  assert.equal(now.detail, 'They do not overlap. No outlines are shown; the picture is an old one.');
  const first = of({withdrawn, result: null});
  assert.deepEqual([first.name, first.detail, first.ageMs], ['invalid', 'They do not overlap.', null]);
});

test('never calls a replay current', () => {
  const now = of({replayed: {...result, acquiredAt: 500}, isConnected: false});
  assert.deepEqual([now.name, now.isCurrent, now.ageMs], ['replay', false, 2500]);
});

test('writes ages to be read from afar', () => {
  assert.equal(ageText(null), '–');
  assert.equal(ageText(1449), '1.4 s');
  assert.equal(ageText(42_900), '42 s');
  assert.equal(ageText(192_000), '3 min 12 s');
});

test('warns before a result is too old', () => {
  assert.equal(ageLevel(1000, 9000), 'fresh');
  assert.equal(ageLevel(6001, 9000), 'old');
  assert.equal(ageLevel(9001, 9000), 'stale');
  assert.equal(ageLevel(null, 9000), 'stale');
});

test('does not call a result checked and good that the ensemble doubts', () => {
  const now = of({result: {...result, structures: [sure, {name: 'right', predictedDice: 0.6, minPredictedDice: 0.7}]}});
  assert.deepEqual([now.headline, now.isDoubted, now.showsLabels], ['Checked: doubtful', true, true]);
  assert.match(now.detail, /of: right\.$/);
  assert.equal(of({}).isDoubted, false);
});

test('does not call a result checked and good of which nobody can say how good it is', () => {
  const verdict = {notJudged: {feature: 'similarity', low: 0.5, high: 1}};
  const now = of({result: {...result, structures: [sure, {name: 'right', predictedDice: null, minPredictedDice: 0.7, verdict}]}});
  assert.deepEqual([now.headline, now.isDoubted, now.showsLabels], ['Checked: not judged', true, true]);
  assert.match(now.detail, /of: right\.$/);
});

test('doubts nothing where no overlap is predicted or none is asked for', () => {
  assert.equal(isBelowLimit({predictedDice: null, minPredictedDice: 0.7}), false);
  assert.equal(isBelowLimit({predictedDice: 0.1, minPredictedDice: null}), false);
  assert.equal(isBelowLimit({predictedDice: 0.7, minPredictedDice: 0.7}), false);
});

const doubt = {code: 'LABEL_UNCERTAIN', state: 'ACTIVE', structure: 'left', sentence: 's'};

test('distrusts what an open alert doubts, whatever its figures', () => {
  const right = {...sure, name: 'right'};
  assert.equal(isDistrusted(sure, [doubt]), true);
  assert.equal(isDistrusted(right, [doubt]), false);
  assert.equal(isDistrusted(sure, [{...doubt, state: 'INACTIVE'}, {...doubt, state: 'LATCHED'}]), false);
  assert.equal(isDistrusted(sure, [{...doubt, code: 'PARTLY_COVERED'}, {...doubt, code: 'SUPERSEDED', structure: null}]), false);
  assert.equal(isDistrusted(right, [{...doubt, code: 'FOLDING', structure: null}]), true);
  assert.equal(isDistrusted({...sure, predictedDice: 0.1}, []), true);
});

test('says of a first look, too, that an alert doubts it', () => {
  const now = of({alerts: [doubt], result: {...result, source: 'STUDENT'}});
  assert.deepEqual([now.headline, now.isDoubted, now.showsLabels], ['First look: doubtful', true, true]);
  assert.match(now.detail, /of: left\.$/);
  assert.equal(of({alerts: [doubt]}).headline, 'Checked: doubtful');
});

test('waits for no first result where an older one is told of', () => {
  const stale = {code: 'STALE', state: 'ACTIVE', sentence: '519 s old.'};
  for (const change of [{alerts: [stale]}, {withdrawn: stale}]) {
    const now = of({...change, result: null});
    assert.deepEqual([now.name, now.headline, now.detail], ['stale', 'Nothing to show', '519 s old.']);
  }
  assert.equal(of({alerts: [{...stale, state: 'INACTIVE'}], result: null}).name, 'waiting');
});

test('shows a new result although the alert of the one before is still open', () => {
  assert.equal(of({alerts: [{code: 'STALE', state: 'ACTIVE', sentence: 's'}]}).name, 'live');
});
