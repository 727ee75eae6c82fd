/** What is Teams' own on the page, beside Slack's sister of this file. */

import { avatar } from "/static/avatar.js";
import { h, icon } from "/static/dom.js";
import { drawCard } from "./cards.js";
import { welcome } from "./welcome.js";

const THUMBS = [
  ["like", "Helpful"],
  ["dislike", "Not helpful"],
];

export class Teams {
  #app;

  /** @param {object} app see main.js */
  constructor(app) {
    this.#app = app;
  }

  privateNote = "Only you can see this";

  hasThreads(channel) {
    return this.#app.store.channel(channel)?.kind === "channel";
  }

  titleOf(channel) {
    return channel.name;
  }

  /** What the list of places holds, see Sidebar. */
  sections() {
    const { coach, channels } = this.#app.store.data;
    const signs = {
      im: () => avatar(coach.id, coach.name, true),
      group: () => icon("people"),
      channel: () => icon("hash"),
    };
    const items = (kinds) =>
      channels
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ id, name, kind }) => ({
          where: { channel: id },
          sign: signs[kind](),
          name,
          isConversation: true,
        }));
    return [
      { title: "Chat", items: items(["im", "group"]) },
      { title: "Channels", items: items(["channel"]) },
    ];
  }

  welcome(channel, say) {
    return welcome(channel, say);
  }

  contentOf(message) {
    const { card, mentions, note, text } = message;
    if (card) {
      const said = note ? h("p", { class: "said-below", role: "status" }, note) : null;
      return [this.#card(message), said, message.can_be_judged && this.#thumbs(message)];
    }
    return h(
      "div",
      { class: "prose keeps-lines" },
      mentions && [h("span", { class: "mention" }, this.#app.store.data.coach.name), " "],
      text,
    );
  }

  #card(message) {
    const { actions } = this.#app;
    const card = drawCard(`${message.channel} ${message.ts}`, message.card, (action, button) =>
      actions.whileBusy(button, () => actions.press(message, action)),
    );
    return h("div", { class: "card-place" }, card);
  }

  #thumbs(message) {
    const buttons = THUMBS.map(([reaction, label]) => {
      const onclick = () => this.#app.actions.judge(message, reaction);
      const pressed = String(message.verdict === reaction);
      return h(
        "button",
        {
          type: "button",
          class: "thumb",
          "data-action-id": reaction,
          "aria-label": label,
          title: label,
          "aria-pressed": pressed,
          onclick,
        },
        icon(reaction),
      );
    });
    return h("div", { class: "thumbs", role: "group", "aria-label": "Was this helpful?" }, buttons);
  }
}
