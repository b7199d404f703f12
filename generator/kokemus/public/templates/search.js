//# allFunctionsCalledOnLoad
// Which terms and guides a query means, best first: pure functions, tied to a form by `start`. The index: search.py.
// The line above has Chromium compile them all while the file comes, and not one by one when somebody waits for results.

import { fold, isAscii, isNear, once } from "./need.js";

function words(text) {
  const plain = fold(text);
  return plain.match(isAscii(plain) ? /[a-z\d]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}

// The index made ready: its entries as kind, title and address, and the words of the page's language. A word is only
// looked at, its stem and its names, when something typed may fit it: on a slow phone looking at all would be felt.
export function prepare(index) {
  const { language, folders, entries: told, names, attached, scripts } = index;
  const entries = Object.entries(told).flatMap(([kind, some]) => some.map((one) => [kind, ...one]));
  const named = (line, at) => line.replace("=", () => ` ${words(entries[at][1]).join(" ")} `);
  names[language] = names[language].split("\n").map(named).join("\n");
  const ready = {
    language,
    folders,
    entries,
    attached,
    scripts,
    lexicons: [],
    alike: [],
    small: [],
    elsewhere: [],
    isSmall: (word) => ready.small.some((some) => some.test(word)),
    inflect: {},
  };
  learn(ready, index);
  return ready;
}

// Takes in further words, and those of other languages; those that are alike in them: «@kin» is «isä», «vaimoni» …; and
// those of what no topic is about.
export function learn(
  { language, lexicons, alike, small, inflect, elsewhere },
  { names, inflection, small: more, alike: same, elsewhere: other },
) {
  small.push(whole(`\\d+|${more}`));
  for (const name in same) alike.push([name, whole(same[name])]);
  if (other) elsewhere.push(new RegExp(` (?:${other}) `));
  for (const tongue in names) {
    inflect[tongue] ??= ways(inflection[tongue] ?? []);
    lexicons.push(lexicon(names[tongue], tongue, language, inflect[tongue]));
  }
}

const whole = (some) => new RegExp(`^(?:${some})$`);

// The words of one language, each once, and `word`: its stem, endings, weight (the rarer the more) and names.
function lexicon(text, tongue, own, ways) {
  const isForeign = tongue !== own,
    isCompounding = tongue !== "en";
  const lines = text.split("\n"),
    numbers = [...lines.keys()];
  const entriesOf = once((lemma, sought = ` ${lemma} `) => numbers.filter((entry) => lines[entry].includes(sought)));
  const named = once((entry) =>
    lines[entry]
      .slice(1, -1)
      .split("  ")
      .map((name) => ({
        entry,
        isForeign,
        parts: name.split(" "),
        get words() {
          return this.parts.map(word);
        },
        get halves() {
          return name.split(AND).map((half) => half.split(" ").map(word));
        },
      })),
  );
  const word = once((lemma) => ({
    lemma,
    isForeign,
    isCompounding,
    ...inflected(lemma, ways, tongue === "fi"),
    get weight() {
      return Math.log(1 + lines.length / entriesOf(lemma).length);
    },
    get names() {
      return entriesOf(lemma)
        .flatMap(named)
        .filter((name) => name.parts.includes(lemma));
    },
  }));
  const matching = (sought) => [...new Set(text.match(sought))].map((found) => word(found.trimStart()));
  return { isForeign, all: once(() => matching(/\S+/g)), matching };
}
const AND = / (?:ja|tai|och|eller|and|or) /;

// The ways to inflect, by a word's last letters: how many to cut, and what may follow.
function ways(rules) {
  const sets = once((endings) => new Set(endings.split(" ").map(plain)));
  return new Map(
    rules.flatMap(([of, cut, endings]) =>
      of.split(" ").map((ending) => [plain(ending), { cut, endings: () => sets(endings) }]),
    ),
  );
}
const plain = (ending) => (ending === "-" ? "" : ending);

// masen*: whatever begins so; joi!: nothing but that. A long Finnish word is told by what it begins with, too.
function inflected(lemma, ways, isFinnish) {
  if (lemma.endsWith("!")) return { stem: lemma.slice(0, -1), endings: () => BARE, isCompounding: false };
  if (lemma.endsWith("*")) return { stem: lemma.slice(0, -1), endings: () => ANY };
  if (isFinnish && lemma.length >= LONG)
    return { stem: lemma.slice(0, lemma.endsWith("nen") ? -3 : -2), endings: () => ANY };
  for (let start = Math.max(0, lemma.length - LONGEST); start <= lemma.length; start++) {
    const way = ways.get(lemma.slice(start));
    if (way && lemma.length - way.cut > 1)
      return { stem: lemma.slice(0, lemma.length - way.cut), endings: way.endings };
  }
  return { stem: lemma, endings: () => BARE };
}
const LONG = 8,
  LONGEST = 16,
  BARE = new Set([""]),
  ANY = {
    has: () => true,
    *[Symbol.iterator]() {
      yield "";
    },
  };

// The words that can fit at all: they begin alike, or one may be the end of a compound that the other is.
function likely(typed, lexicons) {
  const begins = [typed.slice(0, 2)];
  for (let at = 2; at < typed.length - 2; at++) begins.push(typed.slice(at, at + 3));
  if (typed.length > 3) begins.push(`\\S{2,}${typed.slice(0, 4)}`);
  const sought = new RegExp(` (?:${begins.join("|")})\\S*`, "g");
  return lexicons.flatMap(({ matching }) => matching(sought));
}

// How surely a typed word is a word of the index, from 0 to 1. Less than REASON would be no reason to show anything.
function fit(typed, { lemma, stem, endings, isCompounding }, isLast) {
  if (typed === lemma) return 1;
  const rest = typed.startsWith(stem) ? typed.slice(stem.length) : null;
  if (rest !== null && endings().has(rest)) return 1;
  if (
    isLast &&
    typed.length > 2 &&
    (lemma.startsWith(typed) || (rest && stem.length > 3 && some(endings(), (ending) => ending.startsWith(rest))))
  )
    return BEGUN;
  if (!isCompounding) return 0;
  // koulu+kiusaamisesta: the typed compound ends with the word
  const at = stem.length > 4 ? typed.indexOf(stem, 3) : -1;
  if (at > 0 && endings().has(typed.slice(at + stem.length))) return REASON;
  // masennus+potilas, venäjän+kielinen: it begins with the word
  const begins = (ending) =>
    (stem.length > 3 ? stem.length + ending.length > 4 : stem + ending === lemma && lemma.length > 4) &&
    typed.length > stem.length + ending.length + 2 &&
    rest.startsWith(ending);
  return rest && some(endings(), begins) ? REASON : 0;
}
const OWNED = 0.9,
  MISTAKE = 0.8,
  BEGUN = 0.75,
  REASON = 0.7,
  SMALL = 0.2;
const some = (set, is) => {
  for (const item of set) if (is(item)) return true;
  return false;
};

// masennukseni, masennuksestakin: the form without what hangs on it.
const bare = (typed, attached) =>
  attached
    .filter((end) => typed.endsWith(end))
    .map((end) => typed.slice(0, -end.length))
    .flatMap((form) => [form, `${form}n`]);

// Whether one letter too many, too few, another or two swapped make a form of the word; in a short word that is no mistake.
function isMistyped(typed, { lemma, stem, endings }) {
  if (lemma.endsWith("!")) return false;
  if (lemma.length > 5 && typed[0] === lemma[0] && isNear(typed, lemma)) return true;
  if (stem.length < 5 || (typed.length < 8 && typed[0] !== stem[0])) return false;
  if (endings() === ANY && lemma !== stem && isNear(typed, lemma)) return true;
  if (endings() === ANY)
    return (
      stem.length > (lemma.endsWith("*") ? (typed.length > stem.length + 2 ? 7 : 6) : 5) &&
      [-1, 0, 1]
        .map((off) => typed.slice(0, stem.length + off))
        .some((part) => part.at(-1) === stem.at(-1) && typed[0] === stem[0] && isNear(part, stem))
    );
  for (const ending of endings()) {
    const off = stem.length + ending.length - typed.length;
    if (off >= -1 && off <= 1 && typed.length + off > 5 && isNear(typed, stem + ending)) return true;
  }
  return false;
}

// What a query means, best first; whether it asks for something that no topic here is about; and whether all that it asks
// is surely what is found, so that no more names need be loaded.
export function answered(query, ready, limit = 10) {
  const typed = [...new Set(words(query))],
    small = typed.map(ready.isSmall);
  const asked = [...typed.keys()].filter((at) => !small[at] || !small.includes(false));
  const found = new Map();
  for (const [name, fits] of names(typed, small, ready)) {
    const kind = ready.entries[name.entry][0];
    if (!found.has(name.entry)) found.set(name.entry, { entry: name.entry, kind, best: [], reasons: new Map() });
    const { best, reasons } = found.get(name.entry);
    const share = Math.min(
      1,
      sum(covered(fits), ([word, how]) => Math.sqrt(how) * word.weight) / sum(name.words, (word) => word.weight),
    );
    fits.forEach(({ how, word }, at) => {
      best[at] = Math.max(
        best[at] ?? 0,
        how * word.weight * Math.sqrt(share) * FIRST[kind] * (name.isForeign ? FOREIGN : 1),
      );
    });
    for (const [at, how] of reasonsOf(name, fits, typed, ready))
      if (asked.includes(at)) reasons.set(at, Math.max(how === BEGUN ? 0 : how, reasons.get(at) ?? 0));
  }
  const some = [...found.values(), ...scripted(typed, ready)].filter(({ reasons }) => reasons.size);
  const ofWhat = reached(some.filter(({ kind }) => kind !== SCRIPT)),
    forWhom = reached(some.filter(({ kind }) => AROUND.includes(kind))),
    isElsewhere = ready.elsewhere.some((other) => other.test(` ${typed.join(" ")} `)),
    isWhole = !isElsewhere && asked.every((at) => ofWhat.has(at));
  const kept = some.filter(
    ({ kind, reasons }) =>
      !TOPICAL.includes(kind) ||
      isWhole ||
      (!isElsewhere && [...reasons].some(([at, how]) => how && (kind === "topic" || !forWhom.has(at)))),
  );
  const scored = kept
    .map(({ entry, best }) => [sum(best, (value) => value ?? 0), entry])
    .sort(([a, i], [b, j]) => b - a || i - j);
  const results = scored
    .filter(([score]) => score > scored[0][0] * WORTH)
    .slice(0, limit)
    .map(([, entry]) => told(ready.entries[entry], ready));
  const isSure = (at) =>
    some.some(
      ({ kind, reasons }) =>
        !UNSURE.includes(kind) && (reasons.get(at) > MISTAKE || (reasons.get(at) === 0 && kind !== "place")),
    );
  const isOpen = !results.length || (!isWhole && !results.some(([kind]) => TOPICAL.includes(kind)));
  const topical = some.filter(({ kind }) => TOPICAL.includes(kind)),
    isOne = topical.some(({ kind, reasons }) => kind === "topic" && asked.every((at) => reasons.has(at)));
  // Words that are told of several may together be a further name of one.
  const isAll = ready.lexicons.length > 1 || !topical.length || isOne;
  return { results, isOpen, isKnown: isAll && asked.every(isSure) };
}
const SCRIPT = "script",
  UNSURE = [SCRIPT, "guide"],
  AROUND = ["format", "audience"],
  TOPICAL = ["topic", "group"];
const reached = (some) => new Set(some.flatMap(({ reasons }) => [...reasons.keys()]));

// Where in the query the words stand for which a name is shown: they say all that counts of it, or of a part around «and».
function reasonsOf(name, fits, typed, { isSmall, entries }) {
  const sure = new Map(),
    said = new Set();
  const least = TOPICAL.includes(entries[name.entry][0]) ? REASON : BEGUN;
  fits.forEach(({ word, surely }, at) => {
    if (surely >= least) sure.set(at, surely), said.add(word);
  });
  const isSaid = (part) => {
    // «komma vidare» is not «vidare», but «ett gott samtal» is «gott samtal»
    const count = part.filter(({ lemma }) => !isSmall(lemma)).length > 1 ? SMALL : 1;
    const weigh = ({ lemma, weight }) => weight * (isSmall(lemma) ? count : 1);
    const some = part.filter((word) => said.has(word));
    return part.length && sum(some, weigh) >= WHOLE * sum(part, weigh);
  };
  return name.halves.some(isSaid)
    ? [...sure].flatMap(([at, how]) =>
        at < typed.length
          ? [[at, how]]
          : [
              [at - typed.length, how],
              [at - typed.length + 1, how],
            ],
      )
    : [];
}

// The languages that are written in the letters of a typed word.
function scripted(typed, { scripts }) {
  return Object.entries(scripts).flatMap(([script, numbers]) => {
    const reasons = new Map(
      typed
        .map((word, at) => [at, 1, word])
        .filter(([, , word]) => new RegExp(`\\p{Script=${script}}`, "u").test(word)),
    );
    return numbers.map((entry) => ({ entry, kind: SCRIPT, best: [1], reasons }));
  });
}
const told = ([kind, title, end], { folders }, folder = folders[kind]) => [
  kind,
  title,
  folder + (end ?? words(title).join("-") + (folder.endsWith("#") ? "" : "/")),
];

// For each name that a typed word fits: by the typed word's place the word that it fits best, how well, and how surely.
function names(typed, small, { lexicons, attached, alike }) {
  const last = typed.length - 1,
    together = typed.slice(1).map((word, at) => typed[at] + word);
  const said = new Map();
  [...typed, ...together].forEach((text, at) => {
    for (const [word, surely] of at > last
      ? joined(text, small[at - last - 1] || small[at - last] ? text.length : typed[at - last - 1].length, lexicons)
      : [
          ...fitting(text, lexicons, attached, at === last && (text.length > 3 || !last)),
          ...alike.flatMap(([name, some]) => (some.test(text) ? forms(name, lexicons) : [])),
        ]) {
      const how = small[at] ? surely * SMALL : surely;
      for (const name of word.names) {
        if (!said.has(name)) said.set(name, []);
        const before = said.get(name)[at];
        if (!before || before.how * before.word.weight < how * word.weight) said.get(name)[at] = { how, word, surely };
      }
    }
  });
  return said;
}

// The words that a typed word fits; where none does well, also by a wrong letter in the page's language, or without what
// hangs on it. What hangs together alone is less than that.
function fitting(text, lexicons, attached, isLast) {
  const found = likely(text, lexicons)
    .map((word) => [word, fit(text, word, isLast)])
    .filter(([word, how]) => how > (word.isForeign ? BEGUN : 0));
  if (text.length < 4 || found.some(([word, how]) => how > REASON && isEnough(word))) return found;
  return [
    ...found,
    ...bare(text, attached).flatMap((form) => forms(form, lexicons, OWNED)),
    ...pairs(own(lexicons), MISTAKE, (word) => isMistyped(text, word)),
  ];
}
// Not the beginning alone of one word of a longer name, nor a short one: «caner» is not «can».
const isEnough = ({ lemma, endings, names }) =>
  (lemma.length > 3 && endings() !== ANY) || names.some(({ parts }) => parts.length === 1);
// Two words as one: tunne-elämä, or «pkko-oireet» with a wrong letter; the first alone, so many letters long, is less.
const joined = (text, first, lexicons) => [
  ...pairs(likely(text, lexicons), 1, (word) => word.endings() !== ANY && fit(text, word) === 1),
  ...pairs(
    text.length > LONG ? own(lexicons) : [],
    MISTAKE,
    (word) => word.lemma[0] === text[0] && word.stem.length > first + 1 && isMistyped(text, word),
  ),
];
const own = (lexicons) => lexicons.filter(({ isForeign }) => !isForeign).flatMap(({ all }) => all());
const forms = (text, lexicons, how = 1) => pairs(likely(text, lexicons), how, (word) => fit(text, word) === 1);
const pairs = (known, how, is) => known.filter(is).map((word) => [word, how]);

function covered(typed) {
  const best = new Map();
  typed.forEach(({ how, word }) => best.set(word, Math.max(how, best.get(word) ?? 0)));
  return [...best];
}
const FIRST = { topic: 1.5, group: 1, format: 1, audience: 1, guide: 1, language: 0.9, place: 0.8 };
const FOREIGN = 0.9,
  WORTH = 0.3,
  WHOLE = 0.7;
const sum = (items, value) => items.reduce((total, item) => total + value(item), 0);

const PHONE = 640;

export function start(form, index) {
  const field = form.elements[0];
  const ready = prepare(index),
    more = ["also", "names"];
  const [count, list, ask, help] = ["count", "list", "ask", "help"].map((name) =>
    document.getElementById(`search-${name}`),
  );

  function result([kind, title, url]) {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = new URL(url, import.meta.url).href;
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
    const query = field.value.trim(),
      { results, isOpen, isKnown } = answered(query, ready);
    const found = results.filter(([, , url]) => help.hidden || url !== index.join);
    list.replaceChildren(...found.map(result));
    ask.hidden = !query || !help.hidden;
    const [none, open, one, other] = index.counts,
      number = found.length;
    const text = !number || isOpen ? (count.dataset.open ?? (number ? open : none)) : number > 1 ? other : one;
    count.textContent = query && (help.hidden || number) ? text.replace("{n}", number) : "";
    // A phone's keyboard hides the lower half: what is found must come above it.
    if (query && innerWidth < PHONE) form.scrollIntoView();
    if (!more.length || isKnown) return;
    const pending = import(`./${more.shift()}-${index.language}.js`);
    pending.then((names) => {
      learn(ready, names.default);
      changed();
    });
  }
  const changed = () => field.dispatchEvent(new Event("input"));

  // The words go along to the request in the tab's name, which the request page empties: nothing of them is in an address.
  // From a frame they cannot: its links open in a new tab, and its own name would stay.
  ask.addEventListener("click", ({ target }) => {
    if (self === top && target.closest("a")) window.name = `search:${field.value.trim()}`;
  });
  field.addEventListener("input", show);
  form.addEventListener("submit", () => {
    if (help.hidden) count.focus();
  });
  if (field.value) changed();
}
