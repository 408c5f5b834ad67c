// Makes elements. Text becomes text nodes only: whatever comes from outside cannot become markup.

/** @param attributes of the element; `class` too, and those that are null are left out */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

export const byId = id => document.getElementById(id);

/** Writes only what changed, so that a selection or a screen reader is not disturbed for nothing. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** A small coloured word; the word says all that the colour says. */
export function badge(text, tone = "plain", title = null) {
  return element("span", { class: "badge " + tone, title }, text);
}

/** Rows of cells below a head, for what has more than one column. */
export function table(caption, heads, rows) {
  return element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map(head => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map(cells =>
      element("tr", {}, ...cells.map(cell => element("td", {}, cell))))));
}

/** A list of names and values. */
export function pairs(entries) {
  return element("dl", { class: "pairs" }, ...entries
    .filter(([, value]) => value !== null && value !== "")
    .flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}
