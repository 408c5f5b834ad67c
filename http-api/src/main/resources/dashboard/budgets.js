// What each budget has used of its limit.
import { byId, element } from "./dom.js";
import { read } from "./api.js";
import { dollars, percent } from "./format.js";

export async function refreshBudgets() {
  const { budgets } = await read("budgets");
  const depths = new Map();
  byId("budgets").replaceChildren(...budgets.map(budget => {
    const depth = budget.parent === null ? 0 : (depths.get(budget.budget + "/" + budget.parent) ?? 0) + 1;
    depths.set(budget.budget + "/" + budget.node, depth);
    return show(budget, depth);
  }));
}

function show(budget, depth) {
  const share = budget.used_share;
  const bar = element("div", { class: "stack" + (share !== null && share >= 0.9 ? " tight" : ""), role: "img",
    "aria-label": budget.node + ": " + dollars(budget.spent_usd) + " spent, " + dollars(budget.committed_usd)
      + " committed, " + dollars(budget.reserved_usd) + " reserved" });
  const whole = Math.max(budget.limit_usd, budget.used_usd, 1e-6);
  for (const kind of ["spent", "committed", "reserved"]) {
    const piece = element("span", { class: kind, title: dollars(budget[kind + "_usd"]) + " " + kind });
    piece.style.width = 100 * budget[kind + "_usd"] / whole + "%";
    bar.append(piece);
  }
  return element("div", { class: "budget depth-" + Math.min(depth, 3) },
    element("div", { class: "line" },
      element("strong", {}, budget.node),
      element("span", {}, dollars(budget.used_usd) + " of " + dollars(budget.limit_usd),
        element("span", { class: share !== null && share >= 0.9 ? "failed" : "soft" }, share === null ? "" : " · " + percent(share)))),
    bar);
}
