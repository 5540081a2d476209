// What the console does beyond links and forms: times in the reader's own zone, keys, and live pages.
// Everything works without it; a reload then shows what changed.

const language = document.documentElement.lang || 'en';

// ---- Times: the title tells the reader's own zone, the text stays true while the page is open.

const absolute = new Intl.DateTimeFormat(language, {
  dateStyle: 'medium', timeStyle: 'long',
});
const relative = new Intl.RelativeTimeFormat(language, { style: 'short' });
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

function sayRelative(seconds) {
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? units[3];
  return relative.format(Math.trunc(seconds / size), unit).replace('.', '');
}

function sayCountdown(seconds) {
  const left = Math.max(0, Math.round(seconds));
  const pad = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor(left / 60) % 60;
  return (hours > 0 ? `${hours}:${pad(minutes)}` : `${minutes}`) + `:${pad(left % 60)}`;
}

function refreshTimes(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    const seconds = (at - Date.now()) / 1000;
    time.title = absolute.format(at);
    if (time.dataset.show === 'relative') {
      time.textContent = sayRelative(seconds);
    }
    else if (time.dataset.show === 'countdown') {
      time.textContent = sayCountdown(seconds);
    }
  }
}

// ---- Live pages: parts marked data-live are fetched again when their execution changes.

const quietest = 400; // ms between two refreshes, however fast the events come
let refreshing;
let lastRefresh = 0;

function refreshParts() {
  refreshing ??= setTimeout(() => {
    refreshing = undefined;
    lastRefresh = Date.now();
    document.querySelectorAll('[data-live]').forEach((part) => htmx.trigger(part, 'changed'));
  }, Math.max(0, quietest - (Date.now() - lastRefresh)));
}

function listen(address) {
  const stream = new EventSource(address);
  // The server names its events by kind; the connection's own silence is covered by the parts' slow poll.
  const kinds = ['message', 'execution', 'stage', 'cluster', 'object', 'objects', 'gate', 'decision', 'release', 'changed'];
  kinds.forEach((kind) => stream.addEventListener(kind, refreshParts));
  stream.addEventListener('open', refreshParts);
  window.addEventListener('pagehide', () => stream.close());
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    refreshParts();
  }
});

// A page that nobody looks at asks for nothing.
document.addEventListener('htmx:beforeRequest', (event) => {
  if (document.visibilityState !== 'visible' && event.detail.elt.hasAttribute('data-live')) {
    event.preventDefault();
  }
});

// ---- Keys

const chords = { p: '/pipelines', e: '/executions', g: '/gates', h: '/', c: '/clusters', r: '/releases' };
let chord = 0;

function typing(target) {
  return target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
}

function moveBy(step) {
  const rows = [...document.querySelectorAll('[data-row]')].filter((row) => row.offsetParent !== null);
  if (rows.length === 0) {
    return;
  }
  const at = rows.findIndex((row) => row.classList.contains('chosen'));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  rows[at]?.classList.remove('chosen');
  next.classList.add('chosen');
  next.querySelector('a')?.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

const keys = {
  '/': () => document.querySelector('input[type=search]')?.focus(),
  '?': () => document.getElementById('keys')?.toggleAttribute('hidden'),
  j: () => moveBy(1),
  k: () => moveBy(-1),
  g: () => { chord = Date.now(); },
};

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    document.getElementById('keys')?.setAttribute('hidden', '');
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
    return;
  }
  if (Date.now() - chord < 1200 && chords[event.key]) {
    chord = 0;
    location.assign(chords[event.key]);
    return;
  }
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

refreshTimes(document);
setInterval(() => refreshTimes(document), 1000);
document.addEventListener('htmx:load', (event) => refreshTimes(event.detail.elt.parentElement ?? document));
const live = document.querySelector('[data-events]');
if (live) {
  listen(live.dataset.events);
}
