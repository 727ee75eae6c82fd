/** The list of places on the left; on a narrow window it is a drawer behind the menu button. */

import { avatar } from "./avatar.js";
import { Clock } from "./clock.js";
import { h, icon } from "./dom.js";
import { addressOf } from "./route.js";

export class Sidebar {
  #app;
  #nav;
  #button;
  #covered;
  #clock;

  /**
   * @param {object} app see main.js
   * @param {HTMLElement} nav
   * @param {HTMLButtonElement} button opens the drawer; shown on a narrow window only
   * @param {HTMLElement[]} covered what cannot be reached while the drawer lies over it
   */
  constructor(app, nav, button, covered) {
    this.#app = app;
    this.#nav = nav;
    this.#button = button;
    this.#covered = covered;
    this.#clock = new Clock(app);
    button.append(icon("menu"));
    button.addEventListener("click", () => this.#open());
    nav.addEventListener("click", ({ target }) => this.#onPick(target.closest("a")));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.#leave());
    document.addEventListener("click", ({ target }) => {
      if (!nav.contains(target) && !button.contains(target)) this.#leave();
    });
    window.addEventListener("resize", () => {
      if (button.getClientRects().length === 0) this.#set(false);
    });
  }

  /** Builds the list anew, for a new snapshot. */
  draw() {
    const { me } = this.#app.store.data;
    this.#nav.replaceChildren(
      h("p", { class: "workspace-name" }, "Local workspace", h("span", {}, "on your machine only")),
      h(
        "button",
        {
          type: "button",
          class: "icon-button drawer-close",
          "aria-label": "Close the list",
          onclick: () => this.#leave(),
        },
        icon("close"),
      ),
      ...this.#platforms(),
      ...this.#app.platform.sections().map(({ title, items }) =>
        part(
          title,
          items.map((item) => place(item)),
        ),
      ),
      ...[this.#clock.render()].filter(Boolean),
      h(
        "p",
        { class: "sidebar-me" },
        avatar(me.id, me.name, false),
        h("span", {}, "You are ", h("strong", {}, me.name)),
      ),
    );
    this.mark();
    if (this.#isOpen()) this.#enter();
  }

  /** Shows what time it is. */
  tick() {
    this.#clock.tick();
  }

  /** Shows where the person is, and where something new waits. */
  mark() {
    const place = this.#app.place();
    const here = addressOf({ channel: place.channel, tab: place.tab });
    for (const anchor of this.#nav.querySelectorAll("section a")) {
      if (anchor.getAttribute("href") === here) anchor.setAttribute("aria-current", "page");
      else anchor.removeAttribute("aria-current");
      const count = anchor.dataset.channel ? this.#app.store.unread(anchor.dataset.channel) : 0;
      anchor.classList.toggle("has-unread", count > 0);
      const tally = anchor.querySelector(".unread");
      if (tally)
        tally.replaceChildren(
          ...(count ? [String(count), h("span", { class: "visually-hidden" }, " unread")] : []),
        );
    }
  }

  /** The way to the other platform, where there is one. */
  #platforms() {
    const known = Object.entries(this.#app.store.data.platforms ?? {});
    if (known.length === 0) return [];
    const links = known.map(([name, href]) =>
      h("a", { href, "aria-current": href === window.location.pathname ? "page" : null }, name),
    );
    return [h("p", { class: "platforms", role: "group", "aria-label": "Platform" }, links)];
  }

  /** The address brings the page there; where it already is, only the focus moves. */
  #onPick(anchor) {
    if (!anchor?.closest("section")) return;
    this.#set(false);
    if (anchor.getAttribute("href") === window.location.hash) this.#app.focus();
  }

  #isOpen() {
    return this.#button.getAttribute("aria-expanded") === "true";
  }

  #open() {
    this.#set(true);
    this.#enter();
  }

  #enter() {
    this.#nav.querySelector("section a")?.focus();
  }

  /** Folds without having gone anywhere: the focus returns to where it came from. */
  #leave() {
    if (!this.#isOpen()) return;
    this.#set(false);
    this.#button.focus();
  }

  #set(isOpen) {
    this.#button.setAttribute("aria-expanded", String(isOpen));
    this.#nav.classList.toggle("is-open", isOpen);
    for (const node of this.#covered) node.inert = isOpen;
  }
}

/** @param {{where: object, sign: Node, name: string, isConversation?: boolean}} item `where`: see route.js */
function place({ where, sign, name, isConversation }) {
  return h(
    "li",
    {},
    h(
      "a",
      { href: addressOf(where), "data-channel": isConversation ? where.channel : null },
      sign,
      h("span", { class: "place-name" }, name),
      isConversation && h("span", { class: "unread" }),
    ),
  );
}

function part(title, items) {
  const id = `part-${title.replace(" ", "-").toLowerCase()}`;
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), h("ul", {}, items));
}
