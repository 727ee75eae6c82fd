/** The app's modal view. The server keeps the stack; this shows what is on top of it. */

import { renderBlocks } from "./blocks.js";
import { freshId, h, icon } from "./dom.js";
import { missing, readState, restoreState, showErrors } from "./forms.js";

/** What a view begins with: another beginning is something new to read. */
const beginning = (view) => JSON.stringify(view?.blocks?.[0]?.text ?? view?.blocks?.[0]);

export class Modal {
  #app;
  #view = null;
  #drafts = new Map();
  #dialog = h("dialog", { class: "dialog" });

  constructor(app, page) {
    this.#app = app;
    page.append(this.#dialog);
    this.#dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#leave();
    });
    this.#dialog.addEventListener("close", () => {
      if (this.#view) this.#leave();
    });
  }

  /** Shows the view on top, or closes when there is none. Focus goes back by itself. */
  draw() {
    const view = this.#app.store.data.modal;
    if (view === this.#view) return;
    if (this.#view) this.#drafts.set(this.#view.id, readState(this.#dialog));
    const isFresh = view?.id !== this.#view?.id || beginning(view) !== beginning(this.#view);
    this.#view = view;
    if (!view) {
      this.#drafts.clear();
      this.#dialog.close();
      return;
    }
    const { scrollTop = 0 } = this.#dialog.querySelector(".dialog-body") ?? {};
    const active = document.activeElement?.dataset.actionId;
    this.#fill(view);
    if (!this.#dialog.open) this.#dialog.showModal();
    if (isFresh) this.#begin(view);
    else this.#goOn(active, scrollTop);
    if (view.errors) showErrors(this.#dialog, view.errors);
  }

  /** To the first field where the view begins with one; else to the top, where reading begins. */
  #begin(view) {
    const isForm = view.blocks?.[0]?.type === "input";
    const body = this.#dialog.querySelector(".dialog-body");
    (isForm ? body.querySelector("[data-field]") : body).focus();
  }

  /** The view has changed around the person: they stay where they were. */
  #goOn(active, scrollTop) {
    const body = this.#dialog.querySelector(".dialog-body");
    const fields = [...body.querySelectorAll("[data-action-id]")];
    const same = active && fields.find((node) => node.dataset.actionId === active);
    (same || body).focus({ preventScroll: true });
    body.scrollTop = scrollTop;
  }

  #fill(view) {
    const title = freshId("dialog");
    this.#dialog.setAttribute("aria-labelledby", title);
    const act = this.#app.actions.actIn({ type: "view", view_id: view.id }, () => this.#dialog);
    const leave = () => this.#leave();
    const submit = view.submit && h("button", { type: "submit", class: "action primary" }, view.submit.text);
    this.#dialog.replaceChildren(
      h(
        "form",
        {
          novalidate: true,
          onsubmit: (event) => {
            event.preventDefault();
            this.#submit(submit);
          },
        },
        h(
          "div",
          { class: "dialog-head" },
          h("h2", { id: title, class: "dialog-title" }, view.title?.text ?? ""),
          h(
            "button",
            { type: "button", class: "icon-button", "aria-label": "Close", onclick: leave },
            icon("close"),
          ),
        ),
        h(
          "div",
          { class: "dialog-body", tabindex: "-1" },
          renderBlocks(view.blocks ?? [], { names: this.#app.names, act, heading: 3 }),
        ),
        h(
          "div",
          { class: "dialog-foot" },
          h("button", { type: "button", class: "action", onclick: leave }, view.close?.text ?? "Close"),
          submit,
        ),
      ),
    );
    restoreState(this.#dialog, this.#drafts.get(view.id) ?? {});
  }

  #submit(button) {
    if (!button) return;
    const errors = missing(this.#dialog);
    showErrors(this.#dialog, errors);
    if (Object.keys(errors).length) return;
    this.#app.actions.whileBusy(button, () =>
      this.#app.actions.submit(this.#view.id, readState(this.#dialog)),
    );
  }

  #leave() {
    if (this.#view) this.#app.actions.close(this.#view.id);
  }
}
