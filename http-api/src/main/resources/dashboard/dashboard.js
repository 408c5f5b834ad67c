// Starts everything: what is polled, and what is heard.
import { listen, read, repeat } from "./api.js";
import { refreshBudgets } from "./budgets.js";
import { ROWS_MAX, decisions, redrawRows, reloadDecisions, showDecision } from "./decisions.js";
import { markDecisions, refreshFleet } from "./fleet.js";
import { setConnected, setProblem, showClock, showStatus, today } from "./status.js";

const STATUS_MS = 2000, FLEET_MS = 2000, BUDGETS_MS = 5000, CLOCK_MS = 250, RELOAD_MS = 2000, GATHER_MS = 100;

let shownDay = null;

repeat(STATUS_MS, async () => {
  try {
    const status = await read("operations/status");
    showStatus(status);
    if (shownDay !== today()) redrawRows();
    shownDay = today();
    setProblem(status.ready ? "" : "Not ready: " + status.problems.join("; "));
  } catch (failure) {
    setProblem("The state cannot be read: " + failure.message);
  }
});
repeat(FLEET_MS, () => refreshFleet(decisions));
repeat(BUDGETS_MS, refreshBudgets);
setInterval(showClock, CLOCK_MS);

// What the stream brought and is not shown yet, by decision. The stream is opened before the list is read, so that nothing
// falls between them; many changes in a moment are shown at once.
const arrived = new Map();
let listed = false, isDue = false;

async function reload() {
  try {
    await reloadDecisions();
    listed = true;
    showArrived();
  } catch {
    setTimeout(reload, RELOAD_MS);
  }
}

function showArrived() {
  isDue = false;
  if (!listed) return; // they wait for the list
  for (const decision of arrived.values()) showDecision(decision, true);
  arrived.clear();
  markDecisions(decisions);
}

listen(
  decision => {
    arrived.delete(decision.decision_id); // the newest last
    arrived.set(decision.decision_id, decision);
    if (arrived.size > ROWS_MAX) arrived.delete(arrived.keys().next().value);
    if (!isDue) setTimeout(showArrived, GATHER_MS);
    isDue = true;
  },
  connected => {
    setConnected(connected);
    listed = false;
    if (connected) reload();
  });
