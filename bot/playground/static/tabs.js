/** The coach's two tabs. Arrow keys move between them, as everywhere. */

import { h } from "./dom.js";

const TABS = [
  { tab: "messages", title: "Messages", panel: "messages-panel" },
  { tab: "home", title: "Home", panel: "home-panel" },
];

/**
 * @param {HTMLElement} list the tablist
 * @param {(tab: string) => void} onPick
 * @returns {(tab: string) => void} shows which tab is open
 */
export function createTabs(list, onPick) {
  const buttons = TABS.map(({ tab, title, panel }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${tab}`,
        "aria-controls": panel,
        "data-tab": tab,
        onclick: () => onPick(tab),
      },
      title,
    ),
  );
  list.append(...buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  });
  return (open) => {
    for (const button of buttons) {
      const isOpen = button.dataset.tab === open;
      button.setAttribute("aria-selected", String(isOpen));
      button.tabIndex = isOpen ? 0 : -1;
    }
  };
}
