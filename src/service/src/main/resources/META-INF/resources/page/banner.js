// The alerts on top of the page, and how one is acknowledged.

import {isSeen, prioritySign, priorityWord} from './alertlist.js';
import {ageText} from './situation.js';
import {operator} from './panel.js';

const MOST_SHOWN = 4;
const MINUTES = 5;
const TIMEOUT_MS = 5000;

export class AlertBanner {
  #procedure;
  #root = document.getElementById('alerts');
  #rows = new Map();
  #more = element('p', 'more');

  constructor(procedure) {
    this.#procedure = procedure;
  }

  /** For screen readers. @param {string} sentence empty if there is nothing new */
  say(alert, sentence) {
    if (sentence) {
      document.getElementById(alert.priority === 'HIGH' ? 'urgent' : 'polite').textContent = sentence;
    }
  }

  /** Rows are kept: a button must not vanish under a finger. */
  show(alerts, now) {
    const shown = alerts.slice(0, MOST_SHOWN);
    for (const key of this.#rows.keys()) {
      if (!shown.some(alert => alert.key === key)) {
        this.#rows.get(key).root.remove();
        this.#rows.delete(key);
      }
    }
    shown.forEach((alert, place) => this.#row(alert, place, now));
    this.#more.textContent = alerts.length > MOST_SHOWN ? `and ${alerts.length - MOST_SHOWN} more` : '';
    this.#root.append(this.#more);
  }

  #row(alert, place, now) {
    if (!this.#rows.has(alert.key)) {
      this.#rows.set(alert.key, this.#newRow());
    }
    const row = this.#rows.get(alert.key);
    row.alert = alert;
    row.root.dataset.code = alert.code;
    const isOver = alert.overSince !== null;
    row.root.className = `alert ${alert.priority.toLowerCase()} ${isOver ? 'over' : isSeen(alert) ? 'seen' : 'unseen'}`;
    set(row.sign, isOver ? '✓' : prioritySign(alert));
    set(row.priority, isOver ? 'Over' : alert.state === 'LATCHED' ? `${priorityWord(alert)}, over but not acknowledged` : priorityWord(alert));
    set(row.sentence, alert.sentence);
    set(row.time, isOver ? '' : `for ${ageText(Math.max(0, now - Date.parse(alert.since)))}`);
    set(row.by, isSeen(alert) && !isOver
      ? `acknowledged by ${alert.acknowledgement.by} until ${clockTime(alert.acknowledgement.until)}` : row.failure);
    row.button.hidden = isOver || isSeen(alert) || !alert.alertId;
    if (this.#root.children[place] !== row.root) {
      this.#root.insertBefore(row.root, this.#root.children[place] ?? null);
    }
  }

  #newRow() {
    const row = {root: element('article', ''), sign: element('span', 'sign'), priority: element('span', 'priority'),
      sentence: element('span', 'sentence'), time: element('span', 'time'), by: element('span', 'by'),
      button: element('button', 'acknowledge'), failure: '', alert: null};
    row.button.type = 'button';
    row.button.textContent = 'Acknowledge';
    row.button.addEventListener('click', () => this.#acknowledge(row));
    row.sign.ariaHidden = 'true';
    const text = element('div', 'text');
    text.append(row.priority, row.sentence, row.by);
    row.root.append(row.sign, text, row.time, row.button);
    return row;
  }

  async #acknowledge(row) {
    row.button.disabled = true;
    try {
      const answer = await fetch(`procedures/${encodeURIComponent(this.#procedure)}/alerts/${encodeURIComponent(row.alert.alertId)}/acknowledge`,
        {method: 'POST', headers: {'content-type': 'application/json'}, signal: AbortSignal.timeout(TIMEOUT_MS),
          body: JSON.stringify({by: operator(), minutes: MINUTES})});
      row.failure = answer.ok ? '' : `not acknowledged: ${await reason(answer)}`;
    } catch {
      row.failure = 'not acknowledged: the service does not answer';
    }
    row.button.disabled = false;
  }
}

async function reason(answer) {
  try {
    const problem = await answer.json();
    return problem.detail ?? problem.title ?? `the service answers ${answer.status}`;
  } catch {
    return `the service answers ${answer.status}`;
  }
}

function clockTime(iso) {
  return new Date(iso).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});
}

function set(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function element(name, className) {
  const node = document.createElement(name);
  node.className = className;
  return node;
}
