/** Where a message is written: Enter sends it, Shift and Enter begin a new line. */

import { Completion } from "./completion.js";
import { freshId, h, icon } from "./dom.js";

/** What was begun and not sent, by place, for as long as the page is open. */
const drafts = new Map();

export class Composer {
  #onSend;
  #place;
  #completion;

  /**
   * @param {{label: string, place: string, known: () => object, onSend: (text: string) => Promise<boolean>}} composer
   *   `place` is where a draft belongs; `known` is for completion, see suggest()
   */
  constructor({ label, place, known, onSend }) {
    this.#onSend = onSend;
    this.#place = place;
    const hint = freshId("hint");
    this.textarea = h("textarea", {
      class: "composer-text",
      rows: 1,
      "aria-label": label,
      "aria-describedby": hint,
      placeholder: label,
      autocomplete: "off",
    });
    this.textarea.value = drafts.get(place) ?? "";
    this.#completion = new Completion(this.textarea, known);
    this.textarea.addEventListener("keydown", (event) => this.#onKey(event));
    this.textarea.addEventListener("input", () => this.#onInput());
    const send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"));
    this.element = h(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          this.send();
        },
      },
      this.#completion.element,
      h("div", { class: "composer-box" }, this.textarea, send),
      h("p", { class: "composer-hint", id: hint }, "Enter sends, Shift + Enter begins a new line"),
    );
  }

  focus() {
    this.textarea.focus();
    this.#grow();
  }

  /** Sends the text, which comes back into an empty composer if the server did not take it. */
  async send() {
    const text = this.textarea.value;
    if (!text.trim()) return;
    this.#write("");
    const taken = await this.#onSend(text.trim());
    if (!taken && !this.textarea.value) this.#write(text);
  }

  #write(text) {
    this.textarea.value = text;
    this.#completion.close();
    this.#onInput();
  }

  #onKey(event) {
    if (this.#completion.takeKey(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  #onInput() {
    drafts.set(this.#place, this.textarea.value);
    this.#grow();
  }

  #grow() {
    this.textarea.style.height = "auto";
    this.textarea.style.height = `${this.textarea.scrollHeight}px`;
  }
}
