// The lines of the list as they are needed: pages by cursor, newer ones put before the others.

import {getLines} from './source.js';

const PAGE = 200;

/** Holds what has been loaded of one list; tells by a callback when that changes. */
export class Lines {
  constructor(filter, changed) {
    this.filter = filter;
    this.changed = changed;
    this.items = [];
    this.seen = new Set();
    this.cursor = undefined;
    this.ended = false;
    this.loading = null;
    this.problem = null;
    this.wanted = 0;
    this.abort = new AbortController();
  }

  close() {
    this.abort.abort();
  }

  /** Sees to it that lines up to that index are there, or will be. */
  want(index) {
    this.wanted = Math.max(this.wanted, index);
    if (!this.loading && !this.ended && !this.problem && this.items.length <= this.wanted) {
      this.loading = this.load();
    }
  }

  async load() {
    try {
      do {
        const limit = this.items.length === 0 ? 60 : Math.min(500, PAGE + this.items.length);
        const page = await getLines(this.filter, this.cursor, limit, this.abort.signal);
        this.append(page.incidents);
        this.cursor = page.nextCursor;
        this.ended = !page.nextCursor;
        this.changed();
      } while (!this.ended && this.items.length <= this.wanted);
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      this.problem = failure;
    } finally {
      this.loading = null;
    }
    this.changed();
  }

  append(incidents) {
    for (const line of incidents) {
      if (!this.seen.has(line.id)) {
        this.seen.add(line.id);
        this.items.push(line);
      }
    }
  }

  /** Fetches the newest; returns how many came before the others. */
  async refresh() {
    if (this.loading) await this.loading;
    this.problem = null;
    const page = await getLines(this.filter, undefined, 60, this.abort.signal);
    const known = new Map(page.incidents.map((line) => [line.id, line]));
    this.items = this.items.map((line) => known.get(line.id) || line);
    const fresh = page.incidents.filter((line) => !this.seen.has(line.id));
    if (fresh.length === page.incidents.length && this.items.length > 0 && page.nextCursor) {
      // More came than one page holds: begin again rather than leave a gap.
      this.items = [];
      this.seen.clear();
      this.cursor = page.nextCursor;
      this.ended = false;
    }
    fresh.forEach((line) => this.seen.add(line.id));
    this.items = [...fresh, ...this.items];
    if (this.cursor === undefined) {
      this.cursor = page.nextCursor;
      this.ended = !page.nextCursor;
    }
    this.changed();
    return fresh.length;
  }
}
