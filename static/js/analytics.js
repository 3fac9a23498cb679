// Google Analytics 4, consent mode basic: this file is on the page only where visits may be counted.
// Nothing of Google loads before the orders below are queued, and no address carries a query.

const settings = document.querySelector("script[data-measurement]").dataset;
const id = settings.measurement;

window.dataLayer = window.dataLayer || [];
function gtag() {
  window.dataLayer.push(arguments);
}

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
document.head.append(loader);

// From the moment that someone withdraws, nothing more is counted on this page.
document.addEventListener("submit", (event) => {
  const answer = event.submitter;
  const withdraws = answer?.name === "all" && answer.value === "decline";
  const chosen = event.target.querySelector?.("input[name=analytics][value=decline]:checked");
  if (withdraws || chosen) {
    window[`ga-disable-${id}`] = true;
  }
});
