/** The app's modal view. The server keeps the stack; this shows what is on top of it. */

import { renderBlocks } from "./blocks.js";
import { freshId, h, icon } from "./dom.js";
import { missing, readState, restoreState, showErrors } from "./forms.js";

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
    const isNew = view?.id !== this.#view?.id;
    this.#view = view;
    if (!view) {
      this.#drafts.clear();
      this.#dialog.close();
      return;
    }
    const active = isNew ? null : document.activeElement?.dataset.actionId;
    this.#fill(view);
    if (!this.#dialog.open) this.#dialog.showModal();
    const at =
      active &&
      [...this.#dialog.querySelectorAll("[data-action-id]")].find((node) => node.dataset.actionId === active);
    (
      at ||
      this.#dialog.querySelector(
        ".dialog-body [data-field], .dialog-body button, .dialog-foot button:last-child",
      )
    )?.focus();
    if (view.errors) showErrors(this.#dialog, view.errors);
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
          { class: "dialog-body" },
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
