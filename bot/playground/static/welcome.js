/** What stands in a channel before anyone has tried the coach there. */

import { h } from "./dom.js";

/**
 * @param {object} app see main.js
 * @param {object} channel
 * @param {(text: string) => void} say sends a message there
 */
export function welcome(app, channel, say) {
  const coach = app.store.data.coach.name;
  const example = (text) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "example", onclick: () => say(text) }, h("code", {}, text)),
    );
  const direct = app.store.directMessages();
  return h(
    "section",
    { class: "welcome", "aria-label": "First steps" },
    h("h2", {}, `This is #${channel.name}`),
    h(
      "p",
      {},
      `A Slack workspace on your own machine, to try ${coach} in. Nothing leaves it. Three ways to begin:`,
    ),
    h(
      "ul",
      { class: "examples" },
      example("/lvm difference vision"),
      example("@coach what is leadership?"),
      direct &&
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: "example", onclick: () => app.go({ channel: direct.id }) },
            `Open ${coach}’s direct messages`,
          ),
        ),
    ),
  );
}

/** The same for the conversation with the coach alone. */
export function directWelcome(coach) {
  return h(
    "section",
    { class: "welcome", "aria-label": "First steps" },
    h("h2", {}, `You and ${coach}`),
    h("p", {}, "Only the two of you are here. Write as you would to a colleague."),
  );
}

/** Whether nobody at this keyboard has met the coach in the channel yet. */
export function isUntried(messages, me) {
  return messages.every((message) => !message.bot && message.user !== me);
}
