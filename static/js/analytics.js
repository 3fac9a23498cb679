// Google Analytics 4, consent mode basic: this file is on the page only where visits may be counted.
// Nothing of Google loads before the orders below are queued, and no address carries a query.
// Once somebody withdraws, in whichever tab and by whichever door, this page counts nothing more and
// Google's cookies go (docs/decisions/0027).

const settings = document.querySelector("script[data-measurement]").dataset;
const id = settings.measurement;

window.dataLayer = window.dataLayer || [];
function gtag() {
  window.dataLayer.push(arguments);
}

// --- Off ---

const everyPage = new BroadcastChannel("measurement"); // those of this origin: see not_measured.js
let isOff = false;
let wasThere = false;

const googlesCookies = () =>
  document.cookie
    .split("; ")
    .map((cookie) => cookie.split("=")[0])
    .filter((name) => /^_ga(_|$)/.test(name));

const expireCookies = () => {
  const labels = window.location.hostname.split(".");
  const parents = labels.slice(0, -1).map((_, start) => `; domain=${labels.slice(start).join(".")}`);
  for (const name of googlesCookies()) {
    ["", ...parents].forEach((domain) => {
      document.cookie = `${name}=; max-age=0; path=/${domain}`;
    });
  }
};

// At the foot of the page: that it is so, in the place of the button.
const sayIt = () => {
  const state = document.querySelector("[data-not-measured]");
  if (state) {
    state.role = "status";
    state.textContent = state.dataset.notMeasured;
    document.querySelector(".footer-withdraw").hidden = true;
  }
};

const switchOff = () => {
  isOff = true;
  expireCookies();
  sayIt();
};

// Where Google's cookies are gone that this page knew, somebody withdrew: also at our other door,
// whose messages do not come here.
const look = () => {
  const isThere = googlesCookies().length > 0;
  if (isOff || (wasThere && !isThere)) {
    switchOff();
  }
  wasThere ||= isThere;
  return isOff;
};

// Google's script asks before each count.
Object.defineProperty(window, `ga-disable-${id}`, { get: look, set: (off) => off && switchOff() });

everyPage.addEventListener("message", switchOff);
document.addEventListener("visibilitychange", look);
window.addEventListener("pageshow", look);
window.addEventListener("focus", look);
window.cookieStore?.addEventListener("change", look);
document.addEventListener("submit", (event) => {
  const withdraws = event.submitter?.hasAttribute("data-withdraws");
  if (withdraws || event.target.querySelector("[data-withdraws]:checked")) {
    everyPage.postMessage("off");
    switchOff();
  }
});

// --- On ---

const withoutQuery = (address) => address.split(/[?#]/)[0];

gtag("consent", "default", {
  ad_storage: "denied",
  ad_user_data: "denied",
  ad_personalization: "denied",
  analytics_storage: "denied",
});
gtag("consent", "update", { analytics_storage: "granted" });
gtag("js", new Date());

// Of a page of ours only the host: its address may have held a token.
const cameFrom = (referrer) => {
  const ours = referrer.startsWith(`${window.location.origin}/`);
  return ours ? `${window.location.origin}/` : withoutQuery(referrer);
};

const config = {
  cookie_expires: Number(settings.kept),
  cookie_update: false,
  allow_google_signals: false,
  allow_ad_personalization_signals: false,
  page_location: withoutQuery(window.location.href),
  page_referrer: cameFrom(document.referrer),
  page_title: settings.title,
};
if (settings.user) {
  config.user_id = settings.user;
}
gtag("config", id, config);

const loader = document.createElement("script");
loader.async = true;
loader.src = `https://www.googletagmanager.com/gtag/js?id=${id}`;
loader.addEventListener("load", look);
document.head.append(loader);
