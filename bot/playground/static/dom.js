/** Builds DOM nodes. Data only ever becomes text or attribute values, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Paths drawn on a 20 by 20 grid, stroked in the colour of the text around them. */
const PATHS = {
  close: "M5 5l10 10M15 5L5 15",
  menu: "M3 5.5h14M3 10h14M3 14.5h9",
  send: "M3.5 10L16.5 4l-4 12.5-3-5zM9.5 11.5l3-3",
  reply: "M4 4.5h12v8.5H9.5L6 16v-3H4z",
  eye: "M2.5 10C4.5 6.5 7 5 10 5s5.5 1.5 7.5 5c-2 3.5-4.5 5-7.5 5s-5.5-1.5-7.5-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  down: "M5 8l5 5 5-5",
  hash: "M7.5 3.5l-1.5 13M14 3.5l-1.5 13M3.5 7.5h13.5M3 12.5h13.5",
  people: "M7 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2 16c.4-2.7 2.3-4.3 5-4.3s4.6 1.6 5 4.3M13.2 9.3a2.3 2.3 0 1 0-.6-4.5M14 11.9c2.3.3 3.7 1.7 4 4.1",
  like: "M3.5 9h3v7h-3zM6.5 9.5l3-6c1.3 0 2 .9 1.8 2.2L10.9 8h4.3c.9 0 1.5.8 1.3 1.6l-1.3 5.2c-.2.7-.8 1.2-1.5 1.2H6.5",
  dislike: "M3.5 9h3v7h-3zM6.5 9.5l3-6c1.3 0 2 .9 1.8 2.2L10.9 8h4.3c.9 0 1.5.8 1.3 1.6l-1.3 5.2c-.2.7-.8 1.2-1.5 1.2H6.5",
  home: "M3.5 9.5L10 4l6.5 5.5M5.5 8.5V16h9V8.5",
};

/**
 * Makes an element. `on…` functions become listeners; true is an empty attribute; false, null and
 * undefined are left out. Children may be nodes, strings, nested arrays, or empty values to skip.
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

/** Appends children one by one: thousands of them must not become arguments of one call. */
export function add(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(parent, child);
    else if (child !== null && child !== undefined && child !== false) parent.append(child);
  }
  return parent;
}

/** An icon for the eye only; the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

let lastId = 0;

/** An id that is unique on this page, for labels and descriptions. */
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/** The address as http or https, or null: nothing else may become a link. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link out of the page, or the plain label where the address is not a web address. */
export function link(address, label) {
  const href = webAddress(address);
  if (!href) return label;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
}
