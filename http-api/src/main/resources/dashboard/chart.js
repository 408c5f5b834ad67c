// One workload's load against its SLO-safe capacity and its expected peak, with the decisions on it.
import uPlot from "./lib/uPlot.esm.js";
import { element, setText } from "./dom.js";
import { read } from "./api.js";
import { rate, time, words } from "./format.js";

const POINTS_MAX = 3000;
const HEIGHT_PX = 230;
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class WorkloadChart {
  #name;
  #place = element("div", { class: "plot" });
  #said = element("p", { class: "said soft" });
  #figure;
  #columns = [[], [], [], []]; // seconds, load, capacity, expected peak
  #marks = [];
  #plot = null;
  #redraw = () => this.#draw();
  #watch = new ResizeObserver(() => this.#fit());

  constructor(name, parent) {
    this.#name = name;
    this.#figure = element("figure", { class: "panel" },
      element("figcaption", {}, name, " ", element("span", { class: "soft" }, "load per second, UTC")),
      this.#place, this.#said);
    parent.append(this.#figure);
    this.#watch.observe(this.#place);
    dark.addEventListener("change", this.#redraw);
  }

  remove() {
    this.#watch.disconnect();
    dark.removeEventListener("change", this.#redraw);
    this.#plot?.destroy();
    this.#figure.remove();
  }

  /** Reads what came since; a clock that went back is another run, of which all is read anew. */
  async refresh(at, decisions) {
    let [seconds] = this.#columns;
    if (seconds.length > 0 && seconds.at(-1) * 1000 > Date.parse(at)) {
      this.#columns = [[], [], [], []];
      [seconds] = this.#columns;
    }
    const since = seconds.length > 0 ? "?since=" + new Date(seconds.at(-1) * 1000).toISOString() : "";
    const history = await read("fleet/" + encodeURIComponent(this.#name) + "/history" + since);
    history.at_epoch_ms.forEach((ms, i) => {
      if (seconds.length > 0 && ms <= seconds.at(-1) * 1000) return;
      this.#columns[0].push(ms / 1000);
      this.#columns[1].push(history.load_per_s[i]);
      this.#columns[2].push(history.safe_capacity_per_s[i]);
      this.#columns[3].push(history.expected_peak_per_s[i]);
    });
    const surplus = seconds.length - POINTS_MAX;
    if (surplus > 0) this.#columns.forEach(column => column.splice(0, surplus));
    this.#take(decisions());
    if (this.#plot === null) this.#draw();
    else this.#plot.setData(this.#columns);
    this.#showLast();
    this.#describe();
  }

  /** New decisions come at once, not only with the next figures. */
  mark(decisions) {
    this.#take(decisions);
    this.#plot?.redraw(false);
  }

  #take(decisions) {
    this.#marks = decisions
      .filter(decision => decision.resource === "workload/" + this.#name)
      .map(decision => ({ second: Date.parse(decision.opened_at) / 1000, decision }));
  }

  /** While nothing is pointed at, the legend has the figures of now. */
  #showLast() {
    const left = this.#plot.cursor.left;
    if (left === undefined || left < 0) this.#plot.setLegend({ idx: this.#columns[0].length - 1 }, false);
  }

  /** For those who cannot see the curves. */
  #describe() {
    const last = index => rate(this.#columns[index].at(-1) ?? null);
    this.#place.setAttribute("role", "img");
    this.#place.setAttribute("aria-label", "Chart of " + this.#name + ": load " + last(1) + ", SLO-safe capacity "
      + last(2) + ", expected peak " + last(3) + ", " + this.#marks.length + " decisions");
  }

  #fit() {
    const width = this.#place.clientWidth;
    if (this.#plot !== null && width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: HEIGHT_PX });
    }
  }

  #draw() {
    this.#plot?.destroy();
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 },
      ticks: { stroke: colour("--line"), width: 1 }, font: "12px system-ui, sans-serif" };
    const series = (label, stroke, more) =>
      ({ label, stroke, width: 1.6, points: { show: false }, value: (u, v) => rate(v), ...more });
    this.#plot = new uPlot({
      width: this.#place.clientWidth || 400,
      height: HEIGHT_PX,
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { points: { size: 6 } },
      scales: { y: { range: (u, min, max) => [0, Math.max(1, max ?? 1) * 1.08] } },
      axes: [
        { ...axis, size: 30, values: (u, ticks, axisIndex, space, step) =>
          ticks.map(t => step >= 60 ? time(t * 1000).slice(0, 5) : time(t * 1000)) },
        { ...axis, size: 52, values: (u, ticks) => ticks.map(t => t >= 10000 ? t / 1000 + "k" : String(t)) },
      ],
      series: [
        { label: "time", value: (u, v) => v === null ? "–" : time(v * 1000) },
        series("load", colour("--load"), { fill: colour("--load-fill") }),
        series("safe capacity", colour("--capacity"), { paths: uPlot.paths.stepped({ align: 1 }) }),
        series("expected peak", colour("--peak"), { dash: [5, 4] }),
      ],
      hooks: {
        drawAxes: [u => this.#drawMarks(u)], // behind the series
        setCursor: [u => {
          setText(this.#said, this.#nearest(u));
          if (this.#plot !== null) this.#showLast();
        }],
      },
    }, this.#columns, this.#place);
    setText(this.#said, this.#nearest(this.#plot));
    this.#showLast();
  }

  #drawMarks(u) {
    const { ctx, bbox } = u;
    ctx.save();
    for (const { second, decision } of this.#marks) {
      const x = Math.round(u.valToPos(second, "x", true)) + 0.5;
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      const tone = colour(tint(decision));
      ctx.strokeStyle = tone;
      ctx.fillStyle = tone;
      ctx.globalAlpha = 0.55;
      ctx.setLineDash([3 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.globalAlpha = 1;
      this.#drawArrow(ctx, x, bbox.top, decision.to >= decision.from);
    }
    ctx.restore();
  }

  /** Up for more instances, down for fewer. */
  #drawArrow(ctx, x, top, up) {
    const size = 5 * uPlot.pxRatio, base = top + (up ? 2 * size : 0), tip = top + (up ? 0 : 2 * size);
    ctx.beginPath();
    ctx.moveTo(x - size, base);
    ctx.lineTo(x + size, base);
    ctx.lineTo(x, tip);
    ctx.fill();
  }

  #nearest(u) {
    const left = u.cursor.left;
    const near = left === undefined || left < 0 ? [] : this.#marks
      .map(mark => ({ mark, far: Math.abs(u.valToPos(mark.second, "x") - left) }))
      .filter(({ far }) => far < 8)
      .sort((a, b) => a.far - b.far)
      .slice(0, 2);
    if (near.length === 0) return "Arrows are decisions: point at one to read it.";
    return near.map(({ mark: { decision: d } }) => time(d.opened_at) + " " + words(d.kind) + " " + d.from + " → "
      + d.to + ", " + words(d.cause) + ", " + words(d.result ?? d.verdict ?? d.phase)).join(" | ");
  }
}

function tint(decision) {
  if (decision.verdict === null) return "--soft";
  return decision.verdict === "approved" ? "--good" : "--bad";
}
