/** What can complete the text before the caret: commands, their sub-commands, people. Pure. */

const MENTION = /(?:^|\s)@([\p{L}\p{N}._-]{0,40})$/u;
const COMMAND = /^\/\S*$/;
const ARGUMENTS = /^(\/\S+) +(.*)$/;
/** A mention is looked for in this many characters before the caret. */
const WINDOW_CHARACTERS = 60;
const OPENING = "<[({";
const CLOSING = ">])}";
const PLACEHOLDER = `${OPENING}…`;

/**
 * @typedef {object} Option
 * @property {string} insert replaces the text from `from` to the caret
 * @property {string} label
 * @property {string} hint stands beside the label
 * @property {string} [note] stands beneath it
 */

/**
 * @param {string} text
 * @param {number} caret
 * @param {{commands: object[], people: {handle: string, name: string}[]}} known
 * @returns {{from: number, title: string, options: Option[]}|null}
 */
export function suggest(text, caret, { commands, people }) {
  const before = text.slice(0, caret);
  const found =
    text.length === caret && before.startsWith("/")
      ? suggestCommand(before, commands)
      : suggestPerson(before, people);
  return found?.options.length ? found : null;
}

/** Whether the typed text already is one of the options, so that Enter may send it. */
export function isComplete(text, caret, { from, options }) {
  const typed = text.slice(from, caret).toLowerCase();
  return options.some((option) => option.insert.trim().toLowerCase() === typed);
}

function suggestCommand(before, commands) {
  if (COMMAND.test(before)) {
    const fitting = commands.filter(({ command }) => command.startsWith(before.toLowerCase()));
    const options = fitting.map(({ command, description, usage_hint: usage }) => ({
      insert: `${command} `,
      label: command,
      hint: usage ?? "",
      note: description ?? "",
    }));
    return { from: 0, title: "Commands", options };
  }
  const [, name, typed] = ARGUMENTS.exec(before) ?? [];
  const command = commands.find((one) => one.command === name);
  if (!command) return null;
  const start = typed.toLowerCase();
  const fits = ({ insert }) => insert.toLowerCase().startsWith(start) && insert.trim() !== start.trim();
  return {
    from: before.length - typed.length,
    title: name,
    options: subcommands(command.usage_hint ?? "").filter(fits),
  };
}

/**
 * Reads a usage hint such as "difference <name> | topics | tip": what to type stands before the
 * first placeholder, the placeholder is the hint.
 *
 * @returns {Option[]} in the order of the hint, each once
 */
export function subcommands(usage) {
  const entries = split(unwrap(usage.trim()));
  const options = new Map();
  for (const entry of entries) {
    const at = entry.split("").findIndex((character) => PLACEHOLDER.includes(character));
    const literal = (at < 0 ? entry : entry.slice(0, at)).trim();
    const hint = at < 0 ? "" : entry.slice(at);
    if (literal && !options.has(literal))
      options.set(literal, { insert: hint ? `${literal} ` : literal, label: literal, hint });
  }
  return [...options.values()];
}

/** Takes off brackets that hold the whole hint. */
function unwrap(text) {
  const inner = text.slice(1, -1);
  const isWrapped =
    text.length > 1 && OPENING.includes(text[0]) && OPENING.indexOf(text[0]) === CLOSING.indexOf(text.at(-1));
  return isWrapped && inner.includes("|") && isBalanced(inner) ? inner : text;
}

/** Whether no bracket closes before it was opened. */
function isBalanced(text) {
  let depth = 0;
  for (const character of text) {
    if (OPENING.includes(character)) depth += 1;
    if (CLOSING.includes(character)) depth -= 1;
    if (depth < 0) return false;
  }
  return true;
}

/** Cuts at bars outside brackets, or at commas where there is no bar. */
function split(text) {
  const separator = text.includes("|") ? "|" : ",";
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (OPENING.includes(character)) depth += 1;
    if (CLOSING.includes(character)) depth -= 1;
    if (character === separator && depth <= 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

function suggestPerson(before, people) {
  const typed = MENTION.exec(before.slice(-WINDOW_CHARACTERS))?.[1];
  if (typed === undefined) return null;
  const start = typed.toLowerCase();
  const fits = ({ handle, name }) =>
    [handle, ...name.split(" ")].some((word) => word.toLowerCase().startsWith(start));
  const options = people
    .filter(fits)
    .map(({ handle, name }) => ({ insert: `@${handle} `, label: `@${handle}`, hint: name }));
  return { from: before.length - typed.length - 1, title: "People", options };
}
