// What else was known at the time, whatever it is: nested tables of names and values.

import {h, Fragment} from './libs.js';
import {bytes, count, duration} from './format.js';
import {Time, Code} from './ui.js';

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[?[0-9a-f]*:[0-9a-f:.]+\]?)(:\d+)?(\/\d+)?$/i;
const RFC_3339 = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function words(name) {
  const text = name.replace(/(Bytes|Nanos|Micros|Millis|Seconds)$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/_/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

// Counters keep the kernel's own names, by which they are looked up.
const DOTTED = /^[A-Z]\w+\.\w+|^[rt]x_/;
const TROUBLE = /err|drop|lost|fail|overrun|timeout|retrans/i;

const UNITS = [
  [/Nanos$/, (value) => duration(value / 1e9)],
  [/Micros$|_us$|^rtt$|^rttvar$/, (value) => duration(value / 1e6)],
  [/Millis$|_ms$/, (value) => duration(value / 1e3)],
  [/Seconds$/, (value) => duration(value)],
  [/Bytes$|^bytes/, bytes],
];

function Value({name, value}) {
  if (value === null || value === undefined || value === '') return h('span', {class: 'dim'}, '–');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    const unit = UNITS.find(([pattern]) => pattern.test(name));
    return unit && value >= 0 ? h('span', {title: String(value)}, unit[1](value))
      : Number.isInteger(value) && !/port|mark|id$/i.test(name) ? count(value) : String(value);
  }
  if (typeof value === 'string') {
    if (RFC_3339.test(value)) return h(Time, {at: value});
    return ADDRESS.test(value) ? h(Code, {text: value}) : value;
  }
  if (Array.isArray(value)) return h(List, {name, value});
  return size(value) <= 6 ? h(Fields, {value})
    : h('details', null, h('summary', null, `${count(size(value))} values`), h(Fields, {value}));
}

function flat(value) {
  return value === null || typeof value !== 'object';
}

function List({name, value}) {
  if (value.length === 0) return h('span', {class: 'dim'}, 'none');
  if (value.every(flat)) {
    return h(Fragment, null, value.map((each, index) => h(Fragment, {key: index},
      index > 0 && ', ', h(Value, {name, value: each}))));
  }
  const columns = [...new Set(value.flatMap((each) => flat(each) ? [] : Object.keys(each)))];
  return h('div', {class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': `Table of ${words(name)}`},
    h('table', {class: 'context-table'},
      h('thead', null, h('tr', null, columns.map((column) =>
        h('th', {key: column, scope: 'col'}, words(column))))),
      h('tbody', null, value.slice(0, 500).map((each, index) => h('tr', {key: index},
        columns.map((column) => h('td', {key: column},
          flat(each) ? String(each) : h(Value, {name: column, value: each[column]}))))))),
    value.length > 500 && h('p', {class: 'dim'}, `${count(value.length - 500)} more`));
}

function Fields({value}) {
  return h('dl', {class: 'facts'}, Object.entries(value).map(([name, each]) =>
    h(Fragment, {key: name}, h('dt', null, DOTTED.test(name) ? h('code', null, name) : words(name)),
      h('dd', {class: TROUBLE.test(name) && each > 0 ? 'warn' : ''},
        h(Value, {name, value: each})))));
}

/** What says nothing is left out. */
function told([, value]) {
  return value !== null && value !== '' && (typeof value !== 'object' || size(value) > 0);
}

/** A group of values: the simple ones as a list, each nested one below it, to open. */
function Part({name, value}) {
  if (Array.isArray(value)) {
    return h('details', {open: value.length <= 8},
      h('summary', null, words(name), h('span', {class: 'dim'}, ` ${count(value.length)}`)),
      h(List, {name, value}));
  }
  const entries = Object.entries(value).filter(told);
  const simple = entries.filter(([, each]) => flat(each));
  const nested = entries.filter(([, each]) => !flat(each));
  return h('details', {open: simple.length <= 16},
    h('summary', null, words(name)),
    simple.length > 0 && h(Fields, {value: Object.fromEntries(simple)}),
    nested.map(([key, each]) => h(Part, {key, name: key, value: each})));
}

export function Context({context}) {
  const entries = Object.entries(context || {}).filter(told);
  if (entries.length === 0) {
    return h('p', {class: 'dim'}, 'Nothing beside the packets.');
  }
  const simple = entries.filter(([, value]) => flat(value));
  const nested = entries.filter(([, value]) => !flat(value));
  return h('div', {class: 'context'},
    simple.length > 0 && h(Fields, {value: Object.fromEntries(simple)}),
    nested.map(([name, value]) => h(Part, {key: name, name, value})));
}

function size(value) {
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}
