// Streamlit's own words in the language of the interface, and the language named to whoever reads the page aloud. Only
// whole texts that Streamlit itself wrote are changed, in its own widgets; nothing from an article is looked at.
const WIDGETS = ['[data-testid="stFileUploader"]', '[data-testid="InputInstructions"]', '[data-testid="stStatusWidget"]',
  '[data-baseweb="popover"]', '[role="listbox"]', '[role="dialog"]', '[data-testid="stMultiSelect"]',
  '[data-testid="stSkipToContent"]'].join();
const OURS = '.stHtml, .js-plotly-plot, [data-testid="stFileChipName"]';
const SLIDER = '[data-testid="stSlider"]';
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-valuetext"];
const DAY = /^(\d+ )(\w{3})( \d{4})$/;

export default function ({ data }) {
  const messages = data.messages.map(([from, to]) => [pattern(from), to]);
  const inWords = (text) => {
    const [, day, month, year] = DAY.exec(text.trim()) ?? [];
    return data.months[month] ? day + data.months[month] + year : "";
  };
  const kept = new Map();
  const keep = (node, name, given, told) => kept.set(node, { ...kept.get(node), [name]: [given, told] });
  const words = (node) => {
    const element = node.parentElement;
    if (!element?.closest(`${WIDGETS}, ${SLIDER}`) || element.closest(OURS)) return;
    const told = element.closest(SLIDER) ? inWords(node.nodeValue) : translated(node.nodeValue, messages);
    if (told) { keep(node, "", node.nodeValue, told); node.nodeValue = told; }
  };
  const attributes = (element) => {
    if (element.closest(OURS)) return;
    for (const name of ATTRIBUTES) {
      const given = element.getAttribute(name);
      const told = given && (name === "aria-valuetext" ? inWords(given) : translated(given, messages));
      if (told) { keep(element, name, given, told); element.setAttribute(name, told); }
    }
  };
  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return words(node);
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(OURS)) return;
    for (const element of [node, ...node.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join())]) attributes(element);
    const all = `${WIDGETS}, ${SLIDER}`;
    const places = node.closest(all) ? [node] : node.querySelectorAll(all);
    for (const place of places) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) words(walker.currentNode);
    }
  };
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "childList") addedNodes.forEach(look);
      else type === "attributes" ? attributes(target) : words(target);
    }
  });
  document.documentElement.lang = data.lang;
  look(document.body);
  observer.observe(document.body,
    { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  return () => {
    observer.disconnect();
    document.documentElement.lang = "en";
    for (const [node, changes] of kept) {
      for (const [name, [given, told]] of Object.entries(changes)) {
        if (!name && node.nodeValue === told) node.nodeValue = given;
        if (name && node.getAttribute(name) === told) node.setAttribute(name, given);
      }
    }
  };
}

function pattern(message) {
  const parts = message.split(/{\w+}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.+)")}$`, "s");
}

function translated(text, messages) {
  for (const [from, to] of messages) {
    const found = from.exec(text.trim());
    if (found) {
      let next = 1;
      return text.replace(text.trim(), () => to.replace(/{\w+}/g, () => found[next++]));
    }
  }
  return "";
}
