/**
 * The list of completions above a textarea.
 *
 * Focus stays in the textarea, which stays a text box of several lines: the list is announced
 * through aria-activedescendant and a short sentence, since a combobox holds one line only.
 */

import { freshId, h } from "./dom.js";
import { isComplete, suggest } from "./suggestions.js";

export class Completion {
  #textarea;
  #known;
  #list = h("div", { class: "completion-options", role: "listbox", id: freshId("completion") });
  #count = h("div", { class: "visually-hidden", role: "status" });
  #title = h("div", { class: "completion-title", "aria-hidden": "true" });
  #current = null;
  #active = 0;
  #dismissed = -1;

  /**
   * @param {HTMLTextAreaElement} textarea
   * @param {() => object} known see suggest()
   */
  constructor(textarea, known) {
    this.#textarea = textarea;
    this.#known = known;
    this.#list.setAttribute("aria-label", "Completions");
    this.popup = h("div", { class: "completion", hidden: true }, this.#title, this.#list);
    this.element = h("div", { class: "completion-place" }, this.popup, this.#count);
    textarea.setAttribute("aria-autocomplete", "list");
    textarea.setAttribute("aria-haspopup", "listbox");
    textarea.setAttribute("aria-controls", this.#list.id);
    textarea.addEventListener("input", () => this.#refresh());
    textarea.addEventListener("click", () => this.#refresh());
    textarea.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.#current !== null;
  }

  /** @returns {boolean} whether the key was for the list and must do nothing else */
  takeKey(event) {
    if (!this.isOpen || event.isComposing) return false;
    const { length } = this.#current.options;
    if (event.key === "ArrowDown") this.#move((this.#active + 1) % length);
    else if (event.key === "ArrowUp") this.#move((this.#active - 1 + length) % length);
    else if (event.key === "Escape") this.#dismiss();
    else if (event.key === "Tab" && !event.shiftKey) this.#accept(this.#active);
    else if (event.key === "Enter" && !event.shiftKey && !this.#mayBeSent()) this.#accept(this.#active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close() {
    this.#current = null;
    this.popup.hidden = true;
    this.#textarea.removeAttribute("aria-activedescendant");
    this.#count.textContent = "";
  }

  #refresh() {
    const { value, selectionStart, selectionEnd } = this.#textarea;
    const found = selectionStart === selectionEnd ? suggest(value, selectionStart, this.#known()) : null;
    if (found?.from !== this.#dismissed) this.#dismissed = -1;
    if (!found || this.#dismissed >= 0) {
      this.close();
      return;
    }
    this.#current = found;
    this.#draw();
  }

  #draw() {
    const { title, options } = this.#current;
    this.#title.textContent = title;
    this.#list.replaceChildren(...options.map((option, index) => this.#option(option, index)));
    this.popup.hidden = false;
    this.#count.textContent = `${options.length} ${options.length === 1 ? "suggestion" : "suggestions"}. Arrow keys to choose, Tab to accept.`;
    this.#move(0);
  }

  /** The mouse must not take the focus out of the textarea, so its press is kept from doing so. */
  #option({ label, hint, note }, index) {
    return h(
      "div",
      {
        role: "option",
        class: "completion-option",
        id: `${this.#list.id}-${index}`,
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#accept(index),
      },
      h("span", { class: "completion-label" }, label),
      hint && h("span", { class: "completion-hint" }, hint),
      note && h("span", { class: "completion-note" }, note),
    );
  }

  #move(index) {
    this.#active = index;
    [...this.#list.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
    const node = this.#list.children[index];
    this.#textarea.setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
  }

  /** Enter sends what is already whole, unless another option was picked with the arrows. */
  #mayBeSent() {
    const { value, selectionStart } = this.#textarea;
    return this.#active === 0 && isComplete(value, selectionStart, this.#current);
  }

  #accept(index) {
    const { from, options } = this.#current;
    const { selectionStart } = this.#textarea;
    this.close();
    this.#textarea.setRangeText(options[index].insert, from, selectionStart, "end");
    this.#textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #dismiss() {
    this.#dismissed = this.#current.from;
    this.close();
  }
}
