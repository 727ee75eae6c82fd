/** A person's initials on a colour that is always theirs; the coach's two overlapping rounds. */

import { h } from "./dom.js";

const COLOURS = 6;

/** For the eye only: the name stands beside it. */
export function avatar(id, name, isCoach) {
  if (isCoach) return h("span", { class: "avatar avatar-coach", "aria-hidden": "true" });
  const sum = [...id].reduce((total, character) => total + character.codePointAt(0), 0);
  return h("span", { class: `avatar avatar-${sum % COLOURS}`, "aria-hidden": "true" }, initials(name));
}

function initials(name) {
  return name
    .split(/[\s._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
}
