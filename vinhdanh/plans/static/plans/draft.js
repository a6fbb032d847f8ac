// Of a row's form, show only the fields that go with the chosen way of fixing its time.
const showDueFields = (root) => {
  root.querySelectorAll("[data-due]").forEach((fieldset) => {
    const kind = fieldset.querySelector("[data-shows]");
    const show = () => {
      fieldset.querySelectorAll("[data-due-for]").forEach((part) => {
        part.hidden = !part.dataset.dueFor.split(" ").includes(kind.value);
      });
    };
    kind.addEventListener("change", show);
    show();
  });
};
showDueFields(document);
document.addEventListener("htmx:load", (event) => showDueFields(event.target.parentElement ?? document));
// A row that has come back from its form takes the focus, so that the keyboard stays in its place.
document.addEventListener("htmx:afterSwap", (event) => {
  const first = event.target.querySelector?.("textarea, .row-actions a");
  if (first && event.target.matches(".row-columns")) first.focus();
});
