// One turn as nodes: the visitor's words, and the answer as a slip from the counter, its figures standing out.

import { h, icon, iconButton, isPlainEnter } from "./dom.js";

// More figures than these are a list, which is read and not seen at a glance.
const MOST_ON_BOARD = 4;

/** @param {string} text of the visitor @param {Words} words */
export function said(text, words) {
  const state = h("p", { class: "state", "aria-live": "off" });
  return h("article", { class: "you" }, h("p", { class: "said" }, words.you), h("p", { class: "bubble" }, text), state);
}

/** @param {Turn} turn whose answer it is @param {Words} words @param {Acts} acts */
export function answer(turn, words, acts) {
  const node = h("article", { class: turn.turn === 0 ? "desk greeting" : "desk" }, h("p", { class: "said" }, words.desk));
  for (const { text, custom } of turn.replies) {
    const parts = custom ? told(custom, words) : paragraphs(text, []);
    node.append(h("div", { class: `slip ${custom?.outcome ?? ""}`, lang: "ja" }, ...parts));
  }
  const last = turn.replies[turn.replies.length - 1];
  if (turn.turn !== 0 && last) node.append(tools(turn, turn.replies.map((reply) => reply.text).join("\n"), words, acts));
  const choices = turn.replies.flatMap((reply) => reply.custom?.choices ?? []);
  if (choices.length) node.append(offered(choices, last.custom?.outcome ?? "", turn.turn === 0, words, acts));
  return node;
}

/** @param {Custom} custom @param {Words} words @returns {Child[]} */
function told(custom, words) {
  const printed = custom.facts.filter(isFigure).map((fact) => fact.printed);
  const lines = custom.details.length ? paragraphs(custom.details.join("\n"), printed) : [];
  const [verdict, lead] = parted(custom);
  return [
    verdict && h("p", { class: "verdict" }, verdict),
    board(custom),
    h("div", { class: "lead" }, ...paragraphs(lead, printed)),
    lines.length > 0 && h("div", { class: "details" }, ...lines),
    custom.notes.length > 0 && h("ul", { class: "notes" }, ...custom.notes.map((note) => h("li", {}, note))),
    custom.contacts.length > 0 && offices(custom.contacts, words),
    custom.origin && origin(custom, words),
  ];
}

/** @param {Custom} custom parted into the short sentence that settles it (いいえ、対象外です。) and the rest */
function parted({ lead, facts, outcome }) {
  const found = /^([^。\n]{1,14}。)(.+)$/su.exec(lead);
  return found && facts.length > 0 && outcome === "answered" ? [found[1], found[2]] : ["", lead];
}

/** @param {Fact} fact */
function isFigure(fact) {
  return fact.unit !== "text" && fact.value !== null && fact.printed !== "";
}

/**
 * The figures in large, where they are few and none can be taken for another: those that the leading sentence states, of
 * one programme, each under a name of its own. For the eye only: the sentence says the same.
 * @param {Custom} custom
 */
function board(custom) {
  if (custom.outcome !== "answered") return null;
  const computed = new Set(custom.facts.filter((fact) => fact.type === "computed").map((fact) => fact.name));
  const details = custom.details.join();
  const figures = custom.facts.filter(
    (fact) =>
      isFigure(fact) &&
      // what is worked out from a figure stands for it: 21万円, not 7%
      (fact.type === "computed" ? (custom.lead + details).includes(fact.printed) : custom.lead.includes(fact.printed) && !computed.has(fact.name)),
  );
  const names = new Set(figures.map((fact) => fact.name));
  const programs = new Set(custom.facts.flatMap((fact) => (fact.program ? [fact.program] : [])));
  const clear = figures.every((fact) => fact.name) && names.size === figures.length && programs.size === 1;
  if (!clear || figures.length === 0 || figures.length > MOST_ON_BOARD) return null;
  const pairs = figures.map((fact) => h("div", {}, h("dt", {}, fact.name), h("dd", {}, ...sized(fact.printed))));
  return h("dl", { class: `board of-${figures.length}`, "aria-hidden": "true" }, ...pairs);
}

/** @param {string} printed 1億2,000万円以上; its digits larger than the words between them */
function sized(printed) {
  return printed.split(/([\d,.]+)/).map((part) => (/\d/.test(part) ? h("b", {}, part) : part));
}

/** @param {string} text lines: paragraphs and lists @param {string[]} printed the figures to be marked */
function paragraphs(text, printed) {
  /** @type {HTMLElement[]} */
  const blocks = [];
  for (const line of text.split("\n")) {
    const item = /^[・•]\s*(.*)$/.exec(line);
    const last = blocks[blocks.length - 1];
    if (!item) blocks.push(h("p", {}, ...marked(line, printed)));
    else if (last?.tagName === "UL") last.append(h("li", {}, ...marked(item[1], printed)));
    else blocks.push(h("ul", {}, h("li", {}, ...marked(item[1], printed))));
  }
  return blocks;
}

/** @param {string} text @param {string[]} printed */
function marked(text, printed) {
  const wanted = [...new Set(printed)].sort((a, b) => b.length - a.length);
  if (!wanted.length) return [text];
  const figures = wanted.map((figure) => figure.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|");
  // 2億円 does not stand in 12億円, nor 7% in 0.7%.
  return text.split(new RegExp(`(?<![\\d.,])(${figures})`, "u")).map((part, n) => (n % 2 ? h("strong", {}, part) : part));
}

/** @param {Contact[]} contacts with what to tap; in one line those without @param {Words} words */
export function offices(contacts, words) {
  const mute = contacts.filter(({ telephone, mail, web }) => !telephone && !mail && !web);
  const items = contacts.filter((contact) => !mute.includes(contact)).map(({ office, telephone, extension, mail, web, note }) => {
    const aside = [extension && `${words.extension} ${extension}`, note && !office.includes(note) && note];
    return entry(
      office,
      aside.filter(Boolean).join("　"),
      telephone && link(`tel:${telephone.replace(/[^\d+]/g, "")}`, "telephone", telephone, `${words.telephone} ${office}`),
      mail && link(`mailto:${mail}`, "mail", mail, `${words.mail} ${office}`),
      web && /^https?:\/\//.test(web) && link(web, "web", web, `${words.web} ${office}`),
    );
  });
  if (mute.length) items.push(entry(mute.map((contact) => contact.office).join("、"), words.noNumber));
  return h("ul", { class: "offices" }, ...items);
}

/** @param {string} office @param {string} aside @param {...Child} links */
function entry(office, aside, ...links) {
  return h(
    "li",
    {},
    h("p", { class: "office", lang: "ja" }, office),
    aside && h("p", { class: "aside" }, aside),
    links.some(Boolean) && h("p", { class: "links" }, ...links),
  );
}

/** @param {string} href @param {"telephone" | "mail" | "web"} picture @param {string} shown @param {string} whose */
function link(href, picture, shown, whose) {
  const name = h("span", { class: "said" }, `${whose} `);
  return h("a", { class: `link ${picture}`, href, ...(picture === "web" && { rel: "noopener", target: "_blank" }) }, icon(picture), name, shown);
}

/** @param {Custom} custom whose day, programme, document and place in it are shown @param {Words} words */
function origin(custom, words) {
  const [when, ...others] = originParts(custom.origin);
  const stated = custom.facts.filter((fact) => fact.type === "stated" && fact.section);
  const sections = [...new Set(stated.map((fact) => fact.section ?? ""))];
  const pages = [...new Set(stated.flatMap((fact) => fact.page ?? []))].sort((a, b) => a - b);
  const place = [
    pages.length > 0 && pages.length < 4 && words.page(pages.join("・")),
    sections.length > 0 && sections.length < 3 && !sections.includes(others[0]) && sections.join("、"),
  ];
  const parts = [...others, place.filter(Boolean).join(" ")].filter(Boolean);
  return h("p", { class: "origin" }, h("span", { class: "when" }, when), " ", parts.join(" ／ "));
}

/** @param {string} line ［programme／as of when／document］; in parts, as of when first */
export function originParts(line) {
  const parts = line.replace(/^［|］$/g, "").split("／");
  return parts.length > 2 ? [parts[1], parts[0], ...parts.slice(2)] : parts;
}

/** @param {Turn} turn @param {string} text @param {Words} words @param {Acts} acts */
function tools(turn, text, words, acts) {
  // Apart from the announcements of the log: what opens here is nobody's answer.
  const bar = h("div", { class: "tools", "aria-live": "off" });
  const rating = { useful: turn.feedback?.useful ?? null, word: turn.feedback?.word ?? "" };
  const input = h("input", { maxlength: 200, "aria-label": words.word, placeholder: words.word, autocomplete: "off", value: rating.word });
  const form = h("form", { class: "word", hidden: true, submit: sendWord }, input, h("button", {}, words.wordSend));
  const up = iconButton("up", words.useful, { click: () => press(true) });
  const down = iconButton("up", words.useless, { class: "down", click: () => press(false) });

  function show() {
    up.setAttribute("aria-pressed", String(rating.useful === true));
    down.setAttribute("aria-pressed", String(rating.useful === false));
  }
  /** @param {boolean} useful */
  function press(useful) {
    rating.useful = rating.useful === useful ? null : useful;
    form.hidden = rating.useful === null;
    show();
    acts.rate(turn.turn, { ...rating });
  }
  /** @param {SubmitEvent} event */
  function sendWord(event) {
    event.preventDefault();
    rating.word = input.value.trim();
    form.hidden = true;
    (rating.useful ? up : down).focus();
    acts.rate(turn.turn, { ...rating });
  }
  // A browser submits a form on Enter by itself; not on the one that ends a conversion.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !isPlainEnter(event)) event.preventDefault();
  });
  show();
  const at = new Date(turn.at);
  bar.append(
    h("time", { datetime: turn.at }, at.toLocaleTimeString("ja-JP", { hour: "numeric", minute: "2-digit" })),
    iconButton("copy", words.copy, { click: () => acts.copy(text) }),
    h("span", { class: "rating", role: "group", "aria-label": words.usefulAsk }, h("span", {}, words.usefulAsk), up, down),
    form,
  );
  return bar;
}

/** @param {Choice[]} choices @param {string} outcome @param {boolean} first @param {Words} words @param {Acts} acts */
function offered(choices, outcome, first, words, acts) {
  const label = first ? words.needs : outcome === "asked" ? words.which : words.next;
  const buttons = choices.map((choice) =>
    h("li", {}, h("button", { type: "button", lang: "ja", click: () => acts.choose(choice) }, choice.title)),
  );
  return h("div", { class: "choices" }, h("p", { class: "label" }, label), h("ul", {}, ...buttons));
}
