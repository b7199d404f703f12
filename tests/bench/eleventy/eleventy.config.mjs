import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";
import nunjucks from "nunjucks";

const { site, languages } = JSON.parse(readFileSync("data.json", "utf-8"));

export default (config) => {
  const loader = new nunjucks.FileSystemLoader("templates");
  const env = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
  const markdown = markdownIt({ html: true });
  const safe = (text) => new nunjucks.runtime.SafeString(text);
  const made = {};
  const pages = [];
  for (const [language, d] of Object.entries(languages)) {
    Object.assign(d, { language, topic: Object.fromEntries(d.topics.map((topic) => [topic.id, topic])) });
    d.audience = Object.fromEntries(d.audiences.map((audience) => [audience.id, audience]));
    d.format = Object.fromEntries(d.formats.map((format) => [format.id, format]));
    d.group = Object.fromEntries(d.groups.map((group) => [group.id, group]));
    d.guide = Object.fromEntries(d.guides.map((guide) => [guide.id, guide]));
    pages.push(...[...Object.values(d.pages), ...d.asked].map((one) => ({ language, ...one })));
  }
  env.addGlobal("site", site);
  env.addGlobal("languages", languages);
  env.addGlobal("once", (name, d) => {
    made[name + d.language] ??= safe(env.render(name, { d, t: d.t }));
    return made[name + d.language];
  });
  env.addFilter("markdown", (text) => safe(markdown.render(text)));
  env.addFilter("where", (rows, name, value) => rows.filter((row) => row[name] === value));
  env.addFilter("speaking", (cards, topic) => cards.filter((card) => card.topics.includes(topic)));
  config.setLibrary("njk", env);
  config.addGlobalData("pages", pages);
  return { dir: { input: "src", output: "public" } };
};
