// All incidents: filters, how often over time, groups, and the list itself.

import {h, Fragment, useState, useEffect, useRef, useMemo} from './libs.js';
import {getSummary, watch, report} from './source.js';
import {current, setQuery, href} from './route.js';
import {Lines} from './lines.js';
import {Histogram, Spark} from './histogram.js';
import {Actor, ActorIcon, BLAMES, actorName} from './actors.js';
import {Inside, Time, Empty, Failure, Confidence, useWidth} from './ui.js';
import {count, plural, when, sentence} from './format.js';

const RANGES = [['', 'All time'], ['1h', 'Last hour'], ['24h', 'Last 24 hours'],
  ['7d', 'Last 7 days'], ['30d', 'Last 30 days']];
const HOURS = {'1h': 1, '24h': 24, '7d': 168, '30d': 720};
const FILTERS = ['cause', 'blame', 'host', 'q', 'range', 'since', 'until', 'group'];

function filterOf(query) {
  const get = (name) => query.get(name) || undefined;
  const hours = HOURS[get('range')];
  // To the minute, so that the same range stays the same question.
  const since = hours && new Date(Math.floor(Date.now() / 6e4) * 6e4 - hours * 36e5).toISOString();
  return {cause: get('cause'), blame: get('blame'), host: get('host'), q: get('q'),
    since: since || get('since'), until: get('until')};
}

export function ListView() {
  const {query} = current();
  const filter = filterOf(query);
  const key = JSON.stringify(filter);
  const [, redraw] = useState(0);
  const [summary, setSummary] = useState(null);
  const [problem, setProblem] = useState(null);
  const [fresh, setFresh] = useState(0);
  const lines = useMemo(() => new Lines(filter, () => redraw((n) => n + 1)), [key]);

  useEffect(() => {
    let ended = false;
    let again = false;
    let running = false;
    const load = async (first) => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      if (first) lines.want(0);
      try {
        const [figures, added] = await Promise.all([
          getSummary(filter, 60), first ? lines.want(0) : lines.refresh()]);
        if (ended) return;
        setSummary(figures);
        setProblem(null);
        if (added) setFresh(added);
      } catch (failure) {
        if (!ended && failure.name !== 'AbortError') setProblem(failure);
      } finally {
        running = false;
      }
      if (again && !ended) {
        again = false;
        load(false);
      }
    };
    load(true);
    const stop = watch(() => load(false));
    return () => {
      ended = true;
      stop();
      lines.close();
    };
  }, [lines]);

  useEffect(() => {
    document.title = 'Incidents · Netverdict';
  }, []);

  const filtered = FILTERS.some((name) => name !== 'group' && query.get(name));
  if (problem && !summary) return h(Failure, {problem, retry: () => location.reload()});
  const grouped = query.get('group') === '1';
  return h('div', {class: 'list-view'},
    h('h1', {class: 'sr-only'}, 'Incidents'),
    h(Facets, {summary, query}),
    h('div', {class: 'list-main'},
      h(Search, {query}),
      h(Chosen, {query}),
      (lines.items.length > 0 || summary && summary.total > 0) && h(Fragment, null,
        h('div', {class: 'card histogram-card'}, summary && summary.total > 0
          && h(Histogram, {summary,
            onRange: (since, until) => setQuery({since, until, range: ''}, false)})),
        h('div', {class: 'list-head'},
          h('h2', null, !summary ? 'Incidents'
            : grouped ? plural(summary.groupsTotal, 'group', 'groups')
              : plural(summary.total, 'incident', 'incidents')),
          h('label', {class: 'switch'},
            h('input', {type: 'checkbox', checked: grouped,
              onChange: (event) => setQuery({group: event.target.checked ? '1' : ''}, false)}),
            'group same cause and target')),
        grouped ? summary && h(Groups, {summary, query})
          : h(Rows, {lines, total: summary ? summary.total : 0, fresh})),
      summary && summary.total === 0 && h(Nothing, {filtered}),
      !summary && lines.items.length === 0 && h('div', {class: 'card skeleton', 'aria-busy': 'true'}, 'Loading …')));
}

function Nothing({filtered}) {
  if (filtered) {
    return h(Empty, {title: 'Nothing matches these filters'},
      h('p', null, 'Widen the time, or take a filter away.'),
      h(Inside, {to: '/', class: 'button'}, 'Show all incidents'));
  }
  if (report) {
    return h(Empty, {title: 'No conversation failed or suffered'},
      h('p', null, 'Every conversation in the capture went well.'));
  }
  return h(Empty, {title: 'No incident yet'},
    h('p', null, 'The recorder is running. When a request fails, hand its error over:'),
    h('pre', null, 'netverdict run -- curl -sS -m 5 https://example.com/\n'
      + 'netverdict report --error "i/o timeout" --url https://example.com/'),
    h('p', null, 'Nothing at hand that fails? ', h('code', null, 'sudo netverdict demo'),
      ' breaks a few requests and shows what is found.'));
}

function Search({query}) {
  const [text, setText] = useState(query.get('q') || '');
  const timer = useRef(0);
  const field = useRef(null);
  useEffect(() => setText(query.get('q') || ''), [query.get('q')]);
  useEffect(() => {
    const focus = (event) => {
      if (event.key === '/' && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) {
        event.preventDefault();
        field.current.focus();
      }
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const type = (event) => {
    const value = event.target.value;
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setQuery({q: value.trim()}), 200);
  };
  return h('form', {class: 'search', role: 'search', onSubmit: (event) => event.preventDefault()},
    h('input', {ref: field, type: 'search', value: text, onInput: type,
      placeholder: 'Host, address, error text …   ( / )', 'aria-label': 'Search incidents'}),
    h('select', {'aria-label': 'Time', value: query.get('since') ? 'own' : query.get('range') || '',
      onChange: (event) => setQuery({range: event.target.value, since: '', until: ''}, false)},
    query.get('since') && h('option', {value: 'own'}, 'Chosen time'),
    RANGES.map(([value, name]) => h('option', {key: value, value}, name))));
}

/** The filters in force, each with its removal. */
function Chosen({query}) {
  const chips = [];
  for (const name of ['cause', 'blame', 'host']) {
    const value = query.get(name);
    if (value) {
      chips.push([name, name === 'blame' ? actorName(value) : value, {[name]: ''}]);
    }
  }
  if (query.get('since')) {
    const until = query.get('until');
    const text = when(query.get('since')) + (until ? ` – ${when(until)}` : ' and later');
    chips.push(['time', text, {since: '', until: ''}]);
  }
  if (chips.length === 0) return null;
  return h('ul', {class: 'chips', 'aria-label': 'Filters in force'},
    chips.map(([name, text, without]) => h('li', {key: name},
      h('button', {type: 'button', class: 'chip', onClick: () => setQuery(without, false)},
        h('span', {class: 'dim'}, name), ' ', text,
        h('span', {'aria-hidden': 'true', class: 'x'}, '×'),
        h('span', {class: 'sr-only'}, ', remove')))));
}

function sums(groups, name) {
  const found = new Map();
  for (const group of groups) {
    const value = group[name];
    if (!value) continue;
    const sum = found.get(value) || {value, count: 0, blame: group.blame};
    sum.count += group.count;
    found.set(value, sum);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

function Facets({summary, query}) {
  const wide = matchMedia('(min-width: 900px)').matches;
  if (!summary) return h('div', {class: 'facets'});
  const blames = sums(summary.groups, 'blame')
    .sort((a, b) => BLAMES.indexOf(a.value) - BLAMES.indexOf(b.value));
  const causes = sums(summary.groups, 'cause');
  const hosts = sums(summary.groups, 'host');
  return h('details', {class: 'facets', open: wide},
    h('summary', null, 'Filters'),
    h(Facet, {title: 'Who is to blame', name: 'blame', items: blames, query,
      draw: ({value}) => h(Actor, {actor: value})}),
    h(Facet, {title: 'Cause', name: 'cause', items: causes, query,
      draw: ({value, blame}) => h(Fragment, null, h('span', {class: 'cause-code'}, value),
        h(Spark, {summary, cause: value, blame}))}),
    h(Facet, {title: 'Host', name: 'host', query,
      items: hosts.map((item) => ({...item, value: item.value.replace(/^\[?([^\]]*?)\]?:\d+$/, '$1')})),
      draw: ({value}) => h('span', {class: 'host'}, value)}));
}

function Facet({title, name, items, query, draw}) {
  const [all, setAll] = useState(false);
  const chosen = query.get(name);
  const shown = all ? items.slice(0, 200) : items.slice(0, 8);
  if (items.length === 0) return null;
  return h('section', {class: 'facet'},
    h('h2', null, title),
    h('ul', null, shown.map((item) => h('li', {key: item.value},
      h('button', {type: 'button', 'aria-pressed': String(chosen === item.value),
        onClick: () => setQuery({[name]: chosen === item.value ? '' : item.value}, false)},
      draw(item), h('span', {class: 'number'}, count(item.count)))))),
    items.length > 8 && h('button', {type: 'button', class: 'more',
      onClick: () => setAll(!all)}, all ? 'fewer' : `${count(items.length - 8)} more`));
}

function Groups({summary, query}) {
  const shown = summary.groups;
  return h(Fragment, null,
    h('ul', {class: 'groups card'}, shown.map((group) => h('li', {
      key: [group.cause, group.blame, group.host].join(' ')},
    h('button', {type: 'button', class: 'group', onClick: () => setQuery({group: '',
      cause: group.cause, blame: group.blame,
      host: group.host && group.host.replace(/:\d+$/, '')}, false)},
    h('span', {class: 'times'}, count(group.count), h('small', null, '×')),
    h(ActorIcon, {actor: group.blame, size: 22}),
    h('span', {class: 'what'},
      h('b', {class: 'cause-code'}, group.cause || 'being decided'),
      h('span', {class: 'host'}, group.host || 'no host named')),
    h(Spark, {summary, cause: group.cause, blame: group.blame}),
    h('span', {class: 'at'}, 'last ', h(Time, {at: group.lastAt, relative: true})))))),
    summary.groupsTotal > shown.length && h('p', {class: 'dim'},
      `The ${count(shown.length)} most frequent of ${count(summary.groupsTotal)} groups.`));
}

/** Only the rows in sight are in the document. */
function Rows({lines, total, fresh}) {
  const box = useRef(null);
  const width = useWidth(box, 800);
  const rowHeight = width < 560 ? 104 : 76;
  const [view, setView] = useState({from: 0, to: 14});
  const length = Math.max(total, lines.items.length);

  useEffect(() => {
    let frame = 0;
    const measure = () => {
      frame = 0;
      if (!box.current) return;
      const above = -box.current.getBoundingClientRect().top;
      const from = Math.max(0, Math.floor(above / rowHeight) - 4);
      const to = Math.min(length, from + Math.ceil(innerHeight / rowHeight) + 9);
      setView((before) => (before.from === from && before.to === to ? before : {from, to}));
      lines.want(to);
    };
    const later = () => {
      if (!frame) frame = requestAnimationFrame(measure);
    };
    measure();
    addEventListener('scroll', later, {passive: true});
    addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', later);
      removeEventListener('resize', later);
    };
  }, [lines, rowHeight, length]);

  // What was in sight stays where it was.
  useEffect(() => {
    if (fresh && box.current && box.current.getBoundingClientRect().top < 0) {
      scrollBy(0, fresh * rowHeight);
    }
  }, [fresh, lines.items[0] && lines.items[0].id]);

  const shown = lines.items.length > 0;
  useEffect(() => {
    if (shown) performance.mark('incidents shown');
  }, [shown]);

  const move = (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1, j: 1, k: -1}[event.key];
    const row = step && event.target.closest('[data-index]');
    if (!row) return;
    event.preventDefault();
    const next = box.current.querySelector(`[data-index="${Number(row.dataset.index) + step}"] a`);
    if (next) {
      next.focus();
      next.scrollIntoView({block: 'nearest'});
    }
  };

  const rows = [];
  for (let index = view.from; index < Math.min(view.to, length); index++) {
    const line = lines.items[index];
    rows.push(h('li', {key: line ? line.id : index, 'data-index': index, 'aria-posinset': index + 1,
      'aria-setsize': length,
      style: {height: `${rowHeight}px`, transform: `translateY(${index * rowHeight}px)`}},
    line ? h(Row, {line}) : h('div', {class: 'row waiting'})));
  }
  return h(Fragment, null,
    lines.problem && h(Failure, {problem: lines.problem,
      retry: () => { lines.problem = null; lines.want(lines.wanted); }}),
    h('ul', {class: 'rows card', ref: box, style: {height: `${length * rowHeight}px`},
      onKeyDown: move}, rows));
}

function Row({line}) {
  return h('a', {class: 'row', href: href(`/incidents/${encodeURIComponent(line.id)}`),
    'data-inside': ''},
  h(ActorIcon, {actor: line.blame, size: 24}),
  h('span', {class: 'row-main'},
    h('span', {class: 'row-top'},
      h('b', {class: 'cause-code'}, line.cause || 'being decided …'),
      h('span', {class: 'row-host'}, line.host || '')),
    h('span', {class: 'hint'}, sentence(line.hint || line.message))),
  h('span', {class: 'row-side'},
    h(Time, {at: line.receivedAt}),
    line.confidence !== undefined && h(Confidence, {value: line.confidence, short: true})));
}
