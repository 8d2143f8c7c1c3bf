// The sound of alerts: bursts of pulses by priority, after IEC 60601-1-8. Off until a person turns it on, as browsers demand.

import {isSeen} from './alertlist.js';

/**
 * When the pulses of a burst begin, how long each lasts, and from one burst to the next; seconds. High: ten pulses as three and two, twice, 0.1 s
 * apart (0.35 s after the third, 0.6 s after the fifth); medium: three, 0.2 s apart; low: two.
 */
export const BURSTS = Object.freeze({
  HIGH: {pulses: [0, 0.25, 0.5, 1, 1.25, 2, 2.25, 2.5, 3, 3.25], lasting: 0.15, every: 8.4},
  MEDIUM: {pulses: [0, 0.4, 0.8], lasting: 0.2, every: 11},
  LOW: {pulses: [0, 0.4], lasting: 0.2, every: 20.6},
});

/** A sawtooth has all harmonics: heard above the room's noise, and where it comes from. */
const SHAPE = 'sawtooth';
const HERTZ = 440;
const LOUDNESS = 0.25;
const RISE_S = 0.02;

/**
 * @param {Array<object>} alerts the most urgent unseen one first; @param {boolean} isLost whether alerts cannot come any more
 * @returns {'HIGH'|'MEDIUM'|'LOW'|null} what is to be heard: nothing of what is over or acknowledged
 */
export function sounding(alerts, isLost) {
  const first = alerts[0];
  const priority = first && first.overSince === null && !isSeen(first) && first.priority in BURSTS ? first.priority : null;
  return isLost && priority !== 'HIGH' ? 'MEDIUM' : priority;
}

export class Sound {
  #createContext;
  #context = null;
  #isWanted = false;
  #burst = null;

  /** @param {() => AudioContext} createContext called when sound is first turned on */
  constructor(createContext = () => new AudioContext()) {
    this.#createContext = createContext;
  }

  /** Whether bursts are heard, as far as the browser tells. */
  get isOn() {
    return this.#isWanted && this.#context?.state === 'running';
  }

  /** To be called from a touch or a key, else the browser leaves it off. */
  async toggle() {
    this.#isWanted = !this.isOn;
    if (this.#isWanted) {
      this.#context ??= this.#createContext();
      await this.#context.resume();
    } else {
      this.#silence();
    }
  }

  /** To be called a few times a second. @param {'HIGH'|'MEDIUM'|'LOW'|null} priority of what asks for attention; null: silence, at once */
  play(priority) {
    if (!this.isOn || priority === null) {
      this.#silence();
    } else if (this.#burst?.priority !== priority || this.#context.currentTime >= this.#burst.next) {
      this.#silence();
      this.#begin(priority);
    }
  }

  #begin(priority) {
    const {pulses, lasting, every} = BURSTS[priority];
    const now = this.#context.currentTime;
    this.#burst = {priority, next: now + every, pulses: pulses.map(at => this.#pulse(now + at, lasting))};
  }

  #pulse(at, lasting) {
    const oscillator = this.#context.createOscillator();
    const gain = this.#context.createGain();
    oscillator.type = SHAPE;
    oscillator.frequency.value = HERTZ;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(LOUDNESS, at + RISE_S);
    gain.gain.setValueAtTime(LOUDNESS, at + lasting - RISE_S);
    gain.gain.linearRampToValueAtTime(0, at + lasting);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(at);
    oscillator.stop(at + lasting);
    return oscillator;
  }

  #silence() {
    this.#burst?.pulses.forEach(pulse => pulse.disconnect());
    this.#burst = null;
  }
}
