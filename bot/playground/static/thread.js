/** The panel beside a conversation that shows one message and its replies. */

import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { MessageList } from "./messages.js";

export class Thread {
  #app;
  #panel;
  #place = null;
  #list = null;
  #composer = null;
  #status = h("p", { class: "status", role: "status" });

  /** @param {HTMLElement} panel the landmark that holds it */
  constructor(app, panel) {
    this.#app = app;
    this.#panel = panel;
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.#leave();
    });
  }

  /** Shows a message's thread, or none where the message is gone. */
  show(channel, ts) {
    const isOpen = Boolean(ts && channel && this.#app.store.message(channel.id, ts));
    this.#panel.hidden = !isOpen;
    this.#place = isOpen ? { channel, ts } : null;
    if (isOpen) this.#draw();
    else this.#panel.replaceChildren();
    return isOpen;
  }

  focus() {
    this.#composer.focus();
  }

  update(event) {
    if (!this.#place) return;
    this.#list.update(event);
    this.#drawStatus();
    if (!this.#app.store.message(this.#place.channel.id, this.#place.ts)) this.#leave();
  }

  #draw() {
    const { channel, ts } = this.#place;
    this.#list = new MessageList(this.#app, {
      label: "Messages in the thread",
      channel: channel.id,
      thread: ts,
    });
    this.#composer = new Composer({
      label: "Reply in thread",
      place: `${channel.id} ${ts}`,
      known: () => ({ ...this.#app.completions(), commands: [] }),
      onSend: (text) => this.#app.actions.send(channel.id, text, ts),
    });
    const close = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Close thread", onclick: () => this.#leave() },
      icon("close"),
    );
    this.#panel.replaceChildren(
      h(
        "header",
        { class: "thread-header" },
        h("h2", { id: "thread-title" }, "Thread"),
        h("p", {}, this.#app.platform.titleOf(channel)),
        close,
      ),
      this.#list.element,
      this.#status,
      this.#composer.element,
    );
    this.#drawStatus();
    this.#list.toNewest();
  }

  #drawStatus() {
    const { channel, ts } = this.#place;
    const text = this.#app.store.status(channel.id, ts);
    const line = text && `${this.#app.store.data.coach.name} ${text}`;
    if (this.#status.textContent !== line) this.#status.textContent = line;
  }

  #leave() {
    this.#app.go({ channel: this.#place.channel.id });
  }
}
