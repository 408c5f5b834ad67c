// Decisions as they come: one row each, which opens to show all that is known of it.
import { badge, byId, element } from "./dom.js";
import { read } from "./api.js";
import { dateTime, dollarsPerHourChange, time, words } from "./format.js";
import { today } from "./status.js";
import { details } from "./decision-details.js";

export const ROWS_MAX = 100;
const rows = new Map(); // by decision id: { decision, item, version }, in no order

export const decisions = () => [...rows.values()].map(row => row.decision);

/** All of the list, in place of what is shown: after a time without a connection nothing of that is sure. */
export async function reloadDecisions() {
  const page = await read("operations/decisions?limit=" + ROWS_MAX);
  const listed = new Set(page.decisions.map(decision => decision.decision_id));
  for (const [id, row] of rows) {
    if (!listed.has(id)) {
      row.item.remove();
      rows.delete(id);
    }
  }
  page.decisions.forEach(decision => showDecision(decision, false));
  byId("no-decisions").hidden = rows.size > 0;
}

export function showDecision(decision, isNew) {
  const known = rows.get(decision.decision_id);
  if (known === undefined) {
    add(decision, isNew);
  } else if (Date.parse(known.decision.updated_at) <= Date.parse(decision.updated_at)) { // what came may be older
    known.decision = decision;
    known.item.querySelector("summary").replaceChildren(...cells(decision));
    if (known.item.firstChild.open) fill(known);
  }
  byId("no-decisions").hidden = true;
}

/** With a new day the times of those before need their date. */
export function redrawRows() {
  for (const row of rows.values()) row.item.querySelector("summary").replaceChildren(...cells(row.decision));
}

function add(decision, isNew) {
  const summary = element("summary", { class: "decision" }, ...cells(decision));
  const opened = element("details", {}, summary, element("div", { class: "detail" }));
  const item = element("li", { class: isNew ? "new" : null, "data-ordering": decision.ordering,
    "data-decision": decision.decision_id }, opened);
  const row = { decision, item, version: 0 };
  opened.addEventListener("toggle", () => { if (opened.open) fill(row); });
  const list = byId("decision-list");
  const before = [...list.children].find(other => Number(other.dataset.ordering) < decision.ordering) ?? null;
  list.insertBefore(item, before);
  rows.set(decision.decision_id, row);
  if (rows.size > ROWS_MAX) {
    const oldest = list.lastElementChild;
    rows.delete(oldest.dataset.decision);
    oldest.remove();
  }
}

/** An answer that was overtaken by a newer question is not shown. */
async function fill(row) {
  const version = ++row.version;
  const place = row.item.querySelector(".detail");
  if (place.childElementCount === 0) place.textContent = "Loading…";
  try {
    const id = row.decision.decision_id.split("/").map(encodeURIComponent).join("/");
    const shown = details(await read("operations/decisions/" + id));
    if (version === row.version) place.replaceChildren(shown);
  } catch (failure) {
    if (version === row.version) place.textContent = "This could not be read: " + failure.message;
  }
}

function cells(d) {
  const cut = d.to !== d.proposed_to ? element("span", { class: "soft" }, " of " + d.proposed_to) : null;
  const cost = Number(d.cost_change_per_hour_usd);
  return [
    element("time", { class: "when", datetime: d.opened_at, title: dateTime(Date.parse(d.opened_at)) }, time(d.opened_at, today())),
    element("span", { class: "resource" }, d.resource),
    element("span", { class: "action" }, words(d.kind) + " " + d.from + " → " + d.to, cut),
    element("span", { class: "soft cause" }, words(d.cause)),
    element("span", { class: "cost" }, dollarsPerHourChange(cost)),
    element("span", { class: "verdict" }, verdict(d)),
    element("span", { class: "result" }, result(d)),
  ];
}

const PHASES = { approving: "waits for people", reviewing: "in review", confirming: "in review" };

function verdict(d) {
  if (d.verdict === null) return badge(PHASES[d.phase] ?? "approved", PHASES[d.phase] ? "warn" : "good");
  if (d.verdict !== "approved") return badge(d.verdict, "bad", d.binding_constraint);
  return d.binding_constraint === null
    ? badge("approved", "good") : badge("approved, lessened", "good", d.binding_constraint);
}

const RESULTS = { verified: "good", partial: "warn", undone: "warn", no_effect: "warn", escalated: "bad" };

function result(d) {
  if (d.result !== null) return badge(words(d.result), RESULTS[d.result] ?? "plain");
  if (d.phase === "executing" || d.phase === "running") return badge("running", "info");
  return d.binding_constraint === null ? "" : element("span", { class: "soft" }, words(d.binding_constraint));
}
