// Addresses within the page. The service has paths; a report on the disk has only the fragment.

import {report} from './source.js';

const listeners = new Set();

function currentText() {
  return report ? location.hash.slice(1) || '/' : location.pathname + location.search;
}

/** Where we are: the path's parts, and the query. */
export function current() {
  const [path, query] = currentText().split('?');
  return {
    parts: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: new URLSearchParams(query || ''),
  };
}

/** What a link's href is. */
export function href(path) {
  return report ? `#${path}` : path;
}

/** A path with a query of those values that are set. */
export function withQuery(path, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export function go(path, replace = false) {
  if (path === currentText()) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', href(path));
  if (!replace) window.scrollTo(0, 0);
  changed();
}

/** Changes values of the query, for settings that a link should carry. */
export function setQuery(values, replace = true) {
  const {parts, query} = current();
  const all = {...Object.fromEntries(query), ...values};
  go(withQuery('/' + parts.map(encodeURIComponent).join('/'), all), replace);
}

export function onRoute(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  listeners.forEach((listener) => listener());
}

/** Links within the page do not load it again. */
export function followLinks() {
  addEventListener('popstate', changed);
  addEventListener('hashchange', changed);
  document.addEventListener('click', (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest('a[data-inside]');
    if (link) {
      event.preventDefault();
      const target = link.getAttribute('href');
      go(report ? target.slice(1) : target);
    }
  });
}
