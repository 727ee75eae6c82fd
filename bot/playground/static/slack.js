/** What is Slack's own on the page, beside Teams' sister of this file. */

import { avatar } from "./avatar.js";
import { renderBlocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { renderMrkdwn } from "./mrkdwn.js";
import { directWelcome, welcome } from "./welcome.js";

export class Slack {
  #app;

  /** @param {object} app see main.js */
  constructor(app) {
    this.#app = app;
  }

  privateNote = "Only visible to you";

  /** Everywhere a message may begin a thread. */
  hasThreads() {
    return true;
  }

  titleOf(channel) {
    return channel.kind === "im" ? this.#app.store.data.coach.name : `#${channel.name}`;
  }

  /** What the list of places holds, see Sidebar. */
  sections() {
    const { coach, channels } = this.#app.store.data;
    const direct = channels.filter((channel) => channel.kind === "im");
    const open = channels.filter((channel) => channel.kind !== "im");
    const item = ({ id }, sign, name) => ({ where: { channel: id }, sign, name, isConversation: true });
    const home = direct
      .slice(0, 1)
      .map(({ id }) => ({ where: { channel: id, tab: "home" }, sign: icon("home"), name: `${coach.name} home` }));
    return [
      { title: "Channels", items: open.map((channel) => item(channel, icon("hash"), channel.name)) },
      {
        title: "Direct messages",
        items: direct.map((channel) => item(channel, avatar(coach.id, coach.name, true), coach.name)),
      },
      ...(home.length ? [{ title: "Apps", items: home }] : []),
    ];
  }

  welcome(channel, say) {
    const isDirect = channel.kind === "im";
    return isDirect ? directWelcome(this.titleOf(channel)) : welcome(this.#app, channel, say);
  }

  contentOf(message, root) {
    const { names, actions } = this.#app;
    if (!message.blocks?.length) return h("div", { class: "prose" }, renderMrkdwn(message.text ?? "", names));
    const container = { type: "message", channel: message.channel, ts: message.ts };
    return renderBlocks(message.blocks, { names, act: actions.actIn(container, root), heading: 3 });
  }
}
