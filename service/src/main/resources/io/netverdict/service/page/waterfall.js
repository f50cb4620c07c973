// The steps of the request as bars on one time axis, the deadline drawn across.

import {h, useState} from './libs.js';
import {ActorIcon} from './actors.js';
import {epoch, duration, bytes, count} from './format.js';

const NAMES = {resolve: 'resolve', connect: 'connect', proxy: 'proxy', tls: 'TLS',
  request: 'request', response: 'response'};
const ACTORS = {resolve: 'resolver', connect: 'path', proxy: 'proxy', tls: 'server',
  request: 'client', response: 'server'};
const OUTCOMES = {ok: '', failed: 'failed', timeout: 'timed out', unfinished: 'unfinished'};

/** Where the axis begins and ends, and where the client began and gave up, in seconds. */
function axisOf(error, operations) {
  const starts = operations.map((operation) => epoch(operation.startedAt));
  const ends = operations.map((operation) => epoch(operation.endedAt || operation.startedAt));
  const gaveUp = error.occurredAt ? epoch(error.occurredAt) : undefined;
  let begun = error.startedAt ? epoch(error.startedAt) : undefined;
  let from = Math.min(...starts);
  let to = Math.max(...ends);
  const span = Math.max(to - from, 1e-6);
  // An error that was handed in long after says nothing about the deadline.
  const close = (time) => time !== undefined
    && time >= from - 3 * span - 1 && time <= to + 3 * span + 1;
  if (!close(begun)) begun = undefined;
  if (begun !== undefined) from = Math.min(from, begun);
  const deadline = close(gaveUp) && gaveUp > from ? gaveUp : undefined;
  if (deadline !== undefined) to = Math.max(to, deadline);
  return {from, span: Math.max(to - from, 1e-6), deadline};
}

function ticks(span) {
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const all = [];
  for (let at = 0; at <= span * 1.0001; at += step) all.push(at);
  return all;
}

/** A certificate of a chain in a line: whose, by whom, until when. */
function certificateText({subject, issuer, notBefore, notAfter, names}) {
  return `${subject} (${[...names, `issued by ${issuer}`, `valid ${notBefore.slice(0, 10)} to `
    + `${notAfter.slice(0, 10)}`].join('; ')})`;
}

function detailText(name, value) {
  if (name === 'chain') return value.map(certificateText).join(' ← ');
  if (Array.isArray(value)) return value.map((each) => detailText(name, each)).join(', ');
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  if (/mtuBytes$/i.test(name)) return `${count(Number(value))} bytes`;
  if (/Bytes$|^bytes/.test(name) && typeof value === 'number') return bytes(value);
  if (/Millis$/.test(name) && typeof value === 'number') return duration(value / 1000);
  return typeof value === 'number' ? count(value) : String(value);
}

function words(name) {
  return name.replace(/(Bytes|Millis)$/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
    .replace(/\b(mtu|tls|icmp|tcp|udp)\b/g, (abbreviation) => abbreviation.toUpperCase());
}

export function Waterfall({incident, choose}) {
  const operations = incident.operations.filter((operation) => operation.kind !== 'probe');
  if (operations.length === 0) return null;
  const axis = axisOf(incident.error, operations);
  const at = (time) => `${Math.max(0, Math.min(100, (time - axis.from) / axis.span * 100))}%`;
  return h('div', {class: 'waterfall'},
    h('div', {class: 'axis', 'aria-hidden': 'true'}, ticks(axis.span).map((tick) =>
      h('span', {key: tick, style: {left: at(axis.from + tick)}}, duration(tick)))),
    axis.deadline !== undefined && h('div', {class: 'deadline-lane', 'aria-hidden': 'true'},
      h('div', {class: 'deadline', style: {left: at(axis.deadline)}},
        h('span', null, `gave up ${duration(axis.deadline - axis.from)}`))),
    h('ol', null, operations.map((operation, index) =>
      h(Step, {key: index, operation, axis, at, choose}))));
}

/** What was sent after the failure to learn more; no part of the request, so on no axis. */
export function Probes({incident}) {
  const probes = incident.operations.filter((operation) => operation.kind === 'probe');
  return h('div', {class: 'scroll probes', tabIndex: 0, role: 'region',
    'aria-label': 'Table of probes'},
    h('table', null,
      h('thead', null, h('tr', null, ['Probe', 'To', 'Outcome', 'Took', 'Found'].map((name) =>
        h('th', {key: name, scope: 'col'}, name)))),
      h('tbody', null, probes.map((probe, index) => h('tr', {key: index},
        h('td', null, h('b', null, words(probe.detail.probe || 'probe'))),
        h('td', null, h('code', null, probe.target || '')),
        h('td', {class: probe.outcome === 'ok' ? '' : 'warn'}, OUTCOMES[probe.outcome] || 'ok'),
        h('td', null, probe.endedAt
          ? duration(epoch(probe.endedAt) - epoch(probe.startedAt)) : ''),
        h('td', null, h('dl', {class: 'facts'}, Object.entries(probe.detail)
          .filter(([name]) => name !== 'probe').map(([name, value]) => [
            h('dt', {key: name}, words(name)),
            h('dd', {key: `${name}-value`}, detailText(name, value))]))))))));
}

function Step({operation, axis, at, choose}) {
  const [open, setOpen] = useState(false);
  const start = epoch(operation.startedAt);
  const end = operation.endedAt ? epoch(operation.endedAt) : axis.from + axis.span;
  const length = duration(end - start);
  const details = Object.entries(operation.detail || {});
  const word = OUTCOMES[operation.outcome];
  const label = `${NAMES[operation.kind]} ${operation.target || ''}: ${word || 'ok'}, `
    + `from ${duration(start - axis.from)}, ${operation.endedAt ? length : 'no end seen'}`;
  return h('li', {class: `step ${operation.outcome || ''}`},
    h('button', {type: 'button', class: 'step-line', 'aria-expanded': String(open),
      'aria-label': label, onClick: () => setOpen(!open)},
    h('span', {class: 'step-name'},
      h(ActorIcon, {actor: ACTORS[operation.kind]}),
      h('b', null, NAMES[operation.kind]),
      h('span', {class: 'target'}, operation.target || '')),
    h('span', {class: 'track'},
      h('span', {class: `bar fill-${ACTORS[operation.kind]} ${operation.outcome || ''}`,
        style: {left: at(start), width: `max(3px, ${(end - start) / axis.span * 100}%)`}})),
    h('span', {class: 'length'}, word && h('b', null, word), ' ',
      operation.endedAt ? length : '')),
    open && h('div', {class: 'step-detail'},
      h('dl', {class: 'facts'}, details.map(([name, value]) => [
        h('dt', {key: name}, words(name)), h('dd', {key: `${name}-value`}, detailText(name, value))])),
      operation.flow && h('button', {type: 'button', class: 'button small',
        onClick: () => choose(operation.flow)}, 'Show its packets')));
}
