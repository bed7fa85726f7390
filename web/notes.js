// What a visitor takes away: the facts that this conversation told, by programme, to print, to save or to copy.

import { h } from "./dom.js";
import { offices, originParts } from "./reply.js";

// Where sentences stand, by the attributes of data/programs; whatever has a figure and is no condition is a figure.
const CONDITIONS = new Set(["eligibility", "condition", "combination", "security"]);
const DOCUMENTS = new Set(["documents", "procedure", "schedule"]);

/** @param {Fact} fact @returns {Part} */
function partOf({ attribute = "", unit }) {
  if (DOCUMENTS.has(attribute)) return "documents";
  if (CONDITIONS.has(attribute)) return "conditions";
  return unit === "text" ? "about" : "figures";
}

/** @param {Turn[]} turns @returns {Note[]} one for each programme that the answers were about, as they came up */
export function notes(turns) {
  /** @type {Map<string, Note>} */
  const found = new Map();
  for (const { custom } of turns.flatMap((turn) => turn.replies)) {
    if (!custom) continue;
    const names = new Map(custom.programs.map(({ id, name }) => [id, name]));
    const [main] = custom.programs;
    for (const fact of custom.facts) {
      // A computed figure belongs to the programme that the answer is about.
      const id = fact.program ?? main?.id ?? "";
      const name = names.get(id);
      if (!name || fact.value === null) continue;
      if (!found.has(id)) {
        const lines = { about: [], figures: [], conditions: [], documents: [] };
        found.set(id, { name, origin: "", lines, contacts: new Map() });
      }
      const line = fact.unit === "text" || !fact.name ? fact.printed : `${fact.name}: ${fact.printed}`;
      add(found.get(id)?.lines[partOf(fact)], line);
    }
    const note = found.get(main?.id ?? "");
    if (!note) continue;
    note.origin ||= custom.origin;
    for (const contact of custom.contacts) note.contacts.set(contact.id, contact);
    if (custom.programs.length === 1) for (const caution of custom.notes) add(note.lines.conditions, caution);
  }
  return [...found.values()];
}

/** @param {string[] | undefined} lines @param {string} line */
function add(lines, line) {
  if (lines && !lines.includes(line)) lines.push(line);
}

/** @param {Note} note @param {Words} words @returns its headings, each with lines to tick off */
function sections({ lines }, words) {
  const open = [
    words.noteAskNow,
    ...(lines.conditions.length ? [] : [words.noteAskConditions]),
    ...(lines.documents.length ? [] : [words.noteAskDocuments]),
  ];
  return /** @type {[string, string[]][]} */ ([
    [words.noteAbout, lines.about],
    [words.noteFigures, lines.figures],
    [words.noteConditions, lines.conditions],
    [words.noteDocuments, lines.documents],
    [words.noteAsk, open],
  ]).filter(([, written]) => written.length);
}

/** @param {Note[]} all @param {Words} words */
export function sheet(all, words) {
  return all.map((note) =>
    h(
      "section",
      { class: "note" },
      h("h3", { lang: "ja" }, note.name),
      note.origin && h("p", { class: "origin", lang: "ja" }, originParts(note.origin).join(" ／ ")),
      ...sections(note, words).flatMap(([heading, lines]) => [
        h("h4", {}, heading),
        h("ul", { class: "ticks" }, ...lines.map((line) => h("li", { lang: "ja" }, line))),
      ]),
      note.contacts.size > 0 && h("h4", {}, words.noteCalls),
      note.contacts.size > 0 && offices([...note.contacts.values()], words),
    ),
  );
}

/** @param {Note[]} all @param {string} title @param {Words} words */
export function plain(all, title, words) {
  const parts = all.map((note) => [
    `■ ${note.name}`,
    note.origin,
    ...sections(note, words).flatMap(([heading, lines]) => [`【${heading}】`, ...lines.map((line) => `□ ${line}`)]),
    ...(note.contacts.size ? [`【${words.noteCalls}】`] : []),
    ...[...note.contacts.values()].map(({ office, telephone, mail }) => [`・${office}`, telephone, mail].filter(Boolean).join(" ")),
  ]);
  return [`${title} ${words.note}`, words.noteMade(today()), words.noteLead, "", ...parts.map((lines) => `${lines.filter(Boolean).join("\n")}\n`)].join("\n");
}

function today() {
  return new Date().toLocaleDateString("ja-JP", { year: "numeric", month: "long", day: "numeric" });
}

/** @param {string} text @param {string} name of the file */
export function save(text, name) {
  // The mark at the beginning tells old Windows programs that it is UTF-8.
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Prints the notes from a window of their own, so that the page around the counter is not printed with them.
 * @param {Note[]} all @param {string} title @param {Words} words @param {string} css @returns {boolean} false where the browser lets none open
 */
export function print(all, title, words, css) {
  const page = open("", "_blank", "width=820,height=900");
  if (!page) return false;
  const { document: paper } = page;
  paper.documentElement.lang = "ja";
  paper.title = `${title} ${words.note}`;
  const style = new (/** @type {typeof globalThis} */ (/** @type {unknown} */ (page)).CSSStyleSheet)();
  style.replaceSync(css);
  paper.adoptedStyleSheets = [style];
  paper.body.replaceChildren(
    h("header", {}, h("h1", {}, words.note), h("p", {}, `${title}　${words.noteMade(today())}`), h("p", {}, words.noteLead)),
    h("main", {}, ...sheet(all, words)),
  );
  page.focus();
  page.print();
  return true;
}
