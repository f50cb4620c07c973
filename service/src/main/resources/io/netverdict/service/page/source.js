// Where incidents come from: the service's API, or the report that this file is.

const embedded = document.getElementById('report-data');

/** The report's content, or null in the service. */
export const report = embedded ? JSON.parse(embedded.textContent) : null;

const API = '/api/v1';

export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
  }
}

async function get(path, signal) {
  let response;
  try {
    response = await fetch(API + path, {signal, headers: {Accept: 'application/json'}});
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(0, 'The service does not answer', 'Is netverdict serve still running?');
  }
  const body = await response.json();
  if (!response.ok) throw new Problem(response.status, body.title, body.detail);
  return body;
}

function hostOf(error) {
  try {
    return new URL(error.url).hostname.toLowerCase();
  } catch {
    return error.remote;
  }
}

function lineOf(incident) {
  const {id, receivedAt, status, error, verdict} = incident;
  const line = {id, receivedAt: error.occurredAt || receivedAt, status, message: error.message};
  line.url = error.url;
  line.host = hostOf(error);
  return verdict ? {...line, ...pick(verdict)} : line;
}

function pick({cause, confidence, blame, phase, hint}) {
  return {cause, confidence, blame, phase, hint};
}

function matches(line, filter) {
  const text = `${line.message}\n${line.url}\n${line.host}\n${line.hint}`.toLowerCase();
  return (!filter.cause || line.cause === filter.cause)
    && (!filter.blame || line.blame === filter.blame)
    && (!filter.host || text.includes(filter.host.toLowerCase()))
    && (!filter.q || text.includes(filter.q.toLowerCase()))
    && (!filter.since || Date.parse(line.receivedAt) >= Date.parse(filter.since))
    && (!filter.until || Date.parse(line.receivedAt) < Date.parse(filter.until));
}

function ofReport(filter) {
  return report.incidents.map((entry) => lineOf(entry.incident))
    .filter((line) => matches(line, filter));
}

function summaryOf(lines, steps) {
  const times = lines.map((line) => Date.parse(line.receivedAt));
  const first = Math.min(...times);
  const last = Math.max(...times);
  const seconds = Math.max(1, Math.ceil((last - first) / 1000 / steps));
  const groups = new Map();
  const timeline = new Map();
  for (const line of lines) {
    const key = [line.cause, line.blame, line.host].join(' ');
    const group = groups.get(key) || {
      cause: line.cause, blame: line.blame, host: line.host, count: 0,
      firstAt: line.receivedAt, lastAt: line.receivedAt, latestId: line.id,
    };
    group.count++;
    if (line.receivedAt < group.firstAt) group.firstAt = line.receivedAt;
    if (line.receivedAt > group.lastAt) group.lastAt = line.receivedAt;
    groups.set(key, group);
    const at = Math.floor(Date.parse(line.receivedAt) / 1000 / seconds) * seconds;
    const stepKey = [at, line.cause, line.blame].join(' ');
    const step = timeline.get(stepKey)
      || {at: new Date(at * 1000).toISOString(), cause: line.cause, blame: line.blame, count: 0};
    step.count++;
    timeline.set(stepKey, step);
  }
  return {
    total: lines.length,
    firstAt: lines.length ? new Date(first).toISOString() : undefined,
    lastAt: lines.length ? new Date(last).toISOString() : undefined,
    bucketSeconds: seconds,
    groups: [...groups.values()].sort((a, b) => b.count - a.count),
    groupsTotal: groups.size,
    timeline: [...timeline.values()],
  };
}

function query(values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, value);
  }
  return parameters.toString();
}

/** A page of list lines. */
export async function getLines(filter, cursor, limit, signal) {
  if (report) return {incidents: ofReport(filter)};
  return get(`/incidents?${query({...filter, brief: true, limit, cursor})}`, signal);
}

export async function getSummary(filter, steps, signal) {
  if (report) return summaryOf(ofReport(filter), steps);
  return get(`/incidents/summary?${query({...filter, steps})}`, signal);
}

export async function getIncident(id, signal) {
  if (!report) return get(`/incidents/${encodeURIComponent(id)}`, signal);
  const found = report.incidents.find((entry) => entry.incident.id === id);
  if (!found) throw new Problem(404, 'Not in this report', `There is no incident ${id} here.`);
  return found.incident;
}

export async function getPackets(id, signal) {
  if (!report) return get(`/incidents/${encodeURIComponent(id)}/packets`, signal);
  const found = report.incidents.find((entry) => entry.incident.id === id);
  return found ? found.packets : {total: 0, packets: []};
}

export async function getStatus(signal) {
  return report ? null : get('/status', signal);
}

let catalogue = report ? Promise.resolve(report.causes || {}) : null;

/** What each cause means, by its code; asked for once. */
export function getCauses() {
  if (!catalogue) {
    catalogue = get('/causes').catch((failure) => {
      catalogue = null;
      throw failure;
    });
  }
  return catalogue;
}

/** Where a file of an incident is, or null in a report. */
export function fileOf(id, name) {
  return report ? null : `${API}/incidents/${encodeURIComponent(id)}/${name}`;
}

/** Calls back when incidents may have come; ends by the function it returns. */
export function watch(changed) {
  if (report) return () => {};
  let timer = 0;
  let events = null;
  const poll = () => {
    clearInterval(timer);
    timer = setInterval(() => document.hidden || changed(), 5000);
  };
  try {
    events = new EventSource(`${API}/events`);
    for (const name of ['collecting', 'decided', 'reset']) events.addEventListener(name, changed);
    events.onerror = () => events.readyState === EventSource.CLOSED && poll();
  } catch {
    poll();
  }
  return () => {
    clearInterval(timer);
    if (events) events.close();
  };
}
