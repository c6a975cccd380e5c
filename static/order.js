// Moves the claims of a fact sheet in place; without this file the same buttons ask the server.
"use strict";

const order = document.querySelector("[data-order]");
if (order) {
  document.querySelector("[data-order-hint]").hidden = false;
  const said = document.querySelector("[data-order-said]");

  const move = (row, direction, focus) => {
    const other = direction === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (direction === "up") other.before(row);
    else other.after(row);
    focus.focus();
    row.scrollIntoView({ block: "nearest" });
    said.textContent = `Now at place ${[...order.children].indexOf(row) + 1} of ${order.children.length}`;
    order.dispatchEvent(new Event("input", { bubbles: true }));
  };

  order.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    move(button.closest("li"), button.dataset.move, button);
  });
  order.addEventListener("keydown", (event) => {
    const direction = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(event.target.closest("li"), direction, event.target);
  });
}
