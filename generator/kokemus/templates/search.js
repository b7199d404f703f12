//# allFunctionsCalledOnLoad
// Which terms and guides a query means, best first: pure functions, tied to a form by `start`. The index: search.py.
// The line above has Chromium compile them all while the file comes, and not one by one when somebody waits for results.

// What is typed and what is written are compared without case and accents: a for å and ä, o for ö. The whole tables of
// marks and letters are asked for what is left beyond ASCII alone: they take the browser long to make.
export function fold(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036F]/g, "").replace(/[đŋŧøæ]/g, (letter) => PLAIN[letter]);
  return isAscii(plain) ? plain : plain.replace(/\p{M}/gu, "");
}
const PLAIN = { đ: "d", ŋ: "n", ŧ: "t", ø: "o", æ: "a" };
const isAscii = (text) => /^[\0-\x7F]*$/.test(text);
function words(text) {
  const plain = fold(text);
  return plain.match(isAscii(plain) ? /[a-z\d]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}
const MOST = 12; // words of a query; the rest of a pasted text is not looked for

// The index made ready: its entries as kind, title and address, and each language's words. A word is only looked at, its
// stem and its names, when something typed may fit it: on a slow phone looking at all would be felt.
export function prepare({ language, folders, entries: told, names, inflection, shared, attached, small }) {
  const entries = Object.entries(told).flatMap(([kind, some]) => some.map((one) => [kind, ...one]));
  const named = (line, at) => line.replace("=", () => ` ${words(entries[at][1]).join(" ")} `);
  names[language] = names[language].split("\n").map(named).join("\n");
  const lexicons = Object.keys(names).map((tongue) => lexicon(names[tongue], tongue !== language, ways(inflection[tongue], shared)));
  return { folders, entries, attached, small, lexicons };
}

// The words of one language, each once, and `word`: its stem, endings, weight (the rarer the more) and names.
function lexicon(text, isForeign, ways) {
  const lines = text.split("\n"), numbers = [...lines.keys()];
  const entriesOf = once((lemma, sought = ` ${lemma} `) => numbers.filter((entry) => lines[entry].includes(sought)));
  const named = once((entry) => lines[entry].slice(1, -1).split("  ").map((name) => ({
    entry, isForeign, parts: name.split(" "), get words() { return this.parts.map(word); },
  })));
  const word = once((lemma) => ({
    lemma,
    ...inflected(lemma, ways),
    get weight() { return Math.log(1 + lines.length / entriesOf(lemma).length); },
    get names() { return entriesOf(lemma).flatMap(named).filter((name) => name.parts.includes(lemma)); },
  }));
  const matching = (sought) => [...new Set(text.match(sought))].map((found) => word(found.trimStart()));
  return { all: once(() => matching(/\S+/g)), matching };
}
const once = (make, made = new Map()) => (of) => made.get(of) ?? made.set(of, make(of)).get(of);

// The ways to inflect, by a word's last letters: how many to cut, and what may follow.
function ways(rules, shared) {
  const read = (ending) => ending.endsWith("*") ? shared.map((end) => ending.slice(0, -1) + end) : [plain(ending)];
  const sets = once((endings) => new Set(endings.split(" ").flatMap(read)));
  return new Map(rules.flatMap(([of, cut, endings]) => of.split(" ").map((ending) => [plain(ending), { cut, endings: () => sets(endings) }])));
}
const plain = (ending) => (ending === "-" ? "" : ending);

function inflected(lemma, ways) {
  for (let start = Math.max(0, lemma.length - LONGEST); start <= lemma.length; start++) {
    const way = ways.get(lemma.slice(start));
    if (way && lemma.length - way.cut > 1) return { stem: lemma.slice(0, lemma.length - way.cut), endings: way.endings };
  }
  return { stem: lemma, endings: () => BARE };
}
const LONGEST = 16, BARE = new Set([""]);

// The words that can fit at all: they begin alike, or one may be the end of a compound that the other is.
function likely(typed, lexicons) {
  const begins = [typed.slice(0, 2)];
  for (let at = 2; at < typed.length - 2; at++) begins.push(typed.slice(at, at + 3));
  if (typed.length > 3) begins.push(`\\S{2,}${typed.slice(0, 4)}`);
  const sought = new RegExp(` (?:${begins.join("|")})\\S*`, "g");
  return lexicons.flatMap(({ matching }) => matching(sought));
}

// How well a typed word fits a word of the index, from 0 to 1.
function fit(typed, { lemma, stem, endings }, isLast) {
  if (typed === lemma) return 1;
  const rest = typed.startsWith(stem) ? typed.slice(stem.length) : null;
  if (rest !== null && endings().has(rest)) return 1;
  if (typed.length < 2) return 0;
  if (isLast && lemma.startsWith(typed)) return BEGUN;
  if (isLast && rest !== null && rest.length > 0 && some(endings(), (ending) => ending.startsWith(rest))) return BEGUN;
  if (typed.length < 4) return 0;
  let best = 0;
  // koulu+kiusaamisesta: the typed compound ends with the word
  if (stem.length > 2 && lemma.length > 3) {
    const at = typed.indexOf(stem, 2);
    if (at > 0 && endings().has(typed.slice(at + stem.length))) best = TAIL;
  }
  // masennus+potilas, mieliala+häiriö: one is the beginning of the other
  if (lemma.length > 3 && typed.length > lemma.length + 2 && typed.startsWith(lemma)) best = Math.max(best, HEAD);
  if (lemma.startsWith(typed)) best = Math.max(best, HEAD);
  // häiriöstä: the word is a compound that ends with the typed word
  for (let at = 2; at < stem.length - 3 && best < INNER; at++) {
    const tail = stem.slice(at);
    if (typed.startsWith(tail) && endings().has(typed.slice(tail.length))) best = INNER;
  }
  // masentunut, masentuneisuus: the same beginning
  const longest = Math.max(typed.length, lemma.length), same = shared(typed, lemma);
  if (same > 4 && same >= 0.6 * longest) best = Math.max(best, (ALIKE * same) / longest);
  return best;
}
const OWNED = 0.9, BEGUN = 0.75, MISTAKE = 0.8, TAIL = 0.7, ALIKE = 0.7, HEAD = 0.5, INNER = 0.4, GUESS = 0.3, SMALL = 0.2;
const some = (set, is) => {
  for (const item of set) if (is(item)) return true;
  return false;
};

// The last resort: half of the longer word is the same beginning, or the typed word holds the other's stem.
const isRelated = (typed, { lemma, stem }) =>
  (shared(typed, lemma) > 3 && shared(typed, lemma) >= 0.4 * Math.max(typed.length, lemma.length)) || (stem.length > 4 && typed.includes(stem));
function shared(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

// masennukseni, masennuksestakin: the form without what hangs on it.
const bare = (typed, attached) =>
  attached.filter((end) => typed.endsWith(end)).map((end) => typed.slice(0, -end.length)).flatMap((form) => [form, `${form}n`]);

// Whether one letter too many, too few, another or two swapped make a form of the word.
function isMistyped(typed, { stem, endings }) {
  if (typed.length < 6 && typed[0] !== stem[0]) return false;
  for (const ending of endings()) {
    const off = stem.length + ending.length - typed.length;
    if (off >= -1 && off <= 1 && isNear(typed, stem + ending)) return true;
  }
  return false;
}
function isMistypedSoFar(typed, { lemma }) {
  return typed[0] === lemma[0] && [-1, 0, 1].some((off) => lemma.length > typed.length + off && isNear(typed, lemma.slice(0, typed.length + off)));
}
function isNear(a, b) {
  const at = shared(a, b);
  const left = a.slice(at), right = b.slice(at);
  return left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1)
    || (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
}

export function ranked(query, ready, limit = 10) {
  const said = names(query, ready);
  const parts = new Map();
  for (const [name, typed] of said) {
    const share = Math.min(1, sum(covered(typed), ([word, how]) => Math.sqrt(how) * word.weight) / sum(name.words, (word) => word.weight));
    const best = parts.get(name.entry) ?? [];
    typed.forEach(({ how, word }, at) => {
      best[at] = Math.max(best[at] ?? 0, how * word.weight * Math.sqrt(share) * (name.isForeign ? FOREIGN : 1));
    });
    parts.set(name.entry, best);
  }
  const found = [...parts].map(([entry, best]) => [sum(best, (value) => value) * FIRST[ready.entries[entry][0]], entry]);
  found.sort(([a, i], [b, j]) => b - a || i - j);
  return found.filter(([score]) => score > found[0][0] * WORTH).slice(0, limit).map(([, entry]) => told(ready.entries[entry], ready));
}
const told = ([kind, title, url], { folders }) => [kind, title, url ?? `${folders[kind]}${words(title).join("-")}/`];

// For each name that a typed word fits: by the typed word's place the word that it fits best, and how well.
function names(query, { lexicons, attached, small }) {
  const typed = words(query).slice(0, MOST), last = typed.length - 1;
  const together = typed.slice(1).map((word, at) => typed[at] + word);
  const said = new Map();
  [...typed, ...together].forEach((text, at) => {
    const fits = at > last ? forms(text, lexicons) : fitting(text, lexicons, attached, at === last);
    for (const [word, well] of fits) {
      const how = small.includes(text) ? well * SMALL : well;
      for (const name of word.names) {
        if (!said.has(name)) said.set(name, []);
        const before = said.get(name)[at];
        if (!before || before.how * before.word.weight < how * word.weight) said.get(name)[at] = { how, word };
      }
    }
  });
  return said;
}

// The words that a typed word fits; where none does well, also by a wrong letter or without what hangs on it.
function fitting(text, lexicons, attached, isLast) {
  const found = likely(text, lexicons).map((word) => [word, fit(text, word, isLast)]).filter(([, how]) => how > 0);
  if (text.length < 4 || found.some(([, how]) => how > TAIL)) return found;
  const known = lexicons.flatMap(({ all }) => all());
  for (const form of bare(text, attached)) found.push(...forms(form, lexicons, OWNED));
  found.push(...pairs(known, MISTAKE, (word) => isMistyped(text, word)));
  if (isLast) found.push(...pairs(known, HEAD, (word) => isMistypedSoFar(text, word)));
  return found.length ? found : pairs(known, GUESS, (word) => isRelated(text, word));
}
const forms = (text, lexicons, how = 1) => pairs(likely(text, lexicons), how, (word) => fit(text, word) === 1);
const pairs = (known, how, is) => known.filter(is).map((word) => [word, how]);

function covered(typed) {
  const best = new Map();
  typed.forEach(({ how, word }) => best.set(word, Math.max(how, best.get(word) ?? 0)));
  return [...best];
}
const FIRST = { topic: 1.5, group: 1, format: 1, audience: 1, guide: 1, language: 0.9, place: 0.8 };
const FOREIGN = 0.9, WORTH = 0.3;
const sum = (items, value) => items.reduce((total, item) => total + value(item), 0);

export function start(form, index) {
  const field = form.elements.q;
  const ready = prepare(index);
  const [count, list, ask] = ["count", "list", "ask"].map((name) => document.getElementById(`search-${name}`));
  let resting = 0;

  function result([kind, title, url]) {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = new URL(url, import.meta.url);
    link.className = "search__result";
    const name = link.appendChild(document.createElement("span"));
    name.textContent = title;
    link.append(" ");
    const what = link.appendChild(document.createElement("span"));
    what.className = "search__kind";
    what.textContent = index.kinds[kind];
    return item;
  }

  function show() {
    const query = field.value.trim();
    const found = ranked(query, ready);
    list.replaceChildren(...found.map(result));
    ask.hidden = !query;
    clearTimeout(resting);
    resting = setTimeout(() => announce(query, found.length), 400);
  }

  function announce(query, number) {
    count.textContent = query && index.counts[Math.min(number, 2)].replace("{n}", number);
    const address = new URL(location);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  field.value ||= new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    announce(field.value.trim(), list.children.length);
    count.focus();
  });
  if (field.value) show();
}
