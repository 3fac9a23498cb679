// Stands in for gtag.js in the tests: obeys the orders in the dataLayer as Google's script would,
// and sends one collect request for each page view that it was allowed to count.

(() => {
  const consent = {};
  const sent = (window.stubSent = []);

  function count(id, config) {
    if (consent.analytics_storage !== "granted" || window[`ga-disable-${id}`]) return;
    const age = `max-age=${config.cookie_expires}; path=/`;
    document.cookie = `_ga=GA1.1.111.222; ${age}`;
    document.cookie = `_ga_${id.replace("G-", "")}=GS1.1.333; ${age}`;
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
