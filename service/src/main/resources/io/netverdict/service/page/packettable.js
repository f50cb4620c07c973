// The ladder's twin: the same packets as a table, for those who read rather than look.

import {h, useState, useRef, useLayoutEffect} from './libs.js';
import {label, kind, protocolName, marksOf} from './packettext.js';
import {count} from './format.js';

const ROW = 30;
const SEEN = 600;
const COLUMNS = ['Frame', 'Time', 'From', 'To', 'Protocol', 'Bytes', 'What'];

export function PacketTable({shown, evidence, frame, choose, hover}) {
  const box = useRef(null);
  const [top, setTop] = useState(0);
  const chosen = shown.findIndex(({packet}) => packet.frame === frame);
  useLayoutEffect(() => {
    const pane = box.current;
    if (chosen < 0 || !pane) return;
    const y = chosen * ROW;
    if (y < pane.scrollTop || y > pane.scrollTop + pane.clientHeight - 3 * ROW) {
      pane.scrollTop = Math.max(0, y - pane.clientHeight / 2);
    }
  }, [chosen, shown]);
  const key = (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15}[event.key];
    if (!step) return;
    event.preventDefault();
    choose(shown[Math.max(0, Math.min(shown.length - 1, chosen + step))].packet.frame);
  };
  const from = Math.max(0, Math.floor(top / ROW) - 5);
  const to = Math.min(shown.length, Math.ceil((top + SEEN) / ROW) + 5);
  return h('div', {class: 'packet-table', ref: box, tabIndex: 0, role: 'region',
    'aria-label': 'Packets as a table; arrow keys move', onKeyDown: key,
    onScroll: () => setTop(box.current.scrollTop), onMouseLeave: () => hover(null)},
  h('table', {'aria-rowcount': shown.length + 1},
    h('thead', null, h('tr', null, COLUMNS.map((name) =>
      h('th', {key: name, scope: 'col'}, name)))),
    h('tbody', null,
      h('tr', {class: 'space', 'aria-hidden': 'true'},
        h('td', {colSpan: 7, style: {height: `${from * ROW}px`}})),
      shown.slice(from, to).map(({packet}, index) => h('tr', {key: packet.frame,
        'aria-rowindex': from + index + 2,
        class: `${packet.frame === frame ? 'chosen' : ''} ${evidence.has(packet.frame) ? 'proof' : ''}`,
        onClick: () => choose(packet.frame), onMouseEnter: () => hover(packet.frame)},
      h('td', null, h('button', {type: 'button', onClick: () => choose(packet.frame)},
        packet.frame)),
      h('td', null, packet.at.toFixed(6)), h('td', null, packet.src || ''),
      h('td', null, packet.dst || ''), h('td', null, protocolName(packet)),
      h('td', {class: 'number'}, count(packet.length)),
      h('td', {class: `what ${kind(packet)}`}, label(packet),
        marksOf(packet).map((mark) => h('span', {key: mark, class: 'mark'},
          mark.replace(/-/g, ' ')))))),
      h('tr', {class: 'space', 'aria-hidden': 'true'},
        h('td', {colSpan: 7, style: {height: `${(shown.length - to) * ROW}px`}})))));
}
