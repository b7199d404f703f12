// Improves the request form and the evaluation after a visit: prefills them from the address, explains wrong answers,
// sends without leaving the page, and says truthfully whether the request arrived. The form also works without this
// script. Nothing is ever stored.
const form = document.getElementById("request-form");
const given = JSON.parse(document.getElementById("form-script").textContent);
const part = (name) => document.getElementById(`form-${name}`);
const title = document.title;
const TIMEOUT = 20_000;
const CARRIED = /^(topic|format|audience|language|municipality|mode)-(.+)$/;
const WORD = new RegExp(given.word, "u");
const VISIT = /^[A-Z0-9]{4}-[A-Z0-9]{4}$/i;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\s]/gu;
const outcome = import("./outcome.js").catch(() => null);
let leaving,
  calling = false,
  sending = false;

form.noValidate = true;
// Here the choices are those of the form, not those that the address has brought.
window.onclick = window.onauxclick = null;
if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") prefill();
form.addEventListener("change", showChosen);
for (const event of ["input", "change"]) form.addEventListener(event, mended);
form.addEventListener("reset", () => setTimeout(showChosen));
form.addEventListener("submit", send);
part("go-on").addEventListener("click", leave);
part("copy").addEventListener("click", copy);
part("print")?.addEventListener("click", () => print());
addEventListener("pageshow", (event) => (showChosen(), returned(event.persisted)));
addEventListener("click", ({ target }) => (calling = /^(mailto|tel):/.test(target.closest("a")?.href)));
addEventListener("beforeunload", warn);

// Selects what the address asks for, instead of what the page itself has selected; what somebody has chosen before this
// script came stays. An address can answer only these questions. The words of a search are passed in the window's name,
// so that they are in no address.
function prefill() {
  const visit = document.getElementById("field-reference");
  if (visit) return remember(visit);
  const open = document.getElementById("topic-undecided");
  const asked = [...new URLSearchParams(location.search)].flatMap(([name, value]) => {
    const choice = document.getElementById(name === "place" ? `municipality-${value}` : `${name}-${value}`);
    return choice && CARRIED.test(choice.id) ? [choice] : [];
  });
  // Without this script «not yet» is the answer unless a topic is chosen. With it, whoever asks is asked to say so.
  if (!asked.includes(open)) choose(open, false);
  const isOwn = ({ defaultChecked, defaultSelected }) => defaultChecked || defaultSelected;
  if (asked.length) for (const choice of carried()) if (isOwn(choice) && !asked.includes(choice)) choose(choice, false);
  const most = Number(document.getElementById("field-topics").dataset.most);
  const topics = asked.filter(({ id }) => id.startsWith("topic-")).slice(0, most);
  for (const choice of asked)
    if (!isOwn(choice) && (!choice.id.startsWith("topic-") || topics.includes(choice))) choose(choice, true);
  const [, words] = window.name.match(/^search:(.+)/s) ?? [];
  if (!words) return;
  window.name = "";
  if (!form.querySelector(".field--topics :checked")) choose(open, true);
  document.getElementById("field-aim").value = words;
}

// The visit that is evaluated: it is in the fragment of the address, which browsers never send.
function remember(visit) {
  const [reference] = location.hash.slice(1).match(VISIT) ?? [];
  if (!reference) return;
  visit.defaultValue = reference.toUpperCase();
  for (const link of document.querySelectorAll(".tongues a")) link.hash = reference;
}

// The choices that go along to another language; not a language that the page itself has chosen.
function carried() {
  return [...form.querySelectorAll(":checked")].filter(
    ({ id, defaultSelected }) => CARRIED.test(id) && !(defaultSelected && id.startsWith("language-")),
  );
}

function choose(choice, is) {
  choice[choice instanceof HTMLOptionElement ? "selected" : "checked"] = is;
}

// Lists the chosen topics, which a folded group may hide, and adds every choice to the links to other languages.
function showChosen() {
  const shown = form.querySelector(".field__chosen");
  if (!shown) return;
  const labels = [...form.querySelectorAll(".field--topics :checked")].map((input) => input.labels[0].textContent);
  shown.hidden = !form.querySelector(".field--topics details :checked");
  shown.querySelector("strong").textContent = labels.join(", ");
  const chosen = new URLSearchParams(carried().map(({ id }) => id.match(CARRIED).slice(1)));
  for (const link of document.querySelectorAll(".tongues a")) link.search = chosen;
}

// Asks before a half-filled form is left. Following a mailto or tel link does not count, although browsers report it.
function warn(event) {
  if (!sending && !calling && typed()) event.preventDefault();
  calling = false;
}

function typed() {
  const fields = form.querySelectorAll("input:not([type=radio], [type=checkbox], [hidden]), textarea:not([readonly])");
  return [...fields].some(({ value, defaultValue }) => value !== defaultValue);
}

async function send(event) {
  event.preventDefault();
  if (sending) return;
  part("told").hidden = true;
  if (!showErrors(wrongAnswers())) return;
  part("reference").value ||= newReference();
  if (part("reply-copy")) part("reply-copy").value = document.getElementById("field-email").value;
  if (!navigator.onLine) return tell({ kind: "offline" });
  busy(true);
  const rules = await outcome;
  if (!given.encoding || !rules) return leave();
  const told = await ask(rules.classify);
  busy(false);
  if (told.kind === "accepted") thank();
  else tell(told);
}

// Shows the reference and a copy, on this page only, and empties the form for the next person at this computer.
function thank() {
  if (part("sent-reference")) part("sent-reference").textContent = part("reference").value;
  part("sent-answers").replaceChildren(
    ...answers().map(([label, text]) =>
      element("div", {}, element("dt", { textContent: label }), element("dd", { textContent: text })),
    ),
  );
  form.reset();
  form.hidden = document.querySelector(".form__fallback").hidden = true;
  document.title = `${part("sent-title").textContent.replaceAll("\xad", "")} – ${title}`;
  part("sent").hidden = false;
  part("sent").focus();
}

// Lets the browser send the form and show the service's answer. If none comes in time, the outcome is unknown.
function leave() {
  busy(true);
  leaving = setTimeout(() => (busy(false), tell({ kind: "unknown" })), TIMEOUT);
  form.submit();
}

// Sends one request. If its answer cannot be read, it may still have arrived; it is never repeated automatically.
async function ask(classify) {
  const stopped = new AbortController();
  const timer = setTimeout(() => stopped.abort(), TIMEOUT);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      redirect: "manual",
      credentials: "omit",
      signal: stopped.signal,
      headers: { Accept: "application/json", ...(given.encoding === "json" && { "Content-Type": "application/json" }) },
      body: encoded(),
    });
    const type = response.headers.get("Content-Type") ?? "";
    return classify(given.rules, response.status, type, await response.text(), response.headers.get("Retry-After"));
  } catch {
    return { kind: "unknown" };
  } finally {
    clearTimeout(timer);
  }
}

// What is sent, in the service's encoding. Several choices of one question are joined into one text, because some
// services would keep only the last one. In JSON, a dot in a field's name starts a nested object.
function encoded() {
  const typed = new FormData(form);
  const pairs = [...new Set(typed.keys())]
    .filter((name) => !given.unsent.includes(name))
    .map((name) => [name, typed.getAll(name).join(", ")]);
  if (given.encoding === "urlencoded") return new URLSearchParams(pairs);
  if (given.encoding === "multipart")
    return pairs.reduce((data, pair) => (data.append(pair[0], pair[1]), data), new FormData());
  const object = {};
  for (const [name, value] of pairs) {
    const steps = name.split(".");
    const last = steps.pop();
    steps.reduce((inner, step) => (inner[step] ??= {}), object)[last] = value;
  }
  return JSON.stringify(object);
}

// The fields whose answers are missing, invisible or invalid, each with its message.
function wrongAnswers() {
  const email = document.getElementById("field-email");
  if (email) email.value = email.value.replace(UNSEEN, "");
  const found = [...form.querySelectorAll("[data-missing]")]
    .map((field) => [field, wrongAnswer(field)])
    .filter(([, text]) => text);
  const trap = part("honeypot");
  trap?.closest(".field").classList.toggle("honeypot", !trap.value);
  if (trap?.value) found.push([trap.closest(".field"), given.texts.honeypot]);
  return found;
}

// What is wrong with the answer of a field; nothing if it is not asked because of another answer.
function wrongAnswer(field) {
  const { missing, wrong, most, onlyWith } = field.dataset;
  if (onlyWith && !form.querySelector(`#${onlyWith}:checked`)) return;
  const inputs = [...field.querySelectorAll("input, select, textarea")];
  const chosen = inputs.filter((input) => input.checked).length;
  const isChoice = ["radio", "checkbox"].includes(inputs[0].type);
  if (isChoice ? !chosen : !WORD.test(inputs[0].value)) return missing;
  const { typeMismatch, patternMismatch } = inputs[0].validity;
  return chosen > (most ?? Infinity) || typeMismatch || patternMismatch ? wrong : undefined;
}

// Takes a message away as soon as the answer is mended, and the summary after its last one.
function mended({ target }) {
  const field = target.closest(".field--wrong");
  if (!field || wrongAnswer(field)) return;
  unmark(field);
  part("errors")
    .querySelector(`[href="#${field.querySelector("input, select, textarea").id}"]`)
    ?.parentElement.remove();
  if (!form.querySelector(".field--wrong")) summarize([]);
}

function unmark(field) {
  const told = field.querySelector(".field__error");
  for (const input of form.querySelectorAll(`[aria-describedby~="${told.id}"]`)) {
    const left = input
      .getAttribute("aria-describedby")
      .split(" ")
      .filter((id) => id !== told.id)
      .join(" ");
    left ? input.setAttribute("aria-describedby", left) : input.removeAttribute("aria-describedby");
    input.removeAttribute("aria-invalid");
  }
  field.classList.remove("field--wrong");
  told.remove();
}

// Shows a summary at the top and the same message at each field. Returns whether there was nothing to show.
function showErrors(found) {
  for (const field of form.querySelectorAll(".field--wrong")) unmark(field);
  const list = found.map(([field, text]) => {
    const input = field.querySelector("input, select, textarea");
    const told = element("p", { className: "field__error", id: `${input.id}-error`, textContent: text });
    field.classList.add("field--wrong");
    const before = field.querySelector(
      ":scope > .choice, :scope > .choices, :scope > .field__chosen, :scope > .field__input",
    );
    before.before(told);
    const holder = field.matches("fieldset") ? field : input;
    holder.setAttribute("aria-describedby", `${holder.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
    if (holder === input) input.setAttribute("aria-invalid", "true");
    const link = element("a", { href: `#${input.id}`, textContent: text });
    link.addEventListener("click", (event) => (event.preventDefault(), input.focus()));
    return element("li", {}, link);
  });
  summarize(list);
  if (found.length) part("errors").focus();
  return !found.length;
}

function summarize(list) {
  part("errors")
    .querySelector("ul")
    .replaceChildren(...list);
  part("errors").hidden = !list.length;
  document.title = list.length ? `${part("errors").dataset.prefix} ${title}` : title;
}

// Says what happened to a request that did not certainly arrive.
/** @param {{kind: string, fields?: Object<string, string>, retryAfter?: number | null}} answer */
function tell({ kind, fields = {}, retryAfter }) {
  const refused = Object.entries(fields).flatMap(([name, said]) => {
    const input = form.elements.namedItem(name);
    const field = (input instanceof RadioNodeList ? input[0] : input)?.closest(".field");
    return field ? [[field, `${given.texts.refused_field} ${said}`.trim()]] : [];
  });
  if (refused.length) return showErrors(refused);
  const unsure = kind === "unknown" || kind === "returned";
  const minutes = Math.ceil(retryAfter / 60);
  const text = kind === "rate-limited" && minutes ? `${kind}-${minutes === 1 ? "one" : "minutes"}` : kind;
  const reference = part("reference").value;
  const heading = unsure ? given.texts.unknown_title : part("told").dataset.notSent;
  part("told-title").textContent = heading;
  part("told-text").textContent = given.outcomes[text].replace("{reference}", reference).replace("{minutes}", minutes);
  part("go-on").hidden = kind !== "captcha";
  part("told").dataset.kind = kind;
  const words = new URLSearchParams({
    subject: given.subject,
    body: `${given.texts.mail_body.replace("{reference}", reference)}\n\n`,
  });
  part("told-links").querySelector("a").href = `${given.mail}?${String(words).replaceAll("+", "%20")}`;
  document.title = `${part("errors").dataset.prefix} ${title}`;
  part("told").hidden = false;
  part("told").focus();
}

// After a plain submission and the back button: the page comes from memory, or the browser fills in the answers again.
function returned(fromMemory) {
  const [visit] = performance.getEntriesByType("navigation");
  if (!part("reference").value || !(fromMemory || visit?.type === "back_forward")) return;
  clearTimeout(leaving);
  busy(false);
  tell({ kind: "returned" });
}

function busy(is) {
  sending = is;
  form.setAttribute("aria-busy", is);
  part("send").setAttribute("aria-disabled", is);
  part("status").textContent = is ? given.texts.sending : "";
}

// Pairs of question and answer, as the requester sees them.
function answers() {
  return [...form.querySelectorAll(".field[data-label]:not(#field-honeypot)")].flatMap((field) => {
    const answers = [...field.querySelectorAll("input, select, textarea")]
      .map((input) =>
        ["radio", "checkbox"].includes(input.type)
          ? input.checked && input.labels[0].firstChild.textContent.trim()
          : input instanceof HTMLSelectElement
            ? input.value && input.selectedOptions[0].textContent
            : input.value,
      )
      .filter(Boolean);
    return answers.length ? [[field.dataset.label, answers.join(", ")]] : [];
  });
}

async function copy() {
  const text = answers()
    .map((pair) => pair.join(": "))
    .join("\n");
  part("text-field").value = text;
  try {
    await navigator.clipboard.writeText(text);
    part("status").textContent = given.texts.copied;
  } catch {
    part("text").hidden = false;
    part("status").textContent = given.texts.copy_by_hand;
    part("text-field").select();
  }
}

// Eight letters and digits, without I, O, 0 and 1, which are easily confused.
function newReference() {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const text = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => letters[byte % 32]).join("");
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
