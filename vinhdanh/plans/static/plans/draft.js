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
// A row that was swapped takes the focus, so that the keyboard and the eye stay in their place.
document.addEventListener("htmx:load", (event) => {
  if (!event.target.matches?.(".row-columns")) return;
  showDueFields(event.target);
  const first = event.target.querySelector("#errors, textarea, .row-actions a");
  if (first) first.focus();
});
