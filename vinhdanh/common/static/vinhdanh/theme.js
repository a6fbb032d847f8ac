// The dark theme follows the system; set before the first paint so that nothing flashes.
(function () {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const set = () => { document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  set();
  dark.addEventListener("change", set);
  try {
    if (localStorage.getItem("folded")) document.documentElement.classList.add("folded");
  } catch { /* without storage the navigation stays wide */ }
})();
