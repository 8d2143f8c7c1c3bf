// The page: takes messages, decides by situation.js what may be shown, draws, and tells the service what is on the screen.

import {decode, Type} from './protocol.js';
import {planes} from './geometry.js';
import {ServiceClock, browserTime} from './clock.js';
import {isDistrusted, situation} from './situation.js';
import {History} from './history.js';
import {AlertList} from './alertlist.js';
import {Connection} from './connection.js';
import {View} from './view.js';
import {Panel} from './panel.js';
import {AlertBanner} from './banner.js';
import {Sound, sounding} from './sound.js';
import {chooseProcedure} from './chooser.js';

const TICK_MS = 100;
const REPORT_MS = 2000;
const NOTHING_REPORTED = Object.freeze({eventId: undefined, at: -Infinity});
const REPLAY_MS = 5 * 60 * 1000;
const REPLAY_BYTES = 192 * 1024 * 1024;
/** Somebody who looks at the past and goes away must not leave it on the screen. */
const REPLAY_IDLE_MS = 30_000;
/** Share of the newest picture's grey levels in those that are used: they follow slowly, so that the picture does not flicker. */
const LEVELS_SHARE = 0.2;

class Page {
  #procedure;
  #displayId = 'page-' + [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, '0')).join('');
  #clock = new ServiceClock();
  #history = new History(REPLAY_MS, REPLAY_BYTES);
  #alerts = new AlertList();
  #connection;
  #panel;
  #banner;
  #views;
  #sound = new Sound();
  #live = null;
  #withdrawn = null;
  #isEnded = false;
  #position = null;
  #levels = null;
  #replay = null;
  #reported = NOTHING_REPORTED;
  #isDrawingDue = false;
  #drawn = '';

  constructor(procedure) {
    this.#procedure = procedure;
    const url = new URL(`page/feed/${encodeURIComponent(procedure)}`, document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#connection = new Connection(url.href, buffer => this.#accept(buffer));
    const canvases = /** @type {HTMLCanvasElement[]} */ ([...document.querySelectorAll('.view canvas')]);
    this.#views = canvases.map(canvas => new View(canvas, position => this.#move(position)));
    this.#panel = new Panel({onOption: () => this.#redraw(), onReplay: index => this.#goTo(index), onLive: () => this.#goLive(),
      onStructure: label => this.#moveTo(label)});
    this.#banner = new AlertBanner(procedure);
    new ResizeObserver(() => this.#redraw()).observe(document.getElementById('views'));
    enlargeable(canvases, () => this.#redraw());
    document.getElementById('sound').addEventListener('click', () => this.#sound.toggle().finally(() => this.#hear()));
  }

  start() {
    document.getElementById('procedure').textContent = `Procedure ${this.#procedure}`;
    document.getElementById('display').hidden = false;
    this.#connection.open();
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener('visibilitychange', () => document.hidden && this.#onHidden());
    window.addEventListener('pagehide', () => this.#onHidden());
    this.#tick();
  }

  /** A message that is not understood must never leave an old picture looking new: its connection is as good as lost. */
  #accept(buffer) {
    let message;
    try {
      message = decode(buffer);
    } catch (e) {
      document.getElementById('link-text').textContent = e.message;
      throw e;
    }
    const metadata = message.metadata;
    switch (message.type) {
      case Type.RESULT:
        this.#onResult(message, buffer.byteLength);
        break;
      case Type.WITHDRAWN:
        this.#withdrawn = metadata;
        this.#tick();
        break;
      case Type.ALERT:
        this.#banner.say(metadata.alert, this.#alerts.accept(metadata.alert, this.#now));
        this.#tick();
        break;
      case Type.HEARTBEAT:
        this.#clock.observe(metadata.now, browserTime());
        this.#panel.beat();
        break;
      case Type.END:
        this.#onEnd();
        break;
      case Type.FIGURES:
        this.#history.assess(metadata);
        this.#redraw();
        break;
    }
  }

  #onResult(message, bytes) {
    this.#connection.send({type: 'received'});
    this.#isEnded = false;
    this.#withdrawn = null;
    this.#adoptGrid(message);
    this.#live = message;
    this.#history.add(message, bytes);
    this.#follow(message.metadata.image);
    this.#redraw();
  }

  #onEnd() {
    this.#isEnded = true;
    this.#live = null;
    this.#alerts.clear();
    this.#tick();
  }

  /** Another grid: the old crosshair and the old pictures mean nothing on it. */
  #adoptGrid(message) {
    const before = this.#live?.metadata.grid.shape ?? this.#history.at(0)?.metadata.grid.shape;
    const shape = message.metadata.grid.shape;
    if (this.#position === null || String(before) !== String(shape)) {
      this.#history.clear();
      this.#goLive();
      this.#position = middle(message) ?? shape.map(n => n >> 1);
      this.#levels = null;
    }
  }

  #follow({black, white}) {
    const mix = (old, fresh) => old + LEVELS_SHARE * (fresh - old);
    this.#levels = this.#levels
      ? {black: mix(this.#levels.black, black), white: mix(this.#levels.white, white)}
      : {black, white};
  }

  get #now() {
    return this.#clock.at(browserTime());
  }

  get #situation() {
    return situation({isConnected: this.#connection.isOpen, silentMs: this.#connection.silentMs,
      result: this.#live?.metadata ?? null, withdrawn: this.#withdrawn, alerts: this.#alerts.sorted(), isEnded: this.#isEnded,
      serviceNow: this.#now, replayed: this.#replay?.message.metadata ?? null});
  }

  /** Alerts speak of the present. */
  get #state() {
    return {live: this.#live, replay: this.#replay, history: this.#history, alerts: this.#replay ? [] : this.#alerts.sorted(),
      serviceNow: this.#now};
  }

  #tick() {
    this.#connection.watch();
    if (this.#replay && performance.now() - this.#replay.touchedAt > REPLAY_IDLE_MS) {
      this.#goLive();
    }
    const now = this.#situation;
    this.#alerts.sweep(this.#now);
    this.#banner.show(this.#alerts.sorted(), this.#now);
    this.#hear();
    this.#panel.show(now, this.#state);
    if (look(now) !== this.#drawn || performance.now() - this.#reported.at > REPORT_MS) {
      this.#redraw();
    }
  }

  /** What the button says is what the browser does. */
  #hear() {
    this.#sound.play(sounding(this.#alerts.sorted(), this.#situation.name === 'lost'));
    const button = document.getElementById('sound');
    button.textContent = this.#sound.isOn ? 'Sound on' : 'Sound off';
    button.classList.toggle('on', this.#sound.isOn);
  }

  #redraw() {
    if (!this.#isDrawingDue) {
      this.#isDrawingDue = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#isDrawingDue = false;
    const now = this.#situation;
    this.#drawn = look(now);
    const message = this.#replay?.message ?? this.#live;
    if (!message) {
      this.#views.forEach(view => view.clear());
      this.#report();
      return;
    }
    const {alerts} = this.#state;
    const {volumeId, structures} = message.metadata;
    const distrusted = new Set(structures.filter(s => isDistrusted(this.#history.figures(volumeId, s), alerts)).map(s => s.label));
    planes(message.metadata.grid).forEach((plane, index) => this.#views[index].draw({message, plane,
      position: this.#position, levels: this.#levels, showsLabels: now.showsLabels,
      showsOutlines: this.#panel.showsOutlines, showsUncertainty: this.#panel.showsUncertainty,
      showsOpinion: this.#panel.showsOpinion, distrusted,
      isFirstLook: message.metadata.source === 'STUDENT'}));
    this.#panel.show(now, this.#state);
    this.#report(now.showsLabels ? message.metadata.eventId : undefined);
  }

  /** Says what is on the screen when that changes and every few seconds, after the frame that shows it has been handed on. */
  #report(eventId) {
    if (eventId === this.#reported.eventId && performance.now() - this.#reported.at < REPORT_MS) {
      return;
    }
    this.#reported = {eventId, at: performance.now()};
    const channel = new MessageChannel();
    channel.port1.onmessage = () => this.#connection.send(
        {type: 'shown', displayId: this.#displayId, eventId, at: browserTime()});
    channel.port2.postMessage(null);
  }

  /** Nobody sees a page that is closed or hidden: the service must not wait for what it shows. */
  #onHidden() {
    this.#reported = NOTHING_REPORTED;
    this.#connection.send({type: 'closed', displayId: this.#displayId, at: browserTime()});
  }

  #move(position) {
    this.#position = position;
    this.#touchReplay();
    this.#redraw();
  }

  #moveTo(label) {
    const message = this.#replay?.message ?? this.#live;
    const place = message && middle(message, label);
    if (place) {
      this.#move(place);
    }
  }

  #touchReplay() {
    if (this.#replay) {
      this.#replay.touchedAt = performance.now();
    }
  }

  #goTo(index) {
    if (index >= this.#history.length - 1) {
      this.#goLive();
    } else {
      this.#replay = {message: this.#history.at(index), touchedAt: performance.now()};
      this.#tick();
      this.#redraw();
    }
  }

  #goLive() {
    if (this.#replay) {
      this.#replay = null;
      this.#tick();
      this.#redraw();
    }
  }
}

/** @returns {string} changes when what is drawn must change with nothing new come */
function look(now) {
  return [now.name, now.showsLabels, now.headline, now.detail].join(' ');
}

/** @returns {number[]|null} the middle of a label's voxels, of all labels' without one; null if there are none */
function middle({metadata, blocks}, label) {
  const {shape, values} = blocks.labels;
  const sum = [0, 0, 0];
  let count = 0;
  for (let k = 0, x = 0; k < shape[0]; k++) {
    for (let j = 0; j < shape[1]; j++) {
      for (let i = 0; i < shape[2]; i++, x++) {
        if (label === undefined ? values[x] !== 0 : values[x] === label) {
          sum[0] += k;
          sum[1] += j;
          sum[2] += i;
          count++;
        }
      }
    }
  }
  return count === 0 ? null : sum.map((total, axis) => metadata.box.from[axis] + Math.round(total / count));
}

function enlargeable(canvases, onChange) {
  for (const canvas of canvases) {
    const view = canvas.parentElement;
    view.querySelector('.enlarge').addEventListener('click', () => {
      const main = /** @type {HTMLElement} */ (document.querySelector('.view[data-place="main"]'));
      main.dataset.place = view.dataset.place;
      view.dataset.place = 'main';
      onChange();
    });
  }
}

chooseProcedure().then(procedure => new Page(procedure).start());
