(() => {
  "use strict";
  const plots = JSON.parse(document.getElementById("plot-data").textContent);
  const places = document.querySelectorAll(".plot");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  // Distinguishable for the colour-blind, on both grounds.
  const colours = () => dark.matches
    ? ["#58a6ff", "#f0883e", "#56d364", "#d2a8ff", "#ff7b72", "#e3b341"]
    : ["#0969da", "#bc4c00", "#1a7f37", "#8250df", "#cf222e", "#9a6700"];
  const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const EPOCH = 1e8; // more seconds than any simulation lasts: then they are since 1970

  function clock(seconds) {
    if (seconds >= EPOCH) {
      const date = new Date(1000 * seconds).toISOString();
      return date.endsWith("T00:00:00.000Z") ? date.slice(0, 10) : date.slice(0, 16).replace("T", " ");
    }
    const s = Math.round(seconds), two = n => String(n).padStart(2, "0");
    const day = Math.floor(s / 86400);
    const time = two(Math.floor(s % 86400 / 3600)) + ":" + two(Math.floor(s % 3600 / 60)) + ":" + two(s % 60);
    return day > 0 ? "day " + (day + 1) + " " + time : time;
  }

  // Between two ticks there is a whole number of seconds, minutes, hours or days, not of hundreds of seconds.
  const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200]
    .concat([1, 2, 5, 7, 10, 14, 28, 56, 91, 182, 364].map(days => 86400 * days));

  // What a dashed line is.
  function legend(marks, isDate) {
    const entry = document.createElement("div");
    entry.className = "decisions";
    const [one, many] = isDate ? ["anomaly", "anomalies"] : ["decision", "decisions"];
    entry.textContent = marks.length === 0 ? "no " + many
      : marks.length + " " + (marks.length === 1 ? one : many) + ": point at one to read it";
    return entry;
  }

  function drawMarks(u, marks) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.strokeStyle = ink("--soft");
    ctx.globalAlpha = 0.45;
    ctx.setLineDash([4, 4]);
    let last = -Infinity; // of many in a row some are enough: the page still counts and names all
    for (const mark of marks) {
      const x = Math.round(u.valToPos(mark.second, "x", true)) + 0.5;
      if (x >= bbox.left && x <= bbox.left + bbox.width && x - last >= 5 * uPlot.pxRatio) {
        last = x;
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  function nearest(u, marks) {
    const left = u.cursor.left;
    if (left == null || left < 0) return "";
    const near = marks
      .map(mark => ({ mark, far: Math.abs(u.valToPos(mark.second, "x") - left) }))
      .filter(found => found.far < 8)
      .sort((a, b) => a.far - b.far)
      .slice(0, 3);
    return near.map(found => clock(found.mark.second) + "  " + found.mark.text).join("  |  ");
  }

  function show(plot, place) {
    place.replaceChildren();
    const said = document.createElement("div");
    said.className = "marks";
    const palette = colours();
    const axis = { stroke: ink("--soft"), grid: { stroke: ink("--line"), width: 1 }, ticks: { stroke: ink("--line") } };
    const marks = plot.marks;
    const isDate = plot.seconds[0] >= EPOCH;
    const chart = new uPlot({
      width: place.clientWidth || 800,
      height: 340,
      scales: { x: { time: false } },
      axes: [
        { ...axis, space: 110, incrs: TICKS, values: (u, ticks) => ticks.map(clock), label: isDate ? "date (UTC)" : "virtual time", labelSize: 22 },
        { ...axis, size: 70, label: plot.unit, labelSize: 22 },
      ],
      series: [
        { label: "time", value: (u, v) => v == null ? "" : clock(v) },
        ...plot.series.map((series, i) => ({
          label: series.name,
          stroke: palette[i % palette.length],
          width: 1.5,
          points: { show: false },
          paths: uPlot.paths.stepped({ align: 1 }),
        })),
      ],
      hooks: {
        drawAxes: [u => drawMarks(u, marks)], // behind the series
        setCursor: [u => { said.textContent = nearest(u, marks); }],
      },
    }, [plot.seconds, ...plot.series.map(series => series.values)], place);
    place.append(legend(marks, isDate), said);
    return chart;
  }

  let charts = [];
  const showAll = () => {
    charts.forEach(chart => chart.destroy());
    charts = plots.map((plot, i) => show(plot, places[i]));
  };
  showAll();
  dark.addEventListener("change", showAll);
  window.addEventListener("resize", () => charts.forEach((chart, i) =>
    chart.setSize({ width: places[i].clientWidth, height: 340 })));
})();
