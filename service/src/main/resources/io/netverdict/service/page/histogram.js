// How often causes struck over time: bars stacked by blame, a spark line for each cause.

import {h, useState, useRef} from './libs.js';
import {BLAMES, actorName} from './actors.js';
import {count, clock, shortClock, day, when} from './format.js';
import {useWidth} from './ui.js';

const HEIGHT = 120;
const AXIS = 22;

function stepsOf(summary) {
  const length = summary.bucketSeconds * 1000;
  const first = Math.floor(Date.parse(summary.firstAt) / length) * length;
  const last = Math.floor(Date.parse(summary.lastAt) / length) * length;
  const steps = new Map();
  for (let at = first; at <= last && steps.size < 2000; at += length) {
    steps.set(at, {at, total: 0, blames: {}, causes: {}});
  }
  for (const each of summary.timeline) {
    const step = steps.get(Math.floor(Date.parse(each.at) / length) * length);
    if (!step) continue;
    const blame = each.blame || 'unknown';
    step.total += each.count;
    step.blames[blame] = (step.blames[blame] || 0) + each.count;
    const cause = each.cause || 'being decided';
    step.causes[cause] = (step.causes[cause] || 0) + each.count;
  }
  return [...steps.values()];
}

function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= value);
}

/** Stacked bars; a click on one narrows the time to it. */
export function Histogram({summary, onRange}) {
  const box = useRef(null);
  const width = useWidth(box, 600);
  const [hover, setHover] = useState(null);
  const steps = stepsOf(summary);
  const top = niceTop(Math.max(...steps.map((step) => step.total)));
  const stride = (width - 34) / Math.max(steps.length, 12);
  const long = Date.parse(summary.lastAt) - Date.parse(summary.firstAt) > 36e5 * 30;
  const every = Math.ceil(steps.length / Math.max(2, Math.floor(width / 110)));
  const choose = (step) => onRange(new Date(step.at).toISOString(),
    new Date(step.at + summary.bucketSeconds * 1000).toISOString());
  return h('figure', {class: 'histogram', ref: box},
    h('svg', {width, height: HEIGHT + AXIS, role: 'img',
      'aria-label': `${count(summary.total)} incidents over time, by who is to blame`,
      onMouseLeave: () => setHover(null)},
    [0.5, 1].map((share) => h('g', {key: share},
      h('line', {class: 'grid', x1: 0, x2: width, y1: HEIGHT * (1 - share) + 8,
        y2: HEIGHT * (1 - share) + 8}),
      h('text', {class: 'tick', x: width - 2, y: HEIGHT * (1 - share) + (share === 1 ? 19 : 6),
        'text-anchor': 'end'}, top * share >= 1 ? count(top * share) : ''))),
    steps.map((step, index) => h('g', {key: step.at, class: hover === step ? 'hovered' : '',
      onMouseEnter: () => setHover(step), onClick: () => step.total && choose(step)},
    h('rect', {class: 'hit', x: index * stride, y: 0, width: stride, height: HEIGHT + 8}),
    bars(step, index * stride, Math.max(1.5, stride - Math.min(3, stride / 4)), top),
    index % every === 0 && index * stride < width - 70 && h('text', {class: 'tick',
      x: index * stride, y: HEIGHT + AXIS},
    long ? day(step.at) : summary.bucketSeconds < 60 ? clock(step.at) : shortClock(step.at)))),
    h('line', {class: 'base', x1: 0, x2: width, y1: HEIGHT + 8, y2: HEIGHT + 8})),
    h('figcaption', {'aria-live': 'off'}, hover && hover.total ? h('span', null,
      h('b', null, when(hover.at)), ' ', Object.entries(hover.causes)
        .sort((a, b) => b[1] - a[1]).slice(0, 4)
        .map(([cause, times]) => `${cause} ${count(times)}`).join(' · '))
      : 'How often, and who was to blame. Click a bar to narrow the time.'));
}

function bars(step, x, width, top) {
  let y = HEIGHT + 8;
  return BLAMES.filter((blame) => step.blames[blame]).map((blame) => {
    const height = Math.max(1, step.blames[blame] / top * HEIGHT);
    y -= height;
    return h('rect', {key: blame, class: `fill-${blame}`, x, y, width,
      height: Math.max(0.5, height - 0.5), rx: 1},
    h('title', null, `${actorName(blame)}: ${count(step.blames[blame])}`));
  });
}

/** The same over time for one cause, small. */
export function Spark({summary, cause, blame}) {
  const steps = stepsOf(summary);
  const values = steps.map((step) => step.causes[cause] || 0);
  const top = Math.max(1, ...values);
  const stride = 64 / Math.max(values.length, 1);
  return h('svg', {class: 'spark', viewBox: '0 0 64 16', width: 64, height: 16, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    values.map((value, index) => value > 0 && h('rect', {
      key: index, class: `fill-${blame || 'unknown'}`, x: index * stride,
      width: Math.max(1, stride - 0.3), y: 16 - Math.max(2, value / top * 16),
      height: Math.max(2, value / top * 16)})));
}
