/** The list of places on the left; on a narrow window it folds behind the menu button. */

import { avatar } from "./avatar.js";
import { h, icon } from "./dom.js";
import { addressOf } from "./route.js";

export class Sidebar {
  #app;
  #nav;
  #button;

  constructor(app, nav, button) {
    this.#app = app;
    this.#nav = nav;
    this.#button = button;
    button.append(icon("menu"));
    button.addEventListener("click", () => this.#fold(this.#isOpen()));
    nav.addEventListener("click", ({ target }) => this.#onPick(target.closest("a")));
    nav.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#isOpen()) return;
      this.#fold(true);
      button.focus();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (this.#isOpen() && !nav.contains(target) && !button.contains(target)) this.#fold(true);
    });
  }

  /** Builds the list anew, for a new snapshot. */
  draw() {
    const { me, coach, channels } = this.#app.store.data;
    const direct = channels.filter((channel) => channel.kind === "im");
    const home = direct[0] && { channel: direct[0].id, tab: "home" };
    this.#nav.replaceChildren(
      h("p", { class: "workspace-name" }, "Local workspace", h("span", {}, "on your machine only")),
      part(
        "Channels",
        channels
          .filter((channel) => channel.kind !== "im")
          .map((channel) => this.#channel(channel, icon("hash"), channel.name)),
      ),
      part(
        "Direct messages",
        direct.map((channel) => this.#channel(channel, avatar(coach.id, coach.name, true), coach.name)),
      ),
      home &&
        part("Apps", [h("li", {}, h("a", { href: addressOf(home) }, icon("home"), `${coach.name} home`))]),
      h(
        "p",
        { class: "sidebar-me" },
        avatar(me.id, me.name, false),
        h("span", {}, "You are ", h("strong", {}, me.name)),
      ),
    );
    this.mark();
  }

  /** Shows where the person is, and where something new waits. */
  mark() {
    const place = this.#app.place();
    const here = addressOf({ channel: place.channel, tab: place.tab });
    for (const anchor of this.#nav.querySelectorAll("a")) {
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

  #channel({ id }, sign, name) {
    return h(
      "li",
      {},
      h(
        "a",
        { href: addressOf({ channel: id }), "data-channel": id },
        sign,
        h("span", { class: "place-name" }, name),
        h("span", { class: "unread" }),
      ),
    );
  }

  /** The address brings the page there; where it already is, only the focus moves. */
  #onPick(anchor) {
    if (!anchor) return;
    this.#fold(true);
    if (anchor.getAttribute("href") === window.location.hash) this.#app.focus();
  }

  #isOpen() {
    return this.#button.getAttribute("aria-expanded") === "true";
  }

  #fold(folded) {
    this.#button.setAttribute("aria-expanded", String(!folded));
    this.#nav.classList.toggle("is-open", !folded);
    if (!folded) (this.#nav.querySelector("[aria-current]") ?? this.#nav.querySelector("a"))?.focus();
  }
}

function part(title, items) {
  const id = `part-${title.replace(" ", "-").toLowerCase()}`;
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), h("ul", {}, items));
}
