// All that a page fetches before somebody opens the counter: the launcher, and whom to call where the rest cannot be had.
// A classic script, because only such a one knows its own tag with its data- attributes.
(() => {
  const NAME = "madoguchi-chat";
  const CHANNEL = "/webhooks/widget";
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script || customElements.get(NAME)) return;
  // v0: from there the server leads to the present version
  const rest = new URL("chat.js", script.src.replace(`${CHANNEL}/widget`, `${CHANNEL}/v0/widget`)).href;

  const WORDS = {
    ja: {
      title: "ご相談窓口",
      opening: "ご質問はこちら",
      open: "を開く",
      unread: "（新しい返事があります）",
      lost: "いま窓口につながりません。お急ぎのときは、お電話か、このサイトの連絡先でお尋ねください。",
      seen: "に受け取った番号です。",
      again: "もう一度つなぐ",
      close: "閉じる",
      extension: "内線",
    },
    en: {
      title: "Advice counter",
      opening: "Ask a question",
      open: ": open",
      unread: " (new answer)",
      lost: "The counter cannot be reached now. If it is urgent, please telephone or use the contacts on this site.",
      seen: ": numbers received.",
      again: "Try again",
      close: "Close",
      extension: "ext.",
    },
  };

  // --cloth, --accent-light and --accent-dark come from data-colour; chat.css has the rest of the colours.
  const CSS = `
:host { all: initial; display: block; color-scheme: light dark; font-size: max(16px, 1rem); line-height: 1.75;
  --accent: var(--accent-light); --card: #fffdf9; --ink: #23272e; --line: #dfd7c8; --wood: #b98d57; --wood-deep: #8c6536;
  --serif: "Hiragino Mincho ProN", "Yu Mincho", "BIZ UDPMincho", "Noto Serif CJK JP", "Noto Serif JP", serif;
  font-family: "Hiragino Sans", "Hiragino Kaku Gothic ProN", "BIZ UDPGothic", "Yu Gothic Medium", "Noto Sans CJK JP",
    "Noto Sans JP", Meiryo, system-ui, sans-serif; color: var(--ink); -webkit-text-size-adjust: 100%; }
:host([hidden]), [hidden] { display: none !important; }
@media (prefers-color-scheme: dark) { :host { --accent: var(--accent-dark); --card: #1d232b; --ink: #ece8e0;
  --line: #363f4a; --wood: #94703f; --wood-deep: #6d5029; } }
* { box-sizing: border-box; }
button { font: inherit; color: inherit; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.launcher, .lost { position: fixed; z-index: 2147483000; inset: auto 1rem max(1rem, env(safe-area-inset-bottom)) auto;
  max-width: calc(100vw - 2rem); }
.left { inset-inline: 1rem auto; }
.launcher { display: flex; align-items: flex-end; gap: .75rem; padding: 0; border: 0; border-radius: 6px; background: none; }
.launcher.left { flex-direction: row-reverse; }
.caption { padding: .4rem .9rem; margin-bottom: .4rem; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); font-size: .9375em; }
.noren { position: relative; flex: none; display: grid; grid-template-columns: 1fr 1fr; gap: 2px; width: 5rem;
  padding: 8px 5px 0; filter: drop-shadow(0 3px 5px rgb(30 20 10 / 38%)); }
.noren::before { content: ""; position: absolute; inset: 2px 0 auto; height: 7px; border-radius: 4px;
  background: linear-gradient(var(--wood), var(--wood-deep)); }
.noren b { border: 1px solid #0000; border-radius: 0 0 3px 3px; color: #fff; transform-origin: top;
  background: linear-gradient(rgb(0 0 0 / 18%), transparent 10px) var(--cloth); font: 700 1.75em/3.4rem var(--serif);
  transition: transform .35s; }
.unread::after { content: ""; position: absolute; inset: -4px -5px auto auto; width: 18px; height: 18px;
  border: 3px solid #fff; border-radius: 50%; background: #b3261e; }
.launcher:hover b { transform: skewX(4deg); }
.launcher:hover b + b { transform: skewX(-4deg); }
.lost { margin: 0; width: 26rem; max-height: calc(100dvh - 2rem); overflow: auto; padding: 0 1.25rem 1.25rem;
  border: 1px solid var(--line); border-top: 7px solid var(--wood); border-radius: 8px; color: inherit;
  background: var(--card); }
.lost a, ::slotted(a) { color: var(--accent); }
.lost li a { display: block; padding-block: .6rem; font-weight: 700; }
.lost button { min-height: 44px; margin: 1rem .5rem 0 0; padding-inline: 1rem; border: 1px solid; background: none; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 30em) { .caption { display: none; } }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; animation: none !important; } }
@media print { :host { display: none; } }
`;

  /** @param {Colour} colour relative luminance by WCAG 2.2 */
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => (part < 11 ? part / 3294.6 : ((part / 255 + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b + .05;
  };

  /**
   * The colour, moved towards `end` (black 0, white 255) just as far as text in it is read on `ground`, so that any
   * site's colour will do. 5.2 and not WCAG's 4.5, because the ground may be tinted.
   * @param {Colour} colour @param {Colour} ground @param {number} end
   */
  const legible = (colour, ground, end) => {
    for (let step = 0; ; step++) {
      const moved = /** @type {Colour} */ (colour.map((part) => Math.round(part + ((end - part) * step) / 20)));
      const contrast = luminance(moved) / luminance(ground);
      if (step === 20 || Math.max(contrast, 1 / contrast) >= 5.2) return `rgb(${moved})`;
    }
  };

  /** @param {string} tag @param {string} [text] @param {string} [style] */
  const make = (tag, text = "", style = "") => {
    const node = document.createElement(tag);
    node.textContent = text;
    node.className = style;
    return node;
  };

  class MadoguchiChat extends HTMLElement {
    /** @type {Promise<import("./chat.js").Chat> | undefined} */
    #chat;
    /** @type {HTMLElement | undefined} */
    #lost;
    #launcher = make("button", "", "launcher");
    #noren = make("span", "", "noren");
    #unread = make("span", "", "said");
    #name = make("span", "", "said");

    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
      this.#paint();
      this.#noren.append(make("b", "窓"), make("b", "口"));
      const caption = make("span", this.option("opening") ?? this.#words.opening, "caption");
      caption.ariaHidden = this.#noren.ariaHidden = "true";
      this.#launcher.ariaHasPopup = "dialog";
      this.#launcher.classList.toggle("left", this.left);
      this.#launcher.append(caption, this.#noren, this.#name, this.#unread);
      this.#launcher.onclick = () => this.open();
      this.launch(true);
      root.append(this.#launcher);
      try {
        // It was open on the page before this one. A telephone has no room for a page and a counter.
        if (sessionStorage.getItem(this.key("open")) && innerWidth > 560) this.open(false);
      } catch {} // a browser that lets nobody store anything
    }

    /** Opens the counter; a page may call this from a button of its own. */
    async open(focus = true) {
      let chat;
      try {
        chat = await (this.#chat ??= import(rest).then(({ Chat }) => Chat.make(this)));
      } catch {
        this.#chat = undefined;
        return this.#sayLost();
      }
      this.#lost?.remove();
      chat.open(focus);
    }

    /** The address of the channel on the server. */
    get api() {
      const server = this.option("server") ?? script?.src.split(CHANNEL + "/")[0] ?? "";
      return server.replace(/\/$/, "") + CHANNEL;
    }

    get heading() {
      return this.option("title") ?? this.#words.title;
    }

    /** @returns {Language} what the visitor chose here, else what the page says */
    get language() {
      const wanted = this.kept("language") ?? this.option("language") ?? document.documentElement.lang;
      return wanted.startsWith("en") ? "en" : "ja";
    }

    get #words() {
      return WORDS[this.language];
    }

    get left() {
      return this.option("position") === "left";
    }

    /** @param {boolean} shown not while the counter is open @param {boolean} [focus] */
    launch(shown, focus) {
      this.#launcher.hidden = !shown;
      this.#launcher.lang = this.language;
      this.#name.textContent = this.heading + this.#words.open;
      if (focus) this.#launcher.focus();
    }

    /** @param {boolean} unread whether an answer came while the counter was closed */
    set unread(unread) {
      this.#noren.classList.toggle("unread", unread);
      this.#unread.textContent = unread ? this.#words.unread : "";
    }

    /** @param {string} name of something that this counter stores */
    key(name) {
      return `madoguchi ${this.api} ${name}`;
    }

    /** @param {string} name of something stored; null where there is nothing, or storing is not allowed */
    kept(name) {
      try {
        return localStorage.getItem(this.key(name));
      } catch {
        return null;
      }
    }

    /** @param {string} name of a data- attribute, of the element or else of the script */
    option(name) {
      return this.dataset[name] || script?.dataset[name] || undefined;
    }

    #paint() {
      const written = (this.option("colour") ?? "").replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
      const number = parseInt(/^#[\da-f]{6}$/i.test(written) ? written.slice(1) : "23456b", 16); // 藍, most noren's indigo
      const colour = /** @type {Colour} */ ([number >> 16, (number >> 8) & 255, number & 255]);
      const dark = legible(colour, [255, 255, 255], 0);
      this.style.setProperty("--cloth", dark);
      this.style.setProperty("--accent-light", dark);
      // Made brighter before it is made paler, so that it stays a colour.
      const bright = /** @type {Colour} */ (colour.map((part) => (part * 215) / Math.max(...colour, 1)));
      this.style.setProperty("--accent-dark", legible(bright, [40, 51, 65], 255));
    }

    /** The counter without its server: the site's own words, the numbers of the last visit, and another try. */
    #sayLost() {
      const box = /** @type {HTMLDialogElement} */ (make("dialog", "", "lost"));
      const words = this.#words;
      const again = make("button", words.again);
      const close = make("button", words.close);
      again.onclick = () => this.open();
      close.onclick = () => box.close();
      box.onkeydown = (event) => event.key === "Escape" && box.close();
      box.onclose = () => this.launch(true, true);
      box.lang = this.language;
      box.ariaLabel = this.heading;
      box.classList.toggle("left", this.left);
      box.append(make("h2", this.heading), make("p", words.lost), make("slot"), ...this.#numbers(), again, close);
      this.#lost?.remove();
      this.#lost = box;
      this.shadowRoot?.append(box);
      this.launch(false);
      box.show();
      again.focus();
    }

    /** The telephone list of the last visit, where there was one. */
    #numbers() {
      const stored = this.kept("contacts");
      if (!stored) return [];
      /** @type {Directory} */
      const { contacts, seen } = JSON.parse(stored);
      const list = make("ul");
      for (const { office, telephone, extension } of contacts) {
        const link = make("a", `${telephone}${extension ? ` ${this.#words.extension} ${extension}` : ""}`);
        link.setAttribute("href", `tel:${telephone}`);
        const item = make("li", office);
        item.append(link);
        if (telephone) list.append(item);
      }
      return [list, make("small", seen + this.#words.seen)];
    }
  }

  customElements.define(NAME, MadoguchiChat);
  const place = () => {
    if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
  };
  // Not before the whole page is read: it may hold an element that it wrote itself.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
})();
