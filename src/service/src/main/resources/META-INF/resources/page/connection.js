// The WebSocket: tells of messages, notices silence, connects again.

import {SILENCE_MS} from './situation.js';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 2000;

export class Connection {
  #url;
  #onMessage;
  #socket = null;
  #retryMs = FIRST_RETRY_MS;
  #lastHeard = -Infinity;
  #openedAt = -Infinity;

  /** @param {string} url; @param {(buffer: ArrayBuffer, socket: object) => void} onMessage must not throw */
  constructor(url, onMessage) {
    this.#url = url;
    this.#onMessage = onMessage;
  }

  open() {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#openedAt = performance.now();
    socket.onmessage = event => {
      if (socket === this.#socket) {
        this.#lastHeard = performance.now();
        this.#retryMs = FIRST_RETRY_MS;
        this.#onMessage(event.data);
      }
    };
    socket.onclose = () => this.#retry(socket);
  }

  /** To be called a few times a second: a connection that is silent is given up, since its end may never be told. */
  watch() {
    const isSilent = this.silentMs > SILENCE_MS && performance.now() - this.#openedAt > 2 * SILENCE_MS;
    if (this.#socket && isSilent) {
      this.#socket.close();
      this.#retry(this.#socket);
    }
  }

  #retry(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    setTimeout(() => this.open(), this.#retryMs);
    this.#retryMs = Math.min(LAST_RETRY_MS, 2 * this.#retryMs);
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  get silentMs() {
    return performance.now() - this.#lastHeard;
  }

  /** Lost if the connection is not there. */
  send(report) {
    if (this.isOpen) {
      this.#socket.send(JSON.stringify(report));
    }
  }
}
