// The service's clock as this browser knows it: ages must not depend on how well two machines' clocks agree.

const SAMPLES = 20;

/** The quickest of the last messages tells best how far the clocks are apart; what is left is its way over the network. */
export class ServiceClock {
  #differences = [];

  /** A message that the service sent at `serviceTime` has come at `browserTime`; both in milliseconds. */
  observe(serviceTime, browserTime) {
    this.#differences.push(browserTime - serviceTime);
    if (this.#differences.length > SAMPLES) {
      this.#differences.shift();
    }
  }

  /** @returns {number} what the service's clock shows, milliseconds since 1970; the browser's own before the first message */
  at(browserTime) {
    return this.#differences.length === 0 ? browserTime : browserTime - Math.min(...this.#differences);
  }
}

/** @returns {number} milliseconds since 1970, never running backwards */
export function browserTime() {
  return performance.timeOrigin + performance.now();
}
