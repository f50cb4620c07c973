// Who stands between client and server, and where it broke.

import {h} from './libs.js';
import {ActorIcon, actorName} from './actors.js';

/** The stations of this request: client, resolver if it is about names, proxy if there is one. */
function stations(incident) {
  const {blame, phase} = incident.verdict;
  const kinds = new Set(incident.operations.map((operation) => operation.kind));
  const all = ['client', 'local-link'];
  if (blame === 'resolver' || phase === 'resolve') {
    return [...all, 'path', 'resolver'];
  }
  all.push('path');
  if (blame === 'proxy' || kinds.has('proxy') || incident.error.proxy) all.push('proxy');
  all.push('server');
  return all;
}

/** A row of stations, the one to blame marked. */
export function Route({incident}) {
  const {blame} = incident.verdict;
  const known = !['none', 'unknown'].includes(blame);
  const text = known ? `The fault lies with the ${actorName(blame)}`
    : blame === 'none' ? 'The network did its job' : 'Where the fault lies cannot be told';
  return h('figure', {class: `route ${known ? '' : blame}`},
    h('ol', null, stations(incident).map((station) =>
      h('li', {key: station, class: [station === blame ? 'blamed' : '',
        station === 'path' || station === 'local-link' ? 'between' : 'end',
        `actor-${station}`].join(' ')},
      h('span', {class: 'node'}, h(ActorIcon, {actor: station, size: 22}),
        station === blame && h('svg', {class: 'break', viewBox: '0 0 16 16', width: 18, height: 18,
          'aria-hidden': 'true'}, h('path', {d: 'M3 3l10 10M13 3L3 13'}))),
      h('span', {class: 'label'}, actorName(station))))),
    h('figcaption', null, text));
}
