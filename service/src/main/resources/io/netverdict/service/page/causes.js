// The catalogue: what each cause is, how its packets look, what to do.

import {h, Fragment, useEffect} from './libs.js';
import {getCauses, report} from './source.js';
import {Actor, ActorIcon, actorName} from './actors.js';
import {Inside, Copy, Failure, useLoaded} from './ui.js';
import {Sketch} from './sketch.js';
import {sentence} from './format.js';

const PHASES = [['resolve', 'Resolving the name'], ['connect', 'Connecting'], ['proxy', 'Proxy'],
  ['tls', 'TLS'], ['request', 'Sending the request'], ['response', 'On an open connection'],
  ['none', 'No fault found']];

export function CausesView() {
  const loaded = useLoaded(() => getCauses(), []);
  useEffect(() => {
    document.title = 'Causes · Netverdict';
  }, []);
  if (loaded.problem) return h(Failure, {problem: loaded.problem, retry: loaded.again});
  if (!loaded.value) return null;
  const causes = Object.entries(loaded.value);
  return h('div', {class: 'causes'},
    h('h1', null, 'Every cause that a verdict may name'),
    PHASES.map(([phase, title]) => {
      const mine = causes.filter(([, cause]) => cause.phase === phase);
      return mine.length > 0 && h('section', {key: phase, class: 'card'},
        h('h2', null, title),
        h('ul', {class: 'cause-list'}, mine.map(([code, cause]) => h('li', {key: code},
          h(Inside, {to: `/causes/${code}`},
            h(ActorIcon, {actor: cause.blame}), h('b', {class: 'cause-code'}, code),
            h('span', null, cause.summary))))));
    }));
}

export function CauseView({code}) {
  const loaded = useLoaded(() => getCauses(), []);
  useEffect(() => {
    document.title = `${code} · Netverdict`;
  }, [code]);
  if (loaded.problem) return h(Failure, {problem: loaded.problem, retry: loaded.again});
  if (!loaded.value) return null;
  const cause = loaded.value[code];
  if (!cause) {
    return h(Failure, {problem: {title: 'No such cause',
      message: report ? 'This report holds only the causes it names.' : `There is no ${code}.`}});
  }
  return h('article', {class: 'cause'},
    h('nav', {class: 'crumbs', 'aria-label': 'Where you are'},
      h(Inside, {to: '/causes'}, '← All causes')),
    h('p', {class: 'eyebrow'}, h(Actor, {actor: cause.blame}),
      h('span', {class: 'cause-code'}, code), h(Copy, {text: code})),
    h('h1', null, sentence(cause.summary)),
    h('div', {class: 'answer'},
      h('section', {class: 'card'}, h('h2', null, 'How the packets look'),
        cause.sketch && h(Sketch, {text: cause.sketch, title: code}),
        h('p', null, cause.shows)),
      h('section', {class: 'card'}, h('h2', null, 'What it is'),
        h('p', null, cause.what),
        h('p', {class: 'dim'}, `Usually to blame: ${actorName(cause.blame)}.`),
        h('h2', null, 'What to do'),
        h('ol', {class: 'advice'}, cause.advice.map((each) => h('li', {key: each}, each))))),
    !report && h(Inside, {to: `/?cause=${code}`, class: 'button'}, 'Incidents of this cause'));
}
