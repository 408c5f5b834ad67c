// Starts everything: what is polled, and what is heard.
import { listen, read, repeat } from "./api.js";
import { refreshBudgets } from "./budgets.js";
import { decisions, redrawRows, reloadDecisions, showDecision } from "./decisions.js";
import { markDecisions, refreshFleet } from "./fleet.js";
import { setConnected, setProblem, showClock, showStatus, today } from "./status.js";

const STATUS_MS = 2000, FLEET_MS = 2000, BUDGETS_MS = 5000, CLOCK_MS = 250, RELOAD_MS = 2000;

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

// The stream is opened before the list is read, so that nothing falls between them.
const meanwhile = [];
let listed = false;

async function reload() {
  try {
    await reloadDecisions(meanwhile);
    listed = true;
    markDecisions(decisions);
  } catch {
    setTimeout(reload, RELOAD_MS);
  }
}

listen(
  decision => {
    if (!listed) {
      meanwhile.push(decision);
      return;
    }
    showDecision(decision, true);
    markDecisions(decisions);
  },
  connected => {
    setConnected(connected);
    listed = false;
    if (connected) reload();
  });
