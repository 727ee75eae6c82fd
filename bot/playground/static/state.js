/** What this page knows of the workspace: the server's snapshot, kept current by its events. */

import { setNow, setZone } from "./times.js";

const EMPTY = {
  me: { id: "", name: "" },
  coach: { id: "", name: "Coach" },
  users: [],
  channels: [],
  commands: [],
  home: null,
  modal: null,
  prompts: null,
  clock: { now: Date.now() / 1000, jumps: [] },
};

/** @returns {number} negative if the first was written earlier; digits are compared, not floats */
export function compareTs(first, second) {
  if (first.length !== second.length) return first.length - second.length;
  return first < second ? -1 : Number(first > second);
}

const inOrder = (list) =>
  new Map([...list].sort((one, two) => compareTs(one.ts, two.ts)).map((one) => [one.ts, one]));
const placeKey = (channel, thread) => `${channel} ${thread ?? ""}`;

export class Store {
  data = EMPTY;
  #messages = new Map();
  #statuses = new Map();
  #unread = new Map();
  #listeners = new Set();

  #appliers = {
    message: ({ message }) => this.#addMessage(message),
    message_changed: ({ message }) => this.#in(message.channel).set(message.ts, message),
    message_deleted: ({ channel, ts }) => this.#in(channel).delete(ts),
    home: ({ view }) => this.#set({ home: view }),
    modal: ({ view }) => this.#set({ modal: view }),
    clock: ({ now }) => this.#setClock(now),
    prompts: ({ prompts }) => this.#set({ prompts }),
    status: ({ channel, thread_ts: thread, status }) => this.#statuses.set(placeKey(channel, thread), status),
  };

  /** Listeners get each event after it was applied; a fresh snapshot arrives as {type: "reset"}. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  reset(snapshot) {
    this.data = { ...EMPTY, ...snapshot };
    this.#setClock(this.data.clock.now);
    setZone(this.data.me.zone);
    this.#messages = new Map(
      Object.entries(snapshot.messages ?? {}).map(([id, list]) => [id, inOrder(list)]),
    );
    this.#statuses.clear();
    this.#tell({ type: "reset" });
  }

  /** Events of an unknown type are left alone: a newer server may send more than this page knows. */
  apply(event) {
    if (!Object.hasOwn(this.#appliers, event.type)) return;
    this.#appliers[event.type](event);
    this.#tell(event);
  }

  channel(id) {
    return this.data.channels.find((one) => one.id === id);
  }

  directMessages() {
    return this.data.channels.find((one) => one.kind === "im");
  }

  /** Oldest first. */
  messages(channel) {
    return [...this.#in(channel).values()];
  }

  message(channel, ts) {
    return this.#in(channel).get(ts);
  }

  /** What everyone sees beneath a message; private answers are not counted, as in Slack. */
  replies(channel, ts) {
    return this.messages(channel).filter((one) => one.thread_ts === ts && one.ts !== ts && !one.ephemeral);
  }

  status(channel, thread) {
    return this.#statuses.get(placeKey(channel, thread)) ?? "";
  }

  unread(channel) {
    return this.#unread.get(channel) ?? 0;
  }

  markRead(channel) {
    if (this.#unread.delete(channel)) this.#tell({ type: "read", channel });
  }

  #in(channel) {
    if (!this.#messages.has(channel)) this.#messages.set(channel, new Map());
    return this.#messages.get(channel);
  }

  #addMessage(message) {
    const { channel, ts, thread_ts: thread, user } = message;
    const isNew = !this.#in(channel).has(ts);
    this.#in(channel).set(ts, message);
    if (user === this.data.me.id) return;
    this.#statuses.delete(placeKey(channel, thread));
    this.#statuses.delete(placeKey(channel, null));
    if (isNew) this.#unread.set(channel, this.unread(channel) + 1);
  }

  #setClock(now) {
    setNow(now);
    this.#set({ clock: { ...this.data.clock, now } });
  }

  #set(changes) {
    this.data = { ...this.data, ...changes };
  }

  #tell(event) {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** Turns ids into names; `label` is what the message itself calls them. */
export class Names {
  #store;

  constructor(store) {
    this.#store = store;
  }

  get me() {
    return this.#store.data.me.id;
  }

  user(id, label = "") {
    const { users, coach, me } = this.#store.data;
    return [...users, coach, me].find((one) => one.id === id)?.name ?? (label || "someone");
  }

  channel(id, label = "") {
    return this.#store.channel(id)?.name ?? (label || "another-channel");
  }
}
