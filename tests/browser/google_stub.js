// Stands in for gtag.js in the tests: obeys the orders in the dataLayer as Google's script would,
// and sends one collect request for each page view that it was allowed to count. `stubCount()` counts
// once more, as Google's script does when somebody scrolls, comes back or leaves.

(() => {
  const consent = {};
  const sent = (window.stubSent = []);

  // On the widest domain that takes it, which our two doors share ("cookie_domain: auto").
  function keep(name, value, config) {
    const labels = location.hostname.split(".");
    for (let start = labels.length - 1; start >= -1; start -= 1) {
      const domain = start < 0 ? "" : `; domain=${labels.slice(start).join(".")}`;
      document.cookie = `${name}=${value}; max-age=${config.cookie_expires}; path=/${domain}`;
      if (document.cookie.includes(`${name}=`)) return;
    }
  }

  function count(id, config) {
    window.stubCount = () => count(id, config);
    if (consent.analytics_storage !== "granted" || window[`ga-disable-${id}`]) return;
    keep("_ga", "GA1.1.111.222", config);
    keep(`_ga_${id.replace("G-", "")}`, "GS1.1.333", config);
    const fields = { v: "2", tid: id, en: "page_view", dl: config.page_location, dt: config.page_title };
    if (config.page_referrer) fields.dr = config.page_referrer;
    if (config.user_id) fields.uid = config.user_id;
    const address = `https://region1.google-analytics.com/g/collect?${new URLSearchParams(fields)}`;
    sent.push(address);
    fetch(address, { method: "POST", mode: "no-cors", keepalive: true });
  }

  function obey([order, name, details]) {
    if (order === "consent") Object.assign(consent, details);
    if (order === "config") count(name, details);
  }

  const queue = window.dataLayer;
  queue.forEach(obey);
  const push = queue.push.bind(queue);
  queue.push = (...orders) => {
    orders.forEach(obey);
    return push(...orders);
  };
})();
