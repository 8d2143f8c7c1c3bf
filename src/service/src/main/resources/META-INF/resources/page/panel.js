// What stands beside the pictures: age, kind of result, structures, options, replay.

import {ageLevel, ageText, isBelowLimit, isDistrusted} from './situation.js';
import {sparkline, trend} from './trend.js';

const SIGNS = {live: '●', lost: '✕', stale: '✕', invalid: '✕', ended: '■', waiting: '…', replay: '◀'};
const TRENDS = {rising: '↗ rising', falling: '↘ falling', steady: '→ steady', unknown: ''};
const SPARK = {width: 120, height: 30};
const OPERATOR = 'regstream.operator';

/** What the map called uncertainty may be: a value between none and full, and what its values say. */
const QUANTITIES = {
  'label-entropy': {middle: Math.LN2, words: 'Entropy of the label probabilities, in nats: 0 is certain, 0.69 two labels equally likely.'},
  'expected-error': {middle: 1, words: 'Expected error of the place that labels were carried to, in mm.'},
  'displacement-spread': {middle: 1, words: 'Spread of the members, in mm; it does not rank label errors.'},
};
const FIELDS = {
  'alignment': 'Nothing is deformed: the images fit as they lie.',
  'network': 'Field of the network.',
  'network-fitted': 'Field of the network, fitted to this volume.',
  'fitted': 'Field fitted to this volume alone.',
};

/** @type {(name: string) => any} whatever kind of element it is */
const id = name => document.getElementById(name);

/** @returns {string} who acknowledges; a role, not a person, unless somebody types a name */
export function operator() {
  return id('operator').value.trim() || 'OR display';
}

export class Panel {
  #structures = new Map();
  #linkTimer = 0;

  /** @param {{onOption: Function, onReplay: Function, onLive: Function, onStructure: Function}} listener */
  constructor(listener) {
    this.listener = listener;
    for (const name of ['outlines', 'uncertainty', 'opinion']) {
      id(name).addEventListener('click', () => this.#toggle(name));
    }
    document.addEventListener('keydown', event => this.#key(event));
    id('slider').addEventListener('input', () => listener.onReplay(Number(id('slider').value)));
    id('live').addEventListener('click', () => listener.onLive());
    id('operator').value = localStorage.getItem(OPERATOR) ?? 'OR display';
    id('operator').addEventListener('change', () => localStorage.setItem(OPERATOR, id('operator').value));
  }

  get showsOutlines() {
    return isPressed('outlines');
  }

  get showsUncertainty() {
    return isPressed('uncertainty');
  }

  get showsOpinion() {
    return isPressed('opinion');
  }

  #toggle(name) {
    id(name).setAttribute('aria-pressed', String(!isPressed(name)));
    id('legend').hidden = !this.showsUncertainty;
    this.listener.onOption();
  }

  #key(event) {
    const name = {o: 'outlines', u: 'uncertainty', s: 'opinion'}[event.key.toLowerCase()];
    if (name && event.target.tagName !== 'INPUT' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.#toggle(name);
    } else if (event.key === 'Escape') {
      this.listener.onLive();
    }
  }

  /** The service is there. */
  beat() {
    const link = id('link');
    link.classList.add('beat');
    clearTimeout(this.#linkTimer);
    this.#linkTimer = setTimeout(() => link.classList.remove('beat'), 200);
  }

  /** @param {object} now of situation.js; @param {object} state live and replayed messages, history, open alerts, the service's time */
  show(now, state) {
    const message = state.replay?.message ?? state.live;
    const budgetMs = message ? message.metadata.validUntil - message.metadata.acquiredAt : 0;
    document.body.dataset.situation = now.name;
    document.body.dataset.age = now.name === 'replay' ? 'replay' : now.isCurrent ? ageLevel(now.ageMs, budgetMs) : 'stale';
    document.body.dataset.doubted = String(now.isDoubted);
    document.body.dataset.source = message && now.showsLabels ? message.metadata.source : 'NONE';
    document.title = `${now.headline} – regstream`;
    text('age', ageText(now.ageMs));
    text('age-words', ageWords(now, budgetMs));
    text('headline', now.headline);
    text('detail', now.showsLabels && !this.showsOutlines ? 'Outlines are switched off.' : now.detail);
    text('state-sign', now.isDoubted ? '▲' : SIGNS[now.name]);
    this.#link(now);
    this.#veil(now);
    this.#replay(state);
    if (message) {
      this.#legend(message.metadata);
      this.#origin(message.metadata, now);
      this.#list(message.metadata, now, state);
    }
  }

  #link(now) {
    const isLost = now.name === 'lost';
    id('link').classList.toggle('lost', isLost);
    text('link-text', isLost ? 'Connection lost' : 'Connected');
  }

  #veil(now) {
    id('veil').hidden = now.showsLabels;
    text('veil-title', now.headline);
    text('veil-text', now.detail);
  }

  #replay({history, replay, serviceNow}) {
    const slider = id('slider');
    const last = Math.max(0, history.length - 1);
    slider.disabled = history.length < 2;
    slider.max = String(last);
    slider.value = String(replay ? history.indexAt(replay.message.metadata.acquiredAt) : last);
    id('live').disabled = !replay;
    text('live', replay ? '▶ Back to live' : '● Live');
    const back = message => ageText(Math.max(0, serviceNow - message.metadata.acquiredAt));
    text('replay-text', replay
      ? `${back(replay.message)} ago: not live`
      : history.length < 2 ? 'nothing to replay yet' : `live; drag to look back up to ${back(history.at(0))}`);
  }

  #legend({uncertainty}) {
    const {middle, words} = QUANTITIES[uncertainty.quantity];
    text('legend-full', `${uncertainty.full.toFixed(2)} ${uncertainty.unit}`);
    text('legend-middle', middle.toFixed(2));
    text('legend-words', words);
    id('ticks').children[1].style.left = `${100 * middle / uncertainty.full}%`;
  }

  #origin({labelSource, field, pose}, now) {
    text('origin', !now.showsLabels ? '' : (labelSource === 'refined'
      ? 'Labels refined: carried ones and the network\'s outlines put together.'
      : 'Labels carried: those that were given.') + ` ${FIELDS[field] ?? ''} ${poseText(pose)}`);
  }

  #list(metadata, now, state) {
    if (String([...this.#structures.keys()]) !== String(metadata.structures.map(s => s.name))) {
      this.#structures = new Map(metadata.structures.map(s => [s.name, structureRow(s, this.listener)]));
      id('structures').replaceChildren(...[...this.#structures.values()].map(row => row.root));
    }
    let isPredicted = false;
    for (const structure of metadata.structures) {
      const points = state.history.predictedDice(structure.name).filter(p => p.at <= metadata.acquiredAt);
      const figures = now.showsLabels ? state.history.figures(metadata.volumeId, structure) : null;
      fillRow(this.#structures.get(structure.name), structure, figures, points, state);
      isPredicted ||= typeof figures?.predictedDice === 'number';
    }
    text('structures-note', !now.showsLabels ? 'Nothing is known of what the scanner sees now.'
      : isPredicted ? 'Overlap expected by the ensemble for this volume.'
        : 'The ensemble has predicted no overlap of this volume.');
  }
}

/** @returns {string} how the patient lies, where somebody has looked */
function poseText(pose) {
  switch (pose?.basis) {
    case 'images': return `Turned ${pose.turnedDegrees.toFixed(0)}°, moved ${pose.movedMm.toFixed(0)} mm, as the images show.`;
    case 'headers': return 'Patient coordinates hold: the images confirm them.';
    case 'headers-unconfirmed': return 'By patient coordinates, which the images do not confirm.';
    default: return '';
  }
}

function ageWords(now, budgetMs) {
  if (now.ageMs === null) {
    return '';
  }
  const level = ageLevel(now.ageMs, budgetMs);
  if (now.name === 'replay') {
    return 'ago';
  }
  return now.isCurrent && level === 'fresh' ? 'old' : now.isCurrent ? 'old: growing old' : 'old: do not rely on it';
}

function structureRow(structure, listener) {
  const root = document.createElement('li');
  root.innerHTML = '<button type="button" class="structure"><span class="swatch"></span><span class="name"></span>'
    + '<span class="dice"></span><svg class="spark" aria-hidden="true"><line class="limit"/><polyline/></svg>'
    + '<span class="trend"></span></button>';
  const row = {root};
  for (const part of ['structure', 'swatch', 'name', 'dice', 'spark', 'trend']) {
    row[part] = root.querySelector('.' + part);
  }
  row.swatch.style.backgroundColor = structure.colour;
  row.name.textContent = structure.name;
  row.structure.addEventListener('click', () => listener.onStructure(structure.label));
  row.spark.setAttribute('viewBox', `0 0 ${SPARK.width} ${SPARK.height}`);
  row.spark.querySelector('polyline').style.stroke = structure.colour;
  return row;
}

/**
 * Figures stand large only if they are of the volume on the screen; those of an earlier one are the course, and say how old they are.
 *
 * @param {object|null} figures of this volume; null if it has none
 * @param {Array<{at: number, value: number}>} points predicted of this volume and those before
 * @param {object} state open alerts, the service's time
 */
function fillRow(row, structure, figures, points, state) {
  const value = figures?.predictedDice ?? undefined;
  const limit = structure.minPredictedDice;
  const isLow = figures !== null && isBelowLimit(figures);
  row.root.classList.toggle('low', figures !== null && isDistrusted(figures, state.alerts));
  row.root.classList.toggle('past', value === undefined);
  put(row.dice, figures === null ? 'Dice –' : (value === undefined ? 'Dice –' : `Dice ${value.toFixed(2)}`) + errorText(figures));
  row.structure.title = structureTitle(figures ?? {});
  put(row.trend, value !== undefined ? (isLow ? `below ${limit.toFixed(2)} ` : '') + TRENDS[trend(points)]
    : figures?.verdict?.notJudged ? 'not judged' : earlier(points, state.serviceNow));
  row.spark.querySelector('polyline').setAttribute('points', points.length === 0 ? ''
    : sparkline(points, SPARK.width, SPARK.height, points[0].at, points.at(-1).at));
  const line = row.spark.querySelector('line');
  line.style.display = limit === null ? 'none' : '';
  const y = (1 - (limit ?? 0)) * SPARK.height;
  for (const [name, v] of [['x1', 0], ['x2', SPARK.width], ['y1', y], ['y2', y]]) {
    line.setAttribute(name, String(v));
  }
}

function earlier(points, serviceNow) {
  const last = points.at(-1);
  return last ? `earlier: ${last.value.toFixed(2)}, ${ageText(Math.max(0, serviceNow - last.at))} old` : 'not predicted';
}

/** @returns {string} expected error in millimetres, which says more of an outline than an overlap does */
function errorText({expectedErrorMm}) {
  return typeof expectedErrorMm === 'number' ? `, ±${expectedErrorMm.toFixed(1)} mm` : '';
}

/** @returns {string} what is known of a structure beside what there is room for */
function structureTitle({labelSource, verdict}) {
  const known = verdict?.notJudged ? `not judged: ${verdict.notJudged.feature} is outside of what calibration saw`
    : verdict ? `in 90 % of the cases a Dice of ${verdict.low90.toFixed(2)} to ${verdict.high90.toFixed(2)}` : '';
  return ['Show it', labelSource, known].filter(Boolean).join('; ');
}

function isPressed(name) {
  return id(name).getAttribute('aria-pressed') === 'true';
}

function text(name, value) {
  put(id(name), value);
}

function put(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}
