import {test} from 'node:test';
import assert from 'node:assert/strict';
import {BURSTS, Sound, sounding} from './page/sound.js';

const alert = (priority, more = {}) => ({priority, overSince: null, ...more});

/** Notes what is started and what is cut off; its time is set by hand. */
class Recorder {
  state = 'suspended';
  currentTime = 0;
  started = [];
  cut = 0;

  async resume() {
    this.state = this.isRefused ? 'suspended' : 'running';
  }

  createOscillator() {
    return {frequency: {}, connect: node => node, start: at => this.started.push(at), stop: () => {},
      disconnect: () => this.cut++};
  }

  createGain() {
    return {gain: {setValueAtTime: () => {}, linearRampToValueAtTime: () => {}}, connect: node => node};
  }
}

async function turnedOn(context = new Recorder()) {
  const sound = new Sound(() => context);
  await sound.toggle();
  return {sound, context};
}

test('keeps within the bursts of IEC 60601-1-8: ten pulses as 3, 2, 3, 2; three; two', () => {
  const gaps = ({pulses, lasting}) => pulses.slice(1).map((at, n) => Number((at - pulses[n] - lasting).toFixed(3)));
  assert.deepEqual(gaps(BURSTS.HIGH), [0.1, 0.1, 0.35, 0.1, 0.6, 0.1, 0.1, 0.35, 0.1]);
  assert.deepEqual(gaps(BURSTS.MEDIUM), [0.2, 0.2]);
  assert.deepEqual(gaps(BURSTS.LOW), [0.2]);
  for (const [name, low, high] of [['HIGH', 2.5, 15], ['MEDIUM', 2.5, 30], ['LOW', 15, Infinity]]) {
    const {pulses, lasting, every} = BURSTS[name];
    const silence = every - pulses.at(-1) - lasting;
    assert.ok(silence > low && silence < high, `${name}: ${silence} s between bursts`);
  }
});

test('sounds for what is neither over nor acknowledged, the most urgent alone', () => {
  assert.equal(sounding([], false), null);
  assert.equal(sounding([alert('HIGH'), alert('LOW')], false), 'HIGH');
  assert.equal(sounding([alert('HIGH', {acknowledgement: {by: 'x'}})], false), null);
  assert.equal(sounding([alert('HIGH', {overSince: 5})], false), null);
  assert.equal(sounding([alert('INFORMATION')], false), null);
});

test('sounds when alerts cannot come any more', () => {
  assert.equal(sounding([], true), 'MEDIUM');
  assert.equal(sounding([alert('HIGH')], true), 'HIGH');
});

test('is off, and silent, until somebody turns it on', async () => {
  const context = new Recorder();
  const sound = new Sound(() => context);
  sound.play('HIGH');
  assert.deepEqual([sound.isOn, context.started.length], [false, 0]);
  await sound.toggle();
  sound.play('HIGH');
  assert.deepEqual([sound.isOn, context.started.length], [true, 10]);
});

test('does not say that it is on where the browser refuses', async () => {
  const {sound, context} = await turnedOn(Object.assign(new Recorder(), {isRefused: true}));
  sound.play('HIGH');
  assert.deepEqual([sound.isOn, context.started.length], [false, 0]);
  context.isRefused = false;
  await sound.toggle();
  assert.equal(sound.isOn, true);
});

test('repeats a burst after its time, and changes at once with the priority', async () => {
  const {sound, context} = await turnedOn();
  sound.play('MEDIUM');
  context.currentTime = BURSTS.MEDIUM.every - 0.1;
  sound.play('MEDIUM');
  assert.equal(context.started.length, 3);
  context.currentTime = BURSTS.MEDIUM.every;
  sound.play('MEDIUM');
  assert.deepEqual(context.started.slice(3), [0, 0.4, 0.8].map(at => BURSTS.MEDIUM.every + at));
  sound.play('HIGH');
  assert.equal(context.started.length, 16);
});

test('falls silent at once when an alert is acknowledged or sound is turned off', async () => {
  const {sound, context} = await turnedOn();
  sound.play('HIGH');
  sound.play(null);
  assert.equal(context.cut, 10);
  sound.play('LOW');
  await sound.toggle();
  assert.deepEqual([sound.isOn, context.cut], [false, 12]);
});
