// Figures and times as people read them.

const settings = {utc: false};

export function setUtc(utc) {
  settings.utc = utc;
}

export function isUtc() {
  return settings.utc;
}

const options = {
  clock: {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'},
  short: {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'},
  day: {day: 'numeric', month: 'short'},
  date: {day: 'numeric', month: 'short', year: 'numeric'},
};
const formats = {};

function formatter(kind) {
  const key = kind + settings.utc;
  if (!formats[key]) {
    const zone = settings.utc ? {timeZone: 'UTC'} : {};
    formats[key] = new Intl.DateTimeFormat(undefined, {...options[kind], ...zone});
  }
  return formats[key];
}

/** 14:03:07 in the chosen zone. */
export function clock(iso) {
  return formatter('clock').format(new Date(iso));
}

export function shortClock(iso) {
  return formatter('short').format(new Date(iso));
}

export function day(iso) {
  return formatter('day').format(new Date(iso));
}

export function date(iso) {
  return formatter('date').format(new Date(iso));
}

/** Today's times without a date, others with it. */
export function when(iso) {
  return date(iso) === date(Date.now()) ? clock(iso) : `${day(iso)}, ${clock(iso)}`;
}

/** How long ago, roughly. */
export function ago(iso, now = Date.now()) {
  const seconds = Math.max(0, (now - new Date(iso)) / 1000);
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

/** A length of time with three significant digits and its unit. */
export function duration(seconds) {
  const magnitude = Math.abs(seconds);
  if (magnitude === 0) return '0 s';
  if (magnitude < 1e-3) return `${significant(seconds * 1e6)} µs`;
  if (magnitude < 1) return `${significant(seconds * 1e3)} ms`;
  if (magnitude < 120) return `${significant(seconds)} s`;
  if (magnitude < 7200) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  if (magnitude < 172800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

function significant(value) {
  const text = Math.abs(value) >= 100 ? Math.round(value).toString() : value.toPrecision(3);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

export function bytes(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${count} B` : `${significant(value)} ${units[unit]}`;
}

export function count(value) {
  return Number(value).toLocaleString('en').replace(/,/g, '\u202f');
}

export function percent(share) {
  return `${Math.floor(share * 100)} %`;
}

export function plural(value, one, many) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Seconds between two RFC 3339 times; their digits beyond the millisecond count too. */
export function seconds(from, to) {
  return epoch(to) - epoch(from);
}

/** Seconds since 1970, with the fraction as exact as a number can hold. */
export function epoch(iso) {
  const fraction = /\.(\d+)/.exec(iso);
  const whole = Math.floor(Date.parse(iso) / 1000);
  return whole + (fraction ? Number(`0.${fraction[1]}`) : 0);
}

/** With a capital letter, unless its first word is a name of its own. */
export function sentence(text) {
  return /^[a-z]+\b(?![.:/-])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
