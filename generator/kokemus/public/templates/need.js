// Whether somebody who types may be in need, so that crisis help is shown before any result. The signs come from
// public/search/need.yml, by need.py. This file stands alone, so that help does not wait for the index.

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

// A word with each doubled letter once.
const single = (word) => word.replace(/(.)\1/g, "$1");

// The words that are told and begin with a letter: what to look for, and whether it stands for all words that begin so.
const TEXT = TOLD.join("\n");
const toldWith = once((letter) =>
  [...new Set(TEXT.match(new RegExp(`\\b${letter}[a-z\\d]*[*.]?`, "g")))].map((told) => ({
    told,
    letters: told.replace(/[*.]/, ""),
    undoubled: single(told.replace(/[*.]/, "")),
    isStem: told.endsWith("*") || (told.length > 4 && !told.endsWith(".")),
  })),
);
const meanings = (word) =>
  toldWith(word[0]).filter(({ letters, isStem }) => letters === word || (isStem && word.startsWith(letters)));

// haluankuolla, killmyself: the meanings of the words that a longer one is made of, where it is made of nothing else.
function meaningsWithin(word, least = 3) {
  for (let at = least; at < word.length - 2; at++) {
    const head = meanings(word.slice(0, at)).filter(({ letters }) => letters.length === at || letters.length > 3),
      tail = word.slice(at);
    const last = head.length ? toldWith(tail[0]).filter(({ letters }) => letters === tail) : [];
    const rest = head.length && !last.length ? meaningsWithin(tail, 2) : last;
    if (rest.length) return [...head, ...rest];
  }
  return [];
}

// What a word would mean, were it not misspelled by one letter, or by letters doubled or not; the last letter of a stem is
// right.
const guesses = (word) =>
  toldWith(word[0]).filter(
    ({ letters, undoubled, isStem }) =>
      (letters.length > 5 && (isStem ? single(word).startsWith(undoubled) : single(word) === undoubled)) ||
      (letters.length > 3 &&
        (isStem
          ? [-1, 0, 1]
              .map((off) => word.slice(0, letters.length + off))
              .some((part) => part.at(-1) === letters.at(-1) && isNear(part, letters))
          : isNear(word, letters))),
  );

// By language the groups, A and B and so on, and the signs; those of a single word that may be misspelled can be had alone.
const LANGUAGES = TOLD.map((told) => {
  const [groups, signs] = told.split("\n\n");
  return {
    groups: groups.split("\n").map((words) => ` ${words} `),
    signs: once((isAll) =>
      signs
        .split("\n")
        .filter((line) => isAll || line[0] === "~")
        .map(sign),
    ),
  };
});
const SENTENCE = 4;
function sign(line) {
  const [near, without = ""] = line.replace(/[=~+]/, "").split(" -"),
    items = near.split(" ").map((item) => item.split("|"));
  return {
    items,
    without: without.split(" "),
    only: line[0] === "=" && ["A", ...items.flat()],
    least: line[0] === "+" ? SENTENCE : 1,
    isStrict: !items[1] && line[0] !== "~",
  };
}

// By language what a word surely means, also together with the next word, and what it may mean: words that are told, and
// their groups. A word of B means something else than it looks like.
const read = once((two) => {
  const [word, next] = two.split(" "),
    own = [word, word.replace(/(.)\1$/, "$1")].flatMap(meanings),
    made = meaningsWithin(word);
  const isOther = withGroups(own).map((all) => all.has("B")),
    but = (told) => withGroups(told).map((all, at) => (isOther[at] ? NOTHING : all));
  return {
    isMade: made.length > 0,
    whole: but(own),
    sure: but([...own, ...made, ...(next ? meanings(word + next) : [])]),
    maybe: once(() => but(own.some(({ letters }) => letters === word) ? [] : guesses(word))),
  };
});
const withGroups = (some) =>
  LANGUAGES.map(({ groups }) => {
    const all = new Set(some.map(({ told }) => told));
    if (all.size)
      groups.forEach(
        (words, at) => some.some(({ told }) => words.includes(` ${told} `)) && all.add(String.fromCharCode(65 + at)),
      );
    return all;
  });
const NOTHING = new Set();

// A sign's words stand within so many more words, are as many as its items, and one of them may be misspelled.
const GAP = 4;
export function inNeed(text) {
  const typed =
    fold(text)
      .replace(/['’`´]/g, "")
      .replace(/(.)\1\1+/g, "$1$1")
      .match(/[a-z\d]+/g) ?? [];
  const words = typed.map((word, at) => read(`${word} ${typed[at + 1] ?? ""}`));
  return LANGUAGES.some(({ signs }, language) => {
    const all = new Set(words.flatMap(({ sure }) => [...sure[language]]));
    const isAmong = (item) => item.some((one) => all.has(one));
    if (!all.size && !words.some(({ maybe }) => maybe()[language].size)) return false;
    const isOf =
      (item, whole) =>
      ({ sure }) =>
        item.some((one) => (whole ?? sure)[language].has(one));
    const mayBeOf =
      (item) =>
      ({ maybe }) =>
        item.some((one) => maybe()[language].has(one));
    return signs(all.size > 0).some(({ items, without, only, least, isStrict }) => {
      if (words.length < least) return false;
      if (items.filter(isAmong).length < items.length - (isStrict ? 0 : 1) || isAmong(without)) return false;
      if (only && words.some((word) => !isOf(only, word.whole)(word) && !mayBeOf(only)(word))) return false;
      return words.some((_, at) => {
        const some = words.slice(at, at + items.length + GAP),
          [missing, more] = items.filter((item) => !some.some(isOf(item)));
        const isOfAny = isOf(items.flat());
        if (!missing) return some.filter(isOfAny).length >= items.length || some.some(({ isMade }) => isMade);
        return !more && !isStrict && some.some((word) => !isOfAny(word) && mayBeOf(missing)(word));
      });
    });
  });
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
