// The page: header, and the view that the address asks for.

import {h, render, Fragment, useState, useEffect} from './libs.js';
import {current, onRoute, followLinks} from './route.js';
import {report, getStatus} from './source.js';
import {setUtc, isUtc, bytes, count, duration, when, plural} from './format.js';
import {Inside} from './ui.js';
import {ListView} from './list.js';
import {IncidentView} from './incident.js';
import {CausesView, CauseView} from './causes.js';

function stored(name) {
  try {
    return localStorage.getItem(`netverdict.${name}`);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(`netverdict.${name}`, value);
  } catch {
    // A report on the disk may have no storage; the choice then lasts as long as the page.
  }
}

function App() {
  const [, redraw] = useState(0);
  const again = () => redraw((n) => n + 1);
  useEffect(() => onRoute(again), []);
  const [first, second] = current().parts;
  let view = h(ListView);
  if (first === 'incidents' && second) view = h(IncidentView, {key: second, id: second});
  if (first === 'causes') view = second ? h(CauseView, {code: second}) : h(CausesView);
  if (report && !first && report.incidents.length === 1) {
    view = h(IncidentView, {id: report.incidents[0].incident.id});
  }
  return h(Fragment, null,
    h('a', {class: 'skip', href: '#main', onClick: (event) => {
      event.preventDefault();
      document.getElementById('main').focus();
    }}, 'To the content'),
    h(Header, {again}),
    h('main', {id: 'main', tabIndex: -1}, view),
    h(Footer));
}

function Header({again}) {
  const [theme, setTheme] = useState(stored('theme') || 'auto');
  const next = {auto: 'light', light: 'dark', dark: 'auto'}[theme];
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('netverdict-theme'));
    store('theme', theme);
  }, [theme]);
  const zone = () => {
    setUtc(!isUtc());
    store('utc', isUtc() ? 'yes' : 'no');
    again();
  };
  return h('header', {class: 'top'},
    h(Inside, {to: '/', class: 'brand'},
      h('svg', {viewBox: '0 0 32 32', width: 26, height: 26, 'aria-hidden': 'true'},
        h('rect', {width: 32, height: 32, rx: 8, class: 'brand-ground'}),
        h('path', {d: 'M7 10h11M25 10l-5-4v8zM25 22H14', class: 'brand-arrow'}),
        h('path', {d: 'M6 19l6 6m0-6l-6 6', class: 'brand-break'})),
      'Netverdict'),
    report ? h('span', {class: 'state'}, `report on ${report.files.map((file) =>
      file.name.replace(/^.*\//, '')).join(', ')}`) : h(State),
    h('span', {class: 'spring'}),
    h('nav', {'aria-label': 'Settings and more'},
      h(Inside, {to: '/causes'}, 'Causes'),
      h('button', {type: 'button', onClick: zone, title: 'Times here or in UTC'},
        isUtc() ? 'UTC' : 'Local time'),
      h('button', {type: 'button', onClick: () => setTheme(next), title: `Switch to ${next}`,
        'aria-label': `Colours: ${theme}; switch to ${next}`}, {auto: '◐', light: '○', dark: '●'}[theme])));
}

/** Whether it records, and how far back. */
function State() {
  const [status, setStatus] = useState(null);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const ask = () => document.hidden || getStatus().then(
      (value) => { setStatus(value); setLost(false); }, () => setLost(true));
    ask();
    const timer = setInterval(ask, 10000);
    return () => clearInterval(timer);
  }, []);
  if (lost) return h('span', {class: 'state bad', role: 'status'}, 'service does not answer');
  if (!status) return h('span', {class: 'state'});
  const {recorder} = status;
  const names = recorder.interfaces.filter((each) => each.recording).map((each) => each.name);
  const reach = (Date.now() - Date.parse(recorder.completeSince)) / 1000;
  const dropped = recorder.droppedByKernel + recorder.refusedByRing;
  const title = `${count(recorder.packets)} packets since ${when(recorder.startedAt)}, `
    + `memory for ${bytes(recorder.ringBytes)}, ${plural(dropped, 'drop', 'drops')}`;
  return status.status === 'recording'
    ? h('span', {class: 'state good', title},
      h('i', {class: 'dot', 'aria-hidden': 'true'}),
      h('span', null, `recording ${names.length > 2 ? `${names.length} interfaces` : names.join(', ')}`,
        h('span', {class: 'wide-only'}, `, ${duration(reach)} back`)))
    : h('span', {class: 'state bad', title}, 'not recording: netverdict doctor tells why');
}

function Footer() {
  return h('footer', {class: 'foot'}, report
    ? `Made by netverdict ${report.version} on ${when(report.createdAt)}; holds no payload.`
    : h(Fragment, null, h('a', {href: '/metrics'}, 'Metrics'),
      h('a', {href: '/api/v1/openapi.json'}, 'API'), h('a', {href: '/api/v1/status'}, 'Status')));
}

setUtc(stored('utc') === 'yes');
document.documentElement.dataset.theme = stored('theme') || 'auto';
followLinks();
render(h(App), document.getElementById('page'));
