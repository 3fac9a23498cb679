// On a page that answers a form: "back" and "reload" fetch it again, and send nothing a second time.

window.history.replaceState(window.history.state, "", window.location.href);
