// What a station has scanned and the house has not answered yet. Every scan is a key of its own in the browser's store,
// so that two tabs and a reload lose none, and each bears a number of its own, so that sending twice enters nobody twice.
"use strict";
window.StationQueue = class {
  constructor(session) {
    this.prefix = `daihoi-scan-${session}-`;
    this.run = StationQueue.nonce();
    this.count = 0;
    this.memory = new Map();
    this.keeps = true;
    try { localStorage.setItem(`${this.prefix}try`, "1"); localStorage.removeItem(`${this.prefix}try`); } catch { this.keeps = false; }
  }

  static nonce() {
    // http on a LAN is no secure context: randomUUID is missing there, getRandomValues is not.
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  add(code, way, station) {
    this.count += 1;
    const scan = { nonce: StationQueue.nonce(), code, way, station, wall: Date.now(), tick: performance.now(), run: this.run };
    // Keys sort by time, then by their order within one moment.
    scan.key = `${this.prefix}${String(scan.wall).padStart(15, "0")}-${String(this.count).padStart(6, "0")}-${scan.nonce}`;
    this.memory.set(scan.key, scan);
    try { localStorage.setItem(scan.key, JSON.stringify(scan)); } catch { this.keeps = false; }
    return scan;
  }

  remove(scan) {
    this.memory.delete(scan.key);
    try { localStorage.removeItem(scan.key); } catch { /* nothing was kept */ }
  }

  layAside(scan) {
    this.memory.delete(scan.key);
    try { localStorage.setItem(`daihoi-aside-${scan.nonce}`, JSON.stringify(scan)); localStorage.removeItem(scan.key); } catch { /* nothing was kept */ }
  }

  waiting() {
    const found = new Map(this.memory);
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const key = localStorage.key(at);
        if (key.startsWith(this.prefix) && !found.has(key)) {
          try { found.set(key, JSON.parse(localStorage.getItem(key))); } catch { /* half written by a browser that died */ }
        }
      }
    } catch { /* memory alone */ }
    return [...found.entries()].filter(([, scan]) => scan).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, scan]) => scan);
  }

  // Seconds since the scan. Ticks of this page are true whatever the clock of the laptop says; after a reload the
  // difference of two readings of that clock is the best there is.
  age(scan) {
    const passed = scan.run === this.run ? performance.now() - scan.tick : Date.now() - scan.wall;
    return Math.max(0, passed / 1000);
  }
};
