// On every page of a browser that said no to measurement, by whichever door: what is still open in
// another tab, or is restored by "back", counts nothing more from now on (analytics.js listens).

new BroadcastChannel("measurement").postMessage("off");
