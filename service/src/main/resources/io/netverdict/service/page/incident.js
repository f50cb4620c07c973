// One incident, from the answer down to the packets.

import {h, Fragment, useState, useEffect, useRef} from './libs.js';
import {getIncident, getPackets, fileOf, watch, report} from './source.js';
import {current, setQuery, href, withQuery} from './route.js';
import {Actor, ActorIcon, actorName} from './actors.js';
import {Inside, Time, Copy, Code, Section, Failure, Confidence, useLoaded} from './ui.js';
import {bytes, count, plural, duration, when, sentence} from './format.js';
import {Route} from './chain.js';
import {Waterfall, Probes} from './waterfall.js';
import {Packets} from './packets.js';
import {Transfer, transfers} from './sequence.js';
import {Context} from './context.js';

export function IncidentView({id}) {
  const loaded = useLoaded((signal) => getIncident(id, signal), [id]);
  const incident = loaded.value;
  const collecting = incident && incident.status === 'collecting';
  useEffect(() => collecting ? watch(loaded.again) : undefined, [collecting]);
  useEffect(() => {
    if (incident) {
      const cause = incident.verdict ? incident.verdict.cause : 'being decided';
      document.title = `${cause} · Netverdict`;
    }
  }, [incident]);
  if (loaded.problem) return h(Failure, {problem: loaded.problem, retry: loaded.again});
  if (!incident) return h('div', {class: 'card skeleton', 'aria-busy': 'true'}, 'Loading …');
  return h('article', {class: 'incident'},
    h(Head, {incident}),
    h(Answer, {incident}),
    incident.operations.some((operation) => operation.kind !== 'probe')
      && h(Section, {id: 'operations', title: 'What the request did',
      aside: h('span', {class: 'dim'}, whichAttempts(incident.context))},
    h(Waterfall, {incident, choose: (flow) => showFlow(flow)})),
    incident.operations.some((operation) => operation.kind === 'probe')
      && h(Section, {id: 'probes', title: 'Probes',
        aside: h('span', {class: 'dim'}, 'sent afterwards, to learn more')}, h(Probes, {incident})),
    incident.verdict && h(Evidences, {incident}),
    incident.flows.length > 0 && h(Flows, {flows: incident.flows}),
    h(Section, {id: 'context', title: 'What else was known'},
      h(Context, {context: incident.context})),
    h(Raw, {incident}));
}

function whichAttempts(context) {
  const leftOut = context && context.attemptsLeftOut;
  return leftOut
    ? `in order of time, without ${leftOut} attempts more like these, farther from the error`
    : 'every attempt, in order of time';
}

function showFlow(flow) {
  setQuery({flow: flow || '', frame: ''});
  const section = document.getElementById('packets');
  if (section) section.scrollIntoView({block: 'start'});
}

function Head({incident}) {
  const {id, verdict} = incident;
  const slice = incident.slice && incident.slice.bytes > 0 && fileOf(id, 'slice.pcapng');
  return h('header', {class: 'incident-head'},
    h('nav', {class: 'crumbs', 'aria-label': 'Where you are'},
      (!report || report.incidents.length > 1) && h(Inside, {to: '/'}, '← Incidents'),
      h('span', {class: 'dim'}, h(Time, {at: incident.error.occurredAt || incident.receivedAt})),
      h('span', {class: 'code small'}, id, h(Copy, {text: id, label: 'the id'})),
      h('span', {class: 'spring'}),
      slice && h('a', {class: 'button', href: slice, download: ''},
        'Packets ', h('small', null, `pcapng, ${bytes(incident.slice.bytes)}`)),
      !report && h('a', {class: 'button', href: fileOf(id, 'bundle.zip'), download: ''},
        'Bundle ', h('small', null, 'for support'))),
    verdict ? h(Fragment, null,
      h('p', {class: 'eyebrow'},
        h(Actor, {actor: verdict.blame}),
        h(Inside, {to: `/causes/${verdict.cause}`, class: 'cause-link'},
          h('span', {class: 'cause-code'}, verdict.cause)),
        h(Copy, {text: verdict.cause}),
        h(Confidence, {value: verdict.confidence})),
      h('h1', null, sentence(verdict.hint)),
      h(Route, {incident}))
      : h('h1', null, 'Being decided: late packets are awaited …'));
}

function Answer({incident}) {
  const {error, verdict} = incident;
  return h('div', {class: 'answer'},
    h('section', {class: 'card said', 'aria-labelledby': 'said'},
      h('h2', {id: 'said'}, 'What the client said'),
      h('blockquote', null, h('p', null, error.message),
        h(Copy, {text: error.message, label: 'the error text'})),
      h(Facts, {error})),
    verdict && h('section', {class: 'card found', 'aria-labelledby': 'found'},
      h('h2', {id: 'found'}, 'What happened'),
      h('p', {class: 'lead'}, verdict.explanation),
      verdict.advice.length > 0 && h(Fragment, null,
        h('h3', null, 'What to do'),
        h('ol', {class: 'advice'}, verdict.advice.map((each) =>
          h('li', {key: each}, h(Advice, {text: each})))))));
}

// A command runs from its program's name to the end of its clause.
const COMMAND =
  /\b((?:dig|ip|ss|curl|ping|traceroute|tracepath|openssl|nc|resolvectl|ethtool|sysctl|iptables|nft|conntrack|tcpdump|chronyc|timedatectl|netverdict) [^;,()]*[^;,().\s])/;

function Advice({text}) {
  return h(Fragment, null, text.split(COMMAND).map((part, index) => index % 2 === 0 ? part
    : h('span', {class: 'command', key: index}, h('code', null, part), h(Copy, {text: part}))));
}

function Facts({error}) {
  const facts = [];
  const add = (name, value, code) => value && facts.push([name, value, code]);
  add('URL', error.url, true);
  add('Method', error.method);
  add('Client', error.client);
  add('From', error.local, true);
  add('To', error.remote, true);
  add('Proxy', error.proxy, true);
  add('Key', error.key, true);
  return h('dl', {class: 'facts'},
    facts.map(([name, value, code]) => h(Fragment, {key: name},
      h('dt', null, name), h('dd', null, code ? h(Code, {text: value}) : value))),
    error.startedAt && h(Fragment, null, h('dt', null, 'Began'),
      h('dd', null, h(Time, {at: error.startedAt}))),
    error.occurredAt && h(Fragment, null, h('dt', null, 'Failed'),
      h('dd', null, h(Time, {at: error.occurredAt}),
        error.startedAt && h('span', {class: 'dim'}, ' after ', duration(
          (Date.parse(error.occurredAt) - Date.parse(error.startedAt)) / 1000)))),
    Object.entries(error.attributes || {}).map(([name, value]) => h(Fragment, {key: name},
      h('dt', null, name), h('dd', null, h(Code, {text: value})))));
}

/** Evidence, alternatives and the packets share what is chosen. */
function Evidences({incident}) {
  const {verdict} = incident;
  const loaded = useLoaded((signal) => getPackets(incident.id, signal), [incident.id]);
  const {query} = current();
  const frame = Number(query.get('frame')) || 0;
  const asked = Number(query.get('evidence')) || 0;
  useEffect(() => {
    const item = asked && document.getElementById(`evidence-${asked}`);
    if (item) item.scrollIntoView({block: 'center'});
  }, [asked]);
  const show = (chosen) => {
    setQuery({frame: chosen, flow: '', evidence: ''});
    const section = document.getElementById('packets');
    if (section) section.scrollIntoView({block: 'start'});
  };
  return h(Fragment, null,
    h('div', {class: 'two'},
      h(Section, {id: 'evidence', title: 'Evidence'},
        verdict.evidence.length === 0 ? h('p', {class: 'dim'}, 'No packet speaks for it.')
          : h('ol', {class: 'evidence'}, verdict.evidence.map((each, index) =>
            h('li', {key: index, id: `evidence-${index + 1}`,
              class: each.frames.includes(frame) || asked === index + 1 ? 'chosen' : ''},
            h(Inside, {to: withQuery(`/incidents/${incident.id}`, {evidence: index + 1}),
              class: 'proof-link', title: 'Link to this evidence'}, `E${index + 1}`),
            h('p', null, each.text),
            h(FrameLinks, {incident, frames: each.frames, frame, show}))))),
      h(Section, {id: 'alternatives', title: 'Why nothing else'},
        verdict.alternatives.length === 0
          ? h('p', {class: 'dim'}, 'Nothing else came into question.')
          : h('ul', {class: 'alternatives'}, verdict.alternatives.map((each) =>
            h('li', {key: each.cause},
              h(Inside, {to: `/causes/${each.cause}`, class: 'cause-code'}, each.cause),
              h('span', {class: 'number'}, `${Math.floor(each.confidence * 100)} %`),
              h('p', null, each.against)))))),
    h(Section, {id: 'packets', title: 'Packets', aside: loaded.value
      && h('span', {class: 'dim'}, plural(loaded.value.total, 'packet', 'packets'))},
    loaded.problem && h(Failure, {problem: loaded.problem, retry: loaded.again}),
    !loaded.value && !loaded.problem && h('p', {class: 'skeleton'}, 'Decoding …'),
    loaded.value && h(Packets, {incident, document: loaded.value})),
    loaded.value && transfers(incident, loaded.value).length > 0
      && h(Section, {id: 'transfer', title: 'Transfer',
        aside: h('span', {class: 'dim'}, 'sequence numbers over time')},
      h(Transfer, {incident, document: loaded.value, choose: show})));
}

function FrameLinks({incident, frames, frame, show}) {
  const [all, setAll] = useState(false);
  const shown = all ? frames : frames.slice(0, 12);
  if (frames.length === 0) return null;
  return h('p', {class: 'frames'}, h('span', {class: 'dim'}, 'frames '),
    shown.map((each) => h('a', {key: each, class: each === frame ? 'frame chosen' : 'frame',
      href: href(withQuery(`/incidents/${incident.id}`, {frame: each})),
      'aria-current': each === frame ? 'true' : undefined,
      onClick: (event) => {
        event.preventDefault();
        show(each);
      }}, each)),
    frames.length > shown.length && h('button', {type: 'button', class: 'more',
      onClick: () => setAll(true)}, `${count(frames.length - shown.length)} more`));
}

function Flows({flows}) {
  return h(Section, {id: 'flows', title: 'Flows'},
    h('div', {class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Table of flows'},
      h('table', null,
        h('thead', null, h('tr', null, ['Flow', 'Protocol', 'From', 'To', 'Packets', 'Bytes',
          'Sent again', 'Time'].map((name) => h('th', {key: name, scope: 'col'}, name)))),
        h('tbody', null, flows.map((flow) => h('tr', {key: flow.id},
          h('td', {class: 'dim'}, `#${flow.id}`), h('td', null, flow.protocol),
          h('td', null, h(Code, {text: flow.local})), h('td', null, h(Code, {text: flow.remote})),
          h('td', {class: 'pair'}, h('span', null, `→ ${count(flow.packetsSent)}`),
            h('span', null, `← ${count(flow.packetsReceived)}`)),
          h('td', {class: 'pair'}, h('span', null, `→ ${bytes(flow.bytesSent)}`),
            h('span', null, `← ${bytes(flow.bytesReceived)}`)),
          h('td', {class: flow.retransmissions ? 'warn' : 'dim'}, count(flow.retransmissions)),
          h('td', null, flow.firstPacketAt && h('span', {title: when(flow.firstPacketAt)},
            duration((Date.parse(flow.lastPacketAt) - Date.parse(flow.firstPacketAt)) / 1000)
          ))))))));
}

function Raw({incident}) {
  const text = JSON.stringify(incident, null, 1);
  return h('details', {class: 'card raw'},
    h('summary', null, 'As JSON'),
    h('div', {class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'The incident as JSON'},
      h(Copy, {text, label: 'the incident as JSON'}), h('pre', null, text)));
}
