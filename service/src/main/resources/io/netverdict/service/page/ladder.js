// The ladder: a column for each station, an arrow for each packet, silence drawn as distance.
// Only the rows in sight are in the document, so that thousands of packets do not stall it.

import {h, useState, useEffect, useLayoutEffect, useMemo, useRef} from './libs.js';
import {ActorIcon, actorName} from './actors.js';
import {duration, count} from './format.js';
import {label, kind, isAgain} from './packettext.js';
import {useWidth} from './ui.js';

const ROW = 34;
const GAP = 30;
const HEAD = 58;
const CHARACTER = 6.4;
const PRINTED = 300;

/** Where each row stands; a pause long beside the others gets room of its own. */
export function layout(shown) {
  const span = shown.length > 1 ? shown[shown.length - 1].packet.at - shown[0].packet.at : 0;
  const long = Math.max(0.05, span / 40);
  const tops = new Float64Array(shown.length + 1);
  const pauses = new Float64Array(shown.length);
  let y = 6;
  for (let i = 0; i < shown.length; i++) {
    const pause = i === 0 ? 0 : shown[i].packet.at - shown[i - 1].packet.at;
    if (pause >= long) {
      pauses[i] = pause;
      y += GAP;
    }
    tops[i] = y;
    y += ROW;
  }
  tops[shown.length] = y + 8;
  return {tops, pauses};
}

function firstAt(tops, y) {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tops[middle] < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function Ladder({shown, lanes, evidence, frame, choose, hover}) {
  const box = useRef(null);
  const width = useWidth(box, 700);
  const [top, setTop] = useState(0);
  const [printing, setPrinting] = useState(false);
  const {tops, pauses} = useMemo(() => layout(shown), [shown]);
  const index = useMemo(() => new Map(shown.map(({packet}, i) => [packet.frame, i])), [shown]);
  const height = tops[shown.length];
  const narrow = width < 560;
  const gutter = narrow ? 64 : 104;
  const room = (width - gutter - 12) / lanes.length;
  const x = (lane) => gutter + room * (lane + 0.5);
  const chosen = index.get(frame);
  const seen = Math.min(height, 640);

  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);

  // What is chosen elsewhere comes into sight here.
  useLayoutEffect(() => {
    const pane = box.current;
    const at = chosen === undefined ? firstEvidence(shown, evidence) : chosen;
    if (at === undefined || !pane) return;
    const y = tops[at];
    if (y < pane.scrollTop + 20 || y > pane.scrollTop + pane.clientHeight - HEAD - ROW) {
      pane.scrollTop = Math.max(0, y - (pane.clientHeight - HEAD) / 2);
    }
  }, [chosen, shown]);

  const scrolled = useRef(0);
  const onScroll = () => {
    if (scrolled.current) return;
    scrolled.current = requestAnimationFrame(() => {
      scrolled.current = 0;
      if (box.current) setTop(box.current.scrollTop);
    });
  };
  const key = (event) => {
    const last = shown.length - 1;
    const at = chosen === undefined ? -1 : chosen;
    const page = Math.floor(seen / ROW) - 2;
    const next = {ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page,
      Home: 0, End: last, j: at + 1, k: at - 1, e: nextEvidence(shown, evidence, at)}[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(shown[Math.max(0, Math.min(last, next))].packet.frame);
  };

  const from = printing ? 0 : Math.max(0, firstAt(tops, top - 60) - 2);
  const to = printing ? Math.min(shown.length, PRINTED)
    : Math.min(shown.length, firstAt(tops, top + seen + 40) + 1);
  const rows = shown.slice(from, to);
  return h('div', {class: 'ladder-frame'},
    h('div', {class: 'ladder', ref: box, onScroll, style: {maxHeight: printing ? 'none' : '640px'}},
      h('div', {class: 'lane-heads', style: {height: `${HEAD}px`}, 'aria-hidden': 'true'},
        lanes.map((lane, i) => h('div', {key: lane.key, class: `lane-head actor-${lane.role}`,
          style: {left: `${x(i) - room / 2}px`, width: `${room}px`}},
        h('span', null, h(ActorIcon, {actor: lane.role}), actorName(lane.role)),
        h('small', {title: lane.hosts.join(' ')}, lane.hosts.join(' '))))),
      h('div', {class: 'ladder-body', role: 'listbox', tabIndex: 0, onKeyDown: key,
        'aria-label': `Ladder of ${count(shown.length)} packets. Arrow keys move, E goes to the `
          + 'next evidence.',
        'aria-activedescendant': chosen === undefined ? undefined : `packet-${frame}`,
        style: {height: `${printing ? tops[to] : height}px`}, onMouseLeave: () => hover(null)},
      h('svg', {width, height: printing ? tops[to] : height, class: 'arrows', 'aria-hidden': 'true'},
        h('defs', null, ['data', 'bare', 'again', 'rst', 'icmp', 'dns'].map((name) =>
          h('marker', {key: name, id: `head-${name}`, class: `head ${name}`, viewBox: '0 0 10 10',
            refX: 9, refY: 5, markerWidth: 8, markerHeight: 8, orient: 'auto-start-reverse',
            markerUnits: 'userSpaceOnUse'}, h('path', {d: 'M0 0L10 5L0 10z'})))),
        lanes.map((lane, i) => h('line', {key: lane.key, class: `life stroke-${lane.role}`,
          x1: x(i), x2: x(i), y1: Math.max(0, tops[from] - 300), y2: tops[to] + 10})),
        links(shown, index, tops, from, to, gutter),
        rows.map((row, i) => h(Arrow, {key: row.packet.frame, row, y: tops[from + i] + 24, x,
          room, pause: pauses[from + i], gutter, width, lanes}))),
      rows.map((row, i) => h(Row, {key: row.packet.frame, row, y: tops[from + i], place: from + i,
        length: shown.length, chosen: row.packet.frame === frame,
        proofs: evidence.get(row.packet.frame), choose, hover, gutter, narrow})))));
}

function firstEvidence(shown, evidence) {
  const at = shown.findIndex(({packet}) => evidence.has(packet.frame));
  return at < 0 ? undefined : at;
}

function nextEvidence(shown, evidence, at) {
  for (let step = 1; step <= shown.length; step++) {
    const next = (at + step + shown.length) % shown.length;
    if (evidence.has(shown[next].packet.frame)) return next;
  }
  return undefined;
}

/** From each retransmission in sight to its original, wherever that is. */
function links(shown, index, tops, from, to, gutter) {
  const curves = [];
  for (let i = from; i < to; i++) {
    const {packet} = shown[i];
    const original = packet.tcp && index.get(packet.tcp.retransmissionOf);
    if (original === undefined || !isAgain(packet)) continue;
    const y1 = tops[original] + 24;
    const y2 = tops[i] + 24;
    const bend = Math.min(26, 8 + (y2 - y1) / 14);
    curves.push(h('path', {key: packet.frame, class: 'again-link',
      d: `M${gutter + 4} ${y1}C${gutter + 4 + bend} ${y1} ${gutter + 4 + bend} ${y2} ${gutter + 4} ${y2}`}));
  }
  return curves;
}

function Arrow({row, y, x, room, pause, gutter, width, lanes}) {
  const {packet, ends: [from, to]} = row;
  const type = kind(packet);
  const inside = from === to;
  const x1 = x(from);
  const x2 = inside ? x1 + 26 : x(to);
  const step = x2 > x1 ? 5 : -5;
  const left = Math.min(x1, x2);
  const space = inside ? width - x1 - 30 : Math.abs(x2 - x1) - 18;
  const fit = Math.max(6, Math.floor(space / CHARACTER));
  const text = label(packet);
  return h('g', {class: `packet ${type}`},
    pause > 0 && h('g', {class: 'pause'},
      lanes.map((lane, i) => h('line', {key: i, x1: x(i), x2: x(i), y1: y - 24 - GAP + 3,
        y2: y - 27})),
      h('text', {x: gutter - 8, y: y - 35, 'text-anchor': 'end'}, duration(pause)),
      h('path', {d: `M${gutter} ${y - 39}H${width - 8}`})),
    inside ? h('path', {class: 'line', d: `M${x1} ${y - 8}h26v8h-22`,
      'marker-end': `url(#head-${type})`})
      : h('line', {class: 'line', x1: x1 + step, y1: y, x2: x2 - step, y2: y,
        'marker-end': `url(#head-${type})`}),
    h('text', {class: 'on-arrow', x: inside ? x1 + 32 : left + 10, y: y - 5},
      text.length > fit ? `${text.slice(0, fit - 1)}…` : text));
}

function Row({row, y, place, length, chosen, proofs, choose, hover, gutter, narrow}) {
  const {packet} = row;
  const spoken = `${packet.frame}, at ${duration(packet.at)}, ${packet.src} to ${packet.dst}, `
    + label(packet) + (proofs ? `, evidence ${proofs.join(', ')}` : '');
  return h('div', {id: `packet-${packet.frame}`, role: 'option', 'aria-selected': String(chosen),
    'aria-label': spoken, 'aria-posinset': place + 1, 'aria-setsize': length,
    class: `ladder-row ${chosen ? 'chosen' : ''} ${proofs ? 'proof' : ''}`,
    style: {transform: `translateY(${y}px)`, height: `${ROW}px`},
    onClick: () => choose(packet.frame), onMouseEnter: () => hover(packet.frame)},
  h('span', {class: 'gutter', style: {width: `${gutter - 8}px`}},
    h('b', null, packet.frame), h('span', null, (narrow ? packet.at.toFixed(3) : packet.at.toFixed(6)))),
  proofs && h('span', {class: 'proofs'}, proofs.map((number) => `E${number}`).join(' ')));
}
