// How every node of the widget is made: elements and text only. Nothing here or elsewhere reads HTML.

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Attributes} [attributes] @param {...Child} children @returns {HTMLElementTagNameMap[T]} */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
  return node;
}

// Strokes on a field of 24 by 24.
const ICONS = {
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  send: "M5 12h13M12 5l7 7-7 7",
  telephone:
    "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  web: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  up: "M7 11l4-8a2.4 2.4 0 0 1 2.4 2.8L13 9h5.5a2 2 0 0 1 2 2.4l-1.3 7A2 2 0 0 1 17.2 20H7zM7 11H3v9h4",
};

/** @param {keyof typeof ICONS} name a picture that says nothing by itself: its button or link has the words */
export function icon(name) {
  const SVG = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", `icon icon-${name}`);
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  return picture;
}

/** @param {keyof typeof ICONS} name @param {string} words for those who do not see it @param {Attributes} attributes */
export function iconButton(name, words, attributes) {
  return h("button", { type: "button", title: words, "aria-label": words, ...attributes }, icon(name));
}

/**
 * Whether it is Enter that sends. Enter that ends the conversion of Japanese never does: `isComposing` says so, or,
 * in Safari, where the composition is over by then, keyCode 229.
 * @param {KeyboardEvent} event
 */
export function isPlainEnter(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}
