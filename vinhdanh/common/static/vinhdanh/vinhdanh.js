// What makes pages quicker; every page works without it.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const asked = (event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
  if (asked) {
    const search = document.getElementById("search");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
  if (event.key === "Escape") {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; });
    const drawer = document.getElementById("drawer");
    if (drawer) drawer.checked = false;
  }
  if (event.key === "Enter" && event.target.matches("[data-href]")) window.location = event.target.dataset.href;
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  const row = event.target.closest("[data-href]");
  if (row && !event.target.closest("a, button, input, label, select, textarea, summary") && !String(window.getSelection())) {
    window.location = row.dataset.href;
  }
  if (event.target.closest("[data-fold]")) {
    const folded = document.documentElement.classList.toggle("folded");
    try { folded ? localStorage.setItem("folded", "1") : localStorage.removeItem("folded"); } catch { /* kept for this page only */ }
  }
  if (event.target.closest("[data-print]")) window.print();
});

// A checkbox in the head of a list ticks all its rows; the bar of bulk actions counts them.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-check-all]");
  if (all) all.closest("form").querySelectorAll("tbody input[type=checkbox]").forEach((box) => { box.checked = all.checked; });
  const form = event.target.closest("form");
  const count = form && form.querySelector("[data-checked-count]");
  if (count) count.textContent = form.querySelectorAll("tbody input[type=checkbox]:checked").length;
  if (event.target.closest("[data-submit-on-change]")) event.target.form.requestSubmit();
});

// What is being sent is not sent twice, and what was typed is not left by accident.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  event.target.dataset.dirty = "";
  if (button && event.target.method === "post" && !event.target.hasAttribute("hx-post")) {
    setTimeout(() => { button.disabled = true; }, 0);
  }
});
document.addEventListener("input", (event) => {
  if (event.target.form && event.target.form.method === "post") event.target.form.dataset.dirty = "1";
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty='1']:not([hx-post])")) event.preventDefault();
});
document.querySelectorAll("#errors").forEach((summary) => summary.focus());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form button:disabled").forEach((button) => { button.disabled = false; });
});
