// A packet in one line, in colour words, and in all its fields.

import {count, bytes} from './format.js';

const PROTOCOLS = {dns: 'DNS', tls: 'TLS', http: 'HTTP', http2: 'HTTP/2', quic: 'QUIC',
  tcp: 'TCP', udp: 'UDP', icmp: 'ICMP', icmpv6: 'ICMPv6', arp: 'ARP'};

export function protocolName(packet) {
  return PROTOCOLS[packet.protocol] || packet.protocol;
}

function flagsOf(tcp) {
  const flags = Array.isArray(tcp.flags) ? tcp.flags : String(tcp.flags).split(/[,| ]+/);
  return flags.filter(Boolean).map((flag) => flag.toUpperCase());
}

/** What stands on its arrow. */
export function label(packet) {
  const {tcp, info} = packet;
  if (!tcp) return info ? `${protocolName(packet)} ${info}` : arp(packet) || protocolName(packet);
  const flags = flagsOf(tcp);
  const shown = flags.filter((flag) => flag !== 'ACK' && flag !== 'PSH');
  const parts = [];
  if (shown.length > 0) parts.push(shown.join(' ') + (shown[0] === 'SYN' && tcp.ack !== undefined
    && flags.includes('ACK') ? '-ACK' : ''));
  if (info) parts.push(info);
  else if (tcp.payload > 0) parts.push(`${count(tcp.payload)} bytes from ${count(tcp.seq)}`);
  else if (shown.length === 0) parts.push(`ACK ${count(tcp.ack)}`);
  if (tcp.sack) parts.push(`SACK ${tcp.sack.map(([from, to]) => `${count(from)}–${count(to)}`)
    .join(' ')}`);
  return parts.join('  ');
}

function arp(packet) {
  if (!packet.arp) return '';
  return packet.arp.operation === 2 || packet.arp.operation === 'reply'
    ? `ARP ${packet.src} is at ${packet.arp.senderHardware}`
    : `ARP who has ${packet.dst}?`;
}

export function marksOf(packet) {
  return packet.tcp && packet.tcp.analysis ? packet.tcp.analysis : [];
}

export function isAgain(packet) {
  return marksOf(packet).some((mark) => mark.includes('retransmission'));
}

/** A class for its colour and stroke. */
export function kind(packet) {
  if (packet.tcp) {
    if (flagsOf(packet.tcp).includes('RST')) return 'rst';
    if (isAgain(packet)) return 'again';
  }
  if (packet.protocol === 'icmp' || packet.protocol === 'icmpv6') return 'icmp';
  if (packet.tls && packet.tls.alerts) return 'rst';
  if (packet.protocol === 'dns' || packet.protocol === 'arp') return 'dns';
  return packet.tcp && !packet.tcp.payload ? 'bare' : 'data';
}

/** All fields in groups of names and values, for the panel. */
export function fieldGroups(packet) {
  const groups = [];
  const {tcp, ip} = packet;
  groups.push(['Frame', [['Time', packet.time, 'time'], ['From', packet.src, 'code'],
    ['To', packet.dst, 'code'], ['Length', bytes(packet.length)],
    ...(packet.integrity ? [['Integrity', packet.integrity]] : [])]]);
  if (ip && ip.version) {
    groups.push([`IPv${ip.version}`, [
      ip.ttl !== undefined ? ['TTL', ip.ttl] : ['Hop limit', ip.hopLimit],
      ...(ip.id !== undefined ? [['Identification', ip.id]] : []),
      ['Do not fragment', ip.dontFragment ? 'yes' : 'no'], ...flat('Fragment', ip.fragment)]]);
  }
  if (tcp) {
    const fields = [['Flags', flagsOf(tcp).join(' ')],
      ['Sequence', `${count(tcp.seq)}  (raw ${tcp.rawSeq})`]];
    if (tcp.ack !== undefined) fields.push(['Acknowledges', `${count(tcp.ack)}  (raw ${tcp.rawAck})`]);
    fields.push(['Payload', bytes(tcp.payload)], ['Window', bytes(tcp.window)]);
    if (tcp.sack) fields.push(['SACK', tcp.sack.map((block) => block.map(count).join('–')).join(', ')]);
    if (tcp.mss) fields.push(['MSS', tcp.mss]);
    if (tcp.windowScale !== undefined) fields.push(['Window scale', tcp.windowScale]);
    if (tcp.sackPermitted) fields.push(['SACK permitted', 'yes']);
    if (tcp.timestamp !== undefined) {
      fields.push(['Timestamps', `${tcp.timestamp}, echo ${tcp.timestampEcho}`]);
    }
    groups.push(['TCP', fields]);
  }
  for (const name of ['icmp', 'arp', 'dns', 'tls', 'http', 'http2', 'quic']) {
    if (packet[name]) groups.push([PROTOCOLS[name], flat('', packet[name])]);
  }
  return groups;
}

/** Nested values as a flat list of names and values, bounded. */
function flat(prefix, value, depth = 0) {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [[prefix, String(value)]];
  if (depth > 4) return [[prefix, JSON.stringify(value)]];
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    return value.length > 0 ? [[prefix, value.join(', ')]] : [];
  }
  const entries = Array.isArray(value)
    ? value.slice(0, 20).map((each, index) => [value.length > 1 ? String(index + 1) : '', each])
    : Object.entries(value);
  return entries.flatMap(([name, each]) =>
    flat([prefix, name].filter(Boolean).join(' '), each, depth + 1));
}
