// What may be shown, and in what words. The only place that decides whether labels are drawn.

/** After so long without any message the connection counts as lost; the service sends a sign of life twice a second. */
export const SILENCE_MS = 1500;

/**
 * @param {object} facts
 *     isConnected: whether the socket is open; silentMs: since the last message; result: the metadata of the newest, or null;
 *     withdrawn: {code, sentence} or null; alerts: that are open; isEnded; serviceNow: by the service's clock, ms; replayed: metadata of a
 *     result from the past that is shown instead, or null
 * @returns {{name: string, showsLabels: boolean, isCurrent: boolean, isDoubted: boolean, headline: string, detail: string, ageMs: number|null}}
 */
export function situation(facts) {
  if (facts.replayed) {
    return replay(facts);
  }
  const ageMs = facts.result ? Math.max(0, facts.serviceNow - facts.result.acquiredAt) : null;
  const no = (name, headline, detail) =>
    ({name, showsLabels: false, isCurrent: false, isDoubted: false, headline, detail, ageMs});
  if (!facts.isConnected || facts.silentMs > SILENCE_MS) {
    return no('lost', 'Connection lost', 'The service is silent. What is shown is not live. Connecting again …');
  }
  if (facts.isEnded) {
    return no('ended', 'Procedure ended here', 'It is over, or another instance of the service has it.');
  }
  if (facts.withdrawn && facts.withdrawn.code !== 'STALE') {
    const picture = facts.result ? ' No outlines are shown; the picture is an old one.' : '';
    return no('invalid', 'No valid registration', facts.withdrawn.sentence + picture);
  }
  if (!facts.result) {
    const tooOld = facts.withdrawn ?? facts.alerts.find(alert => alert.code === 'STALE' && alert.state === 'ACTIVE');
    return tooOld ? no('stale', 'Nothing to show', tooOld.sentence)
        : no('waiting', 'Waiting for the first result', 'No volume has been registered yet.');
  }
  if (facts.withdrawn || facts.serviceNow > facts.result.validUntil) {
    return no('stale', 'Out of date', 'The newest result is too old: no outlines are shown.');
  }
  return {name: 'live', showsLabels: true, isCurrent: true, ageMs, ...source(facts.result, facts.alerts)};
}

function source(result, alerts) {
  if (result.source !== 'ENSEMBLE') {
    const names = result.structures.filter(structure => isDistrusted(structure, alerts)).map(structure => structure.name);
    return names.length === 0
        ? {headline: 'First look', detail: 'By the quick network alone: not yet checked by the ensemble.', isDoubted: false}
        : {headline: 'First look: doubtful', detail: `Not yet checked; an alert doubts the outline of: ${names.join(', ')}.`, isDoubted: true};
  }
  const doubted = result.structures.filter(structure => isBelowLimit(structure)
      || !structure.verdict?.notJudged && isDistrusted(structure, alerts)).map(structure => structure.name);
  const unjudged = result.structures.filter(structure => structure.verdict?.notJudged).map(structure => structure.name);
  if (doubted.length === 0 && unjudged.length > 0) {
    return {headline: 'Checked: not judged', isDoubted: true,
      detail: `How far it can be trusted is not known, of the outline of: ${unjudged.join(', ')}.`};
  }
  return doubted.length === 0
      ? {headline: 'Checked', detail: 'By the ensemble: with its uncertainty and the overlap to expect.', isDoubted: false}
      : {headline: 'Checked: doubtful', detail: `The ensemble does not trust the outline of: ${doubted.join(', ')}.`, isDoubted: true};
}

/** Whether the overlap that is predicted of a structure is too small; false where none is predicted or none is asked for. */
export function isBelowLimit({predictedDice, minPredictedDice}) {
  return predictedDice !== null && minPredictedDice !== null && predictedDice < minPredictedDice;
}

/** Alerts that say that an outline lies wrong or may do so; without a structure they speak of all. */
const DISTRUST = new Set(['LABEL_UNCERTAIN', 'OUTLINE_DISPUTED', 'NOT_JUDGED', 'FOLDING']);

/** Whether a structure's outline must not look like one that can be relied on: by its own figures, or because an open alert says so. */
export function isDistrusted(structure, alerts) {
  return isBelowLimit(structure) || Boolean(structure.verdict?.notJudged) || alerts.some(alert => alert.state === 'ACTIVE'
      && DISTRUST.has(alert.code) && (alert.structure ?? structure.name) === structure.name);
}

function replay(facts) {
  return {name: 'replay', showsLabels: true, isCurrent: false, isDoubted: false, headline: 'Replay, not live',
    detail: `${source(facts.replayed, []).headline}: a picture of the past.`,
    ageMs: Math.max(0, facts.serviceNow - facts.replayed.acquiredAt)};
}

/** @returns {string} an age as it is read from two metres: tenths of a second below ten, then seconds, then minutes */
export function ageText(ms) {
  if (ms === null) {
    return '–';
  }
  const seconds = ms / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 100) {
    return `${Math.floor(seconds)} s`;
  }
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** @returns {'fresh'|'old'|'stale'} how an age stands to what is allowed: the last third of it warns */
export function ageLevel(ageMs, budgetMs) {
  if (ageMs === null || ageMs > budgetMs) {
    return 'stale';
  }
  return ageMs > budgetMs * 2 / 3 ? 'old' : 'fresh';
}
