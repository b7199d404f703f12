// Combine: what a visitor chooses is answered topic by topic, from the published data alone, and kept in the address,
// nowhere else. Without this script, or without the data, the page lists the topics and leads to each way of browsing.
import { answer, published } from "./answers.js";

const form = document.getElementById("combine");
const status = document.getElementById("status");
const answers = document.getElementById("answers");
const selects = [...form.querySelectorAll("select")];
const items = [...answers.querySelectorAll("[data-topic]")].sort((a, b) => a.dataset.order - b.dataset.order);
const asking = new Map(items.map((item) => [item, item.lastElementChild.getAttribute("href").split("#")]));
const sections = ["yes", "likely", "ask"].map((id) => document.getElementById(id));
const links = [...document.querySelectorAll("#ask-link, .tongues a")];
let found;

// The chosen values by the names that the address and the request form have for them.
function chosen() {
  return new URLSearchParams(selects.filter((select) => select.value).map((select) => [select.name, select.value]));
}

function read() {
  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    select.value = asked.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }
}

function show() {
  const query = chosen();
  const { place: where, topic: only, ...rest } = Object.fromEntries(query);
  query.delete("topic");
  const carried = query.size ? `&${query}` : "";
  const lists = { yes: [], likely: [], ask: [] };
  for (const item of items) {
    const { topic } = item.dataset;
    if (only && only !== topic) item.remove();
    else lists[answer({ ...rest, where, topic }, found)].push(item);
    const [address, fragment] = asking.get(item);
    item.lastElementChild.setAttribute("href", `${address}${carried}#${fragment}`);
  }
  for (const section of sections) {
    place(lists[section.id], section.lastElementChild);
    section.hidden = section.id !== "ask" && lists[section.id].length === 0;
  }
  const counts = ["yes", "likely"].filter((id) => lists[id].length);
  const sentences = counts.map((id) => status.dataset[id].replace("{n}", lists[id].length));
  status.textContent = [...sentences, status.dataset.ask].join(" ");
}

// Only what moves is touched, so that the browser lays out no more than it must.
function place(wanted, list) {
  let next = list.firstElementChild;
  for (const item of wanted) {
    if (item === next) next = next.nextElementSibling;
    else list.insertBefore(item, next);
  }
}

// The answers first, then the addresses: changing the page's own takes the browser longer than all answers together.
function change() {
  if (!found) return;
  show();
  setTimeout(keep);
}

function keep() {
  const query = chosen().toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  for (const link of links) link.search = query;
}

form.addEventListener("change", change);
form.addEventListener("reset", () => setTimeout(change));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("pageshow", (event) => event.persisted && (read(), change()));

form.hidden = false;
answers.ariaBusy = "true";
answers.after(document.getElementById("ways"));
read();
answers.hidden = chosen().size > 0;
try {
  found = published(await (await fetch(form.dataset.statements)).json());
  show();
  keep();
} catch {
  form.remove();
  answers.before(document.getElementById("ways"));
}
answers.hidden = false;
answers.ariaBusy = "false";
