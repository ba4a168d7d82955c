// Finds the number whose SHA-256 with the salt is the challenge (ALTCHA, first form). SHA-256 is
// written out here since the browser's own is not offered to pages without HTTPS.
// Source: FIPS 180-4.
"use strict";
const K = [];
const START = [];
(() => {
  const cut = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  for (let n = 2; K.length < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (START.length < 8) START.push(cut(Math.sqrt(n)));
    K.push(cut(Math.cbrt(n)));
  }
})();
const W = new Int32Array(64);

function digest(bytes) {
  const length = bytes.length;
  const blocks = ((length + 8) >> 6) + 1;
  const data = new Uint8Array(blocks * 64);
  data.set(bytes);
  data[length] = 0x80;
  const view = new DataView(data.buffer);
  view.setUint32(data.length - 4, length * 8);
  const h = START.slice();
  for (let at = 0; at < data.length; at += 64) {
    for (let i = 0; i < 16; i++) W[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const x = W[i - 15], y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (k + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      k = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    h[0] = (h[0] + a) | 0; h[1] = (h[1] + b) | 0; h[2] = (h[2] + c) | 0; h[3] = (h[3] + d) | 0;
    h[4] = (h[4] + e) | 0; h[5] = (h[5] + f) | 0; h[6] = (h[6] + g) | 0; h[7] = (h[7] + k) | 0;
  }
  return h;
}

const hex = (words) => words.map((w) => (w >>> 0).toString(16).padStart(8, "0")).join("");

onmessage = ({ data }) => {
  const asked = JSON.parse(data);
  const first = asked.challenge.slice(0, 8);
  const text = new TextEncoder();
  for (let number = 0; number <= asked.maxNumber; number++) {
    const words = digest(text.encode(asked.salt + number));
    if ((words[0] >>> 0).toString(16).padStart(8, "0") !== first) continue;
    if (hex(words) !== asked.challenge) continue;
    const said = {
      algorithm: asked.algorithm, challenge: asked.challenge, number, salt: asked.salt,
      signature: asked.signature,
    };
    postMessage(btoa(JSON.stringify(said)));
    return;
  }
  postMessage(null);
};
