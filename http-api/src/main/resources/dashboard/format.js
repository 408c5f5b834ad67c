// Figures as people read them, each with its unit. What there is not is a dash.

const DASH = "–";
const number = (digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits });
const WHOLE = number(0), ONE = number(1);
const known = value => value !== null && value !== undefined;

export const count = value => known(value) ? WHOLE.format(value) : DASH;

export const rate = value => known(value) ? (Math.abs(value) < 100 ? ONE : WHOLE).format(value) + "/s" : DASH;

export const percent = (share, digits = 1) => known(share) ? number(digits).format(100 * share) + " %" : DASH;

/** Cents matter for one instance, not for a budget. */
export function dollars(value) {
  if (!known(value)) return DASH;
  const size = Math.abs(value);
  const digits = size === 0 || size >= 1000 ? 0 : size >= 1 ? 2 : 4;
  return (value < 0 ? "\u2212$" : "$") + new Intl.NumberFormat("en",
    { minimumFractionDigits: Math.min(digits, 2), maximumFractionDigits: digits }).format(size);
}

export const dollarsPerHour = value => known(value) ? dollars(value) + "/h" : DASH;

/** With its sign, since it says whether money goes or comes. */
export const dollarsPerHourChange = value =>
  known(value) ? (value > 0 ? "+" : "") + dollarsPerHour(value) : DASH;

/** The day in UTC. */
export const day = millis => new Date(millis).toISOString().slice(0, 10);

/** An instant's time of day in UTC, with the date where that is not `today`, as far as today is known. */
export function time(instant, today = null) {
  const text = new Date(instant).toISOString();
  const clock = text.slice(11, 19);
  return today === null || text.startsWith(today) ? clock : text.slice(5, 10) + " " + clock;
}

export const dateTime = millis => new Date(millis).toISOString().slice(0, 19).replace("T", " ") + " UTC";

/** How much later than another instant. */
export function later(instant, start) {
  const ms = new Date(instant) - new Date(start);
  return ms < 60000 ? "+" + ONE.format(ms / 1000) + " s" : "+" + ONE.format(ms / 60000) + " min";
}

export function duration(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 1) return Math.max(0, Math.floor(ms / 1000)) + " s";
  if (minutes < 60) return minutes + " min";
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? hours + " h " + minutes % 60 + " min" : Math.floor(hours / 24) + " d " + hours % 24 + " h";
}

/** `scale_out` as words. */
export const words = code => code.replaceAll("_", " ");
