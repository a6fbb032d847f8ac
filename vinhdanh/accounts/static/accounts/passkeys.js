// Ties the buttons for passkeys to the browser's own dialogue; without it they stay hidden.
(() => {
  const starts = { login: "loginForm", add: "addForm", authenticate: "authenticateForm" };
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("[data-passkey]").forEach((button) => {
    const { passkey, credential, source, passwordless } = button.dataset;
    window.allauth.webauthn.forms[starts[passkey]]({
      ids: { [passkey]: button.id, credential, data: source, passwordless },
    });
    button.hidden = false;
  });
  document.querySelectorAll("[data-passkey-missing]").forEach((note) => { note.hidden = true; });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-error]").forEach((note) => { note.hidden = false; });
  });
})();
