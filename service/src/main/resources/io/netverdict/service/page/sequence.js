// The time–sequence graph of one direction of a TCP connection: what was sent when, what was
// acknowledged, what the receiver had room for, what had to be sent again.

import {h, Fragment, Plot, useState, useEffect, useMemo, useRef} from './libs.js';
import {bytes, count, duration, plural} from './format.js';
import {isAgain, marksOf} from './packettext.js';
import {useWidth} from './ui.js';

const FEW = 2;

/** The directions of the flows that carry enough data to draw, the fullest first. */
export function transfers(incident, packetDocument) {
  const found = new Map();
  for (const packet of packetDocument.packets) {
    if (!packet.tcp || !packet.flow) continue;
    const key = `${packet.flow} ${packet.src}`;
    const way = found.get(key)
      || {key, flow: packet.flow, from: packet.src, to: packet.dst, segments: 0, payload: 0, again: 0};
    if (packet.tcp.payload > 0) way.segments++;
    way.payload += packet.tcp.payload;
    if (isAgain(packet)) way.again++;
    found.set(key, way);
  }
  return [...found.values()].filter((way) => way.segments >= FEW)
    .sort((a, b) => b.payload - a.payload);
}

/** Everything to draw of one direction. */
export function readTransfer(packetDocument, way) {
  const segments = [];
  const acks = [];
  const edges = [];
  const sacks = [];
  for (const packet of packetDocument.packets) {
    const {tcp} = packet;
    if (!tcp || packet.flow !== way.flow) continue;
    if (packet.src === way.from) {
      const length = Math.max(tcp.payload, /SYN|FIN/.test(tcp.flags) ? 1 : 0);
      if (length > 0) {
        segments.push({at: packet.at, from: tcp.seq, to: tcp.seq + length, frame: packet.frame,
          again: isAgain(packet), lost: marksOf(packet).includes('lost-segment')});
      }
    } else if (tcp.ack !== undefined && !/RST/.test(tcp.flags)) {
      acks.push([packet.at, tcp.ack]);
      edges.push([packet.at, tcp.ack + tcp.window]);
      for (const [from, to] of tcp.sack || []) sacks.push({at: packet.at, from, to});
    }
  }
  return {segments, acks, edges, sacks};
}

export function Transfer({incident, document: packetDocument, choose}) {
  const ways = useMemo(() => transfers(incident, packetDocument), [incident, packetDocument]);
  const [key, setKey] = useState(ways[0].key);
  const way = ways.find((each) => each.key === key) || ways[0];
  const data = useMemo(() => readTransfer(packetDocument, way), [packetDocument, way]);
  const spent = data.segments.length > 0
    ? data.segments[data.segments.length - 1].at - data.segments[0].at : 0;
  const text = `${bytes(way.payload)} in ${plural(way.segments, 'segment', 'segments')} over `
    + `${duration(spent)}, ${plural(way.again, 'retransmission', 'retransmissions')}`;
  return h('div', {class: 'transfer'},
    h('div', {class: 'tools'},
      h('select', {'aria-label': 'Direction', value: way.key,
        onChange: (event) => setKey(event.target.value)}, ways.map((each) =>
        h('option', {key: each.key, value: each.key},
          `#${each.flow} ${each.from} → ${each.to}, ${bytes(each.payload)}`))),
      h('span', {class: 'dim'}, text)),
    h(Graph, {data, text, choose, key: way.key}),
    h('ul', {class: 'legend'}, [['data', 'data sent'], ['again', 'sent again'],
      ['ack', 'acknowledged'], ['window', 'receiver’s window'], ['sack', 'SACK'],
      ['hole', 'bytes before it not seen']].map(([name, words]) =>
      h('li', {key: name}, h('i', {class: `key key-${name}`, 'aria-hidden': 'true'}), words))),
    h('p', {class: 'dim small'}, 'Drag to zoom, double-click to see all again. With the keyboard: '
      + '+ and − zoom, arrows move, 0 shows all.'));
}

/** Several series of [time, value] on one time axis, values missing where a series has none. */
function joined(segments, acks, edges, topEdge) {
  const times = [...new Set([...segments.map((each) => each.at), ...acks.map(([at]) => at)])]
    .sort((a, b) => a - b);
  const place = new Map(times.map((at, index) => [at, index]));
  const column = () => new Array(times.length).fill(null);
  const top = column();
  const ack = column();
  const edge = column();
  for (const each of segments) {
    const index = place.get(each.at);
    top[index] = Math.max(top[index] || 0, each.to);
  }
  acks.forEach(([at, value]) => { ack[place.get(at)] = value; });
  edges.forEach(([at, value]) => { edge[place.get(at)] = Math.min(value, topEdge); });
  return [times, top, ack, edge];
}

function colours(element) {
  const style = getComputedStyle(element);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {ink: of('ink-2'), grid: of('line'), data: of('server'), again: of('bad'),
    ack: of('client'), window: of('proxy'), sack: of('resolver'), hole: of('ink')};
}

function Graph({data, text, choose}) {
  const box = useRef(null);
  const plot = useRef(null);
  const width = useWidth(box, 0);
  const [theme, setTheme] = useState(0);
  const [tip, setTip] = useState(null);
  useEffect(() => {
    const changed = () => setTheme((n) => n + 1);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    addEventListener('netverdict-theme', changed);
    scheme.addEventListener('change', changed);
    return () => {
      removeEventListener('netverdict-theme', changed);
      scheme.removeEventListener('change', changed);
    };
  }, []);

  useEffect(() => {
    if (!width) return undefined;
    const made = new Plot(options(data, colours(box.current), width, setTip),
      table(data), box.current.firstChild);
    plot.current = made;
    return () => made.destroy();
  }, [data, theme, width > 0]);

  useEffect(() => {
    if (plot.current && width) plot.current.setSize({width, height: heightFor(width)});
  }, [width]);

  const key = (event) => {
    const chart = plot.current;
    if (!chart) return;
    const {min, max} = chart.scales.x;
    const [all] = chart.data;
    const half = (max - min) / 2;
    const middle = (min + max) / 2;
    const ranges = {'+': [middle - half / 2, middle + half / 2], '=': [middle - half / 2,
      middle + half / 2], '-': [middle - half * 2, middle + half * 2],
    ArrowLeft: [min - half / 2, max - half / 2], ArrowRight: [min + half / 2, max + half / 2],
    0: [all[0], all[all.length - 1]]}[event.key];
    if (!ranges) return;
    event.preventDefault();
    const floor = Math.max(all[0], ranges[0]);
    const ceiling = Math.min(all[all.length - 1], ranges[1]);
    if (ceiling > floor) chart.setScale('x', {min: floor, max: ceiling});
  };
  return h('div', {class: 'graph', ref: box, tabIndex: 0, onKeyDown: key, role: 'group',
    'aria-label': `Time–sequence graph: ${text}. Plus and minus zoom, arrows move.`,
    onMouseLeave: () => setTip(null),
    onClick: () => tip && !tip.dragged && choose(tip.segment.frame)},
  h('div', null),
  tip && h('div', {class: 'tip', style: {left: `${tip.x}px`, top: `${tip.y}px`}},
    h('b', null, `frame ${tip.segment.frame}`), tip.segment.again ? ', sent again' : '',
    h('br'), `${count(tip.segment.from)} to ${count(tip.segment.to)}`, h('br'),
    duration(tip.segment.at)));
}

function heightFor(width) {
  return Math.round(Math.max(260, Math.min(460, width * 0.45)));
}

function table({segments, acks, edges}) {
  const highest = segments.reduce((top, each) => Math.max(top, each.to), 1);
  // A window far above all that was sent would press the rest flat.
  return joined(segments, acks, edges, highest * 1.25);
}

function options(data, colour, width, setTip) {
  const stepped = Plot.paths.stepped({align: 1});
  const line = (label, stroke, dash) => ({label, stroke, width: 1.5, dash, paths: stepped,
    points: {show: false}, spanGaps: true});
  const axis = {stroke: colour.ink, grid: {stroke: colour.grid, width: 1},
    ticks: {stroke: colour.grid, width: 1}, font: '12px system-ui, sans-serif'};
  return {
    width,
    height: heightFor(width),
    legend: {show: false},
    cursor: {drag: {x: true, y: true, uni: 20}, points: {show: false}},
    scales: {x: {time: false, range: (chart, low, high) => padded(low, high)}, y: {range: (chart, low, high) => [Math.min(0, low), high * 1.05]}},
    axes: [{...axis, space: 80, values: (chart, values) => values.map((value) => duration(value))},
      {...axis, size: 62, space: 44, values: (chart, values) => values.map(shortBytes)}],
    series: [{}, {label: 'data', paths: () => null, points: {show: false}},
      line('acknowledged', colour.ack), line('window', colour.window, [5, 4])],
    hooks: {
      draw: [(chart) => drawSegments(chart, data, colour)],
      setCursor: [(chart) => setTip(nearest(chart, data))],
    },
  };
}

/** A little room on both sides, so that what stands at the edges is seen. */
function padded(low, high) {
  const room = Math.max((high - low) * 0.02, 1e-6);
  return [low - room, high + room];
}

function shortBytes(value) {
  if (value === null || value === undefined) return '';
  if (value >= 1e6) return `${+(value / 1e6).toFixed(2)} MB`;
  return value >= 1e3 ? `${+(value / 1e3).toFixed(1)} kB` : String(value);
}

function drawSegments(chart, data, colour) {
  const context = chart.ctx;
  const ratio = devicePixelRatio || 1;
  const {left, top, width, height} = chart.bbox;
  context.save();
  context.setLineDash([]);
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  const x = (at) => Math.round(chart.valToPos(at, 'x', true));
  const y = (value) => chart.valToPos(value, 'y', true);
  const bar = (each, stroke, thick) => {
    const at = x(each.at);
    if (at < left - 5 || at > left + width + 5) return;
    const high = y(each.to);
    const low = Math.max(y(each.from), high + 2 * ratio);
    context.strokeStyle = stroke;
    context.lineWidth = thick * ratio;
    context.beginPath();
    context.moveTo(at, low);
    context.lineTo(at, high);
    context.stroke();
  };
  for (const each of data.sacks) bar({...each, at: each.at}, colour.sack, 2);
  for (const each of data.segments) if (!each.again) bar(each, colour.data, 2.5);
  for (const each of data.segments) {
    if (each.again) {
      bar(each, colour.again, 3);
      diamond(context, x(each.at), y((each.from + each.to) / 2), 4 * ratio, colour.again);
    }
    if (each.lost) cross(context, x(each.at), y(each.from), 4 * ratio, colour.hole);
  }
  context.restore();
}

function diamond(context, x, y, size, fill) {
  context.fillStyle = fill;
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.fill();
}

function cross(context, x, y, size, stroke) {
  context.strokeStyle = stroke;
  context.lineWidth = size / 3;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.stroke();
}

/** The segment nearest to the cursor, where one is near. */
function nearest(chart, data) {
  const {left, top} = chart.cursor;
  if (left < 0 || top < 0) return null;
  let best = null;
  let distance = 18;
  for (const segment of data.segments) {
    const dx = Math.abs(chart.valToPos(segment.at, 'x') - left);
    if (dx >= distance) continue;
    const high = chart.valToPos(segment.to, 'y');
    const low = chart.valToPos(segment.from, 'y');
    const dy = top < high ? high - top : top > low ? top - low : 0;
    if (dx + dy < distance) {
      distance = dx + dy;
      best = segment;
    }
  }
  const box = chart.over.getBoundingClientRect();
  return best && {segment: best, dragged: chart.select.width > 0,
    x: Math.min(left + 76, box.width - 80), y: top + 14};
}
