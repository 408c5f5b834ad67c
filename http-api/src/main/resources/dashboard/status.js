// The head of the page: how the control plane is, what time it has, and what it counted.
import { badge, byId, element, setText } from "./dom.js";
import { count, dateTime, day, duration, percent } from "./format.js";

const MODES = {
  full: ["good", "decides and acts within the limits"],
  "low-risk": ["info", "acts only where the risk is low"],
  observe: ["info", "shows what it would do, and does nothing"],
  paused: ["warn", "stopped by a person"],
};

let clock = null; // the last that was heard: the control plane's instant, when that was here, and its speed

/** The control plane's time, which may run faster than ours. */
const now = () => clock.at + (performance.now() - clock.heard) * clock.speed;

/** The day that the control plane has; null until it is known. */
export const today = () => clock === null ? null : day(now());

export function showStatus(status) {
  clock = { at: Date.parse(status.now), heard: performance.now(), speed: status.speed };
  const [tone, title] = MODES[status.mode] ?? ["plain", null];
  const badges = [["mode: " + status.mode, tone, title]];
  badges.push(status.ready ? ["ready", "good", null] : ["not ready", "bad", status.problems.join("; ")]);
  if (status.simulated) badges.push(["simulated fleet", "info", "its machines exist only in this process"]);
  const text = JSON.stringify(badges);
  const place = byId("badges");
  if (place.dataset.shown !== text) {
    place.dataset.shown = text;
    place.replaceChildren(...badges.map(entry => element("li", {}, badge(...entry))));
  }
  showCounts(status);
  setText(byId("build"), "Version " + status.version + " · settings " + status.settings_sha256.slice(0, 12)
    + " · up for " + duration(Date.parse(status.now) - Date.parse(status.started_at))
    + " · figures since the journal began, as far as it was read");
  showClock();
}

export function showClock() {
  if (clock === null) return;
  const speed = clock.speed === 1 ? "" : " · " + count(clock.speed) + " × real time";
  setText(byId("clock"), dateTime(now()) + speed);
}

function showCounts(status) {
  const counts = status.counts;
  const tiles = [
    ["Decisions", count(counts.decisions), counts.open + " open"],
    ["Approved", count(counts.approved), share(counts.approved, counts.decisions - counts.open, "of those decided")],
    ["Rejected", count(counts.rejected), count(counts.declined) + " declined, " + count(counts.expired) + " expired"],
    ["Verified", count(counts.verified), share(counts.verified, counts.approved, "of those approved")],
    ["Escalated", count(counts.escalated), "handed to people"],
    ["Interventions", count(counts.interventions), share(counts.interventions, counts.decisions, "of decisions")],
    ["Events", count(status.journal_events), "in the journal"],
  ];
  byId("counts").replaceChildren(...tiles.map(([name, value, note]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value), element("dd", { class: "note" }, note))));
}

const share = (part, whole, of) => whole > 0 ? percent(part / whole) + " " + of : "none yet";

let problems = "", lost = false;

/** What is wrong is said once, in words, above everything else. */
export function showNotice() {
  const notice = byId("notice");
  const text = lost ? "Connection lost. What you see is old; trying again…" : problems;
  setText(notice, text);
  notice.hidden = text === "";
}

export function setConnected(connected) {
  lost = !connected;
  document.body.classList.toggle("stale", lost);
  showNotice();
}

export function setProblem(text) {
  problems = text;
  showNotice();
}
