/** The workspace's clock: what it shows, and the buttons that put it forward. */

import { h } from "./dom.js";
import { full, nowSeconds } from "./times.js";

/** The clock shows minutes. */
const TICK_MILLISECONDS = 10_000;

export class Clock {
  #app;
  #time = h("time", { class: "clock-time" });

  /** @param {object} app see main.js */
  constructor(app) {
    this.#app = app;
    setInterval(() => this.tick(), TICK_MILLISECONDS);
  }

  /** Shows what time it is in the workspace. */
  tick() {
    this.#time.textContent = full(String(nowSeconds()));
  }

  /** @returns {HTMLElement|null} null where the clock cannot be put forward */
  render() {
    const { jumps } = this.#app.store.data.clock;
    if (jumps.length === 0) return null;
    this.tick();
    const buttons = jumps.map((to) => {
      const onclick = () => this.#app.actions.whileBusy(node, () => this.#app.actions.jump(to));
      const node = h("button", { type: "button", class: "clock-jump", onclick }, to);
      return node;
    });
    return h(
      "section",
      { class: "clock", "aria-labelledby": "clock-title" },
      h("h2", { id: "clock-title" }, "Clock"),
      h("p", {}, this.#time),
      h("div", { class: "clock-jumps" }, buttons),
    );
  }
}
