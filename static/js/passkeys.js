// Passkeys: fetches or reads the options that the server made, lets the browser ask the person, and
// posts the answer as JSON in the form's `credential`. Every way in which it can end is said in words.

const form = document.querySelector("form[data-passkey]");

const decode = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
};

const encode = (buffer) => {
  const text = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withId = (credential) => ({ ...credential, id: decode(credential.id) });

async function options() {
  const { source } = form.dataset;
  if (!source) {
    const data = JSON.parse(document.getElementById("passkey-options").textContent);
    return (data.creation_options || data.request_options).publicKey;
  }
  const answer = await fetch(source, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error(`${source} answered ${answer.status}`);
  }
  return (await answer.json()).request_options.publicKey;
}

function creation(given) {
  const passwordless = form.elements.passwordless?.checked ?? true;
  return {
    ...given,
    challenge: decode(given.challenge),
    user: withId(given.user),
    excludeCredentials: (given.excludeCredentials || []).map(withId),
    authenticatorSelection: {
      ...given.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      ...(passwordless && { userVerification: "required" }),
    },
  };
}

const request = (given) => ({
  ...given,
  challenge: decode(given.challenge),
  allowCredentials: (given.allowCredentials || []).map(withId),
});

function asJson(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const found = parts.filter((name) => response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    response: {
      ...Object.fromEntries(found.map((name) => [name, encode(response[name])])),
      ...(response.getTransports && { transports: response.getTransports() }),
    },
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

const WORDS = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "double" };

async function ask(event) {
  event.preventDefault();
  const note = form.querySelector(".passkey-note[role]");
  note.textContent = "";
  try {
    const given = await options();
    const credential =
      form.dataset.passkey === "add"
        ? await navigator.credentials.create({ publicKey: creation(given) })
        : await navigator.credentials.get({ publicKey: request(given) });
    form.elements.credential.value = asJson(credential);
    form.submit();
  } catch (error) {
    note.textContent = note.dataset[WORDS[error.name] || "failed"];
  }
}

if (form && window.PublicKeyCredential) {
  form.addEventListener("submit", ask);
  form.querySelector("button[hidden]").hidden = false;
} else if (form) {
  const note = form.querySelector(".passkey-note[role]");
  note.textContent = note.dataset.unknown;
}
