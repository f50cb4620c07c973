// Whose column a packet's ends stand in: client, resolvers, proxy, servers, others that speak up.

// The resolver to the left, so that no arrow to the server crosses it.
const ORDER = ['resolver', 'client', 'router', 'proxy', 'server'];

/** An address without its port. */
export function hostOf(end) {
  if (!end) return '';
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(end);
  if (bracketed) return bracketed[1];
  const colons = end.split(':').length - 1;
  return colons === 1 ? end.slice(0, end.indexOf(':')) : end;
}

export function portOf(end) {
  const found = /(?:\]|^[^:]+):(\d+)$/.exec(end || '');
  return found ? found[1] : '';
}

/** The lanes of an incident, and for every packet the lanes it leaves and reaches. */
export function lanesOf(incident, packets) {
  const roles = new Map();
  const clients = new Set(incident.flows.map((flow) => hostOf(flow.local)));
  const flowRoles = new Map();
  for (const operation of incident.operations) {
    if (!operation.flow) continue;
    if (operation.kind === 'resolve') flowRoles.set(operation.flow, 'resolver');
    if (operation.kind === 'proxy') flowRoles.set(operation.flow, 'proxy');
  }
  const proxy = hostOf((incident.error.proxy || '').replace(/^\w+:\/\//, '').replace(/\/.*$/, ''));
  for (const flow of incident.flows) {
    const remote = hostOf(flow.remote);
    if (clients.has(remote) && flow.local.split(':')[0] !== flow.remote.split(':')[0]) continue;
    const role = flowRoles.get(flow.id)
      || (portOf(flow.remote) === '53' ? 'resolver' : remote === proxy ? 'proxy' : 'server');
    roles.set(laneKey(remote, role), role);
  }
  const loopback = incident.flows.some((flow) => hostOf(flow.local) === hostOf(flow.remote));
  const lanes = [{key: 'client', role: 'client', hosts: [...clients]}];
  for (const [key, role] of roles) lanes.push({key, role, hosts: [key.slice(role.length + 1)]});
  const laneOf = (end, packet, other) => {
    const host = hostOf(end);
    if (!host) return null;
    const flow = incident.flows.find((each) => each.id === packet.flow);
    if (flow && loopback && end === flow.remote && hostOf(flow.local) === hostOf(flow.remote)) {
      return lanes.find((lane) => lane.hosts.includes(host) && lane.role !== 'client');
    }
    if (clients.has(host) && !(loopback && flow && end === flow.remote)) return lanes[0];
    const role = flow && end === flow.remote ? flowRoles.get(flow.id) : undefined;
    const lane = lanes.find((each) => each.role !== 'client' && each.hosts.includes(host)
        && (!role || each.role === role))
      || lanes.find((each) => each.role !== 'client' && each.hosts.includes(host));
    if (lane || other) return lane;
    const made = {key: laneKey(host, 'router'), role: 'router', hosts: [host]};
    lanes.push(made);
    return made;
  };
  const ends = packets.map((packet) => [
    laneOf(packet.src, packet), laneOf(packet.dst, packet, packet.protocol === 'arp')]);
  // Multicast and the like: everybody that is no station of its own.
  lanes.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  const numbers = new Map(lanes.map((lane, index) => [lane, index]));
  const home = lanes.findIndex((lane) => lane.role === 'client');
  return {
    lanes,
    ends: ends.map(([from, to]) => {
      const start = from ? numbers.get(from) : home;
      // To everybody or to nobody known: towards the next lane.
      const beside = start === home && start + 1 < lanes.length ? start + 1 : home;
      return [start, to ? numbers.get(to) : beside];
    }),
  };
}

function laneKey(host, role) {
  return `${role} ${host}`;
}
