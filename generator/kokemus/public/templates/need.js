// Whether somebody who types may be in need, so that crisis help is shown before any result. The weights come from
// public/search/need.json, by need.py; tools/need.py learns them. This file imports nothing, so that help does not wait
// for the index.

// What is typed and what is written are compared without case and accents: a for å and ä, o for ö; and without what
// cannot be seen. The whole tables of marks and letters are asked for what is left beyond ASCII alone: they take the
// browser long to make.
export function fold(text) {
  const plain = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036F\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .replace(/[đŋŧøæ]/g, (letter) => PLAIN[letter]);
  return isAscii(plain) ? plain : plain.replace(/\p{M}/gu, "");
}
const PLAIN = { đ: "d", ŋ: "n", ŧ: "t", ø: "o", æ: "a" };
export const isAscii = (text) => /^[\0-\x7F]*$/.test(text);

// Whether one letter is too many, too few or another, or two are swapped.
export function isNear(a, b) {
  const at = shared(a, b),
    left = a.slice(at),
    right = b.slice(at);
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}
export function shared(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

// What is made once for each thing that it is asked for.
export function once(make, made = new Map()) {
  return (of) => made.get(of) ?? made.set(of, make(of)).get(of);
}

// What the weights are learned for: the parts of two to five letters of each word, each whole word, the beginnings of the
// first and the last, and those of two words near each other in any order. Each is a number, its place among the weights
// (FNV-1a).
const [LEAST, MOST, BEGINNING, NEAR] = [2, 5, 4, 3];
export function features(text) {
  const words =
    fold(text)
      .replace(/['’`´]/g, "")
      .replace(/(.)\1\1+/g, "$1$1")
      .match(/[a-z\d]+/g) ?? [];
  const beginnings = words.map((word) => word.slice(0, BEGINNING));
  const all = new Set([`^${beginnings[0]}`, `$${beginnings.at(-1)}`]);
  words.forEach((word, at) => {
    const whole = `<${word}>`;
    all.add(`=${word}`);
    for (let size = LEAST; size <= MOST; size++)
      for (let from = 0; from + size <= whole.length; from++) all.add(whole.slice(from, from + size));
    for (const other of beginnings.slice(at + 1, at + 1 + NEAR)) all.add([beginnings[at], other].sort().join(" "));
  });
  return new Set([...all].map(place));
}
function place(feature) {
  let hash = 0x811c9dc5;
  for (const letter of feature) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}
const PLACES = 2 ** 15;

// Whether the weights of all features add up to need. A weight is a sign, from the least to the most; the one in the middle
// is zero. They are no letters or digits, so that the audit never takes them for a name or a number.
const SIGNS = "!-:.;+|";
export function inNeed(text) {
  let sum = BIAS;
  for (const feature of features(text)) sum += SIGNS.indexOf(WEIGHTS[feature]) - (SIGNS.length >> 1);
  return sum > 0;
}

// Shows crisis help, as it stands at the foot of the page, above what is found. When typing pauses, it is announced, or
// else what was found; nothing is for a single letter, nor for what Enter has led to.
const PAUSE = 1000;
export function watch(form) {
  const [help, said, count] = ["help", "said", "count"].map((name) => document.getElementById(`search-${name}`));
  const field = form.elements[0];
  let pausing = 0;

  function show() {
    help.hidden = !inNeed(field.value);
    if (!help.hidden && !help.hasChildNodes()) fill();
    clearTimeout(pausing);
    said.textContent = "";
    pausing = setTimeout(announce, PAUSE);
  }

  function announce() {
    if (!help.hidden) said.textContent = ["h2", "li"].map((name) => help.querySelector(name).textContent).join(" ");
    else if (field.value.trim().length > 1) said.textContent = count.textContent;
  }

  function fill() {
    help.append(...document.querySelector(".bottom .crisis").cloneNode(true).children);
    help.firstElementChild.removeAttribute("id");
  }

  field.addEventListener("input", show);
  form.addEventListener("submit", () => {
    if (help.hidden) clearTimeout(pausing);
    else help.focus();
  });
  show();
}
