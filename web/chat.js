// The opened counter: its window on the page, its views, where the focus goes, and what is announced.

import { Conversation, visible } from "./conversation.js";
import { h, icon, iconButton, isPlainEnter } from "./dom.js";
import { answer, offices, said } from "./reply.js";

// Below this the counter takes the whole screen, as a modal window: nothing beside it could be read anyway.
const SMALL = "(max-width: 35em), (max-height: 32em)";
// From here on the counter of characters shows: before, it would only worry.
const NEARLY = 60;

/** @param {string} name of a file beside this one */
async function text(name) {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}

/** @param {string} label @param {() => void} click */
function plainButton(label, click) {
  return h("button", { type: "button", class: "plain", click }, label);
}

/**
 * @param {Language} language
 * @returns {Promise<Words>}
 */
async function wordsOf(language) {
  return (await import(`./words.${language}.js`)).WORDS;
}

export class Chat {
  /** @param {Host} host */
  static async make(host) {
    const [css, words] = await Promise.all([text("chat.css"), wordsOf(host.language)]);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return new Chat(host, root, words);
  }

  /** @type {Map<string, HTMLElement>} what the log shows, by turn and message */
  #shown = new Map();
  /** @type {View} */
  #view = "talk";
  #gone = false;
  /** @type {(typeof import("./notes.js") & {css: string}) | undefined} */
  paper;

  /** @param {Host} host @param {ShadowRoot} root @param {Words} words */
  constructor(host, root, words) {
    this.host = host;
    this.root = root;
    this.words = words;
    this.conversation = new Conversation(host.api, host.key(""));
    this.conversation.addEventListener("change", () => this.#change());
    this.conversation.addEventListener("gone", () => {
      this.#gone = true;
    });
    this.conversation.addEventListener("answer", () => {
      if (!this.parts.window.open) host.unread = true;
    });
    this.small = matchMedia(SMALL);
    this.small.addEventListener("change", () => this.parts.window.open && this.#show(true));
    // Also where the focus is on the page: so a counter that hides what has the focus can be put away.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.parts.window.open && !event.defaultPrevented && !event.isComposing) this.#leave(event);
    });
    for (const moved of ["resize", "scroll"]) visualViewport?.addEventListener(moved, () => this.#fit());
    this.parts = this.#build();
    this.#render();
  }

  /** An empty window: its sign and menu, the place of the conversation, the status line, the form. */
  #build() {
    const { words, host } = this;
    const title = h("h2", { id: "title", tabindex: -1 }, host.heading);
    const menu = h("ul", { id: "menu", class: "menu", hidden: true }, ...this.#menuItems().map((item) => h("li", {}, item)));
    const expand = { "aria-expanded": "false", "aria-controls": "menu", click: () => this.#toggleMenu() };
    const menuButton = iconButton("menu", words.menu, expand);
    const sign = h("div", { class: "sign" }, title, h("p", {}, words.about));
    // Only what is added is announced: neither what changes in a message nor what is taken away.
    const log = h("div", { role: "log", "aria-label": words.conversation, "aria-relevant": "additions" });
    const talk = h("div", { class: "talk", tabindex: 0, role: "group", "aria-label": words.conversation }, log);
    const page = h("section", { class: "page", "aria-labelledby": "page-title" });
    const status = h("p", { role: "status" });
    const help = h("p", { class: "help" });
    const strip = h("div", {}, status, help);
    const input = h("textarea", {
      id: "question",
      rows: 1,
      placeholder: words.hint,
      enterkeyhint: "send",
      "aria-describedby": "count",
      input: () => this.#count(),
      keydown: (event) => this.#key(event),
    });
    const count = h("p", { id: "count", class: "count" });
    const form = h(
      "form",
      { class: "ask", submit: (event) => this.#submit(event) },
      h("label", { class: "said", for: "question" }, words.question),
      input,
      h("button", { class: "send" }, icon("send"), h("span", {}, words.send)),
      count,
    );
    const window = h(
      "dialog",
      {
        class: host.left ? "window left" : "window",
        lang: host.language,
        "aria-labelledby": "title",
        cancel: (event) => this.#leave(event),
        close: () => this.#closed(),
      },
      h("div", { class: "head" }, sign, menuButton, iconButton("close", words.close, { click: () => this.close() }), menu),
      talk,
      page,
      strip,
      form,
    );
    this.root.append(window);
    return { window, title, menu, menuButton, log, talk, page, status, help, strip, input, count, form };
  }

  // --- opening and closing ------------------------------------------------------------------------------------------

  /** @param {boolean} focus whether the focus goes in */
  open(focus) {
    this.host.launch(false);
    this.host.unread = false;
    this.#remember(true);
    if (!this.parts.window.open) this.#show(focus);
    this.conversation.begin();
  }

  close() {
    this.parts.window.close();
  }

  /** After it closed, whoever closed it: a telephone's back gesture does it without asking. */
  #closed() {
    if (this.parts.window.open) return;
    this.#toggleMenu(false);
    this.#remember(false);
    this.host.launch(true, true);
  }

  /** @param {boolean} focus */
  #show(focus) {
    const before = this.root.activeElement;
    this.parts.window.close();
    if (this.small.matches) this.parts.window.showModal();
    else this.parts.window.show();
    this.#fit();
    if (this.conversation.turns.length > 1) this.#toEnd();
    if (before instanceof HTMLElement && this.parts.window.contains(before)) before.focus();
    else if (focus) this.#focusQuestion();
    else /** @type {HTMLElement | null} */ (this.root.activeElement)?.blur();
  }

  /** To the question; where that would bring a keyboard up over the answer, to the top of the window. */
  #focusQuestion() {
    if (this.#view !== "talk") this.parts.page.querySelector("h3")?.focus();
    else if (matchMedia("(pointer: coarse)").matches) this.parts.title.focus();
    else this.parts.input.focus();
  }

  /**
   * One step back: from the menu, from a page, from the window.
   * @param {Event} event
   */
  #leave(event) {
    event.preventDefault();
    if (!this.parts.menu.hidden) {
      this.#toggleMenu(false);
      this.parts.menuButton.focus();
    } else if (this.#view !== "talk") this.#go("talk");
    else this.close();
  }

  /** @param {boolean} open */
  #remember(open) {
    try {
      sessionStorage[open ? "setItem" : "removeItem"](this.host.key("open"), "1");
    } catch {} // then it is closed on the next page
  }

  /** On a telephone the keyboard covers the page without making it smaller. */
  #fit() {
    const { style } = this.host;
    if (!visualViewport || !this.small.matches) return;
    style.setProperty("--height", `${visualViewport.height}px`);
    style.setProperty("--top", `${visualViewport.offsetTop}px`);
  }

  // --- menu and pages -----------------------------------------------------------------------------------------------

  #menuItems() {
    const { words } = this;
    const other = this.host.language === "ja" ? "en" : "ja";
    /** @param {string} label @param {() => void} act @param {string} [lang] */
    const item = (label, act, lang) => {
      const click = () => {
        this.#toggleMenu(false);
        act();
      };
      return h("button", { type: "button", lang, click }, label);
    };
    return [
      item(words.note, () => this.#takeNotes()),
      item(words.calls, () => this.#go("calls")),
      item(words.restart, () => this.#restart()),
      item(words.privacy, () => this.#go("privacy")),
      item(words.language, () => this.#speak(other), other),
    ];
  }

  #toggleMenu(open = this.parts.menu.hidden) {
    this.parts.menu.hidden = !open;
    this.parts.menuButton.setAttribute("aria-expanded", String(open));
    if (open) this.parts.menu.querySelector("button")?.focus();
  }

  /** @param {Language} language */
  async #speak(language) {
    try {
      this.words = await wordsOf(language);
    } catch {
      return this.#say(this.words.unreachableIdle);
    }
    try {
      localStorage.setItem(this.host.key("language"), language);
    } catch {} // then it lasts as long as the page
    this.host.dataset.language = language;
    const { value } = this.parts.input;
    this.parts.window.remove();
    this.#shown.clear();
    this.parts = this.#build();
    this.parts.input.value = value;
    this.#render();
    this.#show(false);
    this.parts.menuButton.focus();
  }

  #restart() {
    this.conversation.restart();
    this.#go("talk");
    this.#say(this.words.restarted);
  }

  /** @param {View} view */
  #go(view) {
    this.#view = view;
    this.#render();
    if (view === "talk") this.#focusQuestion();
    else {
      this.parts.page.scrollTop = 0;
      this.parts.page.querySelector("h3")?.focus();
    }
  }

  #page() {
    const { words, conversation } = this;
    /** @param {string} title @param {...Child} content */
    const page = (title, ...content) =>
      this.parts.page.replaceChildren(
        h("button", { type: "button", class: "quiet back", click: () => this.#go("talk") }, icon("back"), words.back),
        h("h3", { id: "page-title", tabindex: -1 }, title),
        h("div", {}, ...content),
      );
    if (this.#view === "calls") page(words.calls, h("p", {}, words.callsLead), ...this.#calls());
    if (this.#view === "privacy") page(words.privacy, this.#points(), this.#eraser());
    if (this.#view === "notes" && this.paper) {
      const { notes, plain, print, save, sheet, css } = this.paper;
      const all = notes(conversation.turns);
      const title = this.host.heading;
      const keep = () => save(plain(all, title, words), `${words.note} ${new Date().toLocaleDateString("sv-SE")}.txt`);
      const buttons = [
        plainButton(words.print, () => print(all, title, words, css) || keep()),
        plainButton(words.save, keep),
      ];
      const lead = h("p", {}, all.length ? words.noteLead : words.noteNone);
      page(words.note, lead, all.length > 0 && h("p", { class: "buttons" }, ...buttons), ...sheet(all, words));
    }
  }

  /** Notes and printing are fetched when somebody wants them. */
  async #takeNotes() {
    try {
      this.paper ??= { ...(await import("./notes.js")), css: await text("paper.css") };
      this.#go("notes");
    } catch {
      this.#say(this.words.unreachableIdle);
    }
  }

  /** The offices with the two days that matter; what the site itself wrote stands first. */
  #calls() {
    const { words, conversation } = this;
    const own = this.host.children.length > 0;
    const found = conversation.directory;
    if (!found) return [own ? h("slot") : h("p", {}, words.callsNone)];
    const calendar = this.host.language === "ja" ? "ja-JP-u-ca-japanese" : "en";
    const asOf = new Date(`${found.as_of}-15`).toLocaleDateString(calendar, { year: "numeric", month: "long" });
    return [
      own && h("slot"),
      offices(found.contacts.filter((contact) => contact.telephone), words),
      h("p", { class: "aside" }, `${words.callsAsOf(asOf)} ${words.callsSeen(found.seen)}`),
    ];
  }

  #points() {
    return h("ul", {}, ...this.words.privacyPoints(this.conversation.days).map((point) => h("li", {}, point)));
  }

  #eraser() {
    const { words, conversation } = this;
    const ask = plainButton(words.erase, () => change(true));
    const no = plainButton(words.eraseNo, () => change(false));
    const yes = plainButton(words.eraseYes, () => this.#erase());
    yes.classList.add("danger");
    const sure = h("div", { hidden: true }, h("p", {}, words.eraseSure), h("p", { class: "buttons" }, yes, no));
    /** @param {boolean} asked */
    const change = (asked) => {
      ask.hidden = asked;
      sure.hidden = !asked;
      (asked ? no : ask).focus();
    };
    return conversation.isErased ? null : h("div", { class: "eraser" }, ask, sure);
  }

  async #erase() {
    const everywhere = await this.conversation.erase();
    this.#go("talk");
    this.#say(everywhere ? this.words.erased : this.words.erasedHere);
    this.parts.log.querySelector("button")?.focus();
  }

  // --- asking -------------------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!isPlainEnter(event)) return;
    event.preventDefault();
    this.parts.form.requestSubmit();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const text = visible(this.parts.input.value);
    if (!text) return this.#say(this.words.empty);
    const over = [...text].length - this.conversation.longest;
    if (over > 0) return this.#say(this.words.over(over));
    this.parts.input.value = "";
    this.#count();
    this.#ask(text);
  }

  /** @param {string} text @param {Choice} [choice] */
  #ask(text, choice) {
    if (this.conversation.isErased) this.conversation.beginAnew();
    this.conversation.say(text, choice);
    this.#toEnd();
  }

  /** @param {Choice} choice */
  choose(choice) {
    // Its buttons go; the focus may not go with them.
    if (matchMedia("(pointer: coarse)").matches) this.parts.talk.focus();
    else this.parts.input.focus();
    this.#ask(choice.title, choice);
  }

  #count() {
    const left = this.conversation.longest - [...visible(this.parts.input.value)].length;
    this.parts.count.textContent = left < NEARLY ? this.words.left(left) : "";
    this.parts.count.classList.toggle("over", left < 0);
    this.parts.input.setAttribute("aria-invalid", String(left < 0));
  }

  // --- what is shown ------------------------------------------------------------------------------------------------

  #render() {
    const { talk, page, form } = this.parts;
    const talking = this.#view === "talk";
    talk.hidden = form.hidden = !talking;
    page.hidden = talking;
    if (talking) page.replaceChildren();
    else this.#page();
    this.#change();
  }

  /** What is new in the conversation; a page that is being read stays as it is, unless it had nothing to show yet. */
  #change() {
    if (this.#view === "calls" && !this.parts.page.querySelector(".offices")) this.#page();
    this.#renderLog();
    this.#renderStrip();
  }

  #renderLog() {
    const { conversation, words, parts } = this;
    const { turns, waiting, line, isErased } = conversation;
    /** @type {[string, () => HTMLElement][]} */
    const wanted = [];
    if (this.#gone) wanted.push(["gone", () => h("p", { class: "day" }, words.gone)]);
    let day = "";
    for (const turn of turns) {
      const date = new Date(turn.at).toLocaleDateString(this.host.language, { month: "long", day: "numeric", weekday: "short" });
      if (date !== day) wanted.push([date, () => h("p", { class: "day" }, date)]);
      day = date;
      if (turn.said) wanted.push([`said ${turn.id}`, () => said(turn.said?.text ?? "", words)]);
      wanted.push([`turn ${turn.turn} ${turn.at}`, () => answer(turn, words, this)]);
      if (turn.turn === 0) wanted.push(["kept", () => this.#kept()]);
    }
    for (const { id, text } of waiting) wanted.push([`said ${id}`, () => said(text, words)]);
    if (isErased) wanted.push(["erased", () => this.#erased()]);
    // No greeting and nobody to give one: then whom to call stands in its place.
    const alone = !turns.length && !isErased && !["idle", "asking", "slow"].includes(line.kind) && this.#view === "talk";
    if (alone) wanted.push(["calls", () => h("section", {}, h("p", {}, words.callsLead), ...this.#calls())]);

    const first = this.#shown.size === 0;
    const keys = new Set(wanted.map(([key]) => key));
    for (const [key, node] of this.#shown) {
      if (keys.has(key)) continue;
      node.remove();
      this.#shown.delete(key);
    }
    /** @type {HTMLElement | undefined} */
    let added;
    /** @type {Element | null} */
    let before = null;
    for (const [key, make] of wanted) {
      let node = this.#shown.get(key);
      if (!node) {
        node = make();
        this.#shown.set(key, node);
        parts.log.insertBefore(node, before ? before.nextSibling : parts.log.firstChild);
        if (key.startsWith("turn")) added = node;
      }
      before = node;
    }

    for (const { id } of turns) this.#state(id, null);
    for (const entry of waiting) this.#state(entry.id, entry);
    // Only the newest answer's choices still mean what they say.
    const offers = /** @type {NodeListOf<HTMLElement>} */ (parts.log.querySelectorAll(".choices"));
    const last = [...parts.log.querySelectorAll(".desk")].pop();
    const asking = waiting.some((entry) => !entry.refused);
    for (const choices of offers) choices.hidden = asking || choices.parentNode !== last;
    if (added && !first) this.#bring(added);
    else if (first && turns.length > 1) this.#toEnd();
  }

  #kept() {
    const more = h("button", { type: "button", class: "quiet", click: () => this.#go("privacy") }, this.words.keptMore);
    return h("p", { class: "kept" }, this.words.kept(this.conversation.days), more);
  }

  #erased() {
    const begin = () => {
      this.conversation.beginAnew();
      this.#focusQuestion();
    };
    return h("p", { class: "erased" }, this.words.erased, plainButton(this.words.begin, begin));
  }

  /** @param {string | null} id of a message whose standing is shown @param {Waiting | null} entry */
  #state(id, entry) {
    const state = /** @type {HTMLElement | null | undefined} */ (this.#shown.get(`said ${id}`)?.querySelector(".state"));
    const held = entry && ["offline", "unreachable", "limited"].includes(this.conversation.line.kind);
    const now = entry?.refused ? "refused" : held ? "waiting" : "";
    if (!state || state.dataset.now === now) return;
    state.dataset.now = now;
    state.replaceChildren(now && this.words[now]);
    if (!entry?.refused) return;
    const again = () => {
      this.conversation.withdraw(entry);
      this.parts.input.value = entry.text;
      this.#count();
      this.parts.input.focus();
    };
    const why = entry.refused[this.host.language];
    state.append(why ? `: ${why}` : "", h("button", { type: "button", class: "quiet", click: again }, this.words.again));
  }

  #renderStrip() {
    const { words, conversation } = this;
    const { kind, wait } = conversation.line;
    const asked = conversation.waiting.some((entry) => !entry.refused);
    const sentences = {
      idle: "",
      asking: words.asking,
      slow: words.slow,
      late: words.late,
      offline: asked ? words.offline : words.offlineIdle,
      unreachable: asked ? words.unreachable : words.unreachableIdle,
      limited: words.limited(Math.ceil(wait / 1000)),
    };
    if (this.parts.strip.dataset.line === `${kind} ${asked}`) return;
    // What takes room below must not hide what was said last.
    const { talk } = this.parts;
    const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
    this.parts.strip.dataset.line = `${kind} ${asked}`;
    this.parts.strip.className = `strip ${kind}`;
    this.#say(sentences[kind]);
    const failing = kind === "offline" || kind === "unreachable";
    const children = [
      (failing || kind === "late") && plainButton(words.callInstead, () => this.#go("calls")),
      failing && plainButton(words.retry, () => conversation.resume()),
    ];
    this.parts.help.replaceChildren(.../** @type {Node[]} */ (children.filter(Boolean)));
    if (atEnd && kind !== "idle") this.#toEnd();
  }

  /**
   * Says something in the status line, apart from the answers.
   * @param {string} sentence
   */
  #say(sentence) {
    this.parts.status.textContent = sentence;
  }

  // --- small things -------------------------------------------------------------------------------------------------

  /** @param {number} turn @param {Rating} rating */
  rate(turn, rating) {
    this.conversation.rate(turn, rating);
    this.#say(rating.useful === null ? this.words.taken : this.words.thanks);
  }

  /** @param {string} copied */
  async copy(copied) {
    try {
      await navigator.clipboard.writeText(copied);
      this.#say(this.words.copied);
    } catch {
      this.#say(this.words.notCopied);
    }
  }

  /** @param {HTMLElement} node brings its question, and so its beginning, to the top */
  #bring(node) {
    const top = node.previousElementSibling instanceof HTMLElement ? node.previousElementSibling : node;
    this.parts.talk.scrollTop += top.getBoundingClientRect().top - this.parts.talk.getBoundingClientRect().top - 28;
  }

  #toEnd() {
    this.parts.talk.scrollTop = this.parts.talk.scrollHeight;
  }
}
