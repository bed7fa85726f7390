// What the modules hand to each other, known in all of them. For the type checker (`make check`) and the reader; no browser
// loads it.

interface Fact {
  type: "stated" | "computed";
  program?: string;
  attribute?: string;
  name: string;
  value: number | string | null;
  unit: string;
  printed: string;
  section?: string;
  page?: number | null;
}

interface Contact {
  id: string;
  office: string;
  telephone: string | null;
  extension?: string | null;
  mail?: string | null;
  web?: string | null;
  note?: string | null;
}

interface Choice {
  title: string;
  token: string;
}

/** The reply contract, docs/design/reply-contract.md, as far as it is shown. */
interface Custom {
  outcome: string;
  lead: string;
  details: string[];
  text: string;
  programs: { id: string; name: string }[];
  facts: Fact[];
  contacts: Contact[];
  choices: Choice[];
  notes: string[];
  origin: string;
}

interface Rating {
  useful: boolean | null;
  word: string;
}

interface Turn {
  turn: number;
  id: string | null;
  at: string;
  said: { text: string } | null;
  replies: { text: string; custom?: Custom }[];
  feedback: Rating | null;
}

/** Said, and not answered yet; `refused` has the server's words for why, by language. */
interface Waiting {
  id: string;
  text: string;
  choice?: string;
  at: string;
  refused?: Record<string, string>;
}

/** The offices: `as_of` is the month of the documents, `seen` the day on which this browser received them. */
interface Directory {
  as_of: string;
  seen: string;
  contacts: Contact[];
}

/** `days` for which the server keeps it, `longest` message in characters, `at` the last answer. */
interface Session {
  token: string;
  days: number;
  longest: number;
  at: number;
}

/** How the line to the server is; `wait` in milliseconds where it is limited. */
interface Line {
  kind: "idle" | "asking" | "slow" | "late" | "offline" | "unreachable" | "limited";
  wait: number;
}

/** The element on the page, which widget.js defines. */
interface Host extends HTMLElement {
  api: string;
  heading: string;
  language: Language;
  left: boolean;
  unread: boolean;
  launch(shown: boolean, focus?: boolean): void;
  key(name: string): string;
}

type Words = typeof import("./words.ja.js").WORDS;

/** For how many days the server keeps a conversation; null before it was heard. */
type Days = number | null;

/** What may stand in an element; what is false or nothing is left out. */
type Child = Node | string | null | undefined | false;

/** What an answer lets a visitor do. */
interface Acts {
  choose(choice: Choice): void;
  copy(text: string): void;
  rate(turn: number, rating: Rating): void;
}

type Part = "about" | "figures" | "conditions" | "documents";

/** What is taken away about one programme. */
interface Note {
  name: string;
  origin: string;
  lines: Record<Part, string[]>;
  contacts: Map<string, Contact>;
}

type View = "talk" | "calls" | "privacy" | "notes";
type Language = "ja" | "en";

/** Of an element: attributes by name (true as an empty one; false, null and undefined not at all), or listeners. */
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: any) => void)>;

type Colour = [red: number, green: number, blue: number];

type Trouble = "offline" | "unreachable" | "limited" | "gone" | "refused";
