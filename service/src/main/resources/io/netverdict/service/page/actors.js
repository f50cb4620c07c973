// One visual language for whoever takes part: name, colour (a class), drawing.

import {h} from './libs.js';

const DRAWINGS = {
  client: 'M3 4h14v9H3zM7 16h6M10 13v3',
  'local-link': 'M3 10h4M13 10h4M7 7h6v6H7z',
  resolver: 'M4 3h9l3 3v11H4zM7 8h6M7 11h6M7 14h3',
  path: 'M2 12c3-7 5-7 8-2s5 5 8-2',
  proxy: 'M10 2l7 3v5c0 4-3 7-7 8-4-1-7-4-7-8V5z',
  server: 'M3 3h14v5H3zM3 12h14v5H3zM6 5.5h.1M6 14.5h.1',
  none: 'M4 10l4 4 8-9',
  unknown: 'M7 7a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.400M10 15.500v.1',
  router: 'M10 3v5M10 12v5M3 10h5M12 10h5M8 8h4v4H8z',
};

const NAMES = {
  client: 'client',
  'local-link': 'local link',
  resolver: 'resolver',
  path: 'path',
  proxy: 'proxy',
  server: 'server',
  none: 'not the network',
  unknown: 'unknown',
  router: 'router',
};

export const BLAMES = [
  'client', 'local-link', 'resolver', 'path', 'proxy', 'server', 'none', 'unknown',
];

export function actorName(actor) {
  return NAMES[actor] || actor;
}

/** The drawing alone; says nothing to a screen reader. */
export function ActorIcon({actor, size = 18}) {
  return h('svg', {
    class: `icon actor-${actor || 'unknown'}`,
    viewBox: '0 0 20 20',
    width: size,
    height: size,
    'aria-hidden': 'true',
  }, h('path', {d: DRAWINGS[actor] || DRAWINGS.unknown}));
}

/** Drawing and name. */
export function Actor({actor}) {
  return h('span', {class: `actor actor-${actor || 'unknown'}`},
    h(ActorIcon, {actor}), actorName(actor || 'unknown'));
}
