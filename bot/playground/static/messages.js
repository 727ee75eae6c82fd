/** A list of messages that grows and changes in place, so that nobody loses their place in it. */

import { countReplies, fillArticle } from "./article.js";
import { h, icon } from "./dom.js";
import { compareTs } from "./state.js";
import { day, seconds } from "./times.js";

/** Messages of one person within this time stand under one name. */
const TOGETHER_SECONDS = 300;
/** Nearer to the end than this, the list follows new messages. */
const NEAR_END_PIXELS = 120;

export class MessageList {
  #app;
  #channel;
  #thread;
  #articles = new Map();
  #log;
  #scroller;
  #jump;
  /** Whether the end is in view, and so is to stay in view when the room for the list changes. */
  #isPinned = true;

  /**
   * @param {object} app see main.js
   * @param {{label: string, channel: string, thread: string|null, after?: Node}} list
   *   `thread` null shows the channel itself; `after` stands below the last message
   */
  constructor(app, { label, channel, thread, after }) {
    this.#app = app;
    this.#channel = channel;
    this.#thread = thread;
    this.#log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": label });
    this.#scroller = h(
      "div",
      { class: "scroller", tabindex: "0", role: "group", "aria-label": `${label}, scrollable` },
      this.#log,
      after,
    );
    this.#jump = h(
      "button",
      { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd() },
      icon("down"),
      "New messages",
    );
    this.#scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    new ResizeObserver(() => {
      if (this.#isPinned) this.toEnd();
    }).observe(this.#scroller);
    this.element = h("div", { class: "list" }, this.#scroller, this.#jump);
    app.store
      .messages(channel)
      .filter((message) => this.#shows(message))
      .forEach((message) => this.#put(message));
    arrange(this.#log, app.store, channel);
  }

  /** Takes in one event of the store; those about other places are ignored. */
  update(event) {
    const { message } = event;
    if ((message?.channel ?? event.channel) !== this.#channel) return;
    const follows = this.#nearEnd() || message?.user === this.#app.store.data.me.id;
    const isShown = Boolean(message) && this.#shows(message);
    if (isShown) this.#put(message);
    if (event.type === "message_deleted") this.#remove(event.ts);
    this.#recount(message?.thread_ts);
    arrange(this.#log, this.#app.store, this.#channel);
    if (follows) this.#reveal(isShown ? this.#articles.get(message.ts) : null);
    else if (isShown && event.type === "message") this.#jump.hidden = false;
  }

  /** Opens at the newest message. */
  toNewest() {
    this.#reveal(this.#log.lastElementChild);
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#jump.hidden = true;
  }

  /** Goes to the end, or no further than the beginning of the message: a long answer is read from its top. */
  #reveal(article) {
    this.toEnd();
    if (article && article === this.#log.lastElementChild) {
      const above = article.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
      if (above < 0) this.#scroller.scrollTop += above;
    }
    this.#onScroll();
  }

  /** Shows which message's thread is open beside the list; null for none. */
  markThread(ts) {
    for (const [key, article] of this.#articles) {
      article.classList.toggle("has-open-thread", key === ts);
      for (const node of article.querySelectorAll("[aria-controls=thread]"))
        node.setAttribute("aria-expanded", String(key === ts));
    }
  }

  /** Moves to what opened a thread, or to the message itself. */
  focusThreadButton(ts) {
    const article = this.#articles.get(ts);
    (
      article?.querySelector(".reply-count") ??
      article?.querySelector("[aria-controls=thread]") ??
      this.#scroller
    ).focus();
  }

  #onScroll() {
    this.#isPinned = this.#nearEnd();
    this.#jump.hidden ||= this.#isPinned;
  }

  #shows(message) {
    if (message.channel !== this.#channel) return false;
    if (this.#thread) return message.ts === this.#thread || message.thread_ts === this.#thread;
    return !message.thread_ts || message.thread_ts === message.ts;
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PIXELS;
  }

  #put(message) {
    const known = this.#articles.get(message.ts);
    const article = known ?? h("article", { class: "message", "data-ts": message.ts, tabindex: "-1" });
    fillArticle(this.#app, article, message, this.#thread);
    if (known) return;
    this.#articles.set(message.ts, article);
    let next = null;
    for (
      let node = this.#log.lastElementChild;
      node && compareTs(node.dataset.ts, message.ts) > 0;
      node = node.previousElementSibling
    )
      next = node;
    this.#log.insertBefore(article, next);
  }

  #remove(ts) {
    const article = this.#articles.get(ts);
    if (article?.contains(document.activeElement)) {
      (article.nextElementSibling ?? article.previousElementSibling ?? this.#scroller).focus();
    }
    article?.remove();
    this.#articles.delete(ts);
    for (const parent of this.#articles.keys()) this.#recount(parent);
  }

  #recount(ts) {
    const article = this.#articles.get(ts);
    if (article && !this.#thread)
      countReplies(this.#app, article, this.#app.store.message(this.#channel, ts));
  }
}

/** Marks where a day begins and which messages continue the one above. */
function arrange(log, store, channel) {
  let above = null;
  for (const article of log.children) {
    const message = store.message(channel, article.dataset.ts);
    if (!message) continue;
    const newDay = !above || day(above.ts) !== day(message.ts);
    const close = above && seconds(message.ts) - seconds(above.ts) < TOGETHER_SECONDS;
    const same =
      close &&
      above.user === message.user &&
      above.bot === message.bot &&
      above.ephemeral === message.ephemeral;
    if (newDay) article.dataset.day = day(message.ts);
    else delete article.dataset.day;
    article.classList.toggle(
      "continues",
      Boolean(same) && !newDay && !article.previousElementSibling?.classList.contains("is-parent"),
    );
    above = message;
  }
}
