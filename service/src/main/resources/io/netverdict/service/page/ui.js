// Small parts that every view uses.

import {h, Fragment, useState, useEffect, useRef} from './libs.js';
import {when, ago, isUtc} from './format.js';
import {href} from './route.js';

/** A link to another place of this page. */
export function Inside({to, children, ...rest}) {
  return h('a', {href: href(to), 'data-inside': '', ...rest}, children);
}

/** A time in the chosen zone, the other one at hand. */
export function Time({at, relative}) {
  if (!at) return null;
  const utc = at.replace('T', ' ').replace('Z', ' UTC');
  const local = new Date(at).toLocaleString();
  const title = isUtc() ? `${local} here` : utc;
  return h('time', {dateTime: at, title}, relative ? ago(at) : when(at));
}

async function toClipboard(text) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** A button that copies a text and says so. */
export function Copy({text, label}) {
  const [done, setDone] = useState(false);
  const copy = (event) => {
    event.preventDefault();
    event.stopPropagation();
    toClipboard(text).then(() => {
      setDone(true);
      setTimeout(() => setDone(false), 1200);
    });
  };
  const name = done ? 'Copied' : `Copy ${label || text}`;
  return h('button', {type: 'button', class: `copy ${done ? 'done' : ''}`, onClick: copy,
    title: name, 'aria-label': name},
  h('svg', {viewBox: '0 0 16 16', width: 13, height: 13, 'aria-hidden': 'true'},
    h('path', {d: done ? 'M3 8l3.500 3.500L13 4' : 'M5 5h8v8H5zM3 11V3h8'})));
}

/** A code or address that can be copied. */
export function Code({text}) {
  return h('span', {class: 'code'}, h('code', null, text), h(Copy, {text}));
}

/** What to show where there is nothing, and what to do then. */
export function Empty({title, children}) {
  return h('div', {class: 'empty'},
    h('svg', {viewBox: '0 0 64 40', width: 96, height: 60, 'aria-hidden': 'true'},
      h('path', {d: 'M8 6v28M56 6v28', class: 'life'}),
      h('path', {d: 'M10 14h40M54 24H30', class: 'arrow'})),
    h('h2', null, title), h('div', null, children));
}

export function Failure({problem, retry}) {
  return h(Empty, {title: problem.title || 'This did not work'},
    h('p', null, problem.message),
    retry && h('button', {type: 'button', class: 'button', onClick: retry}, 'Try again'));
}

export function Section({id, title, aside, children}) {
  return h('section', {id, class: 'card', 'aria-labelledby': `${id}-title`},
    h('header', {class: 'card-head'}, h('h2', {id: `${id}-title`}, title), aside),
    children);
}

/** Text with what is between backquotes or looks like a command's option set as code. */
export function Prose({text}) {
  return h(Fragment, null, text.split(/(`[^`]+`)/).map((part) =>
    part.startsWith('`') ? h('code', null, part.slice(1, -1)) : part));
}

/** Loads something when what it depends on changes: its value, its failure, and again(). */
export function useLoaded(load, dependencies) {
  const [state, setState] = useState({});
  const [round, setRound] = useState(0);
  const started = useRef(0);
  useEffect(() => {
    const abort = new AbortController();
    const mine = ++started.current;
    const settle = (result) => mine === started.current && setState(result);
    load(abort.signal).then(
      (value) => settle({value}),
      (problem) => problem.name === 'AbortError' || settle({problem}));
    return () => abort.abort();
  }, [...dependencies, round]);
  return {...state, again: () => setRound((before) => before + 1)};
}

/** The width of an element as it changes. */
export function useWidth(ref, first = 0) {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry.contentRect.width));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref.current]);
  return width;
}

/** Confidence in words and as a bar. */
export function Confidence({value, short}) {
  const word = value >= 0.9 ? 'sure' : value >= 0.7 ? 'likely' : value >= 0.4 ? 'unsure' : 'a guess';
  const share = Math.floor(value * 100);
  return h('span', {class: 'confidence', title: `${word}: confidence ${share} %`},
    h('span', {class: 'meter', 'aria-hidden': 'true'},
      h('span', {style: {width: `${share}%`}})),
    short ? `${share} %` : `${word}, ${share} %`);
}
