// The alerts of a procedure: what is open, in the order in which it asks for attention, and what has just ended.

const PRIORITIES = ['HIGH', 'MEDIUM', 'LOW', 'INFORMATION'];
/** How long an alert that is over stays to be read. */
export const FAREWELL_MS = 8000;

export class AlertList {
  #alerts = new Map();

  /**
   * @param {object} event as on the topic display.alerts; @param {number} now of the service, ms
   * @returns {string} what a screen reader says; empty if it is a repeat
   */
  accept(event, now) {
    const key = event.code + ' ' + (event.structure ?? '');
    const before = this.#alerts.get(key);
    const isOver = event.state === 'INACTIVE' || event.state === undefined && event.phase === 'CLEARED';
    if (isOver && !before) {
      return '';
    }
    const isNews = !before || before.overSince !== null || isOver || event.phase === 'RAISED' || event.phase === 'ESCALATED';
    this.#alerts.set(key, {...event, key, overSince: isOver ? now : null});
    return isNews ? `${isOver ? 'Over' : priorityWord(event)}: ${event.sentence}` : '';
  }

  /** Lets go of what has been over for a while. */
  sweep(now) {
    for (const [key, alert] of this.#alerts) {
      if (alert.overSince !== null && now - alert.overSince > FAREWELL_MS) {
        this.#alerts.delete(key);
      }
    }
  }

  clear() {
    this.#alerts.clear();
  }

  /** @returns {Array<object>} unseen ones by priority, then acknowledged ones, then those that are over; the newest first within each */
  sorted() {
    return [...this.#alerts.values()].sort((a, b) => rank(a) - rank(b) || Date.parse(b.since) - Date.parse(a.since));
  }
}

function rank(alert) {
  if (alert.overSince !== null) {
    return 2 * PRIORITIES.length;
  }
  return PRIORITIES.indexOf(alert.priority) + (isSeen(alert) ? PRIORITIES.length : 0);
}

export function isSeen(alert) {
  return Boolean(alert.acknowledgement);
}

/** @returns {string} in words, for those who cannot tell the colours apart */
export function priorityWord(alert) {
  return {HIGH: 'High priority', MEDIUM: 'Medium priority', LOW: 'Low priority', INFORMATION: 'Information'}[alert.priority];
}

/** @returns {string} as many marks as it is urgent */
export function prioritySign(alert) {
  return {HIGH: '!!!', MEDIUM: '!!', LOW: '!', INFORMATION: 'i'}[alert.priority];
}
