// The packets of an incident: which are shown, which one is chosen, ladder or table, its fields.

import {h, Fragment, useState, useMemo, useRef, useEffect} from './libs.js';
import {current, setQuery} from './route.js';
import {lanesOf} from './lanes.js';
import {Ladder} from './ladder.js';
import {PacketTable} from './packettable.js';
import {label, fieldGroups, protocolName, marksOf} from './packettext.js';
import {Copy, Time, Code} from './ui.js';
import {count, duration} from './format.js';

/** By frame, the numbers of the evidence that names it. */
export function evidenceOf(incident) {
  const byFrame = new Map();
  (incident.verdict ? incident.verdict.evidence : []).forEach((each, index) => {
    for (const frame of each.frames) {
      byFrame.set(frame, [...(byFrame.get(frame) || []), index + 1]);
    }
  });
  return byFrame;
}

export function Packets({incident, document: packetDocument}) {
  const {query} = current();
  const [table, setTable] = useState(false);
  const [only, setOnly] = useState(false);
  const [hovered, setHovered] = useState(null);
  const flow = Number(query.get('flow')) || 0;
  const frame = Number(query.get('frame')) || 0;
  const all = packetDocument.packets;
  const evidence = useMemo(() => evidenceOf(incident), [incident]);
  const placed = useMemo(() => lanesOf(incident, all), [incident, all]);
  const shown = useMemo(() => all.map((packet, index) => ({packet, ends: placed.ends[index]}))
    .filter(({packet}) => (!flow || packet.flow === flow) && (!only || evidence.has(packet.frame))),
  [all, placed, flow, only, evidence]);
  const known = useMemo(() => new Map(all.map((packet) => [packet.frame, packet])), [all]);

  if (all.length === 0) {
    return h('p', {class: 'dim'}, 'No packets are kept with this incident: none of the request '
      + 'was in the recording. netverdict doctor tells what is recorded.');
  }
  const choose = (chosen) => setQuery({frame: chosen});
  const panel = known.get(hovered) || known.get(frame) || known.get([...evidence.keys()][0]) || all[0];
  const props = {shown, lanes: placed.lanes, evidence, frame, choose, hover: setHovered};
  return h('div', {class: 'packets'},
    h('div', {class: 'tools'},
      h('div', {class: 'tabs', role: 'group', 'aria-label': 'How packets are shown'},
        h('button', {type: 'button', 'aria-pressed': String(!table), onClick: () => setTable(false)},
          'Ladder'),
        h('button', {type: 'button', 'aria-pressed': String(table), onClick: () => setTable(true)},
          'Table')),
      incident.flows.length > 1 && h('select', {'aria-label': 'Flow', value: String(flow),
        onChange: (event) => setQuery({flow: event.target.value === '0' ? '' : event.target.value})},
      h('option', {value: '0'}, 'All flows'),
      incident.flows.map((each) => h('option', {key: each.id, value: String(each.id)},
        `#${each.id} ${each.protocol} ${each.remote}`))),
      evidence.size > 0 && h('label', {class: 'switch'},
        h('input', {type: 'checkbox', checked: only,
          onChange: (event) => setOnly(event.target.checked)}), 'evidence only'),
      packetDocument.total > all.length && h('span', {class: 'dim'},
        `${count(all.length)} of ${count(packetDocument.total)} shown; the file has all`)),
    h('div', {class: 'packet-panes'},
      table ? h(PacketTable, props) : h(Ladder, props),
      h(Fields, {packet: panel, evidence, incident, choose, known})));
}

/** Everything decoded of one packet. */
function Fields({packet, evidence, incident, choose, known}) {
  const again = packet.tcp && packet.tcp.retransmissionOf;
  const marks = marksOf(packet);
  return h('div', {class: 'fields', role: 'region', tabIndex: 0,
    'aria-label': `Fields of frame ${packet.frame}`},
    h('h3', null, `Frame ${packet.frame}`, h('span', {class: 'dim'}, ` ${protocolName(packet)}`)),
    h('p', {class: 'packet-label'}, label(packet)),
    (evidence.get(packet.frame) || []).map((number) => h('p', {key: number, class: 'speaks'},
      h('b', null, `E${number}`), ' ', incident.verdict.evidence[number - 1].text)),
    marks.length > 0 && h('p', null, marks.map((mark) =>
      h('span', {key: mark, class: 'mark'}, mark.replace(/-/g, ' ')))),
    again && h('p', null, h('button', {type: 'button', class: 'button small',
      onClick: () => choose(again)}, `Sends frame ${again} again`),
    known.get(again) && h('span', {class: 'dim'},
      ` ${duration(packet.at - known.get(again).at)} after it`)),
    fieldGroups(packet).map(([name, fields]) => h(Fragment, {key: name},
      h('h4', null, name),
      h('dl', {class: 'facts'}, fields.map(([key, value, type], index) =>
        h(Fragment, {key: index}, h('dt', null, key || ' '),
          h('dd', null, type === 'time' ? h(Fragment, null, h(Time, {at: value}),
            h(Copy, {text: value, label: 'the time in UTC'}))
            : type === 'code' && value ? h(Code, {text: value}) : String(value ?? '–'))))))));
}
