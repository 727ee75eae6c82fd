/** One channel or direct conversation: its messages, what the coach is doing, and the composer. */

import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { MessageList } from "./messages.js";
import { isUntried } from "./welcome.js";

export class Conversation {
  #app;
  #channel;
  #composer;
  #welcome;
  #status = h("p", { class: "status", role: "status" });
  #prompts = h("div", { class: "prompts" });

  /**
   * @param {object} app see main.js
   * @param {object} channel as in the state
   */
  constructor(app, channel) {
    this.#app = app;
    this.#channel = channel;
    const title = app.platform.titleOf(channel);
    const say = (text) => app.actions.send(channel.id, text);
    this.#welcome = app.platform.welcome(channel, (text) => {
      this.#composer.focus();
      say(text);
    });
    this.list = new MessageList(app, {
      label: `Messages in ${title}`,
      channel: channel.id,
      thread: null,
      after: this.#welcome,
    });
    this.#composer = new Composer({
      label: `Message ${title}`,
      place: channel.id,
      known: () => app.completions(),
      onSend: say,
    });
    this.nodes = [this.list.element, this.#status, this.#prompts, this.#composer.element];
    this.#drawWelcome();
    this.#drawStatus();
    this.#drawPrompts();
  }

  focus() {
    this.#composer.focus();
  }

  update(event) {
    this.list.update(event);
    if (event.type.startsWith("message")) this.#drawWelcome();
    if (event.type === "prompts") this.#drawPrompts();
    this.#drawStatus();
  }

  #drawWelcome() {
    const { store } = this.#app;
    this.#welcome.hidden = !isUntried(store.messages(this.#channel.id), store.data.me.id);
  }

  #drawStatus() {
    const text = this.#app.store.status(this.#channel.id, null);
    const line = text && `${this.#app.store.data.coach.name} ${text}`;
    if (this.#status.textContent !== line) this.#status.textContent = line;
  }

  #drawPrompts() {
    const offer = this.#app.store.data.prompts;
    const offered = offer?.channel === this.#channel.id ? offer.prompts : [];
    if (this.#prompts.contains(document.activeElement)) this.#composer.focus();
    this.#prompts.replaceChildren(
      ...(offered.length ? [h("p", { class: "prompts-title" }, offer.title || "Try asking")] : []),
      ...offered.map((prompt) => this.#chip(prompt)),
    );
  }

  #chip({ title, message }) {
    const say = () => {
      this.#composer.focus();
      this.#app.actions.send(this.#channel.id, message);
    };
    return h("button", { type: "button", class: "chip", title: message, onclick: say }, title);
  }
}
