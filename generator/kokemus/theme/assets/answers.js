// The three answers of answers.py, from the published data alone.

// All published statements with all their generalisations, as a set of keys; see statement.py. The data may be those of
// catalogue.json or of statements.json.
export function published(catalogue) {
  const found = new Set();
  const waiting = catalogue.statements.map(([topic, dimensions]) => ({ topic, ...dimensions }));
  while (waiting.length) {
    const statement = waiting.pop();
    if (found.has(key(statement))) continue;
    found.add(key(statement));
    for (const name of DIMENSIONS.filter((name) => statement[name])) {
      const above = name === "where" ? catalogue.places[statement.where]?.parent : undefined;
      waiting.push({ ...statement, [name]: above });
    }
  }
  return found;
}

// "yes", "likely" or "ask" to a selection such as {topic, language, where, audience, format}, of which any but the
// topic may be missing.
export function answer(selected, found) {
  if (found.has(key(selected))) return "yes";
  const parts = DIMENSIONS.filter((name) => selected[name]);
  const likely = parts.length && parts.every((name) => found.has(key({ topic: selected.topic, [name]: selected[name] })));
  return likely ? "likely" : "ask";
}

const DIMENSIONS = ["language", "where", "audience", "format"];
const key = (statement) => ["topic", ...DIMENSIONS].map((name) => statement[name] ?? "").join(" ");
