/**
 * Emphasis within one line, shared by both text dialects.
 *
 * A dialect cuts its line into items: strings, finished nodes, and marks ({mark, raw}).
 * Time is linear in the number of items: the next closing mark is looked up, not searched,
 * and a mark never nests in itself, so there are at most as many levels as kinds of mark.
 */

import { h } from "./dom.js";

const KINDS = ["strong", "em", "del"];
const WORD = /[\p{L}\p{N}]/u;
const NONE = -1;

const isMark = (item) => typeof item === "object" && "mark" in item;

/** The character beside a mark; a node counts as punctuation, the line's end as a space. */
function edge(item, last) {
  if (item === undefined) return " ";
  if (typeof item === "string") return last ? item.at(-1) : item.charAt(0);
  return isMark(item) ? item.raw.charAt(0) : ".";
}

function opens(items, index) {
  const before = edge(items[index - 1], true);
  const after = edge(items[index + 1], false);
  return !WORD.test(before) && after.trim() !== "" && after !== items[index].raw.charAt(0);
}

function closes(items, index) {
  const before = edge(items[index - 1], true);
  const after = edge(items[index + 1], false);
  return before.trim() !== "" && !WORD.test(after);
}

/** For each kind, at every index, the nearest closing mark at or after it. */
function closers(items, kinds) {
  const tables = Object.fromEntries(kinds.map((kind) => [kind, new Int32Array(items.length + 2).fill(NONE)]));
  for (let index = items.length - 1; index >= 0; index -= 1) {
    for (const kind of kinds) tables[kind][index] = tables[kind][index + 1];
    const item = items[index];
    if (isMark(item) && item.mark in tables && closes(items, index)) tables[item.mark][index] = index;
  }
  return tables;
}

/** Strings and nodes for the items, marks turned into elements where they come in pairs. */
export function emphasise(items, kinds = KINDS) {
  const tables = closers(items, kinds);
  const out = [];
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const paired = isMark(item) && item.mark in tables && opens(items, index);
    const end = paired ? tables[item.mark][index + 2] : NONE;
    if (end === NONE) {
      push(out, isMark(item) ? item.raw : item);
      continue;
    }
    const inner = emphasise(
      items.slice(index + 1, end),
      kinds.filter((kind) => kind !== item.mark),
    );
    out.push(h(item.mark, {}, inner));
    index = end;
  }
  return out;
}

function push(out, piece) {
  if (typeof piece === "string" && typeof out.at(-1) === "string") out[out.length - 1] += piece;
  else out.push(piece);
}
