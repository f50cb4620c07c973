'use strict';
/*
 * Reports HTTP requests that fail to the netverdict service on this machine, and logs why.
 * One file, Node 18 or newer, no dependency; copy it into your program.
 *
 *     require('./netverdict').install();        // or: node --require ./netverdict-install.js
 *
 * From then on failed requests of fetch, http and https are reported, and a moment later
 * console.warn tells the hint; the error gets it as its property `netverdict`. Nothing here throws
 * into the program, and nothing waits unless `waitForHint` says how long fetch may.
 */
const diagnostics = require('node:diagnostics_channel');
const { errorMonitor } = require('node:events');
const http = require('node:http');
const https = require('node:https');
const module_ = require('node:module');
const { randomUUID } = require('node:crypto');

const plainRequest = http.request;
const MAX_MESSAGE = 32 * 1024;
const MAX_PENDING = 32;
const LONGEST_REST_MS = 60_000;
const MAX_ANSWER = 8 << 20;

const settings = {
  service: (process.env.NETVERDICT_URL || 'http://127.0.0.1:8321').replace(/\/$/, ''),
  waitForHint: 0, // milliseconds a failed fetch may wait
  hintDeadline: 10_000, // milliseconds a hint is awaited in the background
  log: (line) => console.warn(line),
};
const state = { pending: 0, restMs: 0, awayUntil: 0, leftOut: 0 };
const reported = new WeakMap();

function limited(text) {
  if (text.length <= MAX_MESSAGE) return text;
  const half = MAX_MESSAGE / 2;
  const leftOut = text.length - 2 * half;
  return `${text.slice(0, half)}\n[... ${leftOut} characters left out ...]\n${text.slice(-half)}`;
}

/** The error and its causes, a line each. */
function describe(error) {
  const lines = [];
  for (let cause = error; cause && lines.length < 32; cause = cause.cause) {
    const parts = Array.isArray(cause.errors) ? cause.errors.map((e) => e.message).join('; ') : '';
    lines.push(`${cause.name}: ${cause.message}${parts ? ` (${parts})` : ''}`
      + (cause.code && !String(cause.message).includes(cause.code) ? ` ${cause.code}` : ''));
  }
  return limited(lines.join('\n'));
}

function withoutUser(url) {
  try {
    const clean = new URL(String(url));
    clean.username = '';
    clean.password = '';
    return limited(clean.href);
  } catch {
    return undefined;
  }
}

/** Reports an error once; resolves with the hint or undefined, never rejects. */
function report(error, { url, method, startedAt, local, remote } = {}) {
  try {
    const known = reported.get(error) || reported.get(error.cause);
    if (known) return known;
    if (Date.now() < state.awayUntil || state.pending >= MAX_PENDING) {
      state.leftOut++;
      return Promise.resolve(undefined);
    }
    const body = {
      message: describe(error), url: url && withoutUser(url), method, local, remote,
      occurredAt: new Date().toISOString(),
      startedAt: startedAt && startedAt.toISOString(),
      client: `node ${process.versions.node}`,
      key: `node-${randomUUID()}`,
      attributes: state.leftOut ? { 'netverdict.leftOut': String(state.leftOut) } : undefined,
    };
    state.leftOut = 0;
    state.pending++;
    const answer = post(body).then((hint) => {
      state.restMs = 0;
      if (hint) {
        for (const told of [error, error.cause]) {
          if (told && Object.isExtensible(told)) told.netverdict = hint;
        }
        settings.log(`hint for ${body.url || 'the request'}: ${hint}`);
      }
      return hint;
    }, (failure) => {
      if (!state.restMs) {
        settings.log(`failed requests go unreported until ${settings.service} answers: `
          + failure.message);
      }
      state.restMs = Math.min(LONGEST_REST_MS, 2 * state.restMs || 1_000);
      state.awayUntil = Date.now() + state.restMs;
      return undefined;
    }).catch(() => undefined).finally(() => state.pending--);
    reported.set(error, answer);
    if (error.cause && typeof error.cause === 'object') reported.set(error.cause, answer);
    return answer;
  } catch {
    return Promise.resolve(undefined);
  }
}

function post(body) {
  return new Promise((resolve, reject) => {
    const text = Buffer.from(JSON.stringify(body));
    const wait = Math.max(1, Math.round(settings.hintDeadline / 1000));
    const request = plainRequest(`${settings.service}/api/v1/errors?wait=${wait}s`, {
      method: 'POST', agent: false,
      headers: { 'Content-Type': 'application/json', 'Content-Length': text.length },
    }, (response) => {
      const parts = [];
      let length = 0;
      response.on('data', (part) => {
        length += part.length;
        if (length <= MAX_ANSWER) parts.push(part);
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode >= 500 || response.statusCode === 429) {
          reject(new Error(`status ${response.statusCode}`));
          return;
        }
        try {
          const incident = JSON.parse(Buffer.concat(parts).toString());
          const { cause, hint } = incident.verdict;
          resolve(cause ? `${hint} [${cause}, incident ${incident.id}]` : undefined);
        } catch {
          resolve(undefined); // still collecting, or not for us
        }
      });
    });
    const timer = setTimeout(() => request.destroy(new Error('no answer')),
      settings.hintDeadline + 2_000);
    request.on('close', () => clearTimeout(timer));
    request.on('error', reject);
    request.end(text);
  });
}

/** A fetch like the one given that reports its failures. */
function reportingFetch(next) {
  return async function fetch(input, options) {
    const startedAt = new Date();
    try {
      return await next(input, options);
    } catch (error) {
      if (error && error.name !== 'AbortError') {
        const url = typeof input === 'string' || input instanceof URL ? input : input && input.url;
        const method = (options && options.method) || (input && input.method) || 'GET';
        const hint = report(error, { url, method, startedAt });
        if (settings.waitForHint > 0) {
          let timer;
          const longest = new Promise((r) => { timer = setTimeout(r, settings.waitForHint); });
          await Promise.race([hint, longest]);
          clearTimeout(timer);
        }
      }
      throw error;
    }
  };
}

/** Watches a request of http or https without becoming a listener that would calm its errors. */
function watched(request, startedAt) {
  const failed = (error) => {
    const scheme = request.protocol || 'http:';
    report(error, {
      url: `${scheme}//${request.getHeader('host') || request.host}${request.path}`,
      method: request.method, startedAt,
    });
  };
  request.prependOnceListener(errorMonitor, failed);
  request.prependOnceListener('response', (response) => {
    response.prependOnceListener(errorMonitor, failed);
  });
  return request;
}

function wrapped(request) {
  return function (...parameters) {
    return watched(request.apply(this, parameters), new Date());
  };
}

/** Reports failures of fetch, http and https from now on. */
function install(changes = {}) {
  Object.assign(settings, changes);
  if (globalThis.fetch) globalThis.fetch = reportingFetch(globalThis.fetch);
  // What fails after the response began, and other users of the built-in client.
  const begun = new WeakMap();
  diagnostics.subscribe('undici:request:create', ({ request }) => begun.set(request, new Date()));
  diagnostics.subscribe('undici:request:error', ({ request, error }) => {
    if (error && error.name !== 'AbortError') {
      report(error, {
        url: `${request.origin}${request.path}`,
        method: request.method,
        startedAt: begun.get(request),
      });
    }
  });
  for (const client of [http, https]) {
    client.request = wrapped(client.request);
    client.get = wrapped(client.get);
  }
  module_.syncBuiltinESMExports();
}

module.exports = { install, report, reportingFetch, settings };
