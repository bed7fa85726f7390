// The conversation, without any node of the page. What is said lies in the browser's storage until it is answered, one
// entry a message with an id made here, so that neither a reload nor a second tab nor a server that restarts loses it,
// and the server answers what arrives twice once. One tab at a time sends, in the order in which things were said.

// Attention lasts 10 s (Nielsen, Usability Engineering, 1993).
const SLOW = 3_000;
const LATE = 10_000;
const GIVE_UP = 60_000; // nothing comes on this connection any more; the message goes again on a new one
const LONGEST_PAUSE = 30_000;
const DAY = 86_400_000;

class Fault extends Error {
  /** @param {Trouble} kind @param {number} [wait] milliseconds @param {Record<string, string>} [words] by language */
  constructor(kind, wait = 0, words = {}) {
    super(kind);
    this.kind = kind;
    this.wait = wait;
    this.words = words;
  }
}

/** The browser's storage; this page's memory where the browser allows none or it is full. */
class Drawer {
  /** @type {Map<string, string>} */
  #memory = new Map();

  /** @param {string} prefix */
  constructor(prefix) {
    this.prefix = prefix;
  }

  /** @param {string} name @returns {any} */
  read(name) {
    try {
      return JSON.parse(this.#memory.get(name) ?? localStorage.getItem(this.prefix + name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {unknown} value */
  write(name, value) {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(this.prefix + name, text);
      this.#memory.delete(name);
    } catch {
      this.#memory.set(name, text);
    }
  }

  /** @param {string} name */
  remove(name) {
    this.#memory.delete(name);
    try {
      localStorage.removeItem(this.prefix + name);
    } catch {} // nothing is stored where storing is not allowed
  }

  /** @param {string} start of the names wanted; in order */
  names(start) {
    const found = new Set([...this.#memory.keys()].filter((name) => name.startsWith(start)));
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(this.prefix + start)) found.add(key.slice(this.prefix.length));
      }
    } catch {}
    return [...found].sort();
  }
}

/** An id nobody else has; `crypto.randomUUID` is missing on sites without https. */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text as typed, without what nobody sees, but for line ends and the joiner in emoji */
export function visible(text) {
  return text.replace(/(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu, "").trim();
}

/** Tells "change" when something to be seen is different, "answer", and "gone" when the server knows it no more. */
export class Conversation extends EventTarget {
  #drawer;
  #api;
  /** @type {Fault | null} */
  #fault = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  #failures = 0;
  /** @type {number | null} */
  #since = null;
  #draining = false;
  #more = false;
  #last = 0;
  #wanted = false;

  /** @param {string} api address of the channel @param {string} prefix of names in the browser's storage */
  constructor(api, prefix) {
    super();
    this.#api = api;
    this.#drawer = new Drawer(prefix);
    const { session } = this;
    if (session && Date.now() - session.at > session.days * DAY) this.#forget();
    addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(prefix)) this.#changed();
    });
    addEventListener("online", () => this.resume());
    addEventListener("offline", () => {
      this.#fault ??= new Fault("offline");
      this.#changed();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.session) void this.#sync();
    });
  }

  /** @returns {Session | null} */
  get session() {
    return this.#drawer.read("session");
  }

  /** @returns {Turn[]} what was said and answered, in order */
  get turns() {
    return this.#drawer.read("turns") ?? [];
  }

  /** @returns {Waiting[]} what was said and not answered yet, in order */
  get waiting() {
    const answered = new Set(this.turns.map((turn) => turn.id));
    const entries = this.#drawer.names("say ").map((name) => /** @type {Waiting | null} */ (this.#drawer.read(name)));
    return entries.flatMap((entry) => (entry && !answered.has(entry.id) ? [entry] : []));
  }

  /** @returns {Directory | null} the offices, as last received */
  get directory() {
    return this.#drawer.read("contacts");
  }

  /** The most characters of a message; the server's own limit once it was heard. */
  get longest() {
    return this.session?.longest ?? 300;
  }

  /** @returns {Days} */
  get days() {
    return this.session?.days ?? null;
  }

  /** @returns {boolean} whether the conversation was deleted and no other begun */
  get isErased() {
    return this.#drawer.read("erased") === true;
  }

  /** @returns {Line} */
  get line() {
    if (this.#fault) {
      const { kind, wait } = this.#fault;
      return { kind: kind === "limited" || kind === "offline" ? kind : "unreachable", wait };
    }
    if (this.#since === null) return { kind: "idle", wait: 0 };
    const age = Date.now() - this.#since;
    return { kind: age >= LATE ? "late" : age >= SLOW ? "slow" : "asking", wait: 0 };
  }

  /** Begins a conversation where none is, or brings one up to date. */
  begin() {
    if (this.isErased) return;
    this.#wanted = true;
    if (this.session) void this.#sync();
    void this.#drain();
    void this.#readDirectory();
  }

  /** @param {string} text @param {Choice} [choice] */
  say(text, choice) {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const entry = { id: newId(), text, ...(choice && { choice: choice.token }), at: new Date(this.#last).toISOString() };
    // By name in the order in which things were said, whichever tab said them
    this.#drawer.write(`say ${entry.at} ${entry.id}`, entry);
    this.#wanted = true;
    this.#changed();
    void this.#drain();
  }

  /** @param {Waiting} entry which the server did not accept, and is taken back */
  withdraw(entry) {
    for (const name of this.#drawer.names("say ")) if (name.endsWith(entry.id)) this.#drawer.remove(name);
    this.#changed();
  }

  /** @param {number} turn @param {Rating} rating */
  rate(turn, rating) {
    this.#merge(this.turns.filter((each) => each.turn === turn).map((each) => ({ ...each, feedback: rating })));
    this.#drawer.write(`rate ${turn}`, rating);
    void this.#drain();
  }

  /** Puts the conversation aside and begins another. `erase` will delete it too. */
  restart() {
    const { session } = this;
    if (session) this.#drawer.write(`past ${session.token}`, session.token);
    this.#forget();
    this.begin();
  }

  /**
   * Deletes the conversation and those before `restart`, here at once.
   * @returns {Promise<boolean>} whether on the server too
   */
  async erase() {
    const tokens = [this.session?.token, ...this.#drawer.names("past ").map((name) => this.#drawer.read(name))];
    for (const token of tokens) if (token) this.#drawer.write(`erase ${token}`, token);
    for (const name of this.#drawer.names("past ")) this.#drawer.remove(name);
    this.#erased();
    await this.#drain();
    return this.#drawer.names("erase ").length === 0;
  }

  beginAnew() {
    this.#drawer.remove("erased");
    this.begin();
  }

  /** Tries at once what failed before. */
  resume() {
    clearTimeout(this.#retry);
    this.#fault = null;
    this.#changed();
    if (this.#wanted) this.begin();
    else void this.#drain();
  }

  #erased() {
    this.#wanted = false;
    this.#drawer.write("erased", true);
    this.#forget();
  }

  #forget() {
    for (const start of ["session", "turns", "say ", "rate "]) {
      for (const name of this.#drawer.names(start)) this.#drawer.remove(name);
    }
    this.#changed();
  }

  /** What waits goes to a new conversation, where no button has been offered yet. */
  #lose() {
    const { waiting } = this;
    this.#forget();
    for (const { id, text, at } of waiting) this.#drawer.write(`say ${at} ${id}`, { id, text, at });
    this.dispatchEvent(new Event("gone"));
  }

  #changed() {
    const busy = this.waiting.some((entry) => !entry.refused) || (this.#wanted && !this.session);
    if (busy && this.#since === null) {
      this.#since = Date.now();
      for (const after of [SLOW, LATE]) setTimeout(() => this.#changed(), after);
    }
    if (!busy) this.#since = null;
    this.dispatchEvent(new Event("change"));
  }

  /** @param {Turn[]} turns */
  #merge(turns) {
    if (!turns.length) return;
    const all = new Map([...this.turns, ...turns].map((turn) => [turn.turn, turn]));
    this.#drawer.write("turns", [...all.values()].sort((a, b) => a.turn - b.turn));
    this.#changed();
  }

  /** Sends all that waits, one after the other; what fails is tried again later. */
  async #drain() {
    // Said while a round gave its lock back: another follows.
    this.#more = this.#draining;
    if (this.#draining) return;
    this.#draining = true;
    clearTimeout(this.#retry);
    try {
      // Without locks (no https) the server's ids do.
      const work = () => this.#sendAll();
      await (navigator.locks ? navigator.locks.request(this.#drawer.prefix, work) : work());
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#later(error, () => this.#drain());
    } finally {
      this.#draining = false;
      this.#changed();
      if (this.#more) void this.#drain();
    }
  }

  /** @param {Fault} fault @param {() => void} retry each time after a longer pause, unless the server named one */
  #later(fault, retry) {
    this.#fault = fault;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(retry, fault.wait || Math.min(1_000 * 2 ** this.#failures++, LONGEST_PAUSE));
  }

  async #sendAll() {
    for (const name of this.#drawer.names("erase ")) {
      await this.#call("DELETE", "/conversations", undefined, this.#drawer.read(name)).catch(unlessGone);
      this.#drawer.remove(name);
      this.#reached();
    }
    for (;;) {
      if (!this.#wanted) return;
      const { session } = this;
      const name = this.#drawer.names("say ").find((each) => !this.#drawer.read(each)?.refused);
      const rated = this.#drawer.names("rate ")[0];
      if (session && !name && !rated) return;
      try {
        if (!session) await this.#start();
        else if (name) await this.#send(name, session);
        else await this.#sendRating(rated, session);
      } catch (error) {
        if (!(error instanceof Fault) || error.kind !== "gone") throw error;
        this.#lose();
      }
      this.#reached();
    }
  }

  #reached() {
    this.#fault = null;
    this.#failures = 0;
    this.#changed();
  }

  async #start() {
    const begun = await this.#call("POST", "/conversations", {});
    const session = { token: begun.token, days: begun.kept_days, longest: begun.limits.message, at: Date.now() };
    this.#drawer.write("session", session);
    this.#drawer.remove("erased");
    this.#merge([begun.greeting]);
  }

  /** @param {string} name @param {Session} session */
  async #send(name, session) {
    const entry = /** @type {Waiting} */ (this.#drawer.read(name));
    const { id, text, choice } = entry;
    try {
      const body = choice ? { id, choice } : { id, text };
      const turn = await this.#call("POST", "/messages", body, session.token);
      // Two tabs: the other one may have deleted the conversation meanwhile.
      if (this.session?.token !== session.token) return;
      // 「この会話を消して」: the server did, and so does the browser
      if (turn.erased) return this.#erased();
      this.#merge([turn]);
      this.#drawer.remove(name);
      this.#drawer.write("session", { ...this.session, at: Date.now() });
      this.dispatchEvent(new Event("answer"));
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== "refused") throw error;
      this.#drawer.write(name, { ...entry, refused: error.words });
    }
  }

  /** @param {string} name @param {Session} session */
  async #sendRating(name, session) {
    const rating = this.#drawer.read(name);
    await this.#call("PUT", `/feedback/${name.slice(5)}`, rating, session.token).catch((error) => {
      if (error.kind !== "refused") throw error;
    });
    // Changed while it was on its way: then the newer one goes as well.
    if (JSON.stringify(this.#drawer.read(name)) === JSON.stringify(rating)) this.#drawer.remove(name);
  }

  /** Fetches what another tab or an earlier visit said. */
  async #sync() {
    const { session, turns } = this;
    if (!session) return;
    try {
      const after = turns.length ? turns[turns.length - 1].turn : -1;
      const { turns: newer, token } = await this.#call("GET", `/messages?after=${after}`, undefined, session.token);
      // The server hands out a new one before the old one ends
      if (this.session?.token === session.token) {
        this.#drawer.write("session", { ...session, token: token ?? session.token });
        this.#merge(newer);
      }
      this.#reached();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.kind === "gone" && this.session?.token === session.token) {
        this.#lose();
        void this.#drain();
      } else {
        this.#later(error, () => this.begin());
      }
      this.#changed();
    }
  }

  async #readDirectory() {
    try {
      const { as_of, contacts } = await this.#call("GET", "/contacts");
      const seen = new Date().toLocaleDateString("sv-SE"); // that locale writes 2026-11-22
      this.#drawer.write("contacts", { as_of, contacts, seen });
      this.#changed();
    } catch (error) {
      if (!(error instanceof Fault)) throw error; // the list of the last visit stays
    }
  }

  /** @param {string} method @param {string} path @param {unknown} [body] @param {string} [token] @returns {Promise<any>} */
  async #call(method, path, body, token) {
    /** @type {Response} */
    let response;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), GIVE_UP);
    try {
      response = await fetch(this.#api + path, {
        method,
        headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body !== undefined && { "Content-Type": "application/json" }) },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "omit",
        cache: path === "/contacts" ? "default" : "no-store",
        signal: patience.signal,
      });
      if (response.ok) return response.status === 204 ? null : await response.json();
    } catch {
      throw new Fault(navigator.onLine ? "unreachable" : "offline");
    } finally {
      clearTimeout(timer);
    }
    const { error = {} } = await response.json().catch(() => ({}));
    if (response.status === 429) {
      throw new Fault("limited", 1_000 * (Number(error.wait ?? response.headers.get("Retry-After")) || 30));
    }
    if (error.code === "not_yours" || error.code === "gone") throw new Fault("gone");
    if (response.status < 500) throw new Fault("refused", 0, error.message);
    throw new Fault("unreachable", 1_000 * (error.wait ?? 0));
  }
}

/** @param {unknown} error */
function unlessGone(error) {
  if (!(error instanceof Fault) || error.kind !== "gone") throw error;
}
