// A small ladder drawn from a line of text: "C>S SYN; ~1 s; C>S SYN again; C<S RST".

import {h} from './libs.js';
import {ActorIcon, actorName} from './actors.js';

const ACTORS = {C: 'client', L: 'local-link', R: 'resolver', P: 'proxy', S: 'server', G: 'router',
  X: 'path'};
const WIDTH = 460;
const HEAD = 44;
const ROW = 34;

/** The steps: {from, to, lost, text}, {pause}, or {note}. */
export function readSketch(text) {
  return text.split(';').map((part) => part.trim()).filter(Boolean).map((part) => {
    const arrow = /^([A-Z])(>|<|x>|<x)([A-Z])\s*(.*)$/.exec(part);
    if (arrow) {
      const [, one, sign, other, words] = arrow;
      const back = sign.includes('<');
      return {from: back ? other : one, to: back ? one : other, lost: sign.includes('x'),
        text: words};
    }
    return part.startsWith('~') ? {pause: part.slice(1).trim()} : {note: part};
  });
}

export function Sketch({text, title}) {
  const steps = readSketch(text);
  const used = new Set(steps.flatMap((step) => step.from ? [step.from, step.to] : []));
  const lanes = ['R', 'C', 'L', 'G', 'P', 'S'].filter((lane) => used.has(lane));
  const x = (lane) => WIDTH / lanes.length * (lanes.indexOf(lane) + 0.5);
  const height = HEAD + steps.length * ROW + 10;
  return h('svg', {class: 'sketch', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img',
    'aria-label': `How the packets of ${title} look: ${text}`},
  h('defs', null, h('marker', {id: 'sketch-head', viewBox: '0 0 10 10', refX: 9, refY: 5,
    markerWidth: 9, markerHeight: 9, orient: 'auto', markerUnits: 'userSpaceOnUse'},
  h('path', {d: 'M0 0L10 5L0 10z', class: 'sketch-head'}))),
  lanes.map((lane) => h('g', {key: lane},
    h('text', {x: x(lane), y: 18, 'text-anchor': 'middle',
      class: `sketch-name text-${ACTORS[lane]}`}, actorName(ACTORS[lane])),
    h('line', {class: `life stroke-${ACTORS[lane]}`, x1: x(lane), x2: x(lane), y1: 28,
      y2: height - 4}))),
  steps.map((step, index) => h(SketchStep, {key: index, step, x, y: HEAD + index * ROW + 16})));
}

function SketchStep({step, x, y}) {
  if (!step.from) {
    return h('text', {x: WIDTH / 2, y: y - 2, 'text-anchor': 'middle',
      class: step.pause ? 'sketch-pause' : 'sketch-note'},
    step.pause ? `⋯ ${step.pause} ⋯` : step.note);
  }
  const x1 = x(step.from);
  const x2 = step.lost ? x1 + (x(step.to) - x1) * 0.62 : x(step.to);
  const sign = x2 > x1 ? 1 : -1;
  return h('g', {class: step.lost ? 'lost' : ''},
    h('line', {class: 'sketch-arrow', x1: x1 + sign * 4, x2: x2 - sign * 4, y1: y, y2: y,
      'marker-end': step.lost ? undefined : 'url(#sketch-head)'}),
    step.lost && h('path', {class: 'sketch-lost', d: `M${x2 - 5} ${y - 5}l10 10m0-10l-10 10`}),
    h('text', {x: (x1 + x(step.to)) / 2, y: y - 6, 'text-anchor': 'middle',
      class: 'sketch-text'}, step.text));
}
