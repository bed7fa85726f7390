// The demonstration page: its button, and the settings one may try.

const snippet = document.querySelector("[data-snippet]");
const form = /** @type {HTMLFormElement} */ (document.querySelector(".try"));
const usual = /** @type {Record<string, string>} */ ({ colour: "#23456b", position: "right", language: "ja" });

/** The settings that differ from the usual ones. */
function chosen() {
  return [...new FormData(form)].flatMap(([name, value]) => (usual[name] === value ? [] : [[name, String(value)]]));
}

function show() {
  const settings = [["title", "支援制度の窓口"], ...chosen()].map(([name, value]) => ` data-${name}="${value}"`).join("");
  if (!snippet) return;
  snippet.textContent = [
    `<madoguchi-chat${settings}>`,
    `  <p>お電話でも: <a href="tel:0000000000">0000-00-0000</a></p>`,
    `</madoguchi-chat>`,
    `<script src="${new URL("widget.js", document.URL)}" async></` + `script>`,
  ].join("\n");
}

form.addEventListener("change", () => {
  show();
  const counter = document.createElement("madoguchi-chat");
  Object.assign(counter.dataset, { title: "支援制度の窓口" }, Object.fromEntries(new FormData(form)));
  document.querySelector("madoguchi-chat")?.replaceWith(counter);
});

document.querySelector("[data-open]")?.addEventListener("click", () => {
  const counter = /** @type {(HTMLElement & {open?: () => void}) | null} */ (document.querySelector("madoguchi-chat"));
  counter?.open?.();
});

show();
