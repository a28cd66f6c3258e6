"use strict";
// A list of schools that shrinks while somebody types. Without this script the whole list stands there.
(() => {
  const form = document.getElementById("search");
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  const folded = document.getElementById("all");
  const wasOpen = folded && folded.open;
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const rows = [...document.querySelectorAll("[data-row]")].map((row) => ({ row, text: plain(row.querySelector(".who").textContent) }));
  const found = () => {
    const words = plain(query.value).split(" ");
    return rows.filter(({ text }) => words.every((word) => text.includes(word)));
  };
  const say = (number) => {
    const { none, one, many } = form.dataset;
    return number === 0 ? none : number === 1 ? one : many.replace("#", number);
  };
  const show = () => {
    const kept = new Set(found());
    for (const each of rows) each.row.hidden = !kept.has(each);
    const asked = query.value.trim() !== "";
    if (folded) folded.open = asked || wasOpen;
    count.textContent = asked ? say(kept.size) : "";
  };
  query.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = found()[0];
    if (first) first.row.querySelector("a").focus();
  });
  form.hidden = false;
  show();
})();
