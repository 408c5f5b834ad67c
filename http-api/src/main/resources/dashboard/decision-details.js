// All that is known of one decision: why, who said what, and what came of it.
import { badge, element, pairs, table } from "./dom.js";
import { dateTime, dollarsPerHour, dollarsPerHourChange, later, percent, time, words } from "./format.js";

const ANSWERS = { accept: "good", counter: "warn", reject: "bad" };

export function details(d) {
  const parts = [why(d), outcome(d), votes(d), course(d), alternatives(d), facts(d)];
  return element("div", { class: "parts" }, ...parts.filter(part => part !== null));
}

const part = (title, kind, ...content) =>
  element("section", { class: kind }, element("h3", {}, title), ...content);

function why(d) {
  return part("Why", "why", pairs([
    ["Decision", element("code", {}, d.decision_id)],
    ["Proposed by", d.agent],
    ["Cause", words(d.cause)],
    ["Expected effect", d.effect],
    ["Confidence", percent(d.confidence, 0)],
    ["Priority", d.priority],
    ["Wanted", d.from + " → " + d.proposed_to + ", at least " + d.least_to],
    ["Costs", dollarsPerHour(Number(d.unit_cost_per_hour_usd)) + " each, "
      + dollarsPerHourChange(Number(d.cost_change_per_hour_usd)) + " in all"],
    ["Region", d.region],
    ["Project", d.project],
  ]));
}

function outcome(d) {
  const asked = d.approvals;
  return part("What came of it", "outcome", pairs([
    ["Verdict", d.verdict === null ? "none yet: " + words(d.phase) : words(d.verdict)],
    ["Binding constraint", d.binding_constraint],
    ["Decided", d.verdict === null ? null : d.from + " → " + d.to],
    ["Change", d.change === null ? null : words(d.change.end)
      + (d.change.detail === "" ? "" : ": " + words(d.change.detail))],
    ["Instances after", d.level === null ? null : String(d.level)],
    ["Achieved", d.achieved === null ? null : d.achieved + " of " + Math.abs(d.to - d.from)],
    ["People", asked === null ? null : asked.approvers.length + " of " + asked.needed + " approved"
      + (asked.approvers.length > 0 ? ": " + asked.approvers.join(", ") : "")],
    ["Proposal", asked === null ? null : element("code", { class: "hash" }, asked.proposal_sha256)],
    ["Interventions", d.interventions.map(words).join(", ")],
    ["Still owed", d.owed.join(", ")],
    ["Deadline", d.deadline === null ? null : dateTime(Date.parse(d.deadline))],
  ]));
}

function votes(d) {
  const cast = d.votes.map(vote => [
    vote.reviewer,
    badge(vote.to === null ? vote.answer : vote.answer + ": " + vote.to, ANSWERS[vote.answer] ?? "plain"),
    vote.constraint === null ? "" : element("code", {}, vote.constraint),
    vote.detail ?? "",
    later(vote.at, d.opened_at),
  ]);
  const silent = d.reviewers.slice(d.votes.length).map(reviewer => [reviewer, "not asked", "", "", ""]);
  return part("Votes", "votes", element("div", { class: "scroll" },
    table("Votes in the order of the reviewers", ["Reviewer", "Answer", "Limit", "Detail", "After"],
      [...cast, ...silent])));
}

const STEPS = {
  proposed: "proposed", opened: "opened", accept: "accepted", counter: "countered", reject: "rejected",
};

function course(d) {
  const start = d.course[0].at;
  return part("Course", "course", element("ol", { class: "course-steps" }, ...d.course.map(step => element("li", {},
    element("time", { datetime: step.at, title: step.at }, time(step.at)),
    element("span", { class: "soft" }, later(step.at, start)),
    element("span", {}, (step.who === null ? "" : step.who + " ") + (STEPS[step.what] ?? words(step.what))
      + (step.detail === "" ? "" : ": " + words(step.detail)))))));
}

function alternatives(d) {
  return d.alternatives.length === 0 ? null : part("Alternatives", "alternatives",
    table("What else could be done", ["To", "Why"], d.alternatives.map(other => [String(other.to), other.why])));
}

function facts(d) {
  return d.facts.length === 0 ? null
    : part("Facts used", "facts", pairs(d.facts.map(fact => [words(fact.name), fact.value])));
}
