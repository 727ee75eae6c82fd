/** From text to block-level nodes, shared by both text dialects: each says what a line is. */

import { h } from "./dom.js";

const FENCE = "```";

/**
 * @param {string} text
 * @param {{classify: (line: string) => {kind: string, rest: string, level?: number},
 *          inline: (line: string) => Array, code: (text: string) => string}} dialect
 *   `kind` is one of blank, text, quote, bullet, number, heading; `code` gets what stands between fences.
 * @returns {Node[]}
 */
export function renderLines(text, dialect) {
  const parts = text.split(FENCE);
  if (parts.length % 2 === 0) {
    const unclosed = parts.pop();
    parts.push(parts.pop() + FENCE + unclosed);
  }
  return parts.flatMap((part, index) => (index % 2 ? [preformatted(part, dialect)] : prose(part, dialect)));
}

function preformatted(text, dialect) {
  return h("pre", {}, h("code", {}, dialect.code(text).replace(/\n$/, "")));
}

/** Lines of one kind that follow each other belong together. */
function prose(text, dialect) {
  const groups = [];
  for (const line of text.split("\n")) {
    const { kind, rest, level } = dialect.classify(line);
    const last = groups.at(-1);
    if (last && last.kind === kind && kind !== "heading") last.lines.push(rest);
    else groups.push({ kind, level, lines: [rest] });
  }
  return groups.map((group) => element(group, dialect)).filter(Boolean);
}

function element({ kind, level, lines }, dialect) {
  const items = () => lines.map((line) => h("li", {}, dialect.inline(line)));
  switch (kind) {
    case "blank":
      return null;
    case "bullet":
      return h("ul", {}, items());
    case "number":
      return h("ol", {}, items());
    case "heading":
      return h(
        "p",
        { class: "text-heading", role: "heading", "aria-level": level },
        dialect.inline(lines[0]),
      );
    case "quote":
      return h("blockquote", {}, broken(lines, dialect));
    default:
      return h("p", {}, broken(lines, dialect));
  }
}

function broken(lines, dialect) {
  return lines.map((line, index) => [index > 0 && h("br"), dialect.inline(line)]);
}
