/** The coach's Home tab, as the app last published it. */

import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { keepPlace } from "./forms.js";

export class Home {
  #app;
  #panel;
  #body = h("div", { class: "home-body", tabindex: "-1" });
  #shown;

  constructor(app, panel) {
    this.#app = app;
    this.#panel = panel;
    panel.append(this.#body);
  }

  /** Draws the view again if it has changed since. */
  draw() {
    const view = this.#app.store.data.home;
    if (view === this.#shown) return;
    this.#shown = view;
    keepPlace(this.#body, () =>
      this.#body.replaceChildren(...(view ? this.#blocks(view) : [this.#nothing()])),
    );
  }

  focus() {
    this.#panel.scrollTop = 0;
    this.#body.focus({ preventScroll: true });
  }

  #blocks(view) {
    const act = this.#app.actions.actIn({ type: "view", view_id: view.id }, () => this.#body);
    return renderBlocks(view.blocks ?? [], { names: this.#app.names, act, heading: 2 });
  }

  #nothing() {
    return h("p", { class: "quiet" }, `${this.#app.store.data.coach.name} has put nothing here yet.`);
  }
}
