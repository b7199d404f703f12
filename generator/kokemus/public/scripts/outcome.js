// What a form service's answer means, by the table of outcome.py. Returns {kind, fields, retryAfter}.
export function classify(rules, status, type, body, retryAfter) {
  const data = object(type, body);
  const form = formOf(status, type, data);
  const fits = ({ status: begins = "", form: wanted = form, at, values, like = "" }) => {
    if (!String(status).startsWith(begins) || wanted !== form) return false;
    const pattern = new RegExp(like, "i");
    if (!at) return pattern.test(body);
    const found = at.flatMap((path) => reach(data, path));
    if (values) return found.some((value) => values.includes(value));
    return found.some((value) => pattern.test(typeof value === "string" ? value : ""));
  };
  const kind = (status && rules.find(fits)?.outcome) || "unknown";
  const seconds = /^\s*\d{1,6}\s*$/.test(retryAfter ?? "") ? Number(retryAfter) : null;
  return {
    kind,
    fields: kind === "invalid" ? fieldsOf(data) : {},
    retryAfter: kind === "rate-limited" ? seconds : null,
  };
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isHtml = (type) => type.toLowerCase().includes("html");

function object(type, body) {
  try {
    const data = isHtml(type) ? null : JSON.parse(body);
    return isObject(data) ? data : null;
  } catch {
    return null;
  }
}

function formOf(status, type, data) {
  if (status >= 400) return status < 500 ? "refusal" : "other";
  if (!data) return isHtml(type) ? "html" : "other";
  const saysNo = ["success", "ok"].some((marker) => data[marker] === false || data[marker] === "false");
  return saysNo || reach(data, "error").length || reach(data, "errors").length ? "refusal" : "json";
}

function reach(data, path) {
  let found = [data];
  for (const step of path.split("."))
    found = found.flatMap((value) =>
      step === "*"
        ? Array.isArray(value)
          ? value
          : []
        : isObject(value) && Object.hasOwn(value, step)
          ? [value[step]]
          : [],
    );
  return found.filter(
    (value) => value !== null && value !== "" && (typeof value !== "object" || Object.keys(value).length),
  );
}

function fieldsOf(data) {
  const errors = data?.errors;
  const pairs = Array.isArray(errors)
    ? errors.filter(isObject).map((item) => [item.field, item.message])
    : Object.entries(isObject(errors) ? errors : {}).map(([key, text]) => [
        key,
        Array.isArray(text) && text.length ? text[0] : text,
      ]);
  const named = pairs.filter(([key]) => typeof key === "string" && key);
  return Object.fromEntries(named.map(([key, text]) => [key, typeof text === "string" ? text : ""]));
}
