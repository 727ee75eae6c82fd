/** What stands in a conversation before anyone has tried the coach there. */

import { h } from "/static/dom.js";

const ABOUT = {
  im: {
    says: "Only the two of you are here. Write as you would to a colleague.",
    examples: ["difference vision", "what is leadership?", "daily at 8:30"],
  },
  group: {
    says: "Mention the coach to ask for all to see, or type / for an answer that only you see.",
    examples: ["@Coach what is management?", "/difference vision"],
  },
  channel: {
    says: "Mention the coach and it answers in a thread; type / for an answer that only you see.",
    examples: ["@Coach what is leadership?", "/difference vision"],
  },
};

/**
 * @param {object} channel
 * @param {(text: string) => void} say sends a message there
 */
export function welcome(channel, say) {
  const { says, examples } = ABOUT[channel.kind];
  const example = (text) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "example", onclick: () => say(text) }, h("code", {}, text)),
    );
  return h(
    "section",
    { class: "welcome", "aria-label": "First steps" },
    h("h2", {}, `This is ${channel.name}`),
    h("p", {}, `A tenant of Teams on your own machine. Nothing leaves it. ${says}`),
    h("ul", { class: "examples" }, examples.map(example)),
  );
}
