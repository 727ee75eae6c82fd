/**
 * A button that opens a list: a listbox (pick a value) or a menu (pick an action).
 *
 * Written here because a native select announces every arrow key as a choice, and each choice
 * is sent to the app. The list is a popover, so neither scrolling panes nor dialogs clip it.
 */

import { freshId, h } from "./dom.js";

const GAP_PIXELS = 4;
const MOST_PIXELS = 380;
const TYPE_AHEAD_MILLISECONDS = 700;

export class Menu {
  #button;
  #list;

  /**
   * @param {HTMLButtonElement} button gets the listeners and the aria attributes
   * @param {{role: "listbox"|"menu", label: string,
   *          groups: {label: string, options: {text: string, value: string, description: string}[]}[],
   *          chosen: () => string|null, onChoose: (option: object) => void}} list
   */
  constructor(button, list) {
    this.#button = button;
    this.#list = list;
    /** To be placed after the button. */
    this.element = h("div", {
      class: "menu",
      popover: "manual",
      role: list.role,
      id: freshId("menu"),
      "aria-label": list.label,
    });
    this.element.addEventListener("keydown", (event) => onKey(event, this.element, () => this.#close(true)));
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.element.contains(relatedTarget) && relatedTarget !== button) this.#close(false);
    });
    button.setAttribute("aria-haspopup", list.role);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", this.element.id);
    button.addEventListener("click", () => (this.#isOpen() ? this.#close(true) : this.#open()));
    button.addEventListener("keydown", (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      this.#open();
    });
  }

  #isOpen() {
    return this.element.matches(":popover-open");
  }

  #open() {
    if (this.#isOpen() || this.#button.getAttribute("aria-busy") === "true") return;
    typed.text = "";
    this.element.replaceChildren(...entries(this.#list, (option) => this.#choose(option)));
    this.element.showPopover();
    this.#button.setAttribute("aria-expanded", "true");
    place(this.element, this.#button);
    const all = options(this.element);
    (all.find((node) => node.getAttribute("aria-selected") === "true") ?? all[0])?.focus();
  }

  #choose(option) {
    this.#close(true);
    this.#list.onChoose(option);
  }

  #close(refocus) {
    if (!this.#isOpen()) return;
    this.#button.setAttribute("aria-expanded", "false");
    if (refocus) this.#button.focus();
    this.element.hidePopover();
    this.element.replaceChildren();
  }
}

const options = (popup) => [...popup.querySelectorAll("[data-option]")];

function entries({ role, groups, chosen }, choose) {
  return groups
    .map(({ label, options: members }) => {
      const nodes = members.map((option) => entry(role, option, chosen(), choose));
      return label
        ? h(
            "div",
            { role: "group", "aria-label": label },
            h("div", { class: "menu-heading", "aria-hidden": "true" }, label),
            nodes,
          )
        : nodes;
    })
    .flat();
}

function entry(role, option, chosen, choose) {
  const isList = role === "listbox";
  return h(
    "div",
    {
      role: isList ? "option" : "menuitem",
      class: "menu-option",
      tabindex: "-1",
      "data-option": option.value,
      "aria-selected": isList ? String(option.value === chosen) : null,
      onclick: () => choose(option),
    },
    option.text,
    option.description && h("span", { class: "menu-description" }, option.description),
  );
}

function onKey(event, popup, close) {
  const all = options(popup);
  const at = all.indexOf(document.activeElement);
  const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  if (event.key === "Tab") return close();
  if (event.key in targets) all[(targets[event.key] + all.length) % all.length].focus();
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" || (event.key === " " && !isTyping())) all[at]?.click();
  else if (event.key.length === 1) typeAhead(event.key, all, at);
  else return undefined;
  event.preventDefault();
  return event.stopPropagation();
}

const typed = { text: "", at: 0 };

/** Whether a key still belongs to the word being searched for; a space then does as well. */
const isTyping = () => typed.text !== "" && performance.now() - typed.at < TYPE_AHEAD_MILLISECONDS;

function typeAhead(key, all, at) {
  typed.text = (isTyping() ? typed.text : "") + key.toLowerCase();
  typed.at = performance.now();
  const isOneKey = new Set(typed.text).size === 1; // the same key again and again goes on to the next
  const sought = isOneKey ? key.toLowerCase() : typed.text;
  const start = isOneKey ? at + 1 : at;
  const order = [...all.slice(start), ...all.slice(0, start)];
  order.find((node) => node.textContent.toLowerCase().startsWith(sought))?.focus();
}

/** Below the button where there is room, else above it; never past the window's edge. */
function place(popup, button) {
  popup.style.maxHeight = `${MOST_PIXELS}px`;
  const anchor = button.getBoundingClientRect();
  const below = window.innerHeight - anchor.bottom - 2 * GAP_PIXELS;
  const above = anchor.top - 2 * GAP_PIXELS;
  const fits = popup.offsetHeight <= below || below >= above;
  popup.style.minWidth = `${anchor.width}px`;
  popup.style.maxHeight = `${Math.min(MOST_PIXELS, fits ? below : above)}px`;
  popup.style.top = `${fits ? anchor.bottom + GAP_PIXELS : Math.max(GAP_PIXELS, anchor.top - GAP_PIXELS - popup.offsetHeight)}px`;
  popup.style.left = `${Math.max(GAP_PIXELS, Math.min(anchor.left, window.innerWidth - popup.offsetWidth - GAP_PIXELS))}px`;
}
