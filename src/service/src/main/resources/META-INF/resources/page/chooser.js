// Which procedure the page shows: the one in its address, the only one there is, or the one that is chosen from a list.

const AGAIN_MS = 2000;

/** @returns {Promise<string>} its id, once it is known */
export async function chooseProcedure() {
  const wanted = new URLSearchParams(location.search).get('procedure');
  return wanted ?? ask();
}

async function ask() {
  for (;;) {
    const ids = await procedures();
    if (ids?.length === 1) {
      document.getElementById('chooser').hidden = true;
      return ids[0];
    }
    show(ids);
    await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
  }
}

async function procedures() {
  try {
    const answer = await fetch('procedures', {headers: {accept: 'application/json'}});
    return answer.ok ? (await answer.json()).map(procedure => procedure.id) : null;
  } catch {
    return null;
  }
}

function show(ids) {
  document.getElementById('chooser').hidden = false;
  document.getElementById('link-text').textContent = ids === null ? 'Service does not answer' : 'Service answers';
  document.getElementById('chooser-title').textContent = ids === null
    ? 'The service does not answer. Trying again …'
    : ids.length === 0 ? 'No procedure yet. It appears here when one is created.' : 'Which procedure?';
  document.getElementById('choices').replaceChildren(...(ids ?? []).map(choice));
}

function choice(id) {
  const link = document.createElement('a');
  link.href = `?procedure=${encodeURIComponent(id)}`;
  link.textContent = id;
  const item = document.createElement('li');
  item.append(link);
  return item;
}
