// The table of workloads, and a chart of each of the first few.
import { byId, element } from "./dom.js";
import { read } from "./api.js";
import { count, dollarsPerHour, percent, rate } from "./format.js";
import { WorkloadChart } from "./chart.js";

const CHARTS_MAX = 12;
const charts = new Map();

export async function refreshFleet(decisions) {
  const fleet = await read("fleet");
  byId("fleet-note").textContent = fleet.workloads.length + (fleet.workloads.length === 1 ? " workload" : " workloads")
    + (fleet.simulated ? ", simulated" : "");
  const rows = fleet.workloads.map(row);
  if (fleet.workloads.length > 1) rows.push(total(fleet.workloads));
  byId("fleet").replaceChildren(...rows);
  const shown = fleet.workloads.slice(0, CHARTS_MAX);
  for (const [name, chart] of charts) {
    if (!shown.some(workload => workload.name === name)) {
      chart.remove();
      charts.delete(name);
    }
  }
  for (const workload of shown) {
    if (!charts.has(workload.name)) charts.set(workload.name, new WorkloadChart(workload.name, byId("charts")));
    await charts.get(workload.name).refresh(fleet.at, decisions);
  }
}

let isMarking = false;

/** Many decisions between two frames are drawn once. */
export function markDecisions(decisions) {
  if (isMarking) return;
  isMarking = true;
  requestAnimationFrame(() => {
    isMarking = false;
    for (const chart of charts.values()) chart.mark(decisions());
  });
}

function row(workload) {
  const share = workload.safe_capacity_per_s > 0 ? workload.load_per_s / workload.safe_capacity_per_s : null;
  return element("tr", {},
    element("th", { scope: "row" }, workload.name, " ", element("span", { class: "soft" }, workload.project)),
    element("td", {}, utilisation(share)),
    element("td", {}, rate(workload.load_per_s)),
    element("td", {}, rate(workload.expected_peak_per_s)),
    element("td", {}, rate(workload.safe_capacity_per_s)),
    element("td", {}, count(workload.ready)),
    element("td", { class: workload.booting > 0 ? "booting" : "soft" }, count(workload.booting)),
    element("td", {}, dollarsPerHour(workload.cost_per_hour_usd)),
    element("td", { class: workload.failed_share > 0.001 ? "failed" : "soft" }, percent(workload.failed_share, 2)));
}

/** Beyond 100 % of what is safe, requests wait too long. */
function utilisation(share) {
  if (share === null) return "–";
  const bar = element("span", { class: "bar" + (share > 1 ? " over" : ""), "aria-hidden": "true" }, element("span"));
  bar.firstChild.style.width = Math.min(100, 100 * share) + "%";
  return element("span", { class: "utilisation" }, bar, percent(share, 0));
}

function total(workloads) {
  const sum = name => workloads.reduce((before, workload) => before + (workload[name] ?? 0), 0);
  return element("tr", { class: "total" },
    element("th", { scope: "row" }, "All"),
    element("td"),
    element("td", {}, rate(sum("load_per_s"))),
    element("td"),
    element("td"),
    element("td", {}, count(sum("ready"))),
    element("td", {}, count(sum("booting"))),
    element("td", {}, dollarsPerHour(sum("cost_per_hour_usd"))),
    element("td"));
}
