/** Draws Adaptive Cards with Microsoft's own renderer. */

import { hostConfig } from "./host-config.js";

const { AdaptiveCard, ExecuteAction, GlobalSettings, HostConfig } = window.AdaptiveCards;
const inDark = window.matchMedia("(prefers-color-scheme: dark)");

// The messages around the cards are what one moves through, and the cards of the coach hold no Markdown.
GlobalSettings.setTabIndexAtCardRoot = false;
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false;
};

/** The newest drawing of each message's card: what was typed into it stays while the card does. */
const drawn = new Map();

/**
 * @param {string} key of the message
 * @param {object} json the card
 * @param {(action: object, button: HTMLElement) => void} onExecute gets title, verb and data
 * @returns {HTMLElement}
 */
export function drawCard(key, json, onExecute) {
  const content = JSON.stringify(json);
  const known = drawn.get(key);
  if (known?.content === content && known.inDark === inDark.matches) return known.node;
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig(inDark.matches));
  card.onExecuteAction = (action) => {
    if (!(action instanceof ExecuteAction)) return;
    const { title, verb, data } = action;
    onExecute({ title, verb, data: data ?? {} }, action.renderedElement);
  };
  card.parse(json);
  const node = card.render() ?? document.createElement("div");
  node.classList.add("card");
  node.setAttribute("role", "group");
  drawn.set(key, { content, inDark: inDark.matches, node });
  return node;
}

/** Calls whenever the page turns light or dark: cards have their colours from their configuration. */
export function onTheme(listener) {
  inDark.addEventListener("change", listener);
}
