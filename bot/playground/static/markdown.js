/** The everyday part of Markdown, for `markdown` blocks. */

import { h, link } from "./dom.js";
import { emphasise } from "./inline.js";
import { renderLines } from "./lines.js";

const MARKS = { "**": "strong", __: "strong", "~~": "del", "*": "em", _: "em" };
/** The dialog, the page and the channel hold levels one and two. */
const TOP_LEVEL = 2;
const LOWEST_LEVEL = 6;

/** @returns {Node[]} */
export function renderMarkdown(text) {
  return renderLines(text, {
    classify,
    code: (text) => text.replace(/^\w*\n/, ""),
    inline: (line) => emphasise(items(line)),
  });
}

function classify(line) {
  if (line.trim() === "") return { kind: "blank", rest: "" };
  const heading = /^(#{1,6}) (.*)$/.exec(line);
  if (heading) {
    return {
      kind: "heading",
      rest: heading[2],
      level: Math.min(heading[1].length + TOP_LEVEL, LOWEST_LEVEL),
    };
  }
  if (/^>/.test(line)) return { kind: "quote", rest: line.replace(/^> ?/, "") };
  if (/^\s*[-*+] /.test(line)) return { kind: "bullet", rest: line.replace(/^\s*[-*+] /, "") };
  if (/^\s*\d{1,9}[.)] /.test(line)) return { kind: "number", rest: line.replace(/^\s*\d{1,9}[.)] /, "") };
  return { kind: "text", rest: line };
}

function items(line) {
  const token = /\\([\\`*_[\]()#~>-])|`([^`]+)`|\[([^[\]]*)\]\(([^()\s]*)\)|\*\*|__|~~|[*_]/g;
  const out = [];
  let done = 0;
  for (const match of line.matchAll(token)) {
    if (match.index > done) out.push(line.slice(done, match.index));
    const [piece, escaped, code, label, address] = match;
    if (escaped) out.push(escaped);
    else if (code) out.push(h("code", {}, code));
    else if (address !== undefined) out.push(link(address, label || address));
    else out.push({ mark: MARKS[piece], raw: piece });
    done = match.index + piece.length;
  }
  if (done < line.length) out.push(line.slice(done));
  return out;
}
